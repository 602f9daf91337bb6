//! The keys of a list. They press what is there: every row, box, button and link works without them.
//!
//! A row is `tr[data-row]`, or `tr[data-line]` in the review list. Inside it `data-key` names the key that presses an element, or
//! that goes to it where it is a field.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use crate::browser::{self, find, first, focus, has_focus, is_there, press};
use crate::keys::{
    Command, FIND, KeysSwitch, PRESSES, Pressed, Scope, TYPING, UNDO, keys_are_off, keys_of, listen_to_switch, pressed,
    read_keys,
};

/// A box to check takes no letters.
const CHECKED: &str = "input[type=checkbox], input[type=radio]";

/// The keys of the page's list in short, with their switch. It appears with the island: without JavaScript there are no keys.
#[component]
pub fn ListKeys(
    /// Whether it is the review list, with its own keys.
    review: bool,
) -> impl IntoView {
    let scope = scope(review);
    let short = if review {
        [
            ("j k", "move"),
            ("Enter", "add"),
            ("x", "select"),
            ("c", "category"),
            ("s", "split"),
            ("z", "undo"),
        ]
        .as_slice()
    } else {
        [("j k", "move"), ("Enter", "open"), ("x", "select"), ("/", "search")].as_slice()
    };
    let caps = short
        .iter()
        .map(|(keys, words)| {
            let caps = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> " " }).collect_view();
            // A key whose box or field is not on this page is not told.
            view! { <span data-needs=target_of(scope, keys)>{caps} {*words}</span> }
        })
        .collect_view();
    view! {
        <ListKeysAtWork review>
            <span class="keys small muted wide" data-keys=if review { "review" } else { "list" } hidden>
                <span class="caps" data-keys-told="">
                    {caps}
                </span>
                <KeysSwitch class="btn sm quiet" />
            </span>
        </ListKeysAtWork>
    }
    .into_any()
}

/// Listens for the keys of the page's list.
#[island]
pub fn ListKeysAtWork(review: bool, children: Children) -> impl IntoView {
    Effect::new(move |_| begin(scope(review)));
    children()
}

const fn scope(review: bool) -> Scope {
    if review { Scope::Review } else { Scope::List }
}

fn begin(scope: Scope) {
    if let Some(told) = scope.mark().and_then(first) {
        browser::hide_what_is_not_here(&told);
        listen_to_switch(&told);
        told.set_hidden(false);
    }
    read_keys();
    focus_target(scope);
    browser::listen(&window(), "keydown", move |event| {
        if !keys_are_off() {
            on_key(scope, event.unchecked_ref());
        }
    });
}

/// What the first of these keys needs.
fn target_of(scope: Scope, keys: &str) -> Option<&'static str> {
    let first = keys.split(' ').next()?;
    keys_of(scope).find(|key| key.press == [first])?.target()
}

fn on_key(scope: Scope, event: &KeyboardEvent) {
    if event.default_prevented()
        || event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || event.is_composing()
        || is_there("dialog[open]")
    {
        return;
    }
    let Pressed::Does(command) = pressed(scope, None, &event.key()) else {
        return;
    };
    let is_typing = has_focus(TYPING) && !has_focus(CHECKED);
    if applies(command, is_typing, has_focus(PRESSES)) && run(scope, command) {
        event.prevent_default();
    }
}

/// Whether a command is meant where the focus is.
fn applies(command: Command, is_typing: bool, is_on_button: bool) -> bool {
    match command {
        Command::Leave => is_typing,
        Command::Accept | Command::Open => !is_typing && !is_on_button,
        _ => !is_typing,
    }
}

/// Does it; false where there is nothing to do it to.
fn run(scope: Scope, command: Command) -> bool {
    let row = current_row(scope);
    let on_row = |act: &dyn Fn(&Element) -> bool| row.as_ref().is_some_and(act);
    match command {
        Command::Down => move_by(scope, row.as_ref(), true),
        Command::Up => move_by(scope, row.as_ref(), false),
        Command::Open => on_row(&|row| press(find(row, "[data-key='Enter']"))),
        Command::Accept => on_row(&accept),
        Command::Select => on_row(&|row| press(find(row, "[data-key='x']"))),
        Command::Category => on_row(&to_category),
        Command::Split => on_row(&|row| press(find(row, "[data-key='s']"))),
        Command::Undo => press(first(UNDO)),
        Command::Find => focus(first(FIND)),
        Command::Leave => match row {
            Some(row) => focus(row.dyn_into().ok()),
            None => scope.needs().is_some_and(|rows| focus(first(rows))),
        },
        Command::Search | Command::Keys | Command::New | Command::Go(_) | Command::Post => false,
    }
}

/// The row that has the focus, or in which something has it.
fn current_row(scope: Scope) -> Option<Element> {
    document().active_element()?.closest(scope.needs()?).ok()?
}

fn move_by(scope: Scope, row: Option<&Element>, down: bool) -> bool {
    let Some(rows) = scope.needs() else {
        return false;
    };
    let Some(row) = row else {
        return focus(first(rows));
    };
    // Between two rows may stand what is none, as the head of a group.
    let Ok(all) = document().query_selector_all(rows) else {
        return false;
    };
    let Some(at) = (0..all.length()).find(|at| all.get(*at).is_some_and(|node| node.is_same_node(Some(row)))) else {
        return false;
    };
    let to = if down { at.checked_add(1) } else { at.checked_sub(1) };
    let to = to.and_then(|to| all.get(to));
    focus(to.and_then(|node| node.dyn_into().ok()))
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

/// The row that the address points to goes on with the keys.
fn focus_target(scope: Scope) {
    if let Some(rows) = scope.needs() {
        focus(first(&format!("{rows}:target")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_text_where_one_types_and_enter_presses_a_button_by_itself() {
        assert!(applies(Command::Down, false, false) && applies(Command::Down, false, true));
        assert!(!applies(Command::Down, true, false));
        for enter in [Command::Accept, Command::Open] {
            assert!(applies(enter, false, false) && !applies(enter, false, true) && !applies(enter, true, false));
        }
        assert!(applies(Command::Leave, true, false) && !applies(Command::Leave, false, false));
    }
}
