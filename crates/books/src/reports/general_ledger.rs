//! The general ledger: every account with activity or a balance, in report order, each with its lines and its balance before them,
//! after each, and at the end.
//!
//! It is read a page at a time by key, or whole in batches inside one snapshot ([`GeneralLedgerExport`]): both go the same way.

mod balances;
mod export;
mod file;
mod key;
mod printed;

use ledger::accounts::AccountType;
use ledger::dates::FiscalYears;
use ledger::money::{AmountOverflow, Currency, sum_checked};
use tenancy::{Capability, Cx, Read, TenantTx};

pub use export::{EXPORT_BATCH_LINES, GeneralLedgerExport, general_ledger_export};
pub use file::{GENERAL_LEDGER_COLUMNS, natural};
pub(super) use file::{YEAR_CLOSING, side, since_words, split_words, yes};
pub use key::GeneralLedgerKey;
pub use printed::{PrintedLedger, PrintedRegister};
pub(super) use printed::{REGISTER_TITLES, mark_words};

use super::account_ledger::{LedgerKey, page_balance};
use super::ledger_lines::{
    LedgerFilter, LedgerLine, LedgerRow, Shown, Wanted, YearClosing, closings_of_page, count_balances, ledger_rows,
    lines_from, totals,
};
use super::{Frame, Report, check_period};
use crate::Error;
use balances::Standing;

/// Most lines of one page, and most accounts on it.
pub const GENERAL_LEDGER_LINES_MAX: i64 = 500;

/// Most accounts that a general ledger can be narrowed to.
pub const GENERAL_LEDGER_ACCOUNTS_MAX: usize = 100;

/// The general ledger over a period, or a page of it. Amounts in minor units, debit positive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GeneralLedger {
    /// The currency of all amounts.
    pub currency: Currency,
    /// The accounts of this page.
    pub accounts: Vec<LedgerAccount>,
    /// How many accounts the whole has.
    pub accounts_in_all: usize,
    /// Where the next page begins, if there is one.
    pub next: Option<GeneralLedgerKey>,
}

/// An account of a general ledger, or the part of it that a page has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerAccount {
    /// The account.
    pub account_id: i64,
    /// Its number.
    pub number: Option<String>,
    /// Its full path: `Parent:Sub`.
    pub account: String,
    /// How many accounts it is below.
    pub depth: usize,
    /// Its type, which says the side its balance is usual on.
    pub account_type: AccountType,
    /// The balance before the period. Of income and expenses: since the first day of the fiscal year that the period begins in. Of
    /// retained earnings: with what earlier fiscal years earned.
    pub beginning_balance: i64,
    /// What of it earlier fiscal years earned: a profit is a credit, and so negative. Of retained earnings alone.
    pub of_earlier_years: Option<i64>,
    /// Whether its first lines stand on an earlier page; `brought_forward` is then not the beginning.
    pub is_continued: bool,
    /// The balance before the first line of this page.
    pub brought_forward: i64,
    /// Its lines on this page, by date, then document.
    pub lines: Vec<LedgerLine>,
    /// The fiscal years that end within this page's part of the period: of income and expenses, and of retained earnings.
    pub closings: Vec<YearClosing>,
    /// What it comes to, where its last line stands on this page.
    pub end: Option<AccountEnd>,
}

/// What an account's period comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AccountEnd {
    /// All its debits, also those on other pages.
    pub total_debit: i64,
    /// All its credits, positive.
    pub total_credit: i64,
    /// What its closings add, also those on other pages, debit positive.
    pub closed: i64,
    /// Its balance at the end, which is that of the trial balance: the beginning balance, the debits, less the credits, and what its
    /// closings add.
    pub ending_balance: i64,
}

impl LedgerAccount {
    /// Its lines and closings, each in its place.
    pub fn rows(&self) -> Vec<LedgerRow<'_>> {
        ledger_rows(&self.lines, &self.closings)
    }
}

/// A page of the general ledger: at most `limit` (1 to 500) lines, those after the key where one is given. `accounts` narrows it
/// to some, at most 100; none of them means all. Lines always stand the oldest first.
///
/// # Errors
/// `Invalid` at `to` where the period ends before it begins, at `account` where there are too many; `NotFound` for a key that
/// names no account.
pub async fn report_general_ledger(
    cx: &Cx,
    filter: &LedgerFilter,
    accounts: &[i64],
    after: Option<GeneralLedgerKey>,
    limit: i64,
) -> Result<Report<GeneralLedger>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let (reading, frame) = Reading::open(&mut tx, filter, accounts).await?;
    let at = match after {
        None => Some(Place::FIRST),
        Some(key) => reading.place(key)?,
    };
    let mut page = Page::default();
    if let Some(at) = at {
        page = reading
            .page(&mut tx, at, limit.clamp(1, GENERAL_LEDGER_LINES_MAX))
            .await?;
    }
    let statement = GeneralLedger {
        currency: frame.currency,
        accounts_in_all: reading.standing.len(),
        next: page.next.map(|place| reading.key(place)),
        accounts: page.accounts,
    };
    let provenance = frame.over(&mut tx, filter.from, filter.to).await?;
    Ok(Report { statement, provenance })
}

/// What a general ledger is read by: the accounts that stand in it, with the balances they begin with.
#[derive(Debug)]
struct Reading {
    filter: LedgerFilter,
    shown: Shown,
    standing: Vec<Standing>,
    years: FiscalYears,
}

/// Where a page begins: at an account, or within it after a line, with the balance there where it is known already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Place {
    account: usize,
    after: Option<(LedgerKey, Option<i64>)>,
}

impl Place {
    const FIRST: Self = Self {
        account: 0,
        after: None,
    };

    const fn at(account: usize) -> Self {
        Self { account, after: None }
    }
}

#[derive(Default)]
struct Page {
    accounts: Vec<LedgerAccount>,
    next: Option<Place>,
}

/// How many accounts are asked for their lines at once, after the first: most have few.
const ACCOUNTS_AT_ONCE: usize = 16;

impl Reading {
    async fn open(tx: &mut TenantTx<Read>, filter: &LedgerFilter, accounts: &[i64]) -> Result<(Self, Frame), Error> {
        check_period(filter.from, filter.to)?;
        if accounts.len() > GENERAL_LEDGER_ACCOUNTS_MAX {
            return Err(Error::at(
                "account",
                format!("Choose at most {GENERAL_LEDGER_ACCOUNTS_MAX} accounts, or all of them."),
            ));
        }
        let filter = LedgerFilter {
            newest_first: false,
            ..*filter
        };
        let frame = Frame::read_at(tx, filter.moment).await?;
        let (shown, standing) = balances::standing(tx, &filter, &frame.years, accounts).await?;
        Ok((
            Self {
                filter,
                shown,
                standing,
                years: frame.years.clone(),
            },
            frame,
        ))
    }

    /// The place of a key: the account itself, or the next one that stands there when it does not any more.
    fn place(&self, key: GeneralLedgerKey) -> Result<Option<Place>, Error> {
        let account = self
            .shown
            .account(key.account_id)
            .ok_or(Error::NotFound("that account"))?;
        let order = self.shown.in_order();
        let rank = order
            .iter()
            .position(|(of, _)| of.id == account.id)
            .unwrap_or(usize::MAX);
        let Some(at) = self.standing.iter().position(|standing| standing.rank >= rank) else {
            return Ok(None);
        };
        let is_there = self.standing[at].account.id == account.id;
        Ok(Some(Place {
            account: at,
            after: key.line.filter(|_| is_there).map(|line| (line, None)),
        }))
    }

    fn key(&self, place: Place) -> GeneralLedgerKey {
        GeneralLedgerKey {
            account_id: self
                .standing
                .get(place.account)
                .map_or(0, |standing| standing.account.id),
            line: place.after.map(|(line, _)| line),
        }
    }

    async fn page(&self, tx: &mut TenantTx<Read>, from: Place, limit: i64) -> Result<Page, Error> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut page = Page::default();
        let mut room = limit;
        let mut at = from;
        while at.account < self.standing.len() {
            // The one that the page begins within has a place of its own.
            let count = if at == from { 1 } else { ACCOUNTS_AT_ONCE };
            let until = (at.account + count).min(self.standing.len());
            let mut found = self.lines(tx, at, until, room + 1).await?;
            for index in at.account..until {
                if page.accounts.len() == limit || room == 0 {
                    page.next = Some(Place::at(index));
                    return Ok(page);
                }
                let after = at.after.filter(|_| index == at.account);
                let mut lines = found.remove(0);
                let is_cut = lines.len() > room;
                lines.truncate(room);
                room -= lines.len();
                let (account, balance) = self.account(tx, index, after, lines, is_cut).await?;
                let last = account.lines.last().map(LedgerLine::key);
                page.accounts.push(account);
                if is_cut {
                    page.next = last.map(|key| Place {
                        account: index,
                        after: Some((key, Some(balance))),
                    });
                    return Ok(page);
                }
            }
            at = Place::at(until);
        }
        Ok(page)
    }

    /// The lines of the accounts from a place up to another account, in all at most so many; a list for each account.
    async fn lines(
        &self,
        tx: &mut TenantTx<Read>,
        at: Place,
        until: usize,
        limit: usize,
    ) -> Result<Vec<Vec<LedgerLine>>, Error> {
        let accounts = &self.standing[at.account..until];
        let mut wanted = Wanted::default();
        for (place, standing) in (0..).zip(accounts) {
            wanted.add(place, &standing.ids);
        }
        let start = self.filter.start(at.after.map(|(key, _)| key));
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = lines_from(tx, &wanted, &self.filter, start, limit).await?;
        let mut found = vec![Vec::new(); accounts.len()];
        for row in rows {
            let place = usize::try_from(row.pos).unwrap_or(usize::MAX);
            let line = self.shown.line(row, self.filter.known())?;
            if let Some(lines) = found.get_mut(place) {
                lines.push(line);
            }
        }
        Ok(found)
    }

    /// The part of an account that a page has, and its balance there.
    async fn account(
        &self,
        tx: &mut TenantTx<Read>,
        index: usize,
        after: Option<(LedgerKey, Option<i64>)>,
        mut lines: Vec<LedgerLine>,
        is_cut: bool,
    ) -> Result<(LedgerAccount, i64), Error> {
        let standing = &self.standing[index];
        let brought_forward = match after {
            None => standing.beginning,
            Some((_, Some(balance))) => balance,
            Some((key, None)) => {
                let years = standing.earns().then_some(&self.years);
                let posted = page_balance(tx, &standing.ids, &self.filter, key, 0, years).await?;
                // Of income and expenses the years before the place's are not in it.
                let earned = match years {
                    Some(_) => 0,
                    None => standing.closed_before(key.posted_on)?,
                };
                sum_checked([posted, standing.of_earlier_years.unwrap_or(0), earned])?
            }
        };
        let start = after.map_or(self.filter.from, |(key, _)| key.posted_on);
        let last = lines.last().filter(|_| is_cut).map(|line| line.posted_on);
        let mut closings = closings_of_page(&standing.closings, &self.filter, start, last);
        let balance = count_balances(&mut lines, &mut closings, false, brought_forward)?;
        let end = if is_cut {
            None
        } else {
            // An account that began on an earlier page has lines there too.
            let (total_debit, total_credit) = match after {
                Some(_) => totals(tx, &standing.ids, &self.filter).await?,
                None => sides(&lines)?,
            };
            let closed = sum_checked(standing.closings.iter().map(|closing| closing.amount))?;
            Some(AccountEnd {
                total_debit,
                total_credit,
                closed,
                ending_balance: sum_checked([standing.beginning, total_debit, -total_credit, closed])?,
            })
        };
        let account = LedgerAccount {
            account_id: standing.account.id,
            number: standing.account.number.clone(),
            account: standing.account.path.clone(),
            depth: standing.account.depth,
            account_type: standing.account.account_type,
            beginning_balance: standing.beginning,
            of_earlier_years: standing.of_earlier_years,
            is_continued: after.is_some(),
            brought_forward,
            lines,
            closings,
            end,
        };
        Ok((account, balance))
    }
}

/// The debits and the credits of lines, both positive.
fn sides(lines: &[LedgerLine]) -> Result<(i64, i64), AmountOverflow> {
    let counted = || lines.iter().map(LedgerLine::counted);
    let debit = sum_checked(counted().map(|amount| amount.max(0)))?;
    let credit = sum_checked(counted().map(|amount| -amount.min(0)))?;
    Ok((debit, credit))
}
