//! The fifteen account types of QuickBooks Online, in the order of every report.

use serde::{Deserialize, Serialize};

use super::UnknownName;

/// The type of an account. Their order is that of a trial balance: assets, liabilities, equity,
/// income, cost of goods sold, expenses, other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountType {
    /// Checking, savings and cash on hand.
    Bank,
    /// What customers owe.
    AccountsReceivable,
    /// What becomes cash or is used up within a year.
    OtherCurrentAsset,
    /// Equipment, vehicles, buildings, and their accumulated depreciation.
    FixedAsset,
    /// Deposits, licenses, goodwill.
    OtherAsset,
    /// What is owed to vendors.
    AccountsPayable,
    /// Credit cards.
    CreditCard,
    /// What is due within a year: sales tax, payroll taxes, lines of credit.
    OtherCurrentLiability,
    /// Loans and notes due after a year.
    LongTermLiability,
    /// What belongs to the owners.
    Equity,
    /// What the business earns by its trade.
    Income,
    /// What the goods and services sold cost.
    CostOfGoodsSold,
    /// What running the business costs.
    Expense,
    /// What it earns beside its trade, such as interest.
    OtherIncome,
    /// What it spends beside its trade, such as penalties and depreciation.
    OtherExpense,
}

/// The two sides of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The left side; positive in postings.
    Debit,
    /// The right side; negative in postings.
    Credit,
}

/// The statement an account stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Statement {
    /// Assets, liabilities and equity: cumulative.
    BalanceSheet,
    /// Income and expenses: from the first day of the fiscal year.
    ProfitAndLoss,
}

impl AccountType {
    /// All fifteen, in the order of reports.
    pub const ALL: [Self; 15] = [
        Self::Bank,
        Self::AccountsReceivable,
        Self::OtherCurrentAsset,
        Self::FixedAsset,
        Self::OtherAsset,
        Self::AccountsPayable,
        Self::CreditCard,
        Self::OtherCurrentLiability,
        Self::LongTermLiability,
        Self::Equity,
        Self::Income,
        Self::CostOfGoodsSold,
        Self::Expense,
        Self::OtherIncome,
        Self::OtherExpense,
    ];

    /// The text it is stored as.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::AccountsReceivable => "accounts_receivable",
            Self::OtherCurrentAsset => "other_current_asset",
            Self::FixedAsset => "fixed_asset",
            Self::OtherAsset => "other_asset",
            Self::AccountsPayable => "accounts_payable",
            Self::CreditCard => "credit_card",
            Self::OtherCurrentLiability => "other_current_liability",
            Self::LongTermLiability => "long_term_liability",
            Self::Equity => "equity",
            Self::Income => "income",
            Self::CostOfGoodsSold => "cost_of_goods_sold",
            Self::Expense => "expense",
            Self::OtherIncome => "other_income",
            Self::OtherExpense => "other_expense",
        }
    }

    /// QuickBooks' words for it, as people read them.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bank => "Bank",
            Self::AccountsReceivable => "Accounts Receivable",
            Self::OtherCurrentAsset => "Other Current Asset",
            Self::FixedAsset => "Fixed Asset",
            Self::OtherAsset => "Other Asset",
            Self::AccountsPayable => "Accounts Payable",
            Self::CreditCard => "Credit Card",
            Self::OtherCurrentLiability => "Other Current Liability",
            Self::LongTermLiability => "Long Term Liability",
            Self::Equity => "Equity",
            Self::Income => "Income",
            Self::CostOfGoodsSold => "Cost of Goods Sold",
            Self::Expense => "Expense",
            Self::OtherIncome => "Other Income",
            Self::OtherExpense => "Other Expense",
        }
    }

    /// QuickBooks Online's words for it in files, which its own import reads: in the plural, but for some.
    pub const fn quickbooks_name(self) -> &'static str {
        match self {
            Self::AccountsReceivable => "Accounts receivable (A/R)",
            Self::OtherCurrentAsset => "Other Current Assets",
            Self::FixedAsset => "Fixed Assets",
            Self::OtherAsset => "Other Assets",
            Self::AccountsPayable => "Accounts payable (A/P)",
            Self::OtherCurrentLiability => "Other Current Liabilities",
            Self::LongTermLiability => "Long Term Liabilities",
            Self::Expense => "Expenses",
            _ => self.name(),
        }
    }

    /// Whether an account of the type carries open items: what customers owe, what is owed to vendors.
    pub const fn carries_open_items(self) -> bool {
        matches!(self, Self::AccountsReceivable | Self::AccountsPayable)
    }

    /// The types that an account of this one can be given: those of its statement. One that carries open items keeps its type, and
    /// none becomes one.
    pub fn becomes(self, other: Self) -> bool {
        self == other
            || (self.statement() == other.statement() && !self.carries_open_items() && !other.carries_open_items())
    }

    /// Reads a code or QuickBooks' words, singular or plural, in any case: `other_current_asset`,
    /// `Other Current Assets`, `Long-Term Liabilities`, `Accounts receivable (A/R)`.
    ///
    /// # Errors
    /// [`UnknownName`] when it is none of the fifteen.
    pub fn parse(text: &str) -> Result<Self, UnknownName> {
        let wanted = singular_words(text);
        Self::ALL
            .into_iter()
            .find(|account_type| singular_words(account_type.code()) == wanted)
            .ok_or_else(|| UnknownName {
                text: text.trim().to_owned(),
                expected: "an account type",
            })
    }

    /// The side on which a balance of this type is usual. A contra account, such as accumulated
    /// depreciation, has its balance on the other side of its type.
    pub const fn normal_side(self) -> Side {
        match self {
            Self::Bank
            | Self::AccountsReceivable
            | Self::OtherCurrentAsset
            | Self::FixedAsset
            | Self::OtherAsset
            | Self::CostOfGoodsSold
            | Self::Expense
            | Self::OtherExpense => Side::Debit,
            Self::AccountsPayable
            | Self::CreditCard
            | Self::OtherCurrentLiability
            | Self::LongTermLiability
            | Self::Equity
            | Self::Income
            | Self::OtherIncome => Side::Credit,
        }
    }

    /// The statement it stands on.
    pub const fn statement(self) -> Statement {
        match self {
            Self::Income | Self::CostOfGoodsSold | Self::Expense | Self::OtherIncome | Self::OtherExpense => {
                Statement::ProfitAndLoss
            }
            _ => Statement::BalanceSheet,
        }
    }

    /// The heading it stands under; each type has a section of its own.
    pub const fn section(self) -> &'static str {
        match self {
            Self::Bank => "Bank",
            Self::AccountsReceivable => "Accounts Receivable",
            Self::OtherCurrentAsset => "Other Current Assets",
            Self::FixedAsset => "Fixed Assets",
            Self::OtherAsset => "Other Assets",
            Self::AccountsPayable => "Accounts Payable",
            Self::CreditCard => "Credit Cards",
            Self::OtherCurrentLiability => "Other Current Liabilities",
            Self::LongTermLiability => "Long-Term Liabilities",
            Self::Equity => "Equity",
            Self::Income => "Income",
            Self::CostOfGoodsSold => "Cost of Goods Sold",
            Self::Expense => "Expenses",
            Self::OtherIncome => "Other Income",
            Self::OtherExpense => "Other Expenses",
        }
    }
}

/// The words in lower case and the singular, without what stands in parentheses.
fn singular_words(text: &str) -> String {
    let before_parenthesis = text.split('(').next().unwrap_or_default().to_lowercase();
    let words = before_parenthesis
        .split(|c: char| c.is_whitespace() || c == '_' || c == '-')
        .filter(|word| !word.is_empty());
    let singular = words.map(|word| match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').unwrap_or(word).to_owned(),
    });
    singular.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_read_by_its_code_its_name_and_its_section() {
        for account_type in AccountType::ALL {
            for text in [
                account_type.code(),
                account_type.name(),
                account_type.section(),
                account_type.quickbooks_name(),
            ] {
                assert_eq!(AccountType::parse(text), Ok(account_type), "{text}");
                let shouted = text.to_uppercase();
                assert_eq!(AccountType::parse(&shouted), Ok(account_type), "{shouted}");
            }
        }
    }

    #[test]
    fn the_spellings_of_quickbooks_are_read() {
        for (text, account_type) in [
            ("Accounts receivable (A/R)", AccountType::AccountsReceivable),
            ("Accounts payable (A/P)", AccountType::AccountsPayable),
            ("Account Receivable", AccountType::AccountsReceivable),
            ("Long Term Liabilities", AccountType::LongTermLiability),
            (" Expenses ", AccountType::Expense),
        ] {
            assert_eq!(AccountType::parse(text), Ok(account_type), "{text}");
        }
    }

    #[test]
    fn a_type_becomes_another_of_its_statement_without_open_items() {
        assert!(AccountType::Expense.becomes(AccountType::OtherExpense));
        assert!(AccountType::FixedAsset.becomes(AccountType::Equity));
        assert!(!AccountType::Expense.becomes(AccountType::FixedAsset));
        assert!(!AccountType::OtherCurrentAsset.becomes(AccountType::AccountsReceivable));
        assert!(!AccountType::AccountsPayable.becomes(AccountType::CreditCard));
        assert!(AccountType::AccountsPayable.becomes(AccountType::AccountsPayable));
    }

    #[test]
    fn what_is_no_type_is_refused() {
        for text in ["", "Asset", "Revenue", "(A/R)"] {
            assert!(AccountType::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_stored_code_is_the_one_serialized() -> Result<(), serde_json::Error> {
        for account_type in AccountType::ALL {
            let json = serde_json::to_string(&account_type)?;
            assert_eq!(json, format!("\"{}\"", account_type.code()));
        }
        Ok(())
    }

    #[test]
    fn the_types_are_ordered_as_reports_show_them() {
        assert!(AccountType::ALL.is_sorted());
        let statements = AccountType::ALL.map(AccountType::statement);
        let balance_sheet = statements
            .iter()
            .take_while(|statement| **statement == Statement::BalanceSheet);
        assert_eq!(balance_sheet.count(), 10);
    }
}
