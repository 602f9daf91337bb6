//! What a statement of cash flows needs beside balances: what of its movements single entries say.

use std::collections::HashMap;

use ledger::accounts::CashFlow;
use ledger::dates::FiscalYear;
use ledger::money::AmountOverflow;
use ledger::statements::{
    self, CashFlowFigures, DisposalLine, DisposalPart, FlowLine, FlowRow, Measure, Plan, Shown, Statement, given_up,
    non_cash,
};
use tenancy::{Read, TenantTx};
use time::Date;

use super::balances::{KnownBooks, Measured, Reading, RowsBy};
use super::chart::KnownAccount;
use super::{Frame, Moment};
use crate::Error;

/// The statement of cash flows of each of these years, as the books stand: a measure a year.
pub(crate) async fn cash_flow_of(
    tx: &mut TenantTx<Read>,
    frame: &Frame,
    years: &[FiscalYear],
) -> Result<Statement, Error> {
    let measures: Vec<Measure> = years
        .iter()
        .map(|year| Measure {
            from: year.starts_on,
            to: year.ends_on,
            is_now: false,
        })
        .collect();
    let figures = cash_flow_figures(tx, Moment::Now, &measures).await?;
    let plan = Plan {
        measures,
        columns: Vec::new(),
    };
    Ok(statements::cash_flow(frame.currency, plan, &figures, Shown::default())?)
}

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
        non_cash_of: HashMap::new(),
    };
    let none = || vec![0; measures.len()];
    for known in &measured.moments {
        let own = known.measures(measures);
        for (on, entry) in entries(&disposals(tx, known, &own).await?) {
            for (row, amount) in given_up(&known.disposal_lines(entry))? {
                let amounts = figures.disposed.entry(row).or_insert_with(none);
                add(amounts, &own, on, amount)?;
            }
        }
        for (on, entry) in entries(&lines_of_both_parts(tx, known, &own).await?) {
            let without_cash = non_cash(&known.flow_lines(entry)?)?;
            add(&mut figures.non_cash, &own, on, without_cash.amount)?;
            for (row, amount) in without_cash.rows {
                let amounts = figures.non_cash_of.entry(row).or_insert_with(none);
                add(amounts, &own, on, amount)?;
            }
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

/// What an entry did to an account.
struct Line {
    document_id: i64,
    on: Date,
    account_id: i64,
    /// Minor units, not below zero.
    debits: i64,
    /// Minor units, not below zero.
    credits: i64,
}

/// Lines by entry and day, in the order they are in.
fn entries(lines: &[Line]) -> impl Iterator<Item = (Date, &[Line])> {
    let entries = lines.chunk_by(|line, next| (line.document_id, line.on) == (next.document_id, next.on));
    entries.filter_map(|entry| Some((entry.first()?.on, entry)))
}

/// Of the entries that take an asset off the books, what they did to it, to what was written off of it, and to what is earned.
async fn disposals(
    tx: &mut TenantTx<Read>,
    known: &KnownBooks,
    measures: &[(usize, Measure)],
) -> Result<Vec<Line>, Error> {
    let Some((from, to)) = days_of(measures) else {
        return Ok(Vec::new());
    };
    let assets = known.accounts(|account| account.disposal.is_some_and(DisposalPart::is_asset));
    let parts = known.accounts(|account| account.disposal.is_some());
    let rows = sqlx::query_as!(
        Line,
        r#"select p.document_id as "document_id!", p.posted_on as "on!", p.account_id as "account_id!",
               sum(greatest(p.amount, 0))::bigint as "debits!", sum(greatest(-p.amount, 0))::bigint as "credits!"
           from (
               select document_id, posted_on from posting
               where account_id = any($1) and amount < 0 and posted_on between $3 and $4 and retired_in is null and made_in <= $5
               union
               select document_id, posted_on from posting
               where account_id = any($1) and amount < 0 and posted_on between $3 and $4 and retired_in > $5 and made_in <= $5
           ) t
           join posting p on p.document_id = t.document_id and p.posted_on = t.posted_on
           where p.account_id = any($2) and p.made_in <= $5 and (p.retired_in is null or p.retired_in > $5)
           group by 1, 2, 3
           order by 1, 2, 3"#,
        &assets,
        &parts,
        from,
        to,
        known.last_change()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}

/// Of the entries that both invest or sell and borrow or pay back, what they did to the accounts of these parts and to all that an
/// asset takes along, entry by entry. Entries of both parts are few: what is bought with a loan, and what owners bring beside cash.
async fn lines_of_both_parts(
    tx: &mut TenantTx<Read>,
    known: &KnownBooks,
    measures: &[(usize, Measure)],
) -> Result<Vec<Line>, Error> {
    let Some((from, to)) = days_of(measures) else {
        return Ok(Vec::new());
    };
    let invested = known.accounts(|account| account.cash_flow == CashFlow::Investing);
    let financed = known.accounts(|account| account.cash_flow == CashFlow::Financing);
    let parts = known.accounts(|account| account.disposal.is_some());
    let rows = sqlx::query_as!(
        Line,
        r#"select p.document_id as "document_id!", p.posted_on as "on!", p.account_id as "account_id!",
               sum(greatest(p.amount, 0))::bigint as "debits!", sum(greatest(-p.amount, 0))::bigint as "credits!"
           from (
               select document_id, posted_on from posting
               where account_id = any($1) and posted_on between $4 and $5 and retired_in is null and made_in <= $6
               union
               select document_id, posted_on from posting
               where account_id = any($1) and posted_on between $4 and $5 and retired_in > $6 and made_in <= $6
           ) t
           join posting p on p.document_id = t.document_id and p.posted_on = t.posted_on
           where p.account_id = any($1 || $2 || $3) and p.made_in <= $6 and (p.retired_in is null or p.retired_in > $6)
               and exists (
                   select from posting q
                   where q.document_id = t.document_id and q.posted_on = t.posted_on and q.account_id = any($2)
                       and q.made_in <= $6 and (q.retired_in is null or q.retired_in > $6)
               )
           group by 1, 2, 3
           order by 1, 2, 3"#,
        &invested,
        &financed,
        &parts,
        from,
        to,
        known.last_change()
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
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
    /// The account that an account is shown as.
    fn shown(&self, account_id: i64) -> Option<&KnownAccount> {
        self.chart.account(self.chart.shown_as(account_id))
    }

    /// The row that an account's amounts stand in.
    fn row(&self, account_id: i64) -> Option<FlowRow> {
        let account = self.shown(account_id)?;
        Some(FlowRow {
            account_id: account.id,
            account_type: account.account_type,
            cash_flow: account.cash_flow,
        })
    }

    /// The lines of an entry, as what its accounts are to an asset that is given up.
    fn disposal_lines(&self, entry: &[Line]) -> Vec<DisposalLine> {
        let disposal_line = |line: &Line| {
            let (row, part) = (self.row(line.account_id)?, self.shown(line.account_id)?.disposal?);
            let Line { debits, credits, .. } = *line;
            Some(DisposalLine {
                row,
                part,
                debits,
                credits,
            })
        };
        entry.iter().filter_map(disposal_line).collect()
    }

    /// The lines of an entry that are investing or financing. What an asset takes along that is given up is investing with it.
    fn flow_lines(&self, entry: &[Line]) -> Result<Vec<FlowLine>, AmountOverflow> {
        let mut lines = Vec::new();
        for line in entry {
            let Some(row) = self.row(line.account_id) else { continue };
            if matches!(row.cash_flow, CashFlow::Investing | CashFlow::Financing) {
                lines.push(FlowLine {
                    row,
                    is_financing: row.cash_flow == CashFlow::Financing,
                    amount: line.debits.checked_sub(line.credits).ok_or(AmountOverflow)?,
                });
            }
        }
        let along = given_up(&self.disposal_lines(entry))?.into_iter();
        lines.extend(along.map(|(row, amount)| FlowLine {
            row,
            is_financing: false,
            amount,
        }));
        Ok(lines)
    }
}
