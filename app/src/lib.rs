#![doc = include_str!("../README.md")]
// A view is one nested type, and a page nests deeper than the compiler's default.
#![recursion_limit = "256"]

pub mod assets;
mod browser;
pub mod components;
pub mod forms;
pub mod frame;
pub mod help;
pub mod keys;
pub mod live_form;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod theme;
pub mod view;
