//! What an account is, by its name: where a file names accounts and says no types. A person looks at every guess.

use crate::accounts::AccountType::{self, *};

/// Words and the type they tell, the surest first.
const WORDS: [(&[&str], AccountType); 16] = [
    (&["accounts receivable", "a/r", "debtors"], AccountsReceivable),
    (&["accounts payable", "a/p", "creditors"], AccountsPayable),
    (
        &["credit card", "visa", "mastercard", "amex", "american express"],
        CreditCard,
    ),
    (
        &["cost of goods", "cogs", "cost of sales", "subcontractor"],
        CostOfGoodsSold,
    ),
    (
        &["interest income", "interest earned", "other income", "gain on"],
        OtherIncome,
    ),
    (
        &["penalt", "loss on", "depreciation expense", "amortization expense"],
        OtherExpense,
    ),
    (
        &[
            "accumulated",
            "equipment",
            "vehicle",
            "furniture",
            "building",
            "machinery",
            "land",
        ],
        FixedAsset,
    ),
    (
        &[
            "prepaid",
            "undeposited",
            "inventory",
            "advance",
            "receivable",
            "clearing",
        ],
        OtherCurrentAsset,
    ),
    (
        &[
            "line of credit",
            "payable",
            "accrued",
            "deferred",
            "unearned",
            "payroll liabilit",
            "customer deposit",
        ],
        OtherCurrentLiability,
    ),
    (&["loan", "mortgage", "note "], LongTermLiability),
    (
        &[
            "equity",
            "capital",
            "draw",
            "distribution",
            "contribution",
            "retained",
            "stock",
            "dividend",
        ],
        Equity,
    ),
    (&["fees", "charges", "expense"], Expense),
    (&["checking", "savings", "bank", "cash", "money market"], Bank),
    (
        &[
            "fee",
            "rent",
            "utilit",
            "insurance",
            "wages",
            "supplies",
            "depreciation",
        ],
        Expense,
    ),
    (&["sales", "income", "revenue", "earned"], Income),
    (&["deposit"], OtherAsset),
];

/// The type that an account of this name most likely has. Where the name says nothing, one with more credits than debits earns and
/// any other one costs: `balance` in minor units, debit positive.
pub fn guess_account_type(name: &str, balance: i64) -> AccountType {
    let name = name.to_lowercase();
    let told = WORDS
        .iter()
        .find(|(words, _)| words.iter().any(|word| name.contains(word)));
    match told {
        Some((_, account_type)) => *account_type,
        None if balance < 0 => Income,
        None => Expense,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_guessed_by_the_surest_word_of_its_name() {
        for (name, account_type) in [
            ("Chase Checking", Bank),
            ("Accounts Receivable (A/R)", AccountsReceivable),
            ("Sales Tax Payable", OtherCurrentLiability),
            ("Visa 4411", CreditCard),
            ("Accumulated Depreciation", FixedAsset),
            ("Bank Fees", Expense),
            ("Consulting Income", Income),
            ("Interest Income", OtherIncome),
            ("Owner Draws", Equity),
            ("Truck Loan", LongTermLiability),
        ] {
            assert_eq!(guess_account_type(name, 0), account_type, "{name}");
        }
    }

    #[test]
    fn a_name_that_says_nothing_is_told_by_its_side() {
        assert_eq!(guess_account_type("Northside", -5), Income);
        assert_eq!(guess_account_type("Northside", 5), Expense);
    }
}
