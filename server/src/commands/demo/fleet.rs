//! Customers who buy on account: fleets under contract, billed on the first of the month, and work that is billed when it is done.
//! Some pay late, some in two parts, and one has not paid at all.

use time::{Date, Duration, Month};

use super::calendar::{bank_day, in_month, month_number, short};
use super::chart::*;
use super::dice::Dice;
use super::sales::tax_on;
use super::story::{BankLine, Becomes, By, Entry, Leg, Story};

/// Somebody who is billed for work done.
struct Customer {
    name: &'static str,
    bank_text: &'static str,
    what: &'static str,
    /// Before tax, whole dollars.
    low: i64,
    high: i64,
    /// How often a month they are billed, in thousandths, and on which day.
    often: i64,
    day: u8,
    /// How many days they take to pay.
    pays_after: i64,
    pays_tax: bool,
}

const CUSTOMERS: [Customer; 6] = [
    Customer {
        name: "Alder Street Couriers",
        bank_text: "ACH CREDIT ALDER ST COURIERS",
        what: "Brakes and drivetrains, courier bikes",
        low: 640,
        high: 1_480,
        often: 900,
        day: 9,
        pays_after: 34,
        pays_tax: true,
    },
    Customer {
        name: "Alder Street Couriers",
        bank_text: "ACH CREDIT ALDER ST COURIERS",
        what: "Wheels trued, tires fitted",
        low: 310,
        high: 760,
        often: 700,
        day: 23,
        pays_after: 31,
        pays_tax: true,
    },
    Customer {
        name: "Lakeview School District",
        bank_text: "LAKEVIEW SD 214 AP",
        what: "School bikes, safety check",
        low: 880,
        high: 1_940,
        often: 380,
        day: 16,
        pays_after: 41,
        pays_tax: false,
    },
    Customer {
        name: "Hollis Hardware",
        bank_text: "MOBILE CHECK DEPOSIT",
        what: "Delivery trikes, service",
        low: 180,
        high: 520,
        often: 520,
        day: 12,
        pays_after: 8,
        pays_tax: true,
    },
    Customer {
        name: "Tidewater Brewing",
        bank_text: "ACH CREDIT TIDEWATER BREWING",
        what: "Cargo bike and fittings",
        low: 1_150,
        high: 2_640,
        often: 260,
        day: 19,
        pays_after: 22,
        pays_tax: true,
    },
    Customer {
        name: "Greenlake Rowing Club",
        bank_text: "MOBILE CHECK DEPOSIT",
        what: "Coaches' bikes, overhaul",
        low: 420,
        high: 1_180,
        often: 240,
        day: 5,
        pays_after: 17,
        pays_tax: true,
    },
];

/// A fleet under contract: the customer, its bank text, the month's price in whole cents, and when it pays.
const CONTRACTS: [(&str, &str, &str, i64, i64); 2] = [
    (
        "Northside Messenger Co-op",
        "ACH CREDIT NORTHSIDE MSGR",
        "Fleet service, basic, 24 bikes",
        204_000,
        9,
    ),
    (
        "Harbor Point Hotel",
        "HARBOR POINT HOTEL AP",
        "Guest bikes, 8 on hire with service",
        118_450,
        16,
    ),
];

/// The month, counted back from today's, whose bill to the rowing club stays unpaid.
const NEVER_PAID_MONTHS_AGO: i64 = 4;

pub fn tell(story: &mut Story) {
    contracts(story);
    let mut dice = Dice::of("fleet");
    for month in story.months() {
        for customer in &CUSTOMERS {
            work(story, month, customer, &mut dice);
        }
    }
    never_paid(story);
}

/// On the first of the month, entered some weeks before.
fn contracts(story: &mut Story) {
    let mut dice = Dice::of("contracts");
    for month in story.months_and_ahead() {
        for (name, bank_text, what, price, pays_after) in CONTRACTS {
            let late = dice.between(-3, 12);
            let extra = dice.between(0, 14_900);
            let price = price + extra;
            let cost = price * 31 / 100;
            let tag = format!("contract {name} {month}");
            story.enter_ahead(Entry::new(
                tag.clone(),
                By::Dana,
                month,
                &format!("{what}, {}", month.month()),
                vec![
                    Leg::with(RECEIVABLE, name, price + tax_on(price), what),
                    Leg::new(FLEET_SERVICE, -price, what),
                    Leg::new(SALES_TAX, -tax_on(price), "Sales tax, Seattle 10.35%"),
                    Leg::new(COST_OF_PARTS, cost, "Parts that the service takes"),
                    Leg::new(INVENTORY, -cost, "Out of stock"),
                ],
            ));
            let on = bank_day(month + Duration::days(pays_after + late));
            paid(story, name, bank_text, &tag, price + tax_on(price), on, late % 2 == 0);
        }
    }
}

fn work(story: &mut Story, month: Date, customer: &Customer, dice: &mut Dice) {
    let is_billed = dice.happens(customer.often);
    let amount = dice.between(customer.low * 100, customer.high * 100);
    let parts = amount * dice.between(24, 52) / 100;
    let on = in_month(month, customer.day) + Duration::days(dice.between(-3, 4));
    let wait = dice.about(customer.pays_after, 350);
    let in_two = dice.happens(110);
    let by_entry = dice.happens(550);
    // In summer holidays schools have nobody who could bring a bike.
    let is_away = !customer.pays_tax && matches!(month.month(), Month::July | Month::August);
    if !is_billed || is_away {
        return;
    }
    let name = customer.name;
    let tax = if customer.pays_tax { tax_on(amount) } else { 0 };
    let cost = parts * 58 / 100;
    let tag = format!("work {name} {on}");
    story.enter(
        Entry::new(
            tag.clone(),
            By::Dana,
            on,
            &format!("{}, {}", customer.what, short(on)),
            vec![
                Leg::with(RECEIVABLE, name, amount + tax, customer.what),
                Leg::new(FLEET_SERVICE, parts - amount, "Work"),
                Leg::new(PARTS, -parts, "Parts"),
                Leg::new(SALES_TAX, -tax, "Sales tax, Seattle 10.35%"),
                Leg::new(COST_OF_PARTS, cost, "Cost of parts used"),
                Leg::new(INVENTORY, -cost, "Out of stock"),
            ],
        )
        .referring_to(format!("INV-{}{:02}{:02}", on.year() % 100, month_number(on), on.day())),
    );
    let first = bank_day(on + Duration::days(wait));
    if in_two {
        let half = (amount + tax) * 55 / 100;
        paid(story, name, customer.bank_text, &tag, half, first, by_entry);
        let second = bank_day(first + Duration::days(21));
        paid(
            story,
            name,
            customer.bank_text,
            &tag,
            amount + tax - half,
            second,
            by_entry,
        );
    } else {
        paid(story, name, customer.bank_text, &tag, amount + tax, first, by_entry);
    }
}

/// A payment, entered by hand when the money is seen and matched later, or coded when the bank shows it.
fn paid(story: &mut Story, name: &'static str, bank_text: &str, tag: &str, amount: i64, on: Date, by_entry: bool) {
    let payment = format!("payment {on} of {tag}");
    let leg = Leg::with(RECEIVABLE, name, -amount, &format!("{name} pays"));
    if by_entry {
        story.enter(Entry::new(
            payment.clone(),
            By::Dana,
            on,
            &format!("{name} pays"),
            vec![Leg::new(CHECKING, amount, "Payment received"), leg],
        ));
        let line = BankLine::new(
            format!("bank {payment}"),
            bank_day(on + Duration::days(1)),
            amount,
            bank_text,
            "",
            Becomes::Matched,
        );
        story.show(line);
    } else {
        let line = BankLine::new(payment.clone(), on, amount, bank_text, "", Becomes::Coded(vec![leg]));
        story.show(line);
    }
    story.settle(name, tag, &payment, amount, on);
}

/// Somebody always owes for longer than is good.
fn never_paid(story: &mut Story) {
    let name = "Greenlake Rowing Club";
    let on = in_month(story.today - Duration::days(30 * NEVER_PAID_MONTHS_AGO), 14);
    let amount = 134_120;
    let what = "Two coaches' bikes rebuilt";
    story.enter(Entry::new(
        "never paid".to_owned(),
        By::Dana,
        on,
        what,
        vec![
            Leg::with(RECEIVABLE, name, amount + tax_on(amount), what),
            Leg::new(FLEET_SERVICE, -amount, what),
            Leg::new(SALES_TAX, -tax_on(amount), "Sales tax, Seattle 10.35%"),
        ],
    ));
}
