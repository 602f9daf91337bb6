//! Days of the story.

use time::{Date, Duration, Month, Weekday};

/// The first day of the month that a day lies in.
pub fn month_of(day: Date) -> Date {
    day - Duration::days(i64::from(day.day()) - 1)
}

/// The last day of the month that a day lies in.
pub fn month_end(day: Date) -> Date {
    in_month(day, 31)
}

/// That day of the month, or its last one where it is shorter.
pub fn in_month(month: Date, day: u8) -> Date {
    let last = month.month().length(month.year());
    month_of(month) + Duration::days(i64::from(day.clamp(1, last)) - 1)
}

/// The first of the month that lies so many months after.
pub fn months_after(month: Date, count: i32) -> Date {
    let months = month.year() * 12 + i32::from(month_number(month)) - 1 + count;
    u8::try_from(months.rem_euclid(12) + 1)
        .ok()
        .and_then(|number| Month::try_from(number).ok())
        .and_then(|number| Date::from_calendar_date(months.div_euclid(12), number, 1).ok())
        .unwrap_or(month)
}

/// 1 for January.
pub fn month_number(day: Date) -> u8 {
    u8::from(day.month())
}

/// The day itself, or the next Monday where banks are closed.
pub fn bank_day(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => day + Duration::days(2),
        Weekday::Sunday => day + Duration::days(1),
        _ => day,
    }
}

/// The first day of the books: a January, 18 to 30 months before today.
pub fn first_day(today: Date) -> Date {
    let back = months_after(month_of(today), -18);
    months_after(back, 1 - i32::from(month_number(back)))
}

/// `Nov 18`
pub fn short(day: Date) -> String {
    format!("{} {}", &day.month().to_string()[..3], day.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn the_books_begin_in_a_january_one_and_a_half_to_two_and_a_half_years_ago() {
        assert_eq!(first_day(date!(2026 - 11 - 22)), date!(2025 - 01 - 01));
        assert_eq!(first_day(date!(2026 - 06 - 30)), date!(2024 - 01 - 01));
        assert_eq!(first_day(date!(2026 - 07 - 01)), date!(2025 - 01 - 01));
    }

    #[test]
    fn a_month_without_that_day_has_its_last_one_instead() {
        assert_eq!(in_month(date!(2026 - 02 - 01), 31), date!(2026 - 02 - 28));
        assert_eq!(months_after(date!(2026 - 11 - 01), 2), date!(2027 - 01 - 01));
        assert_eq!(bank_day(date!(2026 - 11 - 22)), date!(2026 - 11 - 23));
    }
}
