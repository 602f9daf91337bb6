//! Reversing an entry: the same lines the other way round, on another day.

use ledger::dates::format_date;
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::Date;

use super::{JournalInput, create};
use crate::documents::{self, Content, ContentLine, DocumentKind, DocumentState, Marks, NewDocument, Source, Written};
use crate::entry_facts::{Completeness, EntryFacts};
use crate::fields::accept;
use crate::live::LiveDocument;
use crate::{Error, Problem, fiscal_years};

/// Issues a new entry on the day `date` with the lines of an issued one the other way round, linked to it. What the two leave open
/// of a customer or vendor is settled against each other.
///
/// # Errors
/// `Invalid` at `date`, or of the form when the entry is not issued, was reversed already, or something is applied to it;
/// `NotFound`.
pub async fn journal_reverse(cx: &Cx, id: i64, date: Date, key: &RequestKey) -> Result<Written, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let written = reverse_in(&mut tx, id, date, "date", Source::Person).await?;
    tx.commit(&written).await?;
    Ok(written)
}

/// Issues a new entry and, in the same change, its reversal on the day `reverse_on`: an accrual that is over when the next period
/// begins. Gives the entry.
///
/// # Errors
/// `Invalid` where [`JournalInput`] says, and at `reverse_on`; nothing is written then.
pub async fn journal_create_reversing(
    cx: &Cx,
    input: &JournalInput,
    reverse_on: Date,
    key: &RequestKey,
) -> Result<Written, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let written = create(&mut tx, input, Source::Person, Completeness::Issued).await?;
    reverse_in(&mut tx, written.id, reverse_on, "reverse_on", Source::Person).await?;
    tx.commit(&written).await?;
    Ok(written)
}

/// Reverses an issued entry in a change that the caller opened. What is wrong with the day stands at `field`.
pub(crate) async fn reverse_in(
    tx: &mut TenantTx<Write>,
    id: i64,
    date: Date,
    field: &str,
    source: Source,
) -> Result<Written, Error> {
    let live = LiveDocument::load(tx, DocumentKind::JournalEntry, id).await?;
    if live.state != DocumentState::Issued {
        return Err(Error::of_form("Only an issued entry can be reversed."));
    }
    if let Some(number) = live.reversed_by {
        return Err(Error::of_form(format!("{number} reverses this already.")));
    }
    let facts = EntryFacts::load(tx, &[], &[]).await?;
    let mut problems: Vec<Problem> = facts.day_problem(field, date).into_iter().collect();
    if date < live.day() {
        problems.push(Problem::at(
            field,
            format!(
                "The entry is dated {}. Choose that day or a later one.",
                format_date(live.day())
            ),
        ));
    }
    // What a reversal leaves open is settled against what it reversed; reversing it again opens that amount anew.
    let is_first = live.reverses.is_none();
    if is_first {
        problems.extend(facts.applied_problem(tx, id).await?);
    }
    accept(problems)?;
    let number = live.number.clone().unwrap_or_default();
    let marks = Marks {
        adjusting: live.content.marks.adjusting && is_same_year(tx, live.day(), date).await?,
        // The cash basis leaves out both or neither.
        accrual_only: live.content.marks.accrual_only,
    };
    let content = Content {
        doc_date: date,
        memo: Some(format!("Reversal of {number}")),
        marks,
        lines: live.content.lines.into_iter().map(reversed).collect(),
        ..live.content
    };
    let new = NewDocument {
        kind: DocumentKind::JournalEntry,
        number: None,
        source,
        reverses_id: Some(id),
        issue: true,
        content,
    };
    let written = documents::create(tx, &new).await?;
    if is_first {
        settle_pair(tx, id, written.id, date).await?;
    }
    Ok(written)
}

/// Whether two days lie in one fiscal year. There a reversal takes an adjustment back, and without its mark the unadjusted trial balance
/// would lack the one and hold the other. In a later year it undoes what the year before closed with, and adjusts nothing itself.
async fn is_same_year(tx: &mut TenantTx<Write>, day: Date, other: Date) -> Result<bool, Error> {
    Ok(fiscal_years::load(tx).await?.year_of(day).contains(other))
}

/// Settles what an entry left open against what its reversal leaves open, line by line: together they owe nothing.
async fn settle_pair(tx: &mut TenantTx<Write>, reversed: i64, reversal: i64, on: Date) -> Result<(), Error> {
    let change = tx.change();
    sqlx::query!(
        "with leg as (
             select p.document_id, l.position, p.open_item_id as item, p.amount from posting p
             join revision r on r.document_id = p.document_id and r.retired_in is null
             join document_line l on l.revision_id = r.id and l.line_no = p.line_no
             where p.document_id in ($1, $2) and p.retired_in is null and p.open_item_id is not null
         )
         insert into settlement (debit_item_id, credit_item_id, amount, applied_on, made_in)
         select case when a.amount > 0 then a.item else b.item end, case when a.amount > 0 then b.item else a.item end, abs(a.amount), $3, $4
         from leg a join leg b on b.position = a.position and b.amount = -a.amount
         where a.document_id = $1 and b.document_id = $2 order by a.position",
        reversed,
        reversal,
        on,
        change
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The line the other way round, due at once. Issued amounts can be negated: their sums were checked.
fn reversed(line: ContentLine) -> ContentLine {
    ContentLine {
        line_no: None,
        amount: -line.amount,
        due_on: None,
        ..line
    }
}
