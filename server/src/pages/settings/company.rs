//! `/c/{slug}/settings`: the company itself.

use app::forms::FormState;
use app::pages::settings::{CompanySettingsPage, CompanySettingsPageProps};
use app::view::company::{CompanyFormView, TypedCompany, read_company};
use app::view::frame::Section;
use app::view::settings::{CompanySettingsView, SettingsRoom};
use axum::extract::State;
use axum::response::Response;
use books::company::{Company as CompanyFacts, CompanyChange, company_get, company_update, time_zones};
use tenancy::Capability;

use super::{done, nav};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Settings";

/// `GET /c/{slug}/settings`
pub async fn show(page: PageRequest, company: Company) -> Result<Response, PageError> {
    let facts = company_get(&company.cx).await?;
    let form = page.form(|| typed(&facts).fill(FormState::fresh()));
    let shown = shown(&page, &company, &facts, form).await?;
    Ok(page.html(TITLE, || CompanySettingsPage(shown)))
}

/// `POST /c/{slug}/settings`
pub async fn save(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = company_get(&company.cx).await?;
    match record(&state, &company, &facts, &form).await {
        Ok(()) => {
            let slug = &company.cx.tenant().slug;
            Ok(reply.done(&format!("/c/{slug}/settings?done=saved")))
        }
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let shown = shown(&page, &company, &facts, form.clone()).await?;
            Ok(reply.refused(&page, TITLE, &form, || CompanySettingsPage(shown)))
        }
    }
}

async fn record(
    state: &AppState,
    company: &Company,
    facts: &CompanyFacts,
    form: &FormState,
) -> Result<(), NotRecorded> {
    let typed = read_company(form, facts.today(state.clock.now()))?;
    let change = CompanyChange {
        name: typed.name,
        entity_type: typed.entity_type,
        time_zone: typed.time_zone,
        basis: typed.basis,
        fiscal_year_first_month: typed.fiscal_year_first_month,
        books_begin_on: typed.books_begin_on,
    };
    company_update(&company.cx, &change, &request_key(form)?).await?;
    Ok(())
}

fn typed(facts: &CompanyFacts) -> TypedCompany {
    TypedCompany {
        name: facts.name.clone(),
        entity_type: facts.entity_type,
        time_zone: facts.time_zone.clone(),
        basis: facts.basis,
        fiscal_year_first_month: facts.fiscal_year_first_month,
        books_begin_on: facts.books_begin_on,
    }
}

async fn shown(
    page: &PageRequest,
    company: &Company,
    facts: &CompanyFacts,
    form: FormState,
) -> Result<CompanySettingsPageProps, PageError> {
    let cx = &company.cx;
    Ok(CompanySettingsPageProps {
        frame: frame_for(company, Section::Settings).await?,
        nav: nav(cx, SettingsRoom::Company),
        view: CompanySettingsView {
            is_saved: done(page, form.is_refused()) == Some("saved"),
            company: CompanyFormView {
                form,
                time_zones: time_zones().into_iter().map(str::to_owned).collect(),
            },
            currency: facts.currency.code().to_owned(),
            may_change: cx.may(Capability::Settings),
            masked_tax_id: facts.masked_tax_id(),
            role: cx.role().code().to_owned(),
        },
    })
}
