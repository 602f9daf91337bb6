//! Collects a file's records into accounts and lines.

use std::io::Read;

use crate::aggregate::Aggregate;
use crate::amount::read_decimal;
use crate::date::read_day;
use crate::error::{Fault, Problem, StatementError};
use crate::limits::{PROBLEMS_MAX, STATEMENT_ACCOUNTS_MAX, STATEMENT_LINES_MAX};
use crate::records::{Record, Records, STATEMENTS};
use crate::statement::{
    AccountKind, BankMessage, Format, LedgerBalance, StatementAccount, StatementFile, StatementLine,
};
use crate::transaction::{currency_code, decimal_fault, identifier, read_line};

/// Reads a statement file of a bank: OFX 1 or 2, QFX, QBO.
///
/// The file is streamed: only what the result holds is kept. Two statements of one account become
/// one account.
///
/// # Errors
/// Nothing is read in part: any [`StatementError`] refuses the file, with all places that are at
/// fault.
pub fn read_statement(reader: impl Read) -> Result<StatementFile, StatementError> {
    let mut records = Records::open(reader)?;
    let mut collected = Collected::default();
    while let Some(record) = records.next_record()? {
        collected.take(record)?;
    }
    collected.finish(records.format())
}

#[derive(Default)]
struct Collected {
    statements: Vec<StatementAccount>,
    listed: Vec<StatementAccount>,
    /// Of the statement that is being read.
    lines: Vec<StatementLine>,
    transactions: usize,
    intuit_bank_id: Option<String>,
    bank_messages: Vec<BankMessage>,
    problems: Vec<Problem>,
}

impl Collected {
    fn take(&mut self, record: Record) -> Result<(), StatementError> {
        let aggregate = &record.aggregate;
        match aggregate.name.as_str() {
            "STMTTRN" => self.take_transaction(&record)?,
            "STATUS" => self.take_status(aggregate),
            "SONRS" => self.intuit_bank_id = optional(aggregate.value("INTU.BID")),
            "ACCTINFO" => self.take_listing(aggregate),
            name if STATEMENTS.contains(&name) => self.take_statement(aggregate),
            _ => {}
        }
        if self.statements.len() + self.listed.len() > STATEMENT_ACCOUNTS_MAX {
            return Err(StatementError::TooManyAccounts);
        }
        if self.problems.len() >= PROBLEMS_MAX {
            self.problems.truncate(PROBLEMS_MAX);
            return Err(StatementError::Problems(std::mem::take(&mut self.problems)));
        }
        Ok(())
    }

    fn take_transaction(&mut self, record: &Record) -> Result<(), StatementError> {
        self.transactions += 1;
        if self.transactions > STATEMENT_LINES_MAX {
            return Err(StatementError::TooManyLines);
        }
        if !record.in_statement {
            self.problems.push(Fault::OutsideStatement.at(record.aggregate.line));
            return Ok(());
        }
        match read_line(&record.aggregate) {
            Ok(line) => self.lines.push(line),
            Err(problems) => self.problems.extend(problems),
        }
        Ok(())
    }

    fn take_status(&mut self, status: &Aggregate) {
        let is_error = status.value("SEVERITY").eq_ignore_ascii_case("ERROR");
        if is_error && self.bank_messages.len() < PROBLEMS_MAX {
            self.bank_messages.push(BankMessage {
                line: status.line,
                code: status.value("CODE").to_owned(),
                text: status.value("MESSAGE").to_owned(),
            });
        }
    }

    fn take_listing(&mut self, listing: &Aggregate) {
        // The account stands one level down: ACCTINFO, BANKACCTINFO, BANKACCTFROM.
        for owner in listing.parts.iter().filter_map(account_part) {
            match read_account(owner) {
                Ok(mut account) => {
                    account.description = optional(listing.value("DESC"));
                    account.listed_only = true;
                    if !self.listed.iter().any(|other| is_same(other, &account)) {
                        self.listed.push(account);
                    }
                }
                Err(problem) => self.problems.push(problem),
            }
        }
    }

    fn take_statement(&mut self, statement: &Aggregate) {
        let lines = std::mem::take(&mut self.lines);
        match read_statement_account(statement) {
            Ok(account) => self.add_statement(StatementAccount { lines, ..account }),
            Err(problem) => self.problems.push(problem),
        }
    }

    fn add_statement(&mut self, mut account: StatementAccount) {
        let same = self
            .statements
            .iter_mut()
            .find(|other| is_same(other, &account) && other.currency == account.currency);
        match same {
            Some(earlier) => {
                earlier.lines.append(&mut account.lines);
                if let Some(balance) = account.ledger_balance {
                    let is_later = earlier
                        .ledger_balance
                        .as_ref()
                        .is_none_or(|earlier| balance.as_of >= earlier.as_of);
                    if is_later {
                        earlier.ledger_balance = Some(balance);
                    }
                }
            }
            None => self.statements.push(account),
        }
    }

    fn finish(mut self, format: Format) -> Result<StatementFile, StatementError> {
        if !self.problems.is_empty() {
            return Err(StatementError::Problems(self.problems));
        }
        if self.statements.is_empty() && !self.bank_messages.is_empty() {
            return Err(StatementError::BankRefused(self.bank_messages.swap_remove(0)));
        }
        let mut accounts = self.statements;
        for listed in self.listed {
            match accounts.iter_mut().find(|account| is_same(account, &listed)) {
                Some(account) => account.description = listed.description,
                None => accounts.push(listed),
            }
        }
        if accounts.is_empty() {
            return Err(StatementError::NoStatement);
        }
        accounts.iter_mut().for_each(StatementAccount::judge);
        Ok(StatementFile {
            format,
            intuit_bank_id: self.intuit_bank_id,
            accounts,
            bank_messages: self.bank_messages,
        })
    }
}

fn is_same(one: &StatementAccount, other: &StatementAccount) -> bool {
    one.id == other.id && one.bank_id == other.bank_id && one.kind == other.kind
}

fn optional(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// The part that names the account of a statement or of a listing.
fn account_part(owner: &Aggregate) -> Option<&Aggregate> {
    ["BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"]
        .iter()
        .find_map(|name| owner.part(name))
}

fn read_statement_account(statement: &Aggregate) -> Result<StatementAccount, Problem> {
    let mut account = match account_part(statement) {
        Some(part) => read_account(part)?,
        None => unnamed_account(&statement.name),
    };
    account.currency = currency_code(statement.value("CURDEF"), statement.line_of("CURDEF"))?;
    account.ledger_balance = match statement.part("LEDGERBAL") {
        Some(balance) => read_balance(balance)?,
        None => None,
    };
    Ok(account)
}

fn read_account(part: &Aggregate) -> Result<StatementAccount, Problem> {
    let bank_field = if part.name == "INVACCTFROM" {
        "BROKERID"
    } else {
        "BANKID"
    };
    Ok(StatementAccount {
        id: identifier(part, "ACCTID")?,
        bank_id: optional(&identifier(part, bank_field)?),
        kind: match part.name.as_str() {
            "CCACCTFROM" => AccountKind::CreditCard,
            "INVACCTFROM" => AccountKind::Investment,
            _ => bank_account_kind(part.value("ACCTTYPE")),
        },
        ..unnamed_account("")
    })
}

/// An account of which the file says no more than which kind of statement it stands in.
fn unnamed_account(statement_name: &str) -> StatementAccount {
    StatementAccount {
        id: String::new(),
        bank_id: None,
        kind: match statement_name {
            "CCSTMTRS" => AccountKind::CreditCard,
            "INVSTMTRS" => AccountKind::Investment,
            _ => AccountKind::Other,
        },
        description: None,
        currency: None,
        ledger_balance: None,
        lines: Vec::new(),
        listed_only: false,
    }
}

fn bank_account_kind(text: &str) -> AccountKind {
    match text.to_ascii_uppercase().as_str() {
        "CHECKING" => AccountKind::Checking,
        "SAVINGS" => AccountKind::Savings,
        "MONEYMRKT" => AccountKind::MoneyMarket,
        "CREDITLINE" => AccountKind::CreditLine,
        "CD" => AccountKind::CertificateOfDeposit,
        _ => AccountKind::Other,
    }
}

/// A balance; `None` where a bank fills the form and leaves amount and date empty, or writes an
/// amount that can be read in two ways: no balance is better than a thousandth of it. A date
/// without an amount is a damaged file: an amount has been lost.
fn read_balance(balance: &Aggregate) -> Result<Option<LedgerBalance>, Problem> {
    let Some(field) = balance.field("BALAMT") else {
        return match balance.field("DTASOF") {
            Some(_) => Err(Fault::BalanceMissing.at(balance.line_of("BALAMT"))),
            None => Ok(None),
        };
    };
    let decimal = read_decimal(&field.value).map_err(|error| decimal_fault(error, field, Fault::BalanceUnreadable))?;
    if decimal.ambiguous {
        return Ok(None);
    }
    Ok(Some(LedgerBalance {
        amount_text: decimal.text,
        amount: None,
        as_of: read_day(balance.value("DTASOF")),
    }))
}
