//! Keys of one letter get in the way of those who speak to their computer (WCAG 2.1.4): the browser remembers who turned them off.

use leptos::prelude::*;

/// Where the browser remembers it.
const OFF: &str = "keys-off";

#[cfg(not(feature = "ssr"))]
thread_local! {
    static SWITCH: ArcRwSignal<bool> = ArcRwSignal::new(true);
}

/// Whether the keys are on, one signal for the whole page: every switch on it shows the same. On the server they are.
pub fn keys_switch() -> RwSignal<bool> {
    #[cfg(not(feature = "ssr"))]
    let shared = SWITCH.with(Clone::clone);
    #[cfg(feature = "ssr")]
    let shared = ArcRwSignal::new(true);
    shared.into()
}

/// Whether this browser's keys of one letter are turned off.
pub fn keys_are_off() -> bool {
    let storage = window().local_storage().ok().flatten();
    storage
        .and_then(|storage| storage.get_item(OFF).ok().flatten())
        .is_some()
}

/// Has the switches show what the browser remembers, which another of its windows may have changed.
pub fn read_keys() {
    keys_switch().set(!keys_are_off());
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
    keys_switch().set(on);
}
