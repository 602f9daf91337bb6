//! What the keys need of the browser.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::keys::{Command, Pressed, Scope, TYPING, keys_are_off, pressed};

/// How long the first of two keys waits for the second, in milliseconds.
const PAIR_MS: f64 = 1_500.0;

/// Calls `run` with what the keys ask for, as long as the page is there. It listens before the page's own lists do: the second of two
/// keys is never theirs. `run` says whether there was anything to do.
pub fn listen(run: impl Fn(Command) -> bool + 'static) {
    let mut first: Option<(String, f64)> = None;
    let on_key = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        let before = first.take();
        if is_not_ours(&event) {
            return;
        }
        let key = event.key();
        let begun = before
            .as_ref()
            .filter(|(_, at)| event.time_stamp() - at < PAIR_MS)
            .map(|(key, _)| key.as_str());
        let done = match pressed(Scope::Everywhere, begun, &key) {
            Pressed::Does(command) => run(command),
            Pressed::Begins => {
                first = Some((key, event.time_stamp()));
                true
            }
            Pressed::Nothing => false,
        };
        if done {
            event.prevent_default();
        }
    });
    // It fails only for an event's name that is none.
    let _ = window().add_event_listener_with_callback_and_bool("keydown", on_key.as_ref().unchecked_ref(), true);
    on_key.forget();
}

/// Whether a key belongs to the browser, to a field, or to a dialog that is open.
fn is_not_ours(event: &KeyboardEvent) -> bool {
    let is_typing = document()
        .active_element()
        .is_some_and(|element| element.matches(TYPING).unwrap_or(false));
    event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || event.is_composing()
        || is_typing
        || keys_are_off()
        || find("dialog[open]").is_some()
}

/// The page's own way to begin something, or else the New menu.
pub fn begin_something_new() -> bool {
    match find("main [data-key='n']") {
        Some(own) => press(own),
        None => find("[data-new-menu]").is_some_and(|menu| press(menu.clone()) && focus(&menu)),
    }
}

/// On to a page.
pub fn go(path: &str) -> bool {
    window().location().set_href(path).is_ok()
}

/// Hides the groups whose keys nothing on this page listens for, and the keys whose box or field is not on it.
pub fn hide_what_is_not_here(dialog: &Element) {
    let Ok(parts) = dialog.query_selector_all("[data-needs]") else {
        return;
    };
    for at in 0..parts.length() {
        let part = parts.item(at).and_then(|node| node.dyn_into::<HtmlElement>().ok());
        if let Some((part, needs)) = part.and_then(|part| Some((part.clone(), part.get_attribute("data-needs")?))) {
            part.set_hidden(find(&needs).is_none());
        }
    }
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

fn press(element: HtmlElement) -> bool {
    element.click();
    true
}

fn focus(element: &HtmlElement) -> bool {
    element.focus().is_ok()
}
