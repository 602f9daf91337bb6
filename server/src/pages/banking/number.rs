//! `/c/{slug}/banking/{id}/number`: an account's number, in clear on the answer to a form and nowhere else.

use app::forms::FormState;
use app::pages::banking::number::{NumberPage, NumberPageProps};
use app::view::banking::NumberView;
use app::view::frame::Section;
use axum::extract::Path;
use axum::response::Response;
use books::bank_accounts::bank_number_reveal;

use super::{account_view, bank_account};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::visitor::{Company, frame_for};

/// `GET /c/{slug}/banking/{id}/number`
pub async fn show(
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    shown(&page, &company, id, None).await
}

/// `POST /c/{slug}/banking/{id}/number`
pub async fn posted(
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (form, _) = posted.into_parts();
    let number = bank_number_reveal(&company.cx, id, &request_key(&form)?).await?;
    shown(&page, &company, id, Some(number)).await
}

async fn shown(page: &PageRequest, company: &Company, id: i64, number: Option<String>) -> Result<Response, PageError> {
    let view = NumberView {
        slug: company.cx.tenant().slug.clone(),
        account: account_view(bank_account(company, id).await?)?,
        number,
        form: FormState::fresh(),
    };
    let frame = frame_for(company, Section::Banking).await?;
    Ok(page.html("Account number", || NumberPage(NumberPageProps { frame, view })))
}
