//! Wages every second Friday, and what was withheld paid over in the middle of the next month.

use time::Date;
use time::Duration;
use time::macros::date;

use super::calendar::{bank_day, in_month, month_end, month_number, months_after, short};
use super::chart::*;
use super::dice::Dice;
use super::opening::PAYROLL_OWED;
use super::sales;
use super::story::{BankLine, Becomes, By, Entry, Leg, Story};

/// A Friday on which wages were paid: every second one since is, too.
const A_PAYDAY: Date = date!(2020 - 01 - 03);
/// Gross wages of two weeks in a month of average sales, minor units.
const GROSS: i64 = 448_640;
/// The part of the wages that follows the season, in thousandths; the rest is there all year.
const SEASONAL: i64 = 380;
const AVERAGE_MONTH: i64 = 4_050_000;
/// Withheld of the employees, and the employer's own, in hundredths of a percent.
const WITHHELD: i64 = 1_742;
const EMPLOYERS: i64 = 815;

pub fn tell(story: &mut Story) {
    let mut dice = Dice::of("payroll");
    let mut friday = A_PAYDAY;
    while friday < story.begin {
        friday += Duration::days(14);
    }
    while friday <= story.today {
        wages(story, friday, &mut dice);
        friday += Duration::days(14);
    }
    for month in story.months() {
        paid_over(story, month);
    }
}

fn wages(story: &mut Story, friday: Date, dice: &mut Dice) {
    let season = GROSS * SEASONAL / 1_000 * sales::of_month(in_month(friday, 1)) / AVERAGE_MONTH;
    let raise = 1_000 + 31 * i64::from(friday.year() - story.begin.year());
    let gross = dice.about((GROSS * (1_000 - SEASONAL) / 1_000 + season) * raise / 1_000, 28);
    let withheld = gross * WITHHELD / 10_000;
    let employers = gross * EMPLOYERS / 10_000;
    let net = gross - withheld;
    let from = friday - Duration::days(18);
    story.enter(Entry::new(
        format!("wages {friday}"),
        By::Priya,
        friday,
        &format!("Wages, {} to {}", short(from), short(from + Duration::days(13))),
        vec![
            Leg::new(WAGES, gross, "Gross wages, 4 people"),
            Leg::new(PAYROLL_TAXES, employers, "Employer's part"),
            Leg::new(
                PAYROLL_LIABILITIES,
                -withheld - employers,
                "Withheld, and the employer's part",
            ),
            Leg::new(CHECKING, -net, "Net pay"),
        ],
    ));
    let memo = format!("{:02}{:02} NET PAY 4 EE", month_number(friday), friday.day());
    story.show(BankLine::new(
        format!("bank wages {friday}"),
        friday,
        -net,
        "PAYDAY PAYROLL SVC",
        &memo,
        Becomes::Matched,
    ));
}

/// What the month before owed.
fn paid_over(story: &mut Story, month: Date) {
    let before = months_after(month, -1);
    let owed = if before < story.begin {
        PAYROLL_OWED
    } else {
        story.credited(PAYROLL_LIABILITIES, before, month_end(before))
    };
    story.show(BankLine::new(
        format!("payroll taxes {month}"),
        bank_day(in_month(month, 15)),
        -owed,
        "IRS USATAXPYMT 270",
        &format!("941 {}", before.month()),
        Becomes::Coded(vec![Leg::new(PAYROLL_LIABILITIES, owed, "Payroll taxes")]),
    ));
}
