//! The locks of a company's books, who comes through them, and their history.

use crate::components::SelectOption;
use crate::forms::FormState;

/// What the pages post.
pub mod action {
    /// Locks the level chosen through the day typed.
    pub const LOCK: &str = "lock";
    /// Opens the level chosen.
    pub const OPEN: &str = "open";
    /// Ends an exception.
    pub const REVOKE: &str = "revoke";
    /// Lets somebody through.
    pub const GRANT: &str = "grant";
}

/// The page of locks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocksView {
    /// The company's name in addresses.
    pub slug: String,
    /// What holds for who looks.
    pub yours: Yours,
    /// The lock for everyone.
    pub everyone: Option<LockView>,
    /// The lock for everybody below an accountant.
    pub editors: Option<LockView>,
    /// Whom the locks let through, and let through once, newest first.
    pub exceptions: Vec<ExceptionRow>,
    /// Every lock and opening, newest first.
    pub history: Vec<LockRow>,
    /// The form; none where the person may not lock.
    pub form: Option<FormState>,
    /// What changed in the locked days since, in a sentence; none where nothing did.
    pub changed: Option<String>,
    /// What was just done.
    pub done: Option<&'static str>,
}

/// What holds for who looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yours {
    /// The last day they may not touch.
    pub through: Option<String>,
    /// The last day they could not touch without their exception.
    pub but_for_exception: Option<String>,
}

/// A lock in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockView {
    /// The last locked day.
    pub through: String,
    /// Why.
    pub reason: String,
    /// Who and when.
    pub set: String,
    /// What to know of a lock that reaches to today or beyond.
    pub notice: Option<String>,
}

/// One lock or opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockRow {
    /// The last locked day; none where the books were opened.
    pub through: Option<String>,
    /// Whom it keeps out.
    pub level: &'static str,
    /// Why.
    pub reason: String,
    /// Who.
    pub who: String,
    /// When, in the company's time zone.
    pub when: String,
}

/// One exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionRow {
    /// Its id.
    pub id: i64,
    /// Whom it lets through.
    pub person: String,
    /// The first day they may touch.
    pub from_day: String,
    /// Why.
    pub reason: String,
    /// Who granted it, and when.
    pub granted: String,
    /// Whether it runs, and until when it does or did.
    pub standing: ExceptionStanding,
    /// The form that ends it; none where it does not run or the person may not. One that was refused says so also where it ended.
    pub revoke: Option<FormState>,
}

/// Whether an exception still lets anybody through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExceptionStanding {
    /// It does, until then.
    Running(String),
    /// Its time was over then.
    Expired(String),
    /// Somebody ended it: who and when.
    Revoked(String),
}

/// The page that lets somebody through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionView {
    /// The company's name in addresses.
    pub slug: String,
    /// What is locked, in a sentence.
    pub locked: String,
    /// The form.
    pub form: FormState,
    /// Who is in the company.
    pub people: Vec<SelectOption>,
    /// How long it may last.
    pub lengths: Vec<SelectOption>,
}
