//! `/c/{slug}/sales` and `/c/{slug}/purchases`: what is open with whom, filtered, sorted and as CSV, and the customers and vendors.

mod asked;
pub mod contact;
mod file;

use app::forms::{ACTION, FieldError, FormState};
use app::pages::open_items::{OpenItemsPage, OpenItemsPageProps};
use app::view::frame::{FrameView, Section};
use app::view::lists::Pages;
use app::view::open_items::{ContactItems, ContactRow, ItemList, ItemRow, OpenItemsView, Side, Standing, action};
use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use books::contacts::{Contact, NewContact, contact_create, contact_list};
use books::settlements::{
    ContactOwed, OPEN_ITEM_PAGE_MAX, OPEN_ITEM_TOTALS_MAX, OpenItem, OpenItemFilter, OpenItemSort, open_item_list,
    open_item_totals, owed_get,
};
use ledger::accounts::AccountType;
use ledger::dates::format_date;
use leptos::IntoView;
use tenancy::{Capability, Cx, Direction, LIST_ROWS_MAX, Page, Seek, Totals};
use time::Date;

use self::asked::Asked;
use super::accounting::Facts;
use super::lists::{filters, totals_words};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// Most items of one customer or vendor that are shown, first due first.
const ITEMS_MAX: usize = 2_000;

/// The side that a page's address names.
#[derive(Clone, Copy, Debug)]
pub struct OnSide(Side);

impl<S: Send + Sync> FromRequestParts<S> for OnSide {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        // `/c/{slug}/sales/contacts/7`, `/c/{slug}/sales.csv`
        let named = parts.uri.path().split('/').nth(3).unwrap_or_default();
        let side = Side::parse(named.strip_suffix(".csv").unwrap_or(named));
        side.map(Self).ok_or(PageError::of(StatusCode::NOT_FOUND))
    }
}

/// `GET /c/{slug}/sales` and `/c/{slug}/purchases`. What cannot be read in the address is said at its field, with status 422, and
/// no amount is listed.
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    OnSide(side): OnSide,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let view = items_view(
        &facts,
        &company,
        side,
        &asked,
        page.form(|| FormState::fresh().with("name", &*asked.add)),
    )
    .await?;
    let status = filters::status(&view.filter);
    let frame = frame_for(&company, section(side)).await?;
    Ok(page.html_with(status, section(side).label(), || items_page(frame, view)))
}

/// `GET /c/{slug}/sales.csv` and `/c/{slug}/purchases.csv`
pub async fn csv(
    State(state): State<AppState>,
    company: Company,
    OnSide(side): OnSide,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    file::answer(&facts, company, side, &asked).await
}

/// `POST /c/{slug}/sales` and `/c/{slug}/purchases`: adds a customer or vendor.
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    OnSide(side): OnSide,
    Query(asked): Query<Asked>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    match add(&company.cx, side, &form).await {
        Ok(()) => Ok(reply.done(&format!("{}#contacts", side.path(&facts.slug)))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let view = items_view(&facts, &company, side, &asked, form.clone()).await?;
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
    let cx = &company.cx;
    let (filter, filter_form) = asked.filter(cx, facts, side).await?;
    let (sort, direction) = asked.order();
    let (found, totals) = match filter_form.is_refused() {
        true => (None, None),
        false => {
            let seek = asked.seek();
            let limit = OPEN_ITEM_PAGE_MAX;
            let found = open_item_list(cx, &filter, facts.today, sort, direction, &seek, limit).await?;
            let totals = open_item_totals(cx, &filter, facts.today, OPEN_ITEM_TOTALS_MAX).await?;
            (Some(found), Some(totals))
        }
    };
    let is_refused = found.is_none();
    let Page { rows, previous, next } = found.unwrap_or(Page {
        rows: Vec::new(),
        previous: None,
        next: None,
    });
    let with: Vec<i64> = rows.iter().filter_map(|item| item.contact_id).collect();
    let owed = owed_get(cx, type_of(side), &with, facts.today).await?;
    let contacts = contact_list(cx, &asked.name, asked.contacts_after().as_ref()).await?;
    let path = side.path(&facts.slug);
    let words = ("open amount", "open amounts");
    let in_words = |totals: Totals| {
        let sum = totals.sum.map(|sum| usual(side, sum));
        totals_words(Totals { sum, ..totals }, words, Some(facts.currency))
    };
    let standings = [None].into_iter().chain(Standing::ALL.map(Some));
    Ok(OpenItemsView {
        side,
        currency: facts.currency,
        as_of: format_date(facts.today),
        total: usual(side, owed.open),
        overdue: owed.overdue,
        list: match sort {
            OpenItemSort::Name => ItemList::ByName(groups(facts, side, &rows, &owed.contacts)),
            _ => ItemList::Plain(rows.iter().map(|item| listed_row(facts, side, item)).collect()),
        },
        filter: filter_form,
        carried: asked.carried(),
        standings: standings
            .map(|of| (of, asked.with_standing(of).address(&path)))
            .collect(),
        standing: asked.standing(),
        heads: asked.heads(&path),
        is_filtered: is_refused || filter != asked::unfiltered(side) || asked.is_further(),
        pages: Pages {
            totals: totals.map(in_words).unwrap_or_default(),
            first: asked.is_further().then(|| asked.at_first().address(&path)),
            previous: previous.map(|place| asked.before(&place).address(&path)),
            next: next.map(|place| asked.after(&place).address(&path)),
        },
        csv: asked.at_first().address(&format!("{path}.csv")),
        next: contacts
            .next
            .as_ref()
            .map(|next| asked.contacts_from(next).address(&path) + "#contacts"),
        contacts: contacts
            .contacts
            .into_iter()
            .filter(|contact| is_of(side, contact))
            .map(|contact| contact_row(facts, side, contact))
            .collect(),
        prefix: asked.name.clone(),
        list_asked: asked.of_list(),
        add: cx.may(Capability::Documents).then_some(form),
        slug: facts.slug.clone(),
    })
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

/// The type of account that a side's amounts are on.
fn type_of(side: Side) -> AccountType {
    match side {
        Side::Sales => AccountType::AccountsReceivable,
        Side::Purchases => AccountType::AccountsPayable,
    }
}

/// What is open with one customer or vendor, first due first.
async fn open_items(cx: &Cx, side: Side, contact_id: i64, as_of: Date) -> Result<Vec<OpenItem>, PageError> {
    let filter = OpenItemFilter {
        account_type: Some(type_of(side)),
        contact_id: Some(contact_id),
        ..OpenItemFilter::default()
    };
    let (sort, up) = (OpenItemSort::Due, Direction::Ascending);
    let mut items = Vec::new();
    let mut seek = Seek::First;
    while items.len() < ITEMS_MAX {
        let page = open_item_list(cx, &filter, as_of, sort, up, &seek, LIST_ROWS_MAX).await?;
        items.extend(page.rows);
        match page.next {
            Some(place) => seek = Seek::After(place),
            None => break,
        }
    }
    Ok(items)
}

/// The items by name, in whose order they come.
fn groups(facts: &Facts, side: Side, items: &[OpenItem], owed: &[ContactOwed]) -> Vec<ContactItems> {
    let group = |items: &[OpenItem]| {
        let id = items.first()?.contact_id?;
        let owed = owed.iter().find(|owed| owed.contact_id == id)?;
        Some(ContactItems {
            name: items.first().and_then(|item| item.contact.clone()).unwrap_or_default(),
            href: side.contact_path(&facts.slug, id),
            total: usual(side, owed.open),
            is_partial: items.iter().map(|item| item.open).sum::<i64>() != owed.open,
            can_settle: owed.can_settle,
            items: items.iter().map(|item| item_row(facts, side, item)).collect(),
        })
    };
    let by_contact = items.chunk_by(|one, next| one.contact_id == next.contact_id);
    by_contact.filter_map(group).collect()
}

/// A row of a list in another order than by name, which says whom it is with.
fn listed_row(facts: &Facts, side: Side, item: &OpenItem) -> ItemRow {
    let contact = item.contact.clone().zip(item.contact_id);
    ItemRow {
        contact: contact.map(|(name, id)| (name, side.contact_path(&facts.slug, id))),
        ..item_row(facts, side, item)
    }
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
        id: item.id,
        contact: None,
        document: document_words(item.kind.name(), item.number.as_deref()),
        href: facts.document(item.document_id),
        date: format_date(item.date),
        due: format_date(item.due_on),
        days_overdue: Some(days).filter(|days| *days > 0 && open > 0),
        amount: usual(side, item.amount),
        open,
    }
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
