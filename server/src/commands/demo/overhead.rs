//! What a shop pays whether it sells or not: rent, power, the loan, insurance, a license; and what its owner takes home.

use time::{Date, Duration};

use super::calendar::{bank_day, in_month, month_end, month_number, months_after};
use super::chart::*;
use super::dice::Dice;
use super::opening::{LOAN_OWED, SAVINGS_BEGINS};
use super::sales;
use super::story::{Bank, BankLine, Becomes, By, Entry, Leg, Story};

pub const LANDLORD: &str = "Cedar Property Management";
/// The rent of the first year of the books, and what each year adds.
const RENT_BEGINS: i64 = 310_400;
const RENT_GROWS: i64 = 9600;
/// The loan's monthly payment, and its interest a year in hundredths of a percent.
const LOAN_PAYMENT: i64 = 93_840;
const LOAN_RATE: i64 = 725;
/// What the savings account bears a year, in hundredths of a percent.
const SAVINGS_RATE: i64 = 315;
/// The insurance of a year, due on the first of March, in the first year of the books.
pub const PREMIUM_BEGINS: i64 = 567_498;

/// The premium that is due in the March of a year.
pub fn premium(story: &Story, year: i32) -> i64 {
    PREMIUM_BEGINS + 21_342 * i64::from(year - story.begin.year())
}

pub fn tell(story: &mut Story) {
    let mut dice = Dice::of("overhead");
    let (mut loan, mut savings) = (LOAN_OWED, SAVINGS_BEGINS);
    for month in story.months() {
        rent_is_paid(story, month);
        utilities(story, month, &mut dice);
        loan -= loan_payment(story, month, loan);
        savings += to_savings(story, month, &mut dice);
        savings += savings_interest(story, month, savings);
        yearly(story, month, &mut dice);
        owner(story, month, &mut dice);
        helpers(story, month, &mut dice);
    }
    for month in story.months_and_ahead() {
        rent(story, month);
    }
}

fn rent_of(story: &Story, month: Date) -> i64 {
    RENT_BEGINS + RENT_GROWS * i64::from(month.year() - story.begin.year())
}

/// Entered as a bill when the landlord sends it, some weeks before the first.
fn rent(story: &mut Story, month: Date) {
    let amount = rent_of(story, month);
    let what = format!("Shop rent, {}", month.month());
    story.enter_ahead(Entry::new(
        format!("rent {month}"),
        By::Dana,
        month,
        &what,
        vec![
            Leg::new(RENT, amount, &what),
            Leg::with(PAYABLE, LANDLORD, -amount, &what),
        ],
    ));
}

fn rent_is_paid(story: &mut Story, month: Date) {
    let amount = rent_of(story, month);
    let (tag, on) = (format!("rent is paid {month}"), bank_day(month + Duration::days(1)));
    let leg = Leg::with(PAYABLE, LANDLORD, amount, "Shop rent");
    story.show(BankLine::new(
        tag.clone(),
        on,
        -amount,
        "ACH CEDAR PROPERTY MGMT",
        &format!("SHOP RENT {}", month.month().to_string().to_uppercase()),
        Becomes::Coded(vec![leg]),
    ));
    story.settle(LANDLORD, &tag, &format!("rent {month}"), amount, on);
}

pub fn coded(story: &mut Story, tag: &str, on: Date, amount: i64, bank: (&str, &str), legs: Vec<Leg>) {
    let line = BankLine::new(
        format!("{tag} {on}"),
        bank_day(on),
        amount,
        bank.0,
        bank.1,
        Becomes::Coded(legs),
    );
    story.show(line);
}

fn utilities(story: &mut Story, month: Date, dice: &mut Dice) {
    let is_winter = matches!(month_number(month), 1..=3 | 11 | 12);
    let power = dice.about(if is_winter { 41_820 } else { 24_375 }, 140);
    let on = in_month(month, 12) + Duration::days(dice.between(0, 2));
    let leg = Leg::new(POWER, power, "Power and water");
    coded(
        story,
        "power",
        on,
        -power,
        ("CITY LIGHT AND WATER", "WEB PMT"),
        vec![leg],
    );
    let internet = 10_497;
    let leg = Leg::new(INTERNET, internet, "Internet and two phones");
    coded(
        story,
        "internet",
        in_month(month, 8),
        -internet,
        ("HARBORNET", "AUTOPAY"),
        vec![leg],
    );
    let fee = if month.year() > story.begin.year() { 1600 } else { 1400 };
    let leg = Leg::new(BANK_CHARGES, fee, "Account fee");
    coded(
        story,
        "fee",
        month_end(month),
        -fee,
        ("MONTHLY SERVICE FEE", ""),
        vec![leg],
    );
}

/// Interest first, the rest pays the loan down. Gives how much.
fn loan_payment(story: &mut Story, month: Date, loan: i64) -> i64 {
    let interest = (loan * LOAN_RATE + 60_000) / 120_000;
    let principal = (LOAN_PAYMENT - interest).min(loan);
    let legs = vec![
        Leg::new(LOAN, principal, "Principal"),
        Leg::new(INTEREST, interest, "Interest, 7.25%"),
    ];
    let amount = -principal - interest;
    coded(
        story,
        "loan",
        in_month(month, 15),
        amount,
        ("CASCADE COMMUNITY CU", "LOAN PMT 0031"),
        legs,
    );
    principal
}

/// Aside in good months, back in the winter. Gives what comes to the savings.
fn to_savings(story: &mut Story, month: Date, dice: &mut Dice) -> i64 {
    let amount = match month_number(month) {
        5..=9 => dice.between(105_000, 197_500),
        2 => -dice.between(260_000, 390_000),
        _ => 0,
    };
    let on = bank_day(in_month(month, 17));
    if amount == 0 || on > story.today {
        return 0;
    }
    let words = if amount > 0 {
        "TRANSFER TO SAV ...8841"
    } else {
        "TRANSFER FROM SAV ...8841"
    };
    let out = Becomes::Transfer(Bank::Savings);
    story.show(BankLine::new(format!("transfer {month}"), on, -amount, words, "", out));
    let back = Becomes::Transfer(Bank::Checking);
    let line = BankLine::new(
        format!("transfer arrives {month}"),
        on,
        amount,
        "TRANSFER CHK ...4410",
        "",
        back,
    );
    story.show(line.of(Bank::Savings));
    amount
}

fn savings_interest(story: &mut Story, month: Date, savings: i64) -> i64 {
    let interest = savings * SAVINGS_RATE / 120_000;
    let legs = vec![Leg::new(INTEREST_INCOME, -interest, "Interest on savings")];
    let tag = format!("interest {month}");
    let line = BankLine::new(
        tag,
        month_end(month),
        interest,
        "INTEREST PAID",
        "",
        Becomes::Coded(legs),
    );
    story.show(line.of(Bank::Savings));
    interest
}

fn yearly(story: &mut Story, month: Date, dice: &mut Dice) {
    match month_number(month) {
        1 => {
            let amount = dice.about(31_850, 60);
            let leg = Leg::new(TAXES, amount, "Business license");
            coded(
                story,
                "license",
                in_month(month, 22),
                -amount,
                ("CITY OF SEATTLE LICENSE", ""),
                vec![leg],
            );
        }
        3 => {
            let amount = premium(story, month.year());
            let leg = Leg::new(PREPAID_INSURANCE, amount, "Insurance, March to February");
            coded(
                story,
                "insurance",
                month,
                -amount,
                ("CASCADE MUTUAL INS", "POLICY BOP-40772"),
                vec![leg],
            );
        }
        4 if month.year() > story.begin.year() => {
            let amount = 348_629;
            let leg = Leg::new(EQUIPMENT, amount, "Two repair stands and a wheel truing machine");
            coded(
                story,
                "stands",
                in_month(month, 14),
                -amount,
                ("BENCH+TORQUE TOOLS", "ORDER 88213"),
                vec![leg],
            );
        }
        _ => {}
    }
    if matches!(month_number(month), 2 | 5 | 8 | 11) {
        let amount = dice.about(108_500, 70);
        let leg = Leg::new(PROFESSIONAL, amount, "Books reviewed, quarter");
        coded(
            story,
            "accountant",
            in_month(month, 9),
            -amount,
            ("NATARAJAN CPA PLLC", "INVOICE"),
            vec![leg],
        );
    }
}

/// Dana's draws, larger after good months, and her own estimated taxes.
fn owner(story: &mut Story, month: Date, dice: &mut Dice) {
    let season = sales::of_month(months_after(month, -1));
    for day in [5, 20] {
        let amount = dice.about(145_000 + season * 33 / 1_000, 45);
        let leg = Leg::new(DRAWS, amount, "Dana's draw");
        coded(
            story,
            "draw",
            in_month(month, day),
            -amount,
            ("ONLINE TRANSFER TO D RUIZ", "DRAW"),
            vec![leg],
        );
    }
    if matches!(month_number(month), 1 | 4 | 6 | 9) {
        let amount = dice.about(231_800, 90);
        let leg = Leg::new(DRAWS, amount, "Dana's estimated tax");
        coded(
            story,
            "estimated tax",
            in_month(month, 15),
            -amount,
            ("IRS USATAXPYMT 1040ES", ""),
            vec![leg],
        );
    }
}

/// The wheel builder, by check.
fn helpers(story: &mut Story, month: Date, dice: &mut Dice) {
    let amount = dice.between(31_240, 88_460);
    let number = 2_040 + i64::from(month.year() - story.begin.year()) * 12 + i64::from(month_number(month));
    let on = bank_day(in_month(month, 16));
    if dice.happens(700) {
        let leg = Leg::new(SUBCONTRACTORS, amount, "Wheels built, Ines Albrecht");
        let becomes = Becomes::Coded(vec![leg]);
        let line = BankLine::new(
            format!("check {number}"),
            on,
            -amount,
            &format!("CHECK {number}"),
            "",
            becomes,
        );
        story.show(BankLine {
            check: Some(number),
            ..line
        });
    }
}
