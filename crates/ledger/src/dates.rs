//! Dates as people type and read them, and the fiscal year a date lies in. A date is a day in the
//! company's time zone; nothing here knows the clock.

mod fiscal_year;
mod parse;

pub use fiscal_year::{FISCAL_YEAR_DAYS_MAX, FiscalYear, FiscalYearError, FiscalYears, KeptDays, YearsChange};
pub use parse::{DateError, parse_date};

use time::{Date, Time};

/// For people: `Oct 31, 2026`.
pub fn format_date(date: Date) -> String {
    let month = date.month().to_string();
    format!("{} {}, {}", &month[..3], date.day(), date.year())
}

/// For people, by a clock of twelve hours: `9:14 AM`. Midnight is `12:00 AM`, noon `12:00 PM`.
pub fn format_time(at: Time) -> String {
    let (half, hour) = match at.hour() {
        0 => ("AM", 12),
        hour @ 1..12 => ("AM", hour),
        12 => ("PM", 12),
        hour => ("PM", hour - 12),
    };
    format!("{hour}:{:02} {half}", at.minute())
}

/// For date fields, and read back by [`parse_date`]: `10/31/2026`.
pub fn format_date_input(date: Date) -> String {
    let (year, month, day) = date.to_calendar_date();
    format!("{:02}/{day:02}/{year:04}", u8::from(month))
}

/// For files and JSON: `2026-10-31`.
pub fn format_iso(date: Date) -> String {
    let (year, month, day) = date.to_calendar_date();
    format!("{year:04}-{:02}-{day:02}", u8::from(month))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, time};

    #[test]
    fn the_clock_has_twelve_hours_twice_and_no_hour_zero() {
        for (at, words) in [
            (time!(0:00), "12:00 AM"),
            (time!(9:05:59), "9:05 AM"),
            (time!(12:30), "12:30 PM"),
            (time!(23:59), "11:59 PM"),
        ] {
            assert_eq!(format_time(at), words);
        }
    }

    #[test]
    fn a_date_is_written_for_people_for_fields_and_for_files() {
        let day = date!(2026 - 03 - 05);
        assert_eq!(format_date(day), "Mar 5, 2026");
        assert_eq!(format_date_input(day), "03/05/2026");
        assert_eq!(format_iso(day), "2026-03-05");
    }
}
