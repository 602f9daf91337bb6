//! Leaving lines out, and taking back what was done with them.

use ledger::dates::format_date;
use tenancy::{Capability, Cx, Mode, RequestKey, TenantTx, Write};
use time::Date;

use super::LineState;
use crate::documents::{DocumentKind, void};
use crate::fields::known;
use crate::{Error, locks, refusals};

/// A document that an accepted line is matched to.
#[derive(Debug)]
pub(crate) struct LineDocument {
    pub(crate) line_id: i64,
    pub(crate) posted_on: Date,
    pub(crate) name: String,
    pub(crate) amount_text: String,
    pub(crate) document_id: i64,
    pub(crate) kind: DocumentKind,
    version: i32,
    doc_date: Date,
    /// A bank line made it, it is not void, and no line is matched to it but those that were asked about.
    pub(crate) is_of_lines_alone: bool,
    /// Somebody changed it since it was made.
    pub(crate) is_revised: bool,
    /// The last locked day, where it or a settlement of it lies in the lock.
    pub(crate) locked_through: Option<Date>,
}

/// Leaves a line out of the books: new and doubtful lines only.
pub async fn line_exclude(cx: &Cx, line_id: i64, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    exclude_in(&mut tx, line_id).await?;
    Ok(tx.commit(&()).await?)
}

/// The same, inside a change.
pub(super) async fn exclude_in(tx: &mut TenantTx<Write>, line_id: i64) -> Result<(), Error> {
    match state(tx, line_id).await? {
        LineState::New | LineState::Doubtful => {}
        LineState::Excluded => return Err(Error::of_form("This line is excluded already.")),
        LineState::Accepted => {
            return Err(Error::of_form("This line is in the books. Undo that first."));
        }
        LineState::Withdrawn => {
            return Err(Error::of_form("The import that brought this line was undone."));
        }
    }
    sqlx::query!("update bank_line set state = 'excluded' where id = $1", line_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Puts a line back on the list: an excluded one as it is; an accepted one without its match, and its document is voided if a
/// bank line made it, nobody changed it, and no other line is matched to it.
///
/// # Errors
/// At `date` where a document that would be voided lies in a locked period.
pub async fn line_undo(cx: &Cx, line_id: i64, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    undo_in(&mut tx, cx, line_id).await?;
    Ok(tx.commit(&()).await?)
}

/// The same, inside a change.
pub(super) async fn undo_in(tx: &mut TenantTx<Write>, cx: &Cx, line_id: i64) -> Result<(), Error> {
    match state(tx, line_id).await? {
        LineState::Excluded => {}
        LineState::Accepted => {
            let mut documents = line_documents(tx, cx, &[line_id]).await?;
            documents.retain(|document| document.is_of_lines_alone && !document.is_revised);
            if let Some(through) = documents.iter().find_map(|document| document.locked_through) {
                let held = locks::held(tx, cx).await?;
                let problem = held.problem("date", through);
                return Err(Error::Invalid(vec![
                    problem.unwrap_or_else(|| refusals::locked("date", &format_date(through))),
                ]));
            }
            release(
                tx,
                &[line_id],
                &documents,
                "The bank line it was made of was taken back.",
            )
            .await?;
        }
        LineState::New | LineState::Doubtful => {
            return Err(Error::of_form("There is nothing to undo: this line waits for review."));
        }
        LineState::Withdrawn => {
            return Err(Error::of_form("The import that brought this line was undone."));
        }
    }
    sqlx::query!(
        "update bank_line set state = case when doubt is null then 'new' else 'doubtful' end where id = $1",
        line_id
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The documents that lines are matched to, each once, with the first of the lines.
pub(crate) async fn line_documents<M: Mode>(
    tx: &mut TenantTx<M>,
    cx: &Cx,
    line_ids: &[i64],
) -> Result<Vec<LineDocument>, Error> {
    let through = locks::through(tx, cx).await?;
    let rows = sqlx::query!(
        r#"select distinct on (d.id) l.id as line_id, l.posted_on, l.name, l.amount_text, d.id as document_id, d.kind, r.n, r.doc_date,
            d.source = 'bank_line' and d.state = 'issued' and not exists (
                select from posting q join bank_match o on o.posting_id = q.id and o.retired_in is null
                where q.document_id = d.id and o.bank_line_id <> all ($1)) as "alone!",
            case when exists (select from posting q where q.document_id = d.id and q.retired_in is null and q.posted_on <= $2)
                   or exists (select from settlement s join open_item i on i.id in (s.debit_item_id, s.credit_item_id)
                              where i.document_id = d.id and s.retired_in is null and s.applied_on <= $2)
                 then $2::date end as locked_through
           from bank_match m
           join bank_line l on l.id = m.bank_line_id
           join posting p on p.id = m.posting_id
           join document d on d.id = p.document_id
           join revision r on r.document_id = d.id and r.retired_in is null
           where m.bank_line_id = any ($1) and m.retired_in is null order by d.id, l.id"#,
        line_ids,
        through
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(LineDocument {
                line_id: row.line_id,
                posted_on: row.posted_on,
                name: row.name,
                amount_text: row.amount_text,
                document_id: row.document_id,
                kind: known(DocumentKind::parse(&row.kind).ok_or(()))?,
                version: row.n,
                doc_date: row.doc_date,
                is_of_lines_alone: row.alone,
                is_revised: row.n > 1,
                locked_through: row.locked_through,
            })
        })
        .collect()
}

/// Retires the lines' matches, then voids those documents: a posting is never retired under a live match. What state the lines
/// go to is the caller's to say.
pub(crate) async fn release(
    tx: &mut TenantTx<Write>,
    line_ids: &[i64],
    documents: &[LineDocument],
    reason: &str,
) -> Result<(), Error> {
    let change = tx.change();
    sqlx::query!(
        "update bank_match set retired_in = $2 where bank_line_id = any ($1) and retired_in is null",
        line_ids,
        change
    )
    .execute(&mut **tx)
    .await?;
    for document in documents {
        void(tx, document.document_id, document.version, document.doc_date, reason).await?;
    }
    Ok(())
}

async fn state(tx: &mut TenantTx<Write>, line_id: i64) -> Result<LineState, Error> {
    let state = sqlx::query_scalar!("select state from bank_line where id = $1", line_id)
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("that bank line"))?;
    LineState::of(&state)
}
