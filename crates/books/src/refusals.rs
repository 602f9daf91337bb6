//! Each refusal of the database as one message at one field.
//!
//! The checks before a write make most of these kinder and sooner; these are what a race or a program's error still meets.

use ledger::dates::{format_date, parse_date};
use tenancy::{Refusal, RefusalCode};
use time::Date;

use crate::Problem;

/// The message and its field; none for refusals that no form can cause.
pub(crate) fn problem(refusal: &Refusal) -> Option<Problem> {
    let problem = match refusal.code {
        RefusalCode::Unbalanced => Problem::at(
            "lines",
            "Debits and credits differ. Make both columns add up to the same amount.",
        ),
        RefusalCode::ControlLeg => Problem::at(
            "lines",
            "A line on a receivable or payable account needs a name. Choose the customer or vendor.",
        ),
        RefusalCode::Locked => locked("date", &first_day(&refusal.detail)),
        RefusalCode::Matched => matched(),
        RefusalCode::BeyondOpen => Problem::of_form(
            "That is more than is open. Somebody may have settled or matched it meanwhile: look again.",
        ),
        RefusalCode::InactiveAccount => Problem::at(
            "lines",
            "One of the accounts is inactive. Choose another, or make it active in the chart of accounts.",
        ),
        RefusalCode::BeforeBooks => before_books("date", &first_day(&refusal.detail)),
        RefusalCode::LastAdmin => Problem::of_form("A company needs an admin. Make somebody else an admin first."),
        RefusalCode::Constraint => return constraint(refusal.constraint.as_deref()?),
        RefusalCode::Series
        | RefusalCode::NeverChanged
        | RefusalCode::NoChange
        | RefusalCode::SecondChange
        | RefusalCode::NotPermitted
        | RefusalCode::ReadOnly => return None,
    };
    Some(problem)
}

/// What the bank confirmed stays as it is until the match is undone.
pub(crate) fn matched() -> Problem {
    Problem::of_form("A bank line is matched to this. Undo the match on the Banking page first.")
}

/// The day in `field` lies in a period that is locked through the day written in `through`.
pub(crate) fn locked(field: &str, through: &str) -> Problem {
    Problem::at(
        field,
        format!(
            "The books are locked through {through}. Choose a later date, or ask your accountant to open the period."
        ),
    )
}

/// The day in `field` lies before the one written in `begin`, on which the books begin.
pub(crate) fn before_books(field: &str, begin: &str) -> Problem {
    Problem::at(
        field,
        format!("These books begin on {begin}. Earlier amounts belong in the opening entry."),
    )
}

fn constraint(name: &str) -> Option<Problem> {
    Some(match name {
        "account_number_once" => Problem::at("number", "Another account has this number."),
        "account_name_once" => Problem::at("name", "Another account has this name."),
        "contact_name_once" => Problem::at("name", "Another customer or vendor has this name."),
        "bank_account_number_once" => Problem::at("bank_number", "Another account has this bank account number."),
        "bank_account_account_id_key" => Problem::at("account", "This account is connected already."),
        _ => return None,
    })
}

/// Details begin with the day that matters, as the database writes it; people read `Oct 31, 2026`.
fn first_day(detail: &str) -> String {
    let word = detail.split_whitespace().next().unwrap_or_default();
    parse_date(word, Date::MIN).map_or_else(|_| word.to_owned(), format_date)
}
