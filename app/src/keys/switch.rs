//! Keys of one letter get in the way of those who speak to their computer (WCAG 2.1.4): the browser remembers who turned them off.

use leptos::prelude::*;

use crate::browser;

/// Where the browser remembers it.
const OFF: &str = "keys-off";
/// Every switch of the page: all of them show the same.
const SWITCHES: &str = "[data-keys-switch]";
/// What is told of keys only while they are on.
const TOLD: &str = "[data-keys-told]";

/// The button that turns them on or off. On the server they are on.
#[component]
pub fn KeysSwitch(
    /// What it looks like.
    class: &'static str,
) -> impl IntoView {
    view! {
        <button type="button" class=class aria-pressed="true" data-keys-switch="">
            "Keys on"
        </button>
    }
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
    show_keys(!keys_are_off());
}

/// Turns the keys on or off when a switch inside `island` is pressed.
pub fn listen_to_switch(island: &web_sys::Element) {
    browser::listen(island, "click", |event| {
        if let Some(switch) = browser::target_in(&event, SWITCHES) {
            turn_keys(switch.get_attribute("aria-pressed").as_deref() != Some("true"));
        }
    });
}

/// Turns them on or off, and remembers it. A browser that keeps nothing forgets it with the page, which is all that is lost.
fn turn_keys(on: bool) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = if on {
            storage.remove_item(OFF)
        } else {
            storage.set_item(OFF, "yes")
        };
    }
    show_keys(on);
}

fn show_keys(on: bool) {
    let Some(page) = document().document_element() else {
        return;
    };
    for switch in browser::all(&page, SWITCHES) {
        browser::set(&switch, "aria-pressed", Some(browser::truth(on)));
        browser::say(&switch, if on { "Keys on" } else { "Keys off" });
    }
    for told in browser::all(&page, TOLD) {
        told.set_hidden(!on);
    }
}
