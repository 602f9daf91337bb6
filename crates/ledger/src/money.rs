//! Money: whole minor units (cents) of one currency, read from what people type and written for
//! people, files and forms. No floating point anywhere.

mod currency;
mod format;
mod parse;
mod sum;

pub use currency::{Currency, UnknownCurrency};
pub use format::{format_amount, format_plain, format_report};
pub use parse::{AmountError, parse_amount};
pub use sum::parse_amount_or_sum;

use serde::{Serialize, Serializer};

/// A sum that left the range of 64-bit minor units (about 92 quadrillion dollars): the figures
/// cannot be right, and no report is made of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The amounts add up to more than can be kept exactly.")]
pub struct AmountOverflow;

/// An amount with its currency, as reports carry it. Serializes as a decimal string: `"1234.50"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    /// Minor units. The sign's meaning is the owner's: debit positive, or the sign of the face.
    pub minor: i64,
    /// What the minor units are of.
    pub currency: Currency,
}

impl Amount {
    /// The amount as a statement prints it, negatives in parentheses: `(1,234.50)`.
    pub fn to_report(self) -> String {
        format_report(self.minor, self.currency)
    }

    /// The amount as a file carries it: `-1234.50`.
    pub fn to_plain(self) -> String {
        format_plain(self.minor, self.currency)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_plain())
    }
}

/// Adds minor units exactly: the order of the amounts cannot matter, because the running sum has
/// room for any number of them.
///
/// # Errors
/// [`AmountOverflow`] when the sum itself does not fit 64 bits.
pub fn sum_checked(amounts: impl IntoIterator<Item = i64>) -> Result<i64, AmountOverflow> {
    let sum: i128 = amounts.into_iter().map(i128::from).sum();
    i64::try_from(sum).map_err(|_| AmountOverflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_that_returns_into_range_is_exact_and_one_that_stays_out_is_refused() {
        assert_eq!(sum_checked([i64::MAX, i64::MAX, -i64::MAX]), Ok(i64::MAX));
        assert_eq!(sum_checked([i64::MAX, 1]), Err(AmountOverflow));
        assert_eq!(sum_checked([]), Ok(0));
    }
}
