//! The values and errors of one form.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Where what a message is about can be changed, besides in the form. The link is drawn for those alone who may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadsTo {
    /// The locks, under Periods.
    Locks,
    /// Adding a customer or vendor of this name.
    NewContact(String),
    /// The sign-in.
    SignIn,
}

/// A message at a field, or at the whole form when `field` is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The control's name, as `lines.3.debit`; empty for the form.
    pub field: String,
    /// What happened and what to do, in a sentence.
    pub message: String,
    /// Where it can be helped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leads_to: Option<LeadsTo>,
}

impl FieldError {
    /// A message at one field.
    pub fn at(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
            leads_to: None,
        }
    }

    /// The same message with where it can be helped.
    #[must_use]
    pub fn leading_to(self, leads_to: LeadsTo) -> Self {
        Self {
            leads_to: Some(leads_to),
            ..self
        }
    }

    /// The same message at another field.
    #[must_use]
    pub fn moved_to(self, field: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            ..self
        }
    }

    /// A message about the form as a whole.
    pub fn form(message: impl Into<String>) -> Self {
        Self::at("", message)
    }
}

/// What a form shows: the values in it and the messages at them. Made fresh for a new form, filled from a record for an
/// edit, or taken from what was posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    request_key: String,
    version: Option<i64>,
    values: BTreeMap<String, Vec<String>>,
    errors: Vec<FieldError>,
    is_returned: bool,
}

impl FormState {
    /// An empty form with this request key.
    pub fn new(request_key: impl Into<String>) -> Self {
        Self {
            request_key: request_key.into(),
            ..Self::default()
        }
    }

    /// An empty form with a request key of its own.
    #[cfg(feature = "ssr")]
    pub fn fresh() -> Self {
        Self::new(uuid::Uuid::now_v7().to_string())
    }

    /// A form as it was posted. The request key and the version leave the values; a key
    /// that is not a UUID is replaced, because it becomes part of the books.
    #[cfg(feature = "ssr")]
    pub fn posted(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        let mut key = None;
        for (name, value) in pairs {
            match name.as_str() {
                super::REQUEST_KEY => key = uuid::Uuid::parse_str(&value).ok(),
                super::VERSION => form.version = value.parse().ok(),
                _ => form = form.with(name, value),
            }
        }
        form.request_key = key.unwrap_or_else(uuid::Uuid::now_v7).to_string();
        form
    }

    /// Adds a value; names may repeat.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.entry(name.into()).or_default().push(value.into());
        self
    }

    /// Puts this value in the place of every other of its name.
    #[must_use]
    pub fn replaced(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.remove(name);
        self.with(name, value)
    }

    /// Says which version of the record the form is made from.
    #[must_use]
    pub fn with_version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    /// The form for another try after a part of it was recorded: under a new request key, made from `version`.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn renewed(self, version: i64) -> Self {
        let request_key = uuid::Uuid::now_v7().to_string();
        Self { request_key, ..self }.with_version(version)
    }

    /// Says that the form was posted after the session had ended, and comes back for another look.
    #[must_use]
    pub fn returned(mut self) -> Self {
        self.is_returned = true;
        self
    }

    /// Whether it came back because the session had ended: nothing of it was recorded.
    pub fn is_returned(&self) -> bool {
        self.is_returned
    }

    /// The key under which this form is recorded at most once: a UUID.
    pub fn request_key(&self) -> &str {
        &self.request_key
    }

    /// The version of the record that the form was made from; none for a new record.
    pub fn version(&self) -> Option<i64> {
        self.version
    }

    /// The first value of this name as typed; empty when there is none.
    pub fn value(&self, name: &str) -> &str {
        self.values(name).next().unwrap_or_default()
    }

    /// All values of this name, in order: the checked ones of a group of boxes.
    pub fn values(&self, name: &str) -> impl Iterator<Item = &str> + use<'_> {
        self.values.get(name).into_iter().flatten().map(String::as_str)
    }

    /// Every value with its name.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values
            .iter()
            .flat_map(|(name, values)| values.iter().map(|value| (name.as_str(), value.as_str())))
    }

    /// Whether the form has this name at all: a box that was not checked is not sent.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The indices of a repeated group that were sent, ascending: `rows("lines")` of `lines.0.debit`, `lines.7.debit`
    /// gives 0 and 7.
    pub fn rows(&self, group: &str) -> BTreeSet<usize> {
        self.values.keys().filter_map(|name| row_of(name, group)).collect()
    }

    /// Refuses a field.
    pub fn refuse(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.errors.push(FieldError::at(field, message));
    }

    /// Takes over messages made elsewhere.
    pub fn refuse_all(&mut self, errors: impl IntoIterator<Item = FieldError>) {
        self.errors.extend(errors);
    }

    /// The messages, in the order they were given.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// The first message at this field.
    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }

    /// Whether anything was refused.
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }
}

/// The index in `lines.3.debit` for the group `lines`.
fn row_of(name: &str, group: &str) -> Option<usize> {
    let (index, _) = name.strip_prefix(group)?.strip_prefix('.')?.split_once('.')?;
    index.parse().ok()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::forms::{REQUEST_KEY, VERSION};

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_posted_form_keeps_what_was_typed_and_lifts_its_key_and_version_out() {
        let key = "0192f8a4-6c1e-7b3a-9d55-3f2b7c1a9e10";
        let form = FormState::posted(pairs(&[
            (REQUEST_KEY, key),
            (VERSION, "3"),
            ("memo", " Rent, November "),
            ("tag", "a"),
            ("tag", "b"),
        ]));
        assert_eq!(form.request_key(), key);
        assert_eq!(form.version(), Some(3));
        assert_eq!(form.value("memo"), " Rent, November ");
        assert_eq!(form.values("tag").collect::<Vec<_>>(), ["a", "b"]);
        assert!(!form.has(REQUEST_KEY) && !form.has("adjusting"));
    }

    #[test]
    fn a_request_key_that_is_no_uuid_is_replaced() {
        let form = FormState::posted(pairs(&[(REQUEST_KEY, "1; drop")]));
        assert_ne!(form.request_key(), "1; drop");
        assert_eq!(form.request_key().len(), 36);
    }

    #[test]
    fn rows_are_found_by_index_whatever_their_order_and_gaps() {
        let form = FormState::new("k")
            .with("lines.7.debit", "1")
            .with("lines.0.account", "Cash")
            .with("lines.7.account", "Rent")
            .with("lines.x.account", "junk")
            .with("liness.9.account", "junk")
            .with("lines.4", "junk");
        assert_eq!(form.rows("lines").into_iter().collect::<Vec<_>>(), [0, 7]);
    }

    #[test]
    fn a_message_is_found_at_its_field() {
        let mut form = FormState::new("k");
        form.refuse("lines.0.debit", "Enter an amount.");
        form.refuse_all([FieldError::form("Debits and credits differ by 1.00.")]);
        assert_eq!(form.error("lines.0.debit"), Some("Enter an amount."));
        assert_eq!(form.error("lines.0.credit"), None);
        assert!(form.is_refused());
        assert_eq!(form.errors().len(), 2);
    }
}
