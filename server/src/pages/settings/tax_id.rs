//! `/c/{slug}/settings/tax-id`: masked, shown in clear once on the answer to a form, set.

use app::forms::{ACTION, FormState};
use app::pages::settings::{TaxIdPage, TaxIdPageProps};
use app::view::frame::Section;
use app::view::settings::{SettingsRoom, TaxIdView, action};
use axum::http::StatusCode;
use axum::response::Response;
use books::company::{company_get, tax_id_reveal, tax_id_set};
use tenancy::Capability;

use super::{done, nav};
use crate::errors::PageError;
use crate::forms::{PostedForm, Reply, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Tax id";

/// `GET /c/{slug}/settings/tax-id`
pub async fn show(page: PageRequest, company: Company) -> Result<Response, PageError> {
    let shown = shown(&page, &company, page.form(FormState::fresh), None).await?;
    Ok(page.html(TITLE, || TaxIdPage(shown)))
}

/// `POST /c/{slug}/settings/tax-id`
pub async fn posted(page: PageRequest, company: Company, posted: PostedForm) -> Result<Response, PageError> {
    let (form, reply) = posted.into_parts();
    match form.value(ACTION) {
        action::REVEAL => reveal(&page, &company, &form).await,
        action::SET => set(&page, &company, form, reply).await,
        _ => Err(PageError::of(StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

/// The number is on this answer and nowhere else.
async fn reveal(page: &PageRequest, company: &Company, form: &FormState) -> Result<Response, PageError> {
    let number = tax_id_reveal(&company.cx, &request_key(form)?).await?;
    let shown = shown(page, company, FormState::fresh(), Some(number)).await?;
    Ok(page.html(TITLE, || TaxIdPage(shown)))
}

async fn set(page: &PageRequest, company: &Company, mut form: FormState, reply: Reply) -> Result<Response, PageError> {
    let recorded = tax_id_set(&company.cx, form.value("tax_id"), &request_key(&form)?).await;
    match recorded.map_err(NotRecorded::from) {
        Ok(()) => {
            let slug = &company.cx.tenant().slug;
            Ok(reply.done(&format!("/c/{slug}/settings/tax-id?done=saved")))
        }
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let shown = shown(page, company, form.clone(), None).await?;
            Ok(reply.refused(page, TITLE, &form, || TaxIdPage(shown)))
        }
    }
}

async fn shown(
    page: &PageRequest,
    company: &Company,
    form: FormState,
    revealed: Option<String>,
) -> Result<TaxIdPageProps, PageError> {
    let facts = company_get(&company.cx).await?;
    Ok(TaxIdPageProps {
        frame: frame_for(company, Section::Settings).await?,
        nav: nav(&company.cx, SettingsRoom::TaxId),
        view: TaxIdView {
            is_saved: done(page, form.is_refused() || revealed.is_some()) == Some("saved"),
            masked: facts.masked_tax_id(),
            revealed,
            may_set: company.cx.may(Capability::Settings),
            form,
            reveal: FormState::fresh(),
        },
    })
}
