#![doc = include_str!("../README.md")]

mod aggregate;
mod amount;
mod characters;
mod charset;
mod date;
mod error;
mod identity;
mod limits;
mod reader;
mod records;
mod statement;
mod text;
mod tokenizer;
mod transaction;

pub use error::{Fault, Problem, StatementError};
pub use identity::{LineIdentity, line_identities, line_identity};
pub use limits::{
    FIELD_BYTES_MAX, IDENTIFIER_BYTES_MAX, NESTING_MAX, PROBLEMS_MAX, STATEMENT_ACCOUNTS_MAX, STATEMENT_BYTES_MAX,
    STATEMENT_LINES_MAX, TAG_BYTES_MAX,
};
pub use reader::read_statement;
pub use statement::{
    AccountKind, BankMessage, Doubt, Format, LedgerBalance, StatementAccount, StatementFile, StatementLine,
};
