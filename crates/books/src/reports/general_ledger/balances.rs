//! The accounts that stand in a general ledger, and what each begins with.

use std::collections::HashMap;

use ledger::accounts::AccountRole;
use ledger::money::sum_checked;
use tenancy::{Read, TenantTx};
use time::Date;

use super::super::account_ledger::earns;
use super::super::ledger_lines::{LedgerFilter, Shown};
use super::super::{DayEnd, Moment, day_before};
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
}

impl Standing {
    pub(super) fn earns(&self) -> bool {
        earns(&self.account)
    }
}

/// What an account of the chart holds by itself.
#[derive(Clone, Copy, Default)]
struct Held {
    /// Before the period, of all time.
    before: i64,
    /// Before the fiscal year that the period begins in.
    before_year: i64,
    has_lines: bool,
}

/// The accounts with activity in the period or a balance before it, in report order; where some are asked for, those of them.
pub(super) async fn standing(
    tx: &mut TenantTx<Read>,
    filter: &LedgerFilter,
    year_start: Date,
    asked: &[i64],
) -> Result<(Shown, Vec<Standing>), Error> {
    let shown = Shown::load(tx).await?;
    let held = match filter.is_narrowed() {
        true => narrowed(tx, filter, year_start).await?,
        false => all(tx, filter, year_start).await?,
    };
    let is_asked = |account: &Account| {
        asked.is_empty()
            || asked
                .iter()
                .any(|id| shown.account(*id).is_some_and(|of| of.id == account.id))
    };
    let order = shown.in_order();
    let of = |ids: &[i64], what: fn(&Held) -> i64| sum_checked(ids.iter().filter_map(|id| held.get(id)).map(what));
    // What is not closed by an entry is closed by computation, unless lines are left out.
    let mut earlier = 0;
    for (_, ids) in order
        .iter()
        .filter(|(account, _)| earns(account) && !filter.is_narrowed())
    {
        earlier = sum_checked([earlier, of(ids, |held| held.before_year)?])?;
    }
    let mut standing = Vec::new();
    for (rank, (account, ids)) in order.into_iter().enumerate() {
        let before_year = if earns(account) {
            of(&ids, |held| held.before_year)?
        } else {
            0
        };
        let of_earlier_years = (account.role == Some(AccountRole::RetainedEarnings) && earlier != 0).then_some(earlier);
        let beginning = sum_checked([
            of(&ids, |held| held.before)?,
            -before_year,
            of_earlier_years.unwrap_or(0),
        ])?;
        let has_lines = ids.iter().any(|id| held.get(id).is_some_and(|held| held.has_lines));
        if (beginning != 0 || has_lines) && is_asked(account) {
            standing.push(Standing {
                account: account.clone(),
                rank,
                ids,
                beginning,
                of_earlier_years,
            });
        }
    }
    Ok((shown, standing))
}

/// Month totals and the postings of the months that the two days cut; then what changed since the moment is taken back. Activity
/// is looked for account by account, each by its index: without the order a planner that expects some reads the whole table for
/// an account that has none.
async fn all(tx: &mut TenantTx<Read>, filter: &LedgerFilter, year_start: Date) -> Result<HashMap<i64, Held>, Error> {
    let (before, year) = (DayEnd::of(day_before(filter.from)), DayEnd::of(day_before(year_start)));
    let rows = sqlx::query!(
        r#"with part as (
            select t.account_id, sum(t.amount) filter (where t.month < $1) as before,
                sum(t.amount) filter (where t.month < $5) as before_year
            from month_total t where t.month < greatest($1, $5) group by t.account_id
            union all
            select p.account_id, $4::bigint * sum(p.amount), 0 from posting p
            where p.retired_in is null and p.posted_on >= $2 and p.posted_on < $3 group by p.account_id
            union all
            select p.account_id, 0, $8::bigint * sum(p.amount) from posting p
            where p.retired_in is null and p.posted_on >= $6 and p.posted_on < $7 group by p.account_id
        ), sums as (
            select account_id, coalesce(sum(before), 0)::bigint as before, coalesce(sum(before_year), 0)::bigint as before_year
            from part group by account_id
        )
        select a.id, coalesce(s.before, 0)::bigint as "before!", coalesce(s.before_year, 0)::bigint as "before_year!",
            l.is_there is not null as "has_lines!"
        from account a left join sums s on s.account_id = a.id
        left join lateral (
            select true as is_there from posting p
            where p.account_id = a.id and p.retired_in is null and p.posted_on between $9 and $10
              and ($12 or p.made_in <= $11)
            order by p.posted_on limit 1
        ) l on true"#,
        before.months_before,
        before.from,
        before.until,
        before.sign,
        year.months_before,
        year.from,
        year.until,
        year.sign,
        filter.from,
        filter.to,
        filter.known(),
        filter.shows_since || filter.moment == Moment::Now
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut held: HashMap<i64, Held> = rows
        .into_iter()
        .map(|row| {
            let held = Held {
                before: row.before,
                before_year: row.before_year,
                has_lines: row.has_lines,
            };
            (row.id, held)
        })
        .collect();
    if let Moment::Change(known) = filter.moment {
        take_back(tx, filter, year_start, known, &mut held).await?;
    }
    Ok(held)
}

/// Takes back what was made since a change, and gives back what was retired since.
async fn take_back(
    tx: &mut TenantTx<Read>,
    filter: &LedgerFilter,
    year_start: Date,
    known: i64,
    held: &mut HashMap<i64, Held>,
) -> Result<(), Error> {
    let rows = sqlx::query!(
        r#"select p.account_id as "account_id!", coalesce(sum(p.amount) filter (where p.posted_on < $1), 0)::bigint as "before!",
            coalesce(sum(p.amount) filter (where p.posted_on < $3), 0)::bigint as "before_year!",
            bool_or(p.is_known and p.posted_on between $1 and $2) as "has_lines!"
        from (
            select account_id, posted_on, -amount as amount, false as is_known from posting where retired_in is null and made_in > $4
            union all
            select account_id, posted_on, amount, true from posting where retired_in > $4 and made_in <= $4
        ) p group by p.account_id"#,
        filter.from,
        filter.to,
        year_start,
        known
    )
    .fetch_all(&mut **tx)
    .await?;
    for row in rows {
        let account = held.entry(row.account_id).or_default();
        account.before = sum_checked([account.before, row.before])?;
        account.before_year = sum_checked([account.before_year, row.before_year])?;
        account.has_lines |= row.has_lines;
    }
    Ok(())
}

/// Of a customer's or vendor's lines, or adjusting ones, all are read: they are in no total.
async fn narrowed(
    tx: &mut TenantTx<Read>,
    filter: &LedgerFilter,
    year_start: Date,
) -> Result<HashMap<i64, Held>, Error> {
    let rows = sqlx::query!(
        r#"select p.account_id, coalesce(sum(p.amount) filter (where p.posted_on < $1 and p.made_in <= $4), 0)::bigint as "before!",
            coalesce(sum(p.amount) filter (where p.posted_on < $3 and p.made_in <= $4), 0)::bigint as "before_year!",
            bool_or(p.posted_on between $1 and $2) as "has_lines!"
        from posting p
        where p.posted_on <= $2 and (p.made_in <= $4 or ($7 and p.retired_in is null)) and (p.retired_in is null or p.retired_in > $4)
          and ($5::bigint is null or coalesce(p.contact_id, (
              select v.contact_id from revision v where v.document_id = p.document_id and v.made_in <= $4 order by v.n desc limit 1)) = $5)
          and (not $6 or (
              select v.adjusting from revision v where v.document_id = p.document_id and v.made_in <= $4 order by v.n desc limit 1))
        group by p.account_id"#,
        filter.from,
        filter.to,
        year_start,
        filter.known(),
        filter.contact_id,
        filter.adjusting,
        filter.shows_since
    )
    .fetch_all(&mut **tx)
    .await?;
    let held = rows.into_iter().map(|row| {
        let held = Held {
            before: row.before,
            before_year: row.before_year,
            has_lines: row.has_lines,
        };
        (row.account_id, held)
    });
    Ok(held.collect())
}
