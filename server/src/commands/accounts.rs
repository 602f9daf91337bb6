//! Accounts as arguments name them.

use books::accounts::Account;

/// The account of that full name, or of that number and name; a subaccount also by its own name where only one has it.
pub fn account_named<'a>(accounts: &[&'a Account], name: &str) -> Option<&'a Account> {
    let name = name.trim();
    let by_path = accounts
        .iter()
        .find(|account| account.path == name || account.label() == name);
    let mut by_own_name = accounts.iter().filter(|account| account.name == name);
    match (by_path, by_own_name.next(), by_own_name.next()) {
        (Some(account), _, _) | (None, Some(account), None) => Some(account),
        _ => None,
    }
}
