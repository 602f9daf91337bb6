//! The code flow against a provider that tests can break.

use std::sync::Arc;

use identity::{
    Callback, Clock, IDLE_LIFE, Identified, LoginError, LoginState, ManualClock, Provider, ProviderConfig, ReturnTo,
};
use serde_json::{Value, json};
use tenancy::Secret;
use time::Duration;
use url::Url;

use crate::{
    kit::NOON,
    provider::{CLIENT_ID, CLIENT_SECRET, Signature, TestProvider},
};

/// A provider, and CarteFi as its client.
struct Pair {
    clock: Arc<ManualClock>,
    there: TestProvider,
    here: Provider,
}

impl Pair {
    async fn new() -> Self {
        let clock = Arc::new(ManualClock::at(NOON));
        let there = TestProvider::start(clock.clone()).await;
        let here = Provider::new(&config(&there.issuer), clock.clone()).expect("a provider");
        Self { clock, there, here }
    }

    async fn begin(&self) -> (Callback, LoginState) {
        let return_to = ReturnTo::parse("/companies").expect("a path");
        let (address, begun) = self.here.login_begin(return_to).await.expect("a login");
        (self.there.authorize(&address), begun)
    }

    async fn sign_in(&self) -> Result<Identified, LoginError> {
        let (callback, begun) = self.begin().await;
        self.here.login_finish(begun, callback).await
    }

    /// The refusal of a login whose token has these claims in place of the true ones.
    async fn refusal_of(&self, claims: Value) -> Option<String> {
        self.there.behavior().claims = claims;
        match self.sign_in().await {
            Err(LoginError::Token(error)) => Some(error.to_string()),
            Err(other) => panic!("the token itself must be refused: {other}"),
            Ok(_) => None,
        }
    }
}

fn config(issuer: &str) -> ProviderConfig {
    ProviderConfig {
        issuer: issuer.to_owned(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: Secret::new(CLIENT_SECRET),
        public_url: Url::parse("http://localhost:3000").expect("an address"),
    }
}

#[tokio::test]
async fn the_code_flow_tells_who_signed_in_and_how() {
    let pair = Pair::new().await;
    let (callback, begun) = pair.begin().await;
    assert_eq!(begun.return_to.as_str(), "/companies");
    let dana = pair.here.login_finish(begun, callback).await.expect("Dana");
    assert_eq!(dana.issuer, pair.there.issuer);
    assert_eq!(dana.subject, "dana");
    assert_eq!(dana.email.as_deref(), Some("dana@example.com"));
    assert_eq!(dana.email_verified, Some(true));
    assert_eq!(dana.name.as_deref(), Some("Dana Ruiz"));
    assert_eq!(dana.amr, ["pwd", "otp", "mfa"]);
    assert_eq!(dana.auth_time, NOON - Duration::seconds(5));
    assert!(!format!("{dana:?}").contains("dana@"));
}

#[tokio::test]
async fn every_login_has_a_state_a_nonce_and_a_challenge_of_its_own() {
    let pair = Pair::new().await;
    let mut seen = std::collections::HashSet::new();
    for _ in 0..2 {
        let (address, _) = pair.here.login_begin(ReturnTo::default()).await.expect("a login");
        for (name, value) in address.query_pairs() {
            if ["state", "nonce", "code_challenge"].contains(&name.as_ref()) {
                assert!(value.len() >= 16, "{name}");
                seen.insert(value.to_string());
            }
            if name == "redirect_uri" {
                assert_eq!(value, "http://localhost:3000/login/callback");
            }
        }
    }
    assert_eq!(seen.len(), 6);
}

#[tokio::test]
async fn the_provider_is_told_to_ask_whoever_it_did_not_ask_since_the_session_began() {
    let pair = Pair::new().await;
    let asked = |address: Url| {
        let of = |name: &str| {
            address
                .query_pairs()
                .find(|(of, _)| of == name)
                .map(|(_, value)| value.into_owned())
        };
        (of("max_age"), of("prompt"))
    };
    let (usual, _) = pair.here.login_begin(ReturnTo::default()).await.expect("a login");
    assert_eq!(
        asked(usual),
        (Some("840".to_owned()), None),
        "less than a session lasts idle"
    );
    let (anew, _) = pair.here.login_begin_anew(ReturnTo::default()).await.expect("a login");
    assert_eq!(asked(anew), (Some("0".to_owned()), Some("login".to_owned())));
}

#[tokio::test]
async fn a_provider_that_did_not_ask_again_signs_nobody_in_after_an_idle_end() {
    let pair = Pair::new().await;
    let stated = |before: Duration| json!({ "auth_time": (NOON - before).unix_timestamp() });
    pair.there.behavior().claims = stated(IDLE_LIFE);
    assert!(pair.sign_in().await.is_ok(), "within the minute that clocks may differ");
    pair.there.behavior().claims = stated(IDLE_LIFE + Duration::seconds(1));
    let refusal = pair.sign_in().await;
    assert!(matches!(refusal, Err(LoginError::AskedTooLongAgo)), "{refusal:?}");

    // Whoever is slow at the provider was asked after the login began.
    pair.there.behavior().claims = stated(Duration::ZERO);
    let (callback, begun) = pair.begin().await;
    pair.clock.advance(Duration::minutes(9));
    assert!(pair.here.login_finish(begun, callback).await.is_ok());

    let (address, begun) = pair.here.login_begin_anew(ReturnTo::default()).await.expect("a login");
    let callback = pair.there.authorize(&address);
    let refusal = pair.here.login_finish(begun, callback).await;
    assert!(
        matches!(refusal, Err(LoginError::AskedTooLongAgo)),
        "nine minutes ago is too long for somebody whose session was ended"
    );
}

#[tokio::test]
async fn a_token_that_says_not_when_the_provider_asked_is_refused() {
    let pair = Pair::new().await;
    pair.there.behavior().claims = json!({ "auth_time": null });
    // What a provider may leave out where the browser took `max_age` from the question.
    let refusal = pair.sign_in().await;
    assert!(matches!(refusal, Err(LoginError::AskedNobodyKnowsWhen)), "{refusal:?}");
}

#[tokio::test]
async fn an_answer_with_another_state_or_of_another_provider_is_refused() {
    let pair = Pair::new().await;
    for change in [
        |callback: &mut Callback| callback.state = Some("forged".to_owned()),
        |callback: &mut Callback| callback.state = None,
        |callback: &mut Callback| callback.iss = Some("https://other.example".to_owned()),
        |callback: &mut Callback| {
            callback.state = None;
            callback.error = Some("access_denied".to_owned());
        },
    ] {
        let (mut callback, begun) = pair.begin().await;
        change(&mut callback);
        let refusal = pair.here.login_finish(begun, callback).await;
        assert!(matches!(refusal, Err(LoginError::OtherLogin)), "{refusal:?}");
    }
    let (mut callback, begun) = pair.begin().await;
    callback.iss = Some(pair.there.issuer.clone());
    assert!(pair.here.login_finish(begun, callback).await.is_ok());
}

#[tokio::test]
async fn a_person_who_says_no_is_not_signed_in() {
    let pair = Pair::new().await;
    let (mut callback, begun) = pair.begin().await;
    callback.code = None;
    callback.error = Some("access_denied".to_owned());
    let refusal = pair.here.login_finish(begun, callback).await;
    assert!(matches!(refusal, Err(LoginError::Denied(error)) if error == "access_denied"));
}

#[tokio::test]
async fn a_code_is_redeemed_once_and_only_by_the_login_that_asked_for_it() {
    let pair = Pair::new().await;
    let (victims, _) = pair.begin().await;
    let (mut own, begun) = pair.begin().await;
    own.code = victims.code;
    let refusal = pair.here.login_finish(begun, own).await;
    assert!(
        matches!(refusal, Err(LoginError::Denied(error)) if error == "invalid_grant"),
        "the verifier does not fit the code's challenge"
    );
}

#[tokio::test]
async fn a_token_for_another_login_audience_issuer_or_time_is_refused() {
    let pair = Pair::new().await;
    let now = NOON.unix_timestamp();
    for (claims, expected) in [
        (json!({ "nonce": "another" }), "Invalid nonce"),
        (json!({ "nonce": null }), "Invalid nonce"),
        (json!({ "aud": "another client" }), "Invalid audience"),
        (json!({ "aud": [CLIENT_ID, "another client"] }), "Invalid audience"),
        (json!({ "iss": "https://other.example" }), "Invalid issuer"),
        (json!({ "exp": now - 60 }), "Expired"),
        (json!({ "iat": now + 61 }), "Expired"),
        (json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }), "at_hash"),
    ] {
        let refusal = pair.refusal_of(claims.clone()).await;
        assert!(
            refusal.as_deref().is_some_and(|text| text.contains(expected)),
            "{claims}: {refusal:?}"
        );
    }
}

#[tokio::test]
async fn a_providers_clock_may_be_a_minute_off() {
    let pair = Pair::new().await;
    let now = NOON.unix_timestamp();
    for claims in [json!({ "exp": now - 59 }), json!({ "iat": now + 60 })] {
        assert_eq!(pair.refusal_of(claims.clone()).await, None, "{claims}");
    }
}

#[tokio::test]
async fn only_the_providers_own_signature_counts() {
    let pair = Pair::new().await;
    for signature in [Signature::Forged, Signature::None, Signature::Secret] {
        pair.there.behavior().signature = signature;
        let refusal = pair.refusal_of(json!({})).await;
        assert_eq!(refusal.as_deref(), Some("Signature verification failed"));
    }
    pair.there.behavior().signature = Signature::Key(0);
    assert_eq!(pair.refusal_of(json!({})).await, None);
}

#[tokio::test]
async fn a_new_signing_key_is_fetched_when_a_token_names_it() {
    let pair = Pair::new().await;
    pair.sign_in().await.expect("the first key");
    {
        let mut behavior = pair.there.behavior();
        behavior.signature = Signature::Key(1);
        behavior.published = vec![1];
    }
    pair.sign_in().await.expect("the second key");
    assert_eq!(pair.there.behavior().discoveries, 2);
    pair.sign_in().await.expect("the second key, known now");
    assert_eq!(pair.there.behavior().discoveries, 2);
}

#[tokio::test]
async fn tokens_of_unknown_keys_make_us_ask_at_most_once_a_minute() {
    let pair = Pair::new().await;
    pair.there.behavior().signature = Signature::Key(1);
    for (wait, discoveries) in [(0, 2), (0, 2), (59, 2), (1, 3), (0, 3)] {
        pair.clock.advance(Duration::seconds(wait));
        let refusal = pair.refusal_of(json!({})).await;
        assert_eq!(refusal.as_deref(), Some("Signature verification failed"));
        assert_eq!(pair.there.behavior().discoveries, discoveries);
    }
}

#[tokio::test]
async fn what_the_provider_publishes_is_asked_for_once_an_hour() {
    let pair = Pair::new().await;
    for (wait, discoveries) in [(0, 1), (59, 1), (1, 2)] {
        pair.clock.advance(Duration::minutes(wait));
        pair.sign_in().await.expect("a login");
        assert_eq!(pair.there.behavior().discoveries, discoveries);
    }
}

#[tokio::test]
async fn a_provider_that_is_down_is_tried_again_at_the_next_login() {
    let pair = Pair::new().await;
    pair.there.behavior().down = true;
    let refusal = pair.here.login_begin(ReturnTo::default()).await;
    assert!(matches!(refusal, Err(LoginError::Unavailable(_))));
    pair.there.behavior().down = false;
    assert!(pair.sign_in().await.is_ok());
}

#[tokio::test]
async fn an_address_that_only_userinfo_tells_is_asked_for_there() {
    let pair = Pair::new().await;
    {
        let mut behavior = pair.there.behavior();
        behavior.claims = json!({ "email": null, "email_verified": null, "name": null });
        behavior.userinfo = Some(json!({
            "sub": "dana", "email": "dana@example.com", "email_verified": true, "name": "Dana Ruiz",
        }));
    }
    let dana = pair.sign_in().await.expect("Dana");
    assert_eq!(dana.email.as_deref(), Some("dana@example.com"));
    assert_eq!(dana.email_verified, Some(true));
    assert_eq!(dana.name.as_deref(), Some("Dana Ruiz"));

    pair.there.behavior().userinfo = Some(json!({ "sub": "eve", "email": "dana@example.com" }));
    assert!(
        matches!(pair.sign_in().await, Err(LoginError::Unavailable(_))),
        "what is told of another subject is not taken"
    );
}

#[tokio::test]
async fn without_any_address_the_caller_is_told_so() {
    let pair = Pair::new().await;
    pair.there.behavior().claims = json!({ "email": null, "email_verified": null, "amr": null });
    let dana = pair.sign_in().await.expect("Dana");
    assert_eq!(dana.email, None);
    assert_eq!(dana.email_verified, None);
    assert_eq!(dana.amr, [""; 0]);
}

#[tokio::test]
async fn a_provider_that_takes_no_basic_authentication_gets_the_secret_in_the_form() {
    let pair = Pair::new().await;
    pair.there.behavior().basic_auth = false;
    assert!(pair.sign_in().await.is_ok());
}

#[tokio::test]
async fn signing_out_leads_to_the_providers_own_sign_out_and_back() {
    let pair = Pair::new().await;
    let dana = pair.sign_in().await.expect("Dana");
    let address = pair.here.logout_url(&dana.id_token).await.expect("an answer");
    let address = address.expect("an address");
    assert_eq!(
        address.as_str().split('?').next(),
        Some(format!("{}/session/end", pair.there.issuer).as_str())
    );
    let query: std::collections::HashMap<_, _> = address.query_pairs().into_owned().collect();
    assert_eq!(query["id_token_hint"], dana.id_token.expose());
    assert_eq!(query["client_id"], CLIENT_ID);
    assert_eq!(query["post_logout_redirect_uri"], "http://localhost:3000/");

    pair.there.behavior().end_session = false;
    pair.clock.advance(Duration::hours(1));
    let nowhere = pair.here.logout_url(&dana.id_token).await;
    assert_eq!(nowhere.expect("an answer"), None);
}

#[test]
fn a_provider_is_reached_by_https_or_on_this_computer() {
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(NOON));
    for (issuer, good) in [
        ("https://tenant.auth0.example/", true),
        ("http://localhost:3001", true),
        ("http://provider.example", false),
        ("provider.example", false),
    ] {
        let made = Provider::new(&config(issuer), clock.clone());
        assert_eq!(made.is_ok(), good, "{issuer}");
    }
}
