//! Where a login leads back to: a page of ours and never another site's.

use serde::{Deserialize, Serialize};
use url::Url;

/// A path on this site with its query, such as `/c/juniper/accounting?page=2`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReturnTo(String);

impl ReturnTo {
    /// Longest path and query, in bytes: the login's cookie carries it.
    const LENGTH_MAX: usize = 1_000;

    /// The path, or none when a browser could take it for an address elsewhere.
    pub fn parse(text: &str) -> Option<Self> {
        // Browsers read a backslash as a slash and drop tabs and line ends, so a path is plain printable ASCII or nothing.
        let plain = text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        if !plain || text.len() > Self::LENGTH_MAX || !text.starts_with('/') {
            return None;
        }
        // What starts with two slashes, also after `.` and `..` are resolved, names a host.
        let here = Url::parse("https://here.invalid/").ok()?;
        let resolved = here.join(text).ok()?;
        let ours = resolved.origin() == here.origin() && !resolved.path().starts_with("//");
        ours.then(|| Self(text.to_owned()))
    }

    /// The path as it stands in a `Location` header.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The front page.
impl Default for ReturnTo {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl TryFrom<String> for ReturnTo {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a path of this site")
    }
}

impl From<ReturnTo> for String {
    fn from(path: ReturnTo) -> Self {
        path.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_leads_back_to_pages_of_this_site() {
        for path in [
            "/",
            "/companies",
            "/c/juniper/accounting?page=2&sort=-date",
            "/c/juniper/reports/ledger?account=1#top",
            "/a//b",
            "/%2F%2Fevil.example",
        ] {
            assert_eq!(ReturnTo::parse(path).as_ref().map(ReturnTo::as_str), Some(path));
        }
    }

    #[test]
    fn a_login_never_leads_to_another_site() {
        for text in [
            "",
            "companies",
            "https://evil.example/",
            "//evil.example/",
            "///evil.example/",
            "/\\evil.example/",
            "\\\\evil.example/",
            "/\t/evil.example/",
            "/\n/evil.example",
            "/.//evil.example",
            "/x/..//evil.example",
            "javascript:alert(1)",
            "/a b",
            "/caf\u{e9}",
            "/\0",
        ] {
            assert_eq!(ReturnTo::parse(text), None, "{text:?}");
        }
        assert_eq!(ReturnTo::parse(&format!("/{}", "a".repeat(1_000))), None);
    }

    #[test]
    fn a_path_is_checked_when_it_is_read_back_too() {
        assert!(serde_json::from_str::<ReturnTo>(r#""/companies""#).is_ok());
        assert!(serde_json::from_str::<ReturnTo>(r#""//evil.example""#).is_err());
    }
}
