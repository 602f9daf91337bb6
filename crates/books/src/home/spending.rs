//! Where the money goes: the largest expense accounts of a period.

use ledger::money::sum_checked;
use tenancy::{Read, TenantTx};
use time::Date;

use crate::Error;

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
            r#"with recursive shown as (
                select id, id as as_id from account
                where merged_into is null and type in ('cost_of_goods_sold', 'expense', 'other_expense')
                union all
                select a.id, s.as_id from account a join shown s on a.merged_into = s.id
            ),
            spent as (
                select s.as_id as id, sum(t.amount) as amount from month_total t join shown s on s.id = t.account_id
                where t.month >= $1 and t.month <= $2 group by s.as_id having sum(t.amount) <> 0
            )
            select a.id, a.name, p.name as "parent?", s.amount::bigint as "amount!"
            from spent s join account a on a.id = s.id left join account p on p.id = a.parent_id
            order by s.amount desc, a.id"#,
            from,
            today
        )
        .fetch_all(&mut **tx)
        .await?;
        let mut spending = Self {
            from,
            accounts: Vec::new(),
            others: 0,
        };
        for row in rows {
            if spending.accounts.len() < SPENDING_ACCOUNTS && row.amount > 0 {
                spending.accounts.push(SpendingAccount {
                    account_id: row.id,
                    name: row.name,
                    parent: row.parent,
                    amount: row.amount,
                });
            } else {
                spending.others = sum_checked([spending.others, row.amount])?;
            }
        }
        Ok(spending)
    }
}
