//! Entries: what makes one acceptable, the postings that a document makes, and what a revision of it changes.

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

/// What a line of a document posts: how much, where, and in whose name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// The line.
    pub line_no: i32,
    /// The account.
    pub account_id: i64,
    /// The customer or vendor.
    pub contact_id: Option<i64>,
    /// What stays open until it is settled, where the account keeps that.
    pub open_item_id: Option<i64>,
    /// Minor units, debit positive; zero posts nothing.
    pub amount: i64,
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
    /// The open item it makes or settles.
    pub open_item_id: Option<i64>,
    /// The date it counts on.
    pub posted_on: Date,
    /// Minor units, debit positive, never zero.
    pub amount: i64,
}

/// What a document posts: one posting for each leg that has an amount, in the legs' order, all on the document's date. From legs
/// that add up to zero, which [`check_entry`] sees to, come postings that do.
pub fn document_postings(date: Date, legs: impl IntoIterator<Item = Leg>) -> Vec<Posting> {
    let legs = legs.into_iter().filter(|leg| leg.amount != 0);
    legs.map(|leg| Posting {
        line_no: leg.line_no,
        account_id: leg.account_id,
        contact_id: leg.contact_id,
        open_item_id: leg.open_item_id,
        posted_on: date,
        amount: leg.amount,
    })
    .collect()
}
