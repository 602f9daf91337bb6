//! The settings of a company.

use serde::{Deserialize, Serialize};

use super::company::CompanyFormView;
use crate::forms::FormState;

/// The actions of the page of the tax id.
pub mod action {
    /// Shows the tax id in clear, once.
    pub const REVEAL: &str = "reveal";
    /// Sets it, or removes it.
    pub const SET: &str = "set";
}

/// The rooms of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SettingsRoom {
    /// The company itself.
    Company,
    /// Who may enter.
    People,
    /// The company's tax id.
    TaxId,
}

/// The settings' own navigation: the rooms that the role opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsNav {
    /// Where the page is.
    pub room: SettingsRoom,
    /// The rooms, in order.
    pub rooms: Vec<SettingsRoom>,
}

/// The page of the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanySettingsView {
    /// The form; those who may not change it see it as a list of facts.
    pub company: CompanyFormView,
    /// The currency, which never changes.
    pub currency: String,
    /// Whether the role may change it.
    pub may_change: bool,
    /// The tax id as everybody sees it: `•••••6789`.
    pub masked_tax_id: Option<String>,
    /// The role's code of who looks.
    pub role: String,
    /// Whether it was saved a moment ago.
    pub is_saved: bool,
}

/// The page of the tax id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxIdView {
    /// As everybody sees it.
    pub masked: Option<String>,
    /// In clear, on the answer to a request to see it.
    pub revealed: Option<String>,
    /// Whether the role may set it.
    pub may_set: bool,
    /// The form that sets it.
    pub form: FormState,
    /// The form that shows it: a request of its own, or one would be taken for the other's repeat.
    pub reveal: FormState,
    /// Whether it was saved a moment ago.
    pub is_saved: bool,
}
