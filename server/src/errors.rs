//! How a request that cannot be answered is answered: in plain words, as a page or for an island.
//!
//! A handler returns a [`PageError`]; extractors, the router and the layers answer with a bare status. The layer
//! [`in_words`] turns both into a page, with the request's id, or into the JSON that a form's island understands.
//! A message of the database never leaves the server: it is logged where it is met.

use app::forms::{FieldError, FormAnswer};
use app::pages::error::{ErrorPage, ErrorPageProps};
use app::view::error::{ErrorView, home_of};
use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::page::PageRequest;

/// A refusal of a whole request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError {
    status: StatusCode,
    words: Option<Words>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Words {
    code: &'static str,
    heading: String,
    advice: String,
    sign_in_beside: Option<String>,
}

impl PageError {
    /// The refusal of this status, in the words that hold for all of its kind.
    pub const fn of(status: StatusCode) -> Self {
        Self { status, words: None }
    }

    /// A refusal with words of its own: a short stable code, what happened, what it means and what to do.
    pub fn in_words(
        status: StatusCode,
        code: &'static str,
        heading: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        let words = Words {
            code,
            heading: heading.into(),
            advice: advice.into(),
            sign_in_beside: None,
        };
        Self {
            status,
            words: Some(words),
        }
    }

    /// The same with the address of the sign-in, which opens beside the page that is left.
    #[must_use]
    pub fn with_sign_in_beside(mut self, address: String) -> Self {
        if let Some(words) = &mut self.words {
            words.sign_in_beside = Some(address);
        }
        self
    }

    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Logs what went wrong and answers that the fault is ours.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::of(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(words) = self.words {
            response.extensions_mut().insert(words);
        }
        response
    }
}

/// The layer that puts every bare error into words. An answer that is HTML or JSON already has its own.
pub async fn in_words(page: PageRequest, request: Request, next: Next) -> Response {
    let is_for_island = wants_json(request.headers());
    let response = next.run(request).await;
    if !is_bare_error(&response) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let mut view = ErrorView::of_status(parts.status.as_u16(), page.request_id.clone());
    view.home = home_of(&page.address);
    if let Some(words) = parts.extensions.remove::<Words>() {
        view.code = words.code.to_owned();
        view.heading = words.heading;
        view.advice = words.advice;
        view.sign_in_beside = words.sign_in_beside;
    }
    let answer = if is_for_island {
        Json(short(view)).into_response()
    } else {
        let title = view.heading.clone();
        let theme = page.theme;
        page.html(&title, || ErrorPage(ErrorPageProps { view, theme }))
    };
    // What the refusing layer said in headers stays: Allow, Retry-After.
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    let mut answer = (parts.status, answer).into_response();
    answer.headers_mut().extend(parts.headers);
    answer
}

fn short(view: ErrorView) -> FormAnswer {
    let message = format!("{}. {} (request {})", view.heading, view.advice, view.request_id);
    FormAnswer::Errors(vec![FieldError::form(message)])
}

fn is_bare_error(response: &Response) -> bool {
    let content_type = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    is_error && !content_type.starts_with("text/html") && !content_type.starts_with("application/json")
}

/// Whether the answer is for an island rather than for a person.
pub fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"))
}
