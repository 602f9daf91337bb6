//! Where fiscal years end within a ledger's period. No entry closes them: what income and expenses earned moves to retained earnings
//! by computation, and a ledger shows that where it happens, so that it ends in the trial balance whatever its period.

use std::collections::BTreeSet;

use ledger::dates::{FiscalYear, FiscalYears};
use ledger::money::AmountOverflow;
use tenancy::{Read, TenantTx};
use time::Date;

use super::super::balances::Held;
use super::super::day_before;
use super::{LedgerFilter, LedgerLine, held_at};
use crate::Error;

/// A fiscal year that is closed by computation within a ledger's period. It stands after the lines of the year's last day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct YearClosing {
    /// The year.
    pub year: FiscalYear,
    /// What it adds to the account, minor units, debit positive. Of income and expenses what brings their balance to zero; of
    /// retained earnings what all of those held, so that a profit is negative.
    pub amount: i64,
    /// The balance after it, before the next year's lines.
    pub balance: i64,
    /// How many lines of its page stand above it.
    pub lines_above: usize,
}

impl YearClosing {
    /// `Closing of FY 2025, by computation`
    pub fn words(&self) -> String {
        format!("Closing of {}, by computation", self.year)
    }
}

/// What accounts held before a ledger's period, and at the end of the fiscal years that end within it.
#[derive(Debug)]
pub(in crate::reports) struct YearEnds {
    years: Vec<FiscalYear>,
    /// The day before the period.
    before: Date,
    /// The day before the fiscal year that the period begins in.
    before_year: Date,
    held: Held,
}

impl YearEnds {
    /// As the filter counts postings. A year that ends on the last day is not closed yet: nor is it in that day's trial balance.
    pub(in crate::reports) async fn read(
        tx: &mut TenantTx<Read>,
        filter: &LedgerFilter,
        years: &FiscalYears,
    ) -> Result<Self, Error> {
        let mut ending = years.years_between(filter.from, filter.to);
        ending.retain(|year| year.ends_on < filter.to);
        let before = day_before(filter.from);
        let before_year = day_before(years.start_of(filter.from));
        let days: BTreeSet<Date> = [before_year, before]
            .into_iter()
            .chain(ending.iter().map(|year| year.ends_on))
            .collect();
        let days: Vec<Date> = days.into_iter().collect();
        Ok(Self {
            years: ending,
            before,
            before_year,
            held: held_at(tx, filter, &days).await?,
        })
    }

    /// What accounts held together before the period, of all time.
    pub(in crate::reports) fn before(&self, ids: &[i64]) -> Result<i64, AmountOverflow> {
        self.at(ids, self.before)
    }

    /// What accounts held together before the fiscal year that the period begins in.
    pub(in crate::reports) fn before_year(&self, ids: &[i64]) -> Result<i64, AmountOverflow> {
        self.at(ids, self.before_year)
    }

    /// What accounts moved together in each of the years that end within the period, debit positive.
    pub(in crate::reports) fn moved(&self, ids: &[i64]) -> Result<Vec<i64>, AmountOverflow> {
        let mut last = self.before_year(ids)?;
        let mut moved = Vec::with_capacity(self.years.len());
        for year in &self.years {
            let held = self.at(ids, year.ends_on)?;
            moved.push(held.checked_sub(last).ok_or(AmountOverflow)?);
            last = held;
        }
        Ok(moved)
    }

    /// The closings of an account of income or expenses.
    pub(in crate::reports) fn closings(&self, ids: &[i64]) -> Result<Vec<YearClosing>, AmountOverflow> {
        let moved = self.moved(ids)?.into_iter();
        let amounts = moved.map(|amount| amount.checked_neg().ok_or(AmountOverflow));
        Ok(self.closings_of(&amounts.collect::<Result<Vec<i64>, _>>()?))
    }

    /// The closings of these amounts, one a year; none where nothing moved.
    pub(in crate::reports) fn closings_of(&self, amounts: &[i64]) -> Vec<YearClosing> {
        let closings = self.years.iter().zip(amounts).map(|(year, amount)| YearClosing {
            year: *year,
            amount: *amount,
            balance: 0,
            lines_above: 0,
        });
        closings.filter(|closing| closing.amount != 0).collect()
    }

    fn at(&self, ids: &[i64], day: Date) -> Result<i64, AmountOverflow> {
        let held: i128 = ids.iter().map(|id| self.held.at(*id, day)).sum();
        i64::try_from(held).map_err(|_| AmountOverflow)
    }
}

/// Those of an account's closings that stand on a page, in its order: from its place on, up to its last line where others follow.
pub(in crate::reports) fn closings_of_page(
    closings: &[YearClosing],
    filter: &LedgerFilter,
    start: Date,
    last: Option<Date>,
) -> Vec<YearClosing> {
    let mut of_page: Vec<YearClosing> = closings.to_vec();
    let is_of_page = |ends_on: Date| match filter.newest_first {
        false => ends_on >= start && last.is_none_or(|last| ends_on < last),
        true => ends_on < start && last.is_none_or(|last| ends_on >= last),
    };
    of_page.retain(|closing| is_of_page(closing.year.ends_on));
    if filter.newest_first {
        of_page.reverse();
    }
    of_page
}

/// A line, or the closing of a year between two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LedgerRow<'a> {
    /// A line.
    Line(&'a LedgerLine),
    /// A year that is closed by computation.
    Closing(&'a YearClosing),
}

/// The lines and the closings of a page, each in its place.
pub fn ledger_rows<'a>(lines: &'a [LedgerLine], closings: &'a [YearClosing]) -> Vec<LedgerRow<'a>> {
    let mut rows = Vec::with_capacity(lines.len() + closings.len());
    let mut closings = closings.iter().peekable();
    for (above, line) in lines.iter().enumerate() {
        while let Some(closing) = closings.next_if(|closing| closing.lines_above <= above) {
            rows.push(LedgerRow::Closing(closing));
        }
        rows.push(LedgerRow::Line(line));
    }
    rows.extend(closings.map(LedgerRow::Closing));
    rows
}
