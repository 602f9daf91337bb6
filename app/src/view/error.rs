//! What an error page says: what happened, what it means, what to do.

use serde::{Deserialize, Serialize};

use crate::view::frame::Section;

/// One error, in words. The words come from the code that refused, or from the status alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorView {
    /// The HTTP status.
    pub status: u16,
    /// A short stable name for logs and support, as `not_found`.
    pub code: String,
    /// What happened.
    pub heading: String,
    /// What it means and what to do.
    pub advice: String,
    /// The request's id, which finds it in the logs.
    pub request_id: String,
    /// Home of the company whose page could not be shown; none outside any, and on Home itself.
    pub home: Option<String>,
    /// Where to sign in when something was sent and is not kept: in another tab, as this one still holds the way back to the form.
    pub sign_in_beside: Option<String>,
}

impl ErrorView {
    /// The words for a status about which nothing more is known.
    pub fn of_status(status: u16, request_id: impl Into<String>) -> Self {
        let (code, heading, advice) = words(status);
        Self {
            status,
            code: code.to_owned(),
            heading: heading.to_owned(),
            advice: advice.to_owned(),
            request_id: request_id.into(),
            home: None,
            sign_in_beside: None,
        }
    }
}

/// Home of the company in an address that is inside it.
pub fn home_of(address: &str) -> Option<String> {
    let path = address.split('?').next()?;
    let (slug, inside) = path.strip_prefix("/c/")?.split_once('/')?;
    (!slug.is_empty() && !inside.is_empty()).then(|| Section::Home.path(slug))
}

const fn words(status: u16) -> (&'static str, &'static str, &'static str) {
    match status {
        400 => (
            "malformed",
            "CarteFi could not read this request",
            "The address or what was sent with it is not complete. Go back and try it from the page itself.",
        ),
        401 => (
            "signed_out",
            "You are not signed in",
            "This page belongs to a company. Sign in, and you come back to it.",
        ),
        403 => (
            "forbidden",
            "You may not do this",
            "Your role in this company does not include it. An admin of the company can change your role under Settings, People.",
        ),
        404 => (
            "not_found",
            "There is nothing at this address",
            "The link may be old or mistyped, or the record belongs to a company you are not a member of.",
        ),
        405 => (
            "method_not_allowed",
            "This address does not take what was sent",
            "Go back and try it from the page itself.",
        ),
        408 | 503 => (
            "unavailable",
            "CarteFi did not get to this in time",
            "Nothing is wrong with your books. Wait a moment and try again; a form that is sent again is recorded once.",
        ),
        409 => (
            "conflict",
            "Someone changed this while you were working on it",
            "Nothing of yours was recorded. Open the record again to see the change, then make yours.",
        ),
        413 => (
            "too_large",
            "That is more than CarteFi takes at once",
            "A form may have up to 2 MB and a statement file up to 20 MB. Split it and send the parts.",
        ),
        422 => (
            "refused",
            "What was sent cannot be recorded as it is",
            "Nothing was recorded. Go back, correct it and send it again.",
        ),
        _ => (
            "internal",
            "CarteFi could not finish this",
            "The fault is ours, and it is in our logs under the request below. If you sent a form, send it again: it is recorded once.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_inside_a_company_knows_the_way_to_its_home() {
        assert_eq!(home_of("/c/juniper/banking/7?state=new"), Some("/c/juniper".to_owned()));
        for address in [
            "/c/juniper",
            "/c/juniper/",
            "/c//banking",
            "/companies",
            "/c/juniper?a=/b",
        ] {
            assert_eq!(home_of(address), None, "{address}");
        }
    }

    #[test]
    fn every_status_has_words_of_its_own_and_an_unknown_one_is_our_fault() {
        for (status, code) in [
            (403, "forbidden"),
            (404, "not_found"),
            (409, "conflict"),
            (422, "refused"),
            (500, "internal"),
            (599, "internal"),
        ] {
            let view = ErrorView::of_status(status, "r-1");
            assert_eq!(view.code, code);
            assert!(view.heading.len() > 10 && view.advice.ends_with('.'), "{view:?}");
        }
    }
}
