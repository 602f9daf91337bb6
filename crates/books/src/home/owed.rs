//! What is owed, by how late it is.

use ledger::money::sum_checked;

use crate::Error;

/// What is owed by days past due, minor units, as positive amounts. A credit that was not applied yet is negative, at its own age.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Owed {
    /// Not due yet, or due today.
    pub current: i64,
    /// Of that, what is due within the next seven days.
    pub due_in_a_week: i64,
    /// 1 to 30 days past due.
    pub late_30: i64,
    /// 31 to 60 days past due.
    pub late_60: i64,
    /// 61 to 90 days past due.
    pub late_90: i64,
    /// 91 days and more past due.
    pub later: i64,
}

impl Owed {
    /// All of it: the balance of the accounts receivable, or payable, at that day's end.
    ///
    /// # Errors
    /// `Invalid` where the amounts add up to more than can be kept.
    pub fn total(&self) -> Result<i64, Error> {
        Ok(sum_checked([self.current, self.overdue()?])?)
    }

    /// What is past due.
    ///
    /// # Errors
    /// As [`Self::total`].
    pub fn overdue(&self) -> Result<i64, Error> {
        Ok(sum_checked([self.late_30, self.late_60, self.late_90, self.later])?)
    }

    /// Adds an amount that is so many days past due.
    pub(super) fn add(&mut self, days_late: i64, amount: i64) -> Result<(), Error> {
        let at_its_age = match days_late {
            ..=0 => &mut self.current,
            1..=30 => &mut self.late_30,
            31..=60 => &mut self.late_60,
            61..=90 => &mut self.late_90,
            _ => &mut self.later,
        };
        *at_its_age = sum_checked([*at_its_age, amount])?;
        if (-7..=0).contains(&days_late) {
            self.due_in_a_week = sum_checked([self.due_in_a_week, amount])?;
        }
        Ok(())
    }
}
