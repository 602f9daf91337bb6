//! A small OpenID Connect provider, as honest or as broken as a test wants it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD, engine::general_purpose::URL_SAFE_NO_PAD};
use identity::{Callback, Clock, ManualClock};
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey,
    core::{CoreHmacKey, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

pub const CLIENT_ID: &str = "cartefi";
pub const CLIENT_SECRET: &str = "a secret of the tests";

/// Two keys made for these tests and used nowhere else.
const KEYS: [&str; 2] = [include_str!("keys/first.pem"), include_str!("keys/second.pem")];

/// How a token is signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// By the key of that index, under its own id.
    Key(usize),
    /// By the second key, under the first one's id.
    Forged,
    /// Not at all.
    None,
    /// With the client's secret.
    Secret,
}

/// What the provider does; tests change it.
pub struct Behavior {
    pub signature: Signature,
    /// Indexes of the keys it publishes.
    pub published: Vec<usize>,
    /// Claims in place of the true ones; null leaves one out.
    pub claims: Value,
    pub userinfo: Option<Value>,
    pub end_session: bool,
    pub basic_auth: bool,
    pub down: bool,
    pub discoveries: usize,
    grants: HashMap<String, Grant>,
}

/// A code that was given out.
struct Grant {
    nonce: String,
    challenge: String,
    redirect_uri: String,
}

#[derive(Clone)]
pub struct TestProvider {
    pub issuer: String,
    clock: Arc<ManualClock>,
    behavior: Arc<Mutex<Behavior>>,
}

impl TestProvider {
    pub async fn start(clock: Arc<ManualClock>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let provider = Self {
            issuer: format!("http://{address}"),
            clock,
            behavior: Arc::new(Mutex::new(Behavior {
                signature: Signature::Key(0),
                published: vec![0],
                claims: json!({}),
                userinfo: None,
                end_session: true,
                basic_auth: true,
                down: false,
                discoveries: 0,
                grants: HashMap::new(),
            })),
        };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(jwks))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub fn behavior(&self) -> MutexGuard<'_, Behavior> {
        self.behavior.lock().expect("no test panicked with it")
    }

    /// What happens in the browser: the person signs in and is sent back.
    pub fn authorize(&self, address: &Url) -> Callback {
        let query: HashMap<String, String> = address.query_pairs().into_owned().collect();
        assert_eq!(address.path(), "/authorize");
        assert_eq!(query["client_id"], CLIENT_ID);
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["scope"], "openid email profile");
        assert_eq!(query["code_challenge_method"], "S256");
        let mut behavior = self.behavior();
        let code = format!("code {}", behavior.grants.len());
        let grant = Grant {
            nonce: query["nonce"].clone(),
            challenge: query["code_challenge"].clone(),
            redirect_uri: query["redirect_uri"].clone(),
        };
        behavior.grants.insert(code.clone(), grant);
        Callback {
            code: Some(code),
            state: Some(query["state"].clone()),
            error: None,
            iss: None,
        }
    }

    fn id_token(&self, behavior: &Behavior, nonce: &str) -> String {
        let now = self.clock.now().unix_timestamp();
        let mut claims = json!({
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "dana",
            "iat": now,
            "exp": now + 300,
            "auth_time": now - 5,
            "nonce": nonce,
            "email": "dana@example.com",
            "email_verified": true,
            "name": "Dana Ruiz",
            "amr": ["pwd", "otp", "mfa"],
        });
        let changes = behavior.claims.as_object().expect("claims");
        for (name, value) in changes {
            if value.is_null() {
                claims.as_object_mut().expect("claims").remove(name);
            } else {
                claims[name] = value.clone();
            }
        }
        let (algorithm, key_id) = match behavior.signature {
            Signature::Key(n) => ("RS256", key_id(n)),
            Signature::Forged => ("RS256", key_id(0)),
            Signature::None => ("none", key_id(0)),
            Signature::Secret => ("HS256", key_id(0)),
        };
        let head = json!({ "alg": algorithm, "kid": key_id, "typ": "JWT" });
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(head.to_string()),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let rs256 = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
        let signature = match behavior.signature {
            Signature::Key(n) => key(n).sign(&rs256, signed.as_bytes()),
            Signature::Forged => key(1).sign(&rs256, signed.as_bytes()),
            Signature::None => Ok(Vec::new()),
            Signature::Secret => {
                CoreHmacKey::new(CLIENT_SECRET).sign(&CoreJwsSigningAlgorithm::HmacSha256, signed.as_bytes())
            }
        };
        let signature = signature.expect("a signature");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

fn key(n: usize) -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(KEYS[n], Some(JsonWebKeyId::new(key_id(n)))).expect("a key of the tests")
}

fn key_id(n: usize) -> String {
    format!("key {n}")
}

async fn discovery(State(provider): State<TestProvider>) -> Response {
    let mut behavior = provider.behavior();
    if behavior.down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    behavior.discoveries += 1;
    let at = |path: &str| format!("{}{path}", provider.issuer);
    let mut document = json!({
        "issuer": provider.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        "token_endpoint_auth_methods_supported":
            if behavior.basic_auth { ["client_secret_basic"] } else { ["client_secret_post"] },
    });
    if behavior.userinfo.is_some() {
        document["userinfo_endpoint"] = at("/userinfo").into();
    }
    if behavior.end_session {
        document["end_session_endpoint"] = at("/session/end").into();
    }
    Json(document).into_response()
}

async fn jwks(State(provider): State<TestProvider>) -> Json<Value> {
    let published = provider.behavior().published.clone();
    let keys: Vec<_> = published.into_iter().map(|n| key(n).as_verification_key()).collect();
    Json(json!({ "keys": keys }))
}

async fn token(
    State(provider): State<TestProvider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let mut behavior = provider.behavior();
    let authorized = if behavior.basic_auth {
        let secret: String = url::form_urlencoded::byte_serialize(CLIENT_SECRET.as_bytes()).collect();
        let expected = format!("Basic {}", STANDARD.encode(format!("{CLIENT_ID}:{secret}")));
        headers
            .get(header::AUTHORIZATION)
            .is_some_and(|value| value.as_bytes() == expected.as_bytes())
    } else {
        form.get("client_secret").is_some_and(|s| s == CLIENT_SECRET)
    };
    if !authorized {
        return refusal("invalid_client");
    }
    let grant = form.get("code").and_then(|code| behavior.grants.remove(code));
    let challenge = |verifier: &String| URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let redeemed = grant.filter(|grant| {
        form.get("code_verifier").map(challenge).as_ref() == Some(&grant.challenge)
            && form.get("redirect_uri") == Some(&grant.redirect_uri)
    });
    let Some(grant) = redeemed else {
        return refusal("invalid_grant");
    };
    let id_token = provider.id_token(&behavior, &grant.nonce);
    Json(json!({
        "access_token": "an access token", "token_type": "Bearer", "expires_in": 300, "id_token": id_token,
    }))
    .into_response()
}

fn refusal(error: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response()
}

async fn userinfo(State(provider): State<TestProvider>, headers: HeaderMap) -> Response {
    let sent = headers.get(header::AUTHORIZATION);
    assert_eq!(
        sent.map(|value| value.as_bytes()),
        Some(b"Bearer an access token".as_slice())
    );
    Json(provider.behavior().userinfo.clone()).into_response()
}
