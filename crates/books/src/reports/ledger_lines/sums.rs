//! What an account's lines add up to.

use ledger::money::AmountOverflow;
use tenancy::{Read, TenantTx};
use time::Date;

use super::super::account_ledger::LedgerKey;
use super::super::{Adjusting, DayEnd, day_before};
use super::LedgerFilter;
use crate::Error;

/// What counts of an account up to a place, the line there included: of all time, whatever the period.
pub(crate) async fn balance_through(
    tx: &mut TenantTx<Read>,
    ids: &[i64],
    filter: &LedgerFilter,
    place: LedgerKey,
) -> Result<i64, Error> {
    let counted = match filter.is_narrowed() {
        true => narrowed_through(tx, ids, filter, filter.adjusting == Adjusting::Only, None, place).await?,
        false => all_through(tx, ids, filter, place).await?,
    };
    if filter.adjusting != Adjusting::LeftOut || place <= filter.beginning() {
        return Ok(counted);
    }
    let adjusted = narrowed_through(tx, ids, filter, true, Some(filter.from), place).await?;
    Ok(counted.checked_sub(adjusted).ok_or(AmountOverflow)?)
}

/// Month totals, the postings of the month that the place cuts, those of its day; then what changed since the moment is taken back.
async fn all_through(
    tx: &mut TenantTx<Read>,
    ids: &[i64],
    filter: &LedgerFilter,
    place: LedgerKey,
) -> Result<i64, Error> {
    let end = DayEnd::of(day_before(place.posted_on));
    Ok(sqlx::query_scalar!(
        r#"select ((select coalesce(sum(t.amount), 0) from month_total t where t.account_id = any ($1) and t.month < $2)
            + $5::bigint * (select coalesce(sum(p.amount), 0) from posting p
                where p.account_id = any ($1) and p.retired_in is null and p.posted_on >= $3 and p.posted_on < $4)
            + (select coalesce(sum(p.amount), 0) from posting p
                where p.account_id = any ($1) and p.retired_in is null and p.posted_on = $6
                  and (p.document_id, p.line_no, p.id) <= ($7, $8, $9))
            - (select coalesce(sum(p.amount), 0) from posting p
                where p.account_id = any ($1) and p.retired_in is null and p.made_in > $10
                  and (p.posted_on, p.document_id, p.line_no, p.id) <= ($6, $7, $8, $9))
            + (select coalesce(sum(p.amount), 0) from posting p
                where p.account_id = any ($1) and p.retired_in > $10 and p.made_in <= $10
                  and (p.posted_on, p.document_id, p.line_no, p.id) <= ($6, $7, $8, $9)))::bigint as "balance!""#,
        ids,
        end.months_before,
        end.from,
        end.until,
        end.sign,
        place.posted_on,
        place.document_id,
        place.line_no,
        place.posting_id,
        filter.known()
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// A customer's or vendor's lines, or adjusting ones, are in no total: they are read, from a day on where one is given.
async fn narrowed_through(
    tx: &mut TenantTx<Read>,
    ids: &[i64],
    filter: &LedgerFilter,
    adjusting: bool,
    from: Option<Date>,
    place: LedgerKey,
) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(p.amount), 0)::bigint as "balance!" from (
               select p.id, p.document_id, p.line_no, p.posted_on, p.amount, p.contact_id from posting p
               where p.account_id = any ($1) and p.retired_in is null and p.made_in <= $6
               union all
               select p.id, p.document_id, p.line_no, p.posted_on, p.amount, p.contact_id from posting p
               where p.account_id = any ($1) and p.retired_in > $6 and p.made_in <= $6
           ) p
           where (p.posted_on, p.document_id, p.line_no, p.id) <= ($2, $3, $4, $5)
             and ($7::bigint is null or coalesce(p.contact_id, (
                 select v.contact_id from revision v
                 where v.document_id = p.document_id and v.made_in <= $6 order by v.n desc limit 1)) = $7)
             and (not $8 or (
                 select v.adjusting from revision v where v.document_id = p.document_id and v.made_in <= $6 order by v.n desc limit 1))
             and ($9::date is null or p.posted_on >= $9)"#,
        ids,
        place.posted_on,
        place.document_id,
        place.line_no,
        place.posting_id,
        filter.known(),
        filter.contact_id,
        adjusting,
        from
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Debits and credits of the period, both positive.
pub(crate) async fn totals(tx: &mut TenantTx<Read>, ids: &[i64], filter: &LedgerFilter) -> Result<(i64, i64), Error> {
    if filter.is_narrowed() || filter.adjusting == Adjusting::LeftOut || filter.moment.change().is_some() {
        return counted_totals(tx, ids, filter).await;
    }
    let row = sqlx::query!(
        r#"select coalesce(sum(amount) filter (where amount > 0), 0)::bigint as "debit!",
            coalesce(-sum(amount) filter (where amount < 0), 0)::bigint as "credit!"
           from posting where account_id = any ($1) and retired_in is null and posted_on between $2 and $3"#,
        ids,
        filter.from,
        filter.to
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.debit, row.credit))
}

async fn counted_totals(tx: &mut TenantTx<Read>, ids: &[i64], filter: &LedgerFilter) -> Result<(i64, i64), Error> {
    let row = sqlx::query!(
        r#"select coalesce(sum(p.amount) filter (where p.amount > 0), 0)::bigint as "debit!",
            coalesce(-sum(p.amount) filter (where p.amount < 0), 0)::bigint as "credit!"
           from (
               select p.document_id, p.amount, p.contact_id from posting p
               where p.account_id = any ($1) and p.retired_in is null and p.made_in <= $4 and p.posted_on between $2 and $3
               union all
               select p.document_id, p.amount, p.contact_id from posting p
               where p.account_id = any ($1) and p.retired_in > $4 and p.made_in <= $4 and p.posted_on between $2 and $3
           ) p
           where ($5::bigint is null or coalesce(p.contact_id, (
                 select v.contact_id from revision v
                 where v.document_id = p.document_id and v.made_in <= $4 order by v.n desc limit 1)) = $5)
             and ($6::boolean is null or coalesce((
                 select v.adjusting from revision v
                 where v.document_id = p.document_id and v.made_in <= $4 order by v.n desc limit 1), false) = $6)"#,
        ids,
        filter.from,
        filter.to,
        filter.known(),
        filter.contact_id,
        filter.adjusting.mark()
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.debit, row.credit))
}
