//! Periods that are often asked for. An address keeps their names, so that a link means the same every month.

use app::view::report::ReportKind;
use books::reports::Calendar;
use ledger::statements::quarter_of;
use time::{Date, Month};

use super::asked::Days;

/// The name of days of one's own choice.
pub const OWN_DAYS: &str = "dates";

/// A period's name in addresses, and what people read.
pub type Preset = (&'static str, &'static str);

const PERIODS: [Preset; 12] = [
    ("this-year-to-date", "This year to date"),
    ("this-month", "This month"),
    ("this-month-to-date", "This month to date"),
    ("this-quarter", "This quarter"),
    ("this-quarter-to-date", "This quarter to date"),
    ("this-year", "This year"),
    ("last-month", "Last month"),
    ("last-quarter", "Last quarter"),
    ("last-year", "Last year"),
    ("last-12-months", "Last 12 months"),
    ("all", "All dates"),
    (OWN_DAYS, "Dates of my choice"),
];

const DAYS: [Preset; 7] = [
    ("today", "Today"),
    ("this-month", "End of this month"),
    ("this-year", "End of this year"),
    ("last-month", "End of last month"),
    ("last-quarter", "End of last quarter"),
    ("last-year", "End of last year"),
    (OWN_DAYS, "A day of my choice"),
];

/// The periods to choose of a report; the first is what it shows when nothing was chosen. Quarters and years are fiscal.
pub const fn presets(kind: ReportKind) -> &'static [Preset] {
    if kind.shows_period() { &PERIODS } else { &DAYS }
}

/// The days of a period as of a company's today; of a report as of a day the last one is its day. None for a name that means
/// none, and for days of one's own.
pub fn days_of(name: &str, calendar: &Calendar, today: Date) -> Option<Days> {
    let years = &calendar.years;
    let year = years.start_of(today);
    let month = first_of_month(today);
    let quarter = quarter_of(today, years);
    let days = |from, to| Some(Days { from, to });
    match name {
        "this-month" => days(month, last_of_month(month)),
        "this-month-to-date" => days(month, today),
        "this-quarter" => days(quarter.from, quarter.to),
        "this-quarter-to-date" => days(quarter.from, today),
        "this-year" => days(year, years.end_of(today)),
        "this-year-to-date" | "today" => days(year, today),
        "last-month" => days(months_from(month, -1), day_before(month)),
        "last-quarter" => {
            let before = quarter_of(day_before(quarter.from), years);
            days(before.from, before.to)
        }
        "last-year" => days(years.start_of(day_before(year)), day_before(year)),
        "last-12-months" => days(months_from(month, -12), day_before(month)),
        // What lies ahead is in the books too.
        "all" => {
            let (first, last) = calendar.posted.unwrap_or((year, today));
            days(first.min(today), last.max(today))
        }
        _ => None,
    }
}

/// The last day of the month that a day lies in.
pub fn last_of_month(day: Date) -> Date {
    day_before(months_from(first_of_month(day), 1))
}

fn first_of_month(day: Date) -> Date {
    months_from(day, 0)
}

/// The first of the month so many months after the one that a day lies in.
fn months_from(day: Date, months: i32) -> Date {
    let count = day.year() * 12 + i32::from(u8::from(day.month())) - 1 + months;
    u8::try_from(count.rem_euclid(12) + 1)
        .ok()
        .and_then(|number| Month::try_from(number).ok())
        .and_then(|month| Date::from_calendar_date(count.div_euclid(12), month, 1).ok())
        .unwrap_or(day)
}

fn day_before(day: Date) -> Date {
    day.previous_day().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use ledger::dates::{FiscalYear, FiscalYears};
    use time::macros::date;

    use super::*;

    fn calendar(first_month: u8) -> Calendar {
        Calendar {
            years: FiscalYears {
                first_month,
                changes: Vec::new(),
            },
            posted: Some((date!(2024 - 03 - 05), date!(2026 - 12 - 31))),
        }
    }

    fn days(name: &str, calendar: &Calendar, today: Date) -> (Date, Date) {
        let days = days_of(name, calendar, today).unwrap_or_else(|| panic!("{name} has days"));
        (days.from, days.to)
    }

    #[test]
    fn every_period_that_is_offered_has_days_but_that_of_ones_own_choice() {
        for kind in ReportKind::ALL {
            for (name, _) in presets(kind) {
                let days = days_of(name, &calendar(1), date!(2026 - 11 - 22));
                assert_eq!(days.is_none(), *name == OWN_DAYS, "{name}");
            }
        }
    }

    #[test]
    fn a_calendar_years_periods_follow_the_calendar() {
        let today = date!(2026 - 11 - 22);
        for (name, from, to) in [
            ("this-month", date!(2026 - 11 - 01), date!(2026 - 11 - 30)),
            ("last-month", date!(2026 - 10 - 01), date!(2026 - 10 - 31)),
            ("this-quarter", date!(2026 - 10 - 01), date!(2026 - 12 - 31)),
            ("last-quarter", date!(2026 - 07 - 01), date!(2026 - 09 - 30)),
            ("this-year-to-date", date!(2026 - 01 - 01), today),
            ("this-year", date!(2026 - 01 - 01), date!(2026 - 12 - 31)),
            ("last-year", date!(2025 - 01 - 01), date!(2025 - 12 - 31)),
            ("last-12-months", date!(2025 - 11 - 01), date!(2026 - 10 - 31)),
            ("all", date!(2024 - 03 - 05), date!(2026 - 12 - 31)),
        ] {
            assert_eq!(days(name, &calendar(1), today), (from, to), "{name}");
        }
    }

    #[test]
    fn quarters_and_years_are_fiscal() {
        let (february, today) = (calendar(2), date!(2026 - 01 - 15));
        assert_eq!(
            days("last-quarter", &february, today),
            (date!(2025 - 08 - 01), date!(2025 - 10 - 31))
        );
        assert_eq!(
            days("last-year", &february, today),
            (date!(2024 - 02 - 01), date!(2025 - 01 - 31))
        );
    }

    #[test]
    fn the_last_days_of_a_year_of_53_weeks_are_in_its_last_quarter() {
        let mut long = calendar(2);
        long.years.changes.push(FiscalYear {
            starts_on: date!(2026 - 02 - 01),
            ends_on: date!(2027 - 02 - 06),
        });
        let today = date!(2027 - 02 - 03);
        assert_eq!(
            days("this-quarter", &long, today),
            (date!(2026 - 11 - 01), date!(2027 - 02 - 06))
        );
        assert_eq!(
            days("this-quarter-to-date", &long, today),
            (date!(2026 - 11 - 01), today)
        );
        assert_eq!(
            days("last-quarter", &long, today),
            (date!(2026 - 08 - 01), date!(2026 - 10 - 31))
        );
    }

    #[test]
    fn the_last_quarter_of_a_short_first_year_begins_with_it() {
        let mut short = calendar(1);
        short.years.changes.push(FiscalYear {
            starts_on: date!(2025 - 11 - 15),
            ends_on: date!(2025 - 12 - 31),
        });
        assert_eq!(
            days("last-quarter", &short, date!(2026 - 02 - 10)),
            (date!(2025 - 11 - 15), date!(2025 - 12 - 31))
        );
    }

    #[test]
    fn the_last_day_of_february_knows_leap_years() {
        assert_eq!(last_of_month(date!(2028 - 02 - 03)), date!(2028 - 02 - 29));
        assert_eq!(last_of_month(date!(2026 - 12 - 31)), date!(2026 - 12 - 31));
    }
}
