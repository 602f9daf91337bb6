//! Statement files: from an upload to bank lines on the review list, and back.
//!
//! A file is read and judged before a change is opened; the change itself is short, a few set-based statements whatever the
//! file's size. A line is known again by its identity (account, the bank's id, amount, day, occurrence among equals): a file
//! that comes twice adds nothing, and one that overlaps adds what is new.

mod compare;
mod file_accounts;
mod import;
mod preview;
mod reading;
pub(crate) mod staging;
mod undo;

use std::fmt;

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

pub use import::statement_import;
pub use preview::{PREVIEW_LINES_MAX, statement_preview};
pub use staging::statement_stage;
pub use undo::{
    DocumentToVoid, StatementUndoPlan, StatementUndone, statement_import_list, statement_undo, statement_undo_plan,
};

/// The most messages that the outcome of an import carries.
pub const MESSAGES_MAX: usize = 10;
/// The most imports that a list shows, newest first.
pub const IMPORTS_SHOWN_MAX: i64 = 100;

/// Where the bytes of a statement file are.
#[derive(Clone, PartialEq, Eq)]
pub enum StatementSource {
    /// Uploaded before, by this person, and kept sealed until it is imported or a day has passed.
    Staged(i64),
    /// At hand.
    Bytes {
        /// What the file is called.
        file_name: String,
        /// All of it.
        bytes: Vec<u8>,
    },
}

/// Shows no byte of the file: it has account numbers in it.
impl fmt::Debug for StatementSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Staged(id) => f.debug_tuple("Staged").field(id).finish(),
            Self::Bytes { file_name, bytes } => f
                .debug_struct("Bytes")
                .field("file_name", file_name)
                .field("length", &bytes.len())
                .finish(),
        }
    }
}

/// Which account of the chart an account of the file is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementChoice {
    /// The file's account: its number as the file writes it, its place as a preview's `key` has it (`#1`), or empty where
    /// the file has only one.
    pub of_file: String,
    /// The account of the chart, of type bank or credit card.
    pub account_id: i64,
}

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StatementImported {
    /// The import, by which it can be undone; none where the file brought no line that was not there.
    pub import_id: Option<i64>,
    /// The bank account of the file's first statement; none where the file only lists accounts.
    pub bank_account_id: Option<i64>,
    /// The counts.
    pub counts: ImportCounts,
}

/// What a file brings. Every line of it is one of new, known and doubtful.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct ImportCounts {
    /// Lines to be reviewed.
    pub new: usize,
    /// Lines that an earlier file brought.
    pub known: usize,
    /// Lines that were not there, and that cannot be accepted as they are.
    pub doubtful: usize,
    /// Errors that the bank reported in place of other statements, 10 at most.
    pub errors: Vec<LineMessage>,
}

/// A message about a line of the file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LineMessage {
    /// The line, counted from 1.
    pub line: u64,
    /// What it is about.
    pub message: String,
}

/// What a staged file would bring, and whether each of its accounts is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StatementPreview {
    /// What the file is called.
    pub file_name: String,
    /// Its accounts that have a statement, in the order of the file.
    pub accounts: Vec<AccountPreview>,
    /// Over all accounts of which it is said which they are.
    pub counts: ImportCounts,
    /// Whether each account is known or chosen, so that the file can be imported.
    pub complete: bool,
}

/// One account of a staged file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AccountPreview {
    /// What names it in a choice: `#1` for the first.
    pub key: String,
    /// The last characters of its number; empty where the file gives none.
    pub mask: String,
    /// What kind of account the file says it is.
    pub kind: &'static str,
    /// The bank's name for it.
    pub description: Option<String>,
    /// The account of the chart, chosen or known by its number; none while nobody said.
    pub account_id: Option<i64>,
    /// That account's number and name.
    pub account: Option<String>,
    /// The last characters of the number that this account had in earlier files, where it is another one: the bank may have
    /// changed it, or the choice is wrong.
    pub other_number: Option<String>,
    /// How many lines the statement has.
    pub line_count: usize,
    /// Its lines, newest first, as many as a page shows.
    pub lines: Vec<LinePreview>,
}

/// One line of a staged file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LinePreview {
    /// The bank's day.
    pub posted_on: Date,
    /// Who was paid or who paid.
    pub name: String,
    /// What the bank says about it.
    pub memo: String,
    /// The decimal as given.
    pub amount_text: String,
    /// Its currency.
    pub currency: String,
    /// Whether an earlier file brought it.
    pub known: bool,
    /// Why it cannot be accepted as it is.
    pub doubt: Option<String>,
}

/// An import as a list shows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StatementImport {
    /// Its id.
    pub id: i64,
    /// What the file was called.
    pub file_name: String,
    /// `ofx_1` or `ofx_2`.
    pub format: String,
    /// The bank accounts whose lines it brought, by the number and name of their accounts.
    pub accounts: String,
    /// Lines it brought to be reviewed.
    pub new_lines: i32,
    /// Lines of the file that were there.
    pub known_lines: i32,
    /// Lines it brought in doubt.
    pub doubtful_lines: i32,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub actor: String,
    /// Whether it was undone.
    pub undone: bool,
}
