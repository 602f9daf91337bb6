//! The end of a day in terms of month totals.

use time::{Date, Duration};

/// What adds up to a balance at the end of a day: the totals of whole months, and the postings of the day's month up to the day
/// added, or those after it taken away, whichever are the fewer days. So a report as of today, near the end of a month, reads
/// hardly any posting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DayEnd {
    /// Months that begin before this day count whole.
    pub(crate) months_before: Date,
    /// The first day of postings to read.
    pub(crate) from: Date,
    /// The day after the last one.
    pub(crate) until: Date,
    /// 1 where those postings are added, -1 where they are taken away.
    pub(crate) sign: i64,
}

impl DayEnd {
    pub(crate) fn of(day: Date) -> Self {
        let length = day.month().length(day.year());
        let first = day - Duration::days(i64::from(day.day()) - 1);
        let day_after = day.next_day().unwrap_or(Date::MAX);
        if day.day() <= length / 2 {
            Self {
                months_before: first,
                from: first,
                until: day_after,
                sign: 1,
            }
        } else {
            let next_first = day.saturating_add(Duration::days(i64::from(length - day.day()) + 1));
            Self {
                months_before: next_first,
                from: day_after,
                until: next_first,
                sign: -1,
            }
        }
    }
}

/// The day before, which every day of these books has.
pub(crate) fn day_before(day: Date) -> Date {
    day.previous_day().unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    /// What a balance contains when every day has one posting: the days up to its end, counted from a first month.
    fn days_counted(end: DayEnd, first: Date) -> i64 {
        (end.months_before - first).whole_days() + end.sign * (end.until - end.from).whole_days()
    }

    #[test]
    fn every_day_counts_itself_and_all_days_before_it() {
        let first = date!(2027 - 01 - 01);
        let mut day = first;
        while day < date!(2029 - 01 - 01) {
            assert_eq!(
                days_counted(DayEnd::of(day), first),
                (day - first).whole_days() + 1,
                "{day}"
            );
            day = day.next_day().expect("a day follows");
        }
    }

    #[test]
    fn the_end_of_a_month_reads_no_posting() {
        for day in [
            date!(2026 - 01 - 31),
            date!(2026 - 02 - 28),
            date!(2028 - 02 - 29),
            date!(2026 - 12 - 31),
        ] {
            let end = DayEnd::of(day);
            assert_eq!(end.from, end.until, "{day}");
            assert_eq!(end.months_before, end.until);
        }
    }

    #[test]
    fn no_day_reads_more_than_half_a_month() {
        for day in 1..=31 {
            let end = DayEnd::of(date!(2026 - 10 - 01) + Duration::days(day - 1));
            assert!((end.until - end.from).whole_days() <= 15);
        }
    }
}
