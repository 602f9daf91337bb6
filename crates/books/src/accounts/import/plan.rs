//! What a file does to the chart: which account each line means, what would differ, and what cannot be.

use std::collections::{BTreeSet, HashMap, HashSet};

use ledger::accounts::{AccountType, DetailType};
use sqlx::PgConnection;

use super::differences::{differences, flows_after};
use super::sheet::Row;
use super::{AccountFileLine, Verdict};
use crate::Error;
use crate::accounts::{
    ACCOUNT_DEPTH_MAX, ACCOUNTS_MAX, Account, Chart, DESCRIPTION_CHARS_MAX, DETAIL_TYPE_CHARS_MAX, NAME_CHARS_MAX,
    NUMBER_CHARS_MAX,
};

/// How often a file is planned anew without the lines that cannot be: each time takes away what hung on them, and a chart has
/// few levels.
const ROUNDS_MAX: usize = 20;

/// What is to be written, and what is to be shown of it.
pub(super) struct Plan {
    pub(super) lines: Vec<AccountFileLine>,
    /// Parents before their subaccounts. A new account has a negative id until it is written.
    pub(super) new: Vec<Planned>,
    pub(super) changed: Vec<Planned>,
    /// The accounts whose history moves to another part of the statement of cash flows.
    pub(super) moved: Moved,
}

/// Accounts whose history moves.
#[derive(Default)]
pub(super) struct Moved {
    /// Their full names.
    pub(super) paths: Vec<String>,
    /// Their ids, and those of what was merged into them.
    pub(super) ids: Vec<i64>,
}

/// An account as it is to be.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) id: i64,
    pub(super) number: Option<String>,
    pub(super) name: String,
    pub(super) parent_id: Option<i64>,
    pub(super) account_type: AccountType,
    pub(super) detail_type: Option<String>,
    pub(super) description: Option<String>,
    pub(super) active: bool,
    depth: usize,
    /// The line that says so.
    line: usize,
}

/// Reads the chart and plans what the rows do to it.
pub(super) async fn plan(connection: &mut PgConnection, rows: &[Row]) -> Result<Plan, Error> {
    let chart = Chart::load(&mut *connection).await?;
    let used = sqlx::query_scalar!(
        r#"select a.id as "id!" from account a where exists (select from month_total t where t.account_id = a.id)
           union select b.account_id from bank_account b"#
    )
    .fetch_all(connection)
    .await?;
    let used: HashSet<i64> = used.into_iter().collect();
    planned(&chart, &used, rows)
}

/// Plans, and plans anew without the lines whose number is another account's in the end, until no number is there twice.
fn planned(chart: &Chart, used: &HashSet<i64>, rows: &[Row]) -> Result<Plan, Error> {
    let mut left_out: HashMap<usize, String> = HashMap::new();
    for _ in 0..ROUNDS_MAX {
        let mut planner = Planner::new(chart, used, rows, &left_out);
        planner.go_over(rows);
        let taken = planner.numbers_taken();
        if taken.is_empty() {
            return Ok(planner.into_plan());
        }
        left_out.extend(taken);
    }
    Err(Error::at(
        "file",
        "Too many lines of this file hang on lines that give a number twice. Correct the numbers, or import it in parts.",
    ))
}

struct Planner<'a> {
    chart: &'a Chart,
    used: &'a HashSet<i64>,
    left_out: &'a HashMap<usize, String>,
    /// The full names that the file's lines say, in lower case.
    said: HashSet<String>,
    /// Accounts by their full name in lower case, those there are and those to come; of two, the active one.
    by_path: HashMap<String, i64>,
    /// The accounts there are by their full name in lower case, in its order.
    paths: BTreeSet<(String, i64)>,
    /// The active accounts there are by their number.
    by_number: HashMap<&'a str, &'a Account>,
    /// Full names of lines that are left out.
    refused: HashSet<String>,
    /// The line that each account was named by.
    named_on: HashMap<i64, usize>,
    accounts: HashMap<i64, Planned>,
    new: Vec<i64>,
    changed: Vec<i64>,
    /// Those of them that stand in another part of the statement of cash flows.
    moved: Vec<&'a Account>,
    lines: Vec<AccountFileLine>,
}

impl<'a> Planner<'a> {
    fn new(chart: &'a Chart, used: &'a HashSet<i64>, rows: &[Row], left_out: &'a HashMap<usize, String>) -> Self {
        let mut by_path: HashMap<String, i64> = HashMap::new();
        let mut paths = BTreeSet::new();
        let mut by_number = HashMap::new();
        let mut in_use_last: Vec<&Account> = chart.accounts().iter().collect();
        in_use_last.sort_by_key(|account| account.active);
        for account in in_use_last {
            let path = account.path.to_lowercase();
            paths.insert((path.clone(), account.id));
            by_path.insert(path, account.id);
            if let Some(number) = account.number.as_deref().filter(|_| account.active) {
                by_number.insert(number, account);
            }
        }
        Self {
            chart,
            used,
            left_out,
            said: rows.iter().map(|row| key(&names_of(row))).collect(),
            by_path,
            paths,
            by_number,
            refused: HashSet::new(),
            named_on: HashMap::new(),
            accounts: chart
                .accounts()
                .iter()
                .map(|account| (account.id, as_it_is(account)))
                .collect(),
            new: Vec::new(),
            changed: Vec::new(),
            moved: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Level by level, so that parents are known before what is below them; on each level full names before numbers.
    fn go_over(&mut self, rows: &[Row]) {
        let mut levels: Vec<Vec<&Row>> = vec![Vec::new(); ACCOUNT_DEPTH_MAX + 1];
        for row in rows {
            let depth = names_of(row).len().clamp(1, levels.len());
            levels[depth - 1].push(row);
        }
        for level in levels {
            let (known, unknown): (Vec<&Row>, Vec<&Row>) =
                level.into_iter().partition(|row| self.meant_by_name(row).is_some());
            for row in known.into_iter().chain(unknown) {
                self.take(row);
            }
        }
        self.lines.sort_by_key(|line| line.line);
    }

    fn meant_by_name(&self, row: &Row) -> Option<i64> {
        let names = names_of(row);
        if let Some(id) = self.by_path.get(&key(&names)) {
            return Some(*id);
        }
        let [name] = names.as_slice() else { return None };
        let account_type = AccountType::parse(&row.account_type).ok();
        Some(self.chart.find_system(name, account_type)?.id)
    }

    fn take(&mut self, row: &Row) {
        let names = names_of(row);
        let verdict = match self.verdict(row, &names) {
            Ok(verdict) => verdict,
            Err(message) => {
                self.refused.insert(key(&names));
                Verdict::Refused(message)
            }
        };
        self.lines.push(AccountFileLine {
            line: row.line,
            number: Some(row.number.clone()).filter(|number| !number.is_empty()),
            path: names.join(":"),
            account_type: AccountType::parse(&row.account_type).ok(),
            verdict,
        });
    }

    fn verdict(&mut self, row: &Row, names: &[String]) -> Result<Verdict, String> {
        if let Some(message) = self.left_out.get(&row.line) {
            return Err(message.clone());
        }
        check_texts(row, names)?;
        let said_type = match row.account_type.as_str() {
            "" => None,
            text => Some(AccountType::parse(text).map_err(|_| {
                format!("“{text}” is no account type. Write one of QuickBooks’ fifteen, such as Bank or Expenses.")
            })?),
        };
        let meant = match self.meant_by_name(row) {
            Some(id) => Some(id),
            None => self.meant_by_number(row, names)?,
        };
        let Some(id) = meant else {
            let account_type =
                said_type.ok_or("The Type is missing. Write one of QuickBooks’ fifteen, such as Bank or Expenses.")?;
            return self.add(row, names, account_type);
        };
        if let Some(line) = self.named_on.insert(id, row.line) {
            self.named_on.insert(id, line);
            return Err(format!(
                "Line {line} names this account already. Remove one of the two."
            ));
        }
        self.change(row, names, id, said_type)
    }

    /// The account that has the line's number and that no line names by its full name: it is renamed.
    fn meant_by_number(&self, row: &Row, names: &[String]) -> Result<Option<i64>, String> {
        let holder = self.by_number.get(row.number.as_str()).copied();
        let Some(holder) = holder.filter(|holder| !self.said.contains(&holder.path.to_lowercase())) else {
            return Ok(None);
        };
        let parent = names
            .split_last()
            .and_then(|(_, above)| self.by_path.get(&key(above)).copied());
        if holder.role.is_some() || holder.parent_id != parent || names.len() != holder.depth + 1 {
            return Err(format!(
                "The number {} is that of {}. Change one of the two numbers first.",
                row.number, holder.path
            ));
        }
        Ok(Some(holder.id))
    }

    fn add(&mut self, row: &Row, names: &[String], account_type: AccountType) -> Result<Verdict, String> {
        let parent_id = self.parent(row.line, names, account_type)?;
        self.room_for(names)?;
        let detail_type = detail_type_of(account_type, &row.detail_type)?;
        let planned = Planned {
            id: 0,
            number: Some(row.number.clone()).filter(|number| !number.is_empty()),
            name: names.last().cloned().unwrap_or_default(),
            parent_id,
            account_type,
            detail_type: Some(detail_type.unwrap_or_else(|| DetailType::usual(account_type).to_owned())),
            description: Some(row.description.clone()).filter(|text| !text.is_empty()),
            active: true,
            depth: names.len() - 1,
            line: row.line,
        };
        self.insert(names, planned);
        Ok(Verdict::New)
    }

    fn insert(&mut self, names: &[String], planned: Planned) {
        let id = i64::try_from(self.new.len() + 1).map_or(i64::MIN, |n| -n);
        self.named_on.insert(id, planned.line);
        self.accounts.insert(id, Planned { id, ..planned });
        self.new.push(id);
        self.by_path.insert(key(names), id);
    }

    fn room_for(&self, names: &[String]) -> Result<(), String> {
        if self.chart.accounts().len() + self.new.len() < ACCOUNTS_MAX {
            return Ok(());
        }
        Err(format!(
            "A company has at most {ACCOUNTS_MAX} accounts, and “{}” would be one more.",
            names.join(":")
        ))
    }

    /// The account above, which is of the same type; one that no line names is added too.
    fn parent(&mut self, line: usize, names: &[String], account_type: AccountType) -> Result<Option<i64>, String> {
        let Some((_, above)) = names.split_last().filter(|(_, above)| !above.is_empty()) else {
            return Ok(None);
        };
        let path = above.join(":");
        if self.refused.contains(&key(above)) {
            return Err(format!("Its parent “{path}” is left out. Correct that line first."));
        }
        if let Some(parent) = self.by_path.get(&key(above)).and_then(|id| self.accounts.get(id)) {
            return match (parent.account_type == account_type, parent.active) {
                (true, true) => Ok(Some(parent.id)),
                (true, false) => Err(format!("Its parent “{path}” is inactive. Make that active first.")),
                (false, _) => Err(format!(
                    "Its parent “{path}” is of type {}, and a subaccount has its parent’s type, not {}.",
                    parent.account_type.name(),
                    account_type.name()
                )),
            };
        }
        let parent_id = self.parent(line, above, account_type)?;
        self.room_for(above)?;
        let planned = Planned {
            id: 0,
            number: None,
            name: above.last().cloned().unwrap_or_default(),
            parent_id,
            account_type,
            detail_type: Some(DetailType::usual(account_type).to_owned()),
            description: None,
            active: true,
            depth: above.len() - 1,
            line,
        };
        self.insert(above, planned);
        self.lines.push(AccountFileLine {
            line,
            number: None,
            path,
            account_type: Some(account_type),
            verdict: Verdict::NewParent,
        });
        Ok(self.by_path.get(&key(above)).copied())
    }

    fn change(
        &mut self,
        row: &Row,
        names: &[String],
        id: i64,
        said_type: Option<AccountType>,
    ) -> Result<Verdict, String> {
        let chart = self.chart;
        let Some(account) = chart.get(id) else {
            // A parent that was added for a line above it: levels go from the top, so this cannot be.
            return Err("This account was added for another line. Remove one of the two.".to_owned());
        };
        if let Some(target) = account.merged_into.and_then(|target| self.chart.get(target)) {
            return Err(format!(
                "It was merged into {}. Remove the line, or undo the merge first.",
                target.label()
            ));
        }
        let account_type = said_type.unwrap_or(account.account_type);
        if account_type != account.account_type {
            self.may_retype(account, account_type)?;
        }
        if !account.active {
            let parent = account.parent_id.and_then(|parent| self.accounts.get(&parent));
            if let Some(parent) = parent.filter(|parent| !parent.active) {
                return Err(format!(
                    "Its parent “{}” is inactive. Make that active first.",
                    parent.name
                ));
            }
        }
        let keeps = |text: &str, before: &Option<String>| match text {
            "" => before.clone(),
            text => Some(text.to_owned()),
        };
        // QuickBooks' own name for a system account is not what the company calls it.
        let is_named = account.path.to_lowercase() == key(names) || account.role.is_none();
        let detail_type = detail_type_of(account_type, &row.detail_type)?;
        let planned = Planned {
            number: keeps(&row.number, &account.number),
            name: names.last().filter(|_| is_named).unwrap_or(&account.name).clone(),
            account_type,
            detail_type: detail_type.or_else(|| account.detail_type.clone()),
            description: keeps(&row.description, &account.description),
            active: true,
            line: row.line,
            ..as_it_is(account)
        };
        let differences = differences(account, &planned);
        if flows_after(account, &planned) != account.flows() {
            self.moved.push(account);
        }
        if planned.name != account.name {
            self.rename(account, names);
        }
        self.accounts.insert(id, planned);
        if differences.is_empty() {
            return Ok(Verdict::Same);
        }
        self.changed.push(id);
        Ok(Verdict::Changed(differences))
    }

    /// What is below a renamed account is found below its new name.
    fn rename(&mut self, account: &Account, names: &[String]) {
        let (before, after) = (account.path.to_lowercase(), key(names));
        let itself = self
            .paths
            .range((before.clone(), i64::MIN)..=(before.clone(), i64::MAX));
        // Of what is below it the full name goes on with a colon, and with nothing else before the next character.
        let below = self
            .paths
            .range((format!("{before}:"), i64::MIN)..(format!("{before};"), i64::MIN));
        let renamed = itself.chain(below).filter_map(|(path, id)| {
            let rest = path.strip_prefix(&before)?;
            Some((format!("{after}{rest}"), *id))
        });
        self.by_path.extend(renamed);
    }

    /// A file changes the type of an account that nothing was ever written on; any other one is retyped by hand, where it is said
    /// what moves.
    fn may_retype(&self, account: &Account, to: AccountType) -> Result<(), String> {
        if let Some(problem) = self.chart.retype_problem(account, to) {
            return Err(problem.message);
        }
        let has_company = self.chart.moves_along(account.id).len() > 1 || account.parent_id.is_some();
        if has_company || self.used.contains(&account.id) {
            return Err(format!(
                "It is of type {} here, and the file says {}. Change the type on its page, which says what moves with it.",
                account.account_type.name(),
                to.name()
            ));
        }
        Ok(())
    }

    /// The lines that give a number which another account has in the end, with the reason. A line that is left out may leave its
    /// account the number it had, and so the next one without.
    fn numbers_taken(&self) -> HashMap<usize, String> {
        let mut givers: HashMap<&str, Vec<&Planned>> = HashMap::new();
        let mut keepers: HashMap<&str, &str> = HashMap::new();
        for account in self.accounts.values().filter(|account| account.active) {
            let Some(number) = account.number.as_deref() else {
                continue;
            };
            match self.number_before(account.id) == Some(number) {
                true => drop(keepers.insert(number, &account.name)),
                false => givers.entry(number).or_default().push(account),
            }
        }
        let mut taken = HashMap::new();
        let mut wait: Vec<&str> = givers.keys().copied().collect();
        while let Some(number) = wait.pop() {
            let Some(of_number) = givers.get_mut(number) else {
                continue;
            };
            // Whoever has it already keeps it; of several that get it, the first line.
            of_number.sort_by_key(|account| account.line);
            let stays = usize::from(!keepers.contains_key(number)).min(of_number.len());
            let lost = of_number.split_off(stays);
            let holder = keepers
                .get(number)
                .copied()
                .or(of_number.first().map(|first| first.name.as_str()));
            for account in lost {
                let message = format!(
                    "The number {number} is that of {}. Give one of the two another number.",
                    holder.unwrap_or_default()
                );
                taken.insert(account.line, message);
                if let Some(before) = self.number_before(account.id) {
                    keepers.insert(before, &account.name);
                    wait.push(before);
                }
            }
        }
        taken
    }

    /// The number of an account that is in use before the file.
    fn number_before(&self, id: i64) -> Option<&str> {
        let before = self.chart.get(id).filter(|before| before.active)?;
        before.number.as_deref()
    }

    fn into_plan(self) -> Plan {
        let of = |ids: &[i64]| -> Vec<Planned> { ids.iter().filter_map(|id| self.accounts.get(id).cloned()).collect() };
        let (mut new, changed) = (of(&self.new), of(&self.changed));
        new.sort_by_key(|account| account.depth);
        let mut moved = Moved::default();
        if !self.moved.is_empty() {
            // What was merged into an account stands where it does.
            let merges = self.chart.merges();
            moved.paths = self.moved.iter().map(|account| account.path.clone()).collect();
            moved.ids = self
                .moved
                .iter()
                .flat_map(|account| merges.ids_shown_as(account.id))
                .collect();
        }
        Plan {
            moved,
            new,
            changed,
            lines: self.lines,
        }
    }
}

fn as_it_is(account: &Account) -> Planned {
    Planned {
        id: account.id,
        number: account.number.clone(),
        name: account.name.clone(),
        parent_id: account.parent_id,
        account_type: account.account_type,
        detail_type: account.detail_type.clone(),
        description: account.description.clone(),
        active: account.active,
        depth: account.depth,
        line: 0,
    }
}

/// The detail type as it is stored; none where the file says nothing.
fn detail_type_of(account_type: AccountType, text: &str) -> Result<Option<String>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(detail) = DetailType::find(account_type, text) {
        return Ok(Some(detail.code.to_owned()));
    }
    match DetailType::types_of(text).first() {
        Some(other) => Err(format!(
            "“{text}” is a detail type of {}, not of {}.",
            other.name(),
            account_type.name()
        )),
        None => Ok(Some(text.to_owned())),
    }
}

fn check_texts(row: &Row, names: &[String]) -> Result<(), String> {
    if row.too_wide {
        return Err(
            "This line has more cells than there are columns. Put quotes around what holds a comma.".to_owned(),
        );
    }
    if row.name.is_empty() {
        return Err("The Account Name is missing.".to_owned());
    }
    if names.iter().any(String::is_empty) {
        return Err("A name is missing beside a colon: write Parent:Sub.".to_owned());
    }
    if names.len() > ACCOUNT_DEPTH_MAX {
        return Err(format!(
            "A chart has at most {ACCOUNT_DEPTH_MAX} levels, and this is one of more."
        ));
    }
    let too_long = |text: &str, chars_max: usize| text.chars().count() > chars_max;
    let limits = [
        ("Account Number", row.number.as_str(), NUMBER_CHARS_MAX),
        ("Detail Type", row.detail_type.as_str(), DETAIL_TYPE_CHARS_MAX),
        ("Description", row.description.as_str(), DESCRIPTION_CHARS_MAX),
    ];
    let names = names.iter().map(|name| ("Account Name", name.as_str(), NAME_CHARS_MAX));
    match limits
        .into_iter()
        .chain(names)
        .find(|(_, text, chars_max)| too_long(text, *chars_max))
    {
        Some((what, _, chars_max)) => Err(format!("The {what} has more than {chars_max} characters. Shorten it.")),
        None => Ok(()),
    }
}

fn names_of(row: &Row) -> Vec<String> {
    row.name.split(':').map(|name| name.trim().to_owned()).collect()
}

/// A path as it is compared: in lower case.
fn key(names: &[String]) -> String {
    names.join(":").to_lowercase()
}
