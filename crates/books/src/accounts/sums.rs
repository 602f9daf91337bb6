//! What the balances of accounts add up to.

use ledger::accounts::Statement;
use ledger::money::{AmountOverflow, sum_checked};

use super::Account;
use crate::reports::natural;

impl Account {
    /// Its balance, positive on the side that is usual for its type; zero where no day was asked for.
    pub fn natural_balance(&self) -> i64 {
        natural(self.account_type, self.balance.unwrap_or_default())
    }
}

/// What accounts of one type hold together, positive on the side that is usual for them.
///
/// # Errors
/// The sum is more than can be kept.
pub fn balance_sum<'a>(accounts: impl IntoIterator<Item = &'a Account>) -> Result<i64, AmountOverflow> {
    sum_checked(accounts.into_iter().map(Account::natural_balance))
}

/// What an account of a list holds with all that is below it at any remove, positive on the side that is usual for its type; none
/// where nothing is below it. What was merged into another has no balance of its own.
///
/// # Errors
/// The sum is more than can be kept.
pub fn balance_with_subaccounts(account: &Account, accounts: &[Account]) -> Result<Option<i64>, AmountOverflow> {
    let mut above = vec![account.id];
    let mut sum = vec![account];
    // Parents come before what is below them.
    for other in accounts {
        if other.parent_id.is_some_and(|parent| above.contains(&parent)) {
            above.push(other.id);
            sum.push(other);
        }
    }
    match sum.len() {
        1 => Ok(None),
        _ => balance_sum(sum).map(Some),
    }
}

/// What income and expenses of a list come to: a profit is positive.
///
/// # Errors
/// The sum is more than can be kept.
pub fn net_income(accounts: &[Account]) -> Result<i64, AmountOverflow> {
    let earning = accounts
        .iter()
        .filter(|account| account.account_type.statement() == Statement::ProfitAndLoss);
    let debit = sum_checked(earning.filter_map(|account| account.balance))?;
    debit.checked_neg().ok_or(AmountOverflow)
}

#[cfg(test)]
mod tests {
    use ledger::accounts::AccountType;

    use super::*;

    fn account(id: i64, parent_id: Option<i64>, account_type: AccountType, balance: i64) -> Account {
        Account {
            id,
            number: None,
            name: format!("Account {id}"),
            path: format!("Account {id}"),
            depth: 0,
            parent_id,
            account_type,
            detail_type: None,
            description: None,
            role: None,
            tax_line: None,
            cash_flow: None,
            active: true,
            merged_into: None,
            balance: Some(balance),
            version: None,
        }
    }

    #[test]
    fn an_account_holds_what_is_below_it_at_any_remove() {
        let accounts = [
            account(1, None, AccountType::Income, -500),
            account(2, Some(1), AccountType::Income, -70),
            account(3, Some(2), AccountType::Income, 5),
            account(4, None, AccountType::Income, -1),
        ];
        assert_eq!(balance_with_subaccounts(&accounts[0], &accounts), Ok(Some(565)));
        assert_eq!(balance_with_subaccounts(&accounts[3], &accounts), Ok(None));
        assert_eq!(balance_sum(&accounts), Ok(566));
    }

    #[test]
    fn a_profit_is_positive_and_what_is_owned_does_not_earn() {
        let accounts = [
            account(1, None, AccountType::Income, -500),
            account(2, None, AccountType::Expense, 120),
            account(3, None, AccountType::Bank, 9000),
        ];
        assert_eq!(net_income(&accounts), Ok(380));
    }

    #[test]
    fn a_sum_that_cannot_be_kept_is_refused_and_not_cut() {
        let accounts = [
            account(1, None, AccountType::Expense, i64::MAX),
            account(2, Some(1), AccountType::Expense, 1),
        ];
        assert_eq!(balance_sum(&accounts), Err(AmountOverflow));
        assert_eq!(balance_with_subaccounts(&accounts[0], &accounts), Err(AmountOverflow));
        assert_eq!(net_income(&accounts), Err(AmountOverflow));
    }
}
