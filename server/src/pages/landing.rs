//! `/`

use app::pages::landing::{LandingPage, LandingPageProps};
use app::view::frame::Section;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use identity::companies_of;

use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::Visitor;

/// `GET /`: what CarteFi is; who is signed in goes on to their company, or to the list when it is not the only one.
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    Visitor(visitor): Visitor,
) -> Result<Response, PageError> {
    let Some(person) = visitor else {
        let theme = page.theme;
        return Ok(page.html("Bookkeeping that adds up", || LandingPage(LandingPageProps { theme })));
    };
    let companies = companies_of(&state.tenancy, person.id).await?;
    Ok(match companies.as_slice() {
        [only] => Redirect::to(&Section::Home.path(&only.slug)),
        _ => Redirect::to("/companies"),
    }
    .into_response())
}
