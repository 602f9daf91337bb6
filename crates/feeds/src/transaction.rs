//! One transaction of a statement: lenient about everything but its amount, its date and its
//! identity.

use time::Date;

use crate::aggregate::{Aggregate, Field};
use crate::amount::{Decimal, DecimalError, read_decimal};
use crate::date::read_day;
use crate::error::{Fault, Problem, quoted};
use crate::limits::IDENTIFIER_BYTES_MAX;
use crate::statement::{Doubt, StatementLine};

/// Reads a `STMTTRN`. Its amount in minor units and doubts about currencies wait for the account's
/// currency, which may come later in the file.
///
/// # Errors
/// All problems of the transaction, in the order of the file.
pub(crate) fn read_line(transaction: &Aggregate) -> Result<StatementLine, Vec<Problem>> {
    let mut problems = Vec::new();
    for name in ["TRNAMT", "DTPOSTED", "FITID"] {
        if let Some(other) = transaction.other_value(name) {
            problems.push(Fault::Ambiguous(name).at(other.line));
        }
    }
    let amount = kept(read_amount(transaction), &mut problems);
    let posted_on = kept(read_date(transaction), &mut problems);
    let fitid = kept(identifier(transaction, "FITID"), &mut problems);
    let currency = kept(read_currency(transaction), &mut problems);
    let (Some(amount), Some(posted_on), Some(fitid), Some(currency), true) =
        (amount, posted_on, fitid, currency, problems.is_empty())
    else {
        problems.sort_by_key(|problem| problem.line);
        return Err(problems);
    };
    let optional = |name| transaction.field(name).map(|field| field.value.clone());
    Ok(StatementLine {
        file_line: transaction.line,
        fitid,
        posted_on,
        doubt: amount.ambiguous.then(|| Doubt::AmbiguousAmount {
            given: transaction.value("TRNAMT").to_owned(),
        }),
        amount_text: amount.text,
        amount: None,
        currency,
        kind: transaction.value("TRNTYPE").to_ascii_uppercase(),
        name: read_name(transaction).to_owned(),
        memo: transaction.value("MEMO").to_owned(),
        check_number: optional("CHECKNUM"),
        reference: optional("REFNUM"),
        corrects: optional("CORRECTFITID"),
    })
}

fn kept<T>(read: Result<T, Problem>, problems: &mut Vec<Problem>) -> Option<T> {
    read.map_err(|problem| problems.push(problem)).ok()
}

fn read_amount(transaction: &Aggregate) -> Result<Decimal, Problem> {
    let Some(field) = transaction.field("TRNAMT") else {
        return Err(Fault::AmountMissing.at(transaction.line_of("TRNAMT")));
    };
    read_decimal(&field.value).map_err(|error| decimal_fault(error, field, Fault::AmountUnreadable))
}

/// The problem of a field that is no decimal.
pub(crate) fn decimal_fault(error: DecimalError, field: &Field, unreadable: fn(String) -> Fault) -> Problem {
    let value = quoted(&field.value);
    match error {
        DecimalError::NotDecimal => unreadable(value).at(field.line),
        DecimalError::TooLong => Fault::AmountTooLong(value).at(field.line),
    }
}

fn read_date(transaction: &Aggregate) -> Result<Date, Problem> {
    let Some(field) = transaction.field("DTPOSTED") else {
        return Err(Fault::DateMissing.at(transaction.line_of("DTPOSTED")));
    };
    read_day(&field.value).ok_or_else(|| Fault::DateImpossible(quoted(&field.value)).at(field.line))
}

/// The currency of the amount where the transaction has its own: the standard's `CURRENCY` says
/// that the amount is in it. `ORIGCURRENCY` says that the bank has converted the amount already,
/// so it changes nothing here.
fn read_currency(transaction: &Aggregate) -> Result<Option<String>, Problem> {
    let mut found = None;
    for part in transaction.parts("CURRENCY") {
        let line = part.line_of("CURSYM");
        let code = currency_code(part.value_or_text("CURSYM"), line)?;
        if found.is_some() && code.is_some() && found != code {
            return Err(Fault::Ambiguous("CURRENCY").at(line));
        }
        found = found.or(code);
    }
    Ok(found)
}

/// A currency's code in capitals; `None` where the bank left it empty.
pub(crate) fn currency_code(text: &str, line: u64) -> Result<Option<String>, Problem> {
    if text.is_empty() {
        Ok(None)
    } else if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        Ok(Some(text.to_ascii_uppercase()))
    } else {
        Err(Fault::CurrencyUnreadable(quoted(text)).at(line))
    }
}

/// A value that becomes part of identities, within its limit.
pub(crate) fn identifier(aggregate: &Aggregate, name: &str) -> Result<String, Problem> {
    let value = aggregate.value(name);
    if value.len() > IDENTIFIER_BYTES_MAX {
        return Err(Fault::TooLong {
            limit: IDENTIFIER_BYTES_MAX,
        }
        .at(aggregate.line_of(name)));
    }
    Ok(value.to_owned())
}

fn read_name(transaction: &Aggregate) -> &str {
    match (transaction.value("NAME"), transaction.part("PAYEE")) {
        ("", Some(payee)) => payee.value_or_text("NAME"),
        (name, _) => name,
    }
}
