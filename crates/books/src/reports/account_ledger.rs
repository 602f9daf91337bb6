//! One account's ledger: the lines behind a figure, with the balance before them, after each, and at the end.

mod closed_years;
mod key;

use ledger::accounts::{AccountRole, AccountType, Statement};
use ledger::money::{Currency, sum_checked};
use tenancy::{Capability, Cx, Read, TenantTx};

pub use closed_years::ClosedYear;
use closed_years::closed_years;
pub use key::{LedgerKey, LedgerKeyError};

use super::ledger_lines::{
    LedgerFilter, LedgerLine, Shown, Wanted, balance_before, balance_through, count_balances, lines_from, totals,
};
use super::{Frame, Moment, Report, check_period};
use crate::Error;
use crate::accounts::Account;

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
    /// The lines of this page by date, then document; the other way round where the newest stands first.
    pub lines: Vec<LedgerLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<LedgerKey>,
    /// All debits of the period, also those on other pages.
    pub total_debit: i64,
    /// All credits of the period, positive.
    pub total_credit: i64,
    /// The balance at the end of the period: the beginning balance, the debits, less the credits.
    pub ending_balance: i64,
    /// What the ending balance is as the books stand, where the ledger shows them as they stood.
    pub ending_balance_now: Option<i64>,
    /// Only of the account that carries retained earnings, where no line is left out: the fiscal years that are closed by
    /// computation before the one that the period ends in. A report shows their net income and the ending balance in one figure.
    pub closed_years: Vec<ClosedYear>,
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
    check_period(filter.from, filter.to)?;
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read_at(&mut tx, filter.moment).await?;
    let shown = Shown::load(&mut tx).await?;
    let account = shown.account(account_id).ok_or(Error::NotFound("that account"))?;
    let ids = shown.ids(account.id);
    let year_start = earns(account).then(|| frame.years.start_of(filter.from));
    let (total_debit, total_credit) = totals(&mut tx, &ids, filter).await?;
    let beginning_balance = balance_before(&mut tx, &ids, filter, filter.from, year_start).await?;
    let ending_balance = sum_checked([beginning_balance, total_debit, -total_credit])?;
    let ending_balance_now = match filter.moment {
        Moment::Now => None,
        Moment::Change(_) => Some(ending_now(&mut tx, &ids, filter, year_start).await?),
    };
    let closed_years = match account.role {
        Some(AccountRole::RetainedEarnings) if !filter.is_narrowed() => {
            closed_years(&mut tx, &frame.years, filter).await?
        }
        _ => Vec::new(),
    };
    let start = filter.start(after);
    let limit = limit.clamp(1, LEDGER_LINES_MAX);
    let rows = lines_from(&mut tx, &Wanted::one(&ids), filter, start, limit + 1).await?;
    let more = rows.len() as i64 > limit;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)) {
        lines.push(shown.line(row, filter.known())?);
    }
    let balance = page_balance(&mut tx, &ids, filter, start, beginning_balance, year_start).await?;
    count_balances(&mut lines, filter.newest_first, balance);
    let statement = AccountLedger {
        account_id: account.id,
        number: account.number.clone(),
        account: account.path.clone(),
        account_type: account.account_type,
        currency: frame.currency,
        beginning_balance,
        next: lines.last().filter(|_| more).map(LedgerLine::key),
        lines,
        total_debit,
        total_credit,
        ending_balance,
        ending_balance_now,
        closed_years,
    };
    let provenance = frame.over(&mut tx, filter.from, filter.to).await?;
    Ok(Report { statement, provenance })
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
    year_start: Option<time::Date>,
) -> Result<i64, Error> {
    if start == filter.beginning() {
        return Ok(beginning_balance);
    }
    let place = if filter.newest_first {
        start.just_before()
    } else {
        start
    };
    let all = balance_through(tx, ids, filter, place).await?;
    Ok(match year_start {
        Some(first) => all - balance_through(tx, ids, filter, LedgerKey::before(first)).await?,
        None => all,
    })
}

async fn ending_now(
    tx: &mut TenantTx<Read>,
    ids: &[i64],
    filter: &LedgerFilter,
    year_start: Option<time::Date>,
) -> Result<i64, Error> {
    let now = LedgerFilter {
        moment: Moment::Now,
        ..*filter
    };
    let end = LedgerKey::end_of(filter.to);
    let all = balance_through(tx, ids, &now, end).await?;
    Ok(match year_start {
        Some(first) => all - balance_through(tx, ids, &now, LedgerKey::before(first)).await?,
        None => all,
    })
}
