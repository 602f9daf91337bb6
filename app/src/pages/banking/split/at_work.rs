//! The form of a split in the browser: it says while one types what remains, and grows.

use std::rc::Rc;

use ledger::money::{format_amount, parse_amount_or_sum};
use leptos::prelude::*;

use super::rest_words;
use crate::browser::{find, listen, say, target_in};
use crate::forms::{Choice, FieldError, find_choice};
use crate::live_form::{LiveForm, Rows};
use crate::view::banking::split::{MAX_PARTS, MORE_PARTS, PART_COUNT, PARTS, PartField, PartReader, action, remaining};

/// The form.
const FORM: &str = "form[data-split]";

/// Keeps the form of a split company.
#[island]
pub fn SplitAtWork(reader: PartReader, children: Children) -> impl IntoView {
    Effect::new(move |_| begin(reader.clone()));
    children()
}

fn begin(reader: PartReader) {
    let reader = Rc::new(reader);
    let of_fields = Rc::clone(&reader);
    let Some(live) = LiveForm::begin(FORM, move |name, typed| completed(&of_fields, name, typed)) else {
        return;
    };
    let Some(parts) = Rows::of(&live.element, PART_COUNT, action::ADD_PARTS, MAX_PARTS) else {
        return;
    };
    // What the browser restored, or was typed before the island woke, counts too.
    add_up(&live, &reader);
    let typed_in = Rc::clone(&live);
    listen(&live.element, "input", move |event| {
        add_up(&typed_in, &reader);
        typed_in.typed(&event, PARTS);
    });
    listen(&live.element, "click", move |event| {
        let asks_for_more =
            |button: web_sys::HtmlElement| button.get_attribute("value").as_deref() == Some(action::ADD_PARTS);
        if target_in(&event, "button").is_some_and(asks_for_more) {
            event.prevent_default();
            parts.add(MORE_PARTS);
        }
    });
}

fn add_up(live: &LiveForm, reader: &PartReader) {
    let pairs = live.pairs();
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (class, words) = rest_words(remaining(reader.total, reader.currency, pairs), reader.currency);
    if let Some(rest) = find(&live.element, "[data-live=rest]") {
        rest.set_class_name(class);
        say(&rest, &words);
    }
}

/// The field's value written out as one leaves it; none when it stays as it was typed.
fn completed(reader: &PartReader, name: &str, typed: &str) -> Result<Option<String>, FieldError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let choose = |choices: &[Choice], kind| {
        find_choice(choices, typed)
            .map(Choice::label)
            .map_err(|error| error.message(kind))
    };
    let completed = match PartField::parse(name) {
        Some((_, PartField::Account)) => choose(&reader.accounts, "a category"),
        Some((_, PartField::Contact)) => choose(&reader.contacts, "a customer or vendor"),
        Some((_, PartField::Amount)) => parse_amount_or_sum(typed, reader.currency)
            .map(|amount| format_amount(amount, reader.currency))
            .map_err(|error| error.to_string()),
        Some((_, PartField::Description)) | None => return Ok(None),
    };
    completed.map(Some).map_err(|message| FieldError::at(name, message))
}

#[cfg(test)]
mod tests {
    use ledger::money::Currency;

    use super::*;

    #[test]
    fn leaving_a_field_of_a_part_writes_out_what_was_meant_or_says_what_is_wrong() {
        let choice = |id, name: &str| Choice {
            id,
            number: None,
            name: name.to_owned(),
        };
        let reader = PartReader {
            total: 10_000,
            currency: Currency::USD,
            accounts: vec![choice(1, "Meals"), choice(2, "Supplies")],
            contacts: vec![choice(9, "Cedar Property")],
        };
        let completed = |name, typed| completed(&reader, name, typed);
        assert_eq!(completed("splits.0.account", "sup"), Ok(Some("Supplies".to_owned())));
        assert_eq!(
            completed("splits.1.contact", "property"),
            Ok(Some("Cedar Property".to_owned()))
        );
        assert_eq!(completed("splits.0.amount", "12*5"), Ok(Some("60.00".to_owned())));
        assert_eq!(completed("splits.0.description", "12*5"), Ok(None));
        for (name, typed) in [("splits.0.account", "Payroll"), ("splits.0.amount", "abc")] {
            assert!(completed(name, typed).is_err_and(|error| error.field == name));
        }
    }
}
