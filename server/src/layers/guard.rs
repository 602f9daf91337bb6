//! Who may enter a route.

use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use identity::{Person, enter};
use tenancy::{Capability, Cx, Role};
use tower_sessions::Session;

use super::RequestId;
use super::kept_form;
use crate::errors::PageError;
use crate::state::AppState;
use crate::visitor::{SignedIn, person_of};

/// Who may enter a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Everyone.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Members of the company in the address whose role has this capability.
    Capability(Capability),
}

/// Stands before a route. Whoever may enter is found by the handler's arguments [`SignedIn`] and
/// [`Company`](crate::visitor::Company); who is not signed in is sent to do so, and what they posted is kept for them.
///
/// A company that does not exist and one that the person is not in are answered alike.
pub async fn guard(State((state, guard)): State<(AppState, Guard)>, request: Request, next: Next) -> Response {
    if guard == Guard::Public {
        return next.run(request).await;
    }
    let mut response = guarded(&state, guard, request, next).await;
    // What a signed-in person sees stays out of every cache.
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, no_store);
    response
}

async fn guarded(state: &AppState, guard: Guard, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let session = match Session::from_request_parts(&mut parts, state).await {
        Ok(session) => session,
        Err(rejection) => return rejection.into_response(),
    };
    // A session that has ended forgets its id once it is asked who is signed in.
    let session_id = session.id();
    let person = match person_of(state, &session).await {
        Ok(Some(person)) => person,
        Ok(None) => return kept_form::sign_in_first(state, session_id, &parts, body).await,
        Err(error) => return error.into_response(),
    };
    let kept = match admit(state, guard, &person, &mut parts).await {
        Ok(()) => kept_form::given_back(state, &person, &parts).await,
        Err(error) => Err(error),
    };
    let kept = match kept {
        Ok(kept) => kept,
        Err(error) => return error.into_response(),
    };
    parts.extensions.insert(SignedIn(person));
    // The page shows what was typed until it is posted again: then there is nothing left to give back.
    let is_posted_again = kept.is_some() && parts.method == Method::POST;
    if let Some(returned) = kept {
        parts.extensions.insert(returned);
    }
    if !is_posted_again {
        return next.run(Request::from_parts(parts, body)).await;
    }
    if let Err(error) = kept_form::forget(state, &parts).await {
        return error.into_response();
    }
    let response = next.run(Request::from_parts(parts, body)).await;
    kept_form::without_ticket(state, response)
}

/// Lets a member whose role allows it into the company of the address.
async fn admit(state: &AppState, guard: Guard, person: &Person, parts: &mut Parts) -> Result<(), PageError> {
    let Guard::Capability(capability) = guard else {
        return Ok(());
    };
    let slug = slug(parts).await?;
    let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
    let cx = enter(&state.tenancy, &slug, person.id, request_id.unwrap_or_default()).await?;
    if !cx.may(capability) {
        return Err(forbidden(&cx, capability));
    }
    parts.extensions.insert(cx);
    Ok(())
}

/// The company's name in the address. A route for members without one is a mistake in the table: nobody may enter it.
async fn slug(parts: &mut Parts) -> Result<String, PageError> {
    let parameters = RawPathParams::from_request_parts(parts, &())
        .await
        .map_err(|_| PageError::of(StatusCode::NOT_FOUND))?;
    parameters
        .iter()
        .find(|(name, _)| *name == "slug")
        .map(|(_, slug)| slug.to_owned())
        .ok_or(PageError::of(StatusCode::NOT_FOUND))
}

fn forbidden(cx: &Cx, capability: Capability) -> PageError {
    let enough: Vec<&str> = Role::PERSONS
        .into_iter()
        .filter(|role| role.allows(capability))
        .map(Role::code)
        .collect();
    PageError::in_words(
        StatusCode::FORBIDDEN,
        "forbidden",
        format!("This needs the role {}", enough.join(" or ")),
        format!(
            "You are in {} as {}. An admin of the company can change your role under Settings, People.",
            cx.tenant().name,
            cx.role().code()
        ),
    )
}
