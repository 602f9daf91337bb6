//! The accounts that were retyped, placed elsewhere or merged since, as the record has them.

use sqlx::PgConnection;

use super::periods::HeldPeriod;
use super::{CHANGED_LIST_MAX, ChangedAccount};
use crate::Error;

/// How many accounts with postings up to the period's end.
pub(super) async fn account_count(connection: &mut PgConnection, held: &HeldPeriod) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select count(distinct e.row_id) as "accounts!"
           from audit_event e cross join lateral (select convert_from(e.bytes, 'UTF8')::jsonb as said offset 0) j
           where e.source = 'account' and e.change > $1 and j.said ->> 'action' = 'update'
             and (j.said #>> '{before,type}', j.said #>> '{before,parent_id}', j.said #>> '{before,merged_into}')
                 is distinct from (j.said #>> '{after,type}', j.said #>> '{after,parent_id}', j.said #>> '{after,merged_into}')
             and exists (select from posting p where p.account_id = e.row_id::bigint and p.posted_on <= $2)"#,
        held.change,
        held.to
    )
    .fetch_one(connection)
    .await?)
}

/// What each change did to each account, newest first.
pub(super) async fn changed_accounts(
    connection: &mut PgConnection,
    held: &HeldPeriod,
) -> Result<Vec<ChangedAccount>, Error> {
    let rows = sqlx::query!(
        r#"select a.id, a.name, c.n as change, c.at, c.actor,
            j.said #>> '{before,type}' as type_before, j.said #>> '{after,type}' as type_after,
            j.said #>> '{before,parent_id}' is distinct from j.said #>> '{after,parent_id}' as "is_placed!",
            (select p.name from account p where p.id = (j.said #>> '{before,parent_id}')::bigint) as parent_before,
            (select p.name from account p where p.id = (j.said #>> '{after,parent_id}')::bigint) as parent_after,
            j.said #>> '{before,merged_into}' is distinct from j.said #>> '{after,merged_into}' as "is_merged!",
            (select p.name from account p where p.id = (j.said #>> '{before,merged_into}')::bigint) as merged_before,
            (select p.name from account p where p.id = (j.said #>> '{after,merged_into}')::bigint) as merged_after
           from audit_event e cross join lateral (select convert_from(e.bytes, 'UTF8')::jsonb as said offset 0) j
           join account a on a.id = e.row_id::bigint
           join change c on c.n = e.change
           where e.source = 'account' and e.change > $1 and j.said ->> 'action' = 'update'
             and (j.said #>> '{before,type}', j.said #>> '{before,parent_id}', j.said #>> '{before,merged_into}')
                 is distinct from (j.said #>> '{after,type}', j.said #>> '{after,parent_id}', j.said #>> '{after,merged_into}')
             and exists (select from posting p where p.account_id = a.id and p.posted_on <= $2)
           order by e.seq desc limit $3"#,
        held.change,
        held.to,
        CHANGED_LIST_MAX
    )
    .fetch_all(connection)
    .await?;
    let accounts = rows.into_iter().map(|row| ChangedAccount {
        account_id: row.id,
        name: row.name,
        retyped: row
            .type_before
            .zip(row.type_after)
            .filter(|(before, after)| before != after),
        placed: row.is_placed.then_some((row.parent_before, row.parent_after)),
        merged: row.is_merged.then_some((row.merged_before, row.merged_after)),
        actor: row.actor,
        at: row.at,
        change: row.change,
    });
    Ok(accounts.collect())
}
