//! Dates that are often asked for.

use app::view::report::ReportKind;
use ledger::dates::FiscalYears;
use time::{Date, Month};

/// A name and its days; of a report as of a day only the last one counts.
pub type PresetDays = (&'static str, Date, Date);

/// The days often asked for of a report, as of a company's today. Quarters and years are fiscal.
pub fn presets(kind: ReportKind, years: &FiscalYears, today: Date) -> Vec<PresetDays> {
    let year = years.start_of(today);
    let month = first_of_month(today);
    let quarter = quarter_start(year, month);
    let last_month = months_from(month, -1);
    let year_before = day_before(year);
    let last_year = years.start_of(year_before);
    if kind.shows_period() {
        vec![
            ("This month", month, last_of_month(month)),
            ("Last month", last_month, day_before(month)),
            ("This quarter", quarter, day_before(months_from(quarter, 3))),
            ("This year to date", year, today),
            ("Last year", last_year, year_before),
        ]
    } else {
        vec![
            ("Today", year, today),
            ("End of last month", last_month, day_before(month)),
            ("End of last quarter", year, day_before(quarter)),
            ("End of last year", last_year, year_before),
        ]
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

fn quarter_start(year: Date, month: Date) -> Date {
    let months = i32::from(u8::from(month.month())) - i32::from(u8::from(year.month()));
    months_from(year, months.rem_euclid(12) / 3 * 3)
}

fn day_before(day: Date) -> Date {
    day.previous_day().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn years(first_month: u8) -> FiscalYears {
        FiscalYears {
            first_month,
            changes: Vec::new(),
        }
    }

    #[test]
    fn a_calendar_years_periods_follow_the_calendar() {
        let periods = presets(ReportKind::ProfitAndLoss, &years(1), date!(2026 - 11 - 22));
        assert_eq!(
            periods,
            [
                ("This month", date!(2026 - 11 - 01), date!(2026 - 11 - 30)),
                ("Last month", date!(2026 - 10 - 01), date!(2026 - 10 - 31)),
                ("This quarter", date!(2026 - 10 - 01), date!(2026 - 12 - 31)),
                ("This year to date", date!(2026 - 01 - 01), date!(2026 - 11 - 22)),
                ("Last year", date!(2025 - 01 - 01), date!(2025 - 12 - 31)),
            ]
        );
    }

    #[test]
    fn quarters_and_years_are_fiscal() {
        let ends: Vec<Date> = presets(ReportKind::BalanceSheet, &years(2), date!(2026 - 01 - 15))
            .into_iter()
            .map(|(_, _, last)| last)
            .collect();
        assert_eq!(
            ends,
            [
                date!(2026 - 01 - 15),
                date!(2025 - 12 - 31),
                date!(2025 - 10 - 31),
                date!(2025 - 01 - 31)
            ]
        );
    }

    #[test]
    fn the_last_day_of_february_knows_leap_years() {
        assert_eq!(last_of_month(date!(2028 - 02 - 03)), date!(2028 - 02 - 29));
        assert_eq!(last_of_month(date!(2026 - 12 - 31)), date!(2026 - 12 - 31));
    }
}
