//! By what a line is known again when a later file has it too.
//!
//! Banks reuse their transaction identifiers, or give none, and files overlap. So a line is what
//! its account, its identifier, its amount and its day say, and among lines equal in all of these
//! it is the first, the second, and so on. The same file twice gives the same identities; a reused
//! identifier with another amount or day gives another; two equal lines stay two.

use std::collections::HashMap;
use std::fmt;

use time::Date;

use crate::amount::without_trailing_zeros;
use crate::statement::StatementLine;

/// The identity of a line as one text, equal exactly where all its parts are. Opaque, stable over
/// versions, and at most some 600 bytes where account and identifier keep
/// [`IDENTIFIER_BYTES_MAX`](crate::IDENTIFIER_BYTES_MAX).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineIdentity(String);

impl LineIdentity {
    /// The text, to be stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LineIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The identity of a line.
///
/// `account` is whatever names the account to the caller for good: the bank's number for it, or
/// the caller's own where the bank's must not be stored in clear. `amount_text` is a line's, so
/// that `-5.5` and `-5.50` are the same amount. `occurrence` counts from 1.
pub fn line_identity(account: &str, fitid: &str, amount_text: &str, posted_on: Date, occurrence: u32) -> LineIdentity {
    let amount = without_trailing_zeros(amount_text);
    // The lengths before the two free texts keep one's end from being taken for the other's start.
    LineIdentity(format!(
        "{}:{account}{}:{fitid}{amount}/{posted_on}/{occurrence}",
        account.len(),
        fitid.len()
    ))
}

/// The identities of an account's lines, in their order: all lines that one file has of the
/// account, so that equals are counted.
pub fn line_identities(account: &str, lines: &[StatementLine]) -> Vec<LineIdentity> {
    let mut occurrences: HashMap<(&str, &str, Date), u32> = HashMap::new();
    lines
        .iter()
        .map(|line| {
            let amount = without_trailing_zeros(&line.amount_text);
            let occurrence = occurrences.entry((&line.fitid, amount, line.posted_on)).or_default();
            *occurrence += 1;
            line_identity(account, &line.fitid, amount, line.posted_on, *occurrence)
        })
        .collect()
}
