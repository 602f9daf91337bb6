//! The record of real companies: it holds when left alone, and tampering of every kind is found and named.

mod fixture;
mod log;
mod tables;
mod tampering;
mod verification;
