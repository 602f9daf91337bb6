//! Where a page of the general ledger begins, as an address carries it.

use std::fmt;
use std::str::FromStr;

use super::super::account_ledger::{LedgerKey, LedgerKeyError};

/// The place of an account, or of a line within it. Written `17`, or `17~2026-01-31.12.3.45`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GeneralLedgerKey {
    /// The account.
    pub account_id: i64,
    /// The last line that was read; none before the account's first.
    pub line: Option<LedgerKey>,
}

impl fmt::Display for GeneralLedgerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.account_id)?;
        match self.line {
            Some(line) => write!(f, "~{line}"),
            None => Ok(()),
        }
    }
}

impl FromStr for GeneralLedgerKey {
    type Err = LedgerKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (account, line) = match text.split_once('~') {
            Some((account, line)) => (account, Some(line.parse()?)),
            None => (text, None),
        };
        let account_id = account.parse().map_err(|_| LedgerKeyError)?;
        Ok(Self { account_id, line })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_as_it_was_written() {
        for text in ["17", "17~2026-01-31.12.3.45"] {
            let key: GeneralLedgerKey = text.parse().expect("a key");
            assert_eq!(key.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "~", "x", "17~", "17~2026-02-31.1.1.1", "17~1~1"] {
            assert_eq!(text.parse::<GeneralLedgerKey>(), Err(LedgerKeyError), "{text}");
        }
    }
}
