//! The order of every report: by type, then by what the reader chose, subaccounts directly below
//! their parent.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::{AccountBalance, face_amount};
use crate::accounts::{AccountType, UnknownName};

/// In which order the accounts of one type stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// By number, then name.
    #[default]
    Number,
    /// By name.
    Name,
    /// The largest first, by what the report is about; a parent by all that is below it.
    Amount,
}

impl Sort {
    /// All of them, as a choice has them.
    pub const ALL: [Self; 3] = [Self::Number, Self::Name, Self::Amount];

    /// As addresses and the command line name it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Amount => "amount",
        }
    }

    /// The words of a choice.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Number => "Account number",
            Self::Name => "Name",
            Self::Amount => "Amount, largest first",
        }
    }

    /// Reads a code.
    ///
    /// # Errors
    /// [`UnknownName`] when it is none of the three.
    pub fn parse(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|sort| sort.code() == text)
            .ok_or_else(|| UnknownName {
                text: text.to_owned(),
                expected: "an order of accounts; it is number, name or amount",
            })
    }
}

/// An account at its place in a report.
pub(super) struct Placed<'a> {
    pub(super) account: &'a AccountBalance,
    /// Its full name: `Parent:Sub`.
    pub(super) path: String,
    /// How many of its parents stand above it in the report.
    pub(super) depth: usize,
}

/// What tells the accounts of a report apart: one that was given another type between two moments
/// stands in it once with each.
type Key = (i64, AccountType);

const fn key_of(account: &AccountBalance) -> Key {
    (account.account_id, account.account_type)
}

/// The accounts that `stands_in` accepts, in report order. A subaccount whose parent has another
/// type or does not stand in the report is placed like an account without parent, and keeps its
/// full path. Every account is placed exactly once, also where parents lead in a circle.
pub(super) fn in_report_order<'a>(
    balances: &'a [AccountBalance],
    sort: Sort,
    stands_in: impl Fn(&AccountBalance) -> bool,
) -> Vec<Placed<'a>> {
    let by_key: HashMap<Key, &AccountBalance> = balances.iter().map(|account| (key_of(account), account)).collect();
    let by_id: HashMap<i64, &AccountBalance> = balances.iter().map(|account| (account.account_id, account)).collect();
    let parent_of = |account: &AccountBalance| {
        let parent = by_key.get(&(account.parent_id?, account.account_type)).copied()?;
        stands_in(parent).then_some(parent)
    };
    let mut accounts: Vec<&AccountBalance> = balances.iter().filter(|balance| stands_in(balance)).collect();
    let weights = match sort {
        Sort::Amount => weights(&accounts, parent_of),
        Sort::Number | Sort::Name => HashMap::new(),
    };
    let weight = |account: &AccountBalance| weights.get(&key_of(account)).copied().unwrap_or(0);
    accounts.sort_by(|left, right| {
        let chosen = match sort {
            Sort::Number => number_key(left).cmp(&number_key(right)),
            Sort::Name => Ordering::Equal,
            Sort::Amount => weight(right).cmp(&weight(left)),
        };
        left.account_type
            .cmp(&right.account_type)
            .then(chosen)
            .then_with(|| by_name(left, right))
    });

    let mut roots = Vec::new();
    let mut subaccounts: HashMap<Key, Vec<&AccountBalance>> = HashMap::new();
    for &account in &accounts {
        match parent_of(account) {
            Some(parent) => subaccounts.entry(key_of(parent)).or_default().push(account),
            None => roots.push(account),
        }
    }

    let mut placed = Vec::with_capacity(accounts.len());
    let mut seen = HashSet::new();
    // A circle of parents has no root: its accounts are reached by the second list alone.
    for &start in roots.iter().chain(&accounts) {
        let mut waiting = vec![(start, 0)];
        while let Some((account, depth)) = waiting.pop() {
            if !seen.insert(key_of(account)) {
                continue;
            }
            placed.push(Placed {
                account,
                path: path_of(account, &by_id),
                depth,
            });
            let below = subaccounts.get(&key_of(account)).into_iter().flatten();
            waiting.extend(below.rev().map(|&subaccount| (subaccount, depth + 1)));
        }
    }
    placed
}

/// What each account and all below it come to, with the sign of the face.
fn weights<'a>(
    accounts: &[&'a AccountBalance],
    parent_of: impl Fn(&'a AccountBalance) -> Option<&'a AccountBalance>,
) -> HashMap<Key, i128> {
    let mut weights: HashMap<Key, i128> = HashMap::new();
    for &account in accounts {
        let own = account.amounts.first().copied().unwrap_or(0);
        let own = face_amount(account.account_type, own).unwrap_or(i64::MAX);
        let mut seen = HashSet::new();
        let mut at = Some(account);
        while let Some(above) = at.filter(|above| seen.insert(key_of(above))) {
            *weights.entry(key_of(above)).or_default() += i128::from(own);
            at = parent_of(above);
        }
    }
    weights
}

fn path_of(account: &AccountBalance, by_id: &HashMap<i64, &AccountBalance>) -> String {
    let mut names = vec![account.name.as_str()];
    let mut seen = HashSet::from([account.account_id]);
    let mut parent_id = account.parent_id;
    while let Some(parent) = parent_id.and_then(|id| by_id.get(&id)) {
        if !seen.insert(parent.account_id) {
            break;
        }
        names.push(&parent.name);
        parent_id = parent.parent_id;
    }
    names.reverse();
    names.join(":")
}

fn by_name(left: &AccountBalance, right: &AccountBalance) -> Ordering {
    (left.name.to_lowercase().cmp(&right.name.to_lowercase()))
        .then_with(|| left.name.cmp(&right.name))
        .then_with(|| left.account_id.cmp(&right.account_id))
}

/// Numbers of digits by their value, then other numbers by their text, then none.
fn number_key(account: &AccountBalance) -> (u8, u64, &str) {
    match account.number.as_deref() {
        Some(number) => match number.parse() {
            Ok(value) => (0, value, number),
            Err(_) => (1, 0, number),
        },
        None => (2, 0, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::CashFlow;

    fn account(
        account_id: i64,
        parent_id: Option<i64>,
        number: Option<&str>,
        name: &str,
        account_type: AccountType,
    ) -> AccountBalance {
        AccountBalance {
            account_id,
            parent_id,
            number: number.map(str::to_owned),
            name: name.to_owned(),
            account_type,
            role: None,
            cash_flow: CashFlow::Operating,
            active: true,
            amounts: vec![1],
        }
    }

    fn paths(balances: &[AccountBalance]) -> Vec<(String, usize)> {
        sorted_paths(balances, Sort::Number)
    }

    fn sorted_paths(balances: &[AccountBalance], sort: Sort) -> Vec<(String, usize)> {
        in_report_order(balances, sort, |_| true)
            .into_iter()
            .map(|placed| (placed.path, placed.depth))
            .collect()
    }

    fn placed(path: &str, depth: usize) -> (String, usize) {
        (path.to_owned(), depth)
    }

    #[test]
    fn accounts_stand_by_type_then_number_then_name() {
        use AccountType::{Bank, Expense};
        let balances = [
            account(1, None, None, "Zoo", Expense),
            account(2, None, None, "art", Expense),
            account(3, None, Some("1000"), "Savings", Bank),
            account(4, None, Some("900"), "Till", Bank),
            account(5, None, Some("A1"), "Abroad", Bank),
            account(6, None, None, "Box", Bank),
        ];
        let names: Vec<String> = paths(&balances).into_iter().map(|(path, _)| path).collect();
        assert_eq!(names, ["Till", "Savings", "Abroad", "Box", "art", "Zoo"]);
    }

    #[test]
    fn subaccounts_stand_below_their_parent_with_their_full_path() {
        use AccountType::Expense;
        let balances = [
            account(1, None, Some("6300"), "Utilities", Expense),
            account(2, Some(1), Some("6390"), "Phone", Expense),
            account(3, Some(2), Some("6000"), "Mobile", Expense),
            account(4, None, Some("6310"), "Wages", Expense),
        ];
        assert_eq!(
            paths(&balances),
            [
                placed("Utilities", 0),
                placed("Utilities:Phone", 1),
                placed("Utilities:Phone:Mobile", 2),
                placed("Wages", 0),
            ]
        );
    }

    #[test]
    fn a_subaccount_of_another_type_stands_in_its_own_section() {
        let balances = [
            account(1, None, None, "Truck", AccountType::FixedAsset),
            account(2, Some(1), None, "Loan", AccountType::LongTermLiability),
        ];
        assert_eq!(paths(&balances), [placed("Truck", 0), placed("Truck:Loan", 0)]);
    }

    #[test]
    fn accounts_whose_parents_lead_in_a_circle_are_placed_once() {
        let balances = [
            account(1, Some(2), None, "A", AccountType::Expense),
            account(2, Some(1), None, "B", AccountType::Expense),
        ];
        assert_eq!(paths(&balances), [placed("B:A", 0), placed("A:B", 1)]);
    }

    #[test]
    fn a_reader_may_have_accounts_by_name_or_by_amount_and_parents_keep_what_is_below_them() {
        use AccountType::Income;
        let with = |account: AccountBalance, amount| AccountBalance {
            amounts: vec![amount],
            ..account
        };
        let balances = [
            with(account(1, None, Some("1"), "Parts", Income), -5),
            with(account(2, None, Some("2"), "Labor", Income), 0),
            with(account(3, Some(2), Some("3"), "Tuning", Income), -2),
            with(account(4, Some(2), Some("4"), "Fitting", Income), -9),
            with(account(5, None, Some("5"), "Refunds", Income), 4),
        ];
        let names = |sort| -> Vec<String> {
            let paths = sorted_paths(&balances, sort).into_iter();
            paths.map(|(path, _)| path).collect()
        };
        assert_eq!(
            names(Sort::Name),
            ["Labor", "Labor:Fitting", "Labor:Tuning", "Parts", "Refunds"]
        );
        assert_eq!(
            names(Sort::Amount),
            ["Labor", "Labor:Fitting", "Labor:Tuning", "Parts", "Refunds"]
        );
        assert_eq!(
            names(Sort::Number),
            ["Parts", "Labor", "Labor:Tuning", "Labor:Fitting", "Refunds"]
        );
    }

    #[test]
    fn an_account_with_one_type_then_and_another_now_stands_once_with_each() {
        use AccountType::{Expense, OtherExpense};
        let balances = [
            account(1, None, None, "Fees", Expense),
            account(1, None, None, "Fees", OtherExpense),
            account(2, Some(1), None, "Wire", OtherExpense),
        ];
        assert_eq!(
            paths(&balances),
            [placed("Fees", 0), placed("Fees", 0), placed("Fees:Wire", 1)]
        );
    }
}
