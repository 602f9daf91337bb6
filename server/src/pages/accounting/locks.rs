//! `/c/{slug}/accounting/locks`: the lock, its history, and moving it.

use app::forms::{ACTION, FieldError, FormState};
use app::pages::accounting::locks::{LocksPage, LocksPageProps};
use app::view::accounting::locks::{LockRow, LocksView, action};
use app::view::frame::{FrameView, Section};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use books::locks::{lock_list, lock_set};
use ledger::dates::{format_date, parse_date};
use leptos::IntoView;
use tenancy::Capability;

use super::Facts;
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Locks";

/// `GET /c/{slug}/accounting/locks`
pub async fn show(State(state): State<AppState>, page: PageRequest, company: Company) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let view = locks_view(&facts, &company, page.form(FormState::fresh)).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html(TITLE, || locks_page(frame, view)))
}

/// `POST /c/{slug}/accounting/locks`
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    match set(&facts, &company, &form).await {
        Ok(()) => Ok(reply.done(&format!("/c/{}/accounting/locks", facts.slug))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let view = locks_view(&facts, &company, form.clone()).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            Ok(reply.refused(&page, TITLE, &form, || locks_page(frame, view)))
        }
    }
}

async fn set(facts: &Facts, company: &Company, form: &FormState) -> Result<(), NotRecorded> {
    let through = match form.value(ACTION) {
        action::OPEN if form.value("reason").trim().is_empty() => {
            let message = "Say why everything is opened again: the reason stays in the history. Nothing was opened.";
            return Err(FieldError::at("reason", message).into());
        }
        action::OPEN => None,
        action::LOCK => {
            let day = parse_date(form.value("through"), facts.today);
            Some(day.map_err(|error| FieldError::at("through", error.to_string()))?)
        }
        _ => return Err(PageError::of(StatusCode::BAD_REQUEST).into()),
    };
    Ok(lock_set(&company.cx, through, form.value("reason"), &request_key(form)?).await?)
}

fn locks_page(frame: FrameView, view: LocksView) -> impl IntoView {
    LocksPage(LocksPageProps { frame, view })
}

async fn locks_view(facts: &Facts, company: &Company, form: FormState) -> Result<LocksView, PageError> {
    let locks = lock_list(&company.cx).await?;
    let newest = locks.first();
    Ok(LocksView {
        slug: facts.slug.clone(),
        through: newest.and_then(|lock| lock.through).map(format_date),
        notice: newest.and_then(|lock| lock.notice(facts.today)),
        form: company.cx.may(Capability::Lock).then_some(form),
        history: locks
            .into_iter()
            .map(|lock| LockRow {
                through: lock.through.map(format_date),
                reason: lock.reason,
                who: lock.actor,
                when: facts.moment(lock.at),
            })
            .collect(),
    })
}
