//! What every request passes on its way in, and every answer on its way out.
//!
//! The order, from the outside in, and why:
//!
//! 1. [`observe`]: the request's id and its log line come first, so that whatever happens further in is found by it.
//! 2. [`security`]: outside of everything that may answer, so that no answer lacks the headers.
//! 3. compression: outside of everything that writes a body.
//! 4. [`errors::in_words`](crate::errors::in_words): sees the bare statuses of all that follows.
//! 5. catching panics: inside, so that a panic becomes a page with the request's id and not a closed connection.
//! 6. cross-site requests are refused before a handler or a body is touched, and so are
//! 7. addresses with a NUL in them (`nul`).
//!
//! 8. the session ([`with_sessions`]), around the routes of the table and not around built files. Inside of 6, so that another
//!    website's form never meets it; outside of the guard, which asks it who is signed in. Nothing is read of a session
//!    until somebody asks.
//!
//! Each route then has, from the outside in, its limit of time and its guard, which reads what is posted within its limit of size:
//! see [`routes`](crate::routes).

mod body;
mod guard;
mod kept_form;
mod kept_upload;
mod nul;
mod observe;
mod security;

pub use guard::{Entrance, Guard, guard};
pub use kept_form::Returned;
pub use observe::RequestId;
pub use security::{Nonce, Policy};

use std::any::Any;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::errors::{self, PageError};
use crate::state::AppState;

/// Puts the layers around all routes.
pub fn around(routes: Router<AppState>, state: &AppState, policy: Policy) -> Router<AppState> {
    routes.layer(
        ServiceBuilder::new()
            .layer(from_fn(observe::observe))
            .layer(from_fn_with_state(policy, security::security))
            .layer(CompressionLayer::new())
            .layer(from_fn_with_state(state.clone(), errors::in_words))
            .layer(CatchPanicLayer::custom(answer_panic))
            .layer(CsrfLayer::new().with_rejection_response(answer_cross_site))
            .layer(from_fn(nul::refuse_nul)),
    )
}

/// Puts the session around the routes of the table.
pub fn with_sessions(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    routes.layer(state.cookies.session_layer(state.sessions.clone()))
}

fn answer_panic(panic: Box<dyn Any + Send>) -> Response {
    let message = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    tracing::error!(message, "a handler panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

fn answer_cross_site(error: ProtectionError) -> Response {
    tracing::warn!(%error, "a cross-site request was refused");
    PageError::in_words(
        StatusCode::FORBIDDEN,
        "cross_site",
        "This form came from another website",
        "CarteFi takes forms only from its own pages. Open the page here and send it again.",
    )
    .into_response()
}
