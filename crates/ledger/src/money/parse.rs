//! Amounts as people type and paste them. Strict: what could mean two things is refused, with a
//! sentence that says what to write instead.

use super::{AmountOverflow, Currency};

/// Why a text is not an amount; the message is fit to stand at the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing was typed.
    #[error("Enter an amount.")]
    Empty,
    /// Something else than an amount.
    #[error("“{0}” is not an amount. Write it like 1,234.50.")]
    NotAnAmount(String),
    /// A comma that does not separate thousands, as in `12,50`.
    #[error("The commas in “{0}” do not separate thousands. Write it like 1,234.50.")]
    Separators(String),
    /// More decimals than the currency has.
    #[error("“{text}” has more decimals than {currency}, which has {allowed}.")]
    TooManyDecimals {
        /// What was typed.
        text: String,
        /// The currency's code.
        currency: &'static str,
        /// How many decimals it has.
        allowed: u32,
    },
    /// Beyond 64 bits of minor units.
    #[error("The amount is too large.")]
    TooLarge,
    /// A sum such as `10/0`.
    #[error("A sum cannot divide by zero.")]
    DivisionByZero,
}

impl From<AmountOverflow> for AmountError {
    fn from(_: AmountOverflow) -> Self {
        Self::TooLarge
    }
}

/// Reads an amount in minor units: `1,234.50`, `$1,234.50`, `-12`, `-$12`, and `(12.00)` for a
/// negative one. The currency's own sign is allowed for dollars, euros, pounds and yen.
///
/// # Errors
/// [`AmountError`], each with a message for the field.
pub fn parse_amount(text: &str, currency: Currency) -> Result<i64, AmountError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AmountError::Empty);
    }
    let (negative, unsigned) = split_sign(text, currency);
    let decimal = Decimal::parse(unsigned).map_err(|fault| fault.of(text))?;
    let allowed = currency.minor_digits();
    if decimal.places > allowed {
        return Err(AmountError::TooManyDecimals {
            text: text.to_owned(),
            currency: currency.code(),
            allowed,
        });
    }
    let magnitude = 10_i128
        .checked_pow(allowed - decimal.places)
        .and_then(|scale| decimal.digits.checked_mul(scale))
        .ok_or(AmountError::TooLarge)?;
    let minor = if negative { -magnitude } else { magnitude };
    i64::try_from(minor).map_err(|_| AmountError::TooLarge)
}

/// Takes off parentheses or one sign, and the currency's sign on either side of it.
fn split_sign(text: &str, currency: Currency) -> (bool, &str) {
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        return (true, strip_symbol(inner.trim(), currency));
    }
    match take_sign(text) {
        (Some(negative), unsigned) => (negative, strip_symbol(unsigned, currency)),
        (None, text) => {
            let (sign, unsigned) = take_sign(strip_symbol(text, currency));
            (sign.unwrap_or(false), unsigned)
        }
    }
}

/// A leading sign, true when it is a minus, and what follows it.
fn take_sign(text: &str) -> (Option<bool>, &str) {
    if let Some(rest) = text.strip_prefix(['-', '\u{2212}']) {
        (Some(true), rest.trim_start())
    } else if let Some(rest) = text.strip_prefix('+') {
        (Some(false), rest.trim_start())
    } else {
        (None, text)
    }
}

/// Takes off the currency's own sign, if it has one and the text begins with it.
pub(super) fn strip_symbol(text: &str, currency: Currency) -> &str {
    let symbol = match currency.code() {
        "USD" | "CAD" | "AUD" | "NZD" => '$',
        "EUR" => '€',
        "GBP" => '£',
        "JPY" => '¥',
        _ => return text,
    };
    text.strip_prefix(symbol).map_or(text, str::trim_start)
}

/// An unsigned decimal number as written: `1,234.5` is 12345 with 1 place.
pub(super) struct Decimal {
    pub(super) digits: i128,
    pub(super) places: u32,
}

/// What is wrong with the text of a [`Decimal`].
pub(super) enum DecimalFault {
    NotANumber,
    Separators,
    TooLarge,
}

impl DecimalFault {
    /// The error that quotes the whole text it was found in.
    pub(super) fn of(self, text: &str) -> AmountError {
        match self {
            Self::NotANumber => AmountError::NotAnAmount(text.to_owned()),
            Self::Separators => AmountError::Separators(text.to_owned()),
            Self::TooLarge => AmountError::TooLarge,
        }
    }
}

impl Decimal {
    /// Reads digits with optional thousands separators and an optional fraction.
    pub(super) fn parse(text: &str) -> Result<Self, DecimalFault> {
        let (units, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(fraction) || !units.split(',').all(is_digits) {
            return Err(DecimalFault::NotANumber);
        }
        if units.is_empty() && fraction.is_empty() {
            return Err(DecimalFault::NotANumber);
        }
        if units.contains(',') && !separates_thousands(units) {
            return Err(DecimalFault::Separators);
        }
        let digits = units
            .bytes()
            .chain(fraction.bytes())
            .filter(u8::is_ascii_digit)
            .try_fold(0_i128, |digits, byte| {
                digits.checked_mul(10)?.checked_add(i128::from(byte - b'0'))
            })
            .ok_or(DecimalFault::TooLarge)?;
        let places = u32::try_from(fraction.len()).map_err(|_| DecimalFault::TooLarge)?;
        Ok(Self { digits, places })
    }
}

fn separates_thousands(units: &str) -> bool {
    let mut groups = units.split(',');
    groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars(text: &str) -> Result<i64, AmountError> {
        parse_amount(text, Currency::USD)
    }

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for (text, minor) in [
            ("1,234.50", 123_450),
            ("$1,234.50", 123_450),
            (" 1234.5 ", 123_450),
            ("(12.00)", -1_200),
            ("($12)", -1_200),
            ("-12", -1_200),
            ("-$12", -1_200),
            ("$-12", -1_200),
            ("\u{2212}12", -1_200),
            ("+12", 1_200),
            (".05", 5),
            ("7.", 700),
            ("0", 0),
            ("92233720368547758.07", i64::MAX),
            ("-92233720368547758.08", i64::MIN),
        ] {
            assert_eq!(dollars(text), Ok(minor), "{text}");
        }
    }

    #[test]
    fn more_decimals_than_the_currency_has_are_refused() -> Result<(), crate::money::UnknownCurrency> {
        assert!(matches!(
            dollars("1.005"),
            Err(AmountError::TooManyDecimals { allowed: 2, .. })
        ));
        let yen = Currency::parse("JPY")?;
        assert_eq!(parse_amount("1,200", yen), Ok(1_200));
        assert!(parse_amount("1200.5", yen).is_err());
        Ok(())
    }

    #[test]
    fn a_comma_that_is_no_thousands_separator_is_refused() {
        for text in ["12,50", "1,2345", ",123", "1234,567", "1,,234"] {
            assert_eq!(dollars(text), Err(AmountError::Separators(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn junk_is_refused() {
        for text in [
            "abc", "1e5", "--1", "(-1)", "(1", "1.2.3", "1 2", "€5", ".", "-", "$", "12*40", "½", "1.1,000", "$-$5",
            "-$-5",
        ] {
            assert_eq!(dollars(text), Err(AmountError::NotAnAmount(text.to_owned())), "{text}");
        }
        assert_eq!(dollars("  "), Err(AmountError::Empty));
    }

    #[test]
    fn an_amount_beyond_64_bits_is_refused() {
        assert_eq!(dollars("92233720368547758.08"), Err(AmountError::TooLarge));
        assert_eq!(dollars(&"9".repeat(60)), Err(AmountError::TooLarge));
    }
}
