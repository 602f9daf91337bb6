//! Decimals as banks write them, kept exactly: no floating point, no rounding.

/// The most digits before the decimal mark. With the three decimals of the finest currency, every
/// such amount fits the minor units of an `i64`.
const WHOLE_DIGITS_MAX: usize = 14;

/// The most digits after the decimal mark.
const DECIMALS_MAX: usize = 15;

/// A decimal in one spelling: `-1234.50`. Sign, grouping and decimal mark are unified and leading
/// zeros dropped; the decimals stay as given, zeros included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) text: String,
    /// Whether the text could as well mean a thousand times as much: `1,234` is 1.234 by the
    /// standard, in which a comma marks decimals, and 1,234 as Americans write it.
    pub(crate) ambiguous: bool,
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecimalError {
    NotDecimal,
    TooLong,
}

/// Reads `-12.5`, `+12.00`, `12,50`, `1,234.56`, `1.234,56`, `1 234.56`, `1'234.56`, `.5`, `5.`.
///
/// Of two different marks the last one marks the decimals; a mark that occurs more than once
/// groups digits by three.
pub(crate) fn read_decimal(given: &str) -> Result<Decimal, DecimalError> {
    let (negative, unsigned) = match given.strip_prefix(['-', '+']) {
        Some(unsigned) => (given.starts_with('-'), unsigned),
        None => (false, given),
    };
    let mark = unsigned
        .char_indices()
        .rfind(|(_, character)| matches!(character, '.' | ','))
        .filter(|(_, mark)| unsigned.matches(*mark).count() == 1);
    let (grouped, decimals) = match mark {
        Some((at, _)) => (&unsigned[..at], &unsigned[at + 1..]),
        None => (unsigned, ""),
    };
    let whole = ungrouped(grouped).ok_or(DecimalError::NotDecimal)?;
    if !all_digits(decimals) || whole.is_empty() && decimals.is_empty() {
        return Err(DecimalError::NotDecimal);
    }
    let whole = whole.trim_start_matches('0');
    if whole.len() > WHOLE_DIGITS_MAX || decimals.len() > DECIMALS_MAX {
        return Err(DecimalError::TooLong);
    }
    let is_zero = whole.is_empty() && decimals.bytes().all(|digit| digit == b'0');
    let mut text = String::new();
    if negative && !is_zero {
        text.push('-');
    }
    text.push_str(if whole.is_empty() { "0" } else { whole });
    if !decimals.is_empty() {
        text.push('.');
        text.push_str(decimals);
    }
    let comma_may_group = mark.is_some_and(|(_, mark)| mark == ',')
        && decimals.len() == 3
        && (1..=3).contains(&grouped.len())
        && !grouped.starts_with('0');
    Ok(Decimal {
        text,
        ambiguous: comma_may_group,
    })
}

/// The digits of `1,234,567`, given that one kind of mark groups them by three; `None` for
/// anything else.
fn ungrouped(grouped: &str) -> Option<String> {
    let Some(mark) = grouped.chars().find(|character| !character.is_ascii_digit()) else {
        return Some(grouped.to_owned());
    };
    if !matches!(mark, ',' | '.' | ' ' | '\'') {
        return None;
    }
    let mut groups = grouped.split(mark);
    let first = groups.next()?;
    let sound = all_digits(first)
        && (1..=3).contains(&first.len())
        && groups.all(|group| group.len() == 3 && all_digits(group));
    sound.then(|| grouped.split(mark).collect())
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The one spelling of a decimal's value, given a [`Decimal`]'s text: `-5.50` and `-5.5` are both
/// `-5.5`.
pub(crate) fn without_trailing_zeros(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

/// The amount in minor units of a currency with so many decimals, given a [`Decimal`]'s text;
/// `None` where it has more decimals than that.
pub(crate) fn minor_units(text: &str, minor_digits: u32) -> Option<i64> {
    let text = without_trailing_zeros(text);
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let missing = usize::try_from(minor_digits).ok()?.checked_sub(decimals.len())?;
    format!("{whole}{decimals}{}", "0".repeat(missing)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(given: &str) -> Option<String> {
        read_decimal(given).ok().map(|decimal| decimal.text)
    }

    #[test]
    fn amounts_in_every_spelling_banks_use_are_read() {
        for (given, expected) in [
            ("-5.50", "-5.50"),
            ("+12.00", "12.00"),
            ("12", "12"),
            ("0", "0"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("5.", "5"),
            ("12,50", "12.50"),
            ("-0,5", "-0.5"),
            ("1,234.56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("1,234,567", "1234567"),
            ("1.234.567,8", "1234567.8"),
            ("1 234,56", "1234.56"),
            ("1'234.56", "1234.56"),
            ("-00000000001500.0000", "-1500.0000"),
            ("-0.00", "0.00"),
            ("115.8331", "115.8331"),
        ] {
            assert_eq!(text(given).as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for given in [
            "",
            "-",
            "+",
            ".",
            ",",
            "$120",
            "120 USD",
            "12-",
            "--12",
            "- 12",
            "(12.00)",
            "1e5",
            "1.2.3",
            "1,23,456.00",
            "1,2345.00",
            "1.5,000",
            "1,234.567,8",
            ",123,456",
            "1,,234.00",
            "NaN",
            "1234,567,890",
            "١٢",
            "0x10",
        ] {
            assert_eq!(read_decimal(given), Err(DecimalError::NotDecimal), "{given}");
        }
    }

    #[test]
    fn an_amount_beyond_any_books_is_refused() {
        assert_eq!(text("99999999999999.99").as_deref(), Some("99999999999999.99"));
        assert_eq!(read_decimal("100000000000000"), Err(DecimalError::TooLong));
        assert_eq!(read_decimal("0.1234567890123456"), Err(DecimalError::TooLong));
        assert_eq!(minor_units("-99999999999999.999", 3), Some(-99_999_999_999_999_999));
    }

    #[test]
    fn a_comma_before_three_digits_may_mean_either() {
        for (given, ambiguous) in [
            ("1,234", true),
            ("-12,345", true),
            ("123,456", true),
            ("0,123", false),
            ("1234,567", false),
            ("1,23", false),
            ("1,234.00", false),
            ("1.234", false),
            ("1,234,567", false),
        ] {
            assert_eq!(
                read_decimal(given).map(|decimal| decimal.ambiguous),
                Ok(ambiguous),
                "{given}"
            );
        }
        assert_eq!(text("1,234").as_deref(), Some("1.234"));
    }

    #[test]
    fn minor_units_are_exact_or_none() {
        assert_eq!(minor_units("-5.5", 2), Some(-550));
        assert_eq!(minor_units("-0.05", 2), Some(-5));
        assert_eq!(minor_units("-1500.0000", 2), Some(-150_000));
        assert_eq!(minor_units("115.8331", 2), None);
        assert_eq!(minor_units("1500", 0), Some(1_500));
        assert_eq!(minor_units("1.5", 0), None);
        assert_eq!(minor_units("1.234", 3), Some(1_234));
    }

    proptest! {
        #[test]
        fn every_amount_survives_the_way_into_text_and_back(
            minor in -9_999_999_999_999_999_i64..=9_999_999_999_999_999,
        ) {
            let sign = if minor < 0 { "-" } else { "" };
            let given = format!("{sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100);
            let read = read_decimal(&given).map(|decimal| minor_units(&decimal.text, 2));
            prop_assert_eq!(read, Ok(Some(minor)));
        }

        #[test]
        fn no_text_makes_the_reader_panic(given in "[-+0-9., ']{0,40}|.{0,20}") {
            if let Ok(decimal) = read_decimal(&given) {
                let again = read_decimal(&decimal.text).map(|again| again.text);
                prop_assert_eq!(again, Ok(decimal.text));
            }
        }
    }
}
