//! Where a page of the journal begins, as an address carries it.

use std::fmt;
use std::str::FromStr;

use ledger::dates::format_iso;
use tenancy::place_day;
use time::Date;

use super::LedgerKeyError;

/// The place of an entry: by date, then document. Written `2026-01-31.12`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct JournalKey {
    /// The entry's day.
    pub posted_on: Date,
    /// Its document.
    pub document_id: i64,
}

impl JournalKey {
    /// The place before every entry of a day: ids begin at 1.
    pub(super) fn before(day: Date) -> Self {
        Self {
            posted_on: day,
            document_id: 0,
        }
    }
}

impl fmt::Display for JournalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", format_iso(self.posted_on), self.document_id)
    }
}

impl FromStr for JournalKey {
    type Err = LedgerKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (day, document) = text.split_once('.').ok_or(LedgerKeyError)?;
        Ok(Self {
            posted_on: place_day(day).ok_or(LedgerKeyError)?,
            document_id: document.parse().map_err(|_| LedgerKeyError)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_as_it_was_written() {
        let key: JournalKey = "2026-01-31.12".parse().expect("a key");
        assert_eq!(key.to_string(), "2026-01-31.12");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in [
            "",
            "2026-01-31",
            "2026-02-31.1",
            "-9999-01-01.1",
            "2026-01-31.1.1",
            "2026-01-31.a",
        ] {
            assert_eq!(text.parse::<JournalKey>(), Err(LedgerKeyError), "{text}");
        }
    }
}
