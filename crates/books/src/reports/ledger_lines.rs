//! The lines of accounts' ledgers, and what they add up to: shared by an account's register and the general ledger.
//!
//! A posting counts when it was live at the ledger's moment and passes its filter. Lines stand by date, document, line, posting;
//! a balance is all that counts up to a place in that order.

mod held;
mod rows;
mod sums;
mod year_ends;

use std::collections::HashMap;

use ledger::money::{AmountOverflow, sum_checked};
use tenancy::{Read, TenantTx};
use time::{Date, OffsetDateTime};

use held::held_at;
pub(super) use rows::{LineRow, Wanted, lines_from};
pub(super) use sums::{balance_through, totals};
pub use year_ends::{LedgerRow, YearClosing, ledger_rows};
pub(super) use year_ends::{YearEnds, closings_of_page};

use super::account_ledger::LedgerKey;
use super::{Adjusting, Moment};
use crate::Error;
use crate::accounts::{Account, Chart, Merges};
use crate::documents::DocumentKind;

/// Which postings a ledger shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LedgerFilter {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// When the books are known at.
    pub moment: Moment,
    /// Only what concerns this customer or vendor: lines with the name, or without one in a document with it.
    pub contact_id: Option<i64>,
    /// Only lines of adjusting entries, or all but those.
    pub adjusting: Adjusting,
    /// Whether lines that were made since the moment stand among the others. They count in no balance.
    pub shows_since: bool,
    /// The newest line first. Balances are the same: each is what the account held after its line.
    pub newest_first: bool,
}

impl LedgerFilter {
    /// Every posting of the days from the first through the last one, as the books stand, the oldest first.
    pub fn over(from: Date, to: Date) -> Self {
        Self {
            from,
            to,
            moment: Moment::Now,
            contact_id: None,
            adjusting: Adjusting::Among,
            shows_since: false,
            newest_first: false,
        }
    }

    /// Whether only some postings count, of all time: balances then are those of the lines that are shown.
    pub fn is_narrowed(&self) -> bool {
        self.contact_id.is_some() || self.adjusting == Adjusting::Only
    }

    /// The last change that counts.
    pub(super) fn known(&self) -> i64 {
        self.moment.change().unwrap_or(i64::MAX)
    }

    /// The place before the first line of the period.
    pub(super) fn beginning(&self) -> LedgerKey {
        LedgerKey::before(self.from)
    }

    /// Where a page begins: after the line that ended the one before, or at the side that is read first.
    pub(super) fn start(&self, after: Option<LedgerKey>) -> LedgerKey {
        match after {
            Some(key) => key,
            None if self.newest_first => LedgerKey::end_of(self.to),
            None => self.beginning(),
        }
    }
}

/// What happened to a line since the moment that a ledger is known at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Since {
    /// It was made by this change; it counts in no balance.
    Made(i64),
    /// It was retired by this change; it still counts.
    Retired(i64),
}

/// A line of an account's ledger: a posting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerLine {
    /// The posting.
    pub posting_id: i64,
    /// The document it belongs to.
    pub document_id: i64,
    /// The line of that document.
    pub line_no: i32,
    /// What that is.
    pub kind: DocumentKind,
    /// Its number.
    pub number: Option<String>,
    /// Whether it was voided: it then stands here with what reversed it, because a lock covers its day.
    pub voided: bool,
    /// Whether it is an adjusting entry.
    pub adjusting: bool,
    /// Whether it counts on the accrual basis alone.
    pub accrual_only: bool,
    /// The day it counts on.
    pub posted_on: Date,
    /// The document's note.
    pub memo: Option<String>,
    /// The line's words.
    pub description: String,
    /// The customer or vendor of the line, or else of the document.
    pub contact: Option<String>,
    /// The account on the other side, or [`SPLIT`] where there are several.
    pub other_side: String,
    /// Minor units, debit positive.
    pub amount: i64,
    /// The balance after it.
    pub balance: i64,
    /// Whether a line of the bank's statement is matched to it.
    pub matched: bool,
    /// Who posted it.
    pub posted_by: String,
    /// When, UTC.
    pub posted_at: OffsetDateTime,
    /// What happened to it since the ledger's moment.
    pub since: Option<Since>,
}

impl LedgerLine {
    pub(super) fn key(&self) -> LedgerKey {
        LedgerKey {
            posted_on: self.posted_on,
            document_id: self.document_id,
            line_no: self.line_no,
            posting_id: self.posting_id,
        }
    }

    /// What it adds to balances.
    pub fn counted(&self) -> i64 {
        match self.since {
            Some(Since::Made(_)) => 0,
            Some(Since::Retired(_)) | None => self.amount,
        }
    }

    /// The line's own words, or else those of its document.
    pub fn words(&self) -> &str {
        if self.description.is_empty() {
            self.memo.as_deref().unwrap_or_default()
        } else {
            &self.description
        }
    }
}

/// What stands for the other side where that is several accounts.
pub const SPLIT: &str = "-Split-";

/// Accounts by id as ledgers show them: one that was merged stands with the account that it was merged into.
#[derive(Debug)]
pub(super) struct Shown {
    accounts: Vec<Account>,
    merges: Merges,
    /// Where in the accounts each is, by its id.
    places: HashMap<i64, usize>,
}

impl Shown {
    /// As they were known at a moment. Accounts that were made since are there too, as they stand: lines that were made since may be
    /// theirs.
    pub(super) async fn load(tx: &mut TenantTx<Read>, moment: Moment) -> Result<Self, Error> {
        let now = Chart::load(tx).await?;
        Ok(Self::of(match moment {
            Moment::Now => now,
            Moment::Change(n) => Chart::load_at(tx, n).await?.with_newer(now),
        }))
    }

    fn of(chart: Chart) -> Self {
        let merges = chart.merges();
        let accounts = chart.into_accounts();
        let places = accounts
            .iter()
            .enumerate()
            .map(|(place, account)| (account.id, place))
            .collect();
        Self {
            accounts,
            merges,
            places,
        }
    }

    /// The account that an account's postings are shown as.
    pub(super) fn account(&self, id: i64) -> Option<&Account> {
        self.accounts.get(*self.places.get(&self.merges.shown_as(id))?)
    }

    /// The accounts whose postings are shown as this one's, itself among them.
    pub(super) fn ids(&self, id: i64) -> Vec<i64> {
        self.merges.ids_shown_as(self.merges.shown_as(id))
    }

    /// The accounts that stand for themselves, in report order, with the ids of what they show.
    pub(super) fn in_order(&self) -> Vec<(&Account, Vec<i64>)> {
        let mut ids: HashMap<i64, Vec<i64>> = HashMap::new();
        for account in &self.accounts {
            ids.entry(self.merges.shown_as(account.id))
                .or_default()
                .push(account.id);
        }
        let own = self.accounts.iter().filter(|account| account.merged_into.is_none());
        own.map(|account| (account, ids.remove(&account.id).unwrap_or_default()))
            .collect()
    }

    /// A row as a line, its balance still to be counted.
    pub(super) fn line(&self, row: LineRow, known: i64) -> Result<LedgerLine, Error> {
        let own = self.account(row.account_id);
        let mut others: Vec<&Account> = row.others.iter().filter_map(|id| self.account(*id)).collect();
        others.retain(|other| own.is_none_or(|own| own.id != other.id));
        others.sort_unstable_by_key(|account| account.id);
        others.dedup_by_key(|account| account.id);
        let other_side = match others[..] {
            // Both sides of the document are this account.
            [] => own.map(Account::label).unwrap_or_default(),
            [other] => other.label(),
            _ => SPLIT.to_owned(),
        };
        let since = match row.retired_in {
            Some(change) => Some(Since::Retired(change)),
            None => (row.made_in > known).then_some(Since::Made(row.made_in)),
        };
        Ok(LedgerLine {
            posting_id: row.id,
            document_id: row.document_id,
            line_no: row.line_no,
            kind: DocumentKind::parse(&row.kind).ok_or(Error::NotFound("that kind of document"))?,
            number: row.number,
            voided: row.voided,
            adjusting: row.adjusting,
            accrual_only: row.accrual_only,
            posted_on: row.posted_on,
            memo: row.memo,
            description: row.description,
            contact: row.contact,
            other_side,
            amount: row.amount,
            balance: 0,
            matched: row.matched,
            posted_by: row.posted_by,
            posted_at: row.posted_at,
            since,
        })
    }
}

/// Counts the balances of lines that follow each other, and of the closings between them: `balance` is that before the first one, or
/// after it where the newest stands first. Gives the balance on the other side of the last one.
///
/// # Errors
/// A balance is more than can be kept.
pub(super) fn count_balances(
    lines: &mut [LedgerLine],
    closings: &mut [YearClosing],
    newest_first: bool,
    balance: i64,
) -> Result<i64, AmountOverflow> {
    let mut running = Running { newest_first, balance };
    let mut closings = closings.iter_mut().peekable();
    for (above, line) in lines.iter_mut().enumerate() {
        let is_above = |closing: &&mut YearClosing| match newest_first {
            false => closing.year.ends_on < line.posted_on,
            true => closing.year.ends_on >= line.posted_on,
        };
        while let Some(closing) = closings.next_if(is_above) {
            closing.lines_above = above;
            closing.balance = running.after(closing.amount)?;
        }
        line.balance = running.after(line.counted())?;
    }
    for closing in closings {
        closing.lines_above = lines.len();
        closing.balance = running.after(closing.amount)?;
    }
    Ok(running.balance)
}

/// A balance on its way over rows.
struct Running {
    newest_first: bool,
    balance: i64,
}

impl Running {
    /// The balance after a row of this amount.
    fn after(&mut self, amount: i64) -> Result<i64, AmountOverflow> {
        let here = self.balance;
        self.balance = match self.newest_first {
            false => sum_checked([here, amount])?,
            true => here.checked_sub(amount).ok_or(AmountOverflow)?,
        };
        Ok(if self.newest_first { here } else { self.balance })
    }
}

/// What an account holds at a place, the line there included. Of income and expenses it is counted from the first day of a fiscal
/// year.
pub(super) async fn balance_at(
    tx: &mut TenantTx<Read>,
    ids: &[i64],
    filter: &LedgerFilter,
    place: LedgerKey,
    year_start: Option<Date>,
) -> Result<i64, Error> {
    let all = balance_through(tx, ids, filter, place).await?;
    let Some(first) = year_start else { return Ok(all) };
    let earlier = balance_through(tx, ids, filter, LedgerKey::before(first)).await?;
    Ok(all.checked_sub(earlier).ok_or(AmountOverflow)?)
}

#[cfg(test)]
mod tests {
    use ledger::accounts::AccountType;
    use ledger::dates::FiscalYear;
    use time::macros::{date, datetime};

    use super::*;

    fn account(id: i64, name: &str) -> Account {
        Account {
            id,
            number: None,
            name: name.to_owned(),
            path: name.to_owned(),
            depth: 0,
            parent_id: None,
            account_type: AccountType::Expense,
            detail_type: None,
            description: None,
            role: None,
            tax_line: None,
            cash_flow: None,
            active: true,
            merged_into: None,
            balance: None,
            version: None,
        }
    }

    /// Travel was merged into Trips, and Trips into Journeys.
    fn shown() -> Shown {
        let merged = |id, name, into| Account {
            merged_into: Some(into),
            ..account(id, name)
        };
        Shown::of(Chart::of(vec![
            account(1, "Rent"),
            merged(2, "Travel", 3),
            merged(3, "Trips", 4),
            account(4, "Journeys"),
        ]))
    }

    fn row(account_id: i64, others: &[i64]) -> LineRow {
        LineRow {
            pos: 0,
            id: 9,
            document_id: 8,
            line_no: 1,
            account_id,
            posted_on: date!(2026 - 01 - 31),
            amount: 100,
            made_in: 7,
            retired_in: None,
            kind: "expense".to_owned(),
            number: None,
            voided: false,
            adjusting: false,
            accrual_only: false,
            memo: Some("A memo".to_owned()),
            description: String::new(),
            contact: None,
            matched: false,
            posted_by: "dana".to_owned(),
            posted_at: datetime!(2026-01-31 9:00 UTC),
            others: others.to_vec(),
        }
    }

    #[test]
    fn what_was_merged_stands_with_what_it_was_merged_into_at_any_remove() {
        let shown = shown();
        assert_eq!(shown.account(2).map(|account| account.name.as_str()), Some("Journeys"));
        assert_eq!(shown.ids(4), [2, 3, 4]);
        let order: Vec<&str> = shown
            .in_order()
            .iter()
            .map(|(account, _)| account.name.as_str())
            .collect();
        assert_eq!(order, ["Journeys", "Rent"]);
    }

    #[test]
    fn accounts_that_were_merged_are_one_other_side() -> Result<(), Error> {
        let shown = shown();
        let other_side =
            |account_id, others: &[i64]| Ok::<_, Error>(shown.line(row(account_id, others), 9)?.other_side);
        assert_eq!(other_side(1, &[2, 3])?, "Journeys");
        assert_eq!(other_side(2, &[4])?, "Journeys");
        assert_eq!(other_side(4, &[1, 2])?, "Rent");
        assert_eq!(shown.line(row(1, &[]), 9)?.words(), "A memo");
        Ok(())
    }

    #[test]
    fn a_line_made_since_the_moment_counts_in_no_balance() -> Result<(), Error> {
        let shown = shown();
        let mut lines = vec![shown.line(row(1, &[4]), 9)?, shown.line(row(1, &[4]), 6)?];
        assert_eq!(lines[1].since, Some(Since::Made(7)));
        assert_eq!(count_balances(&mut lines, &mut [], false, 50)?, 150);
        assert_eq!((lines[0].balance, lines[1].balance), (150, 150));
        assert_eq!(count_balances(&mut lines, &mut [], true, 150)?, 50);
        assert_eq!((lines[0].balance, lines[1].balance), (150, 50));
        assert!(count_balances(&mut lines, &mut [], false, i64::MAX).is_err());
        Ok(())
    }

    #[test]
    fn a_year_is_closed_between_its_lines_and_the_next_year_s_whichever_stand_first() -> Result<(), Error> {
        let shown = shown();
        let on = |day, amount| {
            let row = LineRow {
                posted_on: day,
                amount,
                ..row(1, &[4])
            };
            shown.line(row, 9)
        };
        let closing = YearClosing {
            year: FiscalYear {
                starts_on: date!(2025 - 01 - 01),
                ends_on: date!(2025 - 12 - 31),
            },
            amount: -130,
            balance: 0,
            lines_above: 0,
        };
        let mut lines = vec![on(date!(2025 - 12 - 31), 100)?, on(date!(2026 - 01 - 01), 40)?];
        let mut closings = [closing];
        assert_eq!(count_balances(&mut lines, &mut closings, false, 30)?, 40);
        let balances = |lines: &[LedgerLine]| lines.iter().map(|line| line.balance).collect::<Vec<i64>>();
        assert_eq!((balances(&lines), closings[0].balance), (vec![130, 40], 0));
        assert_eq!(closings[0].lines_above, 1);
        lines.reverse();
        assert_eq!(count_balances(&mut lines, &mut closings, true, 40)?, 30);
        assert_eq!((balances(&lines), closings[0].balance), (vec![40, 130], 0));
        let rows = ledger_rows(&lines, &closings);
        assert_eq!(
            rows,
            [
                LedgerRow::Line(&lines[0]),
                LedgerRow::Closing(&closings[0]),
                LedgerRow::Line(&lines[1])
            ]
        );
        Ok(())
    }
}
