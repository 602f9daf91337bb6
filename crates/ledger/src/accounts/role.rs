//! The roles of system accounts: what the program itself posts to, found by role and never by
//! name, so that a company may rename and renumber its accounts.

use serde::{Deserialize, Serialize};

use super::UnknownName;

/// The role of a system account. Such an account cannot be deleted or given another type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountRole {
    /// Received, and not yet taken to the bank.
    UndepositedFunds,
    /// Charged by Stripe, and not yet paid out.
    StripeClearing,
    /// What customers owe, by customer.
    AccountsReceivable,
    /// Assets nobody has coded yet.
    UncategorizedAsset,
    /// What is owed to vendors, by vendor.
    AccountsPayable,
    /// Sales tax collected and due to agencies.
    SalesTaxPayable,
    /// Paid by customers before anything was earned.
    CustomerDeposits,
    /// The other side of opening balances; zero once set-up is done.
    OpeningBalanceEquity,
    /// Profit of the fiscal years before this one, by computation.
    RetainedEarnings,
    /// Income nobody has coded yet.
    UncategorizedIncome,
    /// Cash basis: received from customers and not applied to an invoice.
    UnappliedCashPaymentIncome,
    /// What payment processors keep.
    MerchantFees,
    /// Expenses nobody has coded yet.
    UncategorizedExpense,
    /// Cash basis: paid to vendors and not applied to a bill.
    UnappliedCashBillPaymentExpense,
    /// What a reconciliation was forced by.
    ReconciliationDiscrepancies,
}

impl AccountRole {
    /// All of them, in the order of the starter chart.
    pub const ALL: [Self; 15] = [
        Self::UndepositedFunds,
        Self::StripeClearing,
        Self::AccountsReceivable,
        Self::UncategorizedAsset,
        Self::AccountsPayable,
        Self::SalesTaxPayable,
        Self::CustomerDeposits,
        Self::OpeningBalanceEquity,
        Self::RetainedEarnings,
        Self::UncategorizedIncome,
        Self::UnappliedCashPaymentIncome,
        Self::MerchantFees,
        Self::UncategorizedExpense,
        Self::UnappliedCashBillPaymentExpense,
        Self::ReconciliationDiscrepancies,
    ];

    /// The text it is stored as.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UndepositedFunds => "undeposited_funds",
            Self::StripeClearing => "stripe_clearing",
            Self::AccountsReceivable => "accounts_receivable",
            Self::UncategorizedAsset => "uncategorized_asset",
            Self::AccountsPayable => "accounts_payable",
            Self::SalesTaxPayable => "sales_tax_payable",
            Self::CustomerDeposits => "customer_deposits",
            Self::OpeningBalanceEquity => "opening_balance_equity",
            Self::RetainedEarnings => "retained_earnings",
            Self::UncategorizedIncome => "uncategorized_income",
            Self::UnappliedCashPaymentIncome => "unapplied_cash_payment_income",
            Self::MerchantFees => "merchant_fees",
            Self::UncategorizedExpense => "uncategorized_expense",
            Self::UnappliedCashBillPaymentExpense => "unapplied_cash_bill_payment_expense",
            Self::ReconciliationDiscrepancies => "reconciliation_discrepancies",
        }
    }

    /// Reads a code.
    ///
    /// # Errors
    /// [`UnknownName`] when no role has it.
    pub fn parse(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|role| role.code() == text)
            .ok_or_else(|| UnknownName {
                text: text.to_owned(),
                expected: "a role of an account",
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_read_and_serialized_by_its_code() -> Result<(), serde_json::Error> {
        for role in AccountRole::ALL {
            assert_eq!(AccountRole::parse(role.code()), Ok(role));
            let json = serde_json::to_string(&role)?;
            assert_eq!(json, format!("\"{}\"", role.code()));
        }
        assert!(AccountRole::parse("petty_cash").is_err());
        Ok(())
    }
}
