//! `/companies` and `/companies/new`: the companies that somebody may enter, and one more.

use app::forms::FormState;
use app::pages::companies::{CompaniesPage, CompaniesPageProps};
use app::pages::company_new::{CompanyNewPage, CompanyNewPageProps};
use app::view::company::{CompanyFormView, CompanyRow, read_company, read_currency};
use app::view::frame::Section;
use axum::extract::State;
use axum::response::Response;
use books::company::{NewCompany, company_open, time_zones};
use identity::{Person, companies_of, may_found, membership_found};
use leptos::IntoView;
use tenancy::{Actor, RequestKey, Role};

use crate::errors::PageError;
use crate::forms::PostedForm;
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::SignedIn;

const NEW: &str = "New company";

/// `GET /companies`
pub async fn list(
    State(state): State<AppState>,
    page: PageRequest,
    SignedIn(person): SignedIn,
) -> Result<Response, PageError> {
    let companies = companies_of(&state.tenancy, person.id).await?;
    let companies = companies
        .into_iter()
        .map(|company| CompanyRow {
            slug: company.slug,
            name: company.name,
            role: company.role.code().to_owned(),
        })
        .collect();
    let theme = page.theme;
    Ok(page.html("Your companies", || {
        CompaniesPage(CompaniesPageProps {
            companies,
            person: person.name,
            email: person.email,
            theme,
        })
    }))
}

/// `GET /companies/new`
pub async fn new(
    State(state): State<AppState>,
    page: PageRequest,
    SignedIn(person): SignedIn,
) -> Result<Response, PageError> {
    let mut form = page.form(|| {
        FormState::fresh()
            .with("entity_type", "llc")
            .with("fiscal_year_first_month", "1")
            .with("basis", "accrual")
            .with("time_zone", "America/New_York")
            .with("currency", "USD")
    });
    // Who may not open one today is told before the form is filled.
    if let Err(refusal) = may_found(&state.tenancy, person.id, state.clock.now()).await {
        form.refuse_all(NotRecorded::from(refusal).at_fields()?);
    }
    Ok(page.html(NEW, || new_page(&page, &person, form)))
}

/// `POST /companies/new`
pub async fn create(
    State(state): State<AppState>,
    page: PageRequest,
    SignedIn(person): SignedIn,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    match open(&state, &person, &form).await {
        Ok(slug) => Ok(reply.done(&Section::Home.path(&slug))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let shown = form.clone();
            Ok(reply.refused(&page, NEW, &form, || new_page(&page, &person, shown)))
        }
    }
}

/// Opens the company and makes the person its admin. The same form sent again goes on where it was cut off.
async fn open(state: &AppState, person: &Person, form: &FormState) -> Result<String, NotRecorded> {
    let now = state.clock.now();
    let typed = read_company(form, now.date())?;
    let new = NewCompany {
        name: typed.name,
        entity_type: typed.entity_type,
        currency: read_currency(form)?,
        time_zone: typed.time_zone,
        basis: typed.basis,
        fiscal_year_first_month: typed.fiscal_year_first_month,
        books_begin_on: typed.books_begin_on,
    };
    may_found(&state.tenancy, person.id, now).await?;
    // The person is in the key: nobody gets at a company with the key of somebody else's form.
    let key = format!("company {} {}", person.id, form.request_key());
    let key = RequestKey::parse(&key).map_err(PageError::from)?;
    let tenant = company_open(&state.tenancy, &Actor::person(&person.email), Role::Admin, &new, &key).await?;
    membership_found(&state.tenancy, tenant.id, person.id, now).await?;
    Ok(tenant.slug)
}

fn new_page(page: &PageRequest, person: &Person, form: FormState) -> impl IntoView + use<> {
    CompanyNewPage(CompanyNewPageProps {
        view: CompanyFormView {
            form,
            time_zones: time_zones().into_iter().map(str::to_owned).collect(),
        },
        person: person.name.clone(),
        theme: page.theme,
    })
}
