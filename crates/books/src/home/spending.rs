//! Where the money goes: the largest expense accounts of a period.

use std::cmp::Reverse;
use std::collections::HashMap;

use ledger::money::sum_checked;
use tenancy::{Read, TenantTx};
use time::Date;

use crate::Error;
use crate::accounts::Merges;

/// How many accounts are shown by name.
pub const SPENDING_ACCOUNTS: usize = 6;

/// The largest expenses of whole months. Minor units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spending {
    /// The first month's first day.
    pub from: Date,
    /// The largest accounts, largest first; at most six.
    pub accounts: Vec<SpendingAccount>,
    /// All other expense accounts together.
    pub others: i64,
}

/// What one account cost.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpendingAccount {
    /// The account.
    pub account_id: i64,
    /// Its own name.
    pub name: String,
    /// The name of the account it is below.
    pub parent: Option<String>,
    /// How much, positive.
    pub amount: i64,
}

impl Spending {
    /// The months from the one that begins on `from` through today's, whole. An account that was merged counts as its target.
    pub(super) async fn read(tx: &mut TenantTx<Read>, from: Date, today: Date) -> Result<Self, Error> {
        let rows = sqlx::query!(
            r#"select a.id, a.name, p.name as "parent?", a.merged_into, coalesce(t.amount, 0)::bigint as "amount!"
               from account a
               left join account p on p.id = a.parent_id
               left join (
                   select account_id, sum(amount) as amount from month_total where month >= $1 and month <= $2 group by account_id
               ) t on t.account_id = a.id
               where a.type in ('cost_of_goods_sold', 'expense', 'other_expense')
               order by a.id"#,
            from,
            today
        )
        .fetch_all(&mut **tx)
        .await?;
        let merges: Merges = rows.iter().filter_map(|row| Some((row.id, row.merged_into?))).collect();
        let mut spent: HashMap<i64, i64> = HashMap::new();
        for row in &rows {
            let sum = spent.entry(merges.shown_as(row.id)).or_default();
            *sum = sum_checked([*sum, row.amount])?;
        }
        let accounts = rows.into_iter().filter_map(|row| {
            Some(SpendingAccount {
                account_id: row.id,
                name: row.name,
                parent: row.parent,
                amount: spent.get(&row.id).copied().filter(|amount| *amount != 0)?,
            })
        });
        let mut accounts: Vec<SpendingAccount> = accounts.collect();
        accounts.sort_by_key(|account| (Reverse(account.amount), account.account_id));
        let mut spending = Self {
            from,
            accounts: Vec::new(),
            others: 0,
        };
        for account in accounts {
            if spending.accounts.len() < SPENDING_ACCOUNTS && account.amount > 0 {
                spending.accounts.push(account);
            } else {
                spending.others = sum_checked([spending.others, account.amount])?;
            }
        }
        Ok(spending)
    }
}
