//! Pages, one a file, named as the resource they show. A page is a component over a view type and nothing else: its
//! handler in `server` has read everything before.

pub mod accounting;
pub mod audit;
pub mod banking;
pub mod companies;
pub mod company_new;
pub mod document;
pub mod error;
pub mod forecast;
pub mod help;
pub mod home;
pub mod invitation;
pub mod journal_form;
pub mod landing;
pub mod login;
pub mod open_items;
pub mod reports;
pub mod saved_views;
pub mod search;
pub mod sessions;
pub mod settings;
#[cfg(feature = "ssr")]
pub mod style_page;
pub mod transactions;
