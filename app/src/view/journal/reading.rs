//! Reading the lines that were typed. What makes an entry right as a whole (that it balances, that a receivable line names a
//! contact) is the ledger's to say; here only what was typed is read.

use ledger::dates::parse_date;
use ledger::money::{Currency, format_amount, parse_amount_or_sum};
use time::Date;

use super::{JournalFormView, LINES, LineField, MAX_LINES, line_no};
use crate::forms::{FieldError, find_choice};

/// The highest number of a line that a form may bring.
const LINE_NO_MAX: usize = 1_000_000;

/// A line as it was typed, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedLine {
    /// Its number in the books.
    pub line_no: i32,
    /// The account chosen.
    pub account_id: i64,
    /// The contact chosen.
    pub contact_id: Option<i64>,
    /// Minor units, debit positive.
    pub amount: i64,
    /// What the line is for.
    pub description: String,
    /// When it is due, where it says so.
    pub due_on: Option<Date>,
}

/// Reads the lines of a journal entry. Empty ones are left out.
///
/// # Errors
/// A message at each field that cannot be read.
pub fn read_lines(view: &JournalFormView) -> Result<Vec<TypedLine>, Vec<FieldError>> {
    each_line(view, |line| {
        let (account_id, contact_id, due_on) = (line.account(), line.contact(), line.due_on());
        let amount = line.amount();
        Some(TypedLine {
            line_no: line_no(line.index),
            account_id: account_id?,
            contact_id: contact_id?,
            amount: amount?,
            description: line.typed(LineField::Description).to_owned(),
            due_on: due_on?,
        })
    })
}

/// Reads every line that is not empty.
///
/// # Errors
/// The messages that `read` left at fields it could not read.
pub(crate) fn each_line<T>(
    view: &JournalFormView,
    read: impl Fn(&mut LineReader<'_>) -> Option<T>,
) -> Result<Vec<T>, Vec<FieldError>> {
    let indices = view.form.rows(LINES);
    // A line's number is never given to another one, so that a long-lived entry has indices beyond the count of its lines.
    if indices.len() > MAX_LINES || indices.last().is_some_and(|last| *last >= LINE_NO_MAX) {
        return Err(vec![FieldError::form(format!(
            "An entry has at most {MAX_LINES} lines. Enter the rest as another one."
        ))]);
    }
    let mut lines = Vec::new();
    let mut errors = Vec::new();
    for index in indices {
        let mut line = LineReader {
            view,
            index,
            errors: Vec::new(),
        };
        let is_empty = LineField::ALL.into_iter().all(|field| line.typed(field).is_empty());
        if !is_empty {
            lines.extend(read(&mut line));
            errors.append(&mut line.errors);
        }
    }
    if errors.is_empty() { Ok(lines) } else { Err(errors) }
}

/// One line being read. What cannot be read is none, and has its message.
pub(crate) struct LineReader<'a> {
    view: &'a JournalFormView,
    index: usize,
    errors: Vec<FieldError>,
}

impl<'a> LineReader<'a> {
    /// Its place in the form.
    pub fn index(&self) -> usize {
        self.index
    }

    /// What stands in a column.
    pub fn typed(&self, field: LineField) -> &'a str {
        self.view.form.value(&field.name(self.index)).trim()
    }

    /// The account, which every line has.
    pub fn account(&mut self) -> Option<i64> {
        let typed = self.typed(LineField::Account);
        if typed.is_empty() {
            return self.refuse(LineField::Account, "Choose an account.".to_owned());
        }
        match find_choice(&self.view.accounts, typed) {
            Ok(account) => Some(account.id),
            Err(error) => self.refuse(LineField::Account, error.message("an account")),
        }
    }

    /// The contact, which a line may have.
    pub fn contact(&mut self) -> Option<Option<i64>> {
        let typed = self.typed(LineField::Name);
        if typed.is_empty() {
            return Some(None);
        }
        match find_choice(&self.view.contacts, typed) {
            Ok(contact) => Some(Some(contact.id)),
            Err(error) => {
                self.errors.push(error.at_contact(LineField::Name.name(self.index)));
                None
            }
        }
    }

    /// The day it is due, which a line may have.
    pub fn due_on(&mut self) -> Option<Option<Date>> {
        let today = self.view.today;
        self.optional(LineField::Due, |typed| {
            parse_date(typed, today).map_err(|error| error.to_string())
        })
    }

    /// The amount in one of its two columns.
    pub fn amount(&mut self) -> Option<i64> {
        let (debit, credit) = (self.typed(LineField::Debit), self.typed(LineField::Credit));
        match read_amount(self.view.currency, debit, credit) {
            Ok(amount) => Some(amount),
            Err((field, message)) => self.refuse(field, message),
        }
    }

    /// What stands in a column that may be empty.
    pub fn optional<T>(&mut self, field: LineField, read: impl FnOnce(&str) -> Result<T, String>) -> Option<Option<T>> {
        match self.typed(field) {
            "" => Some(None),
            typed => match read(typed) {
                Ok(value) => Some(Some(value)),
                Err(message) => self.refuse(field, message),
            },
        }
    }

    fn refuse<T>(&mut self, field: LineField, message: String) -> Option<T> {
        let error = FieldError::at(field.name(self.index), message);
        self.errors.push(error);
        None
    }
}

impl LineField {
    /// The amount typed in one of the two columns. The column says the side, so that a sign would say it twice.
    ///
    /// # Errors
    /// The sentence at the field: what it should be, or in which column it belongs.
    pub fn read_amount(self, typed: &str, currency: Currency) -> Result<i64, String> {
        let amount = parse_amount_or_sum(typed, currency).map_err(|error| error.to_string())?;
        if amount >= 0 {
            return Ok(amount);
        }
        let amount = format_amount(amount.saturating_neg(), currency);
        let (here, there) = match self {
            Self::Credit => ("credit", "debit"),
            _ => ("debit", "credit"),
        };
        Err(format!(
            "A {here} cannot be negative: write {amount} in the {there} column."
        ))
    }
}

fn read_amount(currency: Currency, debit: &str, credit: &str) -> Result<i64, (LineField, String)> {
    let (field, typed) = match (debit.is_empty(), credit.is_empty()) {
        (false, true) => (LineField::Debit, debit),
        (true, false) => (LineField::Credit, credit),
        (true, true) => return Err((LineField::Debit, "Enter a debit or a credit.".to_owned())),
        (false, false) => {
            return Err((LineField::Credit, "A line is a debit or a credit, not both.".to_owned()));
        }
    };
    let amount = field.read_amount(typed, currency).map_err(|message| (field, message))?;
    Ok(if field == LineField::Credit { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::super::tests::view;
    use super::*;

    #[test]
    fn a_debit_is_positive_a_credit_negative_and_sums_are_worked_out() {
        let lines = read_lines(&view(&[
            ("lines.0.account", "6100 Rent"),
            ("lines.0.debit", "12*40"),
            ("lines.0.name", "cedar"),
            ("lines.0.due", "11/30/26"),
            ("lines.1.account", ""),
            ("lines.4.account", "checking"),
            ("lines.4.credit", "480.00"),
            ("lines.4.description", " Shop "),
        ]))
        .expect("both lines can be read");
        assert_eq!(
            lines,
            [
                TypedLine {
                    line_no: 1,
                    account_id: 2,
                    contact_id: Some(9),
                    amount: 48_000,
                    description: String::new(),
                    due_on: Some(date!(2026 - 11 - 30)),
                },
                TypedLine {
                    line_no: 5,
                    account_id: 1,
                    contact_id: None,
                    amount: -48_000,
                    description: "Shop".to_owned(),
                    due_on: None,
                },
            ]
        );
    }

    #[test]
    fn every_field_that_cannot_be_read_gets_its_message() {
        let errors = read_lines(&view(&[
            ("lines.0.account", "Payroll"),
            ("lines.0.debit", "abc"),
            ("lines.1.debit", "1"),
            ("lines.1.credit", "1"),
            ("lines.2.account", "Rent"),
            ("lines.2.due", "02/31/2026"),
        ]))
        .expect_err("three lines are wrong");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "lines.0.account",
                "lines.0.debit",
                "lines.1.account",
                "lines.1.credit",
                "lines.2.due",
                "lines.2.debit"
            ]
        );
    }

    #[test]
    fn a_negative_amount_is_sent_to_the_other_column() {
        let errors = read_lines(&view(&[
            ("lines.0.account", "Rent"),
            ("lines.0.debit", "-50"),
            ("lines.1.account", "Checking"),
            ("lines.1.credit", "10-60"),
        ]))
        .expect_err("both amounts are negative");
        let messages: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "A debit cannot be negative: write 50.00 in the credit column.",
                "A credit cannot be negative: write 50.00 in the debit column."
            ]
        );
    }

    #[test]
    fn more_than_500_lines_are_refused_for_the_whole_form() {
        let names: Vec<String> = (0..=MAX_LINES).map(|index| LineField::Account.name(index)).collect();
        let values: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "Rent")).collect();
        let errors = read_lines(&view(&values)).expect_err("501 lines");
        assert_eq!(errors[0].field, "");
        assert!(read_lines(&view(&[("lines.1000000.account", "Rent")])).is_err());
    }

    #[test]
    fn a_line_keeps_a_number_beyond_the_count_of_lines() {
        let lines = read_lines(&view(&[("lines.600.account", "Rent"), ("lines.600.debit", "1")]));
        assert_eq!(lines.map(|lines| lines[0].line_no), Ok(601));
    }
}
