//! Books for the tests: entries on accounts by their names, and what a page says of them.

use books::accounts::account_list;
use books::documents::Marks;
use books::journal::{JournalInput, JournalInputLine, journal_create_issued, journal_save_draft};
use tenancy::{Cx, RequestKey};
use time::Date;

use crate::support::Answer;

/// The account of this name, at the top of the chart.
pub async fn account(cx: &Cx, name: &str) -> i64 {
    let accounts = account_list(cx, None).await.expect("the chart");
    let account = accounts.iter().find(|account| account.name == name);
    account.expect("an account").id
}

/// A line, minor units, debit positive.
#[derive(Clone, Copy, Debug)]
pub struct Leg<'a> {
    account: &'a str,
    amount: i64,
    contact_id: Option<i64>,
}

/// A line on an account.
pub fn leg(account: &str, amount: i64) -> Leg<'_> {
    Leg {
        account,
        amount,
        contact_id: None,
    }
}

impl Leg<'_> {
    /// The same with a customer or vendor.
    pub fn with(self, contact_id: Option<i64>) -> Self {
        Self { contact_id, ..self }
    }
}

/// An entry as it is typed.
pub async fn entry(cx: &Cx, date: Date, memo: &str, legs: &[Leg<'_>]) -> JournalInput {
    let mut lines = Vec::with_capacity(legs.len());
    for leg in legs {
        lines.push(JournalInputLine {
            line_no: None,
            account_id: account(cx, leg.account).await,
            contact_id: leg.contact_id,
            description: String::new(),
            amount: leg.amount,
            due_on: None,
        });
    }
    JournalInput {
        date,
        memo: memo.to_owned(),
        reference: String::new(),
        marks: Marks::default(),
        lines,
    }
}

/// Posts an entry, and gives its id.
pub async fn post_entry(cx: &Cx, input: &JournalInput) -> i64 {
    let written = journal_create_issued(cx, input, &RequestKey::fresh()).await;
    written.expect("a posted entry").id
}

/// Keeps an entry as a draft, and gives its id.
pub async fn keep_draft(cx: &Cx, input: &JournalInput) -> i64 {
    let written = journal_save_draft(cx, input, &RequestKey::fresh()).await;
    written.expect("a draft").id
}

/// How many rows the list of a page has.
pub fn rows(page: &Answer) -> usize {
    page.body.matches("data-row=").count()
}

/// The message at a field of a page, without where it leads.
pub fn message<'a>(page: &'a Answer, field: &str) -> &'a str {
    let id = format!("id=\"field-{}-error\"", field.replace('.', "-"));
    let (_, rest) = page
        .body
        .split_once(&id)
        .unwrap_or_else(|| panic!("no message at {field}: {}", page.body));
    let (_, rest) = rest.split_once('>').expect("the message's element");
    let rest = rest.strip_prefix("<span>").unwrap_or(rest);
    rest.split_once('<').expect("its end").0
}
