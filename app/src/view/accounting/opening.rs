//! The balances a company begins with: where they stand, the form, and what was typed into it, read.

use ledger::money::Currency;
use time::Date;

use crate::forms::{FieldError, FormState};
use crate::view::accounting::entry::{ConflictView, EntryView};
use crate::view::journal::{JournalFormView, LineField, each_line};

/// The box that puts what is missing on Opening Balance Equity.
pub const DIFFERENCE_TO_EQUITY: &str = "difference_to_equity";
/// The action that voids the opening entry.
pub const VOID: &str = "void";

/// The page of the opening entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the amounts are in.
    pub currency: Currency,
    /// The first day of the books, as `Jan 1, 2026`.
    pub books_begin_on: Option<String>,
    /// The day before it, of which the balances are.
    pub balances_of: Option<String>,
    /// The page of the entry, once there is one.
    pub entry: Option<String>,
    /// The entry itself for those who may not change it.
    pub read: Option<EntryView>,
    /// Whether the person may write entries.
    pub may_write: bool,
    /// What Opening Balance Equity holds, minor units, debit positive.
    pub equity_balance: i64,
    /// The lines behind that balance.
    pub equity_lines: String,
    /// An account of what the owners have in the business, with its number; none where the chart has none.
    pub owners_account: Option<String>,
    /// What is still to be done.
    pub missing: Vec<String>,
    /// What somebody else saved meanwhile.
    pub conflict: Option<ConflictView>,
    /// What was read from a file, and what was not.
    pub file: Option<FileReadView>,
    /// The form; none where the person may not write entries or the books' beginning is not set.
    pub form: Option<JournalFormView>,
    /// The form that voids the entry.
    pub void: Option<FormState>,
}

/// What was read from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReadView {
    /// Balances that could be read.
    pub lines: usize,
    /// Minor units.
    pub debits: i64,
    /// Minor units.
    pub credits: i64,
    /// Lines that could not, by their number in the file, 0 for the file as a whole.
    pub problems: Vec<(u64, String)>,
}

/// The page on which a file is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningFileView {
    /// The company's name in addresses.
    pub slug: String,
    /// `pasted`, with messages.
    pub form: FormState,
}

/// A balance as it was typed, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedBalance {
    /// Its place in the form.
    pub index: usize,
    /// The account chosen.
    pub account_id: i64,
    /// The customer's or vendor's name; one that is not known yet is added.
    pub contact: Option<String>,
    /// Minor units, debit positive.
    pub amount: i64,
    /// When it is due.
    pub due_on: Option<Date>,
}

/// Reads the balances. Empty lines are left out.
///
/// # Errors
/// A message at each field that cannot be read.
pub fn read_balances(view: &JournalFormView) -> Result<Vec<TypedBalance>, Vec<FieldError>> {
    each_line(view, |line| {
        let due_on = line.due_on();
        let contact = line.optional(LineField::Name, |typed| Ok(typed.to_owned()));
        let (account_id, amount) = (line.account(), line.amount());
        Some(TypedBalance {
            index: line.index(),
            account_id: account_id?,
            contact: contact?,
            amount: amount?,
            due_on: due_on?,
        })
    })
}
