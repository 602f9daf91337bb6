//! Days as headings say them, in full.

use time::Date;

/// `October 31, 2026`
pub fn long_day(day: Date) -> String {
    format!("{} {}, {}", day.month(), day.day(), day.year())
}

/// `Saturday, October 31, 2026`
pub fn weekday_and_day(day: Date) -> String {
    format!("{}, {}", day.weekday(), long_day(day))
}

/// `January 1 to October 31, 2026`, with both years where they differ.
pub fn period_words(from: Date, to: Date) -> String {
    if from == to {
        long_day(to)
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{} {} to {}, {}", from.month(), from.day(), to.day(), to.year())
    } else if from.year() == to.year() {
        format!("{} {} to {}", from.month(), from.day(), long_day(to))
    } else {
        format!("{} to {}", long_day(from), long_day(to))
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_period_says_its_year_and_month_once_where_it_has_one() {
        assert_eq!(
            period_words(date!(2026 - 01 - 01), date!(2026 - 10 - 31)),
            "January 1 to October 31, 2026"
        );
        assert_eq!(
            period_words(date!(2026 - 10 - 01), date!(2026 - 10 - 31)),
            "October 1 to 31, 2026"
        );
        assert_eq!(
            period_words(date!(2025 - 07 - 01), date!(2026 - 06 - 30)),
            "July 1, 2025 to June 30, 2026"
        );
        assert_eq!(
            period_words(date!(2026 - 10 - 31), date!(2026 - 10 - 31)),
            "October 31, 2026"
        );
        assert_eq!(weekday_and_day(date!(2026 - 11 - 22)), "Sunday, November 22, 2026");
    }
}
