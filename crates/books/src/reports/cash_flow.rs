//! What a statement of cash flows needs beside balances: what of its movements single entries say.

use std::collections::HashMap;

use ledger::accounts::{AccountType, CashFlow, Statement as StatementOf};
use ledger::money::AmountOverflow;
use ledger::statements::{CashFlowFigures, Measure};
use tenancy::{Read, TenantTx};
use time::Date;

use super::Moment;
use super::balances::{KnownBooks, Measured, Reading, RowsBy};
use super::chart::KnownAccount;
use crate::Error;

/// Reads all that a statement of cash flows shows.
pub(super) async fn cash_flow_figures(
    tx: &mut TenantTx<Read>,
    moment: Moment,
    measures: &[Measure],
) -> Result<CashFlowFigures, Error> {
    let measured = Measured::read(tx, moment, measures).await?;
    let of = |reading| measured.balances(reading, RowsBy::CashFlow);
    let mut figures = CashFlowFigures {
        moved: of(Reading::Moved)?,
        before: of(Reading::Before)?,
        at_end: of(Reading::YearSoFar)?,
        disposed: HashMap::new(),
        non_cash: vec![0; measures.len()],
    };
    for known in &measured.moments {
        let own = known.measures(measures);
        for day in disposals(tx, known, &own).await? {
            let account_id = known.chart.shown_as(day.account_id);
            let amounts = figures.disposed.entry(account_id);
            add(
                amounts.or_insert_with(|| vec![0; measures.len()]),
                &own,
                day.on,
                day.amount,
            )?;
        }
        for (on, amount) in without_cash(tx, known, &own).await? {
            add(&mut figures.non_cash, &own, on, amount)?;
        }
    }
    Ok(figures)
}

/// Adds an amount of a day to every measure that has the day.
fn add(amounts: &mut [i64], measures: &[(usize, Measure)], on: Date, amount: i64) -> Result<(), AmountOverflow> {
    for (place, measure) in measures {
        if (measure.from..=measure.to).contains(&on) {
            amounts[*place] = amounts[*place].checked_add(amount).ok_or(AmountOverflow)?;
        }
    }
    Ok(())
}

/// The first and the last day of all measures; none where there are none.
fn days_of(measures: &[(usize, Measure)]) -> Option<(Date, Date)> {
    let from = measures.iter().map(|(_, measure)| measure.from).min()?;
    let to = measures.iter().map(|(_, measure)| measure.to).max()?;
    Some((from, to))
}

/// What was taken off an account on a day.
struct Disposal {
    account_id: i64,
    on: Date,
    /// Minor units, debit positive.
    amount: i64,
}

/// What was taken off accumulated depreciation in entries that also took an asset off the books, by account and day.
async fn disposals(
    tx: &mut TenantTx<Read>,
    known: &KnownBooks,
    measures: &[(usize, Measure)],
) -> Result<Vec<Disposal>, Error> {
    let Some((from, to)) = days_of(measures) else {
        return Ok(Vec::new());
    };
    let is_kept =
        |account: &KnownAccount| matches!(account.account_type, AccountType::FixedAsset | AccountType::OtherAsset);
    let written_off = known.accounts(|account| is_kept(account) && account.cash_flow == CashFlow::Operating);
    let assets = known.accounts(|account| is_kept(account) && account.cash_flow == CashFlow::Investing);
    let rows = sqlx::query_as!(
        Disposal,
        r#"select p.account_id as "account_id!", p.posted_on as "on!", sum(p.amount)::bigint as "amount!"
           from (
               select document_id, account_id, posted_on, amount from posting
               where account_id = any($1) and posted_on between $3 and $4 and retired_in is null and made_in <= $5
               union all
               select document_id, account_id, posted_on, amount from posting
               where account_id = any($1) and posted_on between $3 and $4 and retired_in > $5 and made_in <= $5
           ) p
           where p.amount > 0 and exists (
               select from posting q
               where q.document_id = p.document_id and q.posted_on = p.posted_on and q.account_id = any($2) and q.amount < 0
                   and q.made_in <= $5 and (q.retired_in is null or q.retired_in > $5)
           )
           group by 1, 2"#,
        &written_off,
        &assets,
        from,
        to,
        known.last_change()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// What was invested and financed in entries that moved no cash, by day: the lesser of both where one pays for the other.
async fn without_cash(
    tx: &mut TenantTx<Read>,
    known: &KnownBooks,
    measures: &[(usize, Measure)],
) -> Result<Vec<(Date, i64)>, Error> {
    let Some((from, to)) = days_of(measures) else {
        return Ok(Vec::new());
    };
    let of = |part| {
        known.accounts(move |account| {
            account.account_type.statement() == StatementOf::BalanceSheet && account.cash_flow == part
        })
    };
    let (invested, financed, cash) = (of(CashFlow::Investing), of(CashFlow::Financing), of(CashFlow::Cash));
    let rows = sqlx::query!(
        r#"select t.posted_on as "on!", sum(least(abs(s.invested), abs(s.financed)))::bigint as "amount!"
           from (
               select document_id, posted_on from posting
               where account_id = any($1) and posted_on between $4 and $5 and retired_in is null and made_in <= $6
               union
               select document_id, posted_on from posting
               where account_id = any($1) and posted_on between $4 and $5 and retired_in > $6 and made_in <= $6
           ) t
           cross join lateral (
               select coalesce(sum(p.amount) filter (where p.account_id = any($1)), 0) as invested,
                   coalesce(sum(p.amount) filter (where p.account_id = any($2)), 0) as financed,
                   bool_or(p.account_id = any($3)) as moved_cash
               from posting p
               where p.document_id = t.document_id and p.posted_on = t.posted_on
                   and p.made_in <= $6 and (p.retired_in is null or p.retired_in > $6)
           ) s
           where not s.moved_cash and sign(s.invested) = -sign(s.financed) and s.invested <> 0
           group by 1"#,
        &invested,
        &financed,
        &cash,
        from,
        to,
        known.last_change()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.on, row.amount)).collect())
}

impl KnownBooks {
    /// The last change that is known, of all that will ever be where the books stand as they do.
    fn last_change(&self) -> i64 {
        self.change.unwrap_or(i64::MAX)
    }

    /// The accounts that are shown as one that fits.
    fn accounts(&self, fits: impl Fn(&KnownAccount) -> bool) -> Vec<i64> {
        self.chart.ids_shown_as(fits)
    }
}
