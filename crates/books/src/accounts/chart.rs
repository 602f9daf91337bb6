//! The chart as a tree: the order of its accounts, their full names, and what may be below what.

mod merges;
mod read;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use ledger::accounts::{AccountRole, AccountType, Statement};
use sqlx::PgConnection;

use super::{ACCOUNT_DEPTH_MAX, Account};
use crate::{Error, Problem};

pub(crate) use merges::{MERGES_IN_A_ROW_MAX, Merges};

/// All accounts of a company, in the order of reports.
pub(crate) struct Chart {
    accounts: Vec<Account>,
    /// Where in them each is, by its id.
    places: HashMap<i64, usize>,
    /// Where each is that a file can name, by what names it in lower case; made when it is first asked for.
    named: OnceLock<HashMap<String, usize>>,
}

impl Chart {
    /// Reads the whole chart: at most 5,000 rows.
    pub(crate) async fn load(connection: &mut PgConnection) -> Result<Self, Error> {
        Ok(Self::of(read::now(connection).await?))
    }

    /// Reads the whole chart as it stood after a change.
    pub(crate) async fn load_at(connection: &mut PgConnection, n: i64) -> Result<Self, Error> {
        Ok(Self::of(read::at(connection, n).await?))
    }

    /// Adds the accounts of a later chart that this one does not have, as they are there.
    pub(crate) fn with_newer(self, later: Self) -> Self {
        let own: HashSet<i64> = self.places.into_keys().collect();
        let newer = later.accounts.into_iter().filter(|account| !own.contains(&account.id));
        Self::of(self.accounts.into_iter().chain(newer).collect())
    }

    /// These accounts, in the order of reports.
    pub(crate) fn of(accounts: Vec<Account>) -> Self {
        let accounts = in_order(accounts);
        let places = accounts
            .iter()
            .enumerate()
            .map(|(place, account)| (account.id, place))
            .collect();
        Self {
            accounts,
            places,
            named: OnceLock::new(),
        }
    }

    pub(crate) fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// Which accounts stand with which.
    pub(crate) fn merges(&self) -> Merges {
        let merged = self.accounts.iter();
        merged
            .filter_map(|account| Some((account.id, account.merged_into?)))
            .collect()
    }

    pub(crate) fn into_accounts(self) -> Vec<Account> {
        self.accounts
    }

    pub(crate) fn get(&self, id: i64) -> Option<&Account> {
        self.accounts.get(*self.places.get(&id)?)
    }

    /// The account that a file names by its number, its full name (`Parent:Sub`, in any case) or both; an active one before an
    /// inactive one.
    pub(crate) fn find(&self, text: &str) -> Option<&Account> {
        let place = self
            .named
            .get_or_init(|| self.names())
            .get(&text.trim().to_lowercase())?;
        self.accounts.get(*place)
    }

    /// Where each account is by each of its names; of two with one name the active one, else the later one.
    fn names(&self) -> HashMap<String, usize> {
        let mut named: HashMap<String, usize> = HashMap::with_capacity(3 * self.accounts.len());
        for (place, account) in self.accounts.iter().enumerate() {
            let names = [
                Some(account.path.clone()),
                account.number.clone(),
                Some(account.label()),
            ];
            for name in names.into_iter().flatten() {
                let is_active = |place: usize| self.accounts.get(place).is_some_and(|account| account.active);
                let at = named.entry(name.to_lowercase()).or_insert(place);
                if account.active || !is_active(*at) {
                    *at = place;
                }
            }
        }
        named
    }

    /// As [`Self::find`], for what is to be posted: an account that was merged away is the one it was merged into, in whichever
    /// step.
    pub(crate) fn find_in_use(&self, text: &str) -> Option<&Account> {
        let found = self.find(text)?;
        match found.merged_into {
            Some(_) => self.get(self.merges().shown_as(found.id)),
            None => Some(found),
        }
    }

    /// The account that holds the role.
    pub(crate) fn holder(&self, role: AccountRole) -> Option<&Account> {
        self.accounts.iter().find(|account| account.role == Some(role))
    }

    /// The system account that a file of QuickBooks' means by one of the names that QuickBooks itself gives, such as `Accounts
    /// Receivable (A/R)`. A file's account of another type is not meant.
    pub(crate) fn find_system(&self, name: &str, account_type: Option<AccountType>) -> Option<&Account> {
        let account = self.holder(AccountRole::of_quickbooks(name)?)?;
        account_type
            .is_none_or(|account_type| account_type == account.account_type)
            .then_some(account)
    }

    /// The accounts whose type changes along with an account's, itself first: what is below it or merged into it, at any remove.
    pub(super) fn moves_along(&self, id: i64) -> Vec<&Account> {
        let mut ids = vec![id];
        // Each round adds what is one step further away: a chart has five levels, and merges follow one another at most 50 times.
        for _ in 0..=ACCOUNT_DEPTH_MAX + MERGES_IN_A_ROW_MAX {
            let further = self.accounts.iter().filter(|account| {
                let hangs_on = |on: Option<i64>| on.is_some_and(|on| ids.contains(&on));
                !ids.contains(&account.id) && (hangs_on(account.parent_id) || hangs_on(account.merged_into))
            });
            let further: Vec<i64> = further.map(|account| account.id).collect();
            if further.is_empty() {
                break;
            }
            ids.extend(further);
        }
        ids.iter().filter_map(|id| self.get(*id)).collect()
    }

    /// Why an account cannot be given another type.
    pub(super) fn retype_problem(&self, account: &Account, to: AccountType) -> Option<Problem> {
        let at = |message: String| Some(Problem::at("type", message));
        if let Some(role) = account.role {
            return at(format!(
                "CarteFi itself books to {}: {}. It keeps its type; you can rename it.",
                account.name,
                role.purpose()
            ));
        }
        if account.account_type.carries_open_items() || to.carries_open_items() {
            return at(format!(
                "{} carries open items by name: no account becomes one or stops being one. Add a new account instead.",
                if to.carries_open_items() {
                    to.name()
                } else {
                    account.account_type.name()
                }
            ));
        }
        if !account.account_type.becomes(to) {
            return at(format!(
                "{} stands on the {}, and {} does not. A type changes only within the same statement.",
                account.name,
                statement_name(account.account_type),
                to.name()
            ));
        }
        let along = self.moves_along(account.id);
        let stuck = along.iter().find(|other| {
            let parent = other.parent_id.filter(|_| other.id != account.id);
            parent.is_some_and(|parent| !along.iter().any(|moved| moved.id == parent))
        })?;
        let parent = stuck.parent_id.and_then(|parent| self.get(parent))?;
        at(format!(
            "{} was merged into it and stands below {}, which keeps its type. Undo that merge first.",
            stuck.name, parent.name
        ))
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

/// The statement that an account of a type stands on, as people say it.
fn statement_name(account_type: AccountType) -> &'static str {
    match account_type.statement() {
        Statement::BalanceSheet => "balance sheet",
        Statement::ProfitAndLoss => "profit and loss",
    }
}

/// Puts accounts in the order of reports, and gives each its full name and depth.
fn in_order(mut accounts: Vec<Account>) -> Vec<Account> {
    for account in &mut accounts {
        account.path.clone_from(&account.name);
        account.depth = 0;
    }
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
            description: None,
            role: None,
            tax_line: None,
            cash_flow: None,
            active: true,
            merged_into: None,
            balance: None,
            version: None,
        }
    }

    /// Five levels: 1 to 5, each below the one before; 6 and 7 stand apart.
    fn chart() -> Chart {
        let mut accounts: Vec<Account> = (1..=5)
            .map(|id| account(id, None, &format!("Level {id}"), (id > 1).then_some(id - 1)))
            .collect();
        accounts.push(account(6, Some("900"), "Rent", None));
        accounts.push(account(7, Some("6000"), "Travel", None));
        Chart::of(accounts)
    }

    #[test]
    fn what_was_merged_away_is_found_as_what_it_was_merged_into() {
        let merged = |id: i64, name: &str, into: i64| Account {
            active: false,
            merged_into: Some(into),
            ..account(id, None, name, None)
        };
        let mut accounts = chart().into_accounts();
        accounts.extend([merged(8, "Trips", 9), merged(9, "Journeys", 7), merged(10, "Rent", 7)]);
        let chart = Chart::of(accounts);
        let found = |text: &str| chart.find_in_use(text).map(|account| account.id);
        assert_eq!([found("trips"), found("Journeys"), found("6000 Travel")], [Some(7); 3]);
        assert_eq!(chart.find("Trips").map(|account| account.id), Some(8));
        assert_eq!(found("rent"), Some(6), "one in use before one that was merged away");
        assert_eq!(found("Nowhere"), None);
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
