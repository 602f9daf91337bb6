//! What the pages of the section Accounting show.

pub mod account;
pub mod account_import;
pub mod chart;
pub mod entry;
pub mod locks;
pub mod opening;
pub mod periods;
pub mod years;
