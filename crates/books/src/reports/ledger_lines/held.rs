//! What counts of every account by the end of days, as a ledger's filter counts postings.

use tenancy::{Read, TenantTx};
use time::Date;

use super::super::balances::Held;
use super::super::{Adjusting, Moment};
use super::LedgerFilter;
use crate::Error;

/// What counts of every account by the end of each of these days, which are in order.
pub(in crate::reports) async fn held_at(
    tx: &mut TenantTx<Read>,
    filter: &LedgerFilter,
    days: &[Date],
) -> Result<Held, Error> {
    if filter.adjusting == Adjusting::Only {
        return of_adjusting_entries(tx, filter, None, days, Held::none(days), 1).await;
    }
    let mut held = match filter.contact_id {
        Some(contact_id) => of_contact(tx, filter, contact_id, days).await?,
        None => of_all(tx, filter.moment, days).await?,
    };
    if filter.adjusting == Adjusting::LeftOut && days.last().is_some_and(|last| *last >= filter.from) {
        held = of_adjusting_entries(tx, filter, Some(filter.from), days, held, -1).await?;
    }
    Ok(held)
}

async fn of_all(tx: &mut TenantTx<Read>, moment: Moment, days: &[Date]) -> Result<Held, Error> {
    let now = Held::now(tx, days).await?;
    match moment {
        Moment::Now => Ok(now),
        Moment::Change(n) => now.as_known_at(tx, n).await,
    }
}

/// Adjusting entries are in no total, and few: their postings are read, from a day on where one is given, and added or taken away.
async fn of_adjusting_entries(
    tx: &mut TenantTx<Read>,
    filter: &LedgerFilter,
    from: Option<Date>,
    days: &[Date],
    mut held: Held,
    sign: i64,
) -> Result<Held, Error> {
    let rows = sqlx::query!(
        r#"with adjusting as (
            select document_id from revision where adjusting and retired_in is null and made_in <= $1
            union all
            select document_id from revision where $2 and adjusting and retired_in > $1 and made_in <= $1
        )
        select p.account_id as "account_id!", width_bucket(p.posted_on - 1, $3::date[]) as "place!",
            ($4::bigint * sum(p.amount))::bigint as "amount!"
        from (select document_id from adjusting group by document_id) a
        join posting p on p.document_id = a.document_id
        where p.made_in <= $1 and (p.retired_in is null or p.retired_in > $1) and p.posted_on <= $5
          and ($6::date is null or p.posted_on >= $6)
          and ($7::bigint is null or coalesce(p.contact_id, (
              select v.contact_id from revision v
              where v.document_id = p.document_id and v.made_in <= $1 order by v.n desc limit 1)) = $7)
        group by 1, 2"#,
        filter.known(),
        filter.moment != Moment::Now,
        days,
        sign,
        days.last().copied().unwrap_or(Date::MIN),
        from,
        filter.contact_id
    )
    .fetch_all(&mut **tx)
    .await?;
    for row in rows {
        held.add(
            row.account_id,
            usize::try_from(row.place).unwrap_or(0),
            true,
            row.amount,
        );
    }
    Ok(held)
}

/// A customer's or vendor's lines: those with the name, and those without one in a document with it.
async fn of_contact(
    tx: &mut TenantTx<Read>,
    filter: &LedgerFilter,
    contact_id: i64,
    days: &[Date],
) -> Result<Held, Error> {
    let rows = sqlx::query!(
        r#"select p.account_id as "account_id!", width_bucket(p.posted_on - 1, $3::date[]) as "place!", sum(p.amount)::bigint as "amount!"
        from posting p
        where p.made_in <= $1 and (p.retired_in is null or p.retired_in > $1) and p.posted_on <= $4
          and (p.contact_id = $2 or (p.contact_id is null and p.document_id in (
              select v.document_id from revision v
              where v.contact_id = $2 and v.made_in <= $1 and (v.retired_in is null or v.retired_in > $1))))
        group by 1, 2"#,
        filter.known(),
        contact_id,
        days,
        days.last().copied().unwrap_or(Date::MIN)
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut held = Held::none(days);
    for row in rows {
        held.add(
            row.account_id,
            usize::try_from(row.place).unwrap_or(0),
            true,
            row.amount,
        );
    }
    Ok(held)
}
