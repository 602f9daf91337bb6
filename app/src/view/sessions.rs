//! Where a person is signed in, and their sign-ins of the past, in words.

use ledger::dates::{format_date, format_time};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime, UtcOffset};

use crate::forms::FormState;

/// The actions of the page.
pub mod action {
    /// Ends every session but this one.
    pub const OTHERS: &str = "others";
    /// Ends every session, this one too.
    pub const ALL: &str = "all";
    /// Ends the session whose handle follows.
    pub const ONE: &str = "end ";
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionsView {
    /// The form that ends them.
    pub form: FormState,
    /// What was done just now.
    pub notice: Option<String>,
    /// The sessions that have not ended, this one first.
    pub sessions: Vec<SessionRow>,
    /// Whether there may be more than are shown.
    pub is_cut: bool,
    /// Sign-ins of the past, the latest first.
    pub history: Vec<SignInRow>,
}

/// A session that has not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// What it is chosen by.
    pub handle: String,
    /// Browser and system: `Firefox on Windows`.
    pub device: String,
    /// How the person signed in.
    pub how: String,
    /// When.
    pub since: Moment,
    /// Its last request.
    pub last_seen: Moment,
    /// Whether it is the session that looks.
    pub is_this: bool,
}

/// A sign-in of the past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInRow {
    /// When.
    pub at: Moment,
    /// Browser and system.
    pub device: String,
    /// How.
    pub how: String,
    /// Why it was refused, if it was.
    pub refused: Option<String>,
}

/// A moment as people say it, and exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// `5 minutes ago`
    pub words: String,
    /// `Nov 22, 2026, 6:51 PM UTC`
    pub exact: String,
    /// `2026-11-22T18:51:45Z`
    pub machine: String,
}

impl Moment {
    /// A moment as it is seen at another, later one.
    pub fn of(at: OffsetDateTime, now: OffsetDateTime) -> Self {
        let at = at.to_offset(UtcOffset::UTC);
        let (date, minute) = (at.date(), at.minute());
        Self {
            words: ago(now - at),
            exact: format!("{}, {} UTC", format_date(date), format_time(at.time())),
            machine: format!("{date}T{:02}:{minute:02}:{:02}Z", at.hour(), at.second()),
        }
    }
}

fn ago(gone: Duration) -> String {
    let counted = |count: i64, what: &str| match count {
        1 => format!("1 {what} ago"),
        several => format!("{several} {what}s ago"),
    };
    match gone {
        moment if moment < Duration::MINUTE => "just now".to_owned(),
        minutes if minutes < Duration::HOUR => counted(minutes.whole_minutes(), "minute"),
        hours if hours < Duration::DAY => counted(hours.whole_hours(), "hour"),
        days => counted(days.whole_days(), "day"),
    }
}

/// A browser and its system, by what it says of itself, which is a hint and no proof: `Firefox on Windows`. What it does not say is
/// called unknown.
pub fn device_words(user_agent: &str) -> String {
    // Most browsers also name those that they want to be taken for: the rarer name stands first.
    const BROWSERS: [(&str, &str); 9] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Chromium/", "Chromium"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&str, &'static str)]| {
        let found = names.iter().find(|(part, _)| user_agent.contains(part));
        found.map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => format!("{browser} on an unknown system"),
        (None, Some(system)) => format!("Unknown browser on {system}"),
        (None, None) => "Unknown device".to_owned(),
    }
}

/// How somebody signed in, by what the sign-in service states (RFC 8176).
pub fn how_words(amr: &[String]) -> &'static str {
    const FIRST: [&str; 4] = ["pwd", "pin", "kba", "user"];
    const SECOND: [&str; 9] = ["otp", "sms", "tel", "hwk", "swk", "sc", "fpt", "face", "pop"];
    let states = |methods: &[&str]| amr.iter().any(|method| methods.contains(&method.as_str()));
    if amr.is_empty() {
        "The sign-in service does not say how"
    } else if states(&["mfa"]) || (states(&FIRST) && states(&SECOND)) {
        "With a second step"
    } else {
        "Without a second step"
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_device_is_called_by_browser_and_system_and_unknown_where_it_does_not_say() {
        for (user_agent, words) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0",
                "Firefox on Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0 Safari/537.36 Edg/127.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_157) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
                "Safari on Mac",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 175 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/127 Safari/604.1",
                "Chrome on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64)", "Unknown browser on Linux"),
            ("Firefox/1", "Firefox on an unknown system"),
            ("curl/8.5.0", "Unknown device"),
            ("", "Unknown device"),
        ] {
            assert_eq!(device_words(user_agent), words, "{user_agent}");
        }
    }

    #[test]
    fn a_second_step_is_claimed_only_where_the_service_states_one() {
        let how = |amr: &[&str]| how_words(&amr.iter().map(|&method| method.to_owned()).collect::<Vec<_>>());
        assert_eq!(how(&["pwd", "otp", "mfa"]), "With a second step");
        assert_eq!(how(&["pwd", "sms"]), "With a second step");
        assert_eq!(how(&["pwd"]), "Without a second step");
        assert_eq!(how(&["otp"]), "Without a second step", "a code alone is one step");
        assert_eq!(how(&[]), "The sign-in service does not say how");
    }

    #[test]
    fn a_moment_is_told_by_how_long_ago_and_exactly() {
        let now = datetime!(2026-11-22 18:51:45 UTC);
        let words = |gone| Moment::of(now - gone, now).words;
        assert_eq!(words(Duration::seconds(59)), "just now");
        assert_eq!(words(Duration::seconds(-30)), "just now", "clocks differ a little");
        assert_eq!(words(Duration::minutes(1)), "1 minute ago");
        assert_eq!(words(Duration::minutes(119)), "1 hour ago");
        assert_eq!(words(Duration::hours(23)), "23 hours ago");
        assert_eq!(words(Duration::days(9)), "9 days ago");
        let moment = Moment::of(datetime!(2026-11-22 00:05:09 +2), now);
        assert_eq!(moment.exact, "Nov 21, 2026, 10:05 PM UTC");
        assert_eq!(moment.machine, "2026-11-21T22:05:09Z");
    }
}
