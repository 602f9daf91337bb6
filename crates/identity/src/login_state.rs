//! What a login must remember while the person is at the provider. It travels in a cookie of its own, sealed, and nothing of it is
//! kept on the server.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use vault::{KeyEncryptionKey, TokenKey};

use crate::ReturnTo;

/// How long a person may take at the provider.
pub const LOGIN_LIFE: Duration = Duration::minutes(10);

/// A login that was begun and not yet finished.
#[derive(Serialize, Deserialize)]
pub struct LoginState {
    /// Comes back in the address: the answer is to this browser's question.
    pub(crate) state: String,
    /// Comes back in the ID token: the token is for this login.
    pub(crate) nonce: String,
    /// Sent when the code is redeemed: whoever saw only the code cannot redeem it (RFC 7636).
    pub(crate) pkce_verifier: String,
    /// Where the person wanted to go.
    pub return_to: ReturnTo,
    /// Seconds since 1970.
    begun_at: i64,
    /// How long ago, when the login begins, the provider may have asked who it is. In seconds.
    asked_within: i64,
}

/// Why a login cannot go on: begin it again.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoginStateError {
    /// There is no such cookie, or it was not sealed here.
    #[error("this login was not begun in this browser")]
    Missing,
    /// The person took too long.
    #[error("this login was begun more than ten minutes ago")]
    Expired,
}

impl LoginState {
    pub(crate) fn new(
        state: String,
        nonce: String,
        pkce_verifier: String,
        return_to: ReturnTo,
        now: OffsetDateTime,
        asked_within: Duration,
    ) -> Self {
        Self {
            state,
            nonce,
            pkce_verifier,
            return_to,
            begun_at: now.unix_timestamp(),
            asked_within: asked_within.whole_seconds(),
        }
    }

    /// Whether the provider asked who it is too long before this login, by the moment that its token states.
    pub(crate) fn is_too_old(&self, auth_time: OffsetDateTime, skew: Duration) -> bool {
        auth_time.unix_timestamp() < self.begun_at - self.asked_within - skew.whole_seconds()
    }

    /// The cookie's value.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn seal(&self, key: &KeyEncryptionKey) -> Result<String, vault::VaultError> {
        // Strings and a number: this cannot fail but by the key.
        let text = serde_json::to_vec(self).unwrap_or_default();
        Ok(URL_SAFE_NO_PAD.encode(login_key(key).seal(&text)?))
    }

    /// The state again, from the cookie's value.
    pub fn open(key: &KeyEncryptionKey, cookie: &str, now: OffsetDateTime) -> Result<Self, LoginStateError> {
        let sealed = URL_SAFE_NO_PAD.decode(cookie).map_err(|_| LoginStateError::Missing)?;
        let text = login_key(key).open(&sealed).map_err(|_| LoginStateError::Missing)?;
        let state: Self = serde_json::from_slice(&text).map_err(|_| LoginStateError::Missing)?;
        let age = now.unix_timestamp() - state.begun_at;
        if (0..LOGIN_LIFE.whole_seconds()).contains(&age) {
            Ok(state)
        } else {
            Err(LoginStateError::Expired)
        }
    }
}

fn login_key(key: &KeyEncryptionKey) -> TokenKey {
    key.token_key("login state")
}

impl fmt::Debug for LoginState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginState")
            .field("return_to", &self.return_to)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;
    use vault::VaultError;

    const NOON: OffsetDateTime = datetime!(2026-10-31 12:00 UTC);

    fn begun() -> LoginState {
        LoginState::new(
            "the state".to_owned(),
            "the nonce".to_owned(),
            "the verifier".to_owned(),
            ReturnTo::parse("/companies").expect("a local path"),
            NOON,
            Duration::minutes(14),
        )
    }

    #[test]
    fn a_login_goes_on_within_ten_minutes_and_not_after() -> Result<(), VaultError> {
        let key = KeyEncryptionKey::generate()?;
        let cookie = begun().seal(&key)?;
        let later = NOON + LOGIN_LIFE - Duration::seconds(1);
        let state = LoginState::open(&key, &cookie, later).expect("a login under way");
        assert_eq!(state.state, "the state");
        assert_eq!(state.nonce, "the nonce");
        assert_eq!(state.pkce_verifier, "the verifier");
        assert_eq!(state.return_to.as_str(), "/companies");
        for late in [NOON + LOGIN_LIFE, NOON - Duration::seconds(1)] {
            assert_eq!(
                LoginState::open(&key, &cookie, late).map(|_| ()),
                Err(LoginStateError::Expired)
            );
        }
        Ok(())
    }

    #[test]
    fn a_login_state_that_was_not_sealed_here_is_refused() -> Result<(), VaultError> {
        let key = KeyEncryptionKey::generate()?;
        let cookie = begun().seal(&key)?;
        let elsewhere = begun().seal(&KeyEncryptionKey::generate()?)?;
        let other_purpose = URL_SAFE_NO_PAD.encode(key.token_key("id token").seal(b"{}")?);
        let plain = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&begun()).expect("strings and a number"));
        for forged in [
            "",
            "not base64!",
            &cookie[..cookie.len() - 2],
            &elsewhere,
            &other_purpose,
            &plain,
        ] {
            assert_eq!(
                LoginState::open(&key, forged, NOON).map(|_| ()),
                Err(LoginStateError::Missing),
                "{forged:?}"
            );
        }
        Ok(())
    }

    #[test]
    fn the_cookie_fits_a_browser_and_shows_nothing() -> Result<(), VaultError> {
        let key = KeyEncryptionKey::generate()?;
        let longest = LoginState {
            return_to: ReturnTo::parse(&format!("/{}", "a".repeat(999))).expect("a local path"),
            ..begun()
        };
        assert!(longest.seal(&key)?.len() < 3_000);
        assert_eq!(
            format!("{:?}", begun()),
            r#"LoginState { return_to: ReturnTo("/companies"), .. }"#
        );
        Ok(())
    }
}
