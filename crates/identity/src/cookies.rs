//! The cookies: the session's, that of a login on its way, and that of a form that waits for its person to sign in again.

use tower_sessions::{
    Expiry, SessionManagerLayer,
    cookie::{Cookie, CookieBuilder, SameSite},
};
use url::{Host, Url};

use crate::{FormTicket, IdentityError, KEPT_FORM_LIFE, LOGIN_LIFE, PersonSessionStore};

/// How cookies are named and marked at this installation's public address.
///
/// Over https they are `Secure` and carry the `__Host-` prefix, with which a browser takes them from this very host and path `/`
/// alone. A browser refuses both over http, so there, which is allowed on this computer only, the names are plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookiePolicy {
    secure: bool,
}

impl CookiePolicy {
    /// The policy at a public address: https, or http on localhost.
    ///
    /// # Errors
    /// [`IdentityError::PublicUrl`] for any other address.
    pub fn at(public_url: &Url) -> Result<Self, IdentityError> {
        match public_url.scheme() {
            "https" => Ok(Self { secure: true }),
            "http" if is_loopback(public_url) => Ok(Self { secure: false }),
            _ => Err(IdentityError::PublicUrl),
        }
    }

    /// The session layer: HttpOnly, SameSite=Lax, path `/`, no domain, and gone when the browser closes. When a session ends is
    /// the store's to say, not the cookie's.
    pub fn session_layer(self, store: PersonSessionStore) -> SessionManagerLayer<PersonSessionStore> {
        SessionManagerLayer::new(store)
            .with_name(self.session_name())
            .with_secure(self.secure)
            .with_http_only(true)
            .with_same_site(SameSite::Lax)
            .with_path("/")
            .with_expiry(Expiry::OnSessionEnd)
    }

    /// The session cookie's name.
    pub fn session_name(self) -> &'static str {
        if self.secure { "__Host-cartefi" } else { "cartefi" }
    }

    /// The `Set-Cookie` header that keeps a sealed login state for as long as it holds. SameSite=Lax: the provider's redirect
    /// back must carry it.
    pub fn login_cookie(self, sealed: String) -> String {
        self.brief(self.login_name(), sealed)
            .max_age(LOGIN_LIFE)
            .build()
            .to_string()
    }

    /// The `Set-Cookie` header that removes it.
    pub fn login_cookie_removal(self) -> String {
        self.removal(self.login_name())
    }

    /// The sealed login state in a request's `Cookie` header.
    pub fn login_cookie_value(self, cookie_header: &str) -> Option<String> {
        value(self.login_name(), cookie_header)
    }

    /// The `Set-Cookie` header that keeps the ticket of a form for as long as the form is kept.
    pub fn form_cookie(self, ticket: &FormTicket) -> String {
        self.brief(self.form_name(), ticket.expose().to_owned())
            .max_age(KEPT_FORM_LIFE)
            .build()
            .to_string()
    }

    /// The `Set-Cookie` header that removes it.
    pub fn form_cookie_removal(self) -> String {
        self.removal(self.form_name())
    }

    /// The ticket in a request's `Cookie` header.
    pub fn form_cookie_value(self, cookie_header: &str) -> Option<String> {
        value(self.form_name(), cookie_header)
    }

    fn removal(self, name: &'static str) -> String {
        let mut cookie = self.brief(name, String::new()).build();
        cookie.make_removal();
        cookie.to_string()
    }

    fn brief(self, name: &'static str, value: String) -> CookieBuilder<'static> {
        Cookie::build((name, value))
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Lax)
            .path("/")
    }

    fn login_name(self) -> &'static str {
        if self.secure {
            "__Host-cartefi-login"
        } else {
            "cartefi-login"
        }
    }

    fn form_name(self) -> &'static str {
        if self.secure {
            "__Host-cartefi-form"
        } else {
            "cartefi-form"
        }
    }
}

fn value(name: &str, cookie_header: &str) -> Option<String> {
    Cookie::split_parse(cookie_header)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// Whether an address leads to this very computer.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(url: &str) -> Result<CookiePolicy, IdentityError> {
        CookiePolicy::at(&Url::parse(url).expect("an address"))
    }

    #[test]
    fn over_https_the_login_cookie_is_bound_to_this_host() -> Result<(), IdentityError> {
        let policy = policy("https://books.example")?;
        assert_eq!(policy.session_name(), "__Host-cartefi");
        assert_eq!(
            policy.login_cookie("abc".to_owned()),
            "__Host-cartefi-login=abc; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=600"
        );
        Ok(())
    }

    #[test]
    fn over_http_cookies_are_for_localhost_alone() -> Result<(), IdentityError> {
        for url in ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"] {
            let policy = policy(url)?;
            assert_eq!(policy.session_name(), "cartefi");
            assert_eq!(
                policy.login_cookie("abc".to_owned()),
                "cartefi-login=abc; HttpOnly; SameSite=Lax; Path=/; Max-Age=600"
            );
        }
        for url in [
            "http://books.example",
            "http://localhost.evil.example",
            "ftp://localhost",
        ] {
            assert!(policy(url).is_err(), "{url}");
        }
        Ok(())
    }

    #[test]
    fn the_login_cookie_is_found_among_others_and_removed() -> Result<(), IdentityError> {
        let policy = policy("https://books.example")?;
        let header = "theme=dark; __Host-cartefi=x; __Host-cartefi-login=a-b_c; cartefi-login=forged";
        assert_eq!(policy.login_cookie_value(header).as_deref(), Some("a-b_c"));
        assert_eq!(policy.login_cookie_value("theme=dark"), None);
        let removal = policy.login_cookie_removal();
        assert!(removal.starts_with("__Host-cartefi-login=; "), "{removal}");
        assert!(removal.contains("Max-Age=0"), "{removal}");
        Ok(())
    }
}
