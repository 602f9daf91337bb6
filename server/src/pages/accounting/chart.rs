//! `/c/{slug}/accounting`: the chart of accounts, and what is shown of it as CSV.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use app::forms::FormState;
use app::pages::accounting::chart::{ChartPage, ChartPageProps};
use app::view::accounting::chart::{ChartOrder, ChartRow, ChartSection, ChartShow, ChartView};
use app::view::accounting::entry::Link;
use app::view::frame::Section;
use axum::extract::{Query, State};
use axum::response::Response;
use books::accounts::{Account, account_list, balance_sum, net_income};
use books::reports::report_year_start;
use ledger::accounts::{AccountType, DetailType};
use ledger::csv::csv_record;
use ledger::dates::format_date;
use ledger::money::{Currency, format_plain};
use serde::Deserialize;
use tenancy::Capability;
use time::Date;
use url::form_urlencoded;

use super::Facts;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::pages::reports::Format;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// What the address asks for, as it stands there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    text: String,
    #[serde(rename = "type")]
    account_type: String,
    show: String,
    balance: String,
    sort: String,
    /// What an import just did: accounts added, changed, left out.
    imported: String,
}

/// `GET /c/{slug}/accounting`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let accounts = account_list(&company.cx, Some(facts.today)).await?;
    let year_start = report_year_start(&company.cx, facts.today).await?;
    let path = format!("/c/{}/accounting", facts.slug);
    let shown = asked.shown(&accounts);
    let total = accounts.len();
    let is_filtered = asked.is_filtered();
    let links = Links {
        facts: &facts,
        year_start,
    };
    let view = ChartView {
        currency: facts.currency,
        as_of: format_date(facts.today),
        year_start: format_date(year_start),
        hidden: total - shown.len(),
        sections: sections(&accounts, &shown, &links)?,
        net_income: match is_filtered {
            true => None,
            false => Some(net_income(&accounts).map_err(books::Error::from)?),
        },
        filter: asked.form(),
        is_filtered,
        everything: format!("{path}?show={}", ChartShow::All.code()),
        orders: ChartOrder::ALL
            .map(|order| (order, asked.in_order(order).address(&path)))
            .into(),
        order: ChartOrder::parse(&asked.sort),
        csv: asked.address(&format!("{path}/accounts.csv")),
        imported: imported_words(&asked.imported),
        may_edit: company.cx.may(Capability::Journal),
        slug: facts.slug.clone(),
    };
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html("Chart of accounts", || ChartPage(ChartPageProps { frame, view })))
}

/// `GET /c/{slug}/accounting/accounts.csv`: what is shown, in QuickBooks Online's layout. What was merged is left out: an account of
/// its name would come back by an import.
pub async fn csv(
    State(state): State<AppState>,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let accounts = account_list(&company.cx, Some(facts.today)).await?;
    let shown = asked.shown(&accounts);
    let name = format!("chart-of-accounts-{}", facts.slug);
    let rows = shown.iter().map(|shown| shown.account);
    Ok(Format::Csv.attachment(&name, csv_file(rows, facts.currency)))
}

fn csv_file<'a>(accounts: impl Iterator<Item = &'a Account>, currency: Currency) -> String {
    let heading = csv_record([
        "Account Number",
        "Account Name",
        "Type",
        "Detail Type",
        "Description",
        "Balance",
    ]);
    let rows = accounts.filter(|account| account.merged_into.is_none()).map(|account| {
        let detail = account.detail_type.as_deref().unwrap_or_default();
        csv_record([
            account.number.as_deref().unwrap_or_default(),
            &account.path,
            account.account_type.quickbooks_name(),
            &DetailType::words(account.account_type, detail),
            account.description.as_deref().unwrap_or_default(),
            &format_plain(account.natural_balance(), currency),
        ])
    });
    std::iter::once(heading).chain(rows).collect()
}

/// An account as it is shown.
struct Shown<'a> {
    account: &'a Account,
    name: String,
    depth: usize,
}

impl Asked {
    fn is_filtered(&self) -> bool {
        !self.text.trim().is_empty()
            || !self.account_type.is_empty()
            || ChartShow::parse(&self.show) != ChartShow::InUse
            || !self.balance.is_empty()
    }

    fn form(&self) -> FormState {
        FormState::new("")
            .with("text", &self.text)
            .with("type", &self.account_type)
            .with("show", &self.show)
            .with("balance", &self.balance)
    }

    fn in_order(&self, order: ChartOrder) -> Self {
        let sort = match order {
            ChartOrder::Number => "",
            order => order.code(),
        };
        Self {
            sort: sort.to_owned(),
            imported: String::new(),
            ..self.clone()
        }
    }

    /// The address of `path` with what narrows and orders the list.
    fn address(&self, path: &str) -> String {
        let pairs = [
            ("text", &self.text),
            ("type", &self.account_type),
            ("show", &self.show),
            ("balance", &self.balance),
            ("sort", &self.sort),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    fn passes(&self, account: &Account) -> bool {
        let text = self.text.trim().to_lowercase();
        let holds = |field: &str| field.to_lowercase().contains(&text);
        let detail = account.detail_type.as_deref().unwrap_or_default();
        let is_named = text.is_empty()
            || holds(&account.path)
            || account.number.as_deref().is_some_and(holds)
            || account.description.as_deref().is_some_and(holds)
            || holds(&DetailType::words(account.account_type, detail));
        let holds_something = account.balance.is_some_and(|balance| balance != 0);
        let is_shown = match ChartShow::parse(&self.show) {
            ChartShow::InUse => account.active || holds_something,
            ChartShow::All => true,
            ChartShow::Inactive => !account.active,
        };
        let of_type = AccountType::parse(&self.account_type).map_or(true, |of| of == account.account_type);
        is_named && is_shown && of_type && (holds_something || self.balance.is_empty())
    }

    /// The accounts to show, by type and in the order asked for.
    fn shown<'a>(&self, accounts: &'a [Account]) -> Vec<Shown<'a>> {
        let passing: HashSet<i64> = accounts
            .iter()
            .filter(|account| self.passes(account))
            .map(|account| account.id)
            .collect();
        let passes = |account: &&Account| passing.contains(&account.id);
        let flat = |account: &'a Account| Shown {
            account,
            name: account.path.clone(),
            depth: 0,
        };
        match ChartOrder::parse(&self.sort) {
            ChartOrder::Number => in_tree(accounts, &passing),
            ChartOrder::Name => {
                let mut shown: Vec<Shown<'a>> = accounts.iter().filter(passes).map(flat).collect();
                shown.sort_by_key(|shown| (shown.account.account_type, shown.account.path.to_lowercase()));
                shown
            }
            ChartOrder::Balance => {
                let mut shown: Vec<Shown<'a>> = accounts.iter().filter(passes).map(flat).collect();
                shown.sort_by_key(|shown| (shown.account.account_type, Reverse(shown.account.natural_balance())));
                shown
            }
        }
    }
}

/// In the order of reports, each account below the nearest of those above it that is shown, and what was merged below its target.
fn in_tree<'a>(accounts: &'a [Account], passing: &HashSet<i64>) -> Vec<Shown<'a>> {
    let by_id: HashMap<i64, &Account> = accounts.iter().map(|account| (account.id, account)).collect();
    let mut merged: HashMap<i64, Vec<&'a Account>> = HashMap::new();
    let mut waiting: Vec<&'a Account> = Vec::new();
    for account in accounts {
        match account.merged_into {
            Some(target) => merged.entry(target).or_default().push(account),
            None => waiting.push(account),
        }
    }
    waiting.reverse();
    let mut depths: HashMap<i64, usize> = HashMap::new();
    let mut shown = Vec::with_capacity(passing.len());
    while let Some(account) = waiting.pop() {
        let taken_in = merged.remove(&account.id).unwrap_or_default();
        waiting.extend(taken_in.into_iter().rev());
        if !passing.contains(&account.id) {
            continue;
        }
        let above = match account.merged_into {
            Some(target) => depths.contains_key(&target).then(|| by_id.get(&target)).flatten(),
            None => std::iter::successors(account.parent_id, |id| by_id.get(id)?.parent_id)
                .take(books::accounts::ACCOUNT_DEPTH_MAX)
                .find(|id| depths.contains_key(id))
                .and_then(|id| by_id.get(&id)),
        };
        let depth = above.map_or(0, |above| depths.get(&above.id).copied().unwrap_or(0) + 1);
        let name = match above.filter(|_| account.merged_into.is_none()) {
            Some(above) => account
                .path
                .get(above.path.len() + 1..)
                .unwrap_or(&account.name)
                .to_owned(),
            None => account.path.clone(),
        };
        depths.insert(account.id, depth);
        shown.push(Shown { account, name, depth });
    }
    shown
}

/// Where rows lead.
pub(super) struct Links<'a> {
    pub(super) facts: &'a Facts,
    pub(super) year_start: Date,
}

impl Links<'_> {
    /// The page of an account.
    pub(super) fn account(&self, account: &Account) -> Link {
        Link {
            text: account.label(),
            href: self.facts.account(account.id),
        }
    }

    /// A row of a list of accounts.
    pub(super) fn row(&self, account: &Account, name: String, depth: usize, accounts: &[Account]) -> ChartRow {
        ChartRow {
            id: account.id,
            href: self.facts.account(account.id),
            balance: account.natural_balance(),
            number: account.number.clone(),
            name,
            depth,
            detail_type: account
                .detail_type
                .as_deref()
                .map(|detail| DetailType::words(account.account_type, detail).into_owned()),
            active: account.active,
            merged: account.merged_into.is_some(),
            takes_in: accounts
                .iter()
                .filter(|other| other.merged_into == Some(account.id))
                .map(|other| self.account(other))
                .collect(),
            lines: self.facts.account_lines(account.id, self.year_start, self.facts.today),
        }
    }
}

/// The accounts under their types, in whose order they come.
fn sections(accounts: &[Account], shown: &[Shown<'_>], links: &Links<'_>) -> Result<Vec<ChartSection>, books::Error> {
    let of_a_type = shown.chunk_by(|a, b| a.account.account_type == b.account.account_type);
    let sections = of_a_type.map(|shown| {
        Ok(ChartSection {
            account_type: shown[0].account.account_type,
            total: balance_sum(shown.iter().map(|shown| shown.account))?,
            accounts: shown
                .iter()
                .map(|shown| links.row(shown.account, shown.name.clone(), shown.depth, accounts))
                .collect(),
        })
    });
    sections.collect()
}

/// `12.3.1` as words: what an import added, changed and left out.
fn imported_words(text: &str) -> Option<String> {
    let counts: Vec<usize> = text.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    let [new, changed, refused] = counts.as_slice() else {
        return None;
    };
    let left_out = match refused {
        0 => String::new(),
        1 => " 1 line of the file was left out.".to_owned(),
        refused => format!(" {refused} lines of the file were left out."),
    };
    let added = match new {
        1 => "1 account".to_owned(),
        new => format!("{new} accounts"),
    };
    Some(format!("Recorded: {added} added, {changed} changed.{left_out}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(id: i64, name: &str, parent_id: Option<i64>, balance: i64) -> Account {
        Account {
            id,
            number: None,
            name: name.rsplit(':').next().unwrap_or_default().to_owned(),
            path: name.to_owned(),
            depth: name.matches(':').count(),
            parent_id,
            account_type: AccountType::Expense,
            detail_type: Some("Travel".to_owned()),
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

    /// Rent; Travel with Air and, below that, Bags; Trips, merged into Travel.
    fn accounts() -> Vec<Account> {
        let merged = Account {
            active: false,
            merged_into: Some(2),
            ..account(5, "Trips", None, 0)
        };
        vec![
            account(1, "Rent", None, 900),
            account(2, "Travel", None, 0),
            account(3, "Travel:Air", Some(2), 200),
            account(4, "Travel:Air:Bags", Some(3), 0),
            merged,
        ]
    }

    fn names(asked: &Asked) -> Vec<(usize, String)> {
        let accounts = accounts();
        let shown = asked.shown(&accounts);
        shown.into_iter().map(|shown| (shown.depth, shown.name)).collect()
    }

    fn row(depth: usize, name: &str) -> (usize, String) {
        (depth, name.to_owned())
    }

    #[test]
    fn what_was_merged_stands_below_its_target_once_it_is_asked_for() {
        assert_eq!(
            names(&Asked::default()),
            [row(0, "Rent"), row(0, "Travel"), row(1, "Air"), row(2, "Bags")]
        );
        let all = Asked {
            show: "all".to_owned(),
            ..Asked::default()
        };
        assert_eq!(names(&all)[1..3], [row(0, "Travel"), row(1, "Trips")]);
    }

    #[test]
    fn a_filter_shows_an_account_below_the_nearest_that_passes_too() {
        let with_balance = Asked {
            balance: "yes".to_owned(),
            ..Asked::default()
        };
        assert_eq!(names(&with_balance), [row(0, "Rent"), row(0, "Travel:Air")]);
        let text = Asked {
            text: "AIR".to_owned(),
            ..Asked::default()
        };
        assert_eq!(names(&text), [row(0, "Travel:Air"), row(1, "Bags")]);
    }

    #[test]
    fn the_largest_balance_comes_first_when_asked_for() {
        let by_balance = Asked {
            sort: "balance".to_owned(),
            ..Asked::default()
        };
        assert_eq!(names(&by_balance)[..2], [row(0, "Rent"), row(0, "Travel:Air")]);
        assert_eq!(by_balance.address("/c"), "/c?sort=balance");
        assert_eq!(by_balance.in_order(ChartOrder::Number).address("/c"), "/c");
    }

    #[test]
    fn the_file_has_quickbooks_columns_and_runs_nothing() {
        let mut account = account(1, "Travel:=Air()", None, -1_250);
        account.description = Some("+1 555 0100".to_owned());
        account.number = Some("6280".to_owned());
        let merged = Account {
            merged_into: Some(1),
            ..account.clone()
        };
        assert_eq!(
            csv_file([&account, &merged].into_iter(), Currency::USD),
            "Account Number,Account Name,Type,Detail Type,Description,Balance\r\n\
             6280,Travel:=Air(),Expenses,Travel,'+1 555 0100,-12.50\r\n"
        );
    }

    #[test]
    fn what_an_import_did_is_said_and_junk_is_not() {
        assert_eq!(
            imported_words("12.3.0").as_deref(),
            Some("Recorded: 12 accounts added, 3 changed.")
        );
        assert_eq!(
            imported_words("1.0.1").as_deref(),
            Some("Recorded: 1 account added, 0 changed. 1 line of the file was left out.")
        );
        assert_eq!(imported_words("12.x.0"), None);
        assert_eq!(imported_words(""), None);
    }
}
