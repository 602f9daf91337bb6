//! `/c/{slug}/accounting/journal`: the list of transactions, of journal entries alone.

use app::view::accounting::entry::EntryState;
use app::view::transactions::Scope;
use axum::extract::{Query, State};
use axum::response::Response;
use books::documents::DocumentState;

use crate::errors::PageError;
use crate::forms::PostedForm;
use crate::page::PageRequest;
use crate::pages::transactions::{self, asked::Asked};
use crate::state::AppState;
use crate::visitor::Company;

/// `GET /c/{slug}/accounting/journal`
pub async fn list(
    state: State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    transactions::show(state, page, company, Scope::Journal, asked).await
}

/// `POST /c/{slug}/accounting/journal`: posts or voids what is selected.
pub async fn posted(
    state: State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    transactions::take(state, page, company, Scope::Journal, asked, posted).await
}

/// `GET /c/{slug}/accounting/journal.csv`: all pages of the list in one file.
pub async fn csv(state: State<AppState>, company: Company, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    transactions::csv_of(state, company, Scope::Journal, asked).await
}

/// Where a document stands, as pages say it.
pub(crate) fn state_of(state: DocumentState) -> EntryState {
    match state {
        DocumentState::Draft | DocumentState::Submitted => EntryState::Draft,
        DocumentState::Issued => EntryState::Posted,
        DocumentState::Void => EntryState::Void,
    }
}

/// The same the other way round.
pub(crate) fn in_books(state: EntryState) -> DocumentState {
    match state {
        EntryState::Draft => DocumentState::Draft,
        EntryState::Posted => DocumentState::Issued,
        EntryState::Void => DocumentState::Void,
    }
}
