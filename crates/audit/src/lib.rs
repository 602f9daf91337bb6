#![doc = include_str!("../README.md")]

mod chain;
mod difference;
mod error;
mod findings;
mod format;
pub mod log;
mod replay;
mod verify;

pub use chain::{BadEvent, ChainVerifier, Fault, StoredChange, StoredEvent, first_link};
pub use difference::{Difference, NO, YES, differences, plain_name};
pub use error::AuditError;
pub use findings::{Findings, HeadFault, ROWS_NAMED_MAX, RowFault, RowFinding, RowFindings};
pub use format::{Event, FormatError};
pub use replay::Replay;
pub use verify::{Verified, verify};

/// SHA-256.
pub type Digest = [u8; 32];

/// The tables of a company that no recorder watches, and why that is right: `change` stands inside each event, `audit_event` and
/// `audit_head` are the record, `guard` says whose schema it is, `month_total` and `open_item_total` are summed by the database from
/// postings and settlements, and `staging` holds an uploaded file until it is used. Every other table carries the recorders; a test
/// compares this with the catalog, and `verify` does so for each company.
pub const UNRECORDED_TABLES: [&str; 7] = [
    "audit_event",
    "audit_head",
    "change",
    "guard",
    "month_total",
    "open_item_total",
    "staging",
];
