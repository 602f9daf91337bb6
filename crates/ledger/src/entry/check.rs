//! The rules of double entry, checked before anything is written. The database refuses the same
//! again; here the refusal comes sooner and names the line and the field.

use std::collections::HashSet;

use super::JournalLine;
use crate::accounts::AccountType;
use crate::money::{AmountOverflow, Currency, format_amount, sum_checked};

/// The most lines one entry, or any other document, may have.
pub const MAX_ENTRY_LINES: usize = 500;
/// The most on a line, in minor units: a trillion dollars. 90,000 such lines on one account still add up in 64 bits.
pub const AMOUNT_MAX: i64 = 100_000_000_000_000;

/// What the rules need to know of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountFacts {
    /// Its type.
    pub account_type: AccountType,
    /// Whether it may be posted to.
    pub active: bool,
}

/// What is wrong with an entry: with the whole of it, or with one field of one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// An entry needs a debit and a credit.
    #[error("An entry needs at least two lines.")]
    TooFewLines,
    /// More lines than [`MAX_ENTRY_LINES`].
    #[error("An entry can have at most {MAX_ENTRY_LINES} lines; split it.")]
    TooManyLines,
    /// Debits and credits differ.
    #[error("Debits and credits differ. Change an amount or add a line until they are equal.")]
    OutOfBalance {
        /// The sum of the debits, in minor units.
        debits: i64,
        /// The sum of the credits, in minor units, positive.
        credits: i64,
    },
    /// The debits or the credits add up to more than can be kept exactly.
    #[error("The amounts are too large to add up.")]
    TooLarge,
    /// More than [`AMOUNT_MAX`], either way.
    #[error("Line {line_no}: the amount is too large.")]
    AmountTooLarge {
        /// The line.
        line_no: i32,
    },
    /// A line number below 1, or one that another line has.
    #[error("Line {line_no} needs a number of its own, 1 or more.")]
    LineNumber {
        /// The line.
        line_no: i32,
    },
    /// No such account in this company.
    #[error("Line {line_no}: choose an account.")]
    UnknownAccount {
        /// The line.
        line_no: i32,
    },
    /// The account is not in use.
    #[error("Line {line_no}: this account is inactive. Choose another or make it active again.")]
    InactiveAccount {
        /// The line.
        line_no: i32,
    },
    /// A receivable line without its customer, or a payable line without its vendor.
    #[error("Line {line_no}: choose a {} for this account.", if *.receivable { "customer" } else { "vendor" })]
    ContactMissing {
        /// The line.
        line_no: i32,
        /// Whether a customer is missing; else a vendor is.
        receivable: bool,
    },
    /// A line without an amount.
    #[error("Line {line_no}: enter a debit or a credit.")]
    ZeroAmount {
        /// The line.
        line_no: i32,
    },
}

impl EntryError {
    /// The line at fault; none when it is the entry as a whole.
    pub const fn line_no(&self) -> Option<i32> {
        match self {
            Self::TooFewLines | Self::TooManyLines | Self::OutOfBalance { .. } | Self::TooLarge => None,
            Self::LineNumber { line_no }
            | Self::UnknownAccount { line_no }
            | Self::InactiveAccount { line_no }
            | Self::ContactMissing { line_no, .. }
            | Self::ZeroAmount { line_no }
            | Self::AmountTooLarge { line_no } => Some(*line_no),
        }
    }

    /// The field the message belongs at: `account`, `contact` or `amount` of the line, or `lines`.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::TooFewLines
            | Self::TooManyLines
            | Self::OutOfBalance { .. }
            | Self::TooLarge
            | Self::LineNumber { .. } => "lines",
            Self::UnknownAccount { .. } | Self::InactiveAccount { .. } => "account",
            Self::ContactMissing { .. } => "contact",
            Self::ZeroAmount { .. } | Self::AmountTooLarge { .. } => "amount",
        }
    }

    /// The message with its amounts, where it has any, written in the entry's currency.
    pub fn message(&self, currency: Currency) -> String {
        match self {
            Self::OutOfBalance { debits, credits } => format!(
                "Debits are {} and credits {}. They must be equal.",
                format_amount(*debits, currency),
                format_amount(*credits, currency)
            ),
            Self::AmountTooLarge { line_no } => format!(
                "Line {line_no}: the amount is too large, the most is {}.",
                format_amount(AMOUNT_MAX, currency)
            ),
            other => other.to_string(),
        }
    }
}

/// Checks an entry by the rules of double entry: two lines or more, every account known and
/// active, a contact on every receivable and payable line, no amount of zero, debits equal to
/// credits. `account_facts` gives what is known of an account of this company, or nothing.
///
/// # Errors
/// Every [`EntryError`] there is, those of lines in the order of the lines, then the balance.
pub fn check_entry(
    lines: &[JournalLine],
    account_facts: &dyn Fn(i64) -> Option<AccountFacts>,
) -> Result<(), Vec<EntryError>> {
    if lines.len() > MAX_ENTRY_LINES {
        return Err(vec![EntryError::TooManyLines]);
    }
    let mut errors = Vec::new();
    if lines.len() < 2 {
        errors.push(EntryError::TooFewLines);
    }
    let mut numbers = HashSet::new();
    for line in lines {
        if line.line_no < 1 || !numbers.insert(line.line_no) {
            errors.push(EntryError::LineNumber { line_no: line.line_no });
        }
        check_line(line, account_facts(line.account_id), &mut errors);
    }
    errors.extend(check_balance(lines).err());
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn check_line(line: &JournalLine, facts: Option<AccountFacts>, errors: &mut Vec<EntryError>) {
    let line_no = line.line_no;
    match facts {
        None => errors.push(EntryError::UnknownAccount { line_no }),
        Some(facts) => {
            if !facts.active {
                errors.push(EntryError::InactiveAccount { line_no });
            }
            let receivable = facts.account_type == AccountType::AccountsReceivable;
            let payable = facts.account_type == AccountType::AccountsPayable;
            if (receivable || payable) && line.contact_id.is_none() {
                errors.push(EntryError::ContactMissing { line_no, receivable });
            }
        }
    }
    if line.amount == 0 {
        errors.push(EntryError::ZeroAmount { line_no });
    }
    if line.amount.unsigned_abs() > AMOUNT_MAX.unsigned_abs() {
        errors.push(EntryError::AmountTooLarge { line_no });
    }
}

fn check_balance(lines: &[JournalLine]) -> Result<(), EntryError> {
    let amounts = || lines.iter().map(|line| line.amount);
    let totals = || -> Result<(i64, i64), AmountOverflow> {
        let debits = sum_checked(amounts().filter(|amount| *amount > 0))?;
        let credits = sum_checked(amounts().filter(|amount| *amount < 0))?;
        Ok((debits, credits.checked_neg().ok_or(AmountOverflow)?))
    };
    let (debits, credits) = totals().map_err(|AmountOverflow| EntryError::TooLarge)?;
    if debits == credits {
        Ok(())
    } else {
        Err(EntryError::OutOfBalance { debits, credits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECKING: i64 = 1;
    const RECEIVABLE: i64 = 2;
    const PAYABLE: i64 = 3;
    const OLD_SAVINGS: i64 = 4;
    const SALES: i64 = 5;
    const CUSTOMER: i64 = 100;

    fn facts(account_id: i64) -> Option<AccountFacts> {
        let account_type = match account_id {
            CHECKING | OLD_SAVINGS => AccountType::Bank,
            RECEIVABLE => AccountType::AccountsReceivable,
            PAYABLE => AccountType::AccountsPayable,
            SALES => AccountType::Income,
            _ => return None,
        };
        Some(AccountFacts {
            account_type,
            active: account_id != OLD_SAVINGS,
        })
    }

    fn line(line_no: i32, account_id: i64, amount: i64) -> JournalLine {
        JournalLine {
            line_no,
            account_id,
            contact_id: None,
            amount,
            description: String::new(),
        }
    }

    fn errors_of(lines: &[JournalLine]) -> Vec<EntryError> {
        check_entry(lines, &facts).err().unwrap_or_default()
    }

    #[test]
    fn an_entry_whose_debits_equal_its_credits_is_accepted() {
        let receivable = JournalLine {
            contact_id: Some(CUSTOMER),
            ..line(1, RECEIVABLE, 5_500)
        };
        assert_eq!(errors_of(&[receivable, line(2, SALES, -5_500)]), []);
    }

    #[test]
    fn an_entry_whose_debits_exceed_its_credits_is_refused() {
        let errors = errors_of(&[line(1, CHECKING, 120_000), line(2, SALES, -115_000)]);
        assert_eq!(
            errors,
            [EntryError::OutOfBalance {
                debits: 120_000,
                credits: 115_000
            }]
        );
        assert_eq!(
            errors[0].message(Currency::USD),
            "Debits are 1,200.00 and credits 1,150.00. They must be equal."
        );
    }

    #[test]
    fn a_receivable_line_without_a_customer_is_refused_at_its_contact() {
        let errors = errors_of(&[line(1, CHECKING, -100), line(2, RECEIVABLE, 100)]);
        assert_eq!(errors.len(), 1);
        assert_eq!((errors[0].line_no(), errors[0].field()), (Some(2), "contact"));
        assert_eq!(errors[0].to_string(), "Line 2: choose a customer for this account.");
    }

    #[test]
    fn a_payable_line_without_a_vendor_is_refused() {
        let errors = errors_of(&[line(1, CHECKING, -100), line(2, PAYABLE, 100)]);
        assert_eq!(errors[0].to_string(), "Line 2: choose a vendor for this account.");
    }

    #[test]
    fn every_fault_of_every_line_is_named_at_once() {
        let errors = errors_of(&[line(1, OLD_SAVINGS, 100), line(1, 99, 0), line(0, SALES, -100)]);
        assert_eq!(
            errors,
            [
                EntryError::InactiveAccount { line_no: 1 },
                EntryError::LineNumber { line_no: 1 },
                EntryError::UnknownAccount { line_no: 1 },
                EntryError::ZeroAmount { line_no: 1 },
                EntryError::LineNumber { line_no: 0 },
            ]
        );
    }

    #[test]
    fn an_entry_of_one_line_or_of_far_too_many_is_refused() {
        assert!(errors_of(&[line(1, CHECKING, 100)]).contains(&EntryError::TooFewLines));
        assert_eq!(errors_of(&[]), [EntryError::TooFewLines]);
        let many = vec![line(1, CHECKING, 100); MAX_ENTRY_LINES + 1];
        assert_eq!(errors_of(&many), [EntryError::TooManyLines]);
    }

    #[test]
    fn amounts_that_cannot_be_added_exactly_are_refused() {
        let huge = [
            line(1, CHECKING, i64::MAX),
            line(2, CHECKING, i64::MAX),
            line(3, SALES, i64::MIN),
        ];
        let beyond = |line_no| EntryError::AmountTooLarge { line_no };
        assert_eq!(
            errors_of(&huge),
            [beyond(1), beyond(2), beyond(3), EntryError::TooLarge]
        );
        let most = [line(1, CHECKING, AMOUNT_MAX), line(2, SALES, -AMOUNT_MAX)];
        assert_eq!(errors_of(&most), []);
    }
}
