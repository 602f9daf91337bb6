//! An uploaded file between its preview and its import: sealed, the uploader's alone, and gone once used or after a day.

use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use vault::Context;

use super::reading::{self, file_name};
use crate::Error;

/// A staged file in clear.
pub(crate) struct Staged {
    pub(crate) file_name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Uploads of one person that wait for their import; the oldest goes when another comes.
const UPLOADS_KEPT_MAX: i64 = 10;

/// Keeps an uploaded file for its preview and gives the id that both preview and import take.
///
/// # Errors
/// At `file`, when it is no statement that could be imported.
pub async fn statement_stage(cx: &Cx, name: &str, bytes: Vec<u8>, key: &RequestKey) -> Result<i64, Error> {
    cx.require(Capability::Documents)?;
    reading::read(bytes.clone(), cx.heavy_work().await?).await?;
    let mut tx = change!(cx, Capability::Documents, key);
    let id = keep(&mut tx, cx, name, &bytes).await?;
    tx.commit(&id).await?;
    Ok(id)
}

/// Keeps a file in a change that the caller opened, and gives its id.
pub(crate) async fn keep(tx: &mut TenantTx<Write>, cx: &Cx, name: &str, bytes: &[u8]) -> Result<i64, Error> {
    let keys = cx.keys().await?;
    sqlx::query!(
        "delete from staging s where s.at < now() - interval '1 day'
            or s.id in (select o.id from staging o where o.person = $1 order by o.id desc offset $2)",
        cx.actor().name,
        UPLOADS_KEPT_MAX - 1
    )
    .execute(&mut **tx)
    .await?;
    let id = sqlx::query_scalar!(
        "insert into staging (person, file_name, file_sealed) values ($1, $2, '') returning id",
        cx.actor().name,
        file_name(name)
    )
    .fetch_one(&mut **tx)
    .await?;
    let sealed = keys.seal(place(cx, id), bytes)?;
    sqlx::query!("update staging set file_sealed = $2 where id = $1", id, sealed)
        .execute(&mut **tx)
        .await?;
    Ok(id)
}

/// The upload was imported, or was left for more than a day.
pub(crate) fn gone() -> Error {
    Error::at("file", "This upload is no longer kept. Choose the file again.")
}

/// A staged file, if this person staged it and it is still there.
pub(crate) async fn staged(cx: &Cx, id: i64) -> Result<Option<Staged>, Error> {
    let keys = cx.keys().await?;
    let mut tx = cx.read(Capability::Documents).await?;
    let row = sqlx::query!(
        "select file_name, file_sealed from staging where id = $1 and person = $2",
        id,
        cx.actor().name
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let bytes = keys.open(place(cx, id), &row.file_sealed)?.to_vec();
    Ok(Some(Staged {
        file_name: row.file_name,
        bytes,
    }))
}

/// Removes a file that was used.
pub(crate) async fn used(tx: &mut TenantTx<Write>, id: i64) -> Result<(), Error> {
    sqlx::query!("delete from staging where id = $1", id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn place(cx: &Cx, id: i64) -> Context<'static> {
    Context {
        company: cx.tenant().id.uuid(),
        table: "staging",
        column: "file_sealed",
        row_id: id,
    }
}
