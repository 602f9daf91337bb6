//! Journal entries: what makes one acceptable, the postings it makes, and what a revision changes.

mod check;
mod guess;
mod revision;

pub use check::{AMOUNT_MAX, AccountFacts, EntryError, MAX_ENTRY_LINES, check_entry};
pub use guess::guess_account_type;
pub use revision::{Difference, revision_difference};

use time::Date;

/// One line of a journal entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalLine {
    /// Its number, 1 or more; kept over revisions and never used again.
    pub line_no: i32,
    /// The account it posts to.
    pub account_id: i64,
    /// The customer or vendor; needed on receivable and payable accounts.
    pub contact_id: Option<i64>,
    /// Minor units, debit positive, never zero.
    pub amount: i64,
    /// What it is for.
    pub description: String,
}

/// A posting: an amount on an account on a date, for a line of a document. Two postings are the
/// same when all their fields are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Posting {
    /// The line it belongs to.
    pub line_no: i32,
    /// The account.
    pub account_id: i64,
    /// The customer or vendor.
    pub contact_id: Option<i64>,
    /// The date it counts on.
    pub posted_on: Date,
    /// Minor units, debit positive.
    pub amount: i64,
}

/// The postings of an entry that [`check_entry`] accepts: one a line, all on the entry's date.
pub fn journal_postings(date: Date, lines: &[JournalLine]) -> Vec<Posting> {
    let posting = |line: &JournalLine| Posting {
        line_no: line.line_no,
        account_id: line.account_id,
        contact_id: line.contact_id,
        posted_on: date,
        amount: line.amount,
    };
    lines.iter().map(posting).collect()
}
