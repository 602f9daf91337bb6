//! The web server as a browser meets it: headers, errors, limits, the pattern of forms, and who may do what.

mod bank_lines;
mod browser;
mod chart_file;
mod cross_site;
mod drain;
mod fixture;
mod form_pattern;
mod headers;
mod help;
mod journal;
mod limits;
mod list_pages;
mod lists;
mod log;
mod meanwhile;
mod nul;
mod opening;
mod people;
mod periods;
mod reports;
mod roles;
mod sessions;
mod settings;
mod settlements;
mod signing_in;
mod stale;
mod support;
mod theme;
mod uploads;

// The provider that the tests of `identity` made: one that signs, redeems and publishes as a real one.
#[expect(dead_code, reason = "its forgeries are for the tests of `identity`")]
#[path = "../../../crates/identity/tests/identity/provider.rs"]
mod provider;
