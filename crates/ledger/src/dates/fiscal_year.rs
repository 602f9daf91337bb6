//! The fiscal year a date lies in: twelve months from a first month, but for the years a company
//! changed, cut short or closed.

mod change;

use std::fmt;

use thiserror::Error;
use time::{Date, Month};

pub use change::{KeptDays, YearsChange};

/// Most days of a fiscal year: 53 weeks.
pub const FISCAL_YEAR_DAYS_MAX: i64 = 371;

/// Fewer days than 52 weeks make a short year.
const FULL_YEAR_DAYS: i64 = 364;

/// Most years that one question goes over: every row a company may have, the gaps between them, and three centuries.
const YEARS_MAX: usize = 1_200;

/// A fiscal year with its own first and last day, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FiscalYear {
    /// Its first day.
    pub starts_on: Date,
    /// Its last day.
    pub ends_on: Date,
}

/// Why two days make no fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FiscalYearError {
    /// Its first day is beyond the years that are kept.
    #[error("Use a year from 1900 to 2199.")]
    FirstDayOutOfRange,
    /// Its last day is beyond the years that are kept.
    #[error("Use a year from 1900 to 2199.")]
    LastDayOutOfRange,
    /// It ends before it begins.
    #[error("The year ends before it begins. Choose a later last day.")]
    EndsBeforeItBegins,
    /// It has more than 53 weeks.
    #[error("A fiscal year has at most 53 weeks. Choose an earlier last day.")]
    TooLong,
}

impl FiscalYear {
    /// A year of these days, as somebody may set it.
    ///
    /// # Errors
    /// [`FiscalYearError`].
    pub fn checked(starts_on: Date, ends_on: Date) -> Result<Self, FiscalYearError> {
        let is_kept = |day: Date| (1900..=2199).contains(&day.year());
        let year = Self { starts_on, ends_on };
        match year {
            _ if !is_kept(starts_on) => Err(FiscalYearError::FirstDayOutOfRange),
            _ if !is_kept(ends_on) => Err(FiscalYearError::LastDayOutOfRange),
            _ if ends_on < starts_on => Err(FiscalYearError::EndsBeforeItBegins),
            _ if year.days() > FISCAL_YEAR_DAYS_MAX => Err(FiscalYearError::TooLong),
            year => Ok(year),
        }
    }

    /// Whether the date lies in the year.
    pub fn contains(self, date: Date) -> bool {
        (self.starts_on..=self.ends_on).contains(&date)
    }

    /// Whether the two years share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.starts_on <= other.ends_on && other.starts_on <= self.ends_on
    }

    /// How many days it has.
    pub fn days(self) -> i64 {
        (self.ends_on - self.starts_on).whole_days() + 1
    }

    /// Whether it has fewer than 52 weeks.
    pub fn is_short(self) -> bool {
        self.days() < FULL_YEAR_DAYS
    }

    /// Whether the calendar year that it ends in tells it from every other full year. One of 52 weeks can lie within a calendar year
    /// in whose first days the year before it ended.
    fn is_named_by_its_end(self) -> bool {
        let first_day = (self.starts_on.month(), self.starts_on.day());
        !self.is_short() && (self.starts_on.year() < self.ends_on.year() || first_day == (Month::January, 1))
    }
}

/// By the calendar year it ends in: `FY 2026`. A short year also by its months, `FY 2026 (Jul–Dec)`, or by its days where it cuts one:
/// the year before it or after it may end in the same calendar year. So is the later of two full years that end in one,
/// `FY 2027 (Jan 2–Dec 31)`.
impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { starts_on, ends_on } = *self;
        write!(f, "FY {}", ends_on.year())?;
        if self.is_named_by_its_end() {
            return Ok(());
        }
        let [from, to] = [starts_on, ends_on].map(|day| day.month().to_string());
        let (from, to) = (&from[..3], &to[..3]);
        let is_month_end = ends_on.day() == ends_on.month().length(ends_on.year());
        match starts_on.day() == 1 && is_month_end {
            true if starts_on.month() == ends_on.month() => write!(f, " ({from})"),
            true => write!(f, " ({from}–{to})"),
            false => write!(f, " ({from} {}–{to} {})", starts_on.day(), ends_on.day()),
        }
    }
}

/// A company's fiscal years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiscalYears {
    /// The month a regular year begins in, 1 to 12; anything beyond counts as the nearest.
    pub first_month: u8,
    /// The years that are not regular, and closed years, which a later change of the first month
    /// must not rewrite. They do not overlap; their order does not matter.
    pub changes: Vec<FiscalYear>,
}

impl FiscalYears {
    /// The year the date lies in: one of `changes`, or else the regular year as far as it does
    /// not run into one of them.
    pub fn year_of(&self, date: Date) -> FiscalYear {
        if let Some(changed) = self.changes.iter().find(|year| year.contains(date)) {
            return *changed;
        }
        let mut year = self.regular_year_of(date);
        for changed in &self.changes {
            if changed.ends_on < date {
                let day_after = changed.ends_on.next_day().unwrap_or(Date::MAX);
                year.starts_on = year.starts_on.max(day_after);
            } else {
                let day_before = changed.starts_on.previous_day().unwrap_or(Date::MIN);
                year.ends_on = year.ends_on.min(day_before);
            }
        }
        year
    }

    /// The first day of the fiscal year the date lies in.
    pub fn start_of(&self, date: Date) -> Date {
        self.year_of(date).starts_on
    }

    /// The last day of the fiscal year the date lies in.
    pub fn end_of(&self, date: Date) -> Date {
        self.year_of(date).ends_on
    }

    /// The years from the one that `from` lies in through the one that `through` lies in, in order; none when `through` is earlier.
    pub fn years_between(&self, from: Date, through: Date) -> Vec<FiscalYear> {
        let mut years = Vec::new();
        let mut day = Some(from).filter(|from| *from <= through);
        while let Some(next) = day.filter(|_| years.len() < YEARS_MAX) {
            let year = self.year_of(next);
            years.push(year);
            day = year.ends_on.next_day().filter(|next| *next <= through);
        }
        years
    }

    fn regular_year_of(&self, date: Date) -> FiscalYear {
        let first_month = Month::try_from(self.first_month.clamp(1, 12)).unwrap_or(Month::January);
        let starts_in = if u8::from(date.month()) >= u8::from(first_month) {
            date.year()
        } else {
            date.year() - 1
        };
        // The calendar's own ends stand in for the years it cannot hold.
        let first_day = |year| Date::from_calendar_date(year, first_month, 1);
        FiscalYear {
            starts_on: first_day(starts_in).unwrap_or(Date::MIN),
            ends_on: first_day(starts_in + 1)
                .ok()
                .and_then(Date::previous_day)
                .unwrap_or(Date::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn regular(first_month: u8) -> FiscalYears {
        FiscalYears {
            first_month,
            changes: Vec::new(),
        }
    }

    #[test]
    fn a_calendar_year_runs_from_january_to_december() {
        let years = regular(1);
        assert_eq!(years.start_of(date!(2026 - 10 - 31)), date!(2026 - 01 - 01));
        assert_eq!(years.end_of(date!(2026 - 10 - 31)), date!(2026 - 12 - 31));
        assert_eq!(years.start_of(date!(2026 - 01 - 01)), date!(2026 - 01 - 01));
    }

    #[test]
    fn a_july_year_spans_two_calendar_years() {
        let years = regular(7);
        assert_eq!(years.start_of(date!(2026 - 06 - 30)), date!(2025 - 07 - 01));
        assert_eq!(years.end_of(date!(2026 - 06 - 30)), date!(2026 - 06 - 30));
        assert_eq!(years.start_of(date!(2026 - 07 - 01)), date!(2026 - 07 - 01));
    }

    #[test]
    fn a_leap_february_ends_its_year_on_the_29th() {
        assert_eq!(regular(3).end_of(date!(2028 - 01 - 15)), date!(2028 - 02 - 29));
    }

    #[test]
    fn a_short_first_year_bounds_what_lies_around_it() {
        let years = FiscalYears {
            first_month: 1,
            changes: vec![FiscalYear {
                starts_on: date!(2026 - 03 - 15),
                ends_on: date!(2026 - 12 - 31),
            }],
        };
        assert_eq!(years.start_of(date!(2026 - 05 - 01)), date!(2026 - 03 - 15));
        assert_eq!(years.end_of(date!(2026 - 03 - 14)), date!(2026 - 03 - 14));
        assert_eq!(years.start_of(date!(2027 - 02 - 01)), date!(2027 - 01 - 01));
    }

    #[test]
    fn a_change_of_the_first_month_leaves_closed_years_as_they_were() {
        let years = FiscalYears {
            first_month: 7,
            changes: vec![
                FiscalYear {
                    starts_on: date!(2026 - 01 - 01),
                    ends_on: date!(2026 - 06 - 30),
                },
                FiscalYear {
                    starts_on: date!(2025 - 01 - 01),
                    ends_on: date!(2025 - 12 - 31),
                },
            ],
        };
        assert_eq!(years.start_of(date!(2025 - 08 - 01)), date!(2025 - 01 - 01));
        assert_eq!(years.end_of(date!(2026 - 02 - 01)), date!(2026 - 06 - 30));
        assert_eq!(years.end_of(date!(2026 - 07 - 01)), date!(2027 - 06 - 30));
    }

    #[test]
    fn years_follow_each_other_through_short_ones() {
        let years = FiscalYears {
            first_month: 7,
            changes: vec![FiscalYear {
                starts_on: date!(2026 - 01 - 01),
                ends_on: date!(2026 - 06 - 30),
            }],
        };
        let shown: Vec<(Date, bool)> = years
            .years_between(date!(2025 - 08 - 01), date!(2026 - 07 - 01))
            .into_iter()
            .map(|year| (year.starts_on, year.is_short()))
            .collect();
        assert_eq!(
            shown,
            [
                (date!(2025 - 07 - 01), true),
                (date!(2026 - 01 - 01), true),
                (date!(2026 - 07 - 01), false)
            ]
        );
        assert!(
            years
                .years_between(date!(2026 - 01 - 02), date!(2026 - 01 - 01))
                .is_empty()
        );
    }

    #[test]
    fn a_year_has_at_most_53_weeks_and_lies_between_1900_and_2199() {
        let year = |starts_on, ends_on| FiscalYear::checked(starts_on, ends_on).map(FiscalYear::days);
        assert_eq!(year(date!(2026 - 01 - 01), date!(2027 - 01 - 06)), Ok(371));
        assert_eq!(
            year(date!(2026 - 01 - 01), date!(2027 - 01 - 07)),
            Err(FiscalYearError::TooLong)
        );
        assert_eq!(year(date!(2026 - 12 - 31), date!(2026 - 12 - 31)), Ok(1));
        assert_eq!(
            year(date!(2026 - 12 - 31), date!(2026 - 12 - 30)),
            Err(FiscalYearError::EndsBeforeItBegins)
        );
        assert_eq!(
            year(date!(1899 - 12 - 31), date!(1900 - 01 - 01)),
            Err(FiscalYearError::FirstDayOutOfRange)
        );
        assert_eq!(
            year(date!(2199 - 12 - 31), date!(2200 - 01 - 01)),
            Err(FiscalYearError::LastDayOutOfRange)
        );
    }

    #[test]
    fn a_year_is_named_by_the_calendar_year_it_ends_in_and_a_52_week_year_is_full() {
        let year = FiscalYear {
            starts_on: date!(2025 - 07 - 01),
            ends_on: date!(2026 - 06 - 29),
        };
        assert_eq!(
            (year.to_string().as_str(), year.days(), year.is_short()),
            ("FY 2026", 364, false)
        );
    }

    #[test]
    fn a_short_year_is_named_by_its_months_too_so_that_no_two_years_share_a_name() {
        let short = |starts_on, ends_on| FiscalYear { starts_on, ends_on }.to_string();
        for (starts_on, ends_on, name) in [
            (date!(2026 - 07 - 01), date!(2026 - 12 - 31), "FY 2026 (Jul–Dec)"),
            (date!(2025 - 11 - 01), date!(2026 - 06 - 30), "FY 2026 (Nov–Jun)"),
            (date!(2026 - 12 - 01), date!(2026 - 12 - 31), "FY 2026 (Dec)"),
            (date!(2026 - 03 - 15), date!(2026 - 12 - 31), "FY 2026 (Mar 15–Dec 31)"),
            (date!(2026 - 12 - 16), date!(2026 - 12 - 31), "FY 2026 (Dec 16–Dec 31)"),
        ] {
            assert_eq!(short(starts_on, ends_on), name);
        }
        // A company that goes from years to June to calendar years has a whole year and a short one that end in 2026.
        let years = FiscalYears {
            first_month: 1,
            changes: vec![FiscalYear {
                starts_on: date!(2025 - 07 - 01),
                ends_on: date!(2026 - 06 - 30),
            }],
        };
        let names: Vec<String> = years
            .years_between(date!(2026 - 01 - 01), date!(2027 - 01 - 01))
            .iter()
            .map(FiscalYear::to_string)
            .collect();
        assert_eq!(names, ["FY 2026", "FY 2026 (Jul–Dec)", "FY 2027"]);
    }

    #[test]
    fn of_two_52_week_years_that_end_in_one_calendar_year_the_later_is_named_by_its_days_too() {
        // Years that end on the Friday nearest to the end of December.
        let ends = [
            date!(2026 - 01 - 02),
            date!(2027 - 01 - 01),
            date!(2027 - 12 - 31),
            date!(2028 - 12 - 29),
        ];
        let years = ends.windows(2).map(|ends| FiscalYear {
            starts_on: ends[0].next_day().expect("a day"),
            ends_on: ends[1],
        });
        let years: Vec<FiscalYear> = years.collect();
        assert!(years.iter().all(|year| !year.is_short()));
        let names: Vec<String> = years.iter().map(FiscalYear::to_string).collect();
        assert_eq!(names, ["FY 2027", "FY 2027 (Jan 2–Dec 31)", "FY 2028"]);
    }

    #[test]
    fn the_ends_of_the_calendar_are_the_ends_of_their_years() {
        assert_eq!(regular(7).start_of(Date::MIN), Date::MIN);
        assert_eq!(regular(1).end_of(Date::MAX), Date::MAX);
    }
}
