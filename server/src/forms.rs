//! Forms: taken in as they were typed, answered as a page or for an island.
//!
//! A form posts to its own page's address, so a page has two handlers side by side. Both fill one view type:
//!
//! ```text
//! async fn new_entry(page: PageRequest, company: Company) -> Result<Response, PageError> {
//!     let form = page.form(|| FormState::fresh().with("date", today));
//!     let view = journal_view(form, …);
//!     let frame = frame_for(&company, Section::Accounting).await?;
//!     Ok(page.html(TITLE, || view! { <JournalFormPage frame title=TITLE view /> }))
//! }
//!
//! async fn new_entry_posted(page: PageRequest, company: Company, posted: PostedForm) -> Result<Response, PageError> {
//!     let (mut form, reply) = posted.into_parts();
//!     match record(&company, &form).await {
//!         Ok(entry) => Ok(reply.done(&format!("/c/{slug}/accounting/journal/{entry}"))),
//!         Err(refusal) => {
//!             form.refuse_all(refusal.at_fields()?);
//!             let view = journal_view(form.clone(), …);
//!             let frame = frame_for(&company, Section::Accounting).await?;
//!             Ok(reply.refused(&page, TITLE, &form, || view! { <JournalFormPage frame title=TITLE view /> }))
//!         }
//!     }
//! }
//!
//! async fn record(company: &Company, form: &FormState) -> Result<i64, NotRecorded> {
//!     let input = read(form)?;
//!     Ok(journal_create_issued(&company.cx, &input, &request_key(form)?).await?.id)
//! }
//! ```
//!
//! `tests/web/form_pattern.rs` is the same, running.

use app::forms::{FormAnswer, FormState};
use axum::Json;
use axum::extract::{FromRequest, RawForm, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::IntoView;
use tenancy::RequestKey;
use url::form_urlencoded;

use crate::errors::{PageError, wants_json};
use crate::page::PageRequest;

/// The most fields of a form. The longest of our pages is an opening entry: 500 lines of five fields, and a few more. A form that is
/// refused comes back with all of them, each many times as long as it was sent.
pub const FORM_FIELDS_MAX: usize = 5_000;

/// A form that was posted, with the way its answer is wanted. Taken as the last argument of a handler.
#[derive(Clone, Debug)]
pub struct PostedForm {
    form: FormState,
    reply: Reply,
}

impl PostedForm {
    /// What was typed, and how to answer.
    pub fn into_parts(self) -> (FormState, Reply) {
        (self.form, self.reply)
    }
}

impl<S: Send + Sync> FromRequest<S> for PostedForm {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let reply = Reply::wanted(request.headers());
        let RawForm(body) = RawForm::from_request(request, state)
            .await
            .map_err(|rejection| PageError::of(rejection.status()))?;
        Ok(Self {
            form: taken(fields(&body))?,
            reply,
        })
    }
}

/// The fields of a form as browsers send it, up to one more than it may have.
pub fn fields(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body)
        .into_owned()
        .take(FORM_FIELDS_MAX + 1)
        .collect()
}

/// Takes a form with these fields.
///
/// # Errors
/// There are more than [`FORM_FIELDS_MAX`], or one holds a NUL, which the database cannot keep and no keyboard types.
pub fn taken(fields: Vec<(String, String)>) -> Result<FormState, PageError> {
    if fields.len() > FORM_FIELDS_MAX {
        return Err(too_many_fields());
    }
    if fields
        .iter()
        .any(|(name, value)| name.contains('\0') || value.contains('\0'))
    {
        return Err(PageError::of(StatusCode::BAD_REQUEST));
    }
    Ok(FormState::posted(fields))
}

fn too_many_fields() -> PageError {
    PageError::in_words(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too_many_fields",
        "That is more than CarteFi takes at once",
        "A form may have up to 5,000 fields, and this one has more. Nothing was recorded. Split it and send the parts.",
    )
}

/// The key under which the books record a form at most once.
///
/// # Errors
/// None that a [`FormState`] can cause: its key is always a UUID.
pub fn request_key(form: &FormState) -> Result<RequestKey, PageError> {
    Ok(RequestKey::parse(form.request_key())?)
}

/// How a form's answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The browser posted the form itself: it gets a page, or is sent on.
    ToPerson,
    /// An island posted it: it gets a [`FormAnswer`].
    ToIsland,
}

impl Reply {
    /// As the request's headers want it.
    pub fn wanted(headers: &HeaderMap) -> Self {
        if wants_json(headers) {
            Self::ToIsland
        } else {
            Self::ToPerson
        }
    }

    /// Recorded: on to where the result is seen.
    pub fn done(self, location: &str) -> Response {
        match self {
            Self::ToPerson => Redirect::to(location).into_response(),
            Self::ToIsland => Json(FormAnswer::Location(location.to_owned())).into_response(),
        }
    }

    /// Refused, nothing recorded: the same page with what was typed and the messages in `form`, or the messages alone.
    pub fn refused<V: IntoView>(
        self,
        page: &PageRequest,
        title: &str,
        form: &FormState,
        view: impl FnOnce() -> V,
    ) -> Response {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        match self {
            Self::ToPerson => page.html_with(status, title, view),
            Self::ToIsland => (status, Json(FormAnswer::Errors(form.errors().to_vec()))).into_response(),
        }
    }

    /// Refused, and messages alone do not say it: what somebody else saved has to be seen beside what was typed, or the form
    /// comes back with another version or request key.
    pub fn refused_whole<V: IntoView>(self, page: &PageRequest, title: &str, view: impl FnOnce() -> V) -> Response {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        match self {
            Self::ToPerson => page.html_with(status, title, view),
            Self::ToIsland => (status, Json(FormAnswer::Page)).into_response(),
        }
    }
}
