//! Trial balance, profit and loss, balance sheet: laid out from the balances of accounts.
//!
//! No closing entry is ever posted. A fiscal year is closed by computation: the profit and loss of
//! all dates before the year is part of retained earnings, that of the year itself is the row Net
//! Income.
//!
//! Every report is made of [`Measure`]s: readings of the books, each from a first through a last
//! day. [`plan`] says which ones a report needs and which columns show them; the caller reads them
//! and brings [`Balances`], with one amount an account and measure:
//!
//! - the balance of every account, once each, also of those with nothing on them, since the paths of their
//!   subaccounts are read from here. Balance-sheet accounts are cumulative to the measure's last
//!   day; income and expense accounts count from its first day, which for a balance sheet and a
//!   trial balance is the first of the fiscal year;
//! - `retained_before`: what all income and expense accounts together earned before the first day
//!   of the measure, in minor units, credit positive (a profit is positive).
//!
//! A report in one column is the case of one measure. The first measure is always what the report
//! is about; scripts read it as `amount`, and the others beside it. Each report writes itself with
//! its [`Face`] as aligned text, as CSV, and as the JSON that `cartefi report` prints, with amounts as
//! decimal strings.

mod balance_sheet;
mod cash_flow;
mod columns;
mod disposal;
mod face;
mod file;
mod layout;
mod non_cash;
mod order;
mod profit_and_loss;
mod section;
mod spans;
mod statement;
mod trial_balance;

pub use balance_sheet::balance_sheet;
pub use cash_flow::{CashFlowFigures, cash_flow};
pub use columns::{
    Asked, COLUMNS_MAX, Cell, Column, ColumnKind, Measure, PERIODS_MAX, Plan, TooManyColumns, percent, plan,
};
pub use disposal::{DisposalLine, DisposalPart, given_up};
pub use face::{Days, Face, Known};
pub use layout::{Line, LineKind, Source};
pub use non_cash::{FlowLine, FlowRow, NonCash, non_cash};
pub use order::Sort;
pub use profit_and_loss::profit_and_loss;
pub use section::{Section, SectionKey, StatementRow};
pub use spans::{Span, Unit, day_words, prior_period, prior_year, quarter_of};
pub use statement::{Statement, StatementKind, TotalName};
pub use trial_balance::{
    ADJUSTMENTS_NAMED_MAX, AdjustedBy, AdjustingEntry, NOW, Sides, TrialBalance, TrialBalanceRow, TrialColumn,
    TrialColumnKind, TrialColumns, UNADJUSTED, trial_balance,
};

use serde::{Deserialize, Serialize};

use crate::accounts::{AccountRole, AccountType, CashFlow, Side, Statement as StatementOf, UnknownName};
use crate::money::{AmountOverflow, sum_checked};

/// What an account holds, as the reports take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountBalance {
    /// The account.
    pub account_id: i64,
    /// The account it is a subaccount of.
    pub parent_id: Option<i64>,
    /// Its number, if the company numbers its accounts.
    pub number: Option<String>,
    /// Its own name, without those of its parents.
    pub name: String,
    /// Its type.
    pub account_type: AccountType,
    /// What the program posts to it for, if it is a system account.
    pub role: Option<AccountRole>,
    /// Where its movement stands in the statement of cash flows.
    pub cash_flow: CashFlow,
    /// Whether it may be posted to: one that may not is shown only with an amount.
    pub active: bool,
    /// Its own balance without its subaccounts', one a measure, in minor units, debit positive.
    pub amounts: Vec<i64>,
}

/// What all accounts hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Balances {
    /// Every account once. An account that had another type in one of two moments stands here
    /// once with each type.
    pub accounts: Vec<AccountBalance>,
    /// One a measure: what all income and expense accounts earned before its first day, in minor
    /// units, a profit positive.
    pub retained_before: Vec<i64>,
}

impl Balances {
    /// How many measures the accounts have amounts of.
    pub const fn measures(&self) -> usize {
        self.retained_before.len()
    }

    /// Whether the company numbers its accounts, at least some of them.
    pub(crate) fn is_numbered(&self) -> bool {
        self.accounts.iter().any(|account| account.number.is_some())
    }
}

/// What a reader chose of how a report shows its accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// In which order the accounts of a section stand.
    pub sort: Sort,
    /// Whether accounts without an amount have a row too.
    pub zero_rows: bool,
}

/// When income and expenses count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// When earned and incurred.
    Accrual,
    /// When paid.
    Cash,
}

impl Basis {
    /// As it is stored and serialized: `accrual`, `cash`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accrual => "accrual",
            Self::Cash => "cash",
        }
    }

    /// Reads a code.
    ///
    /// # Errors
    /// [`UnknownName`] when it is neither of the two.
    pub fn parse(text: &str) -> Result<Self, UnknownName> {
        [Self::Accrual, Self::Cash]
            .into_iter()
            .find(|basis| basis.code() == text)
            .ok_or_else(|| UnknownName {
                text: text.to_owned(),
                expected: "a basis; it is accrual or cash",
            })
    }

    /// As the face of a report says it: `Accrual basis`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accrual => "Accrual basis",
            Self::Cash => "Cash basis",
        }
    }
}

const RETAINED_EARNINGS: &str = "Retained Earnings";
const NET_INCOME: &str = "Net Income";

/// The account that carries retained earnings: the first of type equity that has the role.
fn retained_earnings_account(balances: &Balances) -> Option<&AccountBalance> {
    balances.accounts.iter().find(|balance| {
        balance.account_type == AccountType::Equity && balance.role == Some(AccountRole::RetainedEarnings)
    })
}

/// What the income and expense accounts earned together in each measure: a profit is positive.
fn net_income(balances: &Balances) -> Result<Vec<i64>, AmountOverflow> {
    (0..balances.measures())
        .map(|measure| {
            let earned = balances
                .accounts
                .iter()
                .filter(|balance| balance.account_type.statement() == StatementOf::ProfitAndLoss)
                .map(|balance| balance.amounts[measure]);
            sum_checked(earned)?.checked_neg().ok_or(AmountOverflow)
        })
        .collect()
}

/// A debit-positive amount with the sign a statement shows it with: positive on the normal side
/// of its type, negative for contra accounts.
fn face_amount(account_type: AccountType, amount: i64) -> Result<i64, AmountOverflow> {
    match account_type.normal_side() {
        Side::Debit => Ok(amount),
        Side::Credit => amount.checked_neg().ok_or(AmountOverflow),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basis_is_read_and_serialized_by_its_code() -> Result<(), serde_json::Error> {
        for basis in [Basis::Accrual, Basis::Cash] {
            assert_eq!(Basis::parse(basis.code()), Ok(basis));
            let json = serde_json::to_string(&basis)?;
            assert_eq!(json, format!("\"{}\"", basis.code()));
        }
        Ok(())
    }

    #[test]
    fn an_amount_without_an_opposite_is_refused_and_never_wrapped() {
        assert_eq!(face_amount(AccountType::Income, i64::MIN), Err(AmountOverflow));
    }
}
