//! View types: what a page shows, in plain values that a handler fills and a browser can be sent.

pub mod accounting;
pub mod audit;
pub mod banking;
pub mod company;
pub mod days;
pub mod difference;
pub mod error;
pub mod forecast;
pub mod frame;
pub mod home;
pub mod journal;
pub mod journal_import;
pub mod ledger;
pub mod lists;
pub mod open_items;
pub mod people;
pub mod recurring;
pub mod report;
pub mod saved_views;
pub mod search;
pub mod sessions;
pub mod settings;
#[cfg(feature = "ssr")]
pub mod tokens;
pub mod transactions;
