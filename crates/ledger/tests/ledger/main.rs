//! The rules of accounting as one would check them by hand, and as properties.

mod faces;
mod printing_plus;
mod properties;
mod report;
mod statement_columns;
