//! Keys of one letter get in the way of those who speak to their computer (WCAG 2.1.4): the browser remembers who turned them off.

use leptos::prelude::window;

/// Where the browser remembers it.
const OFF: &str = "keys-off";

/// Whether this browser's keys of one letter are turned off.
pub fn keys_are_off() -> bool {
    let storage = window().local_storage().ok().flatten();
    storage
        .and_then(|storage| storage.get_item(OFF).ok().flatten())
        .is_some()
}

/// Turns them on or off, and remembers it. A browser that keeps nothing forgets it with the page, which is all that is lost.
pub fn turn_keys(on: bool) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = if on {
            storage.remove_item(OFF)
        } else {
            storage.set_item(OFF, "yes")
        };
    }
}
