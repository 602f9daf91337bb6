//! The chart as a tree: the order of its accounts, their full names, and what may be below what.

use std::collections::HashMap;

use ledger::accounts::{AccountRole, AccountType};
use sqlx::PgConnection;

use super::{ACCOUNT_DEPTH_MAX, Account};
use crate::fields::known;
use crate::{Error, Problem};

/// All accounts of a company, in the order of reports.
pub(crate) struct Chart {
    accounts: Vec<Account>,
}

impl Chart {
    /// Reads the whole chart: at most 5,000 rows.
    pub(crate) async fn load(connection: &mut PgConnection) -> Result<Self, Error> {
        let rows = sqlx::query!("select id, number, name, parent_id, type as account_type, detail_type, role, tax_line, active from account order by id")
            .fetch_all(connection)
            .await?;
        let mut accounts = Vec::with_capacity(rows.len());
        for row in rows {
            accounts.push(Account {
                id: row.id,
                number: row.number,
                path: row.name.clone(),
                name: row.name,
                depth: 0,
                parent_id: row.parent_id,
                account_type: known(AccountType::parse(&row.account_type))?,
                detail_type: row.detail_type,
                role: row
                    .role
                    .as_deref()
                    .map(|role| known(AccountRole::parse(role)))
                    .transpose()?,
                tax_line: row.tax_line,
                active: row.active,
                balance: None,
            });
        }
        Ok(Self {
            accounts: in_order(accounts),
        })
    }

    pub(crate) fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    pub(crate) fn into_accounts(self) -> Vec<Account> {
        self.accounts
    }

    pub(crate) fn get(&self, id: i64) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// The account that a file names by its number, its full name (`Parent:Sub`, in any case) or both; an active one before an
    /// inactive one.
    pub(crate) fn find(&self, text: &str) -> Option<&Account> {
        let wanted = text.trim().to_lowercase();
        let is_it = |account: &&Account| {
            account.path.to_lowercase() == wanted
                || account
                    .number
                    .as_ref()
                    .is_some_and(|number| number.to_lowercase() == wanted)
                || account.label().to_lowercase() == wanted
        };
        self.accounts.iter().filter(is_it).max_by_key(|account| account.active)
    }

    /// Why an account of a type cannot be a subaccount of `parent_id`: `moved` where it exists already, with what is below it.
    pub(super) fn parent_problem(
        &self,
        moved: Option<&Account>,
        account_type: AccountType,
        parent_id: Option<i64>,
    ) -> Option<Problem> {
        let at = |message: String| Some(Problem::at("parent", message));
        let Some(parent) = self.get(parent_id?) else {
            return at("Choose an account to put this one below.".to_owned());
        };
        if parent.account_type != account_type {
            return at(format!(
                "{} is of type {}. A subaccount has its parent's type.",
                parent.name,
                parent.account_type.name()
            ));
        }
        if !parent.active {
            return at(format!(
                "{} is inactive. Make it active first, or choose another.",
                parent.name
            ));
        }
        let below = moved.map_or(0, |account| self.height(account));
        if moved.is_some_and(|account| parent.id == account.id || self.is_below(parent, account.id)) {
            return at("An account cannot be below itself.".to_owned());
        }
        if parent.depth + 2 + below > ACCOUNT_DEPTH_MAX {
            return at(format!(
                "A chart has at most {ACCOUNT_DEPTH_MAX} levels. Choose a parent higher up."
            ));
        }
        None
    }

    /// Why an account cannot be made active or inactive, once it is below `parent_id`.
    pub(super) fn activity_problem(&self, account: &Account, active: bool, parent_id: Option<i64>) -> Option<Problem> {
        let message = if active {
            let parent = self.get(parent_id?).filter(|parent| !parent.active)?;
            format!("{} is inactive. Make it active first.", parent.name)
        } else if account.role.is_some() {
            format!(
                "CarteFi itself books to {}, so it stays active. You can rename it.",
                account.name
            )
        } else {
            let child = self
                .accounts
                .iter()
                .find(|child| child.parent_id == Some(account.id) && child.active)?;
            format!(
                "{} is below it and still active. Make its subaccounts inactive first.",
                child.name
            )
        };
        Some(Problem::at("active", message))
    }

    /// How many levels there are below an account.
    fn height(&self, account: &Account) -> usize {
        let below = self.accounts.iter().filter(|other| self.is_below(other, account.id));
        below.map(|other| other.depth - account.depth).max().unwrap_or(0)
    }

    fn is_below(&self, account: &Account, ancestor_id: i64) -> bool {
        let parents = std::iter::successors(account.parent_id, |id| self.get(*id)?.parent_id);
        parents.take(ACCOUNT_DEPTH_MAX).any(|id| id == ancestor_id)
    }
}

/// Puts accounts in the order of reports, and gives each its full name and depth.
fn in_order(mut accounts: Vec<Account>) -> Vec<Account> {
    accounts.sort_by_cached_key(|account| {
        let value = account
            .number
            .as_ref()
            .map(|number| number.parse::<u64>().unwrap_or(u64::MAX));
        (
            account.account_type,
            value.is_none(),
            value,
            account.number.clone(),
            account.name.to_lowercase(),
            account.id,
        )
    });
    let mut below: HashMap<Option<i64>, Vec<Account>> = HashMap::new();
    for account in accounts {
        below.entry(account.parent_id).or_default().push(account);
    }
    let mut ordered = Vec::new();
    let mut waiting = below.remove(&None).unwrap_or_default();
    waiting.reverse();
    while let Some(account) = waiting.pop() {
        let mut children = below.remove(&Some(account.id)).unwrap_or_default();
        for child in &mut children {
            child.path = format!("{}:{}", account.path, child.name);
            child.depth = account.depth + 1;
        }
        waiting.extend(children.into_iter().rev());
        ordered.push(account);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(id: i64, number: Option<&str>, name: &str, parent_id: Option<i64>) -> Account {
        Account {
            id,
            number: number.map(str::to_owned),
            name: name.to_owned(),
            path: name.to_owned(),
            depth: 0,
            parent_id,
            account_type: AccountType::Expense,
            detail_type: None,
            role: None,
            tax_line: None,
            active: true,
            balance: None,
        }
    }

    /// Five levels: 1 to 5, each below the one before; 6 and 7 stand apart.
    fn chart() -> Chart {
        let mut accounts: Vec<Account> = (1..=5)
            .map(|id| account(id, None, &format!("Level {id}"), (id > 1).then_some(id - 1)))
            .collect();
        accounts.push(account(6, Some("900"), "Rent", None));
        accounts.push(account(7, Some("6000"), "Travel", None));
        Chart {
            accounts: in_order(accounts),
        }
    }

    fn refusal(moved: i64, parent_id: i64) -> Option<String> {
        let chart = chart();
        chart
            .parent_problem(chart.get(moved), AccountType::Expense, Some(parent_id))
            .map(|problem| problem.message)
    }

    #[test]
    fn numbers_come_by_their_value_and_before_names_and_subaccounts_below_their_parent() {
        let paths: Vec<String> = chart()
            .into_accounts()
            .into_iter()
            .map(|account| account.label())
            .collect();
        assert_eq!(paths[..4], ["900 Rent", "6000 Travel", "Level 1", "Level 1:Level 2"]);
        assert_eq!(paths[6], "Level 1:Level 2:Level 3:Level 4:Level 5");
    }

    #[test]
    fn an_account_is_found_by_number_by_full_name_and_by_both() {
        let chart = chart();
        for (text, id) in [("6000", 7), (" travel ", 7), ("6000 Travel", 7), ("level 1:level 2", 2)] {
            assert_eq!(chart.find(text).map(|account| account.id), Some(id), "{text}");
        }
        assert!(chart.find("Level 2").is_none());
    }

    #[test]
    fn an_account_goes_neither_below_itself_nor_below_what_is_below_it() {
        assert_eq!(refusal(1, 1).as_deref(), Some("An account cannot be below itself."));
        assert_eq!(refusal(1, 4).as_deref(), Some("An account cannot be below itself."));
        assert_eq!(refusal(3, 6), None);
    }

    #[test]
    fn a_chart_has_five_levels_with_all_that_moves_along() {
        assert!(refusal(7, 5).is_some_and(|message| message.contains("at most 5 levels")));
        assert_eq!(refusal(7, 4), None);
        assert!(refusal(1, 6).is_some_and(|message| message.contains("at most 5 levels")));
        assert_eq!(refusal(2, 6), None);
    }
}
