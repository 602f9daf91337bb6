//! A page as the answer to a request.

use std::convert::Infallible;

use app::forms::FormState;
use app::shell::Document;
use app::theme::Theme;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use leptos::IntoView;

use crate::layers::{Nonce, RequestId, Returned};
use crate::state::AppState;

/// The name of the cookie with the chosen colors.
pub const THEME_COOKIE: &str = "theme";

/// What a document needs of the request that it answers. Handlers take it as an argument.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// The request's id, as in the logs.
    pub request_id: String,
    /// The request's own address with its query.
    pub address: String,
    /// The colors chosen.
    pub theme: Theme,
    returned: Option<FormState>,
    nonce: String,
    state: AppState,
}

impl PageRequest {
    /// The form to show: what was posted here before a sign-in, or else a new one.
    pub fn form(&self, new: impl FnOnce() -> FormState) -> FormState {
        self.returned.clone().unwrap_or_else(new)
    }

    /// What was posted here before a sign-in, for a page with several forms.
    pub fn returned_form(&self) -> Option<FormState> {
        self.returned.clone()
    }

    /// The page as a whole document, with status 200.
    pub fn html<V: IntoView>(&self, title: &str, page: impl FnOnce() -> V) -> Response {
        let document = Document {
            title: title.to_owned(),
            nonce: self.nonce.clone(),
            theme: self.theme,
            assets: self.state.assets.clone(),
        };
        // Each document holds its own nonce, and most hold somebody's books: none is kept.
        let no_store = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        ([no_store], Html(document.render(page))).into_response()
    }

    /// The page as a whole document, with another status.
    pub fn html_with<V: IntoView>(&self, status: StatusCode, title: &str, page: impl FnOnce() -> V) -> Response {
        (status, self.html(title, page)).into_response()
    }
}

impl FromRequestParts<AppState> for PageRequest {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let text = |extension: Option<&str>| extension.unwrap_or_default().to_owned();
        Ok(Self {
            request_id: text(parts.extensions.get::<RequestId>().map(|id| id.0.as_str())),
            nonce: text(parts.extensions.get::<Nonce>().map(|nonce| nonce.0.as_str())),
            address: text(parts.uri.path_and_query().map(|address| address.as_str())),
            theme: theme_of(&parts.headers),
            returned: parts.extensions.get::<Returned>().map(|form| form.0.clone()),
            state: state.clone(),
        })
    }
}

fn theme_of(headers: &HeaderMap) -> Theme {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == THEME_COOKIE)
        .map(|(_, code)| Theme::parse(code))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_is_found_among_other_cookies_and_junk_is_the_system() {
        let of = |cookies: &'static str| {
            theme_of(&HeaderMap::from_iter([(
                header::COOKIE,
                HeaderValue::from_static(cookies),
            )]))
        };
        assert_eq!(of("a=b; theme=dark; c=d"), Theme::Dark);
        assert_eq!(of("theme=\"><script>"), Theme::System);
        assert_eq!(of("mytheme=dark"), Theme::System);
        assert_eq!(theme_of(&HeaderMap::new()), Theme::System);
    }
}
