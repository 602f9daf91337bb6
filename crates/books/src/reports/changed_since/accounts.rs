//! The accounts that were retyped, placed elsewhere, merged, or put into another part of the cash flows since, as the record has them.

use std::collections::BTreeSet;

use ledger::accounts::{AccountType, CashFlow};
use sqlx::PgConnection;
use time::Date;

use super::periods::HeldPeriod;
use super::{CHANGED_ACCOUNTS_READ_MAX, CHANGED_LIST_MAX, ChangedAccount};
use crate::Error;

/// What was done to accounts after a change: what moves figures in the reports.
#[derive(Default)]
pub(super) struct AccountChanges(Vec<Moved>);

struct Moved {
    /// The first day that anything is posted on the account.
    first: Date,
    account: ChangedAccount,
}

impl AccountChanges {
    /// Of all accounts that anything is posted on, newest first; the newest 10,000.
    pub(super) async fn read(connection: &mut PgConnection, after: i64) -> Result<Self, Error> {
        let rows = sqlx::query!(
            r#"select a.id, a.name, c.n as change, c.at, c.actor, f.first as "first!",
                j.said #>> '{before,type}' as type_before, j.said #>> '{after,type}' as type_after,
                j.said #>> '{before,detail_type}' as detail_before, j.said #>> '{after,detail_type}' as detail_after,
                j.said #>> '{before,cash_flow}' as flow_before, j.said #>> '{after,cash_flow}' as flow_after,
                j.said #>> '{before,parent_id}' is distinct from j.said #>> '{after,parent_id}' as "is_placed!",
                (select p.name from account p where p.id = (j.said #>> '{before,parent_id}')::bigint) as parent_before,
                (select p.name from account p where p.id = (j.said #>> '{after,parent_id}')::bigint) as parent_after,
                j.said #>> '{before,merged_into}' is distinct from j.said #>> '{after,merged_into}' as "is_merged!",
                (select p.name from account p where p.id = (j.said #>> '{before,merged_into}')::bigint) as merged_before,
                (select p.name from account p where p.id = (j.said #>> '{after,merged_into}')::bigint) as merged_after
               from audit_event e cross join lateral (select convert_from(e.bytes, 'UTF8')::jsonb as said offset 0) j
               join account a on a.id = e.row_id::bigint
               join change c on c.n = e.change
               cross join lateral (
                   select min(p.posted_on) as first from posting p where p.account_id = a.id and p.retired_in is null) f
               where e.source = 'account' and e.change > $1 and j.said ->> 'action' = 'update' and f.first is not null
                 and (j.said #>> '{before,type}', j.said #>> '{before,parent_id}', j.said #>> '{before,merged_into}',
                      j.said #>> '{before,detail_type}', j.said #>> '{before,cash_flow}')
                     is distinct from (j.said #>> '{after,type}', j.said #>> '{after,parent_id}', j.said #>> '{after,merged_into}',
                                       j.said #>> '{after,detail_type}', j.said #>> '{after,cash_flow}')
               order by e.seq desc limit $2"#,
            after,
            CHANGED_ACCOUNTS_READ_MAX
        )
        .fetch_all(connection)
        .await?;
        let moved = rows.into_iter().map(|row| {
            let before = part(
                row.type_before.as_deref(),
                row.detail_before.as_deref(),
                row.flow_before.as_deref(),
            );
            let after = part(
                row.type_after.as_deref(),
                row.detail_after.as_deref(),
                row.flow_after.as_deref(),
            );
            let account = ChangedAccount {
                account_id: row.id,
                name: row.name,
                retyped: row
                    .type_before
                    .zip(row.type_after)
                    .filter(|(before, after)| before != after),
                placed: row.is_placed.then_some((row.parent_before, row.parent_after)),
                merged: row.is_merged.then_some((row.merged_before, row.merged_after)),
                flows: before.zip(after).filter(|(before, after)| before != after),
                actor: row.actor,
                at: row.at,
                change: row.change,
            };
            let first = row.first;
            Moved { first, account }
        });
        Ok(Self(moved.filter(|moved| moved.account.is_moved()).collect()))
    }

    /// Those that move figures of a period, newest first.
    fn of(&self, held: &HeldPeriod) -> impl Iterator<Item = &ChangedAccount> {
        let (change, to) = (held.change, held.to);
        let is_in = move |moved: &&Moved| moved.account.change > change && moved.first <= to;
        self.0.iter().filter(is_in).map(|moved| &moved.account)
    }

    /// How many accounts.
    pub(super) fn count(&self, held: &HeldPeriod) -> i64 {
        let accounts: BTreeSet<i64> = self.of(held).map(|account| account.account_id).collect();
        i64::try_from(accounts.len()).unwrap_or(i64::MAX)
    }

    /// What each change did to each account; at most 200.
    pub(super) fn list(&self, held: &HeldPeriod) -> Vec<ChangedAccount> {
        let most = usize::try_from(CHANGED_LIST_MAX).unwrap_or_default();
        self.of(held).take(most).cloned().collect()
    }
}

impl ChangedAccount {
    /// Whether figures stand elsewhere by it. Another detail type alone moves nothing unless it stands in another part of the cash flows.
    fn is_moved(&self) -> bool {
        self.retyped.is_some() || self.placed.is_some() || self.merged.is_some() || self.flows.is_some()
    }
}

/// The part of the statement of cash flows that an account with these codes stands in; none where they are not ours.
fn part(account_type: Option<&str>, detail_type: Option<&str>, said: Option<&str>) -> Option<CashFlow> {
    let account_type = AccountType::parse(account_type?).ok()?;
    match said {
        Some(said) => CashFlow::parse(said).ok(),
        None => Some(CashFlow::usual(account_type, detail_type)),
    }
}
