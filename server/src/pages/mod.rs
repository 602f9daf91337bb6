//! Handlers, one module a page: read what the page shows, fill its view type, answer.

pub mod accounting;
pub mod audit;
pub mod banking;
pub mod companies;
pub mod documents;
pub mod home;
pub mod invitations;
pub mod landing;
pub mod login;
pub mod open_items;
pub mod reports;
pub mod settings;
pub mod theme;
