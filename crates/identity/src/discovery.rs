//! What the provider publishes about itself: where its endpoints are and which keys it signs with. Asked for when first needed,
//! kept for an hour, and asked for again when a token names a key that is not among them.

use std::sync::Arc;

use openidconnect::{
    AuthType, ClientId, ClientSecret, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl,
    ProviderMetadataWithLogout, RedirectUrl,
    core::{CoreClient, CoreClientAuthMethod},
    reqwest,
};
use time::{Duration, OffsetDateTime};
use tokio::sync::Mutex;

use crate::{Clock, LoginError};

/// How long what was published is used: a key that the provider withdrew is trusted no longer than this.
const DISCOVERY_LIFE: Duration = Duration::hours(1);
/// An unknown key id makes us ask again, at most this often.
const REFETCH_PAUSE: Duration = Duration::minutes(1);

/// The provider's publications, and who we are to it.
pub(crate) struct Discoveries {
    pub issuer: IssuerUrl,
    pub client_id: ClientId,
    pub http: reqwest::Client,
    pub clock: Arc<dyn Clock>,
    client_secret: ClientSecret,
    redirect: RedirectUrl,
    published: Mutex<Published>,
}

/// What the provider published when it was last asked.
#[derive(Default)]
struct Published {
    latest: Option<Arc<Discovery>>,
    refetched_at: Option<OffsetDateTime>,
}

/// One publication, with the client made of it.
pub(crate) struct Discovery {
    at: OffsetDateTime,
    pub metadata: ProviderMetadataWithLogout,
    pub client: DiscoveredClient,
}

pub(crate) type DiscoveredClient =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

impl Discoveries {
    /// Nothing is asked of the provider yet.
    pub fn new(
        issuer: IssuerUrl,
        client_id: ClientId,
        client_secret: ClientSecret,
        redirect: RedirectUrl,
        http: reqwest::Client,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            issuer,
            client_id,
            http,
            clock,
            client_secret,
            redirect,
            published: Mutex::default(),
        }
    }

    /// What the provider publishes, at most an hour old.
    pub async fn latest(&self) -> Result<Arc<Discovery>, LoginError> {
        let mut published = self.published.lock().await;
        match &published.latest {
            Some(known) if self.clock.now() < known.at + DISCOVERY_LIFE => Ok(Arc::clone(known)),
            _ => self.discover(&mut published).await,
        }
    }

    /// What the provider publishes now, unless it was asked a moment ago.
    pub async fn newer_than(&self, known: &Arc<Discovery>) -> Result<Arc<Discovery>, LoginError> {
        let mut published = self.published.lock().await;
        if let Some(latest) = &published.latest
            && !Arc::ptr_eq(latest, known)
        {
            return Ok(Arc::clone(latest));
        }
        let now = self.clock.now();
        if published.refetched_at.is_some_and(|then| now < then + REFETCH_PAUSE) {
            return Ok(Arc::clone(known));
        }
        published.refetched_at = Some(now);
        self.discover(&mut published).await
    }

    async fn discover(&self, published: &mut Published) -> Result<Arc<Discovery>, LoginError> {
        let metadata = ProviderMetadataWithLogout::discover_async(self.issuer.clone(), &self.http)
            .await
            .map_err(|e| LoginError::Unavailable(with_sources(&e)))?;
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            self.client_id.clone(),
            Some(self.client_secret.clone()),
        )
        .set_redirect_uri(self.redirect.clone())
        .set_auth_type(auth_type(&metadata));
        let discovery = Arc::new(Discovery {
            at: self.clock.now(),
            metadata,
            client,
        });
        published.latest = Some(Arc::clone(&discovery));
        Ok(discovery)
    }
}

/// Basic is what a provider takes that does not say (OpenID Connect Discovery 1.0, 3).
fn auth_type(metadata: &ProviderMetadataWithLogout) -> AuthType {
    match metadata.token_endpoint_auth_methods_supported() {
        Some(methods) if !methods.contains(&CoreClientAuthMethod::ClientSecretBasic) => AuthType::RequestBody,
        _ => AuthType::BasicAuth,
    }
}

/// The error's text with those of its causes, which say what really happened.
pub(crate) fn with_sources(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
