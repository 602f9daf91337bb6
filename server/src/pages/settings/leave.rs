//! `/c/{slug}/settings/leave`: leaving the company, which everybody may but its last admin.

use app::forms::{ACTION, FormState};
use app::pages::settings::{LeavePage, LeavePageProps};
use app::view::frame::Section;
use app::view::people::action;
use app::view::settings::SettingsRoom;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::nav;
use crate::errors::PageError;
use crate::forms::PostedForm;
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Leave the company";

/// `GET /c/{slug}/settings/leave`
pub async fn show(page: PageRequest, company: Company) -> Result<Response, PageError> {
    let shown = shown(&company, page.form(FormState::fresh)).await?;
    Ok(page.html(TITLE, || LeavePage(shown)))
}

/// `POST /c/{slug}/settings/leave`
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    if form.value(ACTION) != action::LEAVE {
        return Err(PageError::of(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let slug = &company.cx.tenant().slug;
    let left = identity::leave(&state.tenancy, slug, company.person.id, state.clock.now()).await;
    match left.map_err(NotRecorded::from) {
        Ok(()) => Ok(reply.done("/companies")),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let shown = shown(&company, form.clone()).await?;
            Ok(reply.refused(&page, TITLE, &form, || LeavePage(shown)))
        }
    }
}

async fn shown(company: &Company, form: FormState) -> Result<LeavePageProps, PageError> {
    Ok(LeavePageProps {
        frame: frame_for(company, Section::Settings).await?,
        nav: nav(&company.cx, SettingsRoom::Company),
        form,
    })
}
