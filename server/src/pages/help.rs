//! `/help` and `/c/{slug}/help`: the texts of `app::help` on one page.

use app::pages::help::{HelpPage, HelpPageProps, PlainHelpPage, PlainHelpPageProps};
use axum::response::Response;

use crate::errors::PageError;
use crate::page::PageRequest;
use crate::visitor::{Company, Visitor, frame_for};

const TITLE: &str = "Help";

/// `GET /help`
pub async fn plain(page: PageRequest, Visitor(visitor): Visitor) -> Response {
    let theme = page.theme;
    page.html(TITLE, || {
        PlainHelpPage(PlainHelpPageProps {
            person: visitor.map(|person| person.name),
            theme,
        })
    })
}

/// `GET /c/{slug}/help`
pub async fn in_company(page: PageRequest, company: Company) -> Result<Response, PageError> {
    let frame = frame_for(&company, None).await?;
    Ok(page.html(TITLE, || HelpPage(HelpPageProps { frame })))
}
