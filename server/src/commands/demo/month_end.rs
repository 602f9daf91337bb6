//! What the accountant enters when a month is over: depreciation, the month's part of the insurance, the yearly stock count. And
//! the drafts that wait for a decision.

use time::{Date, Month};

use super::calendar::{month_end, month_number, months_after, short};
use super::chart::*;
use super::dice::Dice;
use super::opening::INSURANCE_LEFT;
use super::overhead::premium;
use super::story::{By, Entry, Leg, Story};

/// A month's depreciation of what was there when the books began, and of what was bought in their second year.
const DEPRECIATION_BEGINS: i64 = 99_521;
const OF_THE_STANDS: i64 = 5810;

pub fn tell(story: &mut Story) {
    let mut dice = Dice::of("month end");
    for month in story.months() {
        depreciation(story, month);
        insurance(story, month);
        if month.month() == Month::December {
            count(story, month, &mut dice);
            wages_owed(story, month, &mut dice);
        }
    }
    drafts(story);
}

fn depreciation(story: &mut Story, month: Date) {
    let has_stands = month >= months_after(story.begin, 15);
    let amount = DEPRECIATION_BEGINS + if has_stands { OF_THE_STANDS } else { 0 };
    let entry = Entry::new(
        format!("depreciation {month}"),
        By::Priya,
        month_end(month),
        &format!("Depreciation, {}", month.month()),
        vec![
            Leg::new(DEPRECIATION, amount, "Equipment, rental bikes, van"),
            Leg::new(ACCUMULATED, -amount, "Equipment, rental bikes, van"),
        ],
    );
    story.enter(entry.adjusting());
}

/// A twelfth of the premium that runs; what the books began with covers their first two months.
fn insurance(story: &mut Story, month: Date) {
    let year = month.year() - i32::from(month_number(month) < 3);
    let amount = if year < story.begin.year() {
        let half = INSURANCE_LEFT / 2;
        if month_number(month) == 1 {
            half
        } else {
            INSURANCE_LEFT - half
        }
    } else {
        let whole = premium(story, year);
        // The last month of a policy takes what is left of it.
        if month_number(month) == 2 {
            whole - whole / 12 * 11
        } else {
            whole / 12
        }
    };
    let entry = Entry::new(
        format!("insurance used {month}"),
        By::Priya,
        month_end(month),
        &format!("Insurance, {}", month.month()),
        vec![
            Leg::new(INSURANCE, amount, "One month of the policy"),
            Leg::new(PREPAID_INSURANCE, -amount, "One month of the policy"),
        ],
    );
    story.enter(entry.adjusting());
}

fn count(story: &mut Story, month: Date, dice: &mut Dice) {
    let missing = dice.between(61_240, 118_475);
    let entry = Entry::new(
        format!("count {month}"),
        By::Priya,
        month_end(month),
        "Stock counted: what was missing",
        vec![
            Leg::new(COST_OF_PARTS, missing, "Counted less than the books said"),
            Leg::new(INVENTORY, -missing, "Counted less than the books said"),
        ],
    );
    story.enter(entry.adjusting());
}

/// The days of December that January pays for: an accrual, taken back on the first.
fn wages_owed(story: &mut Story, month: Date, dice: &mut Dice) {
    let owed = dice.between(148_620, 221_980);
    let entry = Entry::new(
        format!("wages owed {month}"),
        By::Priya,
        month_end(month),
        "Wages of December paid in January",
        vec![
            Leg::new(WAGES, owed, "Days worked, not paid yet"),
            Leg::new(PAYROLL_LIABILITIES, -owed, "Days worked, not paid yet"),
        ],
    );
    let mut entry = entry.adjusting();
    entry.marks.accrual_only = true;
    entry.reversing = true;
    story.enter(entry);
}

fn drafts(story: &mut Story) {
    let day = story.today;
    let reclass = |charged: Date| {
        Entry::new(
            "draft of a reclass".to_owned(),
            By::Priya,
            day,
            &format!("Is the Amazon charge of {} stock? Then this moves it.", short(charged)),
            vec![
                Leg::new(INVENTORY, 18_620, "If it was stock"),
                Leg::new(UNCATEGORIZED, -18_620, "Amazon, asked Dana"),
            ],
        )
    };
    story.drafts.extend(story.unknown_on.map(reclass));
    story.drafts.push(Entry::new(
        "draft of a write-off".to_owned(),
        By::Priya,
        day,
        "Bad debt? The rowing club's bill is months old.",
        vec![
            Leg::new("Bad Debts", 148_001, "Greenlake Rowing Club"),
            Leg::with(RECEIVABLE, "Greenlake Rowing Club", -148_001, "Greenlake Rowing Club"),
        ],
    ));
}
