//! `/style`: every component in every state, where CarteFi is developed.

use app::pages::style_page::{StylePage, StylePageProps};
use app::view::frame::{CompanyLink, FrameView, PersonView, Section};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;

/// `GET /style`: there for an installation on this computer alone, as a development one is. Anywhere else it does not exist.
pub async fn show(State(state): State<AppState>, page: PageRequest) -> Result<Response, PageError> {
    if !state.web.is_for_this_computer() {
        return Err(PageError::of(StatusCode::NOT_FOUND));
    }
    let frame = frame(&page);
    Ok(page.html("Style", || StylePage(StylePageProps { frame })))
}

/// A company that is not there, with everything that the frame can show.
fn frame(page: &PageRequest) -> FrameView {
    let company = |slug: &str, name: &str| CompanyLink {
        slug: slug.to_owned(),
        name: name.to_owned(),
    };
    let open = company("style", "A Company With a Rather Long Name LLC");
    FrameView {
        companies: vec![open.clone(), company("other", "Another Company")],
        company: open,
        company_line: "Accrual · FY Jan–Dec".to_owned(),
        person: PersonView {
            name: "Dana Ruiz".to_owned(),
            email: "dana@junipercycles.example".to_owned(),
            role: "admin".to_owned(),
        },
        section: Some(Section::Banking),
        counts: vec![(Section::Banking, 22)],
        theme: page.theme,
        address: page.address.clone(),
        may_write_journal: true,
        may_import: true,
        locks: None,
        views: None,
    }
}
