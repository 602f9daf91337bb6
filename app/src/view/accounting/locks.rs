//! The lock of a company's books, and its history.

use crate::forms::FormState;

/// What the page posts.
pub mod action {
    /// Locks through the day typed.
    pub const LOCK: &str = "lock";
    /// Opens everything.
    pub const OPEN: &str = "open";
}

/// The page of locks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocksView {
    /// The company's name in addresses.
    pub slug: String,
    /// The last locked day; none while nothing is locked.
    pub through: Option<String>,
    /// What to know of a lock that reaches to today or beyond.
    pub notice: Option<String>,
    /// Every lock and opening, newest first.
    pub history: Vec<LockRow>,
    /// The form; none where the person may not lock.
    pub form: Option<FormState>,
}

/// One lock or opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockRow {
    /// The last locked day; none where the books were opened.
    pub through: Option<String>,
    /// Why.
    pub reason: String,
    /// Who.
    pub who: String,
    /// When, in the company's time zone.
    pub when: String,
}
