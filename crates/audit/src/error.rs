//! Why the record could not be read, or does not hold.

use thiserror::Error;

use crate::{Findings, FormatError};

/// Why there is no answer, or a bad one.
#[derive(Debug, Error)]
pub enum AuditError {
    /// The company's books could not be read: forbidden, away, or at another version.
    #[error(transparent)]
    Tenancy(#[from] tenancy::Error),
    /// The record does not hold. This is the answer of a verification, not a failure of it.
    #[error("{0}")]
    Findings(Box<Findings>),
    /// An event on the audit page is not of a format that this program knows: verify the company.
    #[error("event {seq} cannot be read: {source}")]
    Unreadable {
        /// Which event.
        seq: i64,
        /// Why.
        source: FormatError,
    },
}

impl From<sqlx::Error> for AuditError {
    fn from(error: sqlx::Error) -> Self {
        Self::Tenancy(error.into())
    }
}
