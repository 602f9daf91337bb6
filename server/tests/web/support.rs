//! A whole server without a socket: the real router on a real installation, with routes of the test beside its own.

use std::path::PathBuf;
use std::sync::Arc;

use app::assets::AssetUrls;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use identity::{Clock, CookiePolicy, ManualClock, PersonSessionStore, Provider, ProviderConfig};
use server::config::WebConfig;
use server::readiness::Readiness;
use server::routes::{Route, router, routes};
use server::state::AppState;
use tenancy::Secret;
use testkit::Kit;
use time::OffsetDateTime;
use time::macros::datetime;
use tower::ServiceExt;

use crate::provider::{CLIENT_ID, CLIENT_SECRET};

/// When the tests' clocks begin.
pub const NOON: OffsetDateTime = datetime!(2026-10-31 12:00 UTC);
/// Where the server is, as the tests' browsers know it.
pub const HERE: &str = "http://localhost:3000";
/// A sign-in service that is never asked.
const ELSEWHERE: &str = "https://login.example/tenant";

/// A server under test.
pub struct Site {
    router: Router,
    /// What its requests share.
    pub state: AppState,
    /// Its clock, which stands still.
    pub clock: Arc<ManualClock>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Site {
    /// The server as it is.
    pub fn plain(kit: &Kit) -> Self {
        Self::with(kit, vec![], HERE)
    }

    /// The server with these routes besides its own, public at this address.
    pub fn with(kit: &Kit, more: Vec<Route>, public_url: &str) -> Self {
        let clock = Arc::new(ManualClock::at(NOON));
        Self::of(kit, more, public_url, ELSEWHERE, clock)
    }

    /// The server as a client of this sign-in service.
    pub fn signing_in_at(kit: &Kit, issuer: &str, clock: Arc<ManualClock>) -> Self {
        Self::of(kit, vec![], HERE, issuer, clock)
    }

    fn of(kit: &Kit, more: Vec<Route>, public_url: &str, issuer: &str, clock: Arc<ManualClock>) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("site");
        std::fs::create_dir_all(folder.join("pkg")).expect("a folder for the built files");
        std::fs::write(folder.join("pkg/cartefi.css"), "body{}").expect("a style sheet");
        let time: Arc<dyn Clock> = clock.clone();
        let provider = ProviderConfig {
            issuer: issuer.to_owned(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: Secret::new(CLIENT_SECRET),
            public_url: public_url.parse().expect("an address"),
        };
        let state = AppState {
            web: Arc::new(WebConfig {
                port: 3000,
                bind: [127, 0, 0, 1].into(),
                public_url: Some(provider.public_url.clone()),
                site: folder,
                recurring: false,
                oidc_issuer: issuer.to_owned(),
                oidc_client_id: CLIENT_ID.to_owned(),
                oidc_client_secret_file: PathBuf::new(),
            }),
            assets: Arc::new(AssetUrls {
                stylesheet: "/pkg/cartefi.css?v=1".to_owned(),
                script: "/pkg/cartefi.js?v=2".to_owned(),
                wasm: "/pkg/cartefi_bg.wasm?v=3".to_owned(),
                font: "/pkg/inter.woff2?v=4".to_owned(),
                icon: "/icon.svg".to_owned(),
                reload: None,
            }),
            readiness: Readiness::default(),
            cookies: CookiePolicy::at(&provider.public_url).expect("an address for cookies"),
            provider: Arc::new(Provider::new(&provider, time.clone()).expect("a provider")),
            sessions: PersonSessionStore::new(kit.tenancy.clone(), time.clone()),
            tenancy: kit.tenancy.clone(),
            clock: time,
        };
        let all = routes().into_iter().chain(more).collect();
        let router = router(all, state.clone()).expect("the settings are right");
        Self { router, state, clock }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router always answers");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 10_000_000).await.expect("a body that ends");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    pub async fn get(&self, address: &str) -> Answer {
        let request = Request::get(address).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    /// Posts a form as a browser does from our own page, asking for `accept`.
    pub async fn post(&self, address: &str, accept: &str, pairs: &[(&str, &str)]) -> Answer {
        self.send(posted(address, accept, "", pairs)).await
    }
}

/// A form as a browser posts it from our own page, with these cookies.
pub fn posted(address: &str, accept: &str, cookies: &str, pairs: &[(&str, &str)]) -> Request<Body> {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, accept)
        .header(header::COOKIE, cookies)
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .expect("a request")
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The `Set-Cookie` of this name.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|cookie| cookie.to_str().ok())
            .find(|cookie| cookie.split_once('=').is_some_and(|(of, _)| of == name))
    }
}
