//! `/c/{slug}/documents/{id}`: what a bank line became, read.

use app::forms::FormState;
use app::pages::document::{DocumentPage, DocumentPageProps};
use app::view::accounting::entry::Link;
use app::view::banking::banking_path;
use app::view::banking::review::Tab;
use app::view::frame::Section;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use books::bank_accounts::bank_account_list;
use books::documents::{Document, DocumentKind, document_get};

use super::accounting::Facts;
use super::accounting::entry::entry_view;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// `GET /c/{slug}/documents/{id}`. Entries have a page of their own, where they are changed.
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let document = document_get(&company.cx, id).await?;
    if matches!(document.kind, DocumentKind::JournalEntry | DocumentKind::OpeningEntry) {
        return Ok(Redirect::to(&facts.document(id)).into_response());
    }
    let view = entry_view(&facts, &company, id, FormState::default()).await?;
    let bank = bank_list(&company, &document).await?;
    let frame = frame_for(&company, Section::Banking).await?;
    let title = view.title.clone();
    Ok(page.html(&title, || DocumentPage(DocumentPageProps { frame, view, bank })))
}

/// The list with the document's bank line, where it is undone; once it is void, the accounts.
async fn bank_list(company: &Company, document: &Document) -> Result<Link, PageError> {
    let slug = &company.cx.tenant().slug;
    let accounts = bank_account_list(&company.cx).await?;
    let matched = document
        .postings
        .iter()
        .filter(|posting| posting.matched)
        .find_map(|posting| accounts.iter().find(|account| account.account_id == posting.account_id));
    Ok(match matched {
        Some(account) => Link {
            text: "To its bank line".to_owned(),
            href: Tab::Accepted.address(slug, account.id),
        },
        None => Link {
            text: "To Banking".to_owned(),
            href: banking_path(slug),
        },
    })
}
