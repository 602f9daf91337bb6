//! Importing journal entries: the upload, and what a kept file would bring.

use ledger::money::Currency;

use crate::components::SelectOption;
use crate::forms::{Choice, FormState};

/// The field with the file.
pub const FILE: &str = "file";

/// The actions of a preview.
pub mod action {
    /// Looks at the file again with what is said of its accounts.
    pub const COMPARE: &str = "compare";
    /// Imports it.
    pub const IMPORT: &str = "import";
}

/// The fields that say what the n-th unknown account is.
pub mod field {
    /// Its name in the file.
    pub fn name(n: usize) -> String {
        format!("unknown.{n}.name")
    }

    /// The account of the books that it is; empty where it is to be made.
    pub fn account(n: usize) -> String {
        format!("unknown.{n}.account")
    }

    /// The type it is made with.
    pub fn kind(n: usize) -> String {
        format!("unknown.{n}.type")
    }
}

/// The group of those fields' names.
pub const UNKNOWN: &str = "unknown";

/// The upload form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadView {
    /// The company's name in addresses.
    pub slug: String,
    /// What is in the form; a file is never sent back.
    pub form: FormState,
}

/// What a file would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the amounts are in.
    pub currency: Currency,
    /// What the file is called.
    pub file_name: String,
    /// Entries that would be new, that are there already, and in doubt.
    pub counts: [usize; 3],
    /// From when to when the new ones are, in words.
    pub days: Option<String>,
    /// What is wrong, each with its line of the file.
    pub problems: Vec<(usize, String)>,
    /// What is left out of the books and stands against nothing, each with its line of the file.
    pub warnings: Vec<(usize, String)>,
    /// Accounts that the books do not have.
    pub unknown: Vec<UnknownView>,
    /// The columns that are not read: the first ones, by the names that the file gives them.
    pub unread: Vec<String>,
    /// How many columns are not read.
    pub unread_count: usize,
    /// The accounts that would be made.
    pub made: Vec<MadeView>,
    /// The customers and vendors that would be made: the first ones, each with what it would be.
    pub contacts: Vec<(String, String)>,
    /// How many customers and vendors would be made.
    pub contact_count: usize,
    /// The first new entries.
    pub entries: Vec<EntryRow>,
    /// The accounts of the books.
    pub accounts: Vec<Choice>,
    /// The types that an account can be made with.
    pub types: Vec<SelectOption>,
    /// What is in the form.
    pub form: FormState,
}

/// An account of the file that the books do not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownView {
    /// Its name in the file.
    pub name: String,
    /// Where it stands, in words: `3 lines, the first is line 7`.
    pub place: String,
}

/// An account that would be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeView {
    /// Its full name.
    pub name: String,
    /// Its type in words.
    pub kind: String,
    /// The detail type that its name says, in words.
    pub detail: Option<String>,
}

/// An entry that would be new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// Its number.
    pub number: String,
    /// Its day.
    pub date: String,
    /// How many lines it has.
    pub lines: usize,
    /// Minor units.
    pub total: i64,
}
