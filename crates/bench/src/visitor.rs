//! Somebody who is signed in, at the server's own router.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use futures::StreamExt;
use identity::{
    Clock, CookiePolicy, EmailPolicy, Identified, PersonSessionStore, Provider, ProviderConfig, SystemClock,
    membership_grant, sign_in,
};
use server::assets;
use server::config::WebConfig;
use server::readiness::Readiness;
use server::routes::{router, routes};
use server::state::AppState;
use tenancy::{Actor, Cx, Role, Secret};
use testkit::Kit;
use tower::ServiceExt;
use tower_sessions::Session;

const HERE: &str = "http://localhost:3000";
/// A page is never this long.
const PAGE_BYTES_MAX: usize = 10_000_000;

/// A member of the company at the server's own router.
pub struct Visitor {
    /// The whole application.
    pub router: Router,
    /// The header by which it knows the visitor.
    pub cookie: String,
}

/// Where the browser's half was built.
pub fn site() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    target.join("site")
}

impl Visitor {
    /// Signs somebody in and makes them the company's admin.
    pub async fn of(kit: &Kit, cx: &Cx) -> Self {
        let site = site();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let provider = ProviderConfig {
            // It is never asked.
            issuer: "https://login.example/tenant".to_owned(),
            client_id: "bench".to_owned(),
            client_secret: Secret::new("bench"),
            public_url: HERE.parse().expect("an address"),
        };
        let state = AppState {
            web: Arc::new(WebConfig {
                port: 3000,
                bind: [127, 0, 0, 1].into(),
                public_url: Some(provider.public_url.clone()),
                site: site.clone(),
                recurring: false,
                oidc_issuer: provider.issuer.clone(),
                oidc_client_id: provider.client_id.clone(),
                oidc_client_secret_file: PathBuf::new(),
            }),
            assets: Arc::new(assets::read(&site).expect("the browser's half is built")),
            readiness: Readiness::default(),
            cookies: CookiePolicy::at(&provider.public_url).expect("an address for cookies"),
            provider: Arc::new(Provider::new(&provider, clock.clone()).expect("a provider")),
            sessions: PersonSessionStore::new(kit.tenancy.clone(), clock.clone()),
            tenancy: kit.tenancy.clone(),
            clock: clock.clone(),
        };
        let session = Session::new(None, Arc::new(state.sessions.clone()), None);
        let who = Identified {
            issuer: provider.issuer,
            subject: "bench".to_owned(),
            email: Some("bench@example.com".to_owned()),
            email_verified: Some(true),
            name: Some("Bench".to_owned()),
            amr: vec![],
            auth_time: clock.now(),
            id_token: Secret::new("an id token"),
        };
        let now = clock.now();
        let person = sign_in(&kit.tenancy, &session, who, EmailPolicy::Verified, "bench", now)
            .await
            .expect("a sign-in");
        membership_grant(
            &kit.tenancy,
            cx.tenant().id,
            &person.email,
            Role::Admin,
            &Actor::operator("bench"),
            now,
        )
        .await
        .expect("a grant");
        let id = session.id().expect("an id");
        let cookie = format!("{}={id}", state.cookies.session_name());
        let router = router(routes(), state).expect("the settings are right");
        Self { router, cookie }
    }

    /// Reads a file as it is sent, uncompressed, and gives its bytes; `seen` is called after each part of it.
    pub async fn stream(&self, address: &str, mut seen: impl FnMut()) -> u64 {
        let request = Request::get(address)
            .header(header::COOKIE, &self.cookie)
            .body(Body::empty())
            .expect("a request");
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router always answers");
        assert!(response.status().is_success(), "{address}: {}", response.status());
        let mut parts = response.into_body().into_data_stream();
        let mut bytes = 0;
        while let Some(part) = parts.next().await {
            bytes += part.expect("the file goes on").len() as u64;
            seen();
        }
        bytes
    }

    /// The bytes of a page as they go over the wire.
    pub async fn bytes(&self, address: &str) -> u64 {
        let request = Request::get(address)
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_ENCODING, "br")
            .body(Body::empty())
            .expect("a request");
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router always answers");
        assert!(response.status().is_success(), "{address}: {}", response.status());
        assert_eq!(
            response.headers().get(header::CONTENT_ENCODING).map(|e| e.as_bytes()),
            Some(&b"br"[..])
        );
        let body = to_bytes(response.into_body(), PAGE_BYTES_MAX)
            .await
            .expect("a body that ends");
        body.len() as u64
    }
}
