#![doc = include_str!("../README.md")]

/// Opens a change, or returns the answer that the same request got before. The caller's error type is `books::Error`.
macro_rules! change {
    ($cx:expr, $capability:expr, $key:expr) => {
        match $cx.write($capability, $key).await? {
            tenancy::Opened::Change(tx) => tx,
            tenancy::Opened::Repeated(answer) => return Ok(answer.read()?),
        }
    };
}

pub mod accounts;
pub mod bank_accounts;
mod blocking;
pub mod check;
pub mod company;
pub mod contacts;
pub mod documents;
mod entry_facts;
mod error;
mod fields;
pub mod fiscal_years;
pub mod home;
pub mod journal;
pub mod journal_import;
mod live;
pub mod locks;
pub mod opening;
pub mod recurring;
mod refusals;
pub mod reports;
mod reveals;
pub mod review;
pub mod saved_views;
pub mod search;
pub mod settlements;
pub mod statements;
mod words;

pub use error::{Error, Problem, Remedy};
