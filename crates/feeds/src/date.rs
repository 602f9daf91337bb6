//! Dates of OFX: `20260131`, `20260131120000.000[-5:EST]`.

use time::{Date, Month};

/// No bank has kept statements of earlier years; a smaller one is a slip such as `00260131`.
const YEAR_MIN: i32 = 1900;

/// The day that the bank wrote: the first eight digits. What follows is a time of day in the
/// bank's own zone; the day on the statement is the bank's, so nothing is shifted to another zone.
/// `None` where no calendar has such a day.
pub(crate) fn read_day(text: &str) -> Option<Date> {
    let digits = text
        .get(..8)
        .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?;
    let year = digits[..4].parse().ok().filter(|year| *year >= YEAR_MIN)?;
    let month: u8 = digits[4..6].parse().ok()?;
    let day = digits[6..].parse().ok()?;
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn the_day_is_the_banks_whatever_time_and_zone_follow() {
        for text in [
            "20260131",
            "20260131120000",
            "20260131235959.999[-12:XXX]",
            "20260131000000.000[+14:YYY]",
            "20260131120000.000[-:EST]",
            "20260131093914:014",
        ] {
            assert_eq!(read_day(text), Some(date!(2026 - 01 - 31)), "{text}");
        }
    }

    #[test]
    fn impossible_days_are_no_dates() {
        for text in [
            "",
            "2026",
            "20120231",
            "201120000000",
            "20261301",
            "20260100",
            "00260131",
            "2026-01-31",
            "31012026",
            "2026013é",
        ] {
            assert_eq!(read_day(text), None, "{text}");
        }
        assert_eq!(read_day("20240229"), Some(date!(2024 - 02 - 29)));
        assert_eq!(read_day("20230229"), None);
    }
}
