//! Currencies of ISO 4217 and the decimals each one is counted in.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Currencies without minor units.
const NO_DECIMALS: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
];

/// Currencies whose minor unit is the hundredth. ANG and BGN were withdrawn in 2025 and 2026;
/// older statements still name them.
const TWO_DECIMALS: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BMD", "BND",
    "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CNY", "COP", "CRC", "CUP", "CVE", "CZK",
    "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GTQ", "GYD",
    "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES", "KGS", "KHR", "KPW", "KYD", "KZT", "LAK",
    "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN",
    "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "QAR", "RON",
    "RSD", "RUB", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP",
    "SZL", "THB", "TJS", "TMT", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "USD", "UYU", "UZS", "VED", "VES", "WST",
    "XCD", "XCG", "YER", "ZAR", "ZMW", "ZWG",
];

/// Currencies whose minor unit is the thousandth.
const THREE_DECIMALS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// A currency of ISO 4217. Two values are equal when their codes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency {
    code: &'static str,
    minor_digits: u32,
}

/// The text is not the code of a currency in use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a currency code. Use the three letters of ISO 4217, such as USD.")]
pub struct UnknownCurrency(pub String);

impl Currency {
    /// The United States dollar.
    pub const USD: Self = Self {
        code: "USD",
        minor_digits: 2,
    };

    /// Reads a code such as `USD`, in any case and with spaces around it.
    ///
    /// # Errors
    /// [`UnknownCurrency`] when ISO 4217 has no such currency for payments (metals, funds and
    /// test codes are not).
    pub fn parse(text: &str) -> Result<Self, UnknownCurrency> {
        let wanted = text.trim();
        let by_decimals: [(u32, &[&'static str]); 3] = [(2, TWO_DECIMALS), (0, NO_DECIMALS), (3, THREE_DECIMALS)];
        by_decimals
            .iter()
            .find_map(|(minor_digits, codes)| {
                let code = codes.iter().find(|code| code.eq_ignore_ascii_case(wanted))?;
                Some(Self {
                    code,
                    minor_digits: *minor_digits,
                })
            })
            .ok_or_else(|| UnknownCurrency(wanted.to_owned()))
    }

    /// The three letters: `USD`.
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// How many decimals its amounts have: 2 for the dollar, 0 for the yen.
    pub const fn minor_digits(self) -> u32 {
        self.minor_digits
    }

    /// How many minor units make one: 100 for the dollar.
    pub(super) const fn minor_per_unit(self) -> u64 {
        10_u64.pow(self.minor_digits)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_read_by_its_code_in_any_case() {
        assert_eq!(Currency::parse(" usd "), Ok(Currency::USD));
        assert_eq!(Currency::parse("JPY").map(Currency::minor_digits), Ok(0));
        assert_eq!(Currency::parse("KWD").map(Currency::minor_digits), Ok(3));
        assert_eq!(Currency::parse("EUR").map(Currency::code), Ok("EUR"));
    }

    #[test]
    fn metals_test_codes_and_words_are_no_currency() {
        for text in ["XAU", "XXX", "dollar", "US", "", "USDX"] {
            assert_eq!(Currency::parse(text), Err(UnknownCurrency(text.to_owned())), "{text}");
        }
    }
}
