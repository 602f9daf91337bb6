//! View types: what a page shows, in plain values that a handler fills and a browser can be sent.

pub mod accounting;
pub mod audit;
pub mod banking;
pub mod company;
pub mod days;
pub mod difference;
pub mod error;
pub mod frame;
pub mod home;
pub mod journal;
pub mod open_items;
pub mod people;
pub mod report;
pub mod settings;
