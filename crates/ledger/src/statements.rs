//! Trial balance, profit and loss, balance sheet: laid out from the balances of accounts.
//!
//! No closing entry is ever posted. A fiscal year is closed by computation: the profit and loss of
//! all dates before the year is part of retained earnings, that of the year itself is the row Net
//! Income. So every report takes two things from its caller:
//!
//! - the balance of every account, once each, also of those with nothing on them, since the paths of their
//!   subaccounts are read from here. Balance-sheet accounts are cumulative to the report's date;
//!   income and expense accounts count from the first day of the fiscal year (the profit and loss:
//!   of its period);
//! - `retained_before`: what all income and expense accounts together earned before the first day
//!   of the fiscal year, in minor units, credit positive (a profit is positive).
//!
//! Each report serializes to the JSON that `cartefi report` prints, with amounts as decimal
//! strings, and writes itself as aligned text and as CSV. What pages need beyond that (ids, depth,
//! lines with subtotals) is not serialized.

mod balance_sheet;
mod layout;
mod order;
mod profit_and_loss;
mod section;
mod trial_balance;

pub use balance_sheet::{BalanceSheet, BalanceSheetTotals, balance_sheet};
pub use layout::{Line, LineKind};
pub use profit_and_loss::{ProfitAndLoss, ProfitAndLossTotals, profit_and_loss};
pub use section::{Section, StatementRow};
pub use trial_balance::{TrialBalance, TrialBalanceRow, trial_balance};

use serde::{Deserialize, Serialize, Serializer};
use time::Date;

use crate::accounts::{AccountRole, AccountType, Side, Statement, UnknownName};
use crate::dates::format_iso;
use crate::money::{AmountOverflow, sum_checked};

/// The balance of one account, as the reports take it.
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
    /// Its own balance without its subaccounts', in minor units, debit positive.
    pub amount: i64,
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
fn retained_earnings_account(balances: &[AccountBalance]) -> Option<&AccountBalance> {
    balances.iter().find(|balance| {
        balance.account_type == AccountType::Equity && balance.role == Some(AccountRole::RetainedEarnings)
    })
}

/// What the income and expense accounts earned together: a profit is positive.
fn net_income(balances: &[AccountBalance]) -> Result<i64, AmountOverflow> {
    let earned = balances
        .iter()
        .filter(|balance| balance.account_type.statement() == Statement::ProfitAndLoss)
        .map(|balance| balance.amount);
    sum_checked(earned)?.checked_neg().ok_or(AmountOverflow)
}

/// A debit-positive amount with the sign a statement shows it with: positive on the normal side
/// of its type, negative for contra accounts.
fn face_amount(account_type: AccountType, amount: i64) -> Result<i64, AmountOverflow> {
    match account_type.normal_side() {
        Side::Debit => Ok(amount),
        Side::Credit => amount.checked_neg().ok_or(AmountOverflow),
    }
}

fn serialize_date<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format_iso(*date))
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
