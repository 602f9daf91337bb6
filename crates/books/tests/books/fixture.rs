//! Companies to test with, and short ways to post and to look.

use std::collections::BTreeMap;

use books::Error;
use books::company::{NewCompany, SET_UP_KEY, company_set_up};
use books::contacts::{NewContact, contact_choices, contact_create};
use books::documents::{Document, Marks, Written, document_get};
use books::journal::{JournalInput, JournalInputLine, journal_create_issued};
use books::settlements::{OpenItem, OpenItemFilter, OpenItemSort, open_item_list};
use ledger::accounts::EntityType;
use ledger::money::Currency;
use ledger::statements::Basis;
use tenancy::{Capability, Cx, Direction, LIST_ROWS_MAX, RequestKey, Seek};
use testkit::Kit;
use time::Date;
use time::macros::date;

/// A day after everything that the tests post.
pub const END: Date = date!(2099 - 12 - 31);

pub fn new_company(name: &str) -> NewCompany {
    NewCompany {
        name: name.to_owned(),
        entity_type: EntityType::Llc,
        currency: Currency::USD,
        time_zone: "America/Los_Angeles".to_owned(),
        basis: Basis::Accrual,
        fiscal_year_first_month: 1,
        books_begin_on: None,
    }
}

/// A company whose books are set up: an LLC in Los Angeles, in dollars, without a day its books begin.
pub async fn company(kit: &Kit, name: &str) -> Cx {
    company_from(kit, name, None).await
}

/// The same, with the day its books begin.
pub async fn company_from(kit: &Kit, name: &str, books_begin_on: Option<Date>) -> Cx {
    let cx = kit.company(name).await;
    let new = NewCompany {
        books_begin_on,
        ..new_company(name)
    };
    let key = RequestKey::parse(SET_UP_KEY).expect("a request key");
    company_set_up(&cx, &new, &key).await.expect("the books are set up");
    cx
}

/// A key that no other request has.
pub fn key() -> RequestKey {
    RequestKey::fresh()
}

/// The account of that name.
pub async fn account(cx: &Cx, name: &str) -> i64 {
    let mut tx = cx.read(Capability::ReadBooks).await.expect("the books open");
    sqlx::query_scalar!("select id from account where name = $1 order by id limit 1", name)
        .fetch_optional(&mut *tx)
        .await
        .expect("the chart is read")
        .unwrap_or_else(|| panic!("there is no account {name}"))
}

/// The customer and vendor of that name, added when there is none.
pub async fn contact(cx: &Cx, name: &str) -> i64 {
    let known = contact_choices(cx).await.expect("the contacts are read");
    match known.iter().find(|contact| contact.name == name) {
        Some(contact) => contact.id,
        None => {
            let new = NewContact {
                name: name.to_owned(),
                customer: true,
                vendor: true,
            };
            contact_create(cx, &new, &key()).await.expect("a contact")
        }
    }
}

/// A line of an entry: an account, or an account and somebody as `Accounts Receivable @ Hollis Hardware`; minor units, debit
/// positive.
pub async fn line(cx: &Cx, leg: &str, amount: i64) -> JournalInputLine {
    let (name, somebody) = leg
        .split_once(" @ ")
        .map_or((leg, None), |(name, somebody)| (name, Some(somebody)));
    let contact_id = match somebody {
        Some(somebody) => Some(contact(cx, somebody).await),
        None => None,
    };
    JournalInputLine {
        line_no: None,
        account_id: account(cx, name).await,
        contact_id,
        description: String::new(),
        amount,
        due_on: None,
    }
}

/// An entry as it was typed.
pub async fn entry(cx: &Cx, date: Date, legs: &[(&str, i64)]) -> JournalInput {
    let mut lines = Vec::new();
    for (leg, amount) in legs {
        lines.push(line(cx, leg, *amount).await);
    }
    JournalInput {
        date,
        memo: String::new(),
        reference: String::new(),
        marks: Marks::default(),
        lines,
    }
}

/// An issued entry as a form would bring it back.
pub fn typed_again(document: &Document) -> JournalInput {
    JournalInput {
        date: document.doc_date,
        memo: document.memo.clone().unwrap_or_default(),
        reference: document.reference.clone().unwrap_or_default(),
        marks: document.marks,
        lines: document
            .lines
            .iter()
            .map(|line| JournalInputLine {
                line_no: Some(line.line_no),
                account_id: line.account_id,
                contact_id: line.contact_id,
                description: line.description.clone(),
                amount: line.amount,
                due_on: line.due_on.filter(|due_on| *due_on != document.doc_date),
            })
            .collect(),
    }
}

/// Issues an entry and gives what was written.
pub async fn issued(cx: &Cx, date: Date, legs: &[(&str, i64)]) -> Written {
    let input = entry(cx, date, legs).await;
    journal_create_issued(cx, &input, &key())
        .await
        .expect("the entry is issued")
}

/// Issues an entry and gives its id.
pub async fn post(cx: &Cx, date: Date, legs: &[(&str, i64)]) -> i64 {
    issued(cx, date, legs).await.id
}

pub async fn document(cx: &Cx, id: i64) -> Document {
    document_get(cx, id).await.expect("the document is read")
}

/// The accounts' balances at the end of a day, by name, without those of zero: minor units, debit positive.
pub async fn balances(cx: &Cx, as_of: Date) -> BTreeMap<String, i64> {
    let mut tx = cx.read(Capability::ReadBooks).await.expect("the books open");
    sqlx::query!(
        r#"select a.name, sum(p.amount)::bigint as "amount!" from posting p join account a on a.id = p.account_id
           where p.retired_in is null and p.posted_on <= $1 group by a.id having sum(p.amount) <> 0"#,
        as_of
    )
    .fetch_all(&mut *tx)
    .await
    .expect("the postings are read")
    .into_iter()
    .map(|row| (row.name, row.amount))
    .collect()
}

/// Balances as a test writes them.
pub fn amounts(of: &[(&str, i64)]) -> BTreeMap<String, i64> {
    of.iter().map(|(name, amount)| ((*name).to_owned(), *amount)).collect()
}

/// Every item that is open at the end of a day.
pub async fn open_items(cx: &Cx, as_of: Date) -> Vec<OpenItem> {
    let (filter, sort, way) = (OpenItemFilter::default(), OpenItemSort::Due, Direction::Ascending);
    let mut items = Vec::new();
    let mut seek = Seek::First;
    loop {
        let page = open_item_list(cx, &filter, as_of, sort, way, &seek, LIST_ROWS_MAX)
            .await
            .expect("the open items are read");
        items.extend(page.rows);
        seek = match page.next {
            Some(place) => Seek::After(place),
            None => return items,
        };
    }
}

/// The fields at which a request was refused.
pub fn fields<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<String> {
    let error = result.expect_err("a refusal");
    error.problems().into_iter().map(|problem| problem.field).collect()
}

/// The first message of a refusal.
pub fn message<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    let error = result.expect_err("a refusal");
    error
        .problems()
        .into_iter()
        .next()
        .map(|problem| problem.message)
        .unwrap_or_else(|| error.to_string())
}
