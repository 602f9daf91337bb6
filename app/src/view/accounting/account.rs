//! One account: its page, and the form that adds or changes it.

use ledger::accounts::{AccountType, CashFlow, DetailType};
use ledger::money::Currency;

use super::chart::{ChartRow, plain_words};
use super::entry::{ConflictView, HistoryItem, Link};
use crate::components::SelectOption;
use crate::forms::{Choice, FormState};

/// What the page of an account posts.
pub mod action {
    /// Makes it inactive.
    pub const DEACTIVATE: &str = "deactivate";
    /// Makes it active again.
    pub const ACTIVATE: &str = "activate";
    /// Undoes its merge.
    pub const UNMERGE: &str = "unmerge";
}

/// The page of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the balances are in.
    pub currency: Currency,
    /// Its number and full name.
    pub title: String,
    /// Its type.
    pub account_type: AccountType,
    /// What it is: each fact by its name.
    pub facts: Vec<(&'static str, String)>,
    /// The account it is below.
    pub parent: Option<Link>,
    /// The account that reports show it with.
    pub merged_into: Option<Link>,
    /// What CarteFi itself books to it for.
    pub purpose: Option<&'static str>,
    /// Whether it may be posted to.
    pub active: bool,
    /// What its balance is of: `at the end of Oct 31, 2026`.
    pub balance_of: String,
    /// Its own balance, positive on the side that is usual for its type.
    pub balance: i64,
    /// The same with its subaccounts, where it has some.
    pub with_subaccounts: Option<i64>,
    /// The lines on it.
    pub register: String,
    /// The accounts right below it.
    pub subaccounts: Vec<ChartRow>,
    /// The accounts that were merged into it.
    pub takes_in: Vec<Link>,
    /// Who did what to it, newest first.
    pub history: Vec<HistoryItem>,
    /// What the person may do with it.
    pub actions: AccountActions,
}

/// What can be done with an account; what is none is not drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountActions {
    /// The form to change it.
    pub edit: Option<String>,
    /// The form for an account below it.
    pub add_below: Option<String>,
    /// The page to merge it into another.
    pub merge: Option<String>,
    /// Making it inactive.
    pub deactivate: Option<FormState>,
    /// Making it active again.
    pub activate: Option<FormState>,
    /// Undoing its merge.
    pub unmerge: Option<(FormState, Moves)>,
}

/// What would move in the reports, in sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// What moves; none where nothing was ever written on it.
    pub what: Option<String>,
    /// What of it lies in locked periods.
    pub locked: Option<String>,
}

/// The form of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountFormView {
    /// The company's name in addresses.
    pub slug: String,
    /// The account that is changed; none for a new one.
    pub account: Option<ExistingAccount>,
    /// The kinds to choose from: types with their detail types.
    pub kinds: Vec<KindGroup>,
    /// The accounts that it can be a subaccount of.
    pub parents: Vec<Choice>,
    /// What somebody else saved meanwhile.
    pub conflict: Option<ConflictView>,
    /// What is in the form.
    pub form: FormState,
}

/// What is known of an account that is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingAccount {
    /// Its page.
    pub href: String,
    /// What CarteFi itself books to it for, so that it keeps its type and stays active.
    pub purpose: Option<&'static str>,
    /// What another type would move.
    pub moves: Moves,
    /// Whether the form asks for that to be confirmed.
    pub asks: bool,
    /// What is open on it, which making it inactive leaves stranded, in a sentence.
    pub open: Option<String>,
}

/// A type with its detail types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindGroup {
    /// The type in words.
    pub label: String,
    /// Its detail types, the usual one first; each posts [`kind_of`].
    pub options: Vec<SelectOption>,
}

/// What a kind is posted as: the type's code and the detail type.
pub fn kind_of(account_type: AccountType, detail_type: &str) -> String {
    format!("{}/{detail_type}", account_type.code())
}

/// The type and the detail type of a kind that was posted.
pub fn kind_parse(kind: &str) -> Option<(AccountType, &str)> {
    let (account_type, detail_type) = kind.split_once('/')?;
    Some((AccountType::parse(account_type).ok()?, detail_type))
}

/// The kinds of these types; `own` is a text of an account's own, offered beside its type's. An empty one is that of an account without a
/// detail type.
pub fn kinds(types: &[AccountType], own: Option<(AccountType, &str)>) -> Vec<KindGroup> {
    let group = |account_type: &AccountType| {
        let usual = DetailType::usual(*account_type);
        let mut options: Vec<SelectOption> = DetailType::of(*account_type)
            .iter()
            .map(|detail| SelectOption::new(kind_of(*account_type, detail.code), detail.name))
            .collect();
        options.sort_by_key(|option| option.value != kind_of(*account_type, usual));
        if let Some((_, text)) = own.filter(|(of, text)| of == account_type && DetailType::find(*of, text).is_none()) {
            let words = match text {
                "" => "No detail type".to_owned(),
                text => DetailType::words(*account_type, text).into_owned(),
            };
            options.insert(0, SelectOption::new(kind_of(*account_type, text), words));
        }
        KindGroup {
            label: format!("{}: {}", account_type.name(), plain_words(*account_type)),
            options,
        }
    };
    types.iter().map(group).collect()
}

/// Where an account can stand in the statement of cash flows.
pub fn cash_flow_options() -> Vec<SelectOption> {
    let of = |part: CashFlow| SelectOption::new(part.code(), part.name());
    [SelectOption::new("", "As its type says")]
        .into_iter()
        .chain(CashFlow::ALL.into_iter().map(of))
        .collect()
}

/// The page that merges an account into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeView {
    /// The company's name in addresses.
    pub slug: String,
    /// The account: its number and full name.
    pub account: String,
    /// Its page.
    pub back: String,
    /// Its type in words.
    pub type_name: &'static str,
    /// Why it cannot be merged into any, and what to do instead.
    pub obstacle: Option<String>,
    /// The accounts that can take it in.
    pub targets: Vec<Choice>,
    /// What moves.
    pub moves: Moves,
    /// What is in the form: `into`, `moves_locked`.
    pub form: FormState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_as_it_was_offered_and_the_usual_one_comes_first() {
        for group in kinds(&AccountType::ALL, None) {
            for option in &group.options {
                let (account_type, detail_type) = kind_parse(&option.value).expect("a kind");
                assert!(
                    DetailType::find(account_type, detail_type).is_some(),
                    "{}",
                    option.value
                );
            }
            let (account_type, first) = kind_parse(&group.options[0].value).expect("a kind");
            assert_eq!(first, DetailType::usual(account_type));
        }
        assert_eq!(kind_parse("expense"), None);
    }

    #[test]
    fn a_text_of_ones_own_is_offered_too() {
        let own = kinds(&[AccountType::Bank], Some((AccountType::Bank, "Petty cash / EUR")));
        assert_eq!(own[0].options[0].value, "bank/Petty cash / EUR");
        assert_eq!(
            kind_parse(&own[0].options[0].value),
            Some((AccountType::Bank, "Petty cash / EUR"))
        );
        let none = kinds(&[AccountType::Bank], Some((AccountType::Bank, "")));
        assert_eq!(
            (none[0].options[0].value.as_str(), none[0].options[0].label.as_str()),
            ("bank/", "No detail type")
        );
        assert_eq!(kind_parse("bank/"), Some((AccountType::Bank, "")));
        let known = kinds(&[AccountType::Bank], Some((AccountType::Bank, "Checking")));
        assert_eq!(known[0].options.len(), 6);
    }
}
