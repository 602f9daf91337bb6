//! `/account/sessions`: where a person is signed in, and the ways to end it. `/signed-out`: what a browser is told whose session
//! somebody ended.

use app::forms::{ACTION, FormState};
use app::pages::login::{LoginPage, LoginPageProps};
use app::pages::sessions::{SessionsPage, SessionsPageProps};
use app::view::sessions::{Moment, SessionRow, SessionsView, SignInRow, action, device_words, how_words};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use identity::{PastSignIn, Person, PersonSession, ReturnTo, SESSIONS_LISTED_MAX, SignInOutcome};
use serde::Deserialize;
use time::OffsetDateTime;
use tower_sessions::Session;

use crate::errors::PageError;
use crate::forms::{PostedForm, Reply};
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{SignedIn, login_again_address};

const TITLE: &str = "Where you are signed in";
const PATH: &str = "/account/sessions";

/// The query of the page: what was done just now.
#[derive(Debug, Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// `GET /account/sessions`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    SignedIn(person): SignedIn,
    session: Session,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let form = page.form(FormState::fresh);
    let notice = asked.done.as_deref().and_then(done_words);
    let shown = shown(&state, &page, person, &session, form, notice).await?;
    Ok(page.html(TITLE, || SessionsPage(shown)))
}

/// `POST /account/sessions`: ends one session, all others, or all.
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    SignedIn(person): SignedIn,
    session: Session,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let (sessions, this) = (&state.sessions, session.id());
    let this = this.ok_or(PageError::of(StatusCode::UNAUTHORIZED))?;
    match form.value(ACTION) {
        action::OTHERS => {
            let done = match sessions.revoke_others(person.id, &this).await? {
                0 => "none",
                _ => "others",
            };
            Ok(reply.done(&format!("{PATH}?done={done}")))
        }
        action::ALL => {
            sessions.revoke_others(person.id, &this).await?;
            sign_out(&state, &session, reply).await
        }
        other => {
            let Some(handle) = other.strip_prefix(action::ONE) else {
                return Err(PageError::of(StatusCode::UNPROCESSABLE_ENTITY));
            };
            let own = sessions.sessions_of(person.id, Some(this)).await?;
            if own.iter().any(|session| session.is_this && session.handle == handle) {
                return sign_out(&state, &session, reply).await;
            }
            if sessions.revoke_one(person.id, handle).await? {
                return Ok(reply.done(&format!("{PATH}?done=one")));
            }
            form.refuse(
                "",
                "That session has ended already, or it is not one of yours. Below is where you are signed in now.",
            );
            let shown = shown(&state, &page, person, &session, form.clone(), None).await?;
            Ok(reply.refused(&page, TITLE, &form, || SessionsPage(shown)))
        }
    }
}

/// Ends this session, here and at the sign-in service.
async fn sign_out(state: &AppState, session: &Session, reply: Reply) -> Result<Response, PageError> {
    let elsewhere = identity::sign_out(&state.tenancy, &state.provider, session).await?;
    Ok(reply.done(elsewhere.as_ref().map_or("/", |address| address.as_str())))
}

fn done_words(done: &str) -> Option<String> {
    let words = match done {
        "one" => "That session is ended. Whoever uses it is signed out at their next click.",
        "others" => "You are signed out everywhere else.",
        "none" => "You were signed in nowhere else: there was no other session to end.",
        _ => return None,
    };
    Some(words.to_owned())
}

async fn shown(
    state: &AppState,
    page: &PageRequest,
    person: Person,
    session: &Session,
    form: FormState,
    notice: Option<String>,
) -> Result<SessionsPageProps, PageError> {
    let now = state.clock.now();
    let sessions = state.sessions.sessions_of(person.id, session.id()).await?;
    let history = state.sessions.sign_ins_of(person.id).await?;
    Ok(SessionsPageProps {
        view: SessionsView {
            form,
            notice,
            is_cut: i64::try_from(sessions.len()).is_ok_and(|count| count >= SESSIONS_LISTED_MAX),
            sessions: sessions.into_iter().map(|session| session_row(session, now)).collect(),
            history: history.into_iter().map(|past| sign_in_row(&past, now)).collect(),
        },
        person: person.name,
        theme: page.theme,
    })
}

fn session_row(session: PersonSession, now: OffsetDateTime) -> SessionRow {
    SessionRow {
        device: device_words(&session.user_agent),
        how: how_words(&session.amr).to_owned(),
        since: Moment::of(session.since, now),
        // The session that looks was seen just now, whenever that was last written down.
        last_seen: Moment::of(if session.is_this { now } else { session.last_seen_at }, now),
        handle: session.handle,
        is_this: session.is_this,
    }
}

fn sign_in_row(past: &PastSignIn, now: OffsetDateTime) -> SignInRow {
    let refused = match past.outcome {
        SignInOutcome::SignedIn => None,
        SignInOutcome::EmailMissing => Some("The account had no e-mail address"),
        SignInOutcome::EmailUnverified => Some("The e-mail address was not confirmed"),
    };
    SignInRow {
        at: Moment::of(past.at, now),
        device: device_words(&past.user_agent),
        how: how_words(&past.amr).to_owned(),
        refused: refused.map(str::to_owned),
    }
}

/// The query of `/signed-out`.
#[derive(Debug, Deserialize)]
pub struct Ended {
    return_to: Option<String>,
}

/// `GET /signed-out`: what happened to the session, and the way back to the page that was asked for.
pub async fn signed_out(
    State(state): State<AppState>,
    page: PageRequest,
    headers: HeaderMap,
    Query(ended): Query<Ended>,
) -> Response {
    let return_to = ended.return_to.as_deref().and_then(ReturnTo::parse).unwrap_or_default();
    let keeps_form = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .any(|cookies| state.cookies.form_cookie_value(cookies).is_some());
    let kept = if keeps_form {
        " What you were typing was not recorded. It is kept for an hour and comes back when you sign in."
    } else {
        ""
    };
    page.html("Signed out", || {
        LoginPage(LoginPageProps {
            heading: "This browser was signed out".to_owned(),
            advice: format!(
                "Its session was ended: you signed out in another window, or ended it from another browser. If that was not you, sign \
                 in and look where you are signed in.{kept}"
            ),
            retry: login_again_address(&return_to),
            theme: page.theme,
        })
    })
}
