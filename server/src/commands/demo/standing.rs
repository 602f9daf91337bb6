//! What stands: templates of entries that come again and again, and reports as somebody wants to see them again.

use books::documents::Marks;
use ledger::schedule::{Schedule, Unit};
use time::{Date, Duration};

use super::calendar::{in_month, month_end, month_of, months_after};
use super::chart::CHECKING;
use super::story::{BankLine, Becomes, Entry, Leg, Story};

/// A template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    pub name: &'static str,
    pub memo: &'static str,
    pub marks: Marks,
    /// None where it is used by hand.
    pub schedule: Option<Schedule>,
    /// Whether its entries are issued, or kept as drafts.
    pub issues: bool,
    pub legs: Vec<Leg>,
}

/// A saved view: its name, the page, and what that is asked.
pub const VIEWS: [(&str, &str, &str); 3] = [
    (
        "Profit and loss by month",
        "reports/profit-and-loss",
        "period=this-year-to-date&columns=month",
    ),
    (
        "This year against last year",
        "reports/profit-and-loss",
        "period=this-year-to-date&compare=prior-year&income=on",
    ),
    (
        "Balance sheet, end of last month",
        "reports/balance-sheet",
        "period=last-month",
    ),
];

pub fn tell(story: &mut Story) {
    let month_ends = last_long_month_end(story.today);
    let adjusting = Marks {
        adjusting: true,
        ..Marks::default()
    };
    let fifteenth = in_month(story.today, 15);
    let loan_on = if fifteenth > story.today {
        fifteenth
    } else {
        in_month(months_after(story.today, 1), 15)
    };
    let mut templates = Vec::new();
    if let Some(entry) = last_entry(story, "wages 2") {
        templates.push(Template {
            name: "Wages, every second Friday",
            memo: "Wages of two weeks: check the hours before you issue it",
            marks: Marks::default(),
            schedule: Some(every(Unit::Week, 2, entry.on + Duration::days(14))),
            issues: false,
            legs: entry.legs.clone(),
        });
    }
    for (tag, name) in [
        ("depreciation", "Depreciation"),
        ("insurance used", "Insurance, one month"),
    ] {
        if let Some(entry) = last_entry(story, tag) {
            templates.push(Template {
                name,
                memo: name,
                marks: adjusting,
                schedule: Some(every(Unit::Month, 1, month_ends)),
                issues: true,
                legs: entry.legs.clone(),
            });
        }
    }
    if let Some((amount, legs)) = last_coded(story, "loan ") {
        templates.push(Template {
            name: "Workshop loan",
            memo: "Loan payment: principal and interest as the statement says",
            marks: Marks::default(),
            schedule: Some(every(Unit::Month, 1, loan_on)),
            issues: false,
            legs: [legs, vec![Leg::new(CHECKING, amount, "Loan payment")]].concat(),
        });
    }
    if let Some(entry) = last_entry(story, "count") {
        templates.push(Template {
            name: "Stock count",
            memo: "Stock counted: what was missing",
            marks: adjusting,
            schedule: None,
            issues: true,
            legs: entry.legs.clone(),
        });
    }
    story.templates = templates;
}

const fn every(unit: Unit, step: u8, starts_on: Date) -> Schedule {
    Schedule {
        unit,
        step,
        starts_on,
        ends_on: None,
    }
}

/// The last end of a month of 31 days that is not after the end of today's month: from it, every month has its last day.
fn last_long_month_end(today: Date) -> Date {
    let mut end = month_end(today);
    while end.day() < 31 {
        end = month_of(end) - Duration::days(1);
    }
    end
}

fn last_entry<'a>(story: &'a Story, tag: &str) -> Option<&'a Entry> {
    let of_tag = story
        .entries
        .iter()
        .filter(|entry| entry.tag.starts_with(tag) && entry.on <= story.today);
    of_tag.max_by_key(|entry| entry.on)
}

fn last_coded(story: &Story, tag: &str) -> Option<(i64, Vec<Leg>)> {
    let of_tag = story.lines.iter().filter(|line| line.tag.starts_with(tag));
    let line: &BankLine = of_tag.max_by_key(|line| line.on)?;
    match &line.becomes {
        Becomes::Coded(legs) => Some((line.amount, legs.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn month_ends_are_counted_from_a_month_of_thirty_one_days() {
        assert_eq!(last_long_month_end(date!(2026 - 11 - 22)), date!(2026 - 10 - 31));
        assert_eq!(last_long_month_end(date!(2026 - 12 - 01)), date!(2026 - 12 - 31));
        assert_eq!(last_long_month_end(date!(2026 - 02 - 28)), date!(2026 - 01 - 31));
    }
}
