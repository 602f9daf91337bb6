//! Journal entries, end to end: kept as drafts, issued with a number of a series without gaps, revised, voided, reversed.

mod done;
mod reverse;
mod selected;

use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::Date;

use crate::documents::{self, Content, ContentLine, DocumentKind, DocumentState, Marks, NewDocument, Source, Written};
use crate::entry_facts::{Completeness, EntryFacts};
use crate::fields::{accept, optional};
use crate::live::LiveDocument;
use crate::{Error, Problem};

pub use done::{JournalDone, journal_done};
pub(crate) use reverse::reverse_in;
pub use reverse::{journal_create_reversing, journal_reverse};
pub use selected::{
    DraftsPosted, SELECTED_MAX, Selected, SelectedSum, journal_issue_selected, journal_selected_sums,
    journal_void_selected,
};

pub(crate) const MEMO_CHARS_MAX: usize = 4_000;
pub(crate) const REFERENCE_CHARS_MAX: usize = 100;

/// A journal entry as it was typed.
///
/// Problems are at `date`, `memo`, `reference`, `lines`, or at `lines.N.account`, `contact`, `amount`, `description` or `due`, where N
/// is the line's place in `lines`, counted from 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JournalInput {
    /// The day it is posted on.
    pub date: Date,
    /// A note for those who read the books; empty for none.
    pub memo: String,
    /// Somebody else's number; empty for none.
    pub reference: String,
    /// What is marked on it.
    pub marks: Marks,
    /// Its lines in the order a person sees, 500 at most.
    pub lines: Vec<JournalInputLine>,
}

/// One line of a journal entry as it was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JournalInputLine {
    /// The number the line has in the live revision. None for a new line, and so is a number that no live line has.
    pub line_no: Option<i32>,
    /// The account.
    pub account_id: i64,
    /// The customer or vendor; needed on receivable and payable accounts.
    pub contact_id: Option<i64>,
    /// The line's words.
    pub description: String,
    /// Minor units, debit positive.
    pub amount: i64,
    /// When it is due, on receivable and payable accounts and only there, on the entry's day or later; that day where it is not said.
    pub due_on: Option<Date>,
}

impl JournalInput {
    /// The entry as a document's content; its lines keep the numbers they have in the live revision.
    fn content(&self, live: Option<&LiveDocument>, problems: &mut Vec<Problem>) -> Content {
        let mut kept = Vec::new();
        let mut line = |line: &JournalInputLine| {
            let before = line
                .line_no
                .filter(|line_no| !kept.contains(line_no))
                .and_then(|line_no| live?.line(line_no));
            kept.extend(before.and_then(|before| before.line_no));
            ContentLine {
                line_no: before.and_then(|before| before.line_no),
                account_id: line.account_id,
                contact_id: line.contact_id,
                description: line.description.trim().to_owned(),
                amount: line.amount,
                due_on: line.due_on.filter(|due_on| *due_on != self.date),
            }
        };
        Content {
            doc_date: self.date,
            contact_id: None,
            reference: optional("reference", &self.reference, REFERENCE_CHARS_MAX, problems),
            memo: optional("memo", &self.memo, MEMO_CHARS_MAX, problems),
            marks: self.marks,
            lines: self.lines.iter().map(&mut line).collect(),
        }
    }
}

/// Keeps an entry as a draft: no number, nothing posted, debits and credits may still differ.
///
/// # Errors
/// `Invalid` where [`JournalInput`] says.
pub async fn journal_save_draft(cx: &Cx, input: &JournalInput, key: &RequestKey) -> Result<Written, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let written = create(&mut tx, input, Source::Person, Completeness::Draft).await?;
    tx.commit(&written).await?;
    Ok(written)
}

/// Issues a new entry: it gets its number and is posted.
///
/// # Errors
/// `Invalid` where [`JournalInput`] says; no number is used up.
pub async fn journal_create_issued(cx: &Cx, input: &JournalInput, key: &RequestKey) -> Result<Written, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let written = create(&mut tx, input, Source::Person, Completeness::Issued).await?;
    tx.commit(&written).await?;
    Ok(written)
}

/// Issues a draft as it stands.
///
/// # Errors
/// `Invalid` where [`JournalInput`] says, N by the order of the draft's lines; `Stale`; `NotFound`.
pub async fn journal_issue(cx: &Cx, id: i64, version: i32, key: &RequestKey) -> Result<Written, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let written = issue_in(&mut tx, id, version).await?;
    tx.commit(&written).await?;
    Ok(written)
}

/// Issues a draft in a change that the caller opened.
async fn issue_in(tx: &mut TenantTx<Write>, id: i64, version: i32) -> Result<Written, Error> {
    let live = LiveDocument::load(tx, DocumentKind::JournalEntry, id).await?;
    live.seen(version)?;
    let facts = EntryFacts::load(tx, &live.content.lines, &[]).await?;
    accept(problems_of(&facts, &live.content, Completeness::Issued))?;
    documents::issue(tx, id, version).await
}

/// Replaces what a draft or an issued entry says. Of an issued one only the postings that differ are made anew. An edit that
/// leaves everything equal makes no new version.
///
/// # Errors
/// `Invalid` where [`JournalInput`] says; `Stale` when `version` is not the live one; `NotFound`.
pub async fn journal_update(
    cx: &Cx,
    id: i64,
    version: i32,
    input: &JournalInput,
    key: &RequestKey,
) -> Result<Written, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let live = LiveDocument::load(&mut tx, DocumentKind::JournalEntry, id).await?;
    live.seen(version)?;
    let mut problems = Vec::new();
    let content = input.content(Some(&live), &mut problems);
    let written = if content == live.content {
        live.unchanged()
    } else {
        let facts = EntryFacts::load(&mut tx, &content.lines, &live.untouched_accounts(&content)).await?;
        if live.state == DocumentState::Issued {
            problems.extend(facts.line_problems(&content.lines, Completeness::Issued));
            problems.extend(facts.due_problems(&content));
            if !live.posts_the_same_as(&content) {
                problems.extend(facts.day_problem("date", content.doc_date));
                problems.extend(facts.revision_problems(&mut tx, &live, &content).await?);
            }
        } else {
            problems.extend(problems_of(&facts, &content, Completeness::Draft));
        }
        accept(problems)?;
        documents::revise(&mut tx, id, version, &content).await?
    };
    tx.commit(&written).await?;
    Ok(written)
}

/// Voids an entry, which keeps its number: nothing of it stays posted; where a lock covers it, it is reversed on the day `on`
/// instead. A draft is given up.
///
/// # Errors
/// `Invalid` at `reason` or `on`, or of the form when another entry reverses this one; `Stale`; `NotFound`.
pub async fn journal_void(
    cx: &Cx,
    id: i64,
    version: i32,
    on: Date,
    reason: &str,
    key: &RequestKey,
) -> Result<Written, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let written = void_in(&mut tx, id, version, on, reason).await?;
    tx.commit(&written).await?;
    Ok(written)
}

/// Voids an entry in a change that the caller opened.
async fn void_in(tx: &mut TenantTx<Write>, id: i64, version: i32, on: Date, reason: &str) -> Result<Written, Error> {
    let live = LiveDocument::load(tx, DocumentKind::JournalEntry, id).await?;
    live.seen(version)?;
    if let Some(number) = &live.reversed_by {
        return Err(Error::of_form(format!("{number} reverses this. Void that one first.")));
    }
    let facts = EntryFacts::load(tx, &[], &[]).await?;
    if live.state == DocumentState::Issued && facts.lock_problem("on", live.day()).is_some() {
        accept(facts.lock_problem("on", on).into_iter().collect())?;
    }
    documents::void(tx, id, version, on, reason).await
}

/// Writes a new entry in a change that the caller opened.
pub(crate) async fn create(
    tx: &mut TenantTx<Write>,
    input: &JournalInput,
    source: Source,
    wanted: Completeness,
) -> Result<Written, Error> {
    let mut problems = Vec::new();
    let content = input.content(None, &mut problems);
    let facts = EntryFacts::load(tx, &content.lines, &[]).await?;
    problems.extend(problems_of(&facts, &content, wanted));
    accept(problems)?;
    let issue = wanted == Completeness::Issued;
    let new = NewDocument {
        kind: DocumentKind::JournalEntry,
        number: None,
        source,
        reverses_id: None,
        issue,
        content,
    };
    documents::create(tx, &new).await
}

/// Every problem of an entry that is to be kept; of one to be issued also of its day.
fn problems_of(facts: &EntryFacts, content: &Content, wanted: Completeness) -> Vec<Problem> {
    let mut problems = facts.line_problems(&content.lines, wanted);
    problems.extend(facts.due_problems(content));
    if wanted == Completeness::Issued {
        problems.extend(facts.day_problem("date", content.doc_date));
    }
    problems
}
