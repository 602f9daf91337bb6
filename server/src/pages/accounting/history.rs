//! What happened to a document: its revisions, and the changes of its state, from the audit chain.

use std::collections::BTreeMap;

use app::view::accounting::entry::HistoryItem;
use app::view::difference::{Difference, EntryText};
use audit::log::{Entry, Filter};
use books::documents::{Document, Revision, document_revisions};
use books::settlements::settlement_released;
use ledger::money::Currency;

use super::Facts;
use super::released::applied_words;
use super::texts::{self, Saved};
use crate::errors::PageError;
use crate::visitor::Company;

/// Changes of a document's state that are read; it goes forward only, through three of them at most.
const STATES_MAX: u16 = 20;

/// What happened to a document, newest first: each change once, with all it did.
pub(super) async fn history(
    company: &Company,
    facts: &Facts,
    document: &Document,
) -> Result<Vec<HistoryItem>, PageError> {
    let filter = Filter {
        table: Some("document".to_owned()),
        row: Some(document.id.to_string()),
        ..Filter::default()
    };
    let events = audit::log::newest(&company.cx, &filter, STATES_MAX).await?;
    let revisions = document_revisions(&company.cx, document.id).await?;
    let mut items: BTreeMap<i64, HistoryItem> = BTreeMap::new();
    for (revision, before) in revisions.iter().zip(revisions.iter().skip(1).map(Some).chain([None])) {
        let item = item(if revision.version == 1 { "Written" } else { "Changed" });
        let differences = before
            .map(|before| changes(before, revision, facts.currency))
            .unwrap_or_default();
        items.insert(
            revision.change,
            HistoryItem {
                when: facts.moment(revision.at),
                who: revision.actor.clone(),
                role: revision.role.clone(),
                differences,
                ..item
            },
        );
    }
    for event in events {
        let item = items.entry(event.change).or_insert_with(|| HistoryItem {
            when: facts.moment(event.at),
            who: event.actor.clone(),
            role: event.role.clone(),
            ..item("Changed")
        });
        tell_state(item, &event);
        if became(&event, "state").as_deref() == Some("void") {
            let released = settlement_released(&company.cx, document.id, event.change).await?;
            item.differences
                .extend(applied_words(&released, facts.currency).map(no_longer_applied));
        }
    }
    Ok(items.into_values().rev().collect())
}

fn item(what: &str) -> HistoryItem {
    HistoryItem {
        what: what.to_owned(),
        when: String::new(),
        who: String::new(),
        role: String::new(),
        differences: Vec::new(),
    }
}

fn changes(before: &Revision, after: &Revision, currency: Currency) -> Vec<Difference> {
    let text = |revision: &Revision| -> EntryText {
        let saved = Saved {
            date: revision.doc_date,
            reference: revision.reference.as_deref(),
            memo: revision.memo.as_deref(),
            marks: revision.marks,
            lines: &revision.lines,
        };
        texts::of_saved(&saved, currency, |line| line.account.clone())
    };
    text(before).differences(&text(after))
}

/// What was applied to a document and is open again.
fn no_longer_applied(words: String) -> Difference {
    Difference {
        what: "Applied to it".to_owned(),
        before: Some(words),
        after: Some("open again".to_owned()),
    }
}

/// What a field became.
fn became(event: &Entry, field: &str) -> Option<String> {
    let difference = event.differences.iter().find(|difference| difference.field == field)?;
    difference.after.clone()
}

/// Says what an event did to the document's state.
fn tell_state(item: &mut HistoryItem, event: &Entry) {
    let became = |field: &str| became(event, field);
    match became("state").as_deref() {
        Some("issued") => {
            item.what = match became("number") {
                Some(number) => format!("Posted as {number}"),
                None => "Posted".to_owned(),
            }
        }
        Some("draft") => item.what = "Kept as a draft".to_owned(),
        Some("void") => {
            item.what = "Voided".to_owned();
            item.differences.push(Difference {
                what: "Why".to_owned(),
                before: None,
                after: became("void_reason"),
            });
        }
        _ => {}
    }
}
