//! Importing a statement: the upload, and what a staged file would bring.

use time::Date;

use crate::components::SelectOption;
use crate::forms::FormState;

/// The field with the file.
pub const FILE: &str = "file";

/// The actions of a preview.
pub mod action {
    /// Compares the file again with the accounts chosen.
    pub const COMPARE: &str = "compare";
    /// Imports it.
    pub const IMPORT: &str = "import";
}

/// The upload form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadView {
    /// The company's name in addresses.
    pub slug: String,
    /// What is in the form; a file is never sent back.
    pub form: FormState,
}

/// What a staged file would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the file is called.
    pub file_name: String,
    /// Its accounts, in the order of the file.
    pub accounts: Vec<FileAccountView>,
    /// Lines that would be new, that are there already, and in doubt.
    pub counts: [usize; 3],
    /// Errors that the bank reported in the file, each with its line.
    pub bank_errors: Vec<(u64, String)>,
    /// Whether it is said of each account which one of the books it is.
    pub complete: bool,
    /// The bank and card accounts of the books.
    pub own_accounts: Vec<SelectOption>,
    /// What is in the form.
    pub form: FormState,
}

/// One account of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileAccountView {
    /// What the bank calls it: kind, its own words, and the end of its number.
    pub title: String,
    /// The account of the books, where it is known or chosen.
    pub account: Option<String>,
    /// The end of the number that this account had in earlier files, where it is another.
    pub other_number: Option<String>,
    /// How many lines the statement has.
    pub line_count: usize,
    /// The newest of them.
    pub lines: Vec<FileLineView>,
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLineView {
    /// The bank's day.
    pub posted_on: Date,
    /// Who was paid or who paid.
    pub name: String,
    /// What the bank says about it.
    pub memo: String,
    /// The amount as the bank gave it.
    pub amount_text: String,
    /// Whether an earlier file brought it.
    pub known: bool,
    /// Why it cannot be accepted as it is.
    pub doubt: Option<String>,
}

/// The name of the field that says which account of the books the N-th of the file is.
pub fn account_field(n: usize) -> String {
    format!("accounts.{n}")
}
