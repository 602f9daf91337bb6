//! The accounts that a file names: those there are, and those to be created with their parents.

use std::collections::{HashMap, HashSet};

use ledger::accounts::{AccountType, DetailType};
use ledger::entry::AccountFacts;
use sqlx::PgConnection;
use tenancy::{TenantTx, Write};

use super::entries::{Entry, EntryLine};
use super::mapping::{Mapped, Mapping};
use super::preview::MadeAccount;
use crate::Error;
use crate::accounts::{ACCOUNT_DEPTH_MAX, ACCOUNTS_MAX, Account, Chart};

/// The accounts of the books and the file. A new account has a negative id until it is written.
pub(super) struct Accounts {
    chart: Chart,
    facts: HashMap<i64, AccountFacts>,
    /// What was looked for so far, by its path in lower case; none where there is no such account.
    by_path: HashMap<String, Option<i64>>,
    /// The type that the file gives to a name, on whichever of its lines.
    types: HashMap<String, AccountType>,
    /// Accounts of another type than the file says that nothing uses: they become inactive, and one of the file's type is created.
    giving_way: HashSet<i64>,
    new: Vec<NewAccount>,
    /// What a person says of names that the books do not have.
    mapping: Mapping,
}

/// Why a line has no account.
pub(super) enum Unresolved {
    /// The books do not have it, and neither the file nor a person says what it is.
    Unknown,
    /// What is wrong with it.
    Problem(String),
}

impl From<String> for Unresolved {
    fn from(message: String) -> Self {
        Self::Problem(message)
    }
}

struct NewAccount {
    name: String,
    /// Its full name.
    path: String,
    parent_id: Option<i64>,
    account_type: AccountType,
    detail_type: Option<&'static DetailType>,
    depth: usize,
}

impl Accounts {
    /// Reads the chart of accounts, and how it stands to the lines of a file.
    pub(super) async fn load(
        connection: &mut PgConnection,
        entries: &[Entry],
        mapping: Mapping,
    ) -> Result<Self, Error> {
        let chart = Chart::load(&mut *connection).await?;
        let facts = |account: &Account| AccountFacts {
            account_type: account.account_type,
            active: account.active,
        };
        let facts = chart
            .accounts()
            .iter()
            .map(|account| (account.id, facts(account)))
            .collect();
        let mut types = HashMap::new();
        for line in entries.iter().flat_map(|entry| &entry.lines) {
            if let Some(account_type) = line.account_type {
                types.entry(key(&line.account)).or_insert(account_type);
            }
        }
        let mut accounts = Self {
            chart,
            facts,
            by_path: HashMap::new(),
            types,
            giving_way: HashSet::new(),
            new: Vec::new(),
            mapping,
        };
        let unused = unused(connection, &accounts.of_other_types()).await?;
        accounts.giving_way = unused.into_iter().collect();
        Ok(accounts)
    }

    pub(super) fn facts(&self, id: i64) -> Option<AccountFacts> {
        self.facts.get(&id).copied()
    }

    fn of_other_types(&self) -> Vec<i64> {
        let conflict = |(path, account_type): (&String, &AccountType)| {
            self.chart
                .find_in_use(path)
                .filter(|account| account.active && account.account_type != *account_type)
                .map(|account| account.id)
        };
        self.types.iter().filter_map(conflict).collect()
    }

    /// The account of the books that a line names, active or not; nothing is created.
    pub(super) fn peek(&mut self, line: &EntryLine) -> Option<i64> {
        self.find(&line.account.join(":"))
    }

    /// The type of the account above a path, where the books have one.
    pub(super) fn parent_type(&self, path: &str) -> Option<AccountType> {
        let (parent, _) = path.rsplit_once(':')?;
        self.chart.find_in_use(parent).map(|account| account.account_type)
    }

    /// The type that the file gives to a name.
    pub(super) fn given_type(&self, path: &str) -> Option<AccountType> {
        self.types.get(&path.to_lowercase()).copied()
    }

    /// The accounts that will be made.
    pub(super) fn to_be_made(&self) -> Vec<MadeAccount> {
        let made = |account: &NewAccount| MadeAccount {
            name: account.path.clone(),
            account_type: account.account_type,
            detail_type: account.detail_type,
        };
        self.new.iter().map(made).collect()
    }

    /// The account that a line names, created where it is missing and the file or a person says its type.
    pub(super) fn resolve(&mut self, line: &EntryLine) -> Result<i64, Unresolved> {
        let path = line.account.join(":");
        let id = match (self.find(&path), self.mapping.of(&path), self.given_type(&path)) {
            (Some(id), _, _) | (None, Some(Mapped::Existing(id)), _) => id,
            (None, Some(Mapped::New(account_type)), _) | (None, None, Some(account_type)) => {
                self.create(&line.account, account_type)?
            }
            (None, None, None) => return Err(Unresolved::Unknown),
        };
        let Some(facts) = self.facts(id) else {
            return Err(format!("There is no account “{path}”.").into());
        };
        if !facts.active {
            return Err(format!(
                "The account “{path}” is inactive. Make it active in the chart of accounts, or name another."
            )
            .into());
        }
        let is_mapped = self.mapping.of(&path).is_some();
        if let Some(named) = line
            .account_type
            .filter(|named| !is_mapped && *named != facts.account_type)
        {
            return Err(format!(
                "The account “{path}” is of type {}, not {}.",
                facts.account_type.name(),
                named.name()
            )
            .into());
        }
        Ok(id)
    }

    fn find(&mut self, path: &str) -> Option<i64> {
        let key = path.to_lowercase();
        if let Some(id) = self.by_path.get(&key) {
            return *id;
        }
        let named = self.types.get(&key).copied();
        let found = self
            .chart
            .find_in_use(path)
            .or_else(|| self.chart.find_system(path, named));
        let id = found
            .map(|account| account.id)
            .filter(|id| !self.giving_way.contains(id));
        self.by_path.insert(key, id);
        id
    }

    /// Adds an account below its parents, each of the same type, adding those that are missing too.
    fn create(&mut self, names: &[String], account_type: AccountType) -> Result<i64, String> {
        let path = names.join(":");
        let Some((name, parents)) = names.split_last() else {
            return Err("The Account Name is missing.".to_owned());
        };
        if names.len() > ACCOUNT_DEPTH_MAX {
            return Err(format!(
                "“{path}” is more than {ACCOUNT_DEPTH_MAX} levels deep. Name an account higher up."
            ));
        }
        if self.chart.accounts().len() + self.new.len() >= ACCOUNTS_MAX {
            return Err(format!(
                "A company has at most {ACCOUNTS_MAX} accounts, and “{path}” would be one more."
            ));
        }
        let parent_id = match parents {
            [] => None,
            _ => Some(self.parent(parents, account_type)?),
        };
        self.new.push(NewAccount {
            name: name.clone(),
            path: path.clone(),
            parent_id,
            account_type,
            detail_type: DetailType::said_by(account_type, names),
            depth: parents.len(),
        });
        let id = provisional(self.new.len());
        self.by_path.insert(path.to_lowercase(), Some(id));
        self.facts.insert(
            id,
            AccountFacts {
                account_type,
                active: true,
            },
        );
        Ok(id)
    }

    fn parent(&mut self, names: &[String], account_type: AccountType) -> Result<i64, String> {
        let path = names.join(":");
        let id = match self.find(&path) {
            Some(id) => id,
            None => self.create(names, account_type)?,
        };
        match self.facts(id) {
            Some(facts) if facts.account_type != account_type => Err(format!(
                "“{path}” is of type {}, and a subaccount has its parent's type, not {}.",
                facts.account_type.name(),
                account_type.name()
            )),
            Some(facts) if !facts.active => Err(format!(
                "The account “{path}” is inactive. Make it active in the chart of accounts first."
            )),
            _ => Ok(id),
        }
    }

    /// Writes the new accounts, parents first, and gives the id of each provisional one.
    pub(super) async fn write(&self, tx: &mut TenantTx<Write>) -> Result<HashMap<i64, i64>, Error> {
        if !self.giving_way.is_empty() {
            let giving_way: Vec<i64> = self.giving_way.iter().copied().collect();
            sqlx::query!("update account set active = false where id = any ($1)", &giving_way)
                .execute(&mut **tx)
                .await?;
        }
        let mut written: HashMap<i64, i64> = HashMap::new();
        for depth in 0..ACCOUNT_DEPTH_MAX {
            let of_depth = || self.new.iter().zip(1..).filter(|(account, _)| account.depth == depth);
            let parents: Vec<Option<i64>> = of_depth()
                .map(|(account, _)| account.parent_id.map(|id| written.get(&id).copied().unwrap_or(id)))
                .collect();
            if parents.is_empty() {
                continue;
            }
            let names: Vec<String> = of_depth().map(|(account, _)| account.name.clone()).collect();
            let types: Vec<String> = of_depth()
                .map(|(account, _)| account.account_type.code().to_owned())
                .collect();
            let details: Vec<Option<String>> = of_depth()
                .map(|(account, _)| account.detail_type.map(|detail| detail.code.to_owned()))
                .collect();
            let rows = sqlx::query!(
                "insert into account (name, parent_id, type, detail_type, currency)
                 select u.name, u.parent_id, u.type, u.detail_type, c.currency
                 from company c, unnest($1::text[], $2::bigint[], $3::text[], $4::text[]) as u (name, parent_id, type, detail_type)
                 returning id, name, parent_id",
                &names,
                &parents as &[Option<i64>],
                &types,
                &details as &[Option<String>]
            )
            .fetch_all(&mut **tx)
            .await?;
            let ids: HashMap<(Option<i64>, String), i64> = rows
                .into_iter()
                .map(|row| ((row.parent_id, row.name), row.id))
                .collect();
            for (((_, place), parent), name) in of_depth().zip(parents).zip(names) {
                let id = ids
                    .get(&(parent, name))
                    .ok_or(Error::NotFound("an account just written"))?;
                written.insert(provisional(place), *id);
            }
        }
        Ok(written)
    }
}

/// Those of some accounts that nothing was ever written on and that nothing depends on: the starter chart's, as a rule.
async fn unused(connection: &mut PgConnection, ids: &[i64]) -> Result<Vec<i64>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(sqlx::query_scalar!(
        "select a.id from account a where a.id = any ($1) and a.role is null
            and not exists (select from document_line l where l.account_id = a.id)
            and not exists (select from account c where c.parent_id = a.id)
            and not exists (select from account m where m.merged_into = a.id)
            and not exists (select from recurring_template_line l where l.account_id = a.id)
            and not exists (select from bank_account b where b.account_id = a.id)",
        ids
    )
    .fetch_all(connection)
    .await?)
}

/// A path as it is compared: in lower case.
fn key(names: &[String]) -> String {
    names.join(":").to_lowercase()
}

/// The id of the n-th new account until it is written: n counts from 1.
fn provisional(n: usize) -> i64 {
    i64::try_from(n).map_or(i64::MIN, |n| -n)
}
