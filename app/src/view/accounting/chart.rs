//! The chart of accounts, and the form of one account.

use ledger::accounts::AccountType;
use ledger::money::Currency;

use crate::components::SelectOption;
use crate::forms::{Choice, FormState};

/// The chart of accounts, by type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the balances are in.
    pub currency: Currency,
    /// The day of the balances, as `Oct 31, 2026`.
    pub as_of: String,
    /// The first day of the fiscal year, since which income and expenses count.
    pub year_start: String,
    /// The types that have accounts, in the order of reports.
    pub sections: Vec<ChartSection>,
    /// How many accounts are inactive.
    pub inactive: usize,
    /// Whether those are shown too.
    pub shows_inactive: bool,
    /// Whether the person may add and change accounts.
    pub may_edit: bool,
}

/// The accounts of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartSection {
    /// The type.
    pub account_type: AccountType,
    /// Its accounts, subaccounts below their parent.
    pub accounts: Vec<ChartRow>,
}

/// An account in the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartRow {
    /// Its id.
    pub id: i64,
    /// Its number.
    pub number: Option<String>,
    /// Its own name.
    pub name: String,
    /// How many accounts it is below.
    pub depth: usize,
    /// QuickBooks' detail type.
    pub detail_type: Option<String>,
    /// Whether it may be posted to.
    pub active: bool,
    /// Its own balance, positive on the side that is usual for its type. Of income and expenses: this fiscal year's.
    pub balance: i64,
    /// The address of the lines behind it.
    pub lines: String,
}

/// What an account of a type is, in plain words.
pub const fn plain_words(account_type: AccountType) -> &'static str {
    match account_type {
        AccountType::Bank => "checking, savings and cash on hand",
        AccountType::AccountsReceivable => "what customers owe you",
        AccountType::OtherCurrentAsset => "what becomes cash or is used up within a year",
        AccountType::FixedAsset => "equipment, vehicles and buildings, less their wear",
        AccountType::OtherAsset => "deposits, licenses and the like",
        AccountType::AccountsPayable => "what you owe vendors",
        AccountType::CreditCard => "what you owe on cards",
        AccountType::OtherCurrentLiability => "what you owe within a year, such as sales tax",
        AccountType::LongTermLiability => "loans and notes due after a year",
        AccountType::Equity => "what belongs to the owners",
        AccountType::Income => "what the business earns by its trade",
        AccountType::CostOfGoodsSold => "what the goods and services sold cost",
        AccountType::Expense => "what running the business costs",
        AccountType::OtherIncome => "what it earns beside its trade, such as interest",
        AccountType::OtherExpense => "what it spends beside its trade, such as penalties",
    }
}

/// A detail type as people read it: QuickBooks writes `OtherCurrentAssets`.
pub fn detail_words(detail_type: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for letter in detail_type.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.push(letter);
        before = letter;
    }
    words
}

/// The types to choose from.
pub fn type_options() -> Vec<SelectOption> {
    AccountType::ALL
        .into_iter()
        .map(|account_type| {
            let label = format!("{}: {}", account_type.name(), plain_words(account_type));
            SelectOption::new(account_type.code(), label)
        })
        .collect()
}

/// The form of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountFormView {
    /// The company's name in addresses.
    pub slug: String,
    /// The account that is changed; none for a new one.
    pub account: Option<ExistingAccount>,
    /// The accounts that it can be a subaccount of.
    pub parents: Vec<Choice>,
    /// What is in the form.
    pub form: FormState,
}

/// What stays of an account that is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingAccount {
    /// Its type, which never changes.
    pub account_type: AccountType,
    /// QuickBooks' detail type.
    pub detail_type: Option<String>,
    /// Whether CarteFi itself books to it, so that it stays active.
    pub is_system: bool,
    /// The address of the lines behind it.
    pub lines: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detail_type_is_read_in_words_and_one_in_words_stays() {
        assert_eq!(detail_words("OtherCurrentAssets"), "Other Current Assets");
        assert_eq!(detail_words("Checking"), "Checking");
        assert_eq!(detail_words("Petty cash, EUR"), "Petty cash, EUR");
    }
}
