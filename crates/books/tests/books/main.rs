//! What a company can do, as sentences about its books. Each test has a company of its own.
#![expect(
    clippy::inconsistent_digit_grouping,
    reason = "amounts are written as dollars and cents: 1_200_00 is $1,200.00"
)]

mod accounts;
mod banking;
mod capabilities;
mod check;
mod company;
mod contacts;
mod fixture;
mod histories;
mod home;
mod journal;
mod journal_import;
mod journal_import_errors;
mod journal_import_repeats;
mod locks;
mod opening;
mod reports;
mod reports_ledger;
mod reports_textbook;
mod reports_years;
mod revisions;
mod settlements;
#[path = "../shared/textbook.rs"]
mod textbook;
mod voids;
