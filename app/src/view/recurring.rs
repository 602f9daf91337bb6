//! Templates of entries: the list, one of them, and the fields of its form that say when it is due.

use ledger::dates::{format_date, parse_date};
use ledger::money::Currency;
use ledger::schedule::{STEP_MAX, Schedule, Unit};
use time::Date;

use crate::forms::{FieldError, FormState};
use crate::view::accounting::entry::{EntryLine, Link};

/// Days that a preview shows.
pub const DAYS_SHOWN: usize = 6;

/// The fields of a template's form beside those of an entry.
pub mod field {
    /// What it is called.
    pub const NAME: &str = "name";
    /// What is counted; empty where it is used by hand only.
    pub const UNIT: &str = "unit";
    /// Every how many.
    pub const STEP: &str = "step";
    /// The first day.
    pub const STARTS_ON: &str = "starts_on";
    /// The last day; empty for none.
    pub const ENDS_ON: &str = "ends_on";
    /// Whether due entries are posted: [`super::POSTS`] or [`super::KEEPS_DRAFTS`].
    pub const MAKES: &str = "makes";
    /// Whether each is reversed.
    pub const REVERSING: &str = "reversing";
    /// The day that is skipped.
    pub const PERIOD: &str = "period";
}

/// Due entries are posted.
pub const POSTS: &str = "post";
/// Due entries are kept as drafts.
pub const KEEPS_DRAFTS: &str = "draft";

/// What the page of a template posts.
pub mod action {
    /// Nothing of it is due any more.
    pub const PAUSE: &str = "pause";
    /// It goes on.
    pub const RESUME: &str = "resume";
    /// Its next day is left out.
    pub const SKIP: &str = "skip";
    /// What is due is made now.
    pub const RUN: &str = "run";
}

/// Reads when a template is due; none where it is used by hand only.
///
/// # Errors
/// A message at each field that cannot be read.
pub fn read_schedule<'a>(value: impl Fn(&str) -> &'a str, today: Date) -> Result<Option<Schedule>, Vec<FieldError>> {
    let Some(unit) = Unit::parse(value(field::UNIT)) else {
        return Ok(None);
    };
    let mut errors = Vec::new();
    let mut day = |name: &str| match parse_date(value(name), today) {
        Ok(day) => Some(day),
        Err(error) => {
            errors.push(FieldError::at(name, error.to_string()));
            None
        }
    };
    let starts_on = day(field::STARTS_ON);
    let ends_on = match value(field::ENDS_ON).trim() {
        "" => None,
        _ => day(field::ENDS_ON),
    };
    let step = value(field::STEP)
        .trim()
        .parse()
        .ok()
        .filter(|step| (1..=STEP_MAX).contains(step));
    if step.is_none() {
        errors.push(FieldError::at(
            field::STEP,
            format!("Enter a number from 1 to {STEP_MAX}."),
        ));
    }
    match (step, starts_on) {
        (Some(step), Some(starts_on)) if errors.is_empty() => Ok(Some(Schedule {
            unit,
            step,
            starts_on,
            ends_on,
        })),
        _ => Err(errors),
    }
}

/// When it is due, in words: `Every month on the 31st or last day`.
pub fn schedule_words(schedule: &Schedule) -> String {
    let start = schedule.starts_on;
    let (unit, on) = match schedule.unit {
        Unit::Week => ("week", format!("on {}", start.weekday())),
        Unit::Month => ("month", format!("on the {}", nth(start.day()))),
        Unit::Year => (
            "year",
            format!("on {} {}", &start.month().to_string()[..3], start.day()),
        ),
    };
    let every = match schedule.step {
        1 => format!("Every {unit}"),
        step => format!("Every {step} {unit}s"),
    };
    let end = schedule.ends_on.map(|day| format!(", through {}", format_date(day)));
    format!("{every} {on}{}", end.unwrap_or_default())
}

fn nth(day: u8) -> String {
    let ending = match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    match day {
        29.. => format!("{day}{ending} or last day"),
        _ => format!("{day}{ending}"),
    }
}

/// What a schedule would do from today on: how many days have passed already, and the next ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Days through today, which are due at once.
    pub passed: usize,
    /// The next days, at most [`DAYS_SHOWN`].
    pub next: Vec<Date>,
}

impl Preview {
    /// Of the days after the last one that was made.
    pub fn of(days: impl Iterator<Item = Date>, today: Date) -> Self {
        let mut preview = Self::default();
        for day in days {
            if day <= today {
                preview.passed += 1;
            } else if preview.next.len() < DAYS_SHOWN {
                preview.next.push(day);
            } else {
                break;
            }
        }
        preview
    }

    /// In a sentence or two.
    pub fn words(&self) -> String {
        let passed = match self.passed {
            0 => String::new(),
            1 => "1 is due at once. ".to_owned(),
            count => format!("{count} are due at once. "),
        };
        let next: Vec<String> = self.next.iter().copied().map(format_date).collect();
        match next.is_empty() {
            true => format!("{passed}Nothing is due after that."),
            false => format!("{passed}Next: {}.", next.join(" · ")),
        }
    }
}

/// The list of templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurringListView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the amounts are in.
    pub currency: Currency,
    /// The templates, active ones first.
    pub rows: Vec<RecurringRow>,
    /// Whether the person may make and change them.
    pub may_write: bool,
}

/// A template in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurringRow {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// When it is due, in words.
    pub when: String,
    /// Its next day.
    pub next: Option<String>,
    /// Why its next entry could not be made.
    pub problem: Option<String>,
    /// Minor units.
    pub total: i64,
    /// Whether it is in use.
    pub is_active: bool,
    /// A new entry filled from it.
    pub use_now: String,
}

/// The page of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurringView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the amounts are in.
    pub currency: Currency,
    /// What it is called.
    pub name: String,
    /// Whether it is in use.
    pub is_active: bool,
    /// When it is due, in words.
    pub when: String,
    /// What becomes of a due entry, in words; none where it is used by hand.
    pub makes: Option<String>,
    /// The memo of its entries.
    pub memo: Option<String>,
    /// The reference of its entries.
    pub reference: Option<String>,
    /// What is marked on its entries, in words.
    pub marks: Option<String>,
    /// What is due now and next, in words.
    pub next: Option<String>,
    /// Why its next entry could not be made.
    pub problem: Option<String>,
    /// Its lines in order.
    pub lines: Vec<EntryLine>,
    /// The sum of its debits, minor units.
    pub total: i64,
    /// What was made or skipped, newest first: the day, the entry, its state.
    pub occurrences: Vec<OccurrenceRow>,
    /// What the person may do with it.
    pub actions: RecurringActions,
}

/// A day that was made or skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OccurrenceRow {
    /// The day.
    pub day: String,
    /// The entry; none where the day was skipped.
    pub entry: Option<Link>,
    /// `Posted`, `Draft`, `Skipped`.
    pub state: String,
}

/// What the person may do with a template; what is none is not drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecurringActions {
    /// The form to change it.
    pub edit: Option<String>,
    /// A new entry filled from it.
    pub use_now: Option<String>,
    /// Pausing it.
    pub pause: Option<FormState>,
    /// Going on with it.
    pub resume: Option<FormState>,
    /// Leaving out its next day, with that day in words.
    pub skip: Option<(FormState, String)>,
    /// Making what is due now.
    pub run: Option<FormState>,
    /// What was refused of any of these.
    pub refused: Vec<FieldError>,
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 10 - 31);

    fn read(values: &[(&'static str, &'static str)]) -> Result<Option<Schedule>, Vec<FieldError>> {
        read_schedule(
            |name| {
                values
                    .iter()
                    .find(|(of, _)| *of == name)
                    .map_or("", |(_, value)| *value)
            },
            TODAY,
        )
    }

    #[test]
    fn a_schedule_is_read_as_dates_are_typed() {
        let schedule = read(&[
            ("unit", "month"),
            ("step", "1"),
            ("starts_on", "t"),
            ("ends_on", "12/31/2027"),
        ])
        .expect("it can be read")
        .expect("a schedule");
        assert_eq!(
            (schedule.starts_on, schedule.ends_on),
            (TODAY, Some(date!(2027 - 12 - 31)))
        );
        assert_eq!(
            schedule_words(&schedule),
            "Every month on the 31st or last day, through Dec 31, 2027"
        );
        assert_eq!(read(&[("unit", ""), ("starts_on", "x")]), Ok(None), "used by hand");
    }

    #[test]
    fn what_cannot_be_read_of_a_schedule_is_named_at_its_fields() {
        let errors = read(&[
            ("unit", "week"),
            ("step", "0"),
            ("starts_on", "2/31/2026"),
            ("ends_on", "soon"),
        ]);
        let fields: Vec<String> = errors
            .expect_err("refused")
            .into_iter()
            .map(|error| error.field)
            .collect();
        assert_eq!(fields, ["starts_on", "ends_on", "step"]);
    }

    #[test]
    fn a_preview_tells_what_is_due_at_once_and_what_comes() {
        let days = [date!(2026 - 09 - 30), TODAY, date!(2026 - 11 - 30)];
        assert_eq!(
            Preview::of(days.into_iter(), TODAY).words(),
            "2 are due at once. Next: Nov 30, 2026."
        );
        assert_eq!(Preview::of([].into_iter(), TODAY).words(), "Nothing is due after that.");
    }
}
