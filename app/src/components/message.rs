//! The words of a message at a field, with the way to where it can be helped.

use leptos::prelude::*;

use crate::forms::{FieldError, LeadsTo};

/// Where the locks are moved, for those who may: the frame tells it to the messages on its page, and a form's island to its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocksAddress(pub Option<String>);

/// The company's own address, for those who may add customers and vendors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactsAddress(pub Option<String>);

/// The link of a message, looked for where its control is drawn: later, when the message comes, nobody knows the page any more.
#[derive(Clone, Debug)]
pub(crate) struct Remedies {
    locks: Option<String>,
    company: Option<String>,
}

impl Remedies {
    /// Those of the page around.
    pub fn here() -> Self {
        Self {
            locks: use_context::<LocksAddress>().and_then(|LocksAddress(locks)| locks),
            company: use_context::<ContactsAddress>().and_then(|ContactsAddress(company)| company),
        }
    }

    /// A message and its link as one piece of text.
    pub fn words(&self, error: FieldError) -> AnyView {
        match self.link(&error) {
            Some(link) => view! { <span>{error.message} {link}</span> }.into_any(),
            None => error.message.into_any(),
        }
    }

    /// The link to where a message can be helped, where the person may.
    pub fn link(&self, error: &FieldError) -> Option<AnyView> {
        Some(match error.leads_to.as_ref()? {
            LeadsTo::Locks => view! { " " <a class="remedy" href=self.locks.clone()?>"Open Periods"</a> }.into_any(),
            LeadsTo::NewContact(name) => {
                let company = self.company.as_ref()?;
                let to = |side: &str| format!("{company}/{side}?add={}#contacts", encoded(name));
                // What is typed stays in this tab.
                view! {
                    " Or add it in another tab: "
                    <a class="remedy" href=to("sales") target="_blank" rel="noopener">{format!("“{name}” as a customer")}</a>
                    ", "
                    <a class="remedy" href=to("purchases") target="_blank" rel="noopener">"as a vendor"</a>
                    "."
                }
                    .into_any()
            }
            LeadsTo::SignIn => {
                view! { " " <a class="remedy" href="/login" target="_blank" rel="noopener">"Sign in in another tab"</a> }.into_any()
            }
        })
    }
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

    fn drawn(locks: Option<&str>) -> String {
        let mut state = FormState::new("k");
        let error = FieldError::at("date", "The books are locked.");
        state.refuse_all([FieldError {
            leads_to: Some(LeadsTo::Locks),
            ..error
        }]);
        let locks = locks.map(str::to_owned);
        Owner::new().with(|| {
            provide_context(LocksAddress(locks));
            view! { <Form state><DateInput name="date" label="Date" /></Form> }.to_html()
        })
    }

    #[test]
    fn a_locks_refusal_leads_to_the_locks_at_its_field_and_in_the_summary_for_those_who_may_move_them() {
        let html = drawn(Some("/c/juniper/accounting/locks"));
        assert_eq!(
            html.matches("href=\"/c/juniper/accounting/locks\"").count(),
            2,
            "{html}"
        );
        assert!(!drawn(None).contains("Open Periods"));
    }

    #[test]
    fn a_name_that_nobody_has_can_be_added_in_another_tab_by_those_who_may() {
        let drawn = |company: Option<&str>| {
            let mut state = FormState::new("k");
            let unknown = crate::forms::find_choice(&[], "Cedar & Homes").expect_err("nobody is called so");
            state.refuse_all([unknown.at_contact("date")]);
            let company = company.map(str::to_owned);
            Owner::new().with(|| {
                provide_context(ContactsAddress(company));
                view! { <Form state><DateInput name="date" label="Date" /></Form> }.to_html()
            })
        };
        let html = drawn(Some("/c/juniper"));
        assert!(
            html.contains("href=\"/c/juniper/sales?add=Cedar%20%26%20Homes#contacts\""),
            "{html}"
        );
        assert!(
            html.contains("href=\"/c/juniper/purchases?add=Cedar%20%26%20Homes#contacts\""),
            "{html}"
        );
        assert!(!drawn(None).contains("add=Cedar"));
    }
}
