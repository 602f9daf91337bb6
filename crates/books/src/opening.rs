//! The opening entry: the trial balance a company brings along, dated the day before its books begin. Receivable and payable
//! amounts come by customer and vendor, each an open item with its due date. A company has one live opening entry.

mod parse;
mod status;

use ledger::accounts::AccountType;
use ledger::dates::format_date;
use ledger::money::sum_checked;
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::Date;

use crate::contacts::{self, ContactKind};
use crate::documents::{self, Content, ContentLine, DocumentKind, Marks, NewDocument, Source, Written};
use crate::entry_facts::{Completeness, EntryFacts};
use crate::fields::accept;
use crate::live::LiveDocument;
use crate::{Error, Problem};

pub use parse::{LineProblem, OPENING_FILE_BYTES_MAX, OpeningFile, opening_parse};
pub use status::{OpeningEntry, OpeningStatus, opening_status};

/// The balances to begin with, typed or read from a file.
///
/// Problems are at `lines`, or at `lines.N.account`, `contact`, `amount` or `due`, where N is the line's place, counted from 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpeningInput {
    /// The balances, 500 lines at most.
    pub lines: Vec<OpeningLine>,
    /// Whether the amount by which debits and credits differ goes to Opening Balance Equity; else they must be equal.
    pub difference_to_equity: bool,
}

/// One balance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpeningLine {
    /// The account.
    pub account_id: i64,
    /// The customer's or vendor's name, on receivable and payable accounts and only there. One that is not known yet is added.
    pub contact: Option<String>,
    /// Minor units, debit positive.
    pub amount: i64,
    /// When it is due, on receivable and payable accounts and only there; the entry's own day when it is not said.
    pub due_on: Option<Date>,
}

/// Keeps the opening entry: a new one where `version` is none, else the next version of the live one, of which only the postings
/// that differ are made anew.
///
/// # Errors
/// `Invalid` where [`OpeningInput`] says, and at `date` when the day before the books is locked or the day the books begin is not
/// set; `Stale` when there is a live entry of another version; `NotFound` when there is none.
pub async fn opening_save(
    cx: &Cx,
    input: &OpeningInput,
    version: Option<i32>,
    key: &RequestKey,
) -> Result<Written, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let live = live_entry(&mut tx).await?;
    match (&live, version) {
        (Some(live), version) => live.seen(version.unwrap_or_default())?,
        (None, Some(_)) => return Err(Error::NotFound("the opening entry")),
        (None, None) => {}
    }
    let mut problems = Vec::new();
    let content = typed_content(&mut tx, input, live.as_ref(), &mut problems).await?;
    let facts = EntryFacts::load(&mut tx, &content.lines, &untouched_accounts(live.as_ref(), &content)).await?;
    problems.extend(facts.line_problems(&content.lines, Completeness::Issued));
    if live.as_ref().is_none_or(|live| !live.posts_the_same_as(&content)) {
        problems.extend(facts.lock_problem("date", content.doc_date));
    }
    let written = match live {
        None => {
            accept(problems)?;
            let new = NewDocument {
                kind: DocumentKind::OpeningEntry,
                number: None,
                source: Source::Person,
                reverses_id: None,
                issue: true,
                content,
            };
            documents::create(&mut tx, &new).await?
        }
        Some(live) if live.content == content && problems.is_empty() => live.unchanged(),
        Some(live) => {
            problems.extend(facts.revision_problems(&mut tx, &live, &content).await?);
            accept(problems)?;
            documents::revise(&mut tx, live.id, live.version, &content).await?
        }
    };
    tx.commit(&written).await?;
    Ok(written)
}

/// Voids the opening entry, so that another can be made or the day the books begin can move.
///
/// # Errors
/// `Invalid` at `reason`, or at `date` when its day is locked; `Stale`; `NotFound` when there is none.
pub async fn opening_void(cx: &Cx, version: i32, reason: &str, key: &RequestKey) -> Result<Written, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let live = live_entry(&mut tx).await?.ok_or(Error::NotFound("the opening entry"))?;
    live.seen(version)?;
    let facts = EntryFacts::load(&mut tx, &[], &[]).await?;
    accept(facts.lock_problem("date", live.day()).into_iter().collect())?;
    let written = documents::void(&mut tx, live.id, version, live.day(), reason).await?;
    tx.commit(&written).await?;
    Ok(written)
}

async fn live_entry(tx: &mut TenantTx<Write>) -> Result<Option<LiveDocument>, Error> {
    let id = sqlx::query_scalar!("select id from document where kind = 'opening_entry' and state <> 'void'")
        .fetch_optional(&mut **tx)
        .await?;
    match id {
        Some(id) => Ok(Some(LiveDocument::load(tx, DocumentKind::OpeningEntry, id).await?)),
        None => Ok(None),
    }
}

/// What the input says as the document's content: contacts found or added, the difference on its account where that was asked for,
/// and the numbers that the same balances have in the live revision.
async fn typed_content(
    tx: &mut TenantTx<Write>,
    input: &OpeningInput,
    live: Option<&LiveDocument>,
    problems: &mut Vec<Problem>,
) -> Result<Content, Error> {
    let typed: Vec<ContentLine> = input.lines.iter().map(without_contact).collect();
    let facts = EntryFacts::load(tx, &typed, &[]).await?;
    let Some(date) = facts.books_begin_on.and_then(Date::previous_day) else {
        return Err(Error::at(
            "date",
            "Say in the settings on which day the books begin. The opening entry is dated the day before.",
        ));
    };
    let lines = with_contacts(tx, &facts, input, problems).await?;
    let mut content = numbered(date, lines, live);
    if input.difference_to_equity {
        // First what is wrong with the lines as typed, because the difference may take the place of one.
        let facts = EntryFacts::load(tx, &content.lines, &untouched_accounts(live, &content)).await?;
        let of_typed = facts
            .line_problems(&content.lines, Completeness::Issued)
            .into_iter()
            .filter(|problem| problem.field != "lines");
        problems.extend(of_typed);
        accept(std::mem::take(problems))?;
        add_difference(tx, &mut content.lines).await?;
        content = numbered(date, content.lines, live);
    }
    Ok(content)
}

fn untouched_accounts(live: Option<&LiveDocument>, content: &Content) -> Vec<i64> {
    live.map(|live| live.untouched_accounts(content)).unwrap_or_default()
}

fn without_contact(line: &OpeningLine) -> ContentLine {
    ContentLine {
        line_no: None,
        account_id: line.account_id,
        contact_id: None,
        description: String::new(),
        amount: line.amount,
        due_on: line.due_on,
    }
}

/// The lines with their customers and vendors, who are added where they are new.
async fn with_contacts(
    tx: &mut TenantTx<Write>,
    facts: &EntryFacts,
    input: &OpeningInput,
    problems: &mut Vec<Problem>,
) -> Result<Vec<ContentLine>, Error> {
    let mut lines = Vec::with_capacity(input.lines.len());
    for (n, typed) in input.lines.iter().enumerate() {
        let kind = match facts.account_type(typed.account_id) {
            Some(AccountType::AccountsReceivable) => Some(ContactKind::Customer),
            Some(AccountType::AccountsPayable) => Some(ContactKind::Vendor),
            _ => None,
        };
        let name = typed.contact.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let mut line = without_contact(typed);
        match (kind, name) {
            (Some(kind), Some(name)) => match contacts::find_or_create(tx, name, kind).await {
                Ok(id) => line.contact_id = Some(id),
                Err(Error::Invalid(of_name)) => problems.extend(
                    of_name
                        .into_iter()
                        .map(|problem| Problem::at(format!("lines.{n}.contact"), problem.message)),
                ),
                Err(other) => return Err(other),
            },
            (None, Some(_)) => problems.push(Problem::at(
                format!("lines.{n}.contact"),
                "Only receivable and payable amounts are with somebody. Leave this empty.",
            )),
            (_, None) => {}
        }
        if kind.is_none() && typed.due_on.is_some() {
            problems.push(Problem::at(
                format!("lines.{n}.due"),
                "Only receivable and payable amounts are due. Leave this empty.",
            ));
        }
        lines.push(line);
    }
    Ok(lines)
}

/// Puts the amount by which debits and credits differ on Opening Balance Equity: onto its line, or onto a new last one.
async fn add_difference(tx: &mut TenantTx<Write>, lines: &mut Vec<ContentLine>) -> Result<(), Error> {
    let account_id = sqlx::query_scalar!("select id from account where role = 'opening_balance_equity'")
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("Opening Balance Equity"))?;
    let others = lines
        .iter()
        .filter(|line| line.account_id != account_id)
        .map(|line| line.amount);
    let missing = sum_checked(others)
        .ok()
        .and_then(i64::checked_neg)
        .ok_or_else(|| Error::at("lines", "The amounts are too large to add up."))?;
    lines.retain(|line| line.account_id != account_id);
    if missing != 0 {
        lines.push(ContentLine {
            line_no: None,
            account_id,
            contact_id: None,
            description: String::new(),
            amount: missing,
            due_on: None,
        });
    }
    Ok(())
}

/// The content, its lines under the numbers that the same balances have in the live revision: first those equal in all, then
/// those of the same account and contact.
fn numbered(date: Date, mut lines: Vec<ContentLine>, live: Option<&LiveDocument>) -> Content {
    let mut free: Vec<&ContentLine> = live.map(|live| live.content.lines.iter().collect()).unwrap_or_default();
    free.retain(|before| !lines.iter().any(|line| line.line_no == before.line_no));
    for line in &mut lines {
        line.due_on = line.due_on.filter(|due_on| *due_on != date);
    }
    type Same = fn(&ContentLine, &ContentLine) -> bool;
    let same_balance: Same = |a, b| a.account_id == b.account_id && a.contact_id == b.contact_id;
    let same_in_all: Same =
        |a, b| (a.account_id, a.contact_id, a.amount, a.due_on) == (b.account_id, b.contact_id, b.amount, b.due_on);
    for same in [same_in_all, same_balance] {
        for line in lines.iter_mut().filter(|line| line.line_no.is_none()) {
            if let Some(at) = free.iter().position(|before| same(before, line)) {
                line.line_no = free.remove(at).line_no;
            }
        }
    }
    Content {
        doc_date: date,
        contact_id: None,
        reference: None,
        memo: Some(format!("Balances on {}", format_date(date))),
        marks: Marks::default(),
        lines,
    }
}
