//! Rows become entries: what each cell says, and which rows are one entry. Nothing here knows the company's books but its currency.

use std::collections::HashMap;

use ledger::accounts::AccountType;
use ledger::dates::parse_date;
use ledger::money::{Currency, parse_amount};
use time::Date;

use super::LineError;
use super::sheet::Row;
use crate::documents::LINES_MAX;

/// Longest number of an entry.
pub const NUMBER_CHARS_MAX: usize = 40;
const DESCRIPTION_CHARS_MAX: usize = 1_000;
const NAME_CHARS_MAX: usize = 200;
const ACCOUNT_NAME_CHARS_MAX: usize = 100;

/// An entry as the file has it.
pub(super) struct Entry {
    /// The line it begins on.
    pub(super) at: usize,
    pub(super) number: String,
    pub(super) date: Date,
    pub(super) lines: Vec<EntryLine>,
}

/// A line of an entry as the file has it.
pub(super) struct EntryLine {
    pub(super) at: usize,
    /// The account's names from the top: `Parent`, `Sub`.
    pub(super) account: Vec<String>,
    pub(super) account_type: Option<AccountType>,
    /// Minor units, debit positive, never zero.
    pub(super) amount: i64,
    pub(super) description: String,
    /// The customer or vendor; empty for none.
    pub(super) name: String,
    /// When it is due, where the file says so.
    pub(super) due_on: Option<Date>,
}

/// The entries of a file in the order they begin, but for those that hold an error.
pub(super) fn entries(rows: &[Row], currency: Currency, errors: &mut Vec<LineError>) -> Vec<Entry> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut found: Vec<Found> = Vec::new();
    for row in rows {
        let problems_before = errors.len();
        let date = date(row, errors);
        let line = line(row, currency, errors);
        if row.number.is_empty() {
            errors.push(LineError::new(
                row.line,
                "The Journal No. is missing. Rows with the same one are one entry.",
            ));
            continue;
        }
        let place = *places.entry(&row.number).or_insert_with(|| {
            found.push(Found {
                entry: Entry {
                    at: row.line,
                    number: row.number.clone(),
                    date: date.unwrap_or(Date::MIN),
                    lines: Vec::new(),
                },
                whole: true,
            });
            found.len() - 1
        });
        let Found { entry, whole } = &mut found[place];
        if row.number.chars().count() > NUMBER_CHARS_MAX {
            errors.push(LineError::new(
                row.line,
                format!("The Journal No. has more than {NUMBER_CHARS_MAX} characters. Shorten it."),
            ));
        }
        if *whole && date.is_some_and(|date| date != entry.date) {
            errors.push(LineError::new(
                row.line,
                format!(
                    "This has another date than line {}, and both have the Journal No. {}. An entry has one date.",
                    entry.at, entry.number
                ),
            ));
        }
        entry.lines.extend(line);
        if entry.lines.len() == LINES_MAX + 1 {
            errors.push(LineError::new(
                row.line,
                format!("The entry {} has more than {LINES_MAX} lines. Split it.", entry.number),
            ));
        }
        *whole &= errors.len() == problems_before;
    }
    found
        .into_iter()
        .filter(|found| found.whole)
        .map(|found| found.entry)
        .collect()
}

struct Found {
    entry: Entry,
    /// Whether none of its rows holds an error.
    whole: bool,
}

fn date(row: &Row, errors: &mut Vec<LineError>) -> Option<Date> {
    let read = match row.date.as_str() {
        "" => Err("The Journal Date is missing.".to_owned()),
        text => day(text),
    };
    read.map_err(|message| errors.push(LineError::new(row.line, message)))
        .ok()
}

/// A day as a file says it: in full, what a person at a keyboard may shorten too.
fn day(text: &str) -> Result<Date, String> {
    let begins_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
    if !begins_with_digit || text.rsplit('/').next().is_some_and(|year| year.len() == 2) {
        return Err(format!("“{text}” is not a date. Write it like 10/31/2026."));
    }
    parse_date(text, Date::MIN).map_err(|error| error.to_string())
}

fn line(row: &Row, currency: Currency, errors: &mut Vec<LineError>) -> Option<EntryLine> {
    let problems_before = errors.len();
    let mut problem = |message: String| errors.push(LineError::new(row.line, message));
    let account: Vec<String> = row.account.split(':').map(|name| name.trim().to_owned()).collect();
    if row.account.is_empty() {
        problem("The Account Name is missing.".to_owned());
    } else if account.iter().any(String::is_empty) {
        problem(format!(
            "“{}” is not an account's name. Write a subaccount like Parent:Sub.",
            row.account
        ));
    } else if account.iter().any(|name| name.chars().count() > ACCOUNT_NAME_CHARS_MAX) {
        problem(format!(
            "An account's name has at most {ACCOUNT_NAME_CHARS_MAX} characters. Shorten it."
        ));
    }
    let account_type = match row.account_type.as_str() {
        "" => None,
        text => match AccountType::parse(text) {
            Ok(account_type) => Some(account_type),
            Err(error) => {
                problem(format!(
                    "{error} Use one of QuickBooks' types, such as Bank or Expense."
                ));
                None
            }
        },
    };
    if !row.currency.is_empty() && !row.currency.eq_ignore_ascii_case(currency.code()) {
        problem(format!(
            "This line is in {}, and these books are in {}.",
            row.currency,
            currency.code()
        ));
    }
    if row.description.chars().count() > DESCRIPTION_CHARS_MAX {
        problem(format!(
            "The Description has more than {DESCRIPTION_CHARS_MAX} characters. Shorten it."
        ));
    }
    if row.name.chars().count() > NAME_CHARS_MAX {
        problem(format!(
            "The Name has more than {NAME_CHARS_MAX} characters. Shorten it."
        ));
    }
    let due_on = match row.due.as_str() {
        "" => None,
        text => match day(text) {
            Ok(due_on) => Some(due_on),
            Err(message) => {
                problem(format!("The Due Date: {message}"));
                None
            }
        },
    };
    let amount = match amount(row, currency) {
        Ok(amount) => amount,
        Err(message) => {
            problem(message);
            0
        }
    };
    (errors.len() == problems_before).then(|| EntryLine {
        at: row.line,
        account,
        account_type,
        amount,
        description: row.description.clone(),
        name: row.name.clone(),
        due_on,
    })
}

/// The amount of the one side that has one, debit positive.
fn amount(row: &Row, currency: Currency) -> Result<i64, String> {
    let side = |text: &str| match text.trim_start_matches('\'') {
        "" => Ok(0),
        text => parse_amount(text, currency).map_err(|error| error.to_string()),
    };
    match (side(&row.debit)?, side(&row.credit)?) {
        (0, 0) => Err("There is no amount. Fill in Debits or Credits.".to_owned()),
        (debit, credit) if debit < 0 || credit < 0 => {
            Err("An amount is negative. Write it without the sign on the other side.".to_owned())
        }
        (debit, 0) => Ok(debit),
        (0, credit) => Ok(-credit),
        _ => Err("There are two amounts. Fill in Debits or Credits, and leave the other one empty.".to_owned()),
    }
}
