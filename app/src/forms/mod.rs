//! Forms: what was typed, what was refused, and how both come back.
//!
//! A form posts to its own page's address. What it sent arrives as pairs of name and value; a [`FormState`] keeps them
//! as they were typed, so that a refused form comes back with everything in it and each message at its field. Repeated
//! groups are named by index: `lines.0.account`, `lines.0.debit`, `lines.1.account`.

mod choice;
mod state;

pub use choice::{Choice, ChoiceError, find_choice};
pub use state::{FieldError, FormState, LeadsTo};

use serde::{Deserialize, Serialize};

/// The hidden field with the request key: a form sent twice with one key is recorded once.
pub const REQUEST_KEY: &str = "request_key";
/// The hidden field with the version of the record that the form was made from.
pub const VERSION: &str = "version";
/// The name of a form's submit buttons; the value says what was asked for.
pub const ACTION: &str = "action";

/// The answer to a form that an island posted with `Accept: application/json`: status 200 with the first, 422 with the
/// others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormAnswer {
    /// Done; the browser goes there.
    Location(String),
    /// Refused; nothing was recorded.
    Errors(Vec<FieldError>),
    /// The answer is more than messages, such as what somebody else saved meanwhile: the form itself, sent as browsers
    /// send forms, gets the page that shows it.
    Page,
}

/// The `id` of the control with this name: dots would need escaping in selectors.
pub fn field_id(name: &str) -> String {
    format!("field-{}", name.replace('.', "-"))
}

/// What the `id` of the message at a control has after the control's own.
pub const ERROR: &str = "-error";
/// What the `id` of the hint at a control has after the control's own.
pub const HINT: &str = "-hint";
/// What the `id` of the place for a control's message has after the control's own, when it is not with the control itself.
pub const PLACE: &str = "-place";

/// The `id` of the message at the control with this name.
pub fn error_id(name: &str) -> String {
    field_id(name) + ERROR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_read_as_the_documented_shapes() {
        let done = FormAnswer::Location("/c/juniper/accounting/journal/7".to_owned());
        let refused = FormAnswer::Errors(vec![FieldError::at("date", "Enter a date.")]);
        assert_eq!(
            serde_json::to_string(&done).expect("serializes"),
            r#"{"location":"/c/juniper/accounting/journal/7"}"#
        );
        assert_eq!(
            serde_json::to_string(&refused).expect("serializes"),
            r#"{"errors":[{"field":"date","message":"Enter a date."}]}"#
        );
        assert_eq!(
            serde_json::to_string(&FormAnswer::Page).expect("serializes"),
            r#""page""#
        );
    }
}
