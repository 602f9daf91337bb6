//! Saved views: reports and lists as somebody wants to see them again.

use serde::{Deserialize, Serialize};

use crate::forms::FormState;

/// The pages whose views can be saved, below the company's address, and their titles.
pub const PAGES: [(&str, &str); 13] = [
    ("reports/profit-and-loss", "Profit and loss"),
    ("reports/balance-sheet", "Balance sheet"),
    ("reports/cash-flow", "Statement of cash flows"),
    ("reports/trial-balance", "Trial balance"),
    ("reports/general-ledger", "General ledger"),
    ("reports/journal", "Journal report"),
    ("reports/ledger", "Account register"),
    ("accounting/journal", "Journal"),
    ("accounting", "Chart of accounts"),
    ("transactions", "Transactions"),
    ("sales", "Sales"),
    ("purchases", "Purchases"),
    ("audit", "Audit log"),
];

/// The title of a page whose views can be saved.
pub fn page_title(page: &str) -> Option<&'static str> {
    let found = PAGES.iter().find(|(path, _)| *path == page);
    found.map(|(_, title)| *title)
}

/// The names of a view's fields.
pub mod field {
    /// What it is called.
    pub const NAME: &str = "name";
    /// The page below the company's address.
    pub const PAGE: &str = "page";
    /// What the page is asked.
    pub const QUERY: &str = "query";
}

/// What can be done with a view.
pub mod action {
    /// Keeps it under a name.
    pub const SAVE: &str = "save";
    /// Calls it differently.
    pub const RENAME: &str = "rename";
    /// Removes it.
    pub const REMOVE: &str = "remove";
}

/// Where the views of a company are.
pub fn views_path(slug: &str) -> String {
    format!("/c/{slug}/views")
}

/// A view to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewLink {
    /// What it is called.
    pub name: String,
    /// What it shows.
    pub href: String,
    /// Whether it is what is shown.
    pub is_current: bool,
}

/// The menu of a page's views.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewsMenuView {
    /// The company's name in addresses.
    pub slug: String,
    /// The page below the company's address.
    pub page: String,
    /// What it is asked, to be saved.
    pub query: String,
    /// The page's views.
    pub views: Vec<ViewLink>,
    /// The name of the view that was saved just now.
    pub saved: Option<String>,
    /// The key of the form that saves one, for those who may.
    pub request_key: Option<String>,
}

/// A view in the list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewRow {
    /// What it is called.
    pub name: String,
    /// What it shows.
    pub href: String,
    /// The title of its page.
    pub page: String,
    /// Who saved it.
    pub who: String,
    /// When, by the company's clocks.
    pub when: String,
    /// Where it is renamed and removed, for those who may.
    pub edit: Option<String>,
}

/// The form of a new view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewViewView {
    /// The title of the page that is shown again.
    pub page: &'static str,
    /// Where one comes back to.
    pub back: String,
    /// The form, with the page and its query.
    pub form: FormState,
}

/// A view that is renamed or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewEditView {
    /// The view.
    pub row: ViewRow,
    /// Where all of them are.
    pub back: String,
    /// The form.
    pub form: FormState,
}
