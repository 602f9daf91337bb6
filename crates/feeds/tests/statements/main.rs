//! Statement files as banks write them, and what is read of them.

mod accounts;
mod doubts;
mod identity;
mod leniency;
mod limits;
mod properties;
mod reference_files;
mod strictness;
mod written;
