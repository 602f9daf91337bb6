//! To the sign-in service and back.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use identity::{Clock, LOGIN_LIFE, ManualClock};
use serde_json::json;
use testkit::Kit;
use time::Duration;
use tower_sessions::SessionStore;
use url::Url;
use uuid::Uuid;

use crate::provider::TestProvider;
use crate::support::{Answer, NOON, Site};

const LOGIN: &str = "cartefi-login";
const SESSION: &str = "cartefi";

/// A sign-in service where somebody new signs in, and a server that is its client.
async fn pair(kit: &Kit) -> (TestProvider, Site) {
    let clock = Arc::new(ManualClock::at(NOON));
    let provider = TestProvider::start(clock.clone()).await;
    let subject = Uuid::new_v4().to_string();
    let email = format!("dana-{subject}@example.com");
    provider.behavior().claims = json!({ "sub": subject, "email": email });
    let site = Site::signing_in_at(kit, &provider.issuer, clock);
    (provider, site)
}

async fn get(site: &Site, address: &str, cookies: &str) -> Answer {
    let request = Request::get(address)
        .header(header::COOKIE, cookies)
        .body(Body::empty())
        .expect("a request");
    site.send(request).await
}

/// What the browser keeps of a `Set-Cookie`.
fn kept(answer: &Answer, name: &str) -> String {
    let cookie = answer.cookie(name).unwrap_or_else(|| panic!("no {name}: {answer:?}"));
    cookie.split(';').next().expect("a value").to_owned()
}

/// Begins at an address, signs in there, and gives the way back with the cookie that it needs.
async fn begin(provider: &TestProvider, site: &Site, address: &str) -> (String, String) {
    let answer = site.get(address).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let there = Url::parse(answer.header("location")).expect("an address");
    let callback = provider.authorize(&there);
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("code", &callback.code.expect("a code"))
        .append_pair("state", &callback.state.expect("a state"))
        .finish();
    (format!("/login/callback?{query}"), kept(&answer, LOGIN))
}

#[test]
fn a_sign_in_leads_to_the_service_and_back_to_the_page() {
    testkit::run(async |kit| {
        let (provider, site) = pair(kit).await;
        let asked = site.get("/companies").await;
        let (back, cookie) = begin(&provider, &site, asked.header("location")).await;
        let answer = get(&site, &back, &cookie).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.header("location"), "/companies");
        let session = answer.cookie(SESSION).expect("a session");
        assert!(session.ends_with("; HttpOnly; SameSite=Lax; Path=/"), "{session}");
        assert!(
            answer
                .cookie(LOGIN)
                .is_some_and(|removal| removal.contains("Max-Age=0"))
        );

        let page = get(&site, "/companies", &kept(&answer, SESSION)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("Dana Ruiz") && page.body.contains("No company yet"));
        let again = get(&site, "/login?return_to=/companies/new", &kept(&answer, SESSION)).await;
        assert_eq!(again.header("location"), "/companies/new", "who is signed in goes on");
        let front = get(&site, "/", &kept(&answer, SESSION)).await;
        assert_eq!(front.header("location"), "/companies");
    });
}

#[test]
fn a_sign_in_never_leads_to_another_website() {
    testkit::run(async |kit| {
        let (provider, site) = pair(kit).await;
        for elsewhere in [
            "https://evil.example/",
            "//evil.example/",
            "/%5Cevil.example",
            "%2F%2Fevil.example",
            "/%09/evil.example",
            "javascript:alert(1)",
        ] {
            let address = format!("/login?return_to={elsewhere}");
            let (back, cookie) = begin(&provider, &site, &address).await;
            let answer = get(&site, &back, &cookie).await;
            assert_eq!(answer.header("location"), "/", "{elsewhere}");
        }
        let pairs = [("theme", "dark"), ("return_to", "//evil.example")];
        let theme = site.post("/theme", "text/html", &pairs).await;
        assert_eq!(theme.header("location"), "/");
    });
}

#[test]
fn the_cookie_of_a_login_is_for_ten_minutes_and_this_site() {
    testkit::run(async |kit| {
        let (provider, site) = pair(kit).await;
        let answer = site.get("/login").await;
        let cookie = answer.cookie(LOGIN).expect("a cookie");
        assert!(
            cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=600"),
            "{cookie}"
        );
        let (back, cookie) = begin(&provider, &site, "/login?return_to=/companies").await;
        site.clock.advance(LOGIN_LIFE);
        let late = get(&site, &back, &cookie).await;
        assert_eq!(late.status, StatusCode::BAD_REQUEST);
        assert!(late.body.contains("That took more than ten minutes"), "{}", late.body);
    });
}

#[test]
fn an_answer_that_this_browser_did_not_ask_for_signs_nobody_in() {
    testkit::run(async |kit| {
        let (provider, site) = pair(kit).await;
        let (back, _) = begin(&provider, &site, "/login").await;
        let without = site.get(&back).await;
        assert_eq!(without.status, StatusCode::BAD_REQUEST);
        assert!(without.body.contains("not begun in this browser"), "{}", without.body);

        let (_, others) = begin(&provider, &site, "/login").await;
        let mixed = get(&site, &back, &others).await;
        assert_eq!(mixed.status, StatusCode::BAD_REQUEST);
        assert!(mixed.body.contains("belongs to another sign-in"), "{}", mixed.body);
        assert!(without.cookie(SESSION).is_none() && mixed.cookie(SESSION).is_none());
        assert_eq!(site.get("/login/callback").await.status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn a_refusal_is_told_in_plain_words_with_a_way_to_try_again() {
    testkit::run(async |kit| {
        let (provider, site) = pair(kit).await;
        let (back, cookie) = begin(&provider, &site, "/login?return_to=/companies").await;
        let state = back.split("state=").nth(1).expect("a state");
        let canceled = format!("/login/callback?error=access_denied&state={state}");
        let answer = get(&site, &canceled, &cookie).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains("You did not sign in"), "{}", answer.body);
        assert!(answer.body.contains("href=\"/login?return_to=%2Fcompanies\""));

        provider.behavior().claims["email_verified"] = json!(false);
        let (back, cookie) = begin(&provider, &site, "/login").await;
        let answer = get(&site, &back, &cookie).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(
            answer.body.contains("Your e-mail address is not confirmed"),
            "{}",
            answer.body
        );
        assert!(answer.cookie(SESSION).is_none());
    });
}

#[test]
fn while_the_service_is_away_the_page_says_so() {
    testkit::run(async |kit| {
        let (provider, site) = pair(kit).await;
        provider.behavior().down = true;
        let answer = site.get("/login?return_to=/companies").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(
            answer.body.contains("The sign-in service does not answer"),
            "{}",
            answer.body
        );
    });
}

#[test]
fn signing_out_ends_the_session_here_and_there() {
    testkit::run(async |kit| {
        let (provider, site) = pair(kit).await;
        let (back, cookie) = begin(&provider, &site, "/login").await;
        let session = kept(&get(&site, &back, &cookie).await, SESSION);
        let request = Request::post("/logout")
            .header(header::COOKIE, &session)
            .header("sec-fetch-site", "same-origin")
            .body(Body::empty())
            .expect("a request");
        let answer = site.send(request).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let there = Url::parse(answer.header("location")).expect("an address");
        assert_eq!(there.path(), "/session/end");
        let says = |name: &str| there.query_pairs().any(|(of, _)| of == name);
        assert!(says("id_token_hint") && says("post_logout_redirect_uri"));
        let after = get(&site, "/companies", &session).await;
        assert_eq!(after.header("location"), "/signed-out?return_to=%2Fcompanies");
        let told = site.get(after.header("location")).await;
        assert!(told.body.contains("This browser was signed out"), "{}", told.body);
        let asks = told.body.contains("href=\"/login?return_to=%2Fcompanies&amp;ask=yes\"");
        assert!(asks, "{}", told.body);
        let anew = site.get("/login?return_to=%2Fcompanies&ask=yes").await;
        assert!(
            anew.header("location").contains("prompt=login"),
            "the service asks who it is"
        );
    });
}

#[test]
fn a_service_that_did_not_ask_who_it_is_is_told_to() {
    testkit::run(async |kit| {
        let (provider, site) = pair(kit).await;
        provider.behavior().claims["auth_time"] = json!((NOON - Duration::HOUR).unix_timestamp());
        let (back, cookie) = begin(&provider, &site, "/login?return_to=/companies").await;
        let answer = get(&site, &back, &cookie).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains("did not ask who you are"), "{}", answer.body);
        assert!(
            answer
                .body
                .contains("href=\"/login?return_to=%2Fcompanies&amp;ask=yes\"")
        );
        assert!(answer.cookie(SESSION).is_none());
    });
}

#[test]
fn who_was_signed_out_elsewhere_is_asked_anew_although_the_service_knows_them() {
    testkit::run(async |kit| {
        let (provider, site) = pair(kit).await;
        let (back, cookie) = begin(&provider, &site, "/login").await;
        let session = kept(&get(&site, &back, &cookie).await, SESSION);
        let page = get(&site, "/account/sessions", &session).await;
        assert_eq!(page.status, StatusCode::OK);
        let id = session.trim_start_matches("cartefi=").parse().expect("an id");
        let known = site
            .state
            .sessions
            .load(&id)
            .await
            .expect("an answer")
            .expect("a session");
        let who: identity::SignedIn = serde_json::from_value(known.data["signed_in"].clone()).expect("who");
        site.clock.advance(Duration::MINUTE);
        let asked = (site.clock.now() - Duration::MINUTE).unix_timestamp();
        site.state
            .sessions
            .revoke_all(who.person)
            .await
            .expect("ended elsewhere");

        // The browser asks for `/login` itself, without being told to ask anew, and the service knows the person.
        provider.behavior().claims["auth_time"] = json!(asked);
        let (back, cookie) = begin(&provider, &site, "/login?return_to=/companies").await;
        let answer = get(&site, &back, &cookie).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains("did not ask who you are"), "{}", answer.body);
        assert!(answer.cookie(SESSION).is_none());
    });
}
