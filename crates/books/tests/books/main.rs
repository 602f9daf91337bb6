//! What a company can do, as sentences about its books. Each test has a company of its own.
#![expect(
    clippy::inconsistent_digit_grouping,
    reason = "amounts are written as dollars and cents: 120_000 is $1,200.00"
)]

mod account_import;
mod account_merge;
mod account_retype;
mod accounts;
mod banking;
mod capabilities;
mod changed_since;
mod check;
mod company;
mod contacts;
mod due_dates;
mod fixture;
mod general_ledger;
mod histories;
mod home;
mod journal;
mod journal_import;
mod journal_import_errors;
mod journal_import_preview;
mod journal_import_repeats;
mod journal_report;
mod locks;
mod opening;
mod recurring;
mod reports;
mod reports_adjusting;
mod reports_cash_flow;
mod reports_columns;
mod reports_known;
mod reports_ledger;
mod reports_textbook;
mod reports_years;
mod revisions;
mod saved_views;
mod search;
mod settlement_list;
mod settlements;
#[path = "../shared/textbook.rs"]
mod textbook;
mod transactions;
mod voids;
mod years;
