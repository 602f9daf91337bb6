//! Importing journal entries from the CSV file that QuickBooks Online takes and gives.
//!
//! The first line names the columns: Journal No., Journal Date (MM/DD/YYYY), Account Name (`Parent:Sub`), Debits, Credits, Description,
//! Name, and optionally Account Type, Due Date and Currency; case, asterisks, points and spaces in these names do not matter, and other
//! columns are not read. A Due Date counts on receivable and payable accounts and is passed over on others, with a warning. The rows of one Journal No.
//! are one entry. With Account Type, which one line for each account is enough to say, accounts that are missing are created with their
//! parents; an account of that name but another type that nothing was ever written on, as the starter chart has many, becomes inactive
//! and gives way to one of the file's type. An account that is created has the detail type that its name says, and none where it says
//! none. A line on a receivable or payable account needs a Name; a contact that is missing is created as a customer or vendor. A name on
//! other lines alone becomes a vendor, or a customer where one of its lines is income.
//!
//! An import happens whole or not at all. An entry is known, and not made again, when an entry imported before, and not void, had the
//! same number, date and lines (account, contact, amount and description, in any order) when it was imported, whatever became of it
//! since; a name that the books do not have any more, as it was changed, counts as any. One that was imported before with another date or
//! other lines is doubtful: it stops the import, since posting it could count the same business twice.

mod accounts;
mod contacts;
mod entries;
mod known;
mod mapping;
mod plan;
mod preview;
mod sheet;

use serde::{Deserialize, Serialize};
use tenancy::{Capability, Cx, RequestKey};

use crate::Error;
use crate::blocking::off_the_threads;

pub use entries::NUMBER_CHARS_MAX;
pub use mapping::{Mapped, Mapping};
pub use preview::{
    COLUMNS_NAMED_MAX, CONTACTS_SHOWN, ENTRIES_SHOWN, EntryPreview, ImportPreview, MadeAccount, MadeContact,
    UNKNOWN_ACCOUNTS_MAX, UnknownAccount, journal_import_preview, journal_import_stage, journal_import_staged,
};
pub use sheet::{FILE_BYTES_MAX, FILE_LINES_MAX};

/// Most errors that an outcome lists; one more then says how many there are.
pub const ERRORS_SHOWN: usize = 100;

/// Longest answer that the database keeps of a change, in characters.
const ANSWER_CHARS_MAX: usize = 4_000;

/// What an import did, or in a dry run would do.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct ImportOutcome {
    /// Entries that were made; with errors, entries that were right by themselves.
    pub new: usize,
    /// Entries that were imported before.
    pub known: usize,
    /// Entries whose number was imported before with something else.
    pub doubtful: usize,
    /// What stands against the import, by line. With any, nothing was written.
    pub errors: Vec<LineError>,
    /// What is left out of the books, by line, and stands against nothing.
    #[serde(default)]
    pub warnings: Vec<LineError>,
    /// The accounts and contacts that are made with the entries, and the columns that are not read.
    #[serde(flatten)]
    pub brings: Brings,
}

impl ImportOutcome {
    /// What a repeat of the request is told: the outcome, or where it names more than a change keeps, its counts and that they are all.
    fn to_keep(&self) -> Self {
        let fits = |answer: String| answer.chars().count() <= ANSWER_CHARS_MAX;
        if serde_json::to_string(self).is_ok_and(fits) {
            return self.clone();
        }
        let warnings = match self.warnings.is_empty() {
            true => Vec::new(),
            false => vec![LineError::new(
                1,
                "There were warnings when this was imported, and they are not kept.",
            )],
        };
        Self {
            warnings,
            brings: Brings {
                contact_count: self.brings.contact_count,
                unread_column_count: self.brings.unread_column_count,
                ..Brings::default()
            },
            errors: Vec::new(),
            ..*self
        }
    }
}

/// What is wrong with a line of the file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct LineError {
    /// The line, counted from 1 as editors and spreadsheets do.
    pub line: usize,
    /// What happened and what to do.
    pub message: String,
}

/// What a file brings beside its entries; with errors, what it would bring as far as it was right.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Brings {
    /// The accounts that are made, parents before what is below them.
    pub accounts: Vec<BroughtAccount>,
    /// The customers and vendors that are made, as the file names them first; at most [`CONTACTS_SHOWN`].
    pub contacts: Vec<MadeContact>,
    /// How many customers and vendors are made.
    pub contact_count: usize,
    /// The columns that are not read, by the names that the file gives them; at most [`COLUMNS_NAMED_MAX`].
    pub unread_columns: Vec<String>,
    /// How many columns are not read.
    pub unread_column_count: usize,
}

/// An account that a file brings.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BroughtAccount {
    /// Its full name: `Parent:Sub`.
    pub account: String,
    /// Its type in words.
    #[serde(rename = "type")]
    pub account_type: String,
    /// Its detail type in words; none where its name says none.
    pub detail_type: Option<String>,
}

impl LineError {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }
}

/// Imports journal entries, issued, with their numbers as they are in the file. A dry run reads and checks the same and writes
/// nothing. What is wrong with the file is in the outcome.
///
/// # Errors
/// Those of every writing function; a refusal of the database where a rule changed meanwhile.
pub async fn journal_import(cx: &Cx, file: &[u8], dry_run: bool, key: &RequestKey) -> Result<ImportOutcome, Error> {
    cx.require(Capability::Journal)?;
    let _place = cx.heavy_work().await?;
    let sheet::Sheet { rows, unread } = match sheet_of(file.to_vec()).await? {
        Ok(sheet) => sheet,
        Err(error) => {
            return Ok(ImportOutcome {
                errors: vec![error],
                ..ImportOutcome::default()
            });
        }
    };
    if dry_run {
        let mut tx = cx.read(Capability::Journal).await?;
        let plan = plan::plan(&mut tx, cx, rows, Mapping::default()).await?;
        return Ok(plan.outcome(&unread));
    }
    let mut tx = change!(cx, Capability::Journal, key);
    let plan = plan::plan(&mut tx, cx, rows, Mapping::default()).await?;
    let outcome = plan.outcome(&unread);
    if outcome.errors.is_empty() && outcome.new > 0 {
        plan.write(&mut tx).await?;
        tx.commit(&outcome.to_keep()).await?;
    }
    Ok(outcome)
}

/// What a file holds, or why it is none of journal entries, read away from the threads that serve requests.
async fn sheet_of(bytes: Vec<u8>) -> Result<Result<sheet::Sheet, LineError>, Error> {
    off_the_threads(move || sheet::read(&bytes)).await
}

/// The errors in the order of their lines, and beyond the first hundred how many there are.
fn shown(errors: Vec<LineError>) -> Vec<LineError> {
    first_of(errors, "errors")
}

/// The first messages in the order of their lines, and how many more of what they are there are.
fn first_of(mut errors: Vec<LineError>, what: &str) -> Vec<LineError> {
    errors.sort();
    if errors.len() > ERRORS_SHOWN {
        let more = errors.len() - ERRORS_SHOWN;
        let first = errors[ERRORS_SHOWN].line;
        errors.truncate(ERRORS_SHOWN);
        errors.push(LineError::new(
            first,
            format!("From here on there are {more} more {what}, which are not shown."),
        ));
    }
    errors
}
