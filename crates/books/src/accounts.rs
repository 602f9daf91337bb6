//! The chart of accounts: listing it, adding to it and changing it. An account's type never changes and no account is removed;
//! one that is no longer used is made inactive.

mod chart;

use std::collections::HashMap;

use ledger::accounts::{AccountRole, AccountType, Statement};
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::Date;

use crate::fields::{accept, optional, required};
use crate::{Error, Problem};

pub(crate) use chart::Chart;

/// Most accounts of a company.
pub const ACCOUNTS_MAX: usize = 5_000;
/// Most levels of a chart: an account, its subaccounts, theirs, and so on.
pub const ACCOUNT_DEPTH_MAX: usize = 5;

const NAME_CHARS_MAX: usize = 100;
const NUMBER_CHARS_MAX: usize = 20;
const DETAIL_TYPE_CHARS_MAX: usize = 60;

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
    /// QuickBooks' detail type.
    pub detail_type: Option<String>,
    /// What the program itself books to it for, if it is a system account.
    pub role: Option<AccountRole>,
    /// The tax form's line it usually goes to, as a hint.
    pub tax_line: Option<String>,
    /// Whether it may be posted to.
    pub active: bool,
    /// Its own balance on the day asked for, minor units, debit positive; none where no day was asked for, and for income and
    /// expenses, whose balance begins anew every year.
    pub balance: Option<i64>,
}

impl Account {
    /// As pickers show it: `6100 Rent`, `Vehicles:Fuel`.
    pub fn label(&self) -> String {
        match &self.number {
            Some(number) => format!("{number} {}", self.path),
            None => self.path.clone(),
        }
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

/// An account to be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewAccount {
    /// Its number, at most 20 characters; empty for none.
    pub number: String,
    /// Its own name, 1 to 100 characters without a colon.
    pub name: String,
    /// Its type.
    pub account_type: AccountType,
    /// QuickBooks' detail type; empty for none.
    pub detail_type: String,
    /// The account it is a subaccount of, which has the same type.
    pub parent_id: Option<i64>,
}

/// What can be changed of an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountChange {
    /// See [`NewAccount::number`].
    pub number: String,
    /// See [`NewAccount::name`].
    pub name: String,
    /// See [`NewAccount::parent_id`].
    pub parent_id: Option<i64>,
    /// Whether it may be posted to. A system account always may.
    pub active: bool,
}

/// All accounts in the order of reports: by type, then number, then name, subaccounts below their parent. With the balances of
/// `balances_on`, where a day is given.
pub async fn account_list(cx: &Cx, balances_on: Option<Date>) -> Result<Vec<Account>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let mut accounts = Chart::load(&mut tx).await?.into_accounts();
    if let Some(day) = balances_on {
        let balances: HashMap<i64, i64> = sqlx::query!(
            r#"select b.account_id as "account_id!", sum(b.amount)::bigint as "balance!" from (
                   select account_id, amount from month_total where month < date_trunc('month', $1::date)
                   union all
                   select account_id, amount from posting where retired_in is null and posted_on between date_trunc('month', $1::date) and $1
               ) b group by b.account_id"#,
            day
        )
        .fetch_all(&mut *tx)
        .await?
        .into_iter()
        .map(|row| (row.account_id, row.balance))
        .collect();
        for account in accounts
            .iter_mut()
            .filter(|account| account.account_type.statement() == Statement::BalanceSheet)
        {
            account.balance = Some(balances.get(&account.id).copied().unwrap_or(0));
        }
    }
    Ok(accounts)
}

/// One account by its id, without a balance.
///
/// # Errors
/// `NotFound`.
pub async fn account_get(cx: &Cx, id: i64) -> Result<Account, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let accounts = Chart::load(&mut tx).await?.into_accounts();
    accounts
        .into_iter()
        .find(|account| account.id == id)
        .ok_or(Error::NotFound("that account"))
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

/// Adds an account and gives its id.
///
/// # Errors
/// `Invalid` at `number`, `name`, `detail_type` or `parent`.
pub async fn account_create(cx: &Cx, new: &NewAccount, key: &RequestKey) -> Result<i64, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let id = create(&mut tx, new).await?;
    tx.commit(&id).await?;
    Ok(id)
}

/// Adds an account in a change that the caller opened.
pub(crate) async fn create(tx: &mut TenantTx<Write>, new: &NewAccount) -> Result<i64, Error> {
    let chart = Chart::load(tx).await?;
    let mut problems = Vec::new();
    let (number, name) = checked_names(&new.number, &new.name, &mut problems);
    let detail_type = optional("detail_type", &new.detail_type, DETAIL_TYPE_CHARS_MAX, &mut problems);
    if chart.accounts().len() >= ACCOUNTS_MAX {
        problems.push(Problem::of_form(format!(
            "A company has at most {ACCOUNTS_MAX} accounts. Use one that is there."
        )));
    }
    problems.extend(chart.parent_problem(None, new.account_type, new.parent_id));
    accept(problems)?;
    let id = sqlx::query_scalar!(
        "insert into account (number, name, parent_id, type, detail_type, currency)
         select $1, $2, $3, $4, $5, c.currency from company c returning id",
        number,
        name,
        new.parent_id,
        new.account_type.code(),
        detail_type
    )
    .fetch_optional(&mut **tx)
    .await?;
    id.ok_or(Error::NotFound("the company"))
}

/// Changes an account.
///
/// # Errors
/// `Invalid` at `number`, `name`, `parent` or `active`; `NotFound`.
pub async fn account_update(cx: &Cx, id: i64, change: &AccountChange, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let chart = Chart::load(&mut tx).await?;
    let account = chart.get(id).ok_or(Error::NotFound("that account"))?;
    let mut problems = Vec::new();
    let (number, name) = checked_names(&change.number, &change.name, &mut problems);
    if change.parent_id != account.parent_id {
        problems.extend(chart.parent_problem(Some(account), account.account_type, change.parent_id));
    }
    if change.active != account.active {
        problems.extend(chart.activity_problem(account, change.active, change.parent_id));
    }
    accept(problems)?;
    sqlx::query!(
        "update account set number = $2, name = $3, parent_id = $4, active = $5 where id = $1",
        id,
        number,
        name,
        change.parent_id,
        change.active
    )
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit(&()).await?)
}

fn checked_names(number: &str, name: &str, problems: &mut Vec<Problem>) -> (Option<String>, String) {
    let number = optional("number", number, NUMBER_CHARS_MAX, problems);
    let name = required("name", name, NAME_CHARS_MAX, "Enter the account's name.", problems);
    if name.contains(':') {
        problems.push(Problem::at(
            "name",
            "A colon stands between an account and its subaccount. Choose a name without one.",
        ));
    }
    (number, name)
}
