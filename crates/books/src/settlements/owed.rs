//! What is open in all with customers, or with vendors: the sums over a list of open items.

use ledger::accounts::AccountType;
use tenancy::{Capability, Cx};
use time::Date;

use crate::Error;

/// What is open on all accounts of a type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Owed {
    /// All of it, minor units, debit positive.
    pub open: i64,
    /// How much of it is overdue, minor units, never negative. A payment or credit that is not applied yet counts against what is
    /// due first: who has paid owes nothing overdue.
    pub overdue: i64,
    /// What is open with those who were asked about.
    pub contacts: Vec<ContactOwed>,
}

/// What is open with one customer or vendor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ContactOwed {
    /// The customer or vendor.
    pub contact_id: i64,
    /// What is open, minor units, debit positive.
    pub open: i64,
    /// Whether one of the items can settle another: both on one account, on different sides of it.
    pub can_settle: bool,
}

/// What is open on accounts of a type at the end of the day `as_of`: in all, and with each of `contact_ids` who has something open.
pub async fn owed_get(cx: &Cx, account_type: AccountType, contact_ids: &[i64], as_of: Date) -> Result<Owed, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    // What is owed in the usual way is positive.
    let sign: i64 = match account_type {
        AccountType::AccountsPayable => -1,
        _ => 1,
    };
    let all = sqlx::query!(
        r#"with item as (
            select t.contact_id, still.amount * $3::bigint as open, t.due_on
            from open_item_total t
            join account a on a.id = t.account_id and a.type = $1
            cross join lateral (
                select case when t.holds_from <= $2 then t.open else
                    coalesce((select sum(p.amount) from posting p
                        where p.open_item_id = t.open_item_id and p.retired_in is null and p.posted_on <= $2), 0)
                    - coalesce((select sum(s.amount) from settlement s
                        where s.debit_item_id = t.open_item_id and s.retired_in is null and s.applied_on <= $2), 0)
                    + coalesce((select sum(s.amount) from settlement s
                        where s.credit_item_id = t.open_item_id and s.retired_in is null and s.applied_on <= $2), 0)
                    end as amount offset 0
            ) still
            where t.open_until > $2 and still.amount <> 0
        ), contact as (
            select sum(open) as open,
                greatest(coalesce(sum(open) filter (where open < 0 or due_on < $2), 0), 0) as overdue
            from item group by contact_id
        )
        select (coalesce(sum(open), 0) * $3::bigint)::bigint as "open!", coalesce(sum(overdue), 0)::bigint as "overdue!" from contact"#,
        account_type.code(),
        as_of,
        sign
    )
    .fetch_one(&mut *tx)
    .await?;
    let contacts = sqlx::query_as!(
        ContactOwed,
        r#"select o.contact_id as "contact_id!", sum(o.open)::bigint as "open!", bool_or(o.debits and o.credits) as "can_settle!"
           from (
               select t.contact_id, t.account_id, sum(still.amount) as open,
                   bool_or(still.amount > 0) as debits, bool_or(still.amount < 0) as credits
               from open_item_total t
               join account a on a.id = t.account_id and a.type = $1
               cross join lateral (
                   select case when t.holds_from <= $2 then t.open else
                       coalesce((select sum(p.amount) from posting p
                           where p.open_item_id = t.open_item_id and p.retired_in is null and p.posted_on <= $2), 0)
                       - coalesce((select sum(s.amount) from settlement s
                           where s.debit_item_id = t.open_item_id and s.retired_in is null and s.applied_on <= $2), 0)
                       + coalesce((select sum(s.amount) from settlement s
                           where s.credit_item_id = t.open_item_id and s.retired_in is null and s.applied_on <= $2), 0)
                       end as amount offset 0
               ) still
               where t.contact_id = any ($3) and t.open_until > $2 and still.amount <> 0
               group by t.contact_id, t.account_id
           ) o group by o.contact_id"#,
        account_type.code(),
        as_of,
        contact_ids
    )
    .fetch_all(&mut *tx)
    .await?;
    Ok(Owed {
        open: all.open,
        overdue: all.overdue,
        contacts,
    })
}
