//! Who may enter a route.

use axum::body::Body;
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use identity::{IdentityError, Person, PersonId, enter, signed_in};
use tenancy::{Capability, Cx, Role};
use tower_sessions::Session;
use tower_sessions::session::Id;

use super::kept_form;
use super::{RequestId, body};
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

/// Where a route is entered.
#[derive(Clone, Debug)]
pub struct Entrance {
    /// What requests share.
    pub state: AppState,
    /// Who may.
    pub guard: Guard,
    /// The most bytes of a request's body.
    pub body_bytes: usize,
}

/// Stands before a route. Whoever may enter is found by the handler's arguments [`SignedIn`] and
/// [`Company`](crate::visitor::Company); who is not signed in is sent to do so, and what they posted is kept for them.
///
/// What is posted is read here, whole: a body may take its time, and whoever sends it may be signed out, demoted or removed
/// meanwhile. So the guard looks before the body, which nobody else may make us read, and again after it, and what it finds then is
/// what the handler gets.
///
/// A company that does not exist and one that the person is not in are answered alike.
pub async fn guard(State(entrance): State<Entrance>, request: Request, next: Next) -> Response {
    if entrance.guard == Guard::Public {
        return match body::whole(request, entrance.body_bytes).await {
            Ok(request) => next.run(request).await,
            Err(error) => error.into_response(),
        };
    }
    let mut response = match entered(&entrance, request).await {
        // The place is given up when the answer is there: until then the body may be in memory.
        Ok((request, _place)) => run(&entrance.state, request, next).await,
        Err(response) => *response,
    };
    // What a signed-in person sees stays out of every cache.
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, no_store);
    response
}

/// The request of somebody who may enter, with all that was posted, and the place that a large body takes; or the answer to
/// anybody else.
async fn entered(entrance: &Entrance, request: Request) -> Result<(Request, Option<body::Place>), Box<Response>> {
    let request = looked_at(entrance, request).await?;
    if request.method() != Method::POST {
        return Ok((request, None));
    }
    let place = body::place(entrance.body_bytes).await;
    match body::whole(request, entrance.body_bytes).await {
        Ok(request) => Ok((looked_at(entrance, request).await?, place)),
        Err(error) => Err(Box::new(error.into_response())),
    }
}

/// Looks who asks and whether they may enter, as things stand now.
async fn looked_at(entrance: &Entrance, request: Request) -> Result<Request, Box<Response>> {
    let (mut parts, body) = request.into_parts();
    match look(entrance, &mut parts).await {
        Ok(()) => Ok(Request::from_parts(parts, body)),
        Err(stopped) => Err(Box::new(stopped.answer(entrance, &parts, body).await)),
    }
}

async fn look(entrance: &Entrance, parts: &mut Parts) -> Result<(), Stopped> {
    let state = &entrance.state;
    let session = Session::from_request_parts(parts, state)
        .await
        .map_err(|(_, reason)| PageError::internal(reason))?;
    // A session that has ended forgets its id once it is asked who is signed in.
    let id = session.id();
    if id.is_some() {
        // What the session was when it was last asked does not count.
        session
            .load()
            .await
            .map_err(|error| PageError::from(IdentityError::from(error)))?;
    }
    let person = match entrance.guard {
        Guard::Capability(capability) => {
            let signed_in = signed_in(&session).await.map_err(PageError::from)?;
            let person = signed_in.ok_or(Stopped::SignedOut(id))?.person;
            admit(state, capability, person, parts).await?
        }
        Guard::Public | Guard::SignedIn => person_of(state, &session).await?.ok_or(Stopped::SignedOut(id))?,
    };
    parts.extensions.insert(SignedIn(person));
    Ok(())
}

/// Why somebody does not enter.
enum Stopped {
    /// Nobody is signed in, perhaps not any more: then by this session.
    SignedOut(Option<Id>),
    /// They may not.
    Refused(PageError),
}

impl From<PageError> for Stopped {
    fn from(error: PageError) -> Self {
        Self::Refused(error)
    }
}

impl Stopped {
    async fn answer(self, entrance: &Entrance, parts: &Parts, body: Body) -> Response {
        match self {
            Self::SignedOut(session) => {
                kept_form::sign_in_first(&entrance.state, session, parts, body, entrance.body_bytes).await
            }
            Self::Refused(error) => error.into_response(),
        }
    }
}

/// Runs the handler, with the form that was posted here before a sign-in.
async fn run(state: &AppState, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let kept = match kept_form::given_back(state, &parts).await {
        Ok(kept) => kept,
        Err(error) => return error.into_response(),
    };
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

/// Lets a member whose role allows it into the company of the address, and says who they are.
async fn admit(
    state: &AppState,
    capability: Capability,
    person: PersonId,
    parts: &mut Parts,
) -> Result<Person, PageError> {
    let slug = slug(parts).await?;
    let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
    let entered = enter(&state.tenancy, &slug, person, request_id.unwrap_or_default()).await?;
    if !entered.cx.may(capability) {
        return Err(forbidden(&entered.cx, capability));
    }
    let person = entered.person.clone();
    parts.extensions.insert(entered);
    Ok(person)
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
