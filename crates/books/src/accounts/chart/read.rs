//! The chart's accounts as they are read: as they stand, or as they stood after a change.

use ledger::accounts::{AccountRole, AccountType, CashFlow};
use sqlx::PgConnection;

use super::Account;
use crate::Error;
use crate::fields::known;

/// An account, as the table or the record has it.
struct Row {
    id: i64,
    number: Option<String>,
    name: String,
    parent_id: Option<i64>,
    account_type: String,
    detail_type: Option<String>,
    description: Option<String>,
    role: Option<String>,
    tax_line: Option<String>,
    cash_flow: Option<String>,
    active: bool,
    merged_into: Option<i64>,
}

/// All accounts as they stand.
pub(super) async fn now(connection: &mut PgConnection) -> Result<Vec<Account>, Error> {
    let rows = sqlx::query_as!(
        Row,
        "select id, number, name, parent_id, type as account_type, detail_type, description, role, tax_line, cash_flow, active, merged_into
         from account order by id"
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(account).collect()
}

/// All accounts as they stood after a change: the last image of each that the record has by then.
pub(super) async fn at(connection: &mut PgConnection, n: i64) -> Result<Vec<Account>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"select (a.image ->> 'id')::bigint as "id!", a.image ->> 'number' as number, a.image ->> 'name' as "name!",
               (a.image ->> 'parent_id')::bigint as parent_id, a.image ->> 'type' as "account_type!",
               a.image ->> 'detail_type' as detail_type,
               a.image ->> 'description' as description, a.image ->> 'role' as role, a.image ->> 'tax_line' as tax_line,
               a.image ->> 'cash_flow' as cash_flow, (a.image ->> 'active')::boolean as "active!",
               (a.image ->> 'merged_into')::bigint as merged_into
           from (select distinct on (row_id) row_id, bytes from audit_event
                 where source = 'account' and change <= $1 order by row_id, seq desc) e
           cross join lateral (select convert_from(e.bytes, 'UTF8')::jsonb -> 'after' as image) a
           order by e.row_id"#,
        n
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(account).collect()
}

/// The account of a row; its path and depth are those of one without parent until it has its place in the tree.
fn account(row: Row) -> Result<Account, Error> {
    Ok(Account {
        id: row.id,
        number: row.number,
        path: row.name.clone(),
        name: row.name,
        depth: 0,
        parent_id: row.parent_id,
        account_type: known(AccountType::parse(&row.account_type))?,
        detail_type: row.detail_type,
        description: row.description,
        role: row
            .role
            .as_deref()
            .map(|role| known(AccountRole::parse(role)))
            .transpose()?,
        tax_line: row.tax_line,
        cash_flow: row
            .cash_flow
            .as_deref()
            .map(|part| known(CashFlow::parse(part)))
            .transpose()?,
        active: row.active,
        merged_into: row.merged_into,
        balance: None,
        version: None,
    })
}
