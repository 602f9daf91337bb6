//! Dates as people type and read them, and the fiscal year a date lies in. A date is a day in the
//! company's time zone; nothing here knows the clock.

mod fiscal_year;
mod parse;

pub use fiscal_year::{FISCAL_YEAR_DAYS_MAX, FiscalYear, FiscalYearError, FiscalYears, KeptDays, YearsChange};
pub use parse::{DateError, parse_date};

use time::Date;

/// For people: `Oct 31, 2026`.
pub fn format_date(date: Date) -> String {
    let month = date.month().to_string();
    format!("{} {}, {}", &month[..3], date.day(), date.year())
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
    use time::macros::date;

    #[test]
    fn a_date_is_written_for_people_for_fields_and_for_files() {
        let day = date!(2026 - 03 - 05);
        assert_eq!(format_date(day), "Mar 5, 2026");
        assert_eq!(format_date_input(day), "03/05/2026");
        assert_eq!(format_iso(day), "2026-03-05");
    }
}
