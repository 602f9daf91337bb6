#![doc = include_str!("../README.md")]

pub mod assets;
pub mod commands;
pub mod config;
pub mod errors;
pub mod forms;
pub mod layers;
pub mod log;
pub mod page;
pub mod pages;
pub mod readiness;
pub mod recurring;
pub mod refusals;
pub mod routes;
pub mod serve;
pub mod state;
pub mod visitor;
