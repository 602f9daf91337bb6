//! What happens to a request whose session has ended: a page is shown after the sign-in, and a form comes back to its page with
//! what was typed. Nothing is posted by itself.

use std::time::Duration;

use app::forms::FormState;
use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use identity::{FormTicket, KEPT_FORM_BYTES_MAX, KeptForm, ReturnTo, form_forget, form_keep, form_kept};
use tower_sessions::session::Id;

use super::{body, kept_upload};
use crate::errors::PageError;
use crate::forms::{self, Reply};
use crate::state::AppState;
use crate::visitor::{SignedIn, login_address, signed_out_address};

/// How long the browser may take to send a form that is kept.
const SENDING_MAX: Duration = Duration::from_secs(10);

/// The form that was posted to this page before the sign-in.
#[derive(Clone, Debug)]
pub struct Returned(pub FormState);

/// Sends somebody to sign in and come back. What they posted, in at most `bytes_max`, is kept where it is known whose session it was.
pub async fn sign_in_first(
    state: &AppState,
    session: Option<Id>,
    parts: &Parts,
    body: Body,
    bytes_max: usize,
) -> Response {
    let address = parts.uri.path_and_query().map_or("/", |address| address.as_str());
    let return_to = ReturnTo::parse(address).unwrap_or_default();
    let reply = Reply::wanted(&parts.headers);
    let on = match was_revoked(state, session).await {
        Ok(true) => signed_out_address(&return_to),
        Ok(false) => login_address(&return_to),
        Err(error) => return error.into_response(),
    };
    if parts.method != Method::POST {
        return match reply {
            Reply::ToPerson => reply.done(&on),
            Reply::ToIsland => PageError::of(StatusCode::UNAUTHORIZED).into_response(),
        };
    }
    match keep(state, session, &return_to, parts, (body, bytes_max)).await {
        Ok(Some(ticket)) => with_cookie(reply.done(&on), &state.cookies.form_cookie(&ticket)),
        Ok(None) => not_kept(&on).into_response(),
        Err(error) => error.into_response(),
    }
}

/// Whether somebody ended the session: then they are told before they sign in again.
async fn was_revoked(state: &AppState, session: Option<Id>) -> Result<bool, PageError> {
    match session {
        Some(session) => Ok(state.sessions.was_revoked(&session).await?),
        None => Ok(false),
    }
}

async fn keep(
    state: &AppState,
    session: Option<Id>,
    address: &ReturnTo,
    parts: &Parts,
    (body, bytes_max): (Body, usize),
) -> Result<Option<FormTicket>, PageError> {
    let Some(session) = session else {
        return Ok(None);
    };
    // What a stranger sends is not read.
    if !state.sessions.is_known(&session).await? {
        return Ok(None);
    }
    // Too long, too slow or cut off: there is nothing whole to keep.
    let Ok(Some(body)) = tokio::time::timeout(SENDING_MAX, sent(&parts.headers, body, bytes_max)).await else {
        return Ok(None);
    };
    // What would be refused after the sign-in is not kept for it.
    forms::taken(forms::fields(&body))?;
    let form = KeptForm {
        address: address.clone(),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    Ok(form_keep(&state.tenancy, &session, &form, state.clock.now()).await?)
}

/// What was typed into a form, as a browser sends one without files; none where it is no form or not whole.
async fn sent(headers: &HeaderMap, posted: Body, bytes_max: usize) -> Option<Vec<u8>> {
    let kind = headers.get(header::CONTENT_TYPE)?.as_bytes();
    if kind.starts_with(b"application/x-www-form-urlencoded") {
        return Some(to_bytes(posted, KEPT_FORM_BYTES_MAX).await.ok()?.to_vec());
    }
    if !kind.starts_with(b"multipart/form-data") {
        return None;
    }
    // In one piece and at its turn, as for whoever is signed in: of pieces that never end a part the parser would look through all
    // it has each time another comes.
    let _place = body::place(bytes_max).await;
    let whole = body::read(posted, bytes_max).await.ok()?;
    kept_upload::typed(headers, Body::from(whole), bytes_max).await
}

/// What is said of a form that cannot be kept: of a stranger, or with more text than is kept.
fn not_kept(sign_in: &str) -> PageError {
    PageError::in_words(
        StatusCode::UNAUTHORIZED,
        "signed_out",
        "You are signed out, and this was not recorded",
        format!(
            "Sign in in a new tab. Then come back to this tab, go back to the form and send it again: most browsers still hold what you \
             typed. CarteFi keeps a form of up to {} kB over a sign-in, and no file.",
            KEPT_FORM_BYTES_MAX / 1024
        ),
    )
    .with_sign_in_beside(sign_in.to_owned())
}

/// The form that the person who entered posted to this very page before they signed in.
pub async fn given_back(state: &AppState, parts: &Parts) -> Result<Option<Returned>, PageError> {
    let (Some(ticket), Some(SignedIn(person))) = (ticket(state, parts), parts.extensions.get()) else {
        return Ok(None);
    };
    let kept = form_kept(&state.tenancy, &ticket, person.id, state.clock.now()).await?;
    let here = parts.uri.path_and_query().map(|address| address.as_str());
    Ok(kept
        .filter(|kept| Some(kept.address.as_str()) == here)
        .map(|kept| Returned(kept_upload::returned(forms::fields(kept.body.as_bytes())))))
}

/// Forgets the form that the browser's ticket is for.
pub async fn forget(state: &AppState, parts: &Parts) -> Result<(), PageError> {
    match ticket(state, parts) {
        Some(ticket) => Ok(form_forget(&state.tenancy, &ticket).await?),
        None => Ok(()),
    }
}

/// Takes the ticket from the browser.
pub fn without_ticket(state: &AppState, response: Response) -> Response {
    with_cookie(response, &state.cookies.form_cookie_removal())
}

fn ticket(state: &AppState, parts: &Parts) -> Option<String> {
    let mut cookies = parts.headers.get_all(header::COOKIE).iter();
    cookies.find_map(|header| state.cookies.form_cookie_value(header.to_str().ok()?))
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use tokio::time::timeout;

    use super::super::body::tests::crowd;
    use super::*;
    use crate::routes::Limits;

    const UPLOAD: &str = "--x\r\nContent-Disposition: form-data; name=\"pasted\"\r\n\r\nRent\r\n--x--\r\n";

    fn headers(kind: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))])
    }

    #[tokio::test]
    async fn an_upload_of_somebody_signed_out_waits_its_place_unread_and_a_form_without_a_file_does_not() {
        let soon = Duration::from_millis(50);
        let (places, _turn) = crowd().await;
        let form = headers("application/x-www-form-urlencoded");
        let typed = timeout(soon, sent(&form, Body::from("memo=Rent"), Limits::UPLOAD.body_bytes)).await;
        assert_eq!(typed.expect("no wait"), Some(b"memo=Rent".to_vec()));

        let is_read = Arc::new(AtomicBool::new(false));
        let tells = is_read.clone();
        let body = Body::from_stream(futures::stream::once(async move {
            tells.store(true, Ordering::SeqCst);
            Ok::<_, std::io::Error>(UPLOAD)
        }));
        let upload = headers("multipart/form-data; boundary=x");
        let mut waits = Box::pin(sent(&upload, body, Limits::UPLOAD.body_bytes));
        assert!(timeout(soon, &mut waits).await.is_err());
        assert!(!is_read.load(Ordering::SeqCst), "what waits is not in memory");
        drop(places);
        assert_eq!(waits.await, Some(b"pasted=Rent".to_vec()));
    }
}
