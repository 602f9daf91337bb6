//! Trial balance, profit and loss, balance sheet, and the lines behind their figures.
//!
//! Each report is read inside one snapshot, so that its totals, its lines and what it says about itself agree. Balances come from
//! the totals by month and from the postings of the months that a date cuts (`balances`); `ledger::statements` lays them out. No
//! closing entry is posted: earlier fiscal years are closed by computation.

mod account_ledger;
mod balances;
mod day_end;
mod frame;

use ledger::statements::{self, BalanceSheet, Basis, ProfitAndLoss, TrialBalance};
use tenancy::{Capability, Cx};
use time::{Date, OffsetDateTime};

pub use account_ledger::{
    AccountLedger, ClosedYear, LEDGER_LINES_MAX, LedgerKey, LedgerKeyError, LedgerLine, SPLIT, report_ledger,
};
pub(crate) use balances::{balance_sheet_of, movements};
pub(crate) use day_end::{DayEnd, day_before};
pub(crate) use frame::Frame;

use crate::Error;

/// A report with what makes it reproducible.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report<T> {
    /// What it shows.
    pub statement: T,
    /// What it was made of.
    pub provenance: Provenance,
}

/// What a report was made of: the same change number gives the same figures again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provenance {
    /// The company's name.
    pub company: String,
    /// The first day that income and expenses count from: the period's, or the fiscal year's.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// When income and expenses count.
    pub basis: Basis,
    /// When it was made, UTC.
    pub made_at: OffsetDateTime,
    /// The last change it contains.
    pub change: i64,
    /// The first 12 hex digits of the audit chain's hash at that change.
    pub head: String,
    /// How many lines of the period nobody has coded yet. For an as-of date: of all time.
    pub uncategorized_lines: i64,
    /// Whether its day or period reaches back before these books begin, when there was nothing to show.
    pub before_books: bool,
}

/// The first day of the fiscal year that a day lies in. With `company::company_today`, a report's first period: from there through
/// today.
pub async fn report_year_start(cx: &Cx, day: Date) -> Result<Date, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read(&mut tx).await?;
    Ok(frame.years.start_of(day))
}

/// The balances of all accounts at the end of a day, on the accrual basis: income and expenses from the first day of the fiscal
/// year, everything else of all time.
pub async fn report_trial_balance(cx: &Cx, as_of: Date) -> Result<Report<TrialBalance>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read(&mut tx).await?;
    let year_start = frame.years.start_of(as_of);
    let balances = movements(&mut tx, year_start, as_of).await?.of_a_year();
    let statement = statements::trial_balance(
        as_of,
        Basis::Accrual,
        frame.currency,
        &balances.accounts,
        balances.retained_before,
    )?;
    let provenance = frame.at_end_of(&mut tx, year_start, as_of).await?;
    Ok(Report { statement, provenance })
}

/// What the days from the first through the last one earned, on the accrual basis.
pub async fn report_profit_and_loss(cx: &Cx, from: Date, to: Date) -> Result<Report<ProfitAndLoss>, Error> {
    check_period(from, to)?;
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read(&mut tx).await?;
    let accounts = movements(&mut tx, from, to).await?.of_the_period();
    let statement = statements::profit_and_loss(from, to, Basis::Accrual, frame.currency, &accounts)?;
    let provenance = frame.over(&mut tx, from, to).await?;
    Ok(Report { statement, provenance })
}

/// What the company has, owes and is worth at the end of a day, on the accrual basis. Its row Net Income is the profit and loss
/// from `provenance.from` through that day; what the row Retained Earnings adds up stands in that account's [`report_ledger`].
pub async fn report_balance_sheet(cx: &Cx, as_of: Date) -> Result<Report<BalanceSheet>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read(&mut tx).await?;
    let statement = balance_sheet_of(&mut tx, &frame, as_of).await?;
    let year_start = frame.years.start_of(as_of);
    let provenance = frame.at_end_of(&mut tx, year_start, as_of).await?;
    Ok(Report { statement, provenance })
}

pub(crate) fn check_period(from: Date, to: Date) -> Result<(), Error> {
    if to < from {
        return Err(Error::at(
            "to",
            "The period ends before it begins. Choose a later last day.",
        ));
    }
    Ok(())
}
