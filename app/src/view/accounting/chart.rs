//! The chart of accounts.

use ledger::accounts::AccountType;
use ledger::money::Currency;

use super::entry::Link;
use crate::components::SelectOption;
use crate::forms::FormState;

/// The chart of accounts, by type, as the address asks for it.
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
    /// The types that have accounts to show, in the order of reports.
    pub sections: Vec<ChartSection>,
    /// What the list is narrowed by: `text`, `type`, `show`, `balance`.
    pub filter: FormState,
    /// Whether anything narrows it.
    pub is_filtered: bool,
    /// How many accounts of the company are not shown.
    pub hidden: usize,
    /// The address that shows every account.
    pub everything: String,
    /// The orders, each with its address.
    pub orders: Vec<(ChartOrder, String)>,
    /// The order it is in.
    pub order: ChartOrder,
    /// The address of the same accounts as CSV.
    pub csv: String,
    /// What the fiscal year earned so far, which the balance sheet adds to equity: a profit is positive. None where the list is
    /// narrowed.
    pub net_income: Option<i64>,
    /// What an import just did.
    pub imported: Option<String>,
    /// Whether the person may add and change accounts.
    pub may_edit: bool,
}

/// The accounts of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartSection {
    /// The type.
    pub account_type: AccountType,
    /// Its accounts that are shown.
    pub accounts: Vec<ChartRow>,
    /// What they hold together, positive on the side that is usual for the type.
    pub total: i64,
}

/// An account in the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartRow {
    /// Its id.
    pub id: i64,
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: Option<String>,
    /// Its own name; with what is above it, where that is not shown.
    pub name: String,
    /// How many accounts that are shown it is below.
    pub depth: usize,
    /// QuickBooks' detail type, in words.
    pub detail_type: Option<String>,
    /// Whether it may be posted to.
    pub active: bool,
    /// Whether reports show it with another account.
    pub merged: bool,
    /// The accounts that were merged into it.
    pub takes_in: Vec<Link>,
    /// Its own balance, positive on the side that is usual for its type. Of income and expenses: this fiscal year's.
    pub balance: i64,
    /// The address of the lines behind it.
    pub lines: String,
}

/// The order within a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartOrder {
    /// By number, subaccounts below their parent.
    #[default]
    Number,
    /// By full name.
    Name,
    /// By balance, the largest first.
    Balance,
}

impl ChartOrder {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Number, Self::Name, Self::Balance];

    /// The name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Balance => "balance",
        }
    }

    /// The order of this name; the first one where there is none.
    pub fn parse(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|order| order.code() == code)
            .unwrap_or_default()
    }
}

/// Which accounts are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartShow {
    /// Active ones, and inactive ones that hold something, as reports do.
    #[default]
    InUse,
    /// All of them, also those that were merged.
    All,
    /// Those that are inactive or merged.
    Inactive,
}

impl ChartShow {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::InUse, Self::All, Self::Inactive];

    /// The name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InUse => "",
            Self::All => "all",
            Self::Inactive => "inactive",
        }
    }

    /// What a person chooses.
    pub const fn label(self) -> &'static str {
        match self {
            Self::InUse => "In use",
            Self::All => "All, also inactive and merged",
            Self::Inactive => "Inactive and merged only",
        }
    }

    /// The choice of this name; the first one where there is none.
    pub fn parse(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|show| show.code() == code)
            .unwrap_or_default()
    }
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

/// The types to filter by.
pub fn type_filter_options() -> Vec<SelectOption> {
    let of = |account_type: AccountType| SelectOption::new(account_type.code(), account_type.section());
    [SelectOption::new("", "All types")]
        .into_iter()
        .chain(AccountType::ALL.into_iter().map(of))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_each_order_and_choice_and_junk_is_the_first() {
        for order in ChartOrder::ALL {
            assert_eq!(ChartOrder::parse(order.code()), order);
        }
        for show in ChartShow::ALL {
            assert_eq!(ChartShow::parse(show.code()), show);
        }
        assert_eq!(ChartOrder::parse("x"), ChartOrder::Number);
        assert_eq!(ChartShow::parse("x"), ChartShow::InUse);
    }
}
