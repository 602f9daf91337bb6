//! `/c/{slug}/sales/contacts/{id}` and `/c/{slug}/purchases/contacts/{id}`: one customer or vendor, and settling one amount with
//! another.

use app::components::SelectOption;
use app::forms::{ACTION, FieldError, FormState};
use app::pages::open_items::{ContactPage, ContactPageProps};
use app::view::frame::FrameView;
use app::view::open_items::{ContactView, SettleForm, SettlementRow, Side, action};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::contacts::contact_get;
use books::settlements::{OpenItem, SettledDocument, Settlement, settlement_apply, settlement_list, settlement_undo};
use ledger::dates::{format_date, format_date_input, parse_date};
use ledger::money::{format_amount, parse_amount_or_sum};
use leptos::IntoView;
use tenancy::Capability;

use super::{OnSide, at_form, can_settle, document_words, item_row, open_items, section, usual};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::pages::accounting::Facts;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// `GET /c/{slug}/sales/contacts/{id}` and `/c/{slug}/purchases/contacts/{id}`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    OnSide(side): OnSide,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let view = contact_view(&facts, &company, side, id, page.returned_form()).await?;
    let frame = frame_for(&company, section(side)).await?;
    let title = view.name.clone();
    Ok(page.html(&title, || contact_page(frame, view)))
}

/// `POST /c/{slug}/sales/contacts/{id}` and `/c/{slug}/purchases/contacts/{id}`: settles, or takes a settlement back.
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    OnSide(side): OnSide,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    let done = match form.value(ACTION) {
        action::SETTLE => settle(&facts, &company, side, id, &form).await,
        action::UNDO => undo(&facts, &company, &form).await.map_err(at_form),
        _ => Err(PageError::of(StatusCode::BAD_REQUEST).into()),
    };
    match done {
        Ok(()) => Ok(reply.done(&side.contact_path(&facts.slug, id))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let view = contact_view(&facts, &company, side, id, Some(form.clone())).await?;
            let frame = frame_for(&company, section(side)).await?;
            let title = view.name.clone();
            Ok(reply.refused(&page, &title, &form, || contact_page(frame, view)))
        }
    }
}

fn contact_page(frame: FrameView, view: ContactView) -> impl IntoView {
    ContactPage(ContactPageProps { frame, view })
}

/// Applies the credit chosen to the debit chosen: the amount typed, or as much as fits.
async fn settle(facts: &Facts, company: &Company, side: Side, id: i64, form: &FormState) -> Result<(), NotRecorded> {
    let open = open_items(&company.cx, side, id, facts.today).await?;
    let chosen = |field: &'static str| {
        let item = form
            .value(field)
            .parse()
            .ok()
            .and_then(|id: i64| open.iter().find(|item| item.id == id));
        item.ok_or_else(|| FieldError::at(field, "This is settled meanwhile. Choose another amount."))
    };
    let (debit, credit) = (chosen("debit_item")?, chosen("credit_item")?);
    let amount = match form.value("amount").trim() {
        "" => debit.open.min(credit.open.saturating_neg()),
        typed => {
            parse_amount_or_sum(typed, facts.currency).map_err(|error| FieldError::at("amount", error.to_string()))?
        }
    };
    let on = parse_date(form.value("on"), facts.today).map_err(|error| FieldError::at("on", error.to_string()))?;
    settlement_apply(&company.cx, debit.id, credit.id, amount, on, &request_key(form)?).await?;
    Ok(())
}

async fn undo(facts: &Facts, company: &Company, form: &FormState) -> Result<(), NotRecorded> {
    let settlement = form
        .value("settlement")
        .parse()
        .map_err(|_| PageError::of(StatusCode::BAD_REQUEST))?;
    Ok(settlement_undo(&company.cx, settlement, facts.today, &request_key(form)?).await?)
}

/// The page; `posted` is what was posted to it, of whichever form.
async fn contact_view(
    facts: &Facts,
    company: &Company,
    side: Side,
    id: i64,
    posted: Option<FormState>,
) -> Result<ContactView, PageError> {
    let contact = contact_get(&company.cx, id).await?;
    let open = open_items(&company.cx, side, id, facts.today).await?;
    let settlements = settlement_list(&company.cx, id).await?;
    let may_settle = company.cx.may(Capability::Documents);
    let settle_form = || match &posted {
        Some(form) if form.value(ACTION) == action::SETTLE => form.clone(),
        _ => FormState::fresh().with("on", format_date_input(facts.today)),
    };
    Ok(ContactView {
        slug: facts.slug.clone(),
        side,
        currency: facts.currency,
        as_of: format_date(facts.today),
        name: contact.name,
        total: open.iter().map(|item| usual(side, item.open)).sum(),
        settle: (may_settle && can_settle(open.iter())).then(|| SettleForm {
            debits: options(facts, &open, |item| item.open > 0),
            credits: options(facts, &open, |item| item.open < 0),
            form: settle_form(),
        }),
        settlements: settlements
            .into_iter()
            .map(|settlement| settlement_row(settlement, may_settle, posted.as_ref()))
            .collect(),
        items: open.iter().map(|item| item_row(facts, side, item)).collect(),
    })
}

fn options(facts: &Facts, items: &[OpenItem], fits: impl Fn(&OpenItem) -> bool) -> Vec<SelectOption> {
    let option = |item: &OpenItem| {
        let document = document_words(item.kind.name(), item.number.as_deref());
        let open = format_amount(item.open.saturating_abs(), facts.currency);
        SelectOption::new(
            item.id.to_string(),
            // The amount first: what a narrow phone cuts off is the day.
            format!("{open} of {document}, {}", format_date(item.date)),
        )
    };
    items.iter().filter(|item| fits(item)).map(option).collect()
}

fn settlement_row(settlement: Settlement, may_undo: bool, posted: Option<&FormState>) -> SettlementRow {
    let words = |document: &SettledDocument| document_words(document.kind.name(), document.number.as_deref());
    let id = settlement.id.to_string();
    // A refused undo comes back with its message, in its own row.
    let refused = posted.filter(|form| form.value(ACTION) == action::UNDO && form.value("settlement") == id);
    SettlementRow {
        id: settlement.id,
        what: format!("{} by {}", words(&settlement.debit), words(&settlement.credit)),
        date: format_date(settlement.applied_on),
        amount: settlement.amount,
        taken_back: settlement.taken_back_on.map(format_date),
        undo: (may_undo && settlement.taken_back_on.is_none())
            .then(|| refused.cloned().unwrap_or_else(FormState::fresh)),
    }
}
