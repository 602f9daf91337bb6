//! Where a page of a ledger ends and the next one begins, as an address carries it.

use std::fmt;
use std::str::FromStr;

use ledger::dates::format_iso;
use tenancy::place_day;
use time::Date;

/// The place of a line in its account's ledger: by date, document, line, posting. Written `2026-01-31.12.3.45`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LedgerKey {
    /// The line's day.
    pub posted_on: Date,
    /// Its document.
    pub document_id: i64,
    /// Its number in the document.
    pub line_no: i32,
    /// Its posting.
    pub posting_id: i64,
}

/// The text is no place in a ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("that page of the ledger does not exist")]
pub struct LedgerKeyError;

impl LedgerKey {
    /// The place before every line of a day: ids begin at 1.
    pub(in crate::reports) fn before(day: Date) -> Self {
        Self {
            posted_on: day,
            document_id: 0,
            line_no: 0,
            posting_id: 0,
        }
    }

    /// The place after every line of a day.
    pub(in crate::reports) fn end_of(day: Date) -> Self {
        Self {
            posted_on: day,
            document_id: i64::MAX,
            line_no: i32::MAX,
            posting_id: i64::MAX,
        }
    }

    /// The place just before this one.
    pub(in crate::reports) fn just_before(self) -> Self {
        Self {
            posting_id: self.posting_id.saturating_sub(1),
            ..self
        }
    }
}

impl fmt::Display for LedgerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}.{}.{}.{}",
            format_iso(self.posted_on),
            self.document_id,
            self.line_no,
            self.posting_id
        )
    }
}

impl FromStr for LedgerKey {
    type Err = LedgerKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split('.').collect();
        let [day, document, line, posting] = parts[..] else {
            return Err(LedgerKeyError);
        };
        Ok(Self {
            posted_on: place_day(day).ok_or(LedgerKeyError)?,
            document_id: document.parse().map_err(|_| LedgerKeyError)?,
            line_no: line.parse().map_err(|_| LedgerKeyError)?,
            posting_id: posting.parse().map_err(|_| LedgerKeyError)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_key_is_read_back_as_it_was_written() {
        let key = LedgerKey {
            posted_on: date!(2026 - 01 - 31),
            document_id: 12,
            line_no: 3,
            posting_id: 45,
        };
        assert_eq!(key.to_string(), "2026-01-31.12.3.45");
        assert_eq!(key.to_string().parse(), Ok(key));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in [
            "",
            "2026-01-31",
            "2026-02-31.1.1.1",
            "-9999-01-01.1.1.1",
            "2026-01-31.1.1.1.1",
            "2026-01-31.a.1.1",
        ] {
            assert_eq!(text.parse::<LedgerKey>(), Err(LedgerKeyError), "{text}");
        }
    }
}
