//! Each refusal of the database as one message at one field.
//!
//! The checks before a write make most of these kinder and sooner; these are what a race or a program's error still meets.

use ledger::dates::{format_date, parse_date};
use tenancy::{Refusal, RefusalCode};
use time::Date;

use crate::{Problem, Remedy};

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
        RefusalCode::AccountRule => account_rule(&refusal.detail),
        RefusalCode::ClosedYear => Problem::at(
            "through",
            format!(
                "The fiscal year through {} is closed. Reopen it first, with the reason.",
                first_day(&refusal.detail)
            ),
        ),
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
            "The books are locked through {through}. Choose a later date, or ask an accountant or admin to open the period."
        ),
    )
    .helped_at(Remedy::Locks)
}

/// The day in `field` lies before the one written in `begin`, on which the books begin.
pub(crate) fn before_books(field: &str, begin: &str) -> Problem {
    Problem::at(
        field,
        format!("These books begin on {begin}. Earlier amounts belong in the opening entry."),
    )
}

/// What keeps an account from being retyped, placed or merged; the detail begins with the rule's name.
fn account_rule(detail: &str) -> Problem {
    let (field, message) = match detail.split_whitespace().next().unwrap_or_default() {
        "system" => (
            "type",
            "CarteFi itself books to this account: it keeps its type and is not merged away.",
        ),
        "control" => (
            "type",
            "Receivable and payable accounts carry open items: nothing becomes one, and none becomes anything else.",
        ),
        "statement" => (
            "type",
            "A type changes only within the same statement: balance sheet, or profit and loss.",
        ),
        "bank" => (
            "type",
            "A bank's statements come in here. It stays a bank or card account, and is not merged away.",
        ),
        "subaccounts" => ("into", "It has subaccounts. Move them to another parent first."),
        "merge" => (
            "into",
            "Both accounts need the same type. Change the type of one of them first.",
        ),
        "target" => ("into", "That account is inactive. Choose one that is in use."),
        "row" => (
            "into",
            "That would be more than 50 merges in a row. Undo the last of them, and merge that account into this one itself.",
        ),
        "matched" => (
            "",
            "Bank lines are matched to what is on it. Undo those matches on the Banking page first.",
        ),
        "connected" => (
            "account",
            "That account was merged into another. Choose the one that it was merged into.",
        ),
        "below" => (
            "parent",
            "That account was merged into another. Choose the one that it was merged into.",
        ),
        "circle" => ("parent", "An account cannot stand below itself."),
        _ => (
            "parent",
            "A subaccount has the type of its parent. Choose another parent.",
        ),
    };
    Problem::at(field, message)
}

fn constraint(name: &str) -> Option<Problem> {
    Some(match name {
        "account_number_once" => Problem::at("number", "Another account has this number."),
        "account_name_once" => Problem::at("name", "Another account has this name."),
        "contact_name_once" => Problem::at("name", "Another customer or vendor has this name."),
        "bank_account_number_once" => Problem::at("bank_number", "Another account has this bank account number."),
        "saved_view_name_once" => Problem::at("name", "Another view has this name."),
        "recurring_template_name_once" => Problem::at("name", "Another template has this name."),
        "recurring_occurrence_once" => {
            Problem::of_form("The entry of this period was made meanwhile. Look at the template again.")
        }
        "fiscal_year_apart" => Problem::at("starts_on", "These days belong to another fiscal year already."),
        "bank_account_account_id_key" => Problem::at("account", "This account is connected already."),
        _ => return None,
    })
}

/// Details begin with the day that matters, as the database writes it; people read `Oct 31, 2026`.
fn first_day(detail: &str) -> String {
    let word = detail.split_whitespace().next().unwrap_or_default();
    parse_date(word, Date::MIN).map_or_else(|_| word.to_owned(), format_date)
}
