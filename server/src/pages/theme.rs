//! `/theme`: the colors a person chose, kept in a cookie of this browser.

use app::theme::Theme;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use identity::ReturnTo;

use crate::forms::PostedForm;
use crate::page::THEME_COOKIE;
use crate::state::AppState;

const YEAR_SECONDS: u32 = 365 * 24 * 60 * 60;

/// `POST /theme`: `theme`, and the address to `return_to`.
pub async fn choose(State(state): State<AppState>, posted: PostedForm) -> Response {
    let (form, reply) = posted.into_parts();
    let theme = Theme::parse(form.value("theme")).code();
    let return_to = ReturnTo::parse(form.value("return_to")).unwrap_or_default();
    let is_https = state
        .web
        .public_origin()
        .is_ok_and(|origin| origin.starts_with("https://"));
    let secure = if is_https { "; Secure" } else { "" };
    let cookie = format!("{THEME_COOKIE}={theme}; Path=/; Max-Age={YEAR_SECONDS}; SameSite=Lax; HttpOnly{secure}");
    ([(header::SET_COOKIE, cookie)], reply.done(return_to.as_str())).into_response()
}
