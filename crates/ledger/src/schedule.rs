//! When what comes again and again is due. Every day is counted from the first one, so that a schedule never drifts: one of the 31st
//! is due on the last day of shorter months, and on the 31st again where there is one.

use time::{Date, Duration, Month};

/// The longest step, in its unit.
pub const STEP_MAX: u8 = 99;
/// The last year that anything is due in, as dates are typed.
const YEAR_MAX: i32 = 2199;

/// What a schedule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// Twelve of them.
    Year,
}

impl Unit {
    /// All of them, shortest first.
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Year];

    /// The text that the database holds.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The unit of that text.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }
}

/// A first day, and every how many weeks, months or years after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// What is counted.
    pub unit: Unit,
    /// Every how many of them, 1 to [`STEP_MAX`].
    pub step: u8,
    /// The first day.
    pub starts_on: Date,
    /// The last day on which anything is due; none for no end.
    pub ends_on: Option<Date>,
}

impl Schedule {
    /// The days it is due on, in order, from the first one after `after`, or from its beginning. Ends with `ends_on`, or with the
    /// year 2199.
    pub fn days_after(&self, after: Option<Date>) -> impl Iterator<Item = Date> + use<> {
        let schedule = *self;
        let first = after.map_or(0, |after| schedule.steps_through(after));
        (first..)
            .map_while(move |n| schedule.day(n))
            .filter(move |day| after.is_none_or(|after| *day > after))
    }

    /// The n-th day, counted from 0; none beyond the end.
    fn day(&self, n: u32) -> Option<Date> {
        let steps = n.checked_mul(u32::from(self.step))?;
        let day = match self.unit {
            Unit::Week => self.starts_on.checked_add(Duration::weeks(i64::from(steps)))?,
            Unit::Month => months_after(self.starts_on, steps)?,
            Unit::Year => months_after(self.starts_on, steps.checked_mul(12)?)?,
        };
        (day.year() <= YEAR_MAX && self.ends_on.is_none_or(|ends_on| day <= ends_on)).then_some(day)
    }

    /// A number of steps that leads to a day not after the first one due beyond `day`: where looking begins.
    fn steps_through(&self, day: Date) -> u32 {
        let units = match self.unit {
            Unit::Week => (day - self.starts_on).whole_weeks(),
            Unit::Month => months_between(self.starts_on, day),
            Unit::Year => months_between(self.starts_on, day) / 12,
        };
        u32::try_from(units / i64::from(self.step.max(1))).unwrap_or(0)
    }
}

/// The first day of the month after this one, on which an accrual is reversed.
pub fn first_of_next_month(day: Date) -> Date {
    let days_left = i64::from(day.month().length(day.year()) - day.day());
    day.saturating_add(Duration::days(days_left + 1))
}

/// The same day so many months on, or the last one that month has.
fn months_after(day: Date, months: u32) -> Option<Date> {
    let from_january = u32::from(u8::from(day.month())) - 1 + months;
    let year = day.year().checked_add(i32::try_from(from_january / 12).ok()?)?;
    let month = Month::try_from(u8::try_from(from_january % 12 + 1).ok()?).ok()?;
    Date::from_calendar_date(year, month, day.day().min(month.length(year))).ok()
}

/// Calendar months from one day's month to another's, less one where it is not full; never negative.
fn months_between(from: Date, to: Date) -> i64 {
    let month = |day: Date| i64::from(day.year()) * 12 + i64::from(u8::from(day.month()));
    (month(to) - month(from) - 1).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn every(step: u8, unit: Unit, starts_on: Date) -> Schedule {
        Schedule {
            unit,
            step,
            starts_on,
            ends_on: None,
        }
    }

    fn first(schedule: Schedule, count: usize) -> Vec<Date> {
        schedule.days_after(None).take(count).collect()
    }

    #[test]
    fn the_thirty_first_is_the_last_day_of_a_shorter_month_and_comes_back() {
        let days = first(every(1, Unit::Month, date!(2027 - 12 - 31)), 5);
        let wanted = [
            date!(2027 - 12 - 31),
            date!(2028 - 01 - 31),
            date!(2028 - 02 - 29),
            date!(2028 - 03 - 31),
            date!(2028 - 04 - 30),
        ];
        assert_eq!(days, wanted);
    }

    #[test]
    fn a_leap_day_is_the_twenty_eighth_of_other_years() {
        let days = first(every(2, Unit::Year, date!(2028 - 02 - 29)), 3);
        assert_eq!(
            days,
            [date!(2028 - 02 - 29), date!(2030 - 02 - 28), date!(2032 - 02 - 29)]
        );
    }

    #[test]
    fn weeks_are_counted_by_seven_days() {
        let days = first(every(2, Unit::Week, date!(2026 - 12 - 21)), 3);
        assert_eq!(
            days,
            [date!(2026 - 12 - 21), date!(2027 - 01 - 04), date!(2027 - 01 - 18)]
        );
    }

    #[test]
    fn the_last_day_is_due_and_nothing_after_it() {
        let until = |ends_on| {
            let schedule = Schedule {
                ends_on: Some(ends_on),
                ..every(1, Unit::Month, date!(2026 - 01 - 31))
            };
            schedule.days_after(None).collect::<Vec<_>>()
        };
        assert_eq!(until(date!(2026 - 02 - 28)).len(), 2);
        assert_eq!(until(date!(2026 - 02 - 27)).len(), 1);
        assert_eq!(until(date!(2026 - 01 - 30)), []);
    }

    #[test]
    fn a_schedule_without_an_end_ends_with_the_last_year_that_can_be_typed() {
        let last = every(99, Unit::Year, date!(2026 - 01 - 01)).days_after(None).last();
        assert_eq!(last, Some(date!(2125 - 01 - 01)));
    }

    #[test]
    fn looking_later_finds_the_same_days_whatever_the_schedule() {
        for unit in Unit::ALL {
            for step in [1, 2, 5, 12, 99] {
                for starts_on in [date!(2024 - 01 - 31), date!(2024 - 02 - 29), date!(2026 - 06 - 30)] {
                    let schedule = every(step, unit, starts_on);
                    let all: Vec<Date> = first(schedule, 40);
                    let mut after = starts_on - Duration::days(40);
                    for _ in 0..120 {
                        let wanted: Vec<Date> = all.iter().copied().filter(|day| *day > after).take(2).collect();
                        let found: Vec<Date> = schedule.days_after(Some(after)).take(wanted.len()).collect();
                        assert_eq!(found, wanted, "{unit:?} {step} from {starts_on} after {after}");
                        after += Duration::days(11);
                    }
                }
            }
        }
    }

    #[test]
    fn an_accrual_is_reversed_on_the_first_day_of_the_next_month() {
        assert_eq!(first_of_next_month(date!(2026 - 12 - 31)), date!(2027 - 01 - 01));
        assert_eq!(first_of_next_month(date!(2028 - 02 - 01)), date!(2028 - 03 - 01));
    }
}
