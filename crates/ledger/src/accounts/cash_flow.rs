//! Where an account's movement stands in the statement of cash flows.

use serde::{Deserialize, Serialize};

use super::AccountType;
use super::UnknownName;

/// A part of the statement of cash flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CashFlow {
    /// Cash itself: what the statement explains the change of.
    Cash,
    /// The trade: customers, vendors, wages, taxes.
    Operating,
    /// Equipment, deposits and other things kept for years.
    Investing,
    /// Lenders and owners.
    Financing,
}

impl CashFlow {
    /// All four, in the order of the statement.
    pub const ALL: [Self; 4] = [Self::Cash, Self::Operating, Self::Investing, Self::Financing];

    /// The text it is stored as.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Operating => "operating",
            Self::Investing => "investing",
            Self::Financing => "financing",
        }
    }

    /// The words people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cash => "Cash",
            Self::Operating => "Operating activities",
            Self::Investing => "Investing activities",
            Self::Financing => "Financing activities",
        }
    }

    /// Reads a code.
    ///
    /// # Errors
    /// [`UnknownName`] when it is none of the four.
    pub fn parse(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|part| part.code() == text)
            .ok_or_else(|| UnknownName {
                text: text.to_owned(),
                expected: "a part of the statement of cash flows",
            })
    }

    /// Where an account stands unless it says otherwise: by its detail type, else by its type (accounting.md 5.1 and 5.3).
    pub fn usual(account_type: AccountType, detail_type: Option<&str>) -> Self {
        match (account_type, detail_type) {
            (AccountType::Bank, _) | (_, Some("UndepositedFunds")) => Self::Cash,
            (_, Some("LineOfCredit" | "LoanPayable")) => Self::Financing,
            // What was written off was no cash: it is added back to net income (accounting.md 4.4).
            (
                AccountType::FixedAsset | AccountType::OtherAsset,
                Some(
                    "AccumulatedDepreciation"
                    | "AccumulatedDepletion"
                    | "AccumulatedAmortization"
                    | "AccumulatedAmortizationOfOtherAssets",
                ),
            ) => Self::Operating,
            (AccountType::FixedAsset | AccountType::OtherAsset, _) => Self::Investing,
            (AccountType::LongTermLiability | AccountType::Equity, _) => Self::Financing,
            _ => Self::Operating,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_read_and_serialized_by_its_code() -> Result<(), serde_json::Error> {
        for part in CashFlow::ALL {
            assert_eq!(CashFlow::parse(part.code()), Ok(part));
            assert_eq!(serde_json::to_string(&part)?, format!("\"{}\"", part.code()));
        }
        assert!(CashFlow::parse("other").is_err());
        Ok(())
    }

    #[test]
    fn a_line_of_credit_is_financing_though_it_is_due_within_a_year() {
        let usual = |account_type, detail| CashFlow::usual(account_type, Some(detail));
        assert_eq!(
            usual(AccountType::OtherCurrentLiability, "LineOfCredit"),
            CashFlow::Financing
        );
        assert_eq!(
            usual(AccountType::OtherCurrentLiability, "SalesTaxPayable"),
            CashFlow::Operating
        );
        assert_eq!(
            usual(AccountType::OtherCurrentAsset, "UndepositedFunds"),
            CashFlow::Cash
        );
        assert_eq!(usual(AccountType::FixedAsset, "Vehicles"), CashFlow::Investing);
        assert_eq!(CashFlow::usual(AccountType::Expense, None), CashFlow::Operating);
    }
}
