//! The list of transactions: every document, or the journal's alone.

use ledger::money::Currency;

use super::accounting::entry::EntryState;
use super::lists::{Pages, SortHead};
use crate::components::SelectOption;
use crate::forms::FormState;

/// What the list's form does with the rows that are selected.
pub mod action {
    /// Posts the drafts.
    pub const POST: &str = "post";
    /// Asks whether the entries are to be voided, with what they add up to.
    pub const ASK_VOID: &str = "ask-void";
    /// Voids the entries for one reason.
    pub const VOID: &str = "void";
}

/// The field that says of which selection it was asked.
pub const ASKED: &str = "asked";

/// The question before entries are voided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoidQuestion {
    /// How many and how much: `Void 3 entries of 1,234.00 USD in all?`
    pub words: String,
    /// What of other entries comes loose and is open again; none where nothing is applied.
    pub releases: Option<String>,
    /// The selection that it is about, as it comes back with the answer.
    pub asked: String,
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
    /// What fits, and the pages beside this one.
    pub pages: Pages,
    /// The address of the list as CSV.
    pub csv: String,
    /// The list's own address: where what is done with the selected rows is posted.
    pub address: String,
    /// The address of the same page with all its rows selected, or with none.
    pub select_all: String,
    /// What is done with the selected rows: its key, what is selected, the reason, messages.
    pub selection: FormState,
    /// The question whether what is selected is to be voided, once somebody asked for it.
    pub question: Option<VoidQuestion>,
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

    /// The value of its check box: its id and the version that is shown. None where it can be neither posted nor voided.
    pub fn select_value(&self) -> Option<String> {
        let can_be = self.is_entry && self.state != EntryState::Void;
        can_be.then(|| format!("{}.{}", self.id, self.version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_selected_in_the_version_that_is_shown_and_a_void_one_is_not() {
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
        assert_eq!(row.select_value().as_deref(), Some("17.3"));
        let void = TransactionRow {
            state: EntryState::Void,
            ..row.clone()
        };
        assert_eq!(void.select_value(), None);
        let expense = TransactionRow { is_entry: false, ..row };
        assert_eq!(expense.select_value(), None);
    }
}
