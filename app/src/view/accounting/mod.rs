//! What the pages of the section Accounting show.

pub mod chart;
pub mod entry;
pub mod journal_list;
pub mod locks;
pub mod opening;
