//! Templates of journal entries: used by hand, or entered again and again when they are due.
//!
//! A scheduled template is due on its first day and every so many weeks, months or years after it. The last day that was made or
//! skipped is remembered as an occurrence, and only later days are due: an edited schedule makes nothing twice. A day is made in a
//! change of its own, whose request key is the template and the day, so that a crash or two workers make one entry.

mod due;
mod read;
mod write;

use ledger::schedule::Schedule;
use time::Date;

use crate::documents::Marks;
use crate::journal::{JournalInput, JournalInputLine};

pub use due::{DUE_MADE_MAX, DUE_TIME_MAX, DueOutcome, recurring_due, recurring_due_one};
pub use read::{OCCURRENCES_LISTED_MAX, Occurrence, Template, TemplateRow, recurring_get, recurring_list};
pub use write::{recurring_create, recurring_pause, recurring_resume, recurring_skip, recurring_update};

/// Most templates of a company, active and paused.
pub const TEMPLATES_MAX: i64 = 1_000;

/// A template as it was typed.
///
/// Problems are at `name`, `step`, `starts_on`, `ends_on`, `reversing`, and where [`JournalInput`] has them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TemplateInput {
    /// What it is called, 1 to 100 characters; no two active ones alike.
    pub name: String,
    /// The memo of its entries; empty for none.
    pub memo: String,
    /// The reference of its entries; empty for none.
    pub reference: String,
    /// What is marked on its entries.
    pub marks: Marks,
    /// When it is due; none where it is used by hand only.
    pub schedule: Option<Schedule>,
    /// Whether a due entry is issued, or kept as a draft for somebody to look at.
    pub issues: bool,
    /// Whether each issued entry is reversed on the first day of the month after it.
    pub reversing: bool,
    /// The lines of its entries; their numbers and due dates are of no account: each entry is due on its own day.
    pub lines: Vec<JournalInputLine>,
}

impl TemplateInput {
    /// Its entry of a day.
    fn entry(&self, date: Date) -> JournalInput {
        JournalInput {
            date,
            memo: self.memo.clone(),
            reference: self.reference.clone(),
            marks: self.marks,
            lines: self.lines.clone(),
        }
    }
}
