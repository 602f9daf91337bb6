//! One document of the ledger, whole: what it is, its lines, its postings, its history, and what can be done with it.

use ledger::money::Currency;

use crate::components::Tone;
use crate::forms::FormState;
use crate::view::difference::Difference;

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryState {
    /// Being prepared: no number, nothing posted.
    Draft,
    /// Numbered and posted.
    Posted,
    /// Taken back; keeps its number.
    Void,
}

impl EntryState {
    /// All of them, in the order a person goes through them.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Posted, Self::Void];

    /// The name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Posted => "posted",
            Self::Void => "void",
        }
    }

    /// The name people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Posted => "Posted",
            Self::Void => "Void",
        }
    }

    /// The state of this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// What its tag looks like.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Draft => Tone::Warn,
            Self::Posted => Tone::Good,
            Self::Void => Tone::Plain,
        }
    }
}

/// What the page of an entry posts.
pub mod action {
    /// Issues the draft.
    pub const POST: &str = "post";
    /// Voids the entry, or gives the draft up.
    pub const VOID: &str = "void";
    /// Reverses the entry.
    pub const REVERSE: &str = "reverse";
}

/// A link: its text and its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is read.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// The page of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the amounts are in.
    pub currency: Currency,
    /// `Journal entry JE-12`.
    pub title: String,
    /// Where it stands.
    pub state: EntryState,
    /// Its day.
    pub date: String,
    /// Somebody else's number.
    pub reference: Option<String>,
    /// Its note.
    pub memo: Option<String>,
    /// What is marked on it, in words.
    pub marks: Option<String>,
    /// The template that it was made of.
    pub template: Option<Link>,
    /// Why it was voided.
    pub void_reason: Option<String>,
    /// The day it is taken back on, where it is void and a lock covered its own day: it counts until then.
    pub counts_until: Option<String>,
    /// The entry that this one reverses.
    pub reverses: Option<Link>,
    /// The entry that reverses this one.
    pub reversed_by: Option<Link>,
    /// Its lines in order.
    pub lines: Vec<EntryLine>,
    /// The sum of its debits, minor units.
    pub total: i64,
    /// What it posts now.
    pub postings: Vec<EntryPosting>,
    /// Who did what to it, newest first.
    pub history: Vec<HistoryItem>,
    /// What the person may do with it.
    pub actions: EntryActions,
}

impl EntryView {
    /// What its state means for the books.
    pub fn state_words(&self) -> String {
        match (self.state, &self.counts_until) {
            (EntryState::Draft, _) => {
                "Not in the books yet: it gets its number, and counts in reports, when it is posted.".to_owned()
            }
            (EntryState::Posted, _) => {
                "In the books. A change keeps every earlier version; nothing is erased.".to_owned()
            }
            (EntryState::Void, None) => {
                "Taken back: it keeps its number and its history, and counts for nothing.".to_owned()
            }
            (EntryState::Void, Some(day)) => format!(
                "Taken back on {day}, because the books were locked through its own day: it counts until then. It keeps its \
                number and its history."
            ),
        }
    }
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLine {
    /// The account, and the lines on it.
    pub account: Link,
    /// The customer or vendor.
    pub contact: Option<String>,
    /// The line's words.
    pub description: String,
    /// When its open item is due.
    pub due: Option<String>,
    /// Minor units, debit positive.
    pub amount: i64,
}

/// A live posting of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryPosting {
    /// Its day.
    pub date: String,
    /// The account, and the lines on it.
    pub account: Link,
    /// Minor units, debit positive.
    pub amount: i64,
    /// Whether a bank line is matched to it.
    pub is_matched: bool,
}

/// What somebody did to it in one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryItem {
    /// What was done: `Posted as JE-12`.
    pub what: String,
    /// When, in the company's time zone.
    pub when: String,
    /// Who.
    pub who: String,
    /// As what.
    pub role: String,
    /// What it changed.
    pub differences: Vec<Difference>,
}

/// What the person may do with the entry; what is none is not drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryActions {
    /// The form to change it.
    pub edit: Option<Link>,
    /// A new entry with the same lines.
    pub copy: Option<String>,
    /// A new template with the same lines.
    pub make_template: Option<String>,
    /// Issuing the draft.
    pub post: Option<FormState>,
    /// Voiding it: `reason`, and `on` where a lock covers it.
    pub void: Option<VoidForm>,
    /// Reversing it on `date`.
    pub reverse: Option<FormState>,
    /// Where else it is changed, in a sentence, and the way there.
    pub elsewhere: Option<(String, Link)>,
}

/// The form that voids an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoidForm {
    /// What is in the form.
    pub form: FormState,
    /// The last locked day, where a lock covers the entry: then it is reversed on a later day.
    pub locked_through: Option<String>,
    /// What of other documents is applied to it and becomes open again, in a sentence.
    pub releases: Option<String>,
}

/// What somebody else saved while a person was editing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictView {
    /// `Priya saved version 3 on Oct 31, 2026, 9:14 AM`.
    pub what: String,
    /// What is saved now, and what the form says instead.
    pub differences: Vec<Difference>,
    /// Where what is saved now can be edited: what was typed is given up.
    pub discard: String,
}
