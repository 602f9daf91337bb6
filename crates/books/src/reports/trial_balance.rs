//! The trial balance: the balances of a day, the accountant's six columns, or a moment beside now.

use std::collections::HashMap;

use ledger::money::AmountOverflow;
use ledger::statements::{self, Balances, Measure, Shown, TrialBalance, TrialColumns};
use tenancy::{Capability, Cx, Read, TenantTx};
use time::Date;

use super::balances::{Reading, measured};
use super::chart::KnownChart;
use super::{Frame, Moment, Report};
use crate::Error;

/// What a trial balance is asked to show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TrialBalanceAsked {
    /// The day whose end it shows.
    pub as_of: Date,
    /// Whether it stands before and after the adjusting entries of the fiscal year, with them in between.
    pub adjusted: bool,
    /// Which accounts have rows, and in which order.
    pub shown: Shown,
    /// When the books are known at.
    pub moment: Moment,
    /// Whether the books as they stand, and the difference to them, stand beside what is known at a moment. Not together with
    /// `adjusted`, which goes first.
    pub against_now: bool,
}

impl TrialBalanceAsked {
    /// The balances at the end of a day.
    pub fn of(as_of: Date) -> Self {
        Self {
            as_of,
            adjusted: false,
            shown: Shown::default(),
            moment: Moment::Now,
            against_now: false,
        }
    }
}

/// The balances of all accounts at the end of a day, on the accrual basis: income and expenses from the first day of the fiscal
/// year, everything else of all time.
///
/// # Errors
/// As of [`report_trial_balance_asked`].
pub async fn report_trial_balance(cx: &Cx, as_of: Date) -> Result<Report<TrialBalance>, Error> {
    // Needs Capability::ReadBooks, which is asked for there.
    report_trial_balance_asked(cx, &TrialBalanceAsked::of(as_of)).await
}

/// The trial balance at the end of a day, on the accrual basis.
///
/// # Errors
/// `Invalid` at `known` where the moment is none; `NotFound` while the company's books are not set up.
pub async fn report_trial_balance_asked(cx: &Cx, asked: &TrialBalanceAsked) -> Result<Report<TrialBalance>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read_at(&mut tx, asked.moment).await?;
    let from = frame.years.start_of(asked.as_of);
    let measure = |is_now| Measure {
        from,
        to: asked.as_of,
        is_now,
    };
    let against_now = asked.moment.change().filter(|_| asked.against_now && !asked.adjusted);
    let mut measures = vec![measure(false)];
    if against_now.is_some() {
        // The year of today's books may have begun on another day than was known then.
        let years = Frame::read(&mut tx).await?.years;
        measures.push(Measure {
            from: years.start_of(asked.as_of),
            ..measure(true)
        });
    }
    let mut balances = measured(&mut tx, asked.moment, &measures, Reading::YearSoFar).await?;
    let columns = match against_now {
        Some(n) => TrialColumns::against_now(&format!("As known at change {n}")),
        None if asked.adjusted => {
            adjust(&mut tx, asked.moment, from, asked.as_of, &mut balances).await?;
            TrialColumns::adjusted()
        }
        None => TrialColumns::single(),
    };
    let statement = statements::trial_balance(frame.currency, columns, &balances, asked.shown)?;
    let provenance = frame.at_end_of(&mut tx, from, asked.as_of).await?;
    Ok(Report { statement, provenance })
}

/// Puts beside each balance what it was without the adjusting entries of the fiscal year so far, and their debits and credits.
async fn adjust(
    tx: &mut TenantTx<Read>,
    moment: Moment,
    from: Date,
    to: Date,
    balances: &mut Balances,
) -> Result<(), Error> {
    let chart = match moment {
        Moment::Now => KnownChart::now(tx).await?,
        Moment::Change(n) => KnownChart::at(tx, n).await?,
    };
    let mut adjusted: HashMap<i64, (i64, i64)> = HashMap::new();
    for (account_id, debits, credits) in adjustments(tx, moment, from, to).await? {
        let sums = adjusted.entry(chart.shown_as(account_id)).or_default();
        sums.0 = sums.0.checked_add(debits).ok_or(AmountOverflow)?;
        sums.1 = sums.1.checked_add(credits).ok_or(AmountOverflow)?;
    }
    for account in &mut balances.accounts {
        let (debits, credits) = adjusted.get(&account.account_id).copied().unwrap_or_default();
        let balance = account.amounts[0];
        let net = debits.checked_add(credits).ok_or(AmountOverflow)?;
        let unadjusted = balance.checked_sub(net).ok_or(AmountOverflow)?;
        account.amounts = vec![balance, unadjusted, debits, credits];
    }
    let earned = balances.retained_before[0];
    balances.retained_before = vec![earned, earned, 0, 0];
    Ok(())
}

/// Debits and credits of adjusting entries by account; credits are negative. An entry that was voided in a lock stands there with
/// what reversed it, which may lie in a later year.
async fn adjustments(
    tx: &mut TenantTx<Read>,
    moment: Moment,
    from: Date,
    to: Date,
) -> Result<Vec<(i64, i64, i64)>, Error> {
    let rows = match moment {
        Moment::Now => {
            sqlx::query_as!(
                Adjustment,
                r#"select p.account_id, coalesce(sum(p.amount) filter (where p.amount > 0), 0)::bigint as "debits!",
                       coalesce(sum(p.amount) filter (where p.amount < 0), 0)::bigint as "credits!"
                   from revision r join posting p on p.document_id = r.document_id
                   where r.adjusting and r.retired_in is null and r.doc_date <= $2 and p.retired_in is null and p.posted_on between $1 and $2
                   group by p.account_id"#,
                from,
                to
            )
            .fetch_all(&mut **tx)
            .await?
        }
        Moment::Change(n) => {
            sqlx::query_as!(
                Adjustment,
                r#"select p.account_id, coalesce(sum(p.amount) filter (where p.amount > 0), 0)::bigint as "debits!",
                       coalesce(sum(p.amount) filter (where p.amount < 0), 0)::bigint as "credits!"
                   from revision r join posting p on p.document_id = r.document_id
                   where r.adjusting and r.made_in <= $3 and (r.retired_in is null or r.retired_in > $3) and r.doc_date <= $2
                     and p.made_in <= $3 and (p.retired_in is null or p.retired_in > $3) and p.posted_on between $1 and $2
                   group by p.account_id"#,
                from,
                to,
                n
            )
            .fetch_all(&mut **tx)
            .await?
        }
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.account_id, row.debits, row.credits))
        .collect())
}

struct Adjustment {
    account_id: i64,
    debits: i64,
    credits: i64,
}
