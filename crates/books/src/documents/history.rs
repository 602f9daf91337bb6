//! What a document said, revision by revision, with who made each and when.

use std::collections::HashMap;

use tenancy::{Capability, Cx};
use time::{Date, OffsetDateTime};

use super::{DocumentLine, Marks};
use crate::Error;

/// Most revisions that are listed, newest first.
pub const REVISION_LIST_MAX: i64 = 50;

/// A revision of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Revision {
    /// Its number, from 1.
    pub version: i32,
    /// The change that made it.
    pub change: i64,
    /// When, UTC.
    pub at: OffsetDateTime,
    /// Who.
    pub actor: String,
    /// As what.
    pub role: String,
    /// The document's day.
    pub doc_date: Date,
    /// Somebody else's number.
    pub reference: Option<String>,
    /// The note.
    pub memo: Option<String>,
    /// What is marked on it.
    pub marks: Marks,
    /// The lines in order.
    pub lines: Vec<DocumentLine>,
}

/// The revisions of a document, newest first; at most 50. None where there is no such document.
pub async fn document_revisions(cx: &Cx, id: i64) -> Result<Vec<Revision>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let heads = sqlx::query_as!(
        Head,
        "select r.id, r.n, r.doc_date, r.reference, r.memo, r.adjusting, r.accrual_only, c.n as change, c.at, c.actor, c.role
         from revision r join change c on c.n = r.made_in where r.document_id = $1 order by r.n desc limit $2",
        id,
        REVISION_LIST_MAX
    )
    .fetch_all(&mut *tx)
    .await?;
    let ids: Vec<i64> = heads.iter().map(|head| head.id).collect();
    let rows = sqlx::query!(
        r#"select l.revision_id, l.line_no, l.account_id, concat_ws(' ', a.number, a.name) as "account!", l.contact_id, n.name as "contact?", l.description, l.amount,
            coalesce(l.due_on, (select i.due_on from instalment i join posting p on p.open_item_id = i.open_item_id and p.document_id = $2
             where i.revision_id = l.revision_id and p.line_no = l.line_no limit 1)) as "due_on?"
           from document_line l join account a on a.id = l.account_id left join contact n on n.id = l.contact_id
           where l.revision_id = any ($1) order by l.revision_id, l.position"#,
        &ids,
        id
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut lines: HashMap<i64, Vec<DocumentLine>> = HashMap::new();
    for row in rows {
        lines.entry(row.revision_id).or_default().push(DocumentLine {
            line_no: row.line_no,
            account_id: row.account_id,
            account: row.account,
            contact_id: row.contact_id,
            contact: row.contact,
            description: row.description,
            amount: row.amount,
            due_on: row.due_on,
        });
    }
    let revision = |head: Head| Revision {
        version: head.n,
        change: head.change,
        at: head.at,
        actor: head.actor,
        role: head.role,
        doc_date: head.doc_date,
        reference: head.reference,
        memo: head.memo,
        marks: Marks::of(head.adjusting, head.accrual_only),
        lines: lines.remove(&head.id).unwrap_or_default(),
    };
    Ok(heads.into_iter().map(revision).collect())
}

struct Head {
    id: i64,
    n: i32,
    doc_date: Date,
    reference: Option<String>,
    memo: Option<String>,
    adjusting: Option<bool>,
    accrual_only: Option<bool>,
    change: i64,
    at: OffsetDateTime,
    actor: String,
    role: String,
}
