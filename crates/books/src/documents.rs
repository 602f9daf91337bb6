//! Documents: the one way in which anything that touches money is written, revised, issued and voided.
//!
//! A document's lines carry signed amounts, debit positive, and add up to zero once it is issued. Each line posts once, on the
//! document's date. What a kind of document means (which side is the bank, which the category) is for the module that makes it.

mod history;
mod lines;
mod list;
mod read;
mod write;
mod write_many;

use serde::{Deserialize, Serialize};
use time::Date;

pub use history::{REVISION_LIST_MAX, Revision, document_revisions};
pub use list::{
    DOCUMENT_PAGE_MAX, DOCUMENT_TOTALS_MAX, DocumentFilter, DocumentRow, DocumentSort, Whom, document_list,
    document_totals,
};
pub use read::{Document, DocumentLine, DocumentState, LivePosting, OfTemplate, document_get, document_names};
pub(crate) use write::{create, issue, revise, void};
pub(crate) use write_many::create_many;

/// Most lines of a document, of every kind.
pub const LINES_MAX: usize = ledger::entry::MAX_ENTRY_LINES;

/// The kinds that exist today.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A journal entry, numbered without gaps.
    JournalEntry,
    /// The balances a company begins with.
    OpeningEntry,
    /// Money out of a bank or card account.
    Expense,
    /// Money into a bank account.
    BankDeposit,
    /// Money between two of the company's own accounts.
    Transfer,
}

impl DocumentKind {
    /// All of them, in the order in which people choose.
    pub const ALL: [Self; 5] = [
        Self::JournalEntry,
        Self::OpeningEntry,
        Self::Expense,
        Self::BankDeposit,
        Self::Transfer,
    ];

    /// The text that the database holds.
    pub fn code(self) -> &'static str {
        match self {
            Self::JournalEntry => "journal_entry",
            Self::OpeningEntry => "opening_entry",
            Self::Expense => "expense",
            Self::BankDeposit => "bank_deposit",
            Self::Transfer => "transfer",
        }
    }

    /// What people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::JournalEntry => "Journal entry",
            Self::OpeningEntry => "Opening entry",
            Self::Expense => "Expense",
            Self::BankDeposit => "Deposit",
            Self::Transfer => "Transfer",
        }
    }

    /// The kind of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Where a document came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// Typed by a person.
    Person,
    /// Brought by an import, with its number as text.
    Import,
    /// Made by coding a bank line.
    BankLine,
    /// Made by a recurring template when it was due.
    Template,
}

impl Source {
    fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Import => "import",
            Self::BankLine => "bank_line",
            Self::Template => "template",
        }
    }
}

/// What an accountant marks on an entry. Marks post nothing, so that they can change in a locked period too.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Marks {
    /// An adjusting entry stands in the trial balance's own columns.
    pub adjusting: bool,
    /// An accrual-only entry is left out of the cash basis.
    pub accrual_only: bool,
}

impl Marks {
    /// As rows hold them: true or nothing.
    fn columns(self) -> [Option<bool>; 2] {
        [self.adjusting, self.accrual_only].map(|mark| mark.then_some(true))
    }

    /// From a row.
    pub(crate) fn of(adjusting: Option<bool>, accrual_only: Option<bool>) -> Self {
        Self {
            adjusting: adjusting.unwrap_or_default(),
            accrual_only: accrual_only.unwrap_or_default(),
        }
    }
}

/// What a document says in one revision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Content {
    /// The day it is posted on.
    pub doc_date: Date,
    /// The one it is with, where the whole document is with one.
    pub contact_id: Option<i64>,
    /// Somebody else's number: a check's, a vendor's.
    pub reference: Option<String>,
    /// A note for those who read the books.
    pub memo: Option<String>,
    /// What an accountant marks on it.
    pub marks: Marks,
    /// 1 to 500 lines, in the order a person sees.
    pub lines: Vec<ContentLine>,
}

/// One line of a revision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContentLine {
    /// The line's number in earlier revisions; none for a new line.
    pub line_no: Option<i32>,
    /// The account.
    pub account_id: i64,
    /// The customer or vendor; required on receivable and payable accounts.
    pub contact_id: Option<i64>,
    /// The line's words.
    pub description: String,
    /// Minor units, debit positive. Zero posts nothing.
    pub amount: i64,
    /// When a receivable or payable leg is due; the document's date where it does not say.
    pub due_on: Option<Date>,
}

/// A document that was just written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Written {
    /// Its id.
    pub id: i64,
    /// Its number, once issued.
    pub number: Option<String>,
    /// The live revision's number: the version that a form is made from.
    pub version: i32,
}

/// A document to be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewDocument {
    /// What it is.
    pub kind: DocumentKind,
    /// Its number where it comes with one (imports only).
    pub number: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// The document it reverses.
    pub reverses_id: Option<i64>,
    /// Whether it is issued at once or kept as a draft, which posts nothing and takes no number.
    pub issue: bool,
    /// What it says.
    pub content: Content,
}
