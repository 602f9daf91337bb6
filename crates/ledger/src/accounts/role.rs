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

    /// The role of the account that QuickBooks Online itself gives this name, such as `Accounts Receivable (A/R)`: in its files
    /// it means the system account, whatever a company calls its own.
    pub fn of_quickbooks(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let plain = name.strip_suffix("(a/r)").or_else(|| name.strip_suffix("(a/p)"));
        Some(match plain.unwrap_or(&name).trim_end() {
            "accounts receivable" => Self::AccountsReceivable,
            "accounts payable" => Self::AccountsPayable,
            "undeposited funds" | "payments to deposit" => Self::UndepositedFunds,
            "opening balance equity" => Self::OpeningBalanceEquity,
            "retained earnings" => Self::RetainedEarnings,
            "sales tax payable" => Self::SalesTaxPayable,
            "uncategorized asset" => Self::UncategorizedAsset,
            "uncategorized income" => Self::UncategorizedIncome,
            "uncategorized expense" => Self::UncategorizedExpense,
            "unapplied cash payment income" => Self::UnappliedCashPaymentIncome,
            "unapplied cash bill payment expense" => Self::UnappliedCashBillPaymentExpense,
            "reconciliation discrepancies" => Self::ReconciliationDiscrepancies,
            _ => return None,
        })
    }

    /// What the program books to the account for, in plain words.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::UndepositedFunds => "money received and not yet taken to the bank",
            Self::StripeClearing => "charges on Stripe until they are paid out",
            Self::AccountsReceivable => "what customers owe, by customer",
            Self::UncategorizedAsset => "assets nobody has coded yet",
            Self::AccountsPayable => "what is owed to vendors, by vendor",
            Self::SalesTaxPayable => "sales tax collected and due to agencies",
            Self::CustomerDeposits => "what customers paid before anything was earned",
            Self::OpeningBalanceEquity => "the other side of opening balances",
            Self::RetainedEarnings => "the profit of earlier fiscal years",
            Self::UncategorizedIncome => "income nobody has coded yet",
            Self::UnappliedCashPaymentIncome => "cash basis: money received for no invoice yet",
            Self::MerchantFees => "what payment processors keep",
            Self::UncategorizedExpense => "expenses nobody has coded yet",
            Self::UnappliedCashBillPaymentExpense => "cash basis: money paid for no bill yet",
            Self::ReconciliationDiscrepancies => "differences a reconciliation was forced by",
        }
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

    #[test]
    fn quickbooks_own_names_mean_the_system_accounts() {
        for (name, role) in [
            ("Accounts Receivable (A/R)", AccountRole::AccountsReceivable),
            ("accounts payable (A/P)", AccountRole::AccountsPayable),
            ("Payments to deposit", AccountRole::UndepositedFunds),
            ("Retained Earnings", AccountRole::RetainedEarnings),
        ] {
            assert_eq!(AccountRole::of_quickbooks(name), Some(role), "{name}");
        }
        assert_eq!(AccountRole::of_quickbooks("Accounts Receivable (A/R) - EUR"), None);
        assert_eq!(AccountRole::of_quickbooks("Receivables"), None);
        assert_eq!(AccountRole::of_quickbooks("(A/R)"), None);
    }
}
