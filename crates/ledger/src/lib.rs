#![doc = include_str!("../README.md")]

pub mod accounts;
pub mod chart;
pub mod csv;
pub mod dates;
pub mod entry;
pub mod forecast;
pub mod money;
pub mod paste;
pub mod schedule;
pub mod statements;
