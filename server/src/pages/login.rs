//! `/login`, `/login/callback`, `/logout`: to the sign-in service, back from it, and out.

use app::pages::login::{LoginPage, LoginPageProps};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use identity::{Callback, EmailPolicy, IdentityError, LoginError, LoginState, LoginStateError, ReturnTo, sign_in};
use serde::Deserialize;
use tower_sessions::Session;

use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Visitor, login_address, login_again_address};

/// The query of `/login`.
#[derive(Debug, Deserialize)]
pub struct Begin {
    return_to: Option<String>,
    /// Given when the sign-in service must ask who it is.
    ask: Option<String>,
}

/// `GET /login`: on to the sign-in service, and for who is signed in to where they wanted to go.
pub async fn begin(
    State(state): State<AppState>,
    page: PageRequest,
    Visitor(visitor): Visitor,
    Query(query): Query<Begin>,
) -> Result<Response, PageError> {
    let return_to = query.return_to.as_deref().and_then(ReturnTo::parse).unwrap_or_default();
    if visitor.is_some() {
        return Ok(Redirect::to(return_to.as_str()).into_response());
    }
    let begun = match query.ask {
        Some(_) => state.provider.login_begin_anew(return_to.clone()).await,
        None => state.provider.login_begin(return_to.clone()).await,
    };
    let (address, login) = match begun {
        Ok(begun) => begun,
        Err(error) => return Ok(Failure::of_login(&error).page(&page, &return_to)),
    };
    let sealed = login
        .seal(state.tenancy.key_encryption_key())
        .map_err(PageError::internal)?;
    let cookie = [(header::SET_COOKIE, state.cookies.login_cookie(sealed))];
    Ok((AppendHeaders(cookie), Redirect::to(address.as_str())).into_response())
}

/// `GET /login/callback`: who comes back from the sign-in service is signed in, or told why not.
pub async fn callback(
    State(state): State<AppState>,
    page: PageRequest,
    session: Session,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Result<Response, PageError> {
    let begun = login_begun(&state, &headers);
    let return_to = begun.as_ref().map(|login| login.return_to.clone()).unwrap_or_default();
    let outcome = match begun {
        Ok(begun) => finish(&state, &session, &headers, begun, callback).await,
        Err(error) => Err(Failure::of_state(error)),
    };
    let answer = match outcome {
        Ok(()) => Redirect::to(return_to.as_str()).into_response(),
        Err(failure) => failure.page(&page, &return_to),
    };
    // A login is taken up once, however it ends.
    let removal = [(header::SET_COOKIE, state.cookies.login_cookie_removal())];
    Ok((AppendHeaders(removal), answer).into_response())
}

/// `POST /logout`: ends the session here, and then at the sign-in service.
pub async fn sign_out(State(state): State<AppState>, session: Session) -> Result<Response, PageError> {
    let elsewhere = identity::sign_out(&state.tenancy, &state.provider, &session).await?;
    let address = elsewhere.as_ref().map_or("/", |address| address.as_str());
    Ok(Redirect::to(address).into_response())
}

fn login_begun(state: &AppState, headers: &HeaderMap) -> Result<LoginState, LoginStateError> {
    let sealed = headers
        .get_all(header::COOKIE)
        .iter()
        .find_map(|header| state.cookies.login_cookie_value(header.to_str().ok()?))
        .ok_or(LoginStateError::Missing)?;
    LoginState::open(state.tenancy.key_encryption_key(), &sealed, state.clock.now())
}

async fn finish(
    state: &AppState,
    session: &Session,
    headers: &HeaderMap,
    begun: LoginState,
    callback: Callback,
) -> Result<(), Failure> {
    let identified = state
        .provider
        .login_finish(begun, callback)
        .await
        .map_err(|error| Failure::of_login(&error))?;
    let browser = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    sign_in(
        &state.tenancy,
        session,
        identified,
        EmailPolicy::Verified,
        browser,
        state.clock.now(),
    )
    .await
    .map_err(Failure::of_person)?;
    Ok(())
}

/// Why nobody was signed in, in plain words.
struct Failure {
    status: StatusCode,
    heading: &'static str,
    advice: &'static str,
    /// Whether the sign-in service must ask when it is tried again.
    asks: bool,
}

impl Failure {
    fn of_state(error: LoginStateError) -> Self {
        let (heading, advice) = match error {
            LoginStateError::Missing => (
                "This sign-in was not begun in this browser",
                "A sign-in works once, in the browser where you began it. If your browser blocks cookies, allow those of this site.",
            ),
            LoginStateError::Expired => (
                "That took more than ten minutes",
                "For your safety a sign-in must be finished within ten minutes. You were not signed in.",
            ),
        };
        Self {
            status: StatusCode::BAD_REQUEST,
            heading,
            advice,
            asks: false,
        }
    }

    fn of_login(error: &LoginError) -> Self {
        tracing::warn!(%error, "nobody was signed in");
        match error {
            LoginError::Denied(_) => Self {
                status: StatusCode::FORBIDDEN,
                heading: "You did not sign in",
                advice: "The sign-in was canceled, or the sign-in service refused it. Nothing has changed here.",
                asks: false,
            },
            LoginError::OtherLogin => Self {
                status: StatusCode::BAD_REQUEST,
                heading: "This answer belongs to another sign-in",
                advice: "Perhaps you began twice, in two tabs. You were not signed in: begin once more.",
                asks: false,
            },
            LoginError::AskedTooLongAgo => Self {
                status: StatusCode::FORBIDDEN,
                heading: "The sign-in service did not ask who you are",
                advice: "It knew you from an earlier sign-in, and after a session has ended that is not enough. You were not signed in.",
                asks: true,
            },
            LoginError::AskedNobodyKnowsWhen => Self {
                status: StatusCode::BAD_GATEWAY,
                heading: "The sign-in service did not say when it asked who you are",
                advice: "CarteFi needs to know, so that nobody comes in by an old sign-in. You were not signed in. Try again; if it happens again, tell whoever runs this installation that auth_time is missing.",
                asks: true,
            },
            LoginError::Unavailable(_) | LoginError::Config(_) => Self {
                status: StatusCode::SERVICE_UNAVAILABLE,
                heading: "The sign-in service does not answer",
                advice: "Your books are safe, but nobody can sign in until it does. Wait a minute and try again.",
                asks: false,
            },
            LoginError::Token(_) => Self {
                status: StatusCode::BAD_GATEWAY,
                heading: "The sign-in service’s answer could not be trusted",
                advice: "You were not signed in. Try again; if it happens again, tell whoever runs this installation.",
                asks: false,
            },
        }
    }

    fn of_person(error: IdentityError) -> Self {
        match error {
            IdentityError::EmailMissing => Self {
                status: StatusCode::FORBIDDEN,
                heading: "Your account has no e-mail address",
                advice: "CarteFi needs one. Add an address to your account at the sign-in service, or sign in with another account.",
                asks: false,
            },
            IdentityError::EmailUnverified => Self {
                status: StatusCode::FORBIDDEN,
                heading: "Your e-mail address is not confirmed",
                advice: "Open the message that the sign-in service sent you, confirm the address there, and sign in again.",
                asks: false,
            },
            IdentityError::Login(error) => Self::of_login(&error),
            error => {
                tracing::error!(%error, "a sign-in could not be recorded");
                Self {
                    status: StatusCode::SERVICE_UNAVAILABLE,
                    heading: "You could not be signed in this minute",
                    advice: "The fault is ours. Wait a moment and try again.",
                    asks: false,
                }
            }
        }
    }

    fn page(self, page: &PageRequest, return_to: &ReturnTo) -> Response {
        page.html_with(self.status, "Sign in", || {
            LoginPage(LoginPageProps {
                heading: self.heading.to_owned(),
                advice: self.advice.to_owned(),
                retry: if self.asks {
                    login_again_address(return_to)
                } else {
                    login_address(return_to)
                },
                theme: page.theme,
            })
        })
    }
}
