//! The chart of accounts: listing it, adding to it, changing, retyping and merging its accounts, and its file. No account is
//! removed: one that is no longer used is made inactive, and one that was a mistake is merged into another.

mod balances;
mod change;
mod chart;
mod create;
mod import;
mod merge;
mod moved;
mod open;
mod sums;

use ledger::accounts::{AccountRole, AccountType, CashFlow};
use sqlx::PgConnection;
use tenancy::{Capability, Cx};
use time::Date;

use crate::Error;

pub use change::{AccountChange, account_update};
pub(crate) use chart::{Chart, Merges};
pub use create::{NewAccount, account_create};
pub use import::{
    ACCOUNT_FILE_BYTES_MAX, ACCOUNT_FILE_ROWS_MAX, AccountFile, AccountFileLine, AccountsImported, FieldChange,
    Verdict, account_import, account_import_preview,
};
pub use merge::{account_merge, account_merge_obstacle, account_unmerge};
pub use moved::{MovedHistory, account_moved_by_merge, account_moved_by_retype};
pub use open::{AccountOpen, account_open_get};
pub use sums::{balance_sum, balance_with_subaccounts, net_income};

/// Most accounts of a company.
pub const ACCOUNTS_MAX: usize = 5_000;
/// Most levels of a chart: an account, its subaccounts, theirs, and so on.
pub const ACCOUNT_DEPTH_MAX: usize = 5;

/// Most characters of an account's own name.
pub const NAME_CHARS_MAX: usize = 100;
/// Most characters of its number.
pub const NUMBER_CHARS_MAX: usize = 20;
/// Most characters of its detail type.
pub const DETAIL_TYPE_CHARS_MAX: usize = 60;
/// Most characters of its description.
pub const DESCRIPTION_CHARS_MAX: usize = 1_000;
/// Most characters of its tax line.
pub const TAX_LINE_CHARS_MAX: usize = 40;

/// An account as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Its id.
    pub id: i64,
    /// Its number, where the company numbers its accounts.
    pub number: Option<String>,
    /// Its own name.
    pub name: String,
    /// Its full name: `Parent:Sub`.
    pub path: String,
    /// How many accounts it is below: 0 for one without parent.
    pub depth: usize,
    /// The account it is a subaccount of.
    pub parent_id: Option<i64>,
    /// Its type.
    pub account_type: AccountType,
    /// QuickBooks' detail type, or a text of its own.
    pub detail_type: Option<String>,
    /// What it is for, in somebody's words.
    pub description: Option<String>,
    /// What the program itself books to it for, if it is a system account.
    pub role: Option<AccountRole>,
    /// The tax form's line it usually goes to, as a hint.
    pub tax_line: Option<String>,
    /// Where it stands in the statement of cash flows, where that is not what its type says.
    pub cash_flow: Option<CashFlow>,
    /// Whether it may be posted to.
    pub active: bool,
    /// The account that reports show its postings with.
    pub merged_into: Option<i64>,
    /// What the trial balance of the day asked for shows of it, minor units, debit positive: of income and expenses since the
    /// fiscal year began, of retained earnings with the profit of earlier years; none where no day was asked for.
    pub balance: Option<i64>,
    /// The change that last touched it, which a form is made from; none in a list.
    pub version: Option<i64>,
}

impl Account {
    /// As pickers show it: `6100 Rent`, `Vehicles:Fuel`.
    pub fn label(&self) -> String {
        match &self.number {
            Some(number) => format!("{number} {}", self.path),
            None => self.path.clone(),
        }
    }

    /// The part of the statement of cash flows it stands in: what it says itself, else what its type and detail type do.
    pub fn flows(&self) -> CashFlow {
        let usual = || CashFlow::usual(self.account_type, self.detail_type.as_deref());
        self.cash_flow.unwrap_or_else(usual)
    }
}

/// An account to choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountChoice {
    /// Its id.
    pub id: i64,
    /// Its number and full name.
    pub label: String,
    /// Its type.
    pub account_type: AccountType,
    /// What the program itself books to it for.
    pub role: Option<AccountRole>,
}

/// All accounts in the order of reports: by type, then number, then name, subaccounts below their parent. With the balances of
/// `balances_on`, where a day is given.
pub async fn account_list(cx: &Cx, balances_on: Option<Date>) -> Result<Vec<Account>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let mut accounts = Chart::load(&mut tx).await?.into_accounts();
    if let Some(day) = balances_on {
        let balances = balances::at_end_of(&mut tx, day).await?;
        for account in &mut accounts {
            account.balance = Some(balances.get(&account.id).copied().unwrap_or(0));
        }
    }
    Ok(accounts)
}

/// One account by its id, with its version and without a balance.
///
/// # Errors
/// `NotFound`.
pub async fn account_get(cx: &Cx, id: i64) -> Result<Account, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let chart = Chart::load(&mut tx).await?;
    let account = chart.get(id).cloned().ok_or(Error::NotFound("that account"))?;
    Ok(Account {
        version: Some(change::version_of(&mut tx, id).await?),
        ..account
    })
}

/// The active accounts in the order of reports, for pickers.
pub async fn account_choices(cx: &Cx) -> Result<Vec<AccountChoice>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let accounts = Chart::load(&mut tx).await?.into_accounts();
    let choice = |account: Account| AccountChoice {
        id: account.id,
        label: account.label(),
        account_type: account.account_type,
        role: account.role,
    };
    Ok(accounts
        .into_iter()
        .filter(|account| account.active)
        .map(choice)
        .collect())
}

/// The accounts whose postings reports show as this one's: itself, and what was merged into it, at any remove.
pub(crate) async fn ids_shown_as(connection: &mut PgConnection, id: i64) -> Result<Vec<i64>, Error> {
    Ok(Merges::load(connection).await?.ids_shown_as(id))
}

/// The accounts that hold one of these roles, and what was merged into them, at any remove: what the role's figure sums.
pub(crate) async fn ids_of_roles(connection: &mut PgConnection, roles: &[AccountRole]) -> Result<Vec<i64>, Error> {
    let codes: Vec<String> = roles.iter().map(|role| role.code().to_owned()).collect();
    let holders = sqlx::query_scalar!("select id from account where role = any ($1)", &codes)
        .fetch_all(&mut *connection)
        .await?;
    let merges = Merges::load(connection).await?;
    Ok(holders.into_iter().flat_map(|id| merges.ids_shown_as(id)).collect())
}
