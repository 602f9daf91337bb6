//! What a change of the fiscal years leaves as it was: the years that are locked or closed. Which year a day lies in decides what of
//! a balance sheet is net income and what retained earnings (accounting.md 4.3), so no day that is locked moves to another year.

use time::Date;

use super::{FiscalYear, FiscalYears};

/// Days whose fiscal years stay as they are, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptDays {
    /// The first day that anything lies on.
    pub from: Date,
    /// The last day that is locked.
    pub through: Date,
}

/// The years after a change of the first month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearsChange {
    /// All of them, the pinned ones among their `changes`.
    pub years: FiscalYears,
    /// Years that followed from the first month until now and are kept as rows, so that they stay as they were.
    pub pinned: Vec<FiscalYear>,
}

impl FiscalYears {
    /// The same company with another first month. Every year of the kept days stays; the year between them and the first one that
    /// begins in the new month is short.
    #[must_use]
    pub fn with_first_month(&self, first_month: u8, kept: Option<KeptDays>) -> YearsChange {
        let mut change = YearsChange {
            years: Self {
                first_month,
                changes: self.changes.clone(),
            },
            pinned: Vec::new(),
        };
        let Some(kept) = kept.filter(|_| first_month != self.first_month) else {
            return change;
        };
        for year in self.years_between(kept.from, kept.through) {
            if self.changes.contains(&year) {
                continue;
            }
            let last = kept.through.min(year.ends_on);
            // A year that is locked in part may end sooner, where only days that are open leave it.
            let stays = FiscalYear {
                ends_on: year.ends_on.min(change.years.regular_year_of(last).ends_on).max(last),
                ..year
            };
            let stays = if last == year.ends_on { year } else { stays };
            if change.years.year_of(last) != stays {
                change.pinned.push(stays);
                change.years.changes.push(stays);
            }
        }
        change
    }

    /// The first of these years that `after` would begin or end otherwise within the kept days; none when every kept day stays in
    /// its year.
    pub fn first_rewritten(&self, after: &Self, kept: KeptDays) -> Option<FiscalYear> {
        // What lies before the first day shows nowhere.
        let starts = |years: &Self| -> Vec<Date> {
            let years = years.years_between(kept.from, kept.through).into_iter();
            years.map(|year| year.starts_on.max(kept.from)).collect()
        };
        let (before, after) = (starts(self), starts(after));
        let lost = before.iter().find(|start| !after.contains(start));
        let made = after.iter().find(|start| !before.contains(start));
        lost.into_iter().chain(made).min().map(|start| self.year_of(*start))
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn calendar_years() -> FiscalYears {
        FiscalYears {
            first_month: 1,
            changes: Vec::new(),
        }
    }

    const fn year(starts_on: Date, ends_on: Date) -> FiscalYear {
        FiscalYear { starts_on, ends_on }
    }

    #[test]
    fn years_that_are_locked_stay_and_the_one_between_is_short() {
        let kept = KeptDays {
            from: date!(2024 - 03 - 10),
            through: date!(2025 - 12 - 31),
        };
        let change = calendar_years().with_first_month(7, Some(kept));
        assert_eq!(
            change.pinned,
            [
                year(date!(2024 - 01 - 01), date!(2024 - 12 - 31)),
                year(date!(2025 - 01 - 01), date!(2025 - 12 - 31))
            ]
        );
        assert_eq!(
            change.years.year_of(date!(2026 - 02 - 01)),
            year(date!(2026 - 01 - 01), date!(2026 - 06 - 30))
        );
        assert_eq!(
            change.years.year_of(date!(2026 - 07 - 01)),
            year(date!(2026 - 07 - 01), date!(2027 - 06 - 30))
        );
        assert_eq!(calendar_years().first_rewritten(&change.years, kept), None);
    }

    #[test]
    fn a_year_that_is_locked_in_part_ends_sooner_where_only_open_days_leave_it() {
        let locked = |through| KeptDays {
            from: date!(2026 - 01 - 05),
            through,
        };
        let early = calendar_years().with_first_month(7, Some(locked(date!(2026 - 03 - 31))));
        assert_eq!(early.pinned, [year(date!(2026 - 01 - 01), date!(2026 - 06 - 30))]);
        assert_eq!(early.years.start_of(date!(2026 - 07 - 01)), date!(2026 - 07 - 01));
        let late = calendar_years().with_first_month(7, Some(locked(date!(2026 - 08 - 31))));
        assert_eq!(late.pinned, [year(date!(2026 - 01 - 01), date!(2026 - 12 - 31))]);
        assert_eq!(late.years.end_of(date!(2027 - 01 - 01)), date!(2027 - 06 - 30));
    }

    #[test]
    fn where_nothing_is_locked_every_year_follows_the_new_month() {
        let change = calendar_years().with_first_month(7, None);
        assert!(change.pinned.is_empty());
        assert_eq!(change.years.start_of(date!(2026 - 01 - 31)), date!(2025 - 07 - 01));
    }

    #[test]
    fn a_change_that_moves_a_locked_day_to_another_year_is_found() {
        let kept = KeptDays {
            from: date!(2025 - 12 - 31),
            through: date!(2026 - 06 - 30),
        };
        let mut short = calendar_years();
        short.changes.push(year(date!(2026 - 03 - 15), date!(2026 - 12 - 31)));
        assert_eq!(
            calendar_years().first_rewritten(&short, kept),
            Some(year(date!(2026 - 01 - 01), date!(2026 - 12 - 31)))
        );
        let mut later = calendar_years();
        later.changes.push(year(date!(2026 - 01 - 01), date!(2026 - 09 - 30)));
        assert_eq!(
            calendar_years().first_rewritten(&later, kept),
            None,
            "it ends in days that are open"
        );
    }
}
