//! An import undone whole, in one change.

use std::cmp::Reverse;

use ledger::dates::format_date;
use serde::{Deserialize, Serialize};
use tenancy::{Capability, Cx, Mode, RequestKey, TenantTx, Write};
use time::Date;

use super::{IMPORTS_SHOWN_MAX, StatementImport};
use crate::documents::DocumentKind;
use crate::review::{LineDocument, line_documents, release};
use crate::settlements::{AppliedAmounts, applied};
use crate::{Error, Problem};

/// The most lines that a refusal lists, and the most documents that a plan lists.
const UNDO_SHOWN_MAX: usize = 100;

/// What undoing an import did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StatementUndone {
    /// Lines that are no longer on the review list.
    pub withdrawn_lines: u64,
    /// Documents that those lines had made, and that are void now.
    pub voided_documents: usize,
}

/// What undoing an import would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementUndoPlan {
    /// What the file was called.
    pub file_name: String,
    /// Whether it was undone already.
    pub undone: bool,
    /// How many lines would leave the review list.
    pub line_count: usize,
    /// How many documents would be voided.
    pub document_count: usize,
    /// The newest of those, 100 at most.
    pub documents: Vec<DocumentToVoid>,
    /// How many documents stay, without their match to a line of the import.
    pub unmatched_count: usize,
    /// What of other documents is applied to those that would be voided, and becomes open again.
    pub released: AppliedAmounts,
    /// Why it would be refused: a problem for each line whose document keeps it from being undone.
    pub problems: Vec<Problem>,
}

/// A document that undoing an import would void.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentToVoid {
    /// Its id.
    pub id: i64,
    /// What it is.
    pub kind: DocumentKind,
    /// The day of the line it was made of.
    pub posted_on: Date,
    /// The bank's words for that line.
    pub name: String,
    /// That line's amount as the bank gave it.
    pub amount_text: String,
}

/// What `statement_undo` would do with an import, and what it would say where it refuses.
///
/// # Errors
/// `NotFound`.
pub async fn statement_undo_plan(cx: &Cx, import_id: i64) -> Result<StatementUndoPlan, Error> {
    let mut tx = cx.read(Capability::Documents).await?;
    let import = import_of(&mut tx, import_id).await?;
    let lines = lines_of(&mut tx, import_id).await?;
    let documents = line_documents(&mut tx, cx, &lines).await?;
    let matched_count = documents.len();
    let mut documents = to_void(documents);
    documents.sort_by_key(|document| Reverse((document.posted_on, document.document_id)));
    let ids: Vec<i64> = documents.iter().map(|document| document.document_id).collect();
    let released = applied(&mut tx, &ids).await?;
    Ok(StatementUndoPlan {
        released,
        file_name: import.file_name,
        undone: import.undone,
        line_count: lines.len(),
        document_count: documents.len(),
        unmatched_count: matched_count - documents.len(),
        problems: shown(documents.iter().filter_map(why_not).collect()),
        documents: documents
            .into_iter()
            .take(UNDO_SHOWN_MAX)
            .map(|document| DocumentToVoid {
                id: document.document_id,
                kind: document.kind,
                posted_on: document.posted_on,
                name: document.name,
                amount_text: document.amount_text,
            })
            .collect(),
    })
}

/// Undoes an import: voids the documents that its lines made, retires their matches, and withdraws the lines. A document that
/// a line of another import is matched to as well, the other side of a transfer, stays. What the bank said the balance was is
/// forgotten where no later import brought lines of the account.
///
/// # Errors
/// A problem for each line whose document somebody changed, or that lies in a locked period; nothing is undone then.
pub async fn statement_undo(cx: &Cx, import_id: i64, key: &RequestKey) -> Result<StatementUndone, Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    let import = import_of(&mut tx, import_id).await?;
    if import.undone {
        return Err(Error::of_form("This import was undone already."));
    }
    let lines = lines_of(&mut tx, import_id).await?;
    let documents = to_void(line_documents(&mut tx, cx, &lines).await?);
    let problems: Vec<Problem> = documents.iter().filter_map(why_not).collect();
    if !problems.is_empty() {
        return Err(Error::Invalid(shown(problems)));
    }
    let reason = format!("The import of {} was undone.", import.file_name);
    release(&mut tx, &lines, &documents, &reason).await?;
    let withdrawn = sqlx::query!("update bank_line set state = 'withdrawn' where id = any ($1)", &lines)
        .execute(&mut *tx)
        .await?;
    let change = tx.change();
    sqlx::query!(
        "update statement_import set retired_in = $2 where id = $1",
        import_id,
        change
    )
    .execute(&mut *tx)
    .await?;
    forget_balances(&mut tx, import_id).await?;
    let undone = StatementUndone {
        withdrawn_lines: withdrawn.rows_affected(),
        voided_documents: documents.len(),
    };
    tx.commit(&undone).await?;
    Ok(undone)
}

struct Import {
    file_name: String,
    undone: bool,
}

async fn import_of<M: Mode>(tx: &mut TenantTx<M>, id: i64) -> Result<Import, Error> {
    sqlx::query_as!(
        Import,
        r#"select file_name, retired_in is not null as "undone!" from statement_import where id = $1"#,
        id
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Error::NotFound("that import"))
}

async fn lines_of<M: Mode>(tx: &mut TenantTx<M>, import_id: i64) -> Result<Vec<i64>, Error> {
    Ok(sqlx::query_scalar!(
        "select id from bank_line where statement_import_id = $1 and state <> 'withdrawn' order by id",
        import_id
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The documents that go with the lines they were made of; the others only lose their match.
fn to_void(documents: Vec<LineDocument>) -> Vec<LineDocument> {
    documents
        .into_iter()
        .filter(|document| document.is_of_lines_alone)
        .collect()
}

/// The imports, newest first, 100 at most.
pub async fn statement_import_list(cx: &Cx) -> Result<Vec<StatementImport>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    Ok(sqlx::query_as!(
        StatementImport,
        r#"select i.id, i.file_name, i.format, i.new_lines, i.known_lines, i.doubtful_lines, c.at, c.actor,
            i.retired_in is not null as "undone!",
            coalesce((select string_agg(concat_ws(' ', a.number, a.name), ', ' order by a.number, a.name)
                from account a join bank_account b on b.account_id = a.id
                where exists (select from bank_line l where l.statement_import_id = i.id and l.bank_account_id = b.id)), '') as "accounts!"
           from statement_import i join change c on c.n = i.made_in order by i.id desc limit $1"#,
        IMPORTS_SHOWN_MAX
    )
    .fetch_all(&mut *tx)
    .await?)
}

/// Why a line's document keeps its import from being undone.
fn why_not(document: &LineDocument) -> Option<Problem> {
    let what = document.kind.name().to_lowercase();
    let why = if document.is_revised {
        format!(
            "somebody changed the {what} that was made of it (number {} in the books). Undo this line by itself first: what was \
             changed then stays.",
            document.document_id
        )
    } else if let Some(through) = document.locked_through {
        format!(
            "the {what} that was made of it (number {} in the books) lies in a period that is locked through {}.",
            document.document_id,
            format_date(through)
        )
    } else {
        return None;
    };
    let message = format!(
        "{}, {}, {}: {why}",
        format_date(document.posted_on),
        document.name,
        document.amount_text
    );
    Some(Problem::at(format!("lines.{}", document.line_id), message))
}

fn shown(mut problems: Vec<Problem>) -> Vec<Problem> {
    let more = problems.len().saturating_sub(UNDO_SHOWN_MAX);
    if more > 0 {
        problems.truncate(UNDO_SHOWN_MAX);
        problems.push(Problem::of_form(format!("And {more} more lines.")));
    }
    problems
}

async fn forget_balances(tx: &mut TenantTx<Write>, import_id: i64) -> Result<(), Error> {
    sqlx::query!(
        "update bank_account set stated_balance = null, stated_on = null, stated_by = null where stated_by = $1",
        import_id
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
