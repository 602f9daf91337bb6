//! The keys of every page in the browser. None of it runs on the server.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, KeyboardEvent};

use crate::browser::{self, first, focus, press};
use crate::keys::{Command, Pressed, Scope, TYPING, keys_are_off, listen_to_switch, pressed, read_keys};

/// How long the first of two keys waits for the second, in milliseconds.
const PAIR_MS: f64 = 1_500.0;

/// Listens as long as the page is there, and before the page's own lists do: the second of two keys is never theirs.
pub fn begin(slug: String) {
    let mut begun: Option<(String, f64)> = None;
    browser::listen_first("keydown", move |event| {
        let event: KeyboardEvent = event.unchecked_into();
        let before = begun.take();
        if is_not_ours(&event) {
            return;
        }
        let key = event.key();
        let before = before
            .as_ref()
            .filter(|(_, at)| event.time_stamp() - at < PAIR_MS)
            .map(|(key, _)| key.as_str());
        let done = match pressed(Scope::Everywhere, before, &key) {
            Pressed::Does(command) => run(&slug, command),
            Pressed::Begins => {
                begun = Some((key, event.time_stamp()));
                true
            }
            Pressed::Nothing => false,
        };
        if done {
            event.prevent_default();
        }
    });
    if let Some(link) = first(".keys-link") {
        browser::listen(&link, "click", |event| {
            event.prevent_default();
            open();
        });
    }
    if let Some(dialog) = dialog() {
        listen_to_switch(&dialog);
    }
}

/// Does what a key asks for; false where there is nothing to do it to.
fn run(slug: &str, command: Command) -> bool {
    match command {
        Command::Keys => {
            open();
            true
        }
        Command::New => begin_something_new(),
        Command::Go(section) => browser::go(&section.path(slug)),
        _ => false,
    }
}

/// Opens the dialog with the keys of this page.
fn open() {
    if let Some(dialog) = dialog().filter(|dialog| !dialog.open()) {
        read_keys();
        browser::hide_what_is_not_here(&dialog);
        // It fails only for a dialog that is open, or not in the page any more.
        let _ = dialog.show_modal();
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    first(".keys-dialog")?.dyn_into().ok()
}

/// Whether a key belongs to the browser, to a field, or to a dialog that is open.
fn is_not_ours(event: &KeyboardEvent) -> bool {
    event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || event.is_composing()
        || browser::has_focus(TYPING)
        || keys_are_off()
        || browser::is_there("dialog[open]")
}

/// The page's own way to begin something, or else the New menu.
fn begin_something_new() -> bool {
    match first("main [data-key='n']") {
        Some(own) => press(Some(own)),
        None => first("[data-new-menu]").is_some_and(|menu| press(Some(menu.clone())) && focus(Some(menu))),
    }
}
