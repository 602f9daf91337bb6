//! Goods on account: what the next months will sell is ordered, billed with the delivery and paid some weeks later.

use time::{Date, Duration};

use super::calendar::{bank_day, in_month, months_after, short};
use super::chart::*;
use super::dice::Dice;
use super::sales;
use super::story::{BankLine, Becomes, By, Entry, Leg, Story};

struct Supplier {
    name: &'static str,
    what: &'static str,
    prefix: &'static str,
    /// Its part of a month's purchases in percent, and the day it delivers.
    part: i64,
    day: u8,
    pays_after: i64,
}

const SUPPLIERS: [Supplier; 4] = [
    Supplier {
        name: "Evergreen Bicycle Works",
        what: "Bicycles",
        prefix: "EB-",
        part: 52,
        day: 11,
        pays_after: 13,
    },
    Supplier {
        name: "Shimano North America",
        what: "Drivetrains and brakes",
        prefix: "90",
        part: 26,
        day: 5,
        pays_after: 10,
    },
    Supplier {
        name: "Quill Wheel Supply",
        what: "Wheels, tires and tubes",
        prefix: "QW",
        part: 14,
        day: 18,
        pays_after: 8,
    },
    Supplier {
        name: "Trailhead Apparel",
        what: "Clothing and helmets",
        prefix: "T",
        part: 8,
        day: 23,
        pays_after: 24,
    },
];

/// What a month's purchases are of the next month's counter sales, in thousandths.
const COST_OF_SALES: i64 = 452;

pub fn tell(story: &mut Story) {
    let mut dice = Dice::of("suppliers");
    for (n, month) in (0_i64..).zip(story.months_and_ahead()) {
        let needed = sales::of_month(months_after(month, 1)) * COST_OF_SALES / 1_000;
        for (m, supplier) in (0_i64..).zip(&SUPPLIERS) {
            bill(story, month, n * 4 + m, needed, supplier, &mut dice);
        }
    }
}

fn bill(story: &mut Story, month: Date, n: i64, needed: i64, supplier: &Supplier, dice: &mut Dice) {
    let goods = dice.about(needed * supplier.part / 100, 120);
    let freight = dice.about(goods * 17 / 1_000, 300);
    let on = in_month(month, supplier.day) + Duration::days(dice.between(-2, 3));
    let order = 2_104 + n * 7 + dice.between(0, 5);
    let wait = supplier.pays_after + dice.between(-2, 4);
    let clears = dice.between(1, 3);
    let total = goods + freight;
    let (name, tag) = (supplier.name, format!("bill {} {month}", supplier.name));
    let what = format!("{}, PO {order}", supplier.what);
    let entry = Entry::new(
        tag.clone(),
        By::Dana,
        on,
        &what,
        vec![
            Leg::new(INVENTORY, goods, &what),
            Leg::new(FREIGHT, freight, "Freight"),
            Leg::with(PAYABLE, name, -total, &what),
        ],
    );
    // Of an order that comes within three weeks the bill is here.
    if on <= story.today + Duration::days(21) {
        story.enter_ahead(entry.referring_to(format!("{}{}", supplier.prefix, 41_870 + n * 13)));
    }
    let paid_on = bank_day(on + Duration::days(wait));
    let payment = format!("paid {tag}");
    story.enter(Entry::new(
        payment.clone(),
        By::Dana,
        paid_on,
        &format!("Bill of {} paid", short(on)),
        vec![
            Leg::with(PAYABLE, name, total, &what),
            Leg::new(CHECKING, -total, &format!("Paid to {name}")),
        ],
    ));
    let bank_text = format!("ACH {}", name.to_uppercase());
    let cleared = bank_day(paid_on + Duration::days(clears));
    story.show(BankLine::new(
        format!("bank {payment}"),
        cleared,
        -total,
        &bank_text,
        &what,
        Becomes::Matched,
    ));
    story.settle(name, &payment, &tag, total, paid_on);
}
