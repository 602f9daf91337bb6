//! What the trial balance of a day shows of each account.

use std::collections::HashMap;

use ledger::accounts::AccountRole;
use ledger::money::AmountOverflow;
use tenancy::{Read, TenantTx};
use time::Date;

use crate::Error;
use crate::reports::{Frame, balances_at};

/// The balance of each account at the end of a day, minor units, debit positive. The system account of retained earnings carries
/// what the fiscal years before earned, as on every report.
pub(super) async fn at_end_of(tx: &mut TenantTx<Read>, day: Date) -> Result<HashMap<i64, i64>, Error> {
    let frame = Frame::read(tx).await?;
    let balances = balances_at(tx, &frame, day).await?;
    let retained_before = balances.retained_before[0];
    let shown = balances.accounts.into_iter().map(|account| {
        let carried = match account.role {
            Some(AccountRole::RetainedEarnings) => retained_before,
            _ => 0,
        };
        let amount = account.amounts[0].checked_sub(carried).ok_or(AmountOverflow)?;
        Ok((account.account_id, amount))
    });
    shown.collect()
}
