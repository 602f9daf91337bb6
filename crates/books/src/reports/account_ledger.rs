//! One account's ledger: the lines behind a figure, with the balance before them, after each, and at the end.

mod closed_years;
mod export;
mod file;
mod key;

use ledger::accounts::{AccountRole, AccountType, Statement};
use ledger::dates::FiscalYears;
use ledger::money::{AmountOverflow, Currency, sum_checked};
use tenancy::{Capability, Cx, Read, TenantTx};

pub use closed_years::ClosedYear;
use closed_years::closed_years;
pub use export::{AccountLedgerExport, LedgerPart, ledger_export};
pub use file::REGISTER_COLUMNS;
pub use key::{LedgerKey, LedgerKeyError};

use super::ledger_lines::{
    LedgerFilter, LedgerLine, LedgerRow, Shown, Wanted, YearClosing, YearEnds, balance_at, closings_of_page,
    count_balances, ledger_rows, lines_from, totals,
};
use super::{Adjusting, Frame, Moment, Report, check_period};
use crate::accounts::Account;
use crate::{Error, fiscal_years};

/// Most lines of one page.
pub const LEDGER_LINES_MAX: i64 = 500;

/// The ledger of one account over a period, or a page of it. Amounts in minor units, debit positive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountLedger {
    /// The account.
    pub account_id: i64,
    /// Its number.
    pub number: Option<String>,
    /// Its full path: `Parent:Sub`.
    pub account: String,
    /// Its type, which says the side its balance is usual on.
    pub account_type: AccountType,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The balance before the period. Of income and expenses: since the first day of the fiscal year that the period begins in.
    pub beginning_balance: i64,
    /// The balance on the side where this page begins: before its first line, or after it where the newest stands first.
    pub brought_forward: i64,
    /// The lines of this page by date, then document; the other way round where the newest stands first.
    pub lines: Vec<LedgerLine>,
    /// The fiscal years that end within this page's part of the period, between its lines: of income and expenses.
    pub closings: Vec<YearClosing>,
    /// Where the next page begins, if there is one.
    pub next: Option<LedgerKey>,
    /// All debits of the period, also those on other pages.
    pub total_debit: i64,
    /// All credits of the period, positive.
    pub total_credit: i64,
    /// What all closings of the period add, debit positive.
    pub closed: i64,
    /// The balance at the end of the period: the beginning balance, the debits, less the credits, and what closings add.
    pub ending_balance: i64,
    /// What the ending balance is as the books stand, where the ledger shows them as they stood.
    pub ending_balance_now: Option<i64>,
    /// What that is more than the ending balance, debit positive.
    pub changed_since: Option<i64>,
    /// Only of the account that carries retained earnings, where no line is left out: the fiscal years that are closed by
    /// computation before the one that the period ends in. A report shows their net income and the ending balance in one figure.
    pub closed_years: Vec<ClosedYear>,
    /// That figure, debit positive: the ending balance, less what those years earned.
    pub on_statements: i64,
}

impl AccountLedger {
    /// The lines and closings of this page, each in its place.
    pub fn rows(&self) -> Vec<LedgerRow<'_>> {
        ledger_rows(&self.lines, &self.closings)
    }

    /// What the period moved: debits less credits.
    pub fn moved(&self) -> i64 {
        // Neither is negative, so the difference fits.
        self.total_debit - self.total_credit
    }
}

/// The lines of an account that a filter lets through, and of what was merged into it: at most `limit` (1 to 500), those after the
/// key where one is given.
///
/// A figure of a trial balance or a balance sheet is the ending balance of the period that its provenance names (for retained
/// earnings with the closed years' net income); a figure of a profit and loss is the period's debits less its credits.
///
/// # Errors
/// `NotFound`; `Invalid` at `to` where the period ends before it begins.
pub async fn report_ledger(
    cx: &Cx,
    account_id: i64,
    filter: &LedgerFilter,
    after: Option<LedgerKey>,
    limit: i64,
) -> Result<Report<AccountLedger>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let (reading, frame, mut statement) = Reading::open(&mut tx, account_id, filter).await?;
    let start = filter.start(after);
    let balance = reading.balance(&mut tx, start, statement.beginning_balance).await?;
    let page = reading
        .page(&mut tx, start, limit.clamp(1, LEDGER_LINES_MAX), balance)
        .await?;
    statement.brought_forward = balance;
    statement.lines = page.lines;
    statement.closings = page.closings;
    statement.next = page.next.map(|(key, _)| key);
    let provenance = frame.over(&mut tx, filter.from, filter.to).await?;
    Ok(Report { statement, provenance })
}

/// What an account's ledger is read by.
#[derive(Debug)]
struct Reading {
    filter: LedgerFilter,
    shown: Shown,
    /// The accounts whose postings are shown as this one's.
    ids: Vec<i64>,
    /// Of income and expenses: the fiscal years whose first days balances count from.
    years: Option<FiscalYears>,
    /// The fiscal years that end within the period, in their order: of income and expenses.
    closings: Vec<YearClosing>,
}

/// Lines that follow each other.
struct Page {
    lines: Vec<LedgerLine>,
    closings: Vec<YearClosing>,
    /// The last of them with the balance beyond it, where there are more.
    next: Option<(LedgerKey, i64)>,
}

impl Reading {
    /// The account and its sums, without lines.
    async fn open(
        tx: &mut TenantTx<Read>,
        account_id: i64,
        filter: &LedgerFilter,
    ) -> Result<(Self, Frame, AccountLedger), Error> {
        check_period(filter.from, filter.to)?;
        let frame = Frame::read_at(tx, filter.moment).await?;
        let shown = Shown::load(tx, filter.moment).await?;
        let account = shown
            .account(account_id)
            .ok_or(Error::NotFound("that account"))?
            .clone();
        let ids = shown.ids(account.id);
        let years = earns(&account).then(|| frame.years.clone());
        let closings = match &years {
            Some(years) => YearEnds::read(tx, filter, years).await?.closings(&ids)?,
            None => Vec::new(),
        };
        let closed = sum_checked(closings.iter().map(|closing| closing.amount))?;
        let year_start = years.as_ref().map(|years| years.start_of(filter.from));
        let (total_debit, total_credit) = totals(tx, &ids, filter).await?;
        let beginning_balance = balance_at(tx, &ids, filter, filter.beginning(), year_start).await?;
        let ending_balance = sum_checked([beginning_balance, total_debit, -total_credit, closed])?;
        let ending_balance_now = match filter.moment {
            Moment::Now => None,
            Moment::Change(_) => Some(ending_now(tx, account.id, filter).await?),
        };
        let closed_years = match account.role {
            Some(AccountRole::RetainedEarnings) if shows_closed_years(filter, &frame.years) => {
                closed_years(tx, &frame.years, filter).await?
            }
            _ => Vec::new(),
        };
        let less = |amount: i64, of: i64| amount.checked_sub(of).ok_or(AmountOverflow);
        let earned = sum_checked(closed_years.iter().map(|year| year.net_income))?;
        let ledger = AccountLedger {
            account_id: account.id,
            number: account.number,
            account: account.path,
            account_type: account.account_type,
            currency: frame.currency,
            beginning_balance,
            brought_forward: beginning_balance,
            lines: Vec::new(),
            closings: Vec::new(),
            next: None,
            total_debit,
            total_credit,
            closed,
            ending_balance,
            ending_balance_now,
            changed_since: ending_balance_now.map(|now| less(now, ending_balance)).transpose()?,
            closed_years,
            on_statements: less(ending_balance, earned)?,
        };
        let reading = Self {
            filter: *filter,
            shown,
            ids,
            years,
            closings,
        };
        Ok((reading, frame, ledger))
    }

    /// The balance where a page begins.
    async fn balance(&self, tx: &mut TenantTx<Read>, start: LedgerKey, beginning_balance: i64) -> Result<i64, Error> {
        page_balance(
            tx,
            &self.ids,
            &self.filter,
            start,
            beginning_balance,
            self.years.as_ref(),
        )
        .await
    }

    /// At most so many lines beyond a place with their balances; `balance` is the one there.
    async fn page(&self, tx: &mut TenantTx<Read>, start: LedgerKey, limit: i64, balance: i64) -> Result<Page, Error> {
        let rows = lines_from(tx, &Wanted::one(&self.ids), &self.filter, start, limit + 1).await?;
        let more = rows.len() as i64 > limit;
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)) {
            lines.push(self.shown.line(row, self.filter.known())?);
        }
        let last = lines.last().filter(|_| more).map(|line| line.posted_on);
        let mut closings = closings_of_page(&self.closings, &self.filter, start.posted_on, last);
        let balance = count_balances(&mut lines, &mut closings, self.filter.newest_first, balance)?;
        let next = lines.last().filter(|_| more).map(|line| (line.key(), balance));
        Ok(Page { lines, closings, next })
    }
}

/// Whether a ledger of retained earnings shows the years that are closed by computation: only where it leaves no line out that a
/// statement counts. Without adjusting entries that is the unadjusted trial balance, of a fiscal year from its first day on.
fn shows_closed_years(filter: &LedgerFilter, years: &FiscalYears) -> bool {
    let is_whole = filter.adjusting != Adjusting::LeftOut || filter.from == years.start_of(filter.to);
    !filter.is_narrowed() && is_whole
}

/// Whether the balance of an account begins anew every fiscal year.
pub(super) fn earns(account: &Account) -> bool {
    account.account_type.statement() == Statement::ProfitAndLoss
}

/// The balance on the side of a place where a page begins: before its first line, or after it where the newest stands first.
pub(super) async fn page_balance(
    tx: &mut TenantTx<Read>,
    ids: &[i64],
    filter: &LedgerFilter,
    start: LedgerKey,
    beginning_balance: i64,
    years: Option<&FiscalYears>,
) -> Result<i64, Error> {
    if start == filter.beginning() {
        return Ok(beginning_balance);
    }
    let place = if filter.newest_first {
        start.just_before()
    } else {
        start
    };
    let year_start = years.map(|years| years.start_of(start.posted_on));
    balance_at(tx, ids, filter, place, year_start).await
}

/// What a ledger to the same day ends with as the books stand. An account that was merged away since then ends with nothing.
async fn ending_now(tx: &mut TenantTx<Read>, account_id: i64, filter: &LedgerFilter) -> Result<i64, Error> {
    let now = LedgerFilter {
        moment: Moment::Now,
        ..*filter
    };
    let shown = Shown::load(tx, now.moment).await?;
    let Some(account) = shown.account(account_id).filter(|account| account.id == account_id) else {
        return Ok(0);
    };
    let year_start = match earns(account) {
        true => Some(fiscal_years::load(tx).await?.start_of(filter.to)),
        false => None,
    };
    balance_at(
        tx,
        &shown.ids(account_id),
        &now,
        LedgerKey::end_of(filter.to),
        year_start,
    )
    .await
}
