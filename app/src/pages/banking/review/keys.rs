//! Keys for the review list. They press what is there: every row, button and link works without them.
//!
//! Keys of one letter get in the way of those who speak to their computer, so a switch turns them off, and the browser
//! remembers it.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// Where the browser remembers that the keys are off.
const OFF: &str = "review-keys-off";
/// Where letters are text.
const TYPING: &str = "input, select, textarea, [contenteditable]";
/// What Enter presses by itself.
const PRESSES: &str = "button, a, summary";

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Command {
    Down,
    Up,
    Accept,
    Category,
    Split,
    Undo,
    Leave,
}

impl Command {
    fn of(key: &str) -> Option<Self> {
        Some(match key {
            "j" => Self::Down,
            "k" => Self::Up,
            "Enter" => Self::Accept,
            "c" => Self::Category,
            "s" => Self::Split,
            "z" => Self::Undo,
            "Escape" => Self::Leave,
            _ => return None,
        })
    }

    /// Whether it is meant where the focus is.
    fn applies(self, is_typing: bool, is_on_button: bool) -> bool {
        match self {
            Self::Leave => is_typing,
            Self::Accept => !is_typing && !is_on_button,
            _ => !is_typing,
        }
    }
}

/// The keys in words, with their switch. It appears with the island: without JavaScript there are no keys.
#[island]
pub fn ReviewKeys() -> impl IntoView {
    let is_awake = RwSignal::new(false);
    let are_on = RwSignal::new(true);
    Effect::new(move |_| {
        is_awake.set(true);
        are_on.set(!remembered_off());
        focus_target();
        let listener = window_event_listener(ev::keydown, move |event| {
            if are_on.get_untracked() {
                on_key(&event);
            }
        });
        on_cleanup(move || listener.remove());
    });
    let switch = move |_| {
        are_on.update(|on| *on = !*on);
        remember_off(!are_on.get_untracked());
    };
    view! {
        <span class="keys small muted wide" hidden=move || !is_awake.get()>
            <span hidden=move || !are_on.get()>
                <kbd>"j"</kbd>
                " "
                <kbd>"k"</kbd>
                " move · "
                <kbd>"Enter"</kbd>
                " add · "
                <kbd>"c"</kbd>
                " category · "
                <kbd>"s"</kbd>
                " split · "
                <kbd>"z"</kbd>
                " undo "
            </span>
            <button
                type="button"
                class="btn sm quiet"
                aria-pressed=move || if are_on.get() { "true" } else { "false" }
                on:click=switch
            >
                {move || if are_on.get() { "Keys on" } else { "Keys off" }}
            </button>
        </span>
    }
}

fn on_key(event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return;
    }
    let Some(command) = Command::of(&event.key()) else {
        return;
    };
    let focused = document().active_element();
    let is_in = |selector: &str| {
        focused
            .as_ref()
            .is_some_and(|element| element.matches(selector).unwrap_or(false))
    };
    if command.applies(is_in(TYPING), is_in(PRESSES)) && run(command) {
        event.prevent_default();
    }
}

/// Does it; false where there is nothing to do it to.
fn run(command: Command) -> bool {
    let row = current_row();
    let on_row = |act: &dyn Fn(&Element) -> bool| row.as_ref().is_some_and(act);
    match command {
        Command::Down => move_by(row.as_ref(), true),
        Command::Up => move_by(row.as_ref(), false),
        Command::Accept => on_row(&accept),
        Command::Category => on_row(&to_category),
        Command::Split => on_row(&|row| press(find(row, "[data-key='s']"))),
        Command::Undo => press(html(document().query_selector(".toast [data-key='z']").ok().flatten())),
        Command::Leave => on_row(&|row| focus(html(Some(row.clone())))),
    }
}

/// The row that has the focus, or in which something has it.
fn current_row() -> Option<Element> {
    document().active_element()?.closest("tr[data-line]").ok()?
}

fn move_by(row: Option<&Element>, down: bool) -> bool {
    let to = match row {
        None => document().query_selector("tr[data-line]").ok().flatten(),
        Some(row) if down => row.next_element_sibling(),
        Some(row) => row.previous_element_sibling(),
    };
    focus(html(to))
}

/// Presses the row's first button; a category that nobody typed is asked for first.
fn accept(row: &Element) -> bool {
    let Some(button) = find(row, "[data-key='Enter']") else {
        return false;
    };
    let category = button
        .closest("form")
        .ok()
        .flatten()
        .and_then(|form| find(&form, "[data-key='c']"));
    let is_missing = category
        .and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
        .is_some_and(|field| field.value().trim().is_empty());
    if is_missing {
        to_category(row)
    } else {
        press(Some(button))
    }
}

fn to_category(row: &Element) -> bool {
    if let Ok(Some(closed)) = row.query_selector("details:not([open])") {
        // It fails only for a name that is no attribute's.
        let _ = closed.set_attribute("open", "");
    }
    focus(find(row, "[data-key='c']"))
}

fn find(within: &Element, selector: &str) -> Option<HtmlElement> {
    html(within.query_selector(selector).ok().flatten())
}

fn html(element: Option<Element>) -> Option<HtmlElement> {
    element?.dyn_into().ok()
}

fn press(element: Option<HtmlElement>) -> bool {
    element.inspect(HtmlElement::click).is_some()
}

fn focus(element: Option<HtmlElement>) -> bool {
    element.is_some_and(|element| element.focus().is_ok())
}

/// The row that the address points to goes on with the keys.
fn focus_target() {
    focus(html(document().query_selector("tr[data-line]:target").ok().flatten()));
}

fn remembered_off() -> bool {
    let storage = window().local_storage().ok().flatten();
    storage
        .and_then(|storage| storage.get_item(OFF).ok().flatten())
        .is_some()
}

fn remember_off(is_off: bool) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A browser that keeps nothing forgets the switch, which is all that is lost.
        let _ = if is_off {
            storage.set_item(OFF, "yes")
        } else {
            storage.remove_item(OFF)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_text_where_one_types_and_enter_presses_a_button_by_itself() {
        let applies = |key, is_typing, is_on_button| {
            Command::of(key).is_some_and(|command| command.applies(is_typing, is_on_button))
        };
        assert!(applies("j", false, false) && applies("j", false, true) && !applies("j", true, false));
        assert!(applies("Enter", false, false) && !applies("Enter", false, true) && !applies("Enter", true, false));
        assert!(applies("Escape", true, false) && !applies("Escape", false, false));
        assert!(!applies("x", false, false));
    }
}
