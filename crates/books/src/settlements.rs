//! Settling open items against each other: a payment against what it pays, a credit against what it reduces. And what is open
//! on any day: as the sums are kept (docs/decisions/0008) where nothing is posted or applied after that day, else worked out from live
//! postings less live settlements.

mod applied;
mod list;
mod open_items;
mod owed;

use ledger::dates::format_date;
use ledger::money::format_amount;
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::Date;

use crate::entry_facts::EntryFacts;
use crate::fields::accept;
use crate::{Error, Problem};

pub(crate) use applied::applied;
pub use applied::{APPLIED_NAMED_MAX, Applied, AppliedAmounts, settlement_applied, settlement_released};
pub use list::{SETTLEMENT_LIST_MAX, SettledDocument, Settlement, settlement_list};
pub use open_items::{
    OPEN_ITEM_PAGE_MAX, OPEN_ITEM_TOTALS_MAX, OpenItem, OpenItemFilter, OpenItemSort, OpenItemStanding, open_item_list,
    open_item_totals,
};
pub use owed::{ContactOwed, Owed, owed_get};

/// One side of a settlement, inside the change that makes it.
struct Side {
    account_id: i64,
    contact_id: Option<i64>,
    /// Its open amount over all days, minor units, debit positive.
    open: i64,
    /// The last day that it posts on, or that a settlement of it was taken back on: until then it was settled.
    last_on: Option<Date>,
}

/// Applies `amount` (minor units, positive) of a credit item to a debit item of the same account and contact on the day `on`,
/// and gives the settlement's id.
///
/// # Errors
/// `Invalid` at `amount`, `on` or `credit_item`; `NotFound`.
pub async fn settlement_apply(
    cx: &Cx,
    debit_item: i64,
    credit_item: i64,
    amount: i64,
    on: Date,
    key: &RequestKey,
) -> Result<i64, Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    let facts = EntryFacts::load(&mut tx, &[], &[]).await?;
    let debit = side(&mut tx, debit_item).await?;
    let credit = side(&mut tx, credit_item).await?;
    let mut problems: Vec<Problem> = facts.lock_problem("on", on).into_iter().collect();
    let is_locked = !problems.is_empty();
    if (debit.account_id, debit.contact_id) != (credit.account_id, credit.contact_id) || debit_item == credit_item {
        problems.push(Problem::at(
            "credit_item",
            "Only items of one account and one customer or vendor settle each other.",
        ));
    }
    let most = debit.open.min(credit.open.saturating_neg()).max(0);
    if amount <= 0 {
        problems.push(Problem::at("amount", "Enter the amount to apply."));
    } else if amount > most {
        problems.push(Problem::at(
            "amount",
            format!("At most {} can be applied.", format_amount(most, facts.currency)),
        ));
    }
    let last_on = debit.last_on.max(credit.last_on);
    if let Some(last_on) = last_on.filter(|last_on| on < *last_on && !is_locked) {
        problems.push(Problem::at(
            "on",
            format!(
                "Both are there, and open, from {} on. Choose that day or a later one.",
                format_date(last_on)
            ),
        ));
    }
    accept(problems)?;
    let change = tx.change();
    let id = sqlx::query_scalar!(
        "insert into settlement (debit_item_id, credit_item_id, amount, applied_on, made_in) values ($1, $2, $3, $4, $5) returning id",
        debit_item,
        credit_item,
        amount,
        on,
        change
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit(&id).await?;
    Ok(id)
}

/// Takes a settlement back: as if it had never been, or, where a lock covers it, by a negative one on the day `on`.
///
/// # Errors
/// `Invalid` at `on`, or of the form when it was taken back already; `NotFound`.
pub async fn settlement_undo(cx: &Cx, id: i64, on: Date, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    let settlement = sqlx::query!(
        r#"select s.applied_on, s.retired_in is not null or s.reverses_id is not null
            or exists (select from settlement b where b.reverses_id = s.id and b.retired_in is null) as "undone!"
           from settlement s where s.id = $1"#,
        id
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(Error::NotFound("that settlement"))?;
    if settlement.undone {
        return Err(Error::of_form("This was undone already."));
    }
    let facts = EntryFacts::load(&mut tx, &[], &[]).await?;
    let change = tx.change();
    if facts.lock_problem("on", settlement.applied_on).is_some() {
        accept(facts.lock_problem("on", on).into_iter().collect())?;
        sqlx::query!(
            "insert into settlement (debit_item_id, credit_item_id, amount, applied_on, reverses_id, made_in)
             select debit_item_id, credit_item_id, -amount, $2, id, $3 from settlement where id = $1",
            id,
            on,
            change
        )
        .execute(&mut *tx)
        .await?;
    } else {
        sqlx::query!("update settlement set retired_in = $2 where id = $1", id, change)
            .execute(&mut *tx)
            .await?;
    }
    Ok(tx.commit(&()).await?)
}

async fn side(tx: &mut TenantTx<Write>, item: i64) -> Result<Side, Error> {
    sqlx::query_as!(
        Side,
        r#"select i.account_id, i.contact_id,
            (coalesce((select sum(p.amount) from posting p where p.open_item_id = i.id and p.retired_in is null), 0)
             - coalesce((select sum(s.amount) from settlement s where s.debit_item_id = i.id and s.retired_in is null), 0)
             + coalesce((select sum(s.amount) from settlement s where s.credit_item_id = i.id and s.retired_in is null), 0))::bigint as "open!",
            greatest((select max(p.posted_on) from posting p where p.open_item_id = i.id and p.retired_in is null),
                (select max(s.applied_on) from settlement s where s.debit_item_id = i.id and s.retired_in is null and s.reverses_id is not null),
                (select max(s.applied_on) from settlement s where s.credit_item_id = i.id and s.retired_in is null and s.reverses_id is not null)
            ) as last_on
           from open_item i where i.id = $1"#,
        item
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Error::NotFound("that open item"))
}
