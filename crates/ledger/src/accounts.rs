//! What accounts are: their type, which decides where they stand and which side is theirs; the
//! roles the program itself posts by; and the legal forms of companies.

mod account_type;
mod cash_flow;
mod detail_type;
mod entity_type;
mod role;

pub use account_type::{AccountType, Side, Statement};
pub use cash_flow::CashFlow;
pub use detail_type::DetailType;
pub use entity_type::EntityType;
pub use role::AccountRole;

/// The text names no account type, role or entity type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not {expected}.")]
pub struct UnknownName {
    /// What was read.
    pub text: String,
    /// What it should have been, with its article.
    pub expected: &'static str,
}
