//! Signing in at an OpenID Connect provider: code flow with PKCE, state and nonce.

use std::{fmt, sync::Arc, time::SystemTime};

use openidconnect::{
    AccessTokenHash, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    HttpClientError, IssuerUrl, LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    PostLogoutRedirectUrl, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse,
    core::{
        CoreAuthPrompt, CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJwsSigningAlgorithm,
        CoreRequestTokenError, CoreResponseType, CoreTokenResponse, CoreUserInfoClaims,
    },
    reqwest,
};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use tenancy::Secret;
use time::{Duration, OffsetDateTime};
use url::Url;

use crate::{
    Clock, IDLE_LIFE, LoginState, ReturnTo,
    cookies::is_loopback,
    discovery::{Discoveries, Discovery, with_sources},
};

/// How far the provider's clock may be from ours.
const CLOCK_SKEW: Duration = Duration::seconds(60);
/// A provider that asked who it is longer ago asks again. This is a little less than a session lasts without a request, so that whoever
/// was signed out by its end is asked, however exact the two clocks are.
const ASKED_WITHIN: Duration = IDLE_LIFE.saturating_sub(CLOCK_SKEW);
/// How long one request to the provider may take.
const REQUEST_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);

/// Which provider, and who we are to it.
#[derive(Clone, Debug)]
pub struct ProviderConfig {
    /// The issuer, exactly as the provider writes it (Auth0's ends in a slash).
    pub issuer: String,
    /// Our id there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: Secret,
    /// Our own address, to which `login/callback` is added.
    pub public_url: Url,
}

/// The provider. Nothing is asked of it until the first login.
pub struct Provider {
    discoveries: Discoveries,
    after_logout: PostLogoutRedirectUrl,
}

/// What the provider adds to the callback's address (RFC 6749, 4.1.2; RFC 9207).
#[derive(Deserialize)]
pub struct Callback {
    /// The code to redeem.
    pub code: Option<String>,
    /// Our state.
    pub state: Option<String>,
    /// The provider's refusal, such as `access_denied`.
    pub error: Option<String>,
    /// Which provider answers.
    pub iss: Option<String>,
}

/// Somebody whom the provider vouched for, in its own words.
#[derive(Clone)]
pub struct Identified {
    /// The provider.
    pub issuer: String,
    /// The person's id there; with the issuer it is the identity.
    pub subject: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// Whether the provider made sure of the address, where it says.
    pub email_verified: Option<bool>,
    /// The name.
    pub name: Option<String>,
    /// How the provider made sure of the person (RFC 8176), such as `pwd`, `otp`, `mfa`.
    pub amr: Vec<String>,
    /// When it did so, in whole seconds by its clock.
    pub auth_time: OffsetDateTime,
    /// The token itself: the provider wants it back at logout.
    pub id_token: Secret,
}

/// Why a login did not come about. The text is for logs; people are told to try again, or what they denied.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// The configuration cannot be right.
    #[error("sign-in configuration: {0}")]
    Config(String),
    /// The provider cannot be reached or answers nonsense: try again later.
    #[error("the sign-in service does not answer as it should: {0}")]
    Unavailable(String),
    /// The provider, or the person there, said no.
    #[error("the sign-in service refused: {0}")]
    Denied(String),
    /// The answer is not to this browser's question.
    #[error("the answer belongs to another login")]
    OtherLogin,
    /// The provider says that it asked who it is too long ago, though it was told to ask again; or before the person ended sessions.
    #[error("the sign-in service did not ask again who it is")]
    AskedTooLongAgo,
    /// The token does not say when the provider asked who it is, though every login wants to know (`max_age`).
    #[error("the sign-in service's token says not when it asked who it is (auth_time)")]
    AskedNobodyKnowsWhen,
    /// The token is not one to trust.
    #[error("the sign-in service's token was refused: {0}")]
    Token(#[from] ClaimsVerificationError),
}

impl Provider {
    /// A provider by its configuration. It must be reached by https, or by http on this computer.
    pub fn new(config: &ProviderConfig, clock: Arc<dyn Clock>) -> Result<Self, LoginError> {
        let issuer = IssuerUrl::new(config.issuer.clone()).map_err(|e| LoginError::Config(format!("issuer: {e}")))?;
        let at_home = is_loopback(issuer.url());
        if issuer.url().scheme() != "https" && !at_home {
            return Err(LoginError::Config(
                "the issuer must be https, or http on localhost".to_owned(),
            ));
        }
        let address = |path: &str| {
            config
                .public_url
                .join(path)
                .map_err(|e| LoginError::Config(format!("public address: {e}")))
        };
        let mut http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(REQUEST_TIMEOUT)
            .https_only(!at_home);
        if at_home {
            http = http.no_proxy();
        }
        let http = http.build().map_err(|e| LoginError::Config(e.to_string()))?;
        Ok(Self {
            discoveries: Discoveries::new(
                issuer,
                ClientId::new(config.client_id.clone()),
                ClientSecret::new(config.client_secret.expose().to_owned()),
                RedirectUrl::from_url(address("/login/callback")?),
                http,
                clock,
            ),
            after_logout: PostLogoutRedirectUrl::from_url(address("/")?),
        })
    }

    /// Where to send the person, and what to remember until they come back. A provider that knows them from a sign-in at most
    /// fourteen minutes ago need not ask again; after a session has ended for want of requests it must.
    pub async fn login_begin(&self, return_to: ReturnTo) -> Result<(Url, LoginState), LoginError> {
        self.begin(return_to, ASKED_WITHIN).await
    }

    /// The same for somebody whose session was ended: the provider must ask, whatever it knows.
    pub async fn login_begin_anew(&self, return_to: ReturnTo) -> Result<(Url, LoginState), LoginError> {
        self.begin(return_to, Duration::ZERO).await
    }

    async fn begin(&self, return_to: ReturnTo, asked_within: Duration) -> Result<(Url, LoginState), LoginError> {
        let discovery = self.discoveries.latest().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = discovery
            .client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .set_max_age(asked_within.unsigned_abs());
        if asked_within.is_zero() {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        let (address, state, nonce) = request.url();
        let remembered = LoginState::new(
            state.into_secret(),
            nonce.secret().clone(),
            verifier.into_secret(),
            return_to,
            self.discoveries.clock.now(),
            asked_within,
        );
        Ok((address, remembered))
    }

    /// Who came back. The code is redeemed once; the token's signature, issuer, audience, times and nonce are checked.
    pub async fn login_finish(&self, begun: LoginState, callback: Callback) -> Result<Identified, LoginError> {
        let same_state = callback
            .state
            .is_some_and(|state| state.as_bytes().ct_eq(begun.state.as_bytes()).into());
        let same_provider = callback.iss.is_none_or(|iss| iss == *self.discoveries.issuer);
        if !same_state || !same_provider {
            return Err(LoginError::OtherLogin);
        }
        if let Some(error) = callback.error {
            return Err(LoginError::Denied(error));
        }
        let code = callback.code.ok_or_else(|| LoginError::Denied("no code".to_owned()))?;

        let discovery = self.discoveries.latest().await?;
        let tokens = discovery
            .client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|e| LoginError::Unavailable(e.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(begun.pkce_verifier.clone()))
            .request_async(&self.discoveries.http)
            .await
            .map_err(token_request_error)?;
        let nonce = Nonce::new(begun.nonce.clone());
        let identified = match self.identified(&discovery, &tokens, &nonce).await {
            // The provider has new keys, which openidconnect never asks for by itself.
            Err(LoginError::Token(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            ))) => {
                let newer = self.discoveries.newer_than(&discovery).await?;
                self.identified(&newer, &tokens, &nonce).await?
            }
            result => result?,
        };
        // The browser carries the question, and could leave out that the provider is to ask again.
        if begun.is_too_old(identified.auth_time, CLOCK_SKEW) {
            return Err(LoginError::AskedTooLongAgo);
        }
        Ok(identified)
    }

    /// Where to send the person so that they are signed out at the provider too, or none when it offers no such thing.
    pub async fn logout_url(&self, id_token: &Secret) -> Result<Option<Url>, LoginError> {
        let discovery = self.discoveries.latest().await?;
        let Some(endpoint) = &discovery.metadata.additional_metadata().end_session_endpoint else {
            return Ok(None);
        };
        let id_token: CoreIdToken = id_token
            .expose()
            .parse()
            .map_err(|_| LoginError::Denied("the kept token is not one".to_owned()))?;
        Ok(Some(
            LogoutRequest::from(endpoint.clone())
                .set_id_token_hint(&id_token)
                .set_client_id(self.discoveries.client_id.clone())
                .set_post_logout_redirect_uri(self.after_logout.clone())
                .http_get_url(),
        ))
    }

    async fn identified(
        &self,
        discovery: &Discovery,
        tokens: &CoreTokenResponse,
        nonce: &Nonce,
    ) -> Result<Identified, LoginError> {
        let id_token = tokens
            .id_token()
            .ok_or_else(|| LoginError::Unavailable("no ID token".to_owned()))?;
        let verifier = self.verifier(discovery.metadata.jwks());
        let claims = id_token.claims(&verifier, nonce)?;
        if let Some(expected) = claims.access_token_hash() {
            let key = id_token
                .signing_key(&verifier)
                .map_err(ClaimsVerificationError::SignatureVerification)?;
            let algorithm = id_token
                .signing_alg()
                .map_err(ClaimsVerificationError::SignatureVerification)?;
            let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
                .map_err(|e| ClaimsVerificationError::Other(e.to_string()))?;
            if actual != *expected {
                return Err(ClaimsVerificationError::Other("at_hash".to_owned()).into());
            }
        }
        // OpenID Connect Core 1.0, 2: required where `max_age` was asked for. A browser that takes it out of the question gets none.
        let auth_time = claims.auth_time().ok_or(LoginError::AskedNobodyKnowsWhen)?;
        let mut identified = Identified {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            email: claims.email().map(|email| email.to_string()),
            email_verified: claims.email_verified(),
            name: claims
                .name()
                .and_then(|name| name.get(None))
                .map(|name| name.to_string()),
            amr: claims
                .auth_method_refs()
                .into_iter()
                .flatten()
                .map(|method| method.to_string())
                .collect(),
            auth_time: SystemTime::from(auth_time).into(),
            id_token: Secret::new(id_token.to_string()),
        };
        // A provider may give what was asked for by scope only here (OpenID Connect Core 1.0, 5.4).
        if identified.email.is_none() && discovery.metadata.userinfo_endpoint().is_some() {
            let more: CoreUserInfoClaims = discovery
                .client
                .user_info(tokens.access_token().clone(), Some(claims.subject().clone()))
                .map_err(|e| LoginError::Unavailable(e.to_string()))?
                .request_async(&self.discoveries.http)
                .await
                .map_err(|e| LoginError::Unavailable(e.to_string()))?;
            identified.email = more.email().map(|email| email.to_string());
            identified.email_verified = more.email_verified();
            identified.name = identified
                .name
                .or_else(|| more.name().and_then(|name| name.get(None)).map(|name| name.to_string()));
        }
        Ok(identified)
    }

    /// Only signatures that need the provider's private key: `none` and the shared-secret ones are never taken.
    fn verifier(&self, keys: &CoreJsonWebKeySet) -> CoreIdTokenVerifier<'static> {
        let now = self.discoveries.clock.now();
        CoreIdTokenVerifier::new_public_client(
            self.discoveries.client_id.clone(),
            self.discoveries.issuer.clone(),
            keys.clone(),
        )
        .set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::RsaSsaPssSha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
            CoreJwsSigningAlgorithm::EdDsa,
        ])
        .set_time_fn(move || SystemTime::from(now - CLOCK_SKEW).into())
        .set_issue_time_verifier_fn(move |issued| {
            let issued = OffsetDateTime::from(SystemTime::from(issued));
            if issued <= now + CLOCK_SKEW {
                Ok(())
            } else {
                Err("issued in the future".to_owned())
            }
        })
    }
}

fn token_request_error(error: CoreRequestTokenError<HttpClientError<reqwest::Error>>) -> LoginError {
    match error {
        RequestTokenError::ServerResponse(refusal) => LoginError::Denied(refusal.error().to_string()),
        // The answer's body stays out of the text: it may hold tokens.
        RequestTokenError::Parse(error, _) => LoginError::Unavailable(error.to_string()),
        other => LoginError::Unavailable(with_sources(&other)),
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider")
            .field("issuer", &self.discoveries.issuer)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback")
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// Who somebody is does not belong into logs.
impl fmt::Debug for Identified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identified")
            .field("issuer", &self.issuer)
            .field("amr", &self.amr)
            .finish_non_exhaustive()
    }
}
