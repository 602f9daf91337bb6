//! The accounts that stand in a general ledger, and what each begins with.

use std::collections::HashSet;

use ledger::accounts::AccountRole;
use ledger::dates::FiscalYears;
use ledger::money::{AmountOverflow, sum_checked};
use tenancy::{Read, TenantTx};

use super::super::account_ledger::earns;
use super::super::ledger_lines::{LedgerFilter, Shown, YearClosing, YearEnds};
use super::super::{Adjusting, Moment};
use crate::Error;
use crate::accounts::Account;

/// An account of a general ledger.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) account: Account,
    /// Its place in the chart.
    pub(super) rank: usize,
    /// The accounts whose postings are shown as its own.
    pub(super) ids: Vec<i64>,
    pub(super) beginning: i64,
    /// What of it earlier fiscal years earned, as a debit.
    pub(super) of_earlier_years: Option<i64>,
    /// The fiscal years that end within the period, in their order.
    pub(super) closings: Vec<YearClosing>,
}

impl Standing {
    pub(super) fn earns(&self) -> bool {
        earns(&self.account)
    }

    /// What the closings add before a day's lines.
    pub(super) fn closed_before(&self, day: time::Date) -> Result<i64, AmountOverflow> {
        let before = self.closings.iter().filter(|closing| closing.year.ends_on < day);
        sum_checked(before.map(|closing| closing.amount))
    }
}

/// The accounts with activity in the period or a balance before it, in report order; where some are asked for, those of them.
pub(super) async fn standing(
    tx: &mut TenantTx<Read>,
    filter: &LedgerFilter,
    years: &FiscalYears,
    asked: &[i64],
) -> Result<(Shown, Vec<Standing>), Error> {
    let shown = Shown::load(tx, filter.moment).await?;
    let ends = YearEnds::read(tx, filter, years).await?;
    let with_lines = with_lines(tx, filter).await?;
    let is_asked = |account: &Account| {
        asked.is_empty()
            || asked
                .iter()
                .any(|id| shown.account(*id).is_some_and(|of| of.id == account.id))
    };
    let order = shown.in_order();
    // What is not closed by an entry is closed by computation, unless lines are left out.
    let mut earning = Vec::new();
    for (_, ids) in order
        .iter()
        .filter(|(account, _)| earns(account) && !filter.is_narrowed())
    {
        earning.extend(ids);
    }
    let earlier = ends.before_year(&earning)?;
    let earned = ends.moved(&earning)?;
    let mut standing = Vec::new();
    for (rank, (account, ids)) in order.into_iter().enumerate() {
        let retains = account.role == Some(AccountRole::RetainedEarnings);
        let of_earlier_years = (retains && earlier != 0).then_some(earlier);
        let before = ends.before(&ids)?;
        let (beginning, closings) = match earns(account) {
            true => {
                let before_year = ends.before_year(&ids)?;
                let beginning = before.checked_sub(before_year).ok_or(AmountOverflow)?;
                (beginning, ends.closings(&ids)?)
            }
            false => (
                sum_checked([before, of_earlier_years.unwrap_or(0)])?,
                if retains { ends.closings_of(&earned) } else { Vec::new() },
            ),
        };
        let stands = beginning != 0 || !closings.is_empty() || ids.iter().any(|id| with_lines.contains(id));
        if stands && is_asked(account) {
            standing.push(Standing {
                account: account.clone(),
                rank,
                ids,
                beginning,
                of_earlier_years,
                closings,
            });
        }
    }
    Ok((shown, standing))
}

/// The accounts with lines in the period, those that were made since the moment among them where they are shown.
async fn with_lines(tx: &mut TenantTx<Read>, filter: &LedgerFilter) -> Result<HashSet<i64>, Error> {
    let ids = match filter.contact_id {
        _ if filter.adjusting == Adjusting::Only => with_adjusting_lines(tx, filter).await?,
        Some(contact_id) => with_lines_of(tx, filter, contact_id).await?,
        None => with_any_lines(tx, filter).await?,
    };
    Ok(ids.into_iter().collect())
}

/// What is live is looked for account by account, each by its index: without the order a planner that expects some reads the whole
/// table for an account that has none. What was retired since the moment is little, and has an index of its own.
async fn with_any_lines(tx: &mut TenantTx<Read>, filter: &LedgerFilter) -> Result<Vec<i64>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select a.id as "id!" from account a
        cross join lateral (
            select true as is_there from posting p
            where p.account_id = a.id and p.retired_in is null and p.posted_on between $1 and $2
              and ($4 or p.made_in <= $3)
              and ($5::boolean is null or coalesce((
                  select v.adjusting from revision v
                  where v.document_id = p.document_id and v.made_in <= greatest($3, p.made_in) order by v.n desc limit 1), false) = $5)
            order by p.posted_on limit 1
        ) l
        union
        select p.account_id from posting p
        where p.retired_in > $3 and p.made_in <= $3 and p.posted_on between $1 and $2
          and ($5::boolean is null or coalesce((
              select v.adjusting from revision v
              where v.document_id = p.document_id and v.made_in <= $3 order by v.n desc limit 1), false) = $5)"#,
        filter.from,
        filter.to,
        filter.known(),
        filter.shows_since || filter.moment == Moment::Now,
        filter.adjusting.mark()
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// From the adjusting entries, which are few, to their postings.
async fn with_adjusting_lines(tx: &mut TenantTx<Read>, filter: &LedgerFilter) -> Result<Vec<i64>, Error> {
    Ok(sqlx::query_scalar!(
        r#"with adjusting as (
            select document_id from revision where adjusting and retired_in is null
            union all
            select document_id from revision where $5 and adjusting and retired_in > $3
        )
        select distinct p.account_id as "id!"
        from (select document_id from adjusting group by document_id) a
        join posting p on p.document_id = a.document_id
        where p.posted_on between $1 and $2 and (p.made_in <= $3 or ($4 and p.retired_in is null))
          and (p.retired_in is null or p.retired_in > $3)
          and coalesce((
              select v.adjusting from revision v
              where v.document_id = p.document_id and v.made_in <= greatest($3, p.made_in) order by v.n desc limit 1), false)
          and ($6::bigint is null or coalesce(p.contact_id, (
              select v.contact_id from revision v
              where v.document_id = p.document_id and v.made_in <= greatest($3, p.made_in) order by v.n desc limit 1)) = $6)"#,
        filter.from,
        filter.to,
        filter.known(),
        filter.shows_since,
        filter.moment != Moment::Now,
        filter.contact_id
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// A customer's or vendor's lines: of the others none is looked at twice.
async fn with_lines_of(tx: &mut TenantTx<Read>, filter: &LedgerFilter, contact_id: i64) -> Result<Vec<i64>, Error> {
    Ok(sqlx::query_scalar!(
        r#"select distinct p.account_id as "id!" from posting p
        where p.posted_on between $1 and $2 and (p.made_in <= $3 or ($4 and p.retired_in is null))
          and (p.retired_in is null or p.retired_in > $3)
          and (p.contact_id = $5 or (p.contact_id is null
              and p.document_id in (
                  select v.document_id from revision v where v.contact_id = $5 and (v.retired_in is null or v.retired_in > $3))
              and (select v.contact_id from revision v
                   where v.document_id = p.document_id and v.made_in <= greatest($3, p.made_in) order by v.n desc limit 1) = $5))
          and ($6::boolean is null or coalesce((
              select v.adjusting from revision v
              where v.document_id = p.document_id and v.made_in <= greatest($3, p.made_in) order by v.n desc limit 1), false) = $6)"#,
        filter.from,
        filter.to,
        filter.known(),
        filter.shows_since,
        contact_id,
        filter.adjusting.mark()
    )
    .fetch_all(&mut **tx)
    .await?)
}
