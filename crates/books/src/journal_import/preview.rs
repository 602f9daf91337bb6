//! An import in a browser: the file is kept, looked at as often as one likes, and brought in whole.

use ledger::accounts::{AccountType, DetailType};
use ledger::entry::guess_account_type;
use serde::{Deserialize, Serialize};
use tenancy::{Capability, Cx, RequestKey};
use time::Date;

use super::mapping::Mapping;
use super::sheet::Sheet;
use super::{ImportOutcome, LineError, plan, sheet_of};
use crate::statements::staging;
use crate::{Error, Problem};

/// Most entries that a preview lists.
pub const ENTRIES_SHOWN: usize = 50;
/// Most contacts that a preview names.
pub const CONTACTS_SHOWN: usize = 100;
/// Most columns that a preview names as not read.
pub const COLUMNS_NAMED_MAX: usize = 30;
/// Most accounts of one file that a person can say something of.
pub const UNKNOWN_ACCOUNTS_MAX: usize = 500;

/// What a file would bring.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportPreview {
    /// What the file is called.
    pub file_name: String,
    /// How many entries would be new, known and doubtful, and what is wrong by line; but for lines whose account is unknown.
    pub outcome: ImportOutcome,
    /// The accounts that the books do not have, by name.
    pub unknown: Vec<UnknownAccount>,
    /// How many lines wait for somebody to say what their account is.
    pub unsaid: usize,
    /// The columns that are not read, by the names that the file gives them; at most [`COLUMNS_NAMED_MAX`].
    pub unread: Vec<String>,
    /// How many columns are not read.
    pub unread_count: usize,
    /// The accounts that would be made, parents before what is below them.
    pub made: Vec<MadeAccount>,
    /// The customers and vendors that would be made, as the file names them first; at most [`CONTACTS_SHOWN`].
    pub contacts: Vec<MadeContact>,
    /// How many customers and vendors would be made.
    pub contact_count: usize,
    /// The first and the last day of the new entries.
    pub days: Option<(Date, Date)>,
    /// The first new entries of the file; at most [`ENTRIES_SHOWN`].
    pub entries: Vec<EntryPreview>,
}

/// An account that would be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MadeAccount {
    /// Its full name: `Parent:Sub`.
    pub name: String,
    /// Its type.
    pub account_type: AccountType,
    /// The detail type that its name says.
    pub detail_type: Option<&'static DetailType>,
}

/// A customer or vendor that would be made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MadeContact {
    /// The name.
    pub name: String,
    /// Whether it can owe.
    pub customer: bool,
    /// Whether it can be owed.
    pub vendor: bool,
}

/// An account that a file names and the books do not have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownAccount {
    /// Its full name in the file: `Parent:Sub`.
    pub name: String,
    /// The first line that names it.
    pub first_line: usize,
    /// How many lines do.
    pub lines: usize,
    /// The type that the file gives it, or that of its parent.
    pub said: Option<AccountType>,
    /// What its lines add up to, minor units, debit positive.
    pub balance: i64,
}

impl UnknownAccount {
    /// The type it will have unless somebody says otherwise: as the file says, or a guess.
    pub fn guess(&self) -> AccountType {
        self.said
            .unwrap_or_else(|| guess_account_type(&self.name, self.balance))
    }
}

/// An entry that a file would bring.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryPreview {
    /// Its number.
    pub number: String,
    /// Its day.
    pub date: Date,
    /// How many lines it has.
    pub lines: usize,
    /// The sum of its debits, minor units.
    pub total: i64,
}

/// Keeps an uploaded file for its preview and gives the id that both preview and import take.
///
/// # Errors
/// `Invalid` at `file`, when it cannot be read as a file of journal entries at all.
pub async fn journal_import_stage(cx: &Cx, name: &str, bytes: &[u8], key: &RequestKey) -> Result<i64, Error> {
    cx.require(Capability::Journal)?;
    let _place = cx.heavy_work().await?;
    sheet_of(bytes.to_vec()).await?.map_err(unreadable)?;
    let mut tx = change!(cx, Capability::Journal, key);
    let id = staging::keep(&mut tx, cx, name, bytes).await?;
    tx.commit(&id).await?;
    Ok(id)
}

/// What a kept file would bring, with what a person says of its accounts.
///
/// # Errors
/// `Invalid` at `file`, when it is kept no longer.
pub async fn journal_import_preview(cx: &Cx, id: i64, mapping: Mapping) -> Result<ImportPreview, Error> {
    cx.require(Capability::Journal)?;
    let _place = cx.heavy_work().await?;
    let (file_name, sheet) = kept(cx, id).await?;
    let mut tx = cx.read(Capability::Journal).await?;
    let plan = plan::plan(&mut tx, cx, sheet.rows, mapping).await?;
    Ok(plan.preview(file_name, sheet.unread))
}

/// Brings in a kept file whole, in one change, or not at all. The file is kept no longer then.
///
/// # Errors
/// `Invalid` at `file`, when it is kept no longer; of the form, when something stands against it.
pub async fn journal_import_staged(
    cx: &Cx,
    id: i64,
    mapping: Mapping,
    key: &RequestKey,
) -> Result<ImportOutcome, Error> {
    cx.require(Capability::Journal)?;
    let _place = cx.heavy_work().await?;
    let kept = kept(cx, id).await;
    let mut tx = change!(cx, Capability::Journal, key);
    let (_, sheet) = kept?;
    let plan = plan::plan(&mut tx, cx, sheet.rows, mapping).await?;
    let outcome = plan.outcome(&sheet.unread);
    if let Some(first) = outcome.errors.first() {
        let message = format!("Nothing was imported. Line {}: {}", first.line, first.message);
        return Err(Error::Invalid(vec![Problem::of_form(message)]));
    }
    plan.write(&mut tx).await?;
    staging::used(&mut tx, id).await?;
    tx.commit(&outcome.to_keep()).await?;
    Ok(outcome)
}

async fn kept(cx: &Cx, id: i64) -> Result<(String, Sheet), Error> {
    let staged = staging::staged(cx, id).await?.ok_or_else(staging::gone)?;
    let sheet = sheet_of(staged.bytes).await?.map_err(unreadable)?;
    Ok((staged.file_name, sheet))
}

fn unreadable(error: LineError) -> Error {
    Error::at("file", format!("Line {}: {}", error.line, error.message))
}
