//! The plan as it is written: what changes first, then what is new, a level at a time.

use std::collections::HashMap;

use tenancy::{TenantTx, Write};

use super::plan::{Plan, Planned};
use crate::Error;
use crate::accounts::ACCOUNT_DEPTH_MAX;

/// Writes a plan in a few statements, whatever its size.
pub(super) async fn write(tx: &mut TenantTx<Write>, plan: &Plan) -> Result<(), Error> {
    change(tx, &plan.changed).await?;
    let mut written: HashMap<i64, i64> = HashMap::new();
    let mut rest = plan.new.as_slice();
    for _ in 0..ACCOUNT_DEPTH_MAX {
        let is_ready = |account: &Planned| account.parent_id.is_none_or(|id| id > 0 || written.contains_key(&id));
        let (ready, later) = rest.split_at(rest.partition_point(is_ready));
        add(tx, ready, &mut written).await?;
        rest = later;
    }
    match rest {
        [] => Ok(()),
        _ => Err(Error::NotFound("the parent of a new account")),
    }
}

/// Numbers change hands among accounts, so all of them are laid down before any is taken up.
async fn change(tx: &mut TenantTx<Write>, changed: &[Planned]) -> Result<(), Error> {
    let ids: Vec<i64> = changed.iter().map(|account| account.id).collect();
    let numbers: Vec<Option<String>> = changed.iter().map(|account| account.number.clone()).collect();
    sqlx::query!(
        "update account a set number = null from unnest($1::bigint[], $2::text[]) as u (id, number)
         where a.id = u.id and a.number is distinct from u.number and a.number is not null",
        &ids,
        &numbers as &[Option<String>]
    )
    .execute(&mut **tx)
    .await?;
    let names: Vec<String> = changed.iter().map(|account| account.name.clone()).collect();
    let types: Vec<String> = changed
        .iter()
        .map(|account| account.account_type.code().to_owned())
        .collect();
    let details: Vec<Option<String>> = changed.iter().map(|account| account.detail_type.clone()).collect();
    let descriptions: Vec<Option<String>> = changed.iter().map(|account| account.description.clone()).collect();
    sqlx::query!(
        "update account a set number = u.number, name = u.name, type = u.type, detail_type = u.detail_type, description = u.description, active = true
         from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as u (id, number, name, type, detail_type, description)
         where a.id = u.id",
        &ids,
        &numbers as &[Option<String>],
        &names,
        &types,
        &details as &[Option<String>],
        &descriptions as &[Option<String>]
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds accounts whose parents are written, and keeps the id of each provisional one.
async fn add(tx: &mut TenantTx<Write>, new: &[Planned], written: &mut HashMap<i64, i64>) -> Result<(), Error> {
    if new.is_empty() {
        return Ok(());
    }
    let parents: Vec<Option<i64>> = new
        .iter()
        .map(|account| account.parent_id.map(|id| written.get(&id).copied().unwrap_or(id)))
        .collect();
    let names: Vec<String> = new.iter().map(|account| account.name.clone()).collect();
    let numbers: Vec<Option<String>> = new.iter().map(|account| account.number.clone()).collect();
    let types: Vec<String> = new
        .iter()
        .map(|account| account.account_type.code().to_owned())
        .collect();
    let details: Vec<Option<String>> = new.iter().map(|account| account.detail_type.clone()).collect();
    let descriptions: Vec<Option<String>> = new.iter().map(|account| account.description.clone()).collect();
    let rows = sqlx::query!(
        "insert into account (number, name, parent_id, type, detail_type, description, currency)
         select u.number, u.name, u.parent_id, u.type, u.detail_type, u.description, c.currency
         from company c, unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[])
             as u (number, name, parent_id, type, detail_type, description)
         returning id, name, parent_id",
        &numbers as &[Option<String>],
        &names,
        &parents as &[Option<i64>],
        &types,
        &details as &[Option<String>],
        &descriptions as &[Option<String>]
    )
    .fetch_all(&mut **tx)
    .await?;
    let ids: HashMap<(Option<i64>, String), i64> = rows
        .into_iter()
        .map(|row| ((row.parent_id, row.name), row.id))
        .collect();
    for ((account, parent), name) in new.iter().zip(parents).zip(names) {
        let id = ids
            .get(&(parent, name))
            .ok_or(Error::NotFound("an account just written"))?;
        written.insert(account.id, *id);
    }
    Ok(())
}
