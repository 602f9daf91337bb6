//! What an error says: its words, and the link to where it can be helped.

use leptos::prelude::*;

use crate::forms::{FieldError, LeadsTo};

/// Where what messages are about can be changed: each is there for those alone who may. The page's frame provides it; forms write it
/// down for the messages that come later, in the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The address where the locks are moved.
    pub locks: Option<String>,
    /// The company's own address, below which customers and vendors are added.
    pub contacts: Option<String>,
}

impl Places {
    /// Those of this page.
    pub fn here() -> Self {
        use_context().unwrap_or_default()
    }
}

/// A piece of what stands after a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words between links.
    Text(&'static str),
    /// A link.
    Link {
        /// What it says.
        words: String,
        /// Where it leads.
        href: String,
        /// Whether it opens another tab: then what is typed stays in this one.
        in_new_tab: bool,
    },
}

/// What stands after a message, so that whoever may can help it; empty for everybody else.
pub(crate) fn remedy(error: &FieldError, places: &Places) -> Vec<Piece> {
    let link = |words: &str, href: &str, in_new_tab| Piece::Link {
        words: words.to_owned(),
        href: href.to_owned(),
        in_new_tab,
    };
    match (&error.leads_to, &places.locks, &places.contacts) {
        (Some(LeadsTo::Locks), Some(locks), _) => vec![Piece::Text(" "), link("Open Periods", locks, false)],
        (Some(LeadsTo::NewContact(name)), _, Some(company)) => {
            let to = |side: &str| format!("{company}/{side}?add={}#contacts", encoded(name));
            vec![
                Piece::Text(" Or add it in another tab: "),
                link(&format!("“{name}” as a customer"), &to("sales"), true),
                Piece::Text(", "),
                link("as a vendor", &to("purchases"), true),
                Piece::Text("."),
            ]
        }
        (Some(LeadsTo::SignIn), ..) => vec![Piece::Text(" "), link("Sign in in another tab", "/login", true)],
        _ => Vec::new(),
    }
}

/// The pieces after a message, as the server writes them.
#[component]
pub(crate) fn Remedy(pieces: Vec<Piece>) -> impl IntoView {
    let drawn = |piece| match piece {
        Piece::Text(words) => words.into_any(),
        Piece::Link {
            words,
            href,
            in_new_tab,
        } => {
            let (target, rel) = (in_new_tab.then_some("_blank"), in_new_tab.then_some("noopener"));
            view! {
                <a class="remedy" href=href target=target rel=rel>
                    {words}
                </a>
            }
            .into_any()
        }
    };
    pieces.into_iter().map(drawn).collect_view()
}

/// A message with what stands after it.
pub(crate) fn words(error: FieldError) -> AnyView {
    let pieces = remedy(&error, &Places::here());
    if pieces.is_empty() {
        return error.message.into_any();
    }
    view! { <span>{error.message} <Remedy pieces /></span> }.into_any()
}

/// A text as a value in an address.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::components::{DateInput, Form};
    use crate::forms::FormState;

    fn drawn(error: FieldError, places: Places) -> String {
        let mut state = FormState::new("k");
        state.refuse_all([error]);
        Owner::new().with(|| {
            provide_context(places);
            view! { <Form state><DateInput name="date" label="Date" /></Form> }.to_html()
        })
    }

    #[test]
    fn a_locks_refusal_leads_to_the_locks_at_its_field_and_in_the_summary_for_those_who_may_move_them() {
        let locked = || FieldError::at("date", "The books are locked.").leading_to(LeadsTo::Locks);
        let places = Places {
            locks: Some("/c/juniper/accounting/locks".to_owned()),
            contacts: None,
        };
        let html = drawn(locked(), places);
        assert_eq!(
            html.matches("href=\"/c/juniper/accounting/locks\"").count(),
            2,
            "{html}"
        );
        assert!(!drawn(locked(), Places::default()).contains("Open Periods"));
    }

    #[test]
    fn a_name_that_nobody_has_can_be_added_in_another_tab_by_those_who_may() {
        let unknown = || {
            let error = crate::forms::find_choice(&[], "Cedar & Homes").expect_err("nobody is called so");
            error.at_contact("date")
        };
        let places = Places {
            locks: None,
            contacts: Some("/c/juniper".to_owned()),
        };
        let html = drawn(unknown(), places);
        assert!(
            html.contains("href=\"/c/juniper/sales?add=Cedar%20%26%20Homes#contacts\""),
            "{html}"
        );
        assert!(
            html.contains("href=\"/c/juniper/purchases?add=Cedar%20%26%20Homes#contacts\""),
            "{html}"
        );
        assert!(!drawn(unknown(), Places::default()).contains("add=Cedar"));
    }
}
