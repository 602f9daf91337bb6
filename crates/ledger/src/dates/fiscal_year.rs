//! The fiscal year a date lies in: twelve months from a first month, but for the years a company
//! changed, cut short or closed.

use time::{Date, Month};

/// A fiscal year with its own first and last day, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalYear {
    /// Its first day.
    pub starts_on: Date,
    /// Its last day.
    pub ends_on: Date,
}

impl FiscalYear {
    /// Whether the date lies in the year.
    pub fn contains(self, date: Date) -> bool {
        (self.starts_on..=self.ends_on).contains(&date)
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
    fn the_ends_of_the_calendar_are_the_ends_of_their_years() {
        assert_eq!(regular(7).start_of(Date::MIN), Date::MIN);
        assert_eq!(regular(1).end_of(Date::MAX), Date::MAX);
    }
}
