//! `/c/{slug}/banking/connect`: an account of the chart becomes one that statements come for.

use app::forms::FormState;
use app::pages::banking::connect::{ConnectPage, ConnectPageProps};
use app::view::banking::ConnectView;
use app::view::frame::{FrameView, Section};
use axum::response::Response;
use books::Error;
use books::bank_accounts::bank_account_connect;

use super::{own_account_options, path};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Connect an account";

/// `GET /c/{slug}/banking/connect`
pub async fn show(page: PageRequest, company: Company) -> Result<Response, PageError> {
    let (frame, view) = views(&company, page.form(FormState::fresh)).await?;
    Ok(page.html(TITLE, || ConnectPage(ConnectPageProps { frame, view })))
}

/// `POST /c/{slug}/banking/connect`
pub async fn posted(page: PageRequest, company: Company, posted: PostedForm) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    match connected(&company, &form).await {
        Ok(_) => Ok(reply.done(&format!("{}?done=connected", path(&company)))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let (frame, view) = views(&company, form.clone()).await?;
            Ok(reply.refused(&page, TITLE, &form, || ConnectPage(ConnectPageProps { frame, view })))
        }
    }
}

async fn connected(company: &Company, form: &FormState) -> Result<i64, NotRecorded> {
    let account = form.value("account").parse();
    let account = account.map_err(|_| Error::at("account", "Choose the account of the books."))?;
    let number = form.value("bank_number");
    Ok(bank_account_connect(&company.cx, account, Some(number), &request_key(form)?).await?)
}

async fn views(company: &Company, form: FormState) -> Result<(FrameView, ConnectView), PageError> {
    let mut accounts = own_account_options(company, "Choose an account").await?;
    if accounts.len() == 1 {
        accounts.clear();
    }
    let view = ConnectView {
        slug: company.cx.tenant().slug.clone(),
        accounts,
        form,
    };
    Ok((frame_for(company, Section::Banking).await?, view))
}
