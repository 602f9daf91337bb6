//! The values of the audit chain, which are the database's, as a person reads them: amounts in the company's currency, dates, and
//! accounts and contacts by their names.

use std::collections::HashMap;

use app::view::difference::Difference;
use audit::log::Entry;
use audit::plain_name;
use books::accounts::account_list;
use books::contacts::contact_choices;
use books::documents::document_names;
use ledger::dates::{format_date, parse_date};
use ledger::money::{Currency, format_amount};
use time::Date;

use crate::errors::PageError;
use crate::visitor::Company;

/// What ids stand for today.
pub(super) struct Names {
    currency: Currency,
    accounts: HashMap<i64, String>,
    contacts: HashMap<i64, String>,
    documents: HashMap<i64, String>,
}

impl Names {
    /// The names that the entries of a page need.
    pub(super) async fn read(company: &Company, currency: Currency, entries: &[Entry]) -> Result<Self, PageError> {
        let accounts = account_list(&company.cx, None).await?;
        let contacts = contact_choices(&company.cx).await?;
        Ok(Self {
            currency,
            accounts: accounts
                .into_iter()
                .map(|account| (account.id, account.label()))
                .collect(),
            contacts: contacts.into_iter().map(|contact| (contact.id, contact.name)).collect(),
            documents: document_names(&company.cx, &documents_in(entries)).await?,
        })
    }

    /// What an event is about, in a few words: an account or contact by its name of today, a line or posting by its account and
    /// amount, anything else by its own name, number or date.
    pub(super) fn about(&self, entry: &Entry) -> Option<String> {
        let row = entry.row.parse::<i64>().ok();
        let named = |names: &HashMap<i64, String>| row.and_then(|id| names.get(&id).cloned());
        let said = |field: &str| {
            let difference = entry.differences.iter().find(|difference| difference.field == field)?;
            let text = difference.after.clone().or_else(|| difference.before.clone())?;
            Some(self.value(field, text))
        };
        match entry.table.as_str() {
            "account" => named(&self.accounts),
            "contact" => named(&self.contacts),
            "document" => named(&self.documents),
            "document_line" | "posting" => Some(format!("{}, {}", said("account_id")?, said("amount")?)),
            _ => ["name", "number", "memo", "doc_date", "through", "amount"]
                .into_iter()
                .find_map(said),
        }
    }

    /// The difference in words; none for the row's own id, which stands beside it already.
    pub(super) fn readable(&self, difference: audit::Difference) -> Option<Difference> {
        let field = difference.field.as_str();
        if field == "id" {
            return None;
        }
        let value = |text: Option<String>| text.map(|text| self.value(field, text));
        Some(Difference {
            what: plain_name(field),
            before: value(difference.before),
            after: value(difference.after),
        })
    }

    fn value(&self, field: &str, text: String) -> String {
        let number = || text.parse::<i64>().ok();
        let name = |names: &HashMap<i64, String>| number().and_then(|id| names.get(&id).cloned());
        let said = match field {
            "amount" | "base_amount" | "total" => number().map(|amount| format_amount(amount, self.currency)),
            "account_id" | "parent_id" => name(&self.accounts),
            "contact_id" => name(&self.contacts),
            "document_id" | "reverses_id" => name(&self.documents),
            _ if field.ends_with("_on") || matches!(field, "doc_date" | "through") => {
                parse_date(&text, Date::MIN).ok().map(format_date)
            }
            _ => None,
        };
        said.unwrap_or(text)
    }
}

/// The documents that the entries are or name.
fn documents_in(entries: &[Entry]) -> Vec<i64> {
    let named = entries
        .iter()
        .flat_map(|entry| &entry.differences)
        .filter_map(|difference| {
            let is_document = matches!(difference.field.as_str(), "document_id" | "reverses_id");
            difference
                .after
                .as_ref()
                .or(difference.before.as_ref())
                .filter(|_| is_document)
        });
    let own = entries
        .iter()
        .filter(|entry| entry.table == "document")
        .map(|entry| &entry.row);
    named.chain(own).filter_map(|id| id.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_dates_and_names_are_readable_and_the_rest_stays() {
        let names = Names {
            currency: Currency::USD,
            accounts: HashMap::from([(7, "6100 Rent".to_owned())]),
            contacts: HashMap::new(),
            documents: HashMap::from([(4, "Journal entry JE-4".to_owned())]),
        };
        let said = |field: &str, text: &str| {
            let difference = audit::Difference {
                field: field.to_owned(),
                before: None,
                after: Some(text.to_owned()),
            };
            names
                .readable(difference)
                .and_then(|difference| Some((difference.what, difference.after?)))
        };
        for (field, text, what, value) in [
            ("amount", "-48000", "Amount", "-480.00"),
            ("posted_on", "2026-10-31", "Posted on", "Oct 31, 2026"),
            ("account_id", "7", "Account", "6100 Rent"),
            ("account_id", "8", "Account", "8"),
            ("contact_id", "3", "Contact", "3"),
            ("document_id", "4", "Document", "Journal entry JE-4"),
            ("memo", "48000", "Memo", "48000"),
        ] {
            assert_eq!(said(field, text), Some((what.to_owned(), value.to_owned())));
        }
        assert_eq!(said("id", "7"), None);
    }
}
