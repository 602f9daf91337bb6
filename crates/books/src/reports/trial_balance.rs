//! The trial balance: the balances of a day, the accountant's six columns, or a moment beside now.

mod adjustments;

use std::collections::HashMap;

use ledger::money::AmountOverflow;
use ledger::statements::{self, AdjustedBy, Balances, Measure, Shown, TrialBalance, TrialColumns};
use tenancy::{Capability, Cx, Read, TenantTx};
use time::Date;

use self::adjustments::adjustments;
use super::balances::{Reading, measured};
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
    let mut adjusted = HashMap::new();
    let columns = match against_now {
        Some(n) => TrialColumns::against_now(&format!("As known at change {n}")),
        None if asked.adjusted => {
            adjusted = adjust(&mut tx, asked.moment, from, asked.as_of, &mut balances).await?;
            TrialColumns::adjusted()
        }
        None => TrialColumns::single(),
    };
    let statement =
        statements::trial_balance(frame.currency, columns, &balances, asked.shown)?.with_adjustments(adjusted);
    let provenance = frame.at_end_of(&mut tx, from, asked.as_of).await?;
    Ok(Report { statement, provenance })
}

/// Puts beside each balance what it was without the adjusting entries of the fiscal year so far, and their debits and credits. Gives
/// the entries that adjust each account, by the account they are shown as.
async fn adjust(
    tx: &mut TenantTx<Read>,
    moment: Moment,
    from: Date,
    to: Date,
    balances: &mut Balances,
) -> Result<HashMap<i64, AdjustedBy>, Error> {
    let adjustments = adjustments(tx, moment, from, to).await?;
    for account in &mut balances.accounts {
        let (debits, credits) = adjustments
            .get(&account.account_id)
            .map_or((0, 0), |adjusted| (adjusted.debits, adjusted.credits));
        let balance = account.amounts[0];
        let net = debits.checked_add(credits).ok_or(AmountOverflow)?;
        let unadjusted = balance.checked_sub(net).ok_or(AmountOverflow)?;
        account.amounts = vec![balance, unadjusted, debits, credits];
    }
    let earned = balances.retained_before[0];
    balances.retained_before = vec![earned, earned, 0, 0];
    let by = adjustments.into_iter().map(|(id, adjusted)| (id, adjusted.by));
    Ok(by.collect())
}

/// What adjusting entries did to an account, with what was merged into it.
struct Adjusted {
    debits: i64,
    /// Negative.
    credits: i64,
    by: AdjustedBy,
}
