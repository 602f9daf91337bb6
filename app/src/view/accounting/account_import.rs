//! A chart of accounts from a file: what it would do.

use super::account::Moves;
use crate::forms::FormState;

/// What the page of the import posts.
pub mod action {
    /// Reads the file and shows what it would do.
    pub const READ: &str = "read";
    /// Records what was shown.
    pub const IMPORT: &str = "import";
}

/// The names of the form's fields.
pub mod field {
    /// The file that is chosen.
    pub const FILE: &str = "file";
    /// The text that is pasted.
    pub const PASTED: &str = "pasted";
    /// The text of the file that is shown.
    pub const TEXT: &str = "text";
    /// What somebody saw of it.
    pub const SEEN: &str = "seen";
    /// Whether somebody agreed to what moves in locked periods.
    pub const MOVES_LOCKED: &str = "moves_locked";
}

/// The page of the import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountImportView {
    /// The company's name in addresses.
    pub slug: String,
    /// What is in the form.
    pub form: FormState,
    /// What the file would do, once one was read.
    pub preview: Option<ImportPreview>,
}

/// What a file would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportPreview {
    /// Its lines: those that do something or are left out first.
    pub rows: Vec<ImportRow>,
    /// How many accounts it adds.
    pub new: usize,
    /// How many it changes.
    pub changed: usize,
    /// How many are there as it says.
    pub same: usize,
    /// How many lines are left out.
    pub refused: usize,
    /// The file's text.
    pub text: String,
    /// What somebody saw of it.
    pub seen: String,
    /// What moves to another part of the statement of cash flows, where anything does.
    pub moves: Option<Moves>,
}

/// A line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Its number in the file.
    pub line: usize,
    /// The account's number.
    pub number: Option<String>,
    /// Its full name.
    pub path: String,
    /// Its type in words.
    pub type_name: Option<&'static str>,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Why, or what changes: sentences.
    pub details: Vec<String>,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is left out.
    LeftOut,
    /// An account changes.
    Changed,
    /// An account is added.
    New,
    /// Nothing: the account is there as the file says.
    Same,
}
