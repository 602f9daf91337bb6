//! Dates as people type them, the American way.

use std::ops::RangeInclusive;

use time::{Date, Duration, Month};

/// The years books are kept in; any other is a slip of the keyboard.
const YEARS: RangeInclusive<i32> = 1900..=2199;

/// A year of two digits lies at most this many years ahead of today.
const SHORT_YEAR_AHEAD: i32 = 19;

/// Why a text is not a date; the message is fit to stand at the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing was typed.
    #[error("Enter a date.")]
    Empty,
    /// Something else than a date.
    #[error("“{0}” is not a date. Write it like 10/31/2026, or t for today, +30 for 30 days on.")]
    NotADate(String),
    /// A month and a day, and no year; the text as it was typed.
    #[error("“{typed}” has no year. Write it with its year, like {typed}/{year}.")]
    NoYear {
        /// What was typed.
        typed: String,
        /// The year that it is today, or the next that has the day.
        year: i32,
    },
    /// A thirteenth month: perhaps day and month are the other way round.
    #[error("There is no month {0}. Write the month first: 10/31/2026.")]
    NoSuchMonth(u8),
    /// A day the month does not have, such as 02/31.
    #[error("{month} {year} has only {days} days.")]
    NoSuchDay {
        /// The month's English name.
        month: Month,
        /// The year, for February's sake.
        year: i32,
        /// The last day it has.
        days: u8,
    },
    /// A year before 1900 or after 2199.
    #[error("The year {0} is out of range. Use a year from 1900 to 2199.")]
    YearOutOfRange(i32),
}

/// Reads `MM/DD/YYYY`, `M/D/YY`, `YYYY-MM-DD`, `t` for today, `+30` and `-1` for days from today.
/// A year of two digits is the one from 80 years before `today` to 19 years after it.
///
/// # Errors
/// [`DateError`], each with a message for the field.
pub fn parse_date(text: &str, today: Date) -> Result<Date, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    if text.eq_ignore_ascii_case("t") {
        return Ok(today);
    }
    let not_a_date = || DateError::NotADate(text.to_owned());
    if text.starts_with(['+', '-']) {
        let days = parse_offset(text).ok_or_else(not_a_date)?;
        return days_from(today, days);
    }
    let slashed: Vec<&str> = text.split('/').collect();
    if let [month, day, year] = slashed[..] {
        let month = parse_digits(month, 1..=2).ok_or_else(not_a_date)?;
        let day = parse_digits(day, 1..=2).ok_or_else(not_a_date)?;
        let year = match year.len() {
            2 => widen_year(parse_digits(year, 2..=2).ok_or_else(not_a_date)?, today),
            _ => parse_digits(year, 4..=4).ok_or_else(not_a_date)?,
        };
        return calendar_date(year, month, day);
    }
    // Which year is meant is not guessed: books are kept across the turn of one.
    if let [month, day] = slashed[..]
        && let (Some(month), Some(day)) = (parse_digits(month, 1..=2), parse_digits(day, 1..=2))
    {
        let typed = text.to_owned();
        let no_year = |year| DateError::NoYear { typed, year };
        return Err(match (1..=12).contains(&month) && (1..=31).contains(&day) {
            true => year_with(month, day, today).map_or_else(|error| error, no_year),
            false => not_a_date(),
        });
    }
    let dashed: Vec<&str> = text.split('-').collect();
    if let [year, month, day] = dashed[..] {
        let year = parse_digits(year, 4..=4).ok_or_else(not_a_date)?;
        let month = parse_digits(month, 2..=2).ok_or_else(not_a_date)?;
        let day = parse_digits(day, 2..=2).ok_or_else(not_a_date)?;
        return calendar_date(year, month, day);
    }
    Err(not_a_date())
}

/// A number of digits only, of an allowed length.
fn parse_digits(text: &str, length: RangeInclusive<usize>) -> Option<i32> {
    let is_number = length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn parse_offset(text: &str) -> Option<i64> {
    let (sign, digits) = text.split_at(1);
    let days = i64::from(parse_digits(digits, 1..=5)?);
    Some(if sign == "-" { -days } else { days })
}

fn days_from(today: Date, days: i64) -> Result<Date, DateError> {
    let date = today.saturating_add(Duration::days(days));
    if YEARS.contains(&date.year()) {
        Ok(date)
    } else {
        Err(DateError::YearOutOfRange(date.year()))
    }
}

fn widen_year(two_digits: i32, today: Date) -> i32 {
    let latest = today.year() + SHORT_YEAR_AHEAD;
    latest - (latest - two_digits).rem_euclid(100)
}

/// This year, or for February 29 the next that has one.
fn year_with(month: i32, day: i32, today: Date) -> Result<i32, DateError> {
    let this_year = calendar_date(today.year(), month, day).map(|date| date.year());
    match (month, day) {
        (2, 29) => Ok(this_year.unwrap_or_else(|_| next_leap_year(today.year()))),
        _ => this_year,
    }
}

fn next_leap_year(year: i32) -> i32 {
    let mut next = year + 1;
    while !time::util::is_leap_year(next) {
        next += 1;
    }
    next
}

fn calendar_date(year: i32, month: i32, day: i32) -> Result<Date, DateError> {
    if !YEARS.contains(&year) {
        return Err(DateError::YearOutOfRange(year));
    }
    // Both have at most two digits.
    let (month, day) = (month as u8, day as u8);
    let month = Month::try_from(month).map_err(|_| DateError::NoSuchMonth(month))?;
    Date::from_calendar_date(year, month, day).map_err(|_| DateError::NoSuchDay {
        month,
        year,
        days: month.length(year),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 10 - 31);

    fn parse(text: &str) -> Result<Date, DateError> {
        parse_date(text, TODAY)
    }

    #[test]
    fn a_date_is_read_as_people_type_it() {
        for (text, date) in [
            ("10/31/2026", date!(2026 - 10 - 31)),
            ("1/2/26", date!(2026 - 01 - 02)),
            (" 01/02/2026 ", date!(2026 - 01 - 02)),
            ("2026-01-02", date!(2026 - 01 - 02)),
            ("t", TODAY),
            ("T", TODAY),
            ("+30", date!(2026 - 11 - 30)),
            ("-1", date!(2026 - 10 - 30)),
            ("2/29/2028", date!(2028 - 02 - 29)),
        ] {
            assert_eq!(parse(text), Ok(date), "{text}");
        }
    }

    #[test]
    fn a_short_year_is_the_one_around_today() {
        assert_eq!(parse("1/1/45"), Ok(date!(2045 - 01 - 01)));
        assert_eq!(parse("1/1/46"), Ok(date!(1946 - 01 - 01)));
        assert_eq!(parse("1/1/99"), Ok(date!(1999 - 01 - 01)));
        assert_eq!(parse("1/1/00"), Ok(date!(2000 - 01 - 01)));
    }

    #[test]
    fn the_thirty_first_of_february_is_refused_with_the_days_it_has() {
        let error = parse("02/31/2026").expect_err("no such day");
        assert_eq!(error.to_string(), "February 2026 has only 28 days.");
        assert!(parse("2/29/2026").is_err());
        assert!(parse("4/0/2026").is_err());
    }

    #[test]
    fn a_day_before_the_month_is_refused_with_the_order_to_write() {
        assert_eq!(parse("31/10/2026"), Err(DateError::NoSuchMonth(31)));
    }

    #[test]
    fn a_year_nobody_keeps_books_in_is_refused() {
        assert_eq!(parse("1/1/0026"), Err(DateError::YearOutOfRange(26)));
        assert_eq!(parse("2926-01-01"), Err(DateError::YearOutOfRange(2926)));
        assert_eq!(parse("-60000"), Err(DateError::YearOutOfRange(1862)));
    }

    #[test]
    fn a_day_without_a_year_is_refused_with_the_year_to_write() {
        for (typed, like) in [("11/30", "11/30/2026"), ("1/5", "1/5/2026"), ("02/29", "02/29/2028")] {
            let error = parse(typed).expect_err("no year");
            assert_eq!(
                error.to_string(),
                format!("“{typed}” has no year. Write it with its year, like {like}.")
            );
            assert!(parse(like).is_ok());
        }
        let no_day = parse("11/31").expect_err("no such day in any year");
        assert_eq!(no_day.to_string(), "November 2026 has only 30 days.");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "tomorrow",
            "31/10",
            "10/2026",
            "10/31/026",
            "10/31/20266",
            "2026-1-2",
            "10-31-2026",
            "+",
            "+1d",
            "+999999",
            "1/+2/26",
            "10.31.2026",
            "//",
        ] {
            assert_eq!(parse(text), Err(DateError::NotADate(text.to_owned())), "{text}");
        }
        assert_eq!(parse(""), Err(DateError::Empty));
    }
}
