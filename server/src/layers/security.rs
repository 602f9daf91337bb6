//! The headers that tell a browser what our pages may do.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::config::{NotAnOrigin, WebConfig};

/// The nonce of one answer: only scripts and styles that carry it run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nonce(pub String);

/// What the headers depend on, apart from the nonce.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Where a form may lead besides here: signing out ends at the sign-in provider.
    identity_origin: String,
    is_https: bool,
}

impl Policy {
    /// The policy of these settings.
    ///
    /// # Errors
    /// A setting is not the address of a website.
    pub fn of(web: &WebConfig) -> Result<Self, NotAnOrigin> {
        Ok(Self {
            identity_origin: web.identity_origin()?,
            is_https: web.public_origin()?.starts_with("https://"),
        })
    }

    fn content_security_policy(&self, nonce: &str) -> String {
        [
            "default-src 'none'",
            &format!("script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"),
            &format!("style-src 'self' 'nonce-{nonce}'"),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            &format!("form-action 'self' {}", self.identity_origin),
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "object-src 'none'",
        ]
        .join("; ")
    }
}

const FIXED: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

/// Makes the answer's nonce, and writes the headers over whatever the answer has.
pub async fn security(State(policy): State<Policy>, mut request: Request, next: Next) -> Response {
    let nonce = STANDARD.encode(rand::random::<[u8; 16]>());
    let content_policy = policy.content_security_policy(&nonce);
    request.extensions_mut().insert(Nonce(nonce));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(content_policy) = HeaderValue::from_str(&content_policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, content_policy);
    }
    for (name, value) in FIXED {
        headers.insert(name, value);
    }
    if policy.is_https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    response
}
