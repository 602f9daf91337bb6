//! Amounts as people, statements and files read them.

use super::Currency;

/// For pages and forms: `1,234.50`, `-1,234.50`.
pub fn format_amount(minor: i64, currency: Currency) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}", unsigned(minor, currency, true))
}

/// For statements: `1,234.50`, negatives in parentheses: `(1,234.50)`.
pub fn format_report(minor: i64, currency: Currency) -> String {
    let digits = unsigned(minor, currency, true);
    if minor < 0 { format!("({digits})") } else { digits }
}

/// For files and JSON: `1234.50`, `-1234.50`.
pub fn format_plain(minor: i64, currency: Currency) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}", unsigned(minor, currency, false))
}

fn unsigned(minor: i64, currency: Currency, separated: bool) -> String {
    let minor = minor.unsigned_abs();
    let units = minor / currency.minor_per_unit();
    let decimals = minor % currency.minor_per_unit();
    let units = if separated {
        separate_thousands(&units.to_string())
    } else {
        units.to_string()
    };
    match currency.minor_digits() as usize {
        0 => units,
        width => format!("{units}.{decimals:0width$}"),
    }
}

fn separate_thousands(digits: &str) -> String {
    let mut separated = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            separated.push(',');
        }
        separated.push(digit);
    }
    separated
}

#[cfg(test)]
mod tests {
    use super::*;

    const USD: Currency = Currency::USD;

    #[test]
    fn dollars_have_two_decimals_and_separated_thousands() {
        assert_eq!(format_amount(123_450, USD), "1,234.50");
        assert_eq!(format_amount(-123_450, USD), "-1,234.50");
        assert_eq!(format_amount(100_000_000, USD), "1,000,000.00");
        assert_eq!(format_amount(5, USD), "0.05");
        assert_eq!(format_plain(-123_450, USD), "-1234.50");
    }

    #[test]
    fn a_statement_shows_negatives_in_parentheses() {
        assert_eq!(format_report(-123_450, USD), "(1,234.50)");
        assert_eq!(format_report(0, USD), "0.00");
    }

    #[test]
    fn each_currency_shows_its_own_decimals() -> Result<(), crate::money::UnknownCurrency> {
        assert_eq!(format_amount(1234, Currency::parse("JPY")?), "1,234");
        assert_eq!(format_amount(1234, Currency::parse("KWD")?), "1.234");
        Ok(())
    }

    #[test]
    fn the_smallest_amount_is_written_in_full() {
        assert_eq!(format_plain(i64::MIN, USD), "-92233720368547758.08");
    }
}
