//! The order of every report: by type, then number, then name, subaccounts directly below their
//! parent.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::AccountBalance;

/// An account at its place in a report.
pub(super) struct Placed<'a> {
    pub(super) account: &'a AccountBalance,
    /// Its full name: `Parent:Sub`.
    pub(super) path: String,
    /// How many of its parents stand above it in the report.
    pub(super) depth: usize,
}

/// The accounts that `stands_in` accepts, in report order. A subaccount whose parent has another
/// type or does not stand in the report is placed like an account without parent, and keeps its
/// full path. Every account is placed exactly once, also where parents lead in a circle.
pub(super) fn in_report_order<'a>(
    balances: &'a [AccountBalance],
    stands_in: impl Fn(&AccountBalance) -> bool,
) -> Vec<Placed<'a>> {
    let by_id: HashMap<i64, &AccountBalance> = balances.iter().map(|balance| (balance.account_id, balance)).collect();
    let mut accounts: Vec<&AccountBalance> = balances.iter().filter(|balance| stands_in(balance)).collect();
    accounts.sort_by(|left, right| compare(left, right));

    let mut roots = Vec::new();
    let mut subaccounts: HashMap<i64, Vec<&AccountBalance>> = HashMap::new();
    for &account in &accounts {
        let parent = account
            .parent_id
            .and_then(|parent_id| by_id.get(&parent_id))
            .filter(|parent| parent.account_type == account.account_type && stands_in(parent));
        match parent {
            Some(parent) => subaccounts.entry(parent.account_id).or_default().push(account),
            None => roots.push(account),
        }
    }

    let mut placed = Vec::with_capacity(accounts.len());
    let mut seen = HashSet::new();
    // A circle of parents has no root: its accounts are reached by the second list alone.
    for &start in roots.iter().chain(&accounts) {
        let mut waiting = vec![(start, 0)];
        while let Some((account, depth)) = waiting.pop() {
            if !seen.insert(account.account_id) {
                continue;
            }
            placed.push(Placed {
                account,
                path: path_of(account, &by_id),
                depth,
            });
            let below = subaccounts.get(&account.account_id).into_iter().flatten();
            waiting.extend(below.rev().map(|&subaccount| (subaccount, depth + 1)));
        }
    }
    placed
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

fn compare(left: &AccountBalance, right: &AccountBalance) -> Ordering {
    left.account_type
        .cmp(&right.account_type)
        .then_with(|| number_key(left).cmp(&number_key(right)))
        .then_with(|| left.name.to_lowercase().cmp(&right.name.to_lowercase()))
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
    use crate::accounts::AccountType;

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
            amount: 1,
        }
    }

    fn paths(balances: &[AccountBalance]) -> Vec<(String, usize)> {
        in_report_order(balances, |_| true)
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
}
