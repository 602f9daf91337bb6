//! What the pages about periods share: which of them there are, and what changed in a period after it was closed or locked.

use ledger::money::Currency;

use crate::view::accounting::entry::Link;

/// The pages about periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodsPage {
    /// Locks and exceptions.
    Locks,
    /// Fiscal years.
    Years,
    /// What changed since.
    Changed,
}

impl PeriodsPage {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Locks, Self::Years, Self::Changed];

    /// The name people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Locks => "Locks",
            Self::Years => "Fiscal years",
            Self::Changed => "Changed since close",
        }
    }

    /// Its address in the company with this slug.
    pub fn path(self, slug: &str) -> String {
        let page = match self {
            Self::Locks => "locks",
            Self::Years => "years",
            Self::Changed => "changed-since",
        };
        format!("/c/{slug}/accounting/{page}")
    }
}

/// The page of what changed since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedPageView {
    /// The company's name in addresses.
    pub slug: String,
    /// Every closed year and the locked days after them, newest first.
    pub periods: Vec<ChangedView>,
}

/// What changed in one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedView {
    /// `FY 2025, Jan 1 to Dec 31, 2025`
    pub title: String,
    /// `Closed Nov 22, 2026, 9:14 AM by dana@…, change 41`
    pub since: String,
    /// What the amounts are in.
    pub currency: Currency,
    /// Its net income then, now, and the difference; minor units.
    pub net_income: [i64; 3],
    /// The documents, newest change first.
    pub documents: Vec<ChangedDocumentRow>,
    /// How many changes of documents are listed, where there are more.
    pub cut_at: Option<usize>,
    /// The accounts, newest change first.
    pub accounts: Vec<ChangedAccountRow>,
    /// The earlier years that something came into since, newest first: the balances it began with are others now.
    pub earlier: Vec<String>,
    /// The statements of the period as they were then.
    pub statements: Vec<Link>,
}

impl ChangedView {
    /// Whether anything changed.
    pub fn is_changed(&self) -> bool {
        !self.documents.is_empty() || !self.accounts.is_empty()
    }
}

/// What one change did to a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedDocumentRow {
    /// The document.
    pub document: Link,
    /// Its note.
    pub memo: String,
    /// The day it is on.
    pub on: String,
    /// `Entered`, `Changed`, `Taken back`
    pub what: &'static str,
    /// How much more the period earns by it; minor units.
    pub difference: i64,
    /// Who.
    pub who: String,
    /// When.
    pub when: String,
}

/// What one change did to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedAccountRow {
    /// The account.
    pub account: Link,
    /// `Type: Expense, now Other expense`
    pub what: Vec<String>,
    /// Who.
    pub who: String,
    /// When.
    pub when: String,
}
