//! Reading one document: what it is, what it says now, what it posted, and its open items.

use std::collections::HashMap;

use tenancy::{Capability, Cx};
use time::Date;

use super::{DocumentKind, Marks};
use crate::Error;
use crate::fields::known;

/// The states a document goes through, forward only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DocumentState {
    /// Being prepared: no number, nothing posted.
    Draft,
    /// Waiting for approval.
    Submitted,
    /// Numbered and posted.
    Issued,
    /// Taken back; keeps its number and says why.
    Void,
}

impl DocumentState {
    /// The text that the database holds.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Issued => "issued",
            Self::Void => "void",
        }
    }

    /// The state of a text that the database checked.
    pub(crate) fn of(code: &str) -> Self {
        match code {
            "draft" => Self::Draft,
            "submitted" => Self::Submitted,
            "issued" => Self::Issued,
            _ => Self::Void,
        }
    }
}

/// A document as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// Its id.
    pub id: i64,
    /// What it is.
    pub kind: DocumentKind,
    /// Its number, once issued or as imported.
    pub number: Option<String>,
    /// Where it stands.
    pub state: DocumentState,
    /// Why it was voided.
    pub void_reason: Option<String>,
    /// The document it reverses.
    pub reverses_id: Option<i64>,
    /// The document that reverses it.
    pub reversed_by_id: Option<i64>,
    /// The template that it was made of.
    pub template: Option<OfTemplate>,
    /// The live revision's number.
    pub version: i32,
    /// Its day.
    pub doc_date: Date,
    /// The one it is with.
    pub contact_id: Option<i64>,
    /// Somebody else's number.
    pub reference: Option<String>,
    /// Its note.
    pub memo: Option<String>,
    /// What is marked on it.
    pub marks: Marks,
    /// The sum of its debits, minor units.
    pub total: i64,
    /// Its lines in order.
    pub lines: Vec<DocumentLine>,
    /// What it posts now.
    pub postings: Vec<LivePosting>,
}

/// A line as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentLine {
    /// The number that stays with it over revisions.
    pub line_no: i32,
    /// The account.
    pub account_id: i64,
    /// The account's number and name.
    pub account: String,
    /// The customer or vendor.
    pub contact_id: Option<i64>,
    /// Their name.
    pub contact: Option<String>,
    /// The line's words.
    pub description: String,
    /// Minor units, debit positive.
    pub amount: i64,
    /// When it is due: where it says so, and once issued wherever it has an open item that is due at all.
    pub due_on: Option<Date>,
}

/// The template that a document was made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfTemplate {
    /// Its id.
    pub id: i64,
    /// What it is called now.
    pub name: String,
}

/// A live posting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LivePosting {
    /// Its id.
    pub id: i64,
    /// The account's number and name.
    pub account: String,
    /// The account.
    pub account_id: i64,
    /// Its day.
    pub posted_on: Date,
    /// Minor units, debit positive.
    pub amount: i64,
    /// Whether a bank line is matched to it.
    pub matched: bool,
}

/// A document by its id.
pub async fn document_get(cx: &Cx, id: i64) -> Result<Document, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let head = sqlx::query!(
        r#"select d.kind, d.number, d.state, d.void_reason, d.reverses_id, r.id as revision_id, r.n, r.doc_date, r.contact_id, r.reference, r.memo, r.total, r.adjusting, r.accrual_only,
            (select b.id from document b where b.reverses_id = d.id and b.state = 'issued' order by b.id limit 1) as "reversed_by_id?", t.id as "template_id?", t.name as "template_name?"
           from document d join revision r on r.document_id = d.id and r.retired_in is null
           left join recurring_occurrence o on o.document_id = d.id left join recurring_template t on t.id = o.template_id
           where d.id = $1"#,
        id
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(Error::NotFound("that document"))?;
    let lines = sqlx::query!(
        r#"select l.line_no, l.account_id, concat_ws(' ', a.number, a.name) as "account!", l.contact_id, c.name as "contact?", l.description, l.amount,
            coalesce(l.due_on, (select i.due_on from instalment i join posting p on p.open_item_id = i.open_item_id and p.document_id = $2
             where i.revision_id = l.revision_id and p.line_no = l.line_no limit 1)) as "due_on?"
           from document_line l join account a on a.id = l.account_id left join contact c on c.id = l.contact_id
           where l.revision_id = $1 order by l.position"#,
        head.revision_id,
        id
    )
    .fetch_all(&mut *tx)
    .await?;
    let postings = sqlx::query!(
        r#"select p.id, p.account_id, concat_ws(' ', a.number, a.name) as "account!", p.posted_on, p.amount,
            exists (select from bank_match m where m.posting_id = p.id and m.retired_in is null) as "matched!"
           from posting p join account a on a.id = p.account_id where p.document_id = $1 and p.retired_in is null order by p.posted_on, p.line_no, p.id"#,
        id
    )
    .fetch_all(&mut *tx)
    .await?;
    Ok(Document {
        id,
        kind: DocumentKind::parse(&head.kind).ok_or(Error::NotFound("that kind of document"))?,
        number: head.number,
        state: DocumentState::of(&head.state),
        void_reason: head.void_reason,
        reverses_id: head.reverses_id,
        reversed_by_id: head.reversed_by_id,
        template: head
            .template_id
            .zip(head.template_name)
            .map(|(id, name)| OfTemplate { id, name }),
        version: head.n,
        doc_date: head.doc_date,
        contact_id: head.contact_id,
        reference: head.reference,
        memo: head.memo,
        marks: Marks::of(head.adjusting, head.accrual_only),
        total: head.total,
        lines: lines
            .into_iter()
            .map(|l| DocumentLine {
                line_no: l.line_no,
                account_id: l.account_id,
                account: l.account,
                contact_id: l.contact_id,
                contact: l.contact,
                description: l.description,
                amount: l.amount,
                due_on: l.due_on,
            })
            .collect(),
        postings: postings
            .into_iter()
            .map(|p| LivePosting {
                id: p.id,
                account: p.account,
                account_id: p.account_id,
                posted_on: p.posted_on,
                amount: p.amount,
                matched: p.matched,
            })
            .collect(),
    })
}

/// What people call documents, by their ids: `Journal entry JE-12`; a draft by its kind alone. Ids of none are left out.
pub async fn document_names(cx: &Cx, ids: &[i64]) -> Result<HashMap<i64, String>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let rows = sqlx::query!("select id, kind, number from document where id = any ($1)", ids)
        .fetch_all(&mut *tx)
        .await?;
    rows.into_iter()
        .map(|row| {
            let kind = known(DocumentKind::parse(&row.kind).ok_or(()))?.name();
            let name = row
                .number
                .map_or_else(|| kind.to_owned(), |number| format!("{kind} {number}"));
            Ok((row.id, name))
        })
        .collect()
}
