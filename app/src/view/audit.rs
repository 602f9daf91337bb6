//! The audit log: who did what, when, and what it changed.

use super::lists::Pages;
use crate::components::SelectOption;
use crate::forms::FormState;
use crate::view::difference::Difference;

/// A change with more events shows how many of what, and the events on demand.
const EVENTS_AT_ONCE: usize = 12;

/// What the page posts.
pub const VERIFY: &str = "verify";

/// The page of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditView {
    /// The company's name in addresses.
    pub slug: String,
    /// Where the chain stands.
    pub head: HeadView,
    /// The form of the verification.
    pub verify: FormState,
    /// What a verification just said.
    pub verdict: Option<Verdict>,
    /// The recorded tables, by their plain names.
    pub tables: Vec<SelectOption>,
    /// What was done, to choose from.
    pub actions: Vec<SelectOption>,
    /// `table`, `person`, `change`, `from` and `to` as they were asked for, with messages; the row, where the list is one row's history.
    pub filter: FormState,
    /// What the filters carry on that they do not show.
    pub carried: Vec<(&'static str, String)>,
    /// Whether anything narrows the log, or it is not its first page.
    pub is_filtered: bool,
    /// The orders to choose from, each with its address and whether it is this one.
    pub orders: Vec<(&'static str, String, bool)>,
    /// The changes of this page, in that order.
    pub changes: Vec<ChangeView>,
    /// What fits, and the pages beside this one.
    pub pages: Pages,
    /// The address of the log as CSV.
    pub csv: String,
}

/// The head of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadView {
    /// The last event's number.
    pub seq: String,
    /// The last change's number.
    pub change: String,
    /// The last link, in hexadecimal digits.
    pub hash: String,
}

/// What a verification said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the record holds.
    pub holds: bool,
    /// What was checked, or what was found, a sentence a line.
    pub sentences: Vec<String>,
}

/// What one request changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeView {
    /// Its number.
    pub change: i64,
    /// When, in the company's time zone.
    pub when: String,
    /// Who.
    pub who: String,
    /// As what: a role, or `operator`.
    pub role: String,
    /// What happened to which rows, newest first.
    pub events: Vec<EventView>,
}

impl ChangeView {
    /// How many events of what kind, where there are too many to show at once: `20 postings, 1 document`.
    pub fn summary(&self) -> Option<String> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for event in &self.events {
            match counts.iter_mut().find(|(kind, _)| *kind == event.kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((&event.kind, 1)),
            }
        }
        let words: Vec<String> = counts
            .into_iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        (self.events.len() > EVENTS_AT_ONCE).then(|| format!("{} events: {}", self.events.len(), words.join(", ")))
    }
}

/// What happened to one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventView {
    /// Its number in the chain.
    pub seq: i64,
    /// `added`, `changed`, `removed`, …
    pub action: &'static str,
    /// The row's table in plain words: `Document line`.
    pub kind: String,
    /// What the row is: `Document line 12`.
    pub row: String,
    /// What it is about, where a few words say it: an account's name, a line's amount.
    pub about: Option<String>,
    /// All that ever happened to this row.
    pub row_history: String,
    /// What it changed.
    pub differences: Vec<Difference>,
}

impl EventView {
    /// Whether it is worth showing at once: a change of something is, a row that came with all its fields is not.
    pub fn is_short(&self) -> bool {
        self.action == "changed"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_change_is_counted_by_kind_and_a_short_one_is_not() {
        let event = |kind: &str| EventView {
            seq: 1,
            action: "added",
            kind: kind.to_owned(),
            row: format!("{kind} 1"),
            about: None,
            row_history: String::new(),
            differences: Vec::new(),
        };
        let mut change = ChangeView {
            change: 2,
            when: String::new(),
            who: String::new(),
            role: String::new(),
            events: vec![event("Posting"); EVENTS_AT_ONCE],
        };
        assert_eq!(change.summary(), None);
        change.events.push(event("Document"));
        assert_eq!(change.summary().as_deref(), Some("13 events: Posting 12, Document 1"));
    }
}
