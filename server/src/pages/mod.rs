//! Handlers, one module a page: read what the page shows, fill its view type, answer.

pub mod account;
pub mod accounting;
pub mod audit;
pub mod banking;
pub mod companies;
pub mod documents;
pub mod forecast;
pub mod help;
pub mod home;
pub mod invitations;
pub mod landing;
mod lists;
pub mod login;
pub mod open_items;
pub mod reports;
pub mod saved_views;
pub mod search;
pub mod settings;
pub mod style_page;
pub mod theme;
pub mod transactions;
