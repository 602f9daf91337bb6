//! The list of journal entries.

use ledger::money::Currency;

use super::entry::EntryState;
use crate::forms::FormState;

/// The list, filtered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalListView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the amounts are in.
    pub currency: Currency,
    /// The entries of this page, newest first.
    pub entries: Vec<JournalListRow>,
    /// Each state with the address of the list of it; none is all of them.
    pub states: Vec<(Option<EntryState>, String)>,
    /// The state that is listed.
    pub state: Option<EntryState>,
    /// `from`, `to` and `text` as they were asked for, with messages.
    pub filter: FormState,
    /// Whether anything narrows the list.
    pub is_filtered: bool,
    /// The address of the first page, unless this is it.
    pub first: Option<String>,
    /// The address of the next page, unless this is the last.
    pub next: Option<String>,
    /// The address of the list as CSV.
    pub csv: String,
    /// Whether the balances that the books begin with are entered, which stand on a page of their own.
    pub has_opening: bool,
    /// Whether the person may write entries.
    pub may_write: bool,
}

/// An entry in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalListRow {
    /// Where it is.
    pub href: String,
    /// Its day, as `Oct 31, 2026`.
    pub date: String,
    /// Its number, once issued.
    pub number: Option<String>,
    /// Its note.
    pub memo: Option<String>,
    /// The sum of its debits, minor units.
    pub total: i64,
    /// Where it stands.
    pub state: EntryState,
}
