//! The demo company's reports: to the letter as they were read, and beside hledger and beancount. Its books are those of one fixed
//! day, whatever today is. Comparisons are skipped where the other program is not there.

mod demo;
mod golden;
#[path = "../../../crates/books/tests/shared/golden_file.rs"]
mod golden_file;
#[path = "../../../crates/books/tests/shared/golden_lines.rs"]
mod golden_lines;
#[path = "../../../crates/books/tests/shared/golden_statements.rs"]
mod golden_statements;
#[path = "../../../crates/books/tests/shared/month_by_month.rs"]
mod month_by_month;
mod months;
#[path = "../../../crates/books/tests/shared/other_programs.rs"]
mod other_programs;

use std::collections::BTreeMap;

/// Balances in cents, debit positive, by name, without those of zero.
type Balances = BTreeMap<String, i64>;
