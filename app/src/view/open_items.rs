//! What customers owe and what vendors are owed, by name, and settling one amount with another.

use ledger::money::Currency;

use super::lists::{Pages, SortHead};
use crate::components::SelectOption;
use crate::forms::FormState;

/// Whose amounts a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Customers, and what they owe.
    Sales,
    /// Vendors, and what is owed to them.
    Purchases,
}

impl Side {
    /// The name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Purchases => "purchases",
        }
    }

    /// The side of that name.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Sales, Self::Purchases]
            .into_iter()
            .find(|side| side.code() == code)
    }

    /// One of them.
    pub const fn one(self) -> &'static str {
        match self {
            Self::Sales => "customer",
            Self::Purchases => "vendor",
        }
    }

    /// The address of the page.
    pub fn path(self, slug: &str) -> String {
        format!("/c/{slug}/{}", self.code())
    }

    /// The address of one contact's page.
    pub fn contact_path(self, slug: &str, contact_id: i64) -> String {
        format!("/c/{slug}/{}/contacts/{contact_id}", self.code())
    }
}

/// Which open amounts a page lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Owed since a day that has passed.
    Overdue,
    /// Owed on a day to come.
    NotDue,
    /// Paid or credited, and not applied to anything yet.
    Credit,
}

impl Standing {
    /// In the order of the chips.
    pub const ALL: [Self; 3] = [Self::Overdue, Self::NotDue, Self::Credit];

    /// The name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::NotDue => "not-due",
            Self::Credit => "credit",
        }
    }

    /// The one of that name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }

    /// What the chip says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::NotDue => "Not due yet",
            Self::Credit => "Not applied yet",
        }
    }
}

/// What the pages post.
pub mod action {
    /// Adds a contact.
    pub const ADD_CONTACT: &str = "add_contact";
    /// Applies an open credit to an open debit.
    pub const SETTLE: &str = "settle";
    /// Takes a settlement back.
    pub const UNDO: &str = "undo";
}

/// The page of a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenItemsView {
    /// The company's name in addresses.
    pub slug: String,
    /// Which side.
    pub side: Side,
    /// What the amounts are in.
    pub currency: Currency,
    /// The day of the amounts, as `Oct 31, 2026`.
    pub as_of: String,
    /// The page of the list.
    pub list: ItemList,
    /// The filters as they were asked for, with messages.
    pub filter: FormState,
    /// What the filters carry on that they do not show.
    pub carried: Vec<(&'static str, String)>,
    /// Each standing with the address of the list of it; none is all of them.
    pub standings: Vec<(Option<Standing>, String)>,
    /// The standing that is listed.
    pub standing: Option<Standing>,
    /// The heads of the columns that sort.
    pub heads: ItemHeads,
    /// Whether anything narrows the list, or it is not its first page.
    pub is_filtered: bool,
    /// What fits, and the pages beside this one.
    pub pages: Pages,
    /// The address of the list as CSV.
    pub csv: String,
    /// All that is open, positive where it is usual for the side.
    pub total: i64,
    /// How much of all that is overdue.
    pub overdue: i64,
    /// The contacts by name.
    pub contacts: Vec<ContactRow>,
    /// What the names begin with.
    pub prefix: String,
    /// What finding a name carries on of the list.
    pub list_asked: Vec<(&'static str, String)>,
    /// The next page of contacts.
    pub next: Option<String>,
    /// The form that adds a contact; none where the person may not.
    pub add: Option<FormState>,
}

/// The open amounts of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemList {
    /// By name, each contact's together.
    ByName(Vec<ContactItems>),
    /// In another order, each with its contact.
    Plain(Vec<ItemRow>),
}

impl ItemList {
    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::ByName(groups) => groups.is_empty(),
            Self::Plain(rows) => rows.is_empty(),
        }
    }
}

/// The heads of the columns that sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemHeads {
    /// The contact.
    pub name: SortHead,
    /// The document's day.
    pub date: SortHead,
    /// When it is due.
    pub due: SortHead,
    /// What it was for.
    pub amount: SortHead,
    /// What is open.
    pub open: SortHead,
}

/// What is open with one contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactItems {
    /// The name.
    pub name: String,
    /// The contact's page.
    pub href: String,
    /// The amounts that are listed, first due first.
    pub items: Vec<ItemRow>,
    /// All that is open with them, positive where it is usual for the side.
    pub total: i64,
    /// Whether more is open with them than is listed here.
    pub is_partial: bool,
    /// Whether there are amounts on both sides, which can settle each other.
    pub can_settle: bool,
}

/// One open amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemRow {
    /// Its id.
    pub id: i64,
    /// Whom it is with, and their page; none where the page is theirs.
    pub contact: Option<(String, String)>,
    /// `Journal entry JE-12`.
    pub document: String,
    /// The document's page.
    pub href: String,
    /// The document's day.
    pub date: String,
    /// When it is due.
    pub due: String,
    /// How many days it is overdue; none where it is not.
    pub days_overdue: Option<i64>,
    /// What it was for, positive where it is usual for the side.
    pub amount: i64,
    /// What is open of it.
    pub open: i64,
}

/// A contact in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// The contact's page.
    pub href: String,
    /// The name.
    pub name: String,
    /// `Customer`, `Vendor`, or both.
    pub kind: &'static str,
    /// Whether it is offered for new entries.
    pub active: bool,
}

/// The page of one contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactView {
    /// The company's name in addresses.
    pub slug: String,
    /// Which side.
    pub side: Side,
    /// What the amounts are in.
    pub currency: Currency,
    /// The day of the amounts.
    pub as_of: String,
    /// The name.
    pub name: String,
    /// What is open.
    pub items: Vec<ItemRow>,
    /// The sum of it.
    pub total: i64,
    /// The form that settles; none where there are not both sides, or the person may not.
    pub settle: Option<SettleForm>,
    /// What was applied, newest first.
    pub settlements: Vec<SettlementRow>,
}

/// The form that applies a credit to a debit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettleForm {
    /// The open debits.
    pub debits: Vec<SelectOption>,
    /// The open credits.
    pub credits: Vec<SelectOption>,
    /// What is in the form.
    pub form: FormState,
}

/// A settlement that stands, or stood until a lock had passed over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementRow {
    /// Its id.
    pub id: i64,
    /// `Journal entry JE-12 by journal entry JE-20`.
    pub what: String,
    /// The day it counts from.
    pub date: String,
    /// The day from which it does not count any more.
    pub taken_back: Option<String>,
    /// Minor units.
    pub amount: i64,
    /// The form that takes it back, where the person may.
    pub undo: Option<FormState>,
}
