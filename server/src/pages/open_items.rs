//! `/c/{slug}/sales` and `/c/{slug}/purchases`: what is open with whom, and the customers and vendors.

pub mod contact;

use std::collections::BTreeMap;

use app::forms::{ACTION, FieldError, FormState};
use app::pages::open_items::{OpenItemsPage, OpenItemsPageProps};
use app::view::frame::{FrameView, Section};
use app::view::open_items::{ContactItems, ContactRow, ItemRow, OpenItemsView, Side, action};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::accounts::account_list;
use books::contacts::{Contact, ContactPosition, NewContact, contact_create, contact_list};
use books::settlements::{OpenItem, OpenItemFilter, open_item_list};
use ledger::accounts::AccountType;
use ledger::dates::format_date;
use leptos::IntoView;
use serde::Deserialize;
use tenancy::{Capability, Cx};
use time::Date;
use url::form_urlencoded;

use super::accounting::Facts;
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// Most items that are shown of an account, first due first.
const ITEMS_MAX: usize = 2_000;

/// What the address asks for: which contacts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    name: String,
    after_name: String,
    after_id: Option<i64>,
}

impl Asked {
    fn after(&self) -> Option<ContactPosition> {
        self.after_id.map(|id| ContactPosition {
            name: self.after_name.clone(),
            id,
        })
    }
}

/// `GET /c/{slug}/sales`
pub async fn sales(
    state: State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    show(state, page, company, Side::Sales, asked).await
}

/// `GET /c/{slug}/purchases`
pub async fn purchases(
    state: State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    show(state, page, company, Side::Purchases, asked).await
}

/// `POST /c/{slug}/sales`: adds a customer.
pub async fn sales_posted(
    state: State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    take(state, page, company, Side::Sales, posted).await
}

/// `POST /c/{slug}/purchases`: adds a vendor.
pub async fn purchases_posted(
    state: State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    take(state, page, company, Side::Purchases, posted).await
}

async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    side: Side,
    asked: Asked,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let view = items_view(&facts, &company, side, &asked, page.form(FormState::fresh)).await?;
    let frame = frame_for(&company, section(side)).await?;
    Ok(page.html(section(side).label(), || items_page(frame, view)))
}

async fn take(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    side: Side,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    match add(&company.cx, side, &form).await {
        Ok(()) => Ok(reply.done(&format!("{}#contacts", side.path(&facts.slug)))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let view = items_view(&facts, &company, side, &Asked::default(), form.clone()).await?;
            let frame = frame_for(&company, section(side)).await?;
            Ok(reply.refused(&page, section(side).label(), &form, || items_page(frame, view)))
        }
    }
}

async fn add(cx: &Cx, side: Side, form: &FormState) -> Result<(), NotRecorded> {
    if form.value(ACTION) != action::ADD_CONTACT {
        return Err(PageError::of(StatusCode::BAD_REQUEST).into());
    }
    let new = NewContact {
        name: form.value("name").to_owned(),
        customer: side == Side::Sales || form.has("customer"),
        vendor: side == Side::Purchases || form.has("vendor"),
    };
    contact_create(cx, &new, &request_key(form)?).await?;
    Ok(())
}

fn items_page(frame: FrameView, view: OpenItemsView) -> impl IntoView {
    OpenItemsPage(OpenItemsPageProps { frame, view })
}

/// The side's section in the frame.
fn section(side: Side) -> Section {
    match side {
        Side::Sales => Section::Sales,
        Side::Purchases => Section::Purchases,
    }
}

async fn items_view(
    facts: &Facts,
    company: &Company,
    side: Side,
    asked: &Asked,
    form: FormState,
) -> Result<OpenItemsView, PageError> {
    let open = open_items(&company.cx, side, None, facts.today).await?;
    let groups = groups(facts, side, &open.items);
    let contacts = contact_list(&company.cx, &asked.name, asked.after().as_ref()).await?;
    Ok(OpenItemsView {
        slug: facts.slug.clone(),
        side,
        currency: facts.currency,
        as_of: format_date(facts.today),
        total: groups.iter().map(|group| group.total).sum(),
        overdue: groups.iter().map(|group| overdue(&group.items)).sum(),
        groups,
        is_cut: open.is_cut,
        next: contacts
            .next
            .as_ref()
            .map(|next| next_contacts(&side.path(&facts.slug), asked, next)),
        contacts: contacts
            .contacts
            .into_iter()
            .filter(|contact| is_of(side, contact))
            .map(|contact| contact_row(facts, side, contact))
            .collect(),
        prefix: asked.name.clone(),
        add: company.cx.may(Capability::Documents).then_some(form),
    })
}

fn next_contacts(path: &str, asked: &Asked, next: &ContactPosition) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("name", &asked.name)
        .append_pair("after_name", &next.name)
        .append_pair("after_id", &next.id.to_string())
        .finish();
    format!("{path}?{query}#contacts")
}

fn is_of(side: Side, contact: &Contact) -> bool {
    match side {
        Side::Sales => contact.customer,
        Side::Purchases => contact.vendor,
    }
}

fn contact_row(facts: &Facts, side: Side, contact: Contact) -> ContactRow {
    ContactRow {
        href: side.contact_path(&facts.slug, contact.id),
        kind: match (contact.customer, contact.vendor) {
            (true, true) => "Customer and vendor",
            (true, false) => "Customer",
            _ => "Vendor",
        },
        name: contact.name,
        active: contact.active,
    }
}

/// Open items of a side, first due first.
struct Open {
    items: Vec<OpenItem>,
    /// Whether there are more of an account than are shown.
    is_cut: bool,
}

async fn open_items(cx: &Cx, side: Side, contact_id: Option<i64>, as_of: Date) -> Result<Open, PageError> {
    let of_side = match side {
        Side::Sales => AccountType::AccountsReceivable,
        Side::Purchases => AccountType::AccountsPayable,
    };
    let accounts = account_list(cx, None).await?;
    let mut open = Open {
        items: Vec::new(),
        is_cut: false,
    };
    for account in accounts.into_iter().filter(|account| account.account_type == of_side) {
        let filter = OpenItemFilter {
            account_id: Some(account.id),
            contact_id,
        };
        let mut of_account = Vec::new();
        let mut after = None;
        while of_account.len() < ITEMS_MAX {
            let found = open_item_list(cx, &filter, as_of, after).await?;
            of_account.extend(found.items);
            after = found.next;
            if after.is_none() {
                break;
            }
        }
        open.is_cut |= after.is_some();
        open.items.extend(of_account);
    }
    open.items.sort_by_key(|item| (item.due_on, item.id));
    Ok(open)
}

/// The items by name.
fn groups(facts: &Facts, side: Side, items: &[OpenItem]) -> Vec<ContactItems> {
    let mut of: BTreeMap<(String, i64), Vec<&OpenItem>> = BTreeMap::new();
    for item in items {
        if let (Some(id), Some(name)) = (item.contact_id, &item.contact) {
            of.entry((name.to_lowercase(), id)).or_default().push(item);
        }
    }
    let group = |((_, id), items): ((String, i64), Vec<&OpenItem>)| ContactItems {
        name: items.first().and_then(|item| item.contact.clone()).unwrap_or_default(),
        href: side.contact_path(&facts.slug, id),
        total: items.iter().map(|item| usual(side, item.open)).sum(),
        can_settle: can_settle(items.iter().copied()),
        items: items.into_iter().map(|item| item_row(facts, side, item)).collect(),
    };
    of.into_iter().map(group).collect()
}

/// Whether one of the items can settle another: both on one account, on different sides of it.
fn can_settle<'a>(items: impl Iterator<Item = &'a OpenItem> + Clone) -> bool {
    let mut debits = items.clone().filter(|item| item.open > 0);
    debits.any(|debit| {
        items
            .clone()
            .any(|item| item.open < 0 && item.account_id == debit.account_id)
    })
}

/// An amount, positive where it is usual: what customers owe is a debit, what vendors are owed a credit.
fn usual(side: Side, amount: i64) -> i64 {
    match side {
        Side::Sales => amount,
        Side::Purchases => amount.saturating_neg(),
    }
}

fn item_row(facts: &Facts, side: Side, item: &OpenItem) -> ItemRow {
    let open = usual(side, item.open);
    let days = (facts.today - item.due_on).whole_days();
    ItemRow {
        document: document_words(item.kind.name(), item.number.as_deref()),
        href: facts.document(item.document_id),
        date: format_date(item.date),
        due: format_date(item.due_on),
        days_overdue: Some(days).filter(|days| *days > 0 && open > 0),
        amount: usual(side, item.amount),
        open,
    }
}

/// How much of one contact's amounts is overdue. A payment or credit that is not applied yet counts against what is due first:
/// who has paid owes nothing overdue.
fn overdue(items: &[ItemRow]) -> i64 {
    let due: i64 = items.iter().filter(|i| i.days_overdue.is_some()).map(|i| i.open).sum();
    let credits: i64 = items.iter().map(|item| item.open.min(0)).sum();
    (due + credits).max(0)
}

/// `Journal entry JE-12`.
fn document_words(kind: &str, number: Option<&str>) -> String {
    match number {
        Some(number) => format!("{kind} {number}"),
        None => kind.to_owned(),
    }
}

/// A message that stands at the form, where the field it names is not on the page.
fn at_form(refusal: NotRecorded) -> NotRecorded {
    match refusal {
        NotRecorded::AtFields(errors) => {
            let errors = errors.into_iter().map(|error| FieldError::form(error.message));
            errors.collect::<Vec<_>>().into()
        }
        whole => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(open: i64, days_overdue: Option<i64>) -> ItemRow {
        ItemRow {
            document: "Journal entry JE-1".to_owned(),
            href: String::new(),
            date: String::new(),
            due: String::new(),
            days_overdue,
            amount: open,
            open,
        }
    }

    #[test]
    fn a_payment_that_is_not_applied_yet_counts_against_what_is_overdue() {
        assert_eq!(overdue(&[item(5000, Some(3)), item(2000, None)]), 5000);
        assert_eq!(overdue(&[item(5000, Some(3)), item(-3000, None)]), 2000);
        assert_eq!(overdue(&[item(5000, Some(3)), item(-8000, None)]), 0);
    }
}
