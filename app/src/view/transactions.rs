//! The list of transactions: every document, or the journal's alone.

use ledger::money::Currency;

use super::accounting::entry::EntryState;
use crate::components::SelectOption;
use crate::forms::FormState;

/// The field of a row's check box; its value is the document's id and version, as `17.2`.
pub const SELECT: &str = "select";

/// What the list's form does with the rows that are selected.
pub mod action {
    /// Posts the drafts.
    pub const POST: &str = "post";
    /// Voids the entries for one reason.
    pub const VOID: &str = "void";
}

/// Which documents a page lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every kind.
    All,
    /// Journal entries.
    Journal,
}

impl Scope {
    /// The page's title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::All => "Transactions",
            Self::Journal => "Journal",
        }
    }

    /// The page's address.
    pub fn path(self, slug: &str) -> String {
        match self {
            Self::All => format!("/c/{slug}/transactions"),
            Self::Journal => format!("/c/{slug}/accounting/journal"),
        }
    }

    /// One of them, and several.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::All => ("transaction", "transactions"),
            Self::Journal => ("entry", "entries"),
        }
    }
}

/// The head of a column that sorts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortHead {
    /// The list sorted by it, or the other way round where it is already.
    pub href: String,
    /// `ascending` or `descending` where the list is sorted by it now.
    pub sorted: Option<&'static str>,
}

/// The heads, in the order of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortHeads {
    /// The day.
    pub date: SortHead,
    /// The number.
    pub number: SortHead,
    /// The customer or vendor.
    pub name: SortHead,
    /// The total.
    pub amount: SortHead,
}

/// The list, filtered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionListView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the amounts are in.
    pub currency: Currency,
    /// Which documents.
    pub scope: Scope,
    /// The documents of this page.
    pub rows: Vec<TransactionRow>,
    /// Each state with the address of the list of it; none is all of them.
    pub states: Vec<(Option<EntryState>, String)>,
    /// The state that is listed.
    pub state: Option<EntryState>,
    /// The kinds to choose from.
    pub kinds: Vec<SelectOption>,
    /// What the account field offers.
    pub accounts: Vec<crate::forms::Choice>,
    /// The filters as they were asked for, with messages.
    pub filter: FormState,
    /// Whether a filter is set that stands under More.
    pub has_more_filters: bool,
    /// What the filters carry on that they do not show: state and sort.
    pub carried: Vec<(&'static str, String)>,
    /// The heads.
    pub heads: SortHeads,
    /// Whether anything narrows the list, or it is not its first page.
    pub is_filtered: bool,
    /// `1,204 entries, 1,234.50 USD`.
    pub totals: String,
    /// The address of the first page, unless this is it.
    pub first: Option<String>,
    /// The address of the page before this one, unless this is the first.
    pub previous: Option<String>,
    /// The address of the next page, unless this is the last.
    pub next: Option<String>,
    /// The address of the list as CSV.
    pub csv: String,
    /// The list's own address: where what is done with the selected rows is posted.
    pub address: String,
    /// The address of the same page with all its rows selected, or with none.
    pub select_all: String,
    /// What is done with the selected rows: its key, what is selected, the reason, messages.
    pub selection: FormState,
    /// What was just done, in a sentence.
    pub done: Option<String>,
    /// Whether the balances that the books begin with are entered, which stand on a page of their own.
    pub has_opening: bool,
    /// Whether the person may write entries.
    pub may_write: bool,
}

/// A document in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionRow {
    /// Its id.
    pub id: i64,
    /// The version that is shown.
    pub version: i32,
    /// Where it is.
    pub href: String,
    /// Its day, as `Oct 31, 2026`.
    pub date: String,
    /// What it is: `Journal entry`.
    pub kind: &'static str,
    /// Its number, once issued.
    pub number: Option<String>,
    /// Somebody else's number.
    pub reference: Option<String>,
    /// The customer or vendor it is with.
    pub contact: Option<String>,
    /// Its note, or a line's words.
    pub words: Option<String>,
    /// The sum of its debits, minor units.
    pub total: i64,
    /// Where it stands.
    pub state: EntryState,
    /// Whether it is marked as adjusting.
    pub is_adjusting: bool,
    /// Whether it can be posted or voided from the list.
    pub is_entry: bool,
}

impl TransactionRow {
    /// What its link reads: its number, or that it is a draft.
    pub fn name(&self) -> String {
        match (&self.number, self.state) {
            (Some(number), _) => number.clone(),
            (None, EntryState::Draft) => "Draft".to_owned(),
            (None, _) => self.kind.to_owned(),
        }
    }

    /// The value of its check box.
    pub fn select_value(&self) -> String {
        format!("{}.{}", self.id, self.version)
    }

    /// Where a message about it stands.
    pub fn select_field(&self) -> String {
        format!("{SELECT}.{}", self.id)
    }
}

impl TransactionListView {
    /// Whether a row's box is checked.
    pub fn is_selected(&self, row: &TransactionRow) -> bool {
        is_among(&self.selection, row.id)
    }
}

/// Whether a document is selected, in whatever version.
fn is_among(selection: &FormState, id: i64) -> bool {
    let id = id.to_string();
    let mut selected = selection.values(SELECT);
    selected.any(|value| value.split_once('.').map_or(value, |(of, _)| of) == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_stays_selected_when_somebody_made_a_newer_version_of_it() {
        let row = TransactionRow {
            id: 17,
            version: 3,
            href: String::new(),
            date: String::new(),
            kind: "Journal entry",
            number: None,
            reference: None,
            contact: None,
            words: None,
            total: 0,
            state: EntryState::Draft,
            is_adjusting: false,
            is_entry: true,
        };
        assert_eq!(row.name(), "Draft");
        assert_eq!(row.select_value(), "17.3");
        let selection = FormState::new("k").with(SELECT, "17.2").with(SELECT, "171.1");
        assert!(is_among(&selection, row.id));
        assert!(!is_among(&selection, 1));
    }
}
