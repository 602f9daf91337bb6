//! What an event changed, as a person reads it.

use serde_json::{Map, Value};

/// What a field says that was set.
pub const YES: &str = "yes";
/// What a field says that was not set.
pub const NO: &str = "no";

/// One field that an event changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The field's name as its table has it.
    pub field: String,
    /// What it was; none where there was nothing. What is true or false says [`YES`] or [`NO`].
    pub before: Option<String>,
    /// What it became; none where there is nothing now.
    pub after: Option<String>,
}

/// The fields in which two images differ, by name. Of a row that came or went, every field that is not empty.
///
/// Values are the database's: amounts in minor units, dates as YYYY-MM-DD. What is sealed shows only that it is.
pub fn differences(before: Option<&str>, after: Option<&str>) -> Vec<Difference> {
    let (before, after) = (fields(before), fields(after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter(|name| before.get(*name).unwrap_or(&Value::Null) != after.get(*name).unwrap_or(&Value::Null))
        .map(|name| Difference {
            field: name.clone(),
            before: text(name, before.get(name)),
            after: text(name, after.get(name)),
        })
        .collect()
}

/// A table's or field's name in plain words: `document_line` is "Document line", `account_id` is "Account".
pub fn plain_name(name: &str) -> String {
    let words = match name {
        "doc_date" => "date",
        "n" => "number",
        "made_in" => "made in change",
        "retired_in" => "retired in change",
        _ => name
            .strip_suffix("_id")
            .or_else(|| name.strip_suffix("_sealed"))
            .unwrap_or(name),
    };
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + &letters.as_str().replace('_', " ")
}

/// An image's fields. Anything but an object is one field of its own.
fn fields(image: Option<&str>) -> Map<String, Value> {
    match image.map(serde_json::from_str) {
        Some(Ok(Value::Object(fields))) => fields,
        Some(Ok(other)) => Map::from_iter([("value".to_owned(), other)]),
        Some(Err(_)) | None => Map::new(),
    }
}

fn text(name: &str, value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        _ if name.ends_with("_sealed") => Some("(sealed)".to_owned()),
        Value::Bool(true) => Some(YES.to_owned()),
        Value::Bool(false) => Some(NO.to_owned()),
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: Option<&str>, after: Option<&str>) -> Vec<(String, String)> {
        let said = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        differences(before, after)
            .into_iter()
            .map(|d| (d.field, format!("{} > {}", said(d.before), said(d.after))))
            .collect()
    }

    #[test]
    fn a_renamed_account_shows_its_name_and_nothing_else() {
        let before = r#"{"id": 1, "name": "Cash", "active": true, "number": null}"#;
        let after = r#"{"id": 1, "name": "Petty cash", "active": true, "number": null}"#;
        assert_eq!(
            told(Some(before), Some(after)),
            [("name".to_owned(), "Cash > Petty cash".to_owned())]
        );
    }

    #[test]
    fn a_new_posting_shows_every_field_that_says_something() {
        let after = r#"{"id": 7, "amount": -125050, "contact_id": null, "posted_on": "2026-10-31"}"#;
        let told = told(None, Some(after));
        assert_eq!(
            told,
            [
                ("amount", "- > -125050"),
                ("id", "- > 7"),
                ("posted_on", "- > 2026-10-31")
            ]
            .map(|(field, said)| (field.to_owned(), said.to_owned()))
        );
    }

    #[test]
    fn a_row_that_went_shows_what_it_was() {
        assert_eq!(
            told(Some(r#"{"active": false}"#), None),
            [("active".to_owned(), "no > -".to_owned())]
        );
    }

    #[test]
    fn a_sealed_field_shows_that_it_changed_and_not_to_what() {
        let told = told(
            Some(r#"{"tax_id_sealed": "\\x01"}"#),
            Some(r#"{"tax_id_sealed": "\\x02"}"#),
        );
        assert_eq!(told, [("tax_id_sealed".to_owned(), "(sealed) > (sealed)".to_owned())]);
    }

    #[test]
    fn a_number_and_the_same_digits_as_text_differ() {
        assert_eq!(told(Some(r#"{"n": 1}"#), Some(r#"{"n": "1"}"#)).len(), 1);
    }

    #[test]
    fn names_read_as_words() {
        for (name, words) in [
            ("posting", "Posting"),
            ("document_line", "Document line"),
            ("account_id", "Account"),
            ("doc_date", "Date"),
            ("retired_in", "Retired in change"),
            ("tax_id_sealed", "Tax id"),
            ("id", "Id"),
            ("", ""),
        ] {
            assert_eq!(plain_name(name), words);
        }
    }
}
