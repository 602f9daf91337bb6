//! The messages at the fields, put in and taken out in the browser: just as the server writes them.

use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlFormElement};

use crate::browser::{all, append, by_id, find, focus, is, say, set};
use crate::components::{Piece, Places, remedy, summary_heading};
use crate::forms::{ERROR, FieldError, HINT, PLACE, field_id};

/// What the summary of errors stands above.
const FIELDS: &str = ".sheet";
/// The summary's own `id`.
const SUMMARY: &str = "error-summary";

/// Puts a message at its field, in the place of any other there. A field that the form does not show has none: then the summary says it
/// alone.
pub fn show(error: &FieldError) {
    let id = field_id(&error.field);
    let Some(field) = by_id(&id) else {
        return;
    };
    match by_id(&(id.clone() + ERROR)) {
        // It fails only for an element's name that is none.
        Some(message) => drop(write(&message, error)),
        None => {
            let around = || field.closest(".field").ok().flatten();
            let place = match by_id(&(id.clone() + PLACE)) {
                Some(place) => place.into(),
                None => around().unwrap_or_else(|| field.clone().into()),
            };
            // It fails only for an element's name that is none.
            let _ = append(&place, "p", "error", "").and_then(|message| {
                message.set_id(&(id.clone() + ERROR));
                write(&message, error)
            });
            // A question that is not shown is shown once its answer is missed.
            set(&place, "hidden", None);
        }
    }
    describe(&field, &id, true);
}

/// Writes a message with its link, as one piece of text.
fn write(place: &Element, error: &FieldError) -> Result<(), JsValue> {
    let pieces = remedy(error, &places(place));
    if pieces.is_empty() {
        say(place, &error.message);
        return Ok(());
    }
    place.set_text_content(None);
    let words = append(place, "span", "", &error.message)?;
    append_remedy(&words, pieces)
}

/// What the form around says of where messages can be helped.
fn places(at: &Element) -> Places {
    let form = at.closest("form").ok().flatten();
    let of_form = |name| form.as_ref()?.get_attribute(name);
    Places {
        locks: of_form("data-locks"),
        contacts: of_form("data-contacts"),
    }
}

fn append_remedy(after: &Element, pieces: Vec<Piece>) -> Result<(), JsValue> {
    for piece in pieces {
        match piece {
            Piece::Text(words) => after.append_with_str_1(words)?,
            Piece::Link {
                words,
                href,
                in_new_tab,
            } => {
                let link = append(after, "a", "remedy", &words)?;
                set(&link, "href", Some(&href));
                if in_new_tab {
                    set(&link, "target", Some("_blank"));
                    set(&link, "rel", Some("noopener"));
                }
            }
        }
    }
    Ok(())
}

/// Takes the message off the field of this name.
pub fn clear(name: &str) {
    clear_at(&field_id(name));
}

fn clear_at(id: &str) {
    if let Some(message) = by_id(&(id.to_owned() + ERROR)) {
        message.remove();
        if let Some(field) = by_id(id) {
            describe(&field, id, false);
        }
    }
}

/// Says of a control whether it is right, and what describes it.
fn describe(field: &Element, id: &str, is_wrong: bool) {
    if !is(field, "input, select, textarea") {
        return;
    }
    set(field, "aria-invalid", is_wrong.then_some("true"));
    let hint = Some(id.to_owned() + HINT).filter(|hint| by_id(hint).is_some());
    let described_by = match (hint, is_wrong) {
        (Some(hint), true) => Some(format!("{hint} {id}{ERROR}")),
        (None, true) => Some(id.to_owned() + ERROR),
        (hint, false) => hint,
    };
    set(field, "aria-describedby", described_by.as_deref());
}

/// Shows what an answer refused, in the place of every message before, and takes the focus to the summary, so that it is read and its
/// links are next.
pub fn show_all(form: &HtmlFormElement, errors: &[FieldError]) {
    for message in all(form, "p.error") {
        clear_at(message.id().strip_suffix(ERROR).unwrap_or_default());
    }
    // Of several at one field the first is shown, as on the server.
    for error in errors.iter().rev() {
        show(error);
    }
    if let Some(before) = by_id(SUMMARY) {
        before.remove();
    }
    // It fails only for an element's name that is none.
    let _ = draw_summary(form, errors);
    focus(by_id(SUMMARY));
}

fn draw_summary(form: &HtmlFormElement, errors: &[FieldError]) -> Result<(), JsValue> {
    let summary = append(form, "div", "error-summary", "")?;
    for (name, value) in [("id", SUMMARY), ("role", "alert"), ("tabindex", "-1")] {
        set(&summary, name, Some(value));
    }
    append(&summary, "h2", "", &summary_heading(errors.len()))?;
    let list = append(&summary, "ul", "", "")?;
    for error in errors {
        let line = append(&list, "li", "", "")?;
        if error.field.is_empty() {
            say(&line, &error.message);
        } else {
            let link = append(&line, "a", "", &error.message)?;
            set(&link, "href", Some(&format!("#{}", field_id(&error.field))));
        }
        append_remedy(&line, remedy(error, &places(form)))?;
    }
    if let Some(fields) = find(form, FIELDS) {
        fields.insert_adjacent_element("beforebegin", &summary)?;
    }
    Ok(())
}
