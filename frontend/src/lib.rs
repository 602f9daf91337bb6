#![doc = include_str!("../README.md")]

use wasm_bindgen::prelude::wasm_bindgen;

// Linked for its islands: each exports a function that the page calls by the island's name.
use app as _;

/// Sets up what islands need. The page calls it once, before it wakes the islands one by one.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
