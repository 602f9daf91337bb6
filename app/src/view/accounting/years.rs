//! Fiscal years: the list of them, and one of them as it is closed and reopened.

use ledger::money::Currency;

use crate::forms::FormState;
use crate::view::accounting::entry::Link;
use crate::view::accounting::periods::ChangedView;

/// What the pages post.
pub mod action {
    /// Lets the years begin in the month that was looked at.
    pub const FIRST_MONTH: &str = "first_month";
    /// Sets a year's days.
    pub const ADD: &str = "add";
    /// Takes back days that were set.
    pub const REMOVE: &str = "remove";
    /// Closes the year.
    pub const CLOSE: &str = "close";
    /// Reopens it.
    pub const REOPEN: &str = "reopen";
}

/// The page of all years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearsView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the amounts are in.
    pub currency: Currency,
    /// The month the years begin in.
    pub first_month: String,
    /// The years, newest first.
    pub years: Vec<YearRowView>,
    /// The form that asks what another month would make of them; none where the person may not change it.
    pub month: Option<FormState>,
    /// What the month that was asked for would make of them.
    pub preview: Option<PreviewView>,
    /// The form that sets a year's days.
    pub add: Option<FormState>,
    /// What was just done.
    pub done: Option<&'static str>,
}

/// A year in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRowView {
    /// Its page.
    pub name: Link,
    /// `Jan 1 to Dec 31, 2025`
    pub days: String,
    /// How it stands.
    pub standing: Standing,
    /// Whether it has fewer than 52 weeks, and how many days.
    pub short: Option<i64>,
    /// Why its days were set, where they were.
    pub set: Option<String>,
    /// The form that takes them back; none where the year is locked or the person may not. One that was refused says so also there.
    pub remove: Option<FormState>,
    /// What it earned; minor units.
    pub net_income: i64,
    /// Whether something of it changed since it was closed.
    pub is_changed: bool,
    /// Whether today lies in it.
    pub is_now: bool,
}

/// How a year stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Something can be entered in it.
    Open,
    /// It was closed once, and is open.
    Reopened,
    /// It is locked for everyone, and not closed.
    Locked,
    /// It is closed.
    Closed,
}

/// What another first month would make of the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewView {
    /// The month.
    pub month: String,
    /// Each year as it would be, newest first: its days, and what is to be said of it.
    pub years: Vec<(String, &'static str)>,
    /// What stays as it is, in a sentence.
    pub kept: String,
    /// The form that does it.
    pub form: FormState,
}

/// The page of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearView {
    /// The company's name in addresses.
    pub slug: String,
    /// `FY 2025`
    pub name: String,
    /// `January 1 to December 31, 2025`
    pub days: String,
    /// What the amounts are in.
    pub currency: Currency,
    /// How it stands.
    pub standing: Standing,
    /// What it earned; minor units.
    pub net_income: i64,
    /// What is known of it, a name and a value.
    pub facts: Vec<(&'static str, String)>,
    /// What to look at before it closes; empty where it is closed or not over.
    pub checks: Vec<CheckView>,
    /// What else its closing does or why it cannot close yet.
    pub notes: Vec<String>,
    /// The form that closes it.
    pub close: Option<FormState>,
    /// Whether something is open, so that the form asks for a check mark.
    pub asks_anyway: bool,
    /// The form that reopens it.
    pub reopen: Option<FormState>,
    /// What reopening does.
    pub reopens: String,
    /// Its statements, as they are and as it closed with them.
    pub statements: Vec<Link>,
    /// What changed since it was closed.
    pub changed: Option<ChangedView>,
    /// What was just done.
    pub done: Option<&'static str>,
}

/// One thing to look at before a year closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckView {
    /// Whether it is as it should be.
    pub is_good: bool,
    /// What was looked at.
    pub what: &'static str,
    /// What was found, and what to do.
    pub found: String,
    /// Where it is done.
    pub link: Option<Link>,
}
