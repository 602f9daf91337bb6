//! The pages of the section Accounting, and what they and their neighbors share.

pub mod account;
mod account_differences;
mod account_history;
pub mod account_import;
pub mod account_merge;
pub mod accounts;
pub mod changed_since;
pub mod chart;
pub mod entry;
mod history;
pub mod journal;
pub mod journal_form;
pub mod journal_import;
pub mod locks;
pub mod opening;
pub mod opening_file;
pub mod recurring;
mod recurring_differences;
pub mod recurring_form;
mod released;
mod texts;
pub mod year;
pub mod years;

use app::forms::Choice;
use audit::log::{Entry, Filter};
use books::accounts::{Account, account_list};
use books::contacts::contact_choices;
use books::documents::DocumentLine;
use ledger::dates::{format_date, format_time};
use ledger::money::Currency;
use time::{Date, OffsetDateTime};

pub(crate) use self::released::released_words;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::pages::reports::ledger_address;
use crate::state::AppState;
use crate::visitor::Company;

/// What every page of a company's books needs to know of it.
pub(crate) struct Facts {
    pub(crate) slug: String,
    pub(crate) currency: Currency,
    /// The day it is for the company.
    pub(crate) today: Date,
    company: books::company::Company,
}

impl Facts {
    pub(crate) async fn read(state: &AppState, company: &Company) -> Result<Self, PageError> {
        let facts = books::company::company_get(&company.cx).await?;
        Ok(Self {
            slug: company.cx.tenant().slug.clone(),
            currency: facts.currency,
            today: facts.today(state.clock.now()),
            company: facts,
        })
    }

    /// A moment as the company's clocks show it: `Oct 31, 2026, 9:14 AM`.
    pub(crate) fn moment(&self, at: OffsetDateTime) -> String {
        let local = self.company.local(at);
        format!("{}, {}", format_date(local.date()), format_time(local.time()))
    }

    /// The moment at which a day begins for the company.
    pub(crate) fn day_begins(&self, day: Date) -> OffsetDateTime {
        self.company.day_begins(day)
    }

    /// The page of a document.
    pub(crate) fn document(&self, id: i64) -> String {
        format!("/c/{}/accounting/journal/{id}", self.slug)
    }

    /// The page of a template.
    pub(crate) fn template(&self, id: i64) -> String {
        format!("/c/{}/accounting/recurring/{id}", self.slug)
    }

    /// The page of an account.
    pub(crate) fn account(&self, id: i64) -> String {
        format!("/c/{}/accounting/accounts/{id}", self.slug)
    }

    /// The lines on an account between two days.
    pub(crate) fn account_lines(&self, account_id: i64, from: Date, to: Date) -> String {
        ledger_address(&self.slug, account_id, from, to)
    }
}

/// Changes of a row that are looked through for the one that a person is told of.
const LAST_CHANGES: u16 = 20;

/// Who made the newest change of a row that `counts`, and when; none where no change did lately.
async fn last_changed(
    facts: &Facts,
    company: &Company,
    table: &str,
    id: i64,
    counts: impl Fn(&Entry) -> bool,
) -> Result<Option<(String, String)>, PageError> {
    let filter = Filter {
        table: Some(table.to_owned()),
        row: Some(id.to_string()),
        ..Filter::default()
    };
    let changes = audit::log::newest(&company.cx, &filter, LAST_CHANGES).await?;
    let newest = changes.into_iter().find(counts);
    Ok(newest.map(|change| (change.actor, facts.moment(change.at))))
}

/// What was done before the page was asked for, as its address says: `?done=…`.
pub(super) fn done_of(page: &PageRequest) -> Option<String> {
    let (_, query) = page.address.split_once('?')?;
    query.strip_prefix("done=").map(str::to_owned)
}

/// What the fields of an entry's form offer.
struct Choices {
    accounts: Vec<Choice>,
    /// Those of the accounts whose amounts are due on a day.
    due_accounts: Vec<i64>,
    contacts: Vec<Choice>,
}

/// What the fields of an entry's form offer: the accounts and contacts that may be used, and those that `lines` use
/// already.
async fn choices(company: &Company, lines: &[DocumentLine]) -> Result<(Vec<Choice>, Vec<Choice>), PageError> {
    let offered = choices_and_due(company, lines).await?;
    Ok((offered.accounts, offered.contacts))
}

/// The same, with what is known of the accounts.
async fn choices_and_due(company: &Company, lines: &[DocumentLine]) -> Result<Choices, PageError> {
    let mut accounts = account_list(&company.cx, None).await?;
    let is_used = |account: &Account| lines.iter().any(|line| line.account_id == account.id);
    accounts.retain(|account| account.active || is_used(account));
    let due = accounts
        .iter()
        .filter(|account| account.account_type.carries_open_items());
    let due_accounts = due.map(|account| account.id).collect();
    let accounts = accounts.into_iter().map(account_choice).collect();
    let contacts = contact_choices(&company.cx).await?;
    let mut contacts: Vec<Choice> = contacts
        .into_iter()
        .map(|contact| contact_choice(contact.id, contact.name))
        .collect();
    for line in lines {
        if let (Some(id), Some(name)) = (line.contact_id, &line.contact)
            && !contacts.iter().any(|contact| contact.id == id)
        {
            contacts.push(contact_choice(id, name.clone()));
        }
    }
    Ok(Choices {
        accounts,
        due_accounts,
        contacts,
    })
}

pub(crate) fn account_choice(account: Account) -> Choice {
    Choice {
        id: account.id,
        number: account.number,
        name: account.path,
    }
}

fn contact_choice(id: i64, name: String) -> Choice {
    Choice { id, number: None, name }
}

/// What a record is called in a field that chooses among these; empty where it is none of them.
fn label_of(choices: &[Choice], id: i64) -> String {
    let choice = choices.iter().find(|choice| choice.id == id);
    choice.map(Choice::label).unwrap_or_default()
}
