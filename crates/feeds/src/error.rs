//! Why a statement file is refused, in words that a person at a bank's download page can act on.

use crate::limits::NESTING_MAX;
use crate::statement::BankMessage;

/// Why nothing of the file was read.
#[derive(Debug, thiserror::Error)]
pub enum StatementError {
    /// The bytes could not be had: try again.
    #[error("the file could not be read: {0}")]
    Read(#[from] std::io::Error),

    /// Beyond [`STATEMENT_BYTES_MAX`](crate::STATEMENT_BYTES_MAX): ask the bank for a shorter
    /// period.
    #[error("the file is larger than 20 MB: download a shorter period")]
    TooLarge,

    /// Beyond [`STATEMENT_LINES_MAX`](crate::STATEMENT_LINES_MAX): ask the bank for a shorter
    /// period.
    #[error("the file has more than 100,000 transactions: download a shorter period")]
    TooManyLines,

    /// Beyond [`STATEMENT_ACCOUNTS_MAX`](crate::STATEMENT_ACCOUNTS_MAX): download fewer at once.
    #[error("the file has more than 1,000 accounts: download fewer at once")]
    TooManyAccounts,

    /// Choose another file.
    #[error("this is not an OFX, QFX or QBO file")]
    NotOfx,

    /// The file is sound, but there is nothing in it to import.
    #[error("the file holds no statement of a bank, card or investment account")]
    NoStatement,

    /// The bank put an error in place of a statement: solve it with the bank and download again.
    #[error("the bank sent an error instead of a statement: {0}")]
    BankRefused(BankMessage),

    /// Places in the file that would make the books wrong if they were guessed; at least one, at
    /// most [`PROBLEMS_MAX`](crate::PROBLEMS_MAX).
    #[error("{}", sentence(.0))]
    Problems(Vec<Problem>),
}

impl StatementError {
    /// The places in the file that are at fault; empty where the error concerns the file as a
    /// whole.
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::Problems(problems) => problems,
            _ => &[],
        }
    }
}

/// One place in the file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct Problem {
    /// The line of the file, counted from 1.
    pub line: u64,
    /// What is wrong there.
    pub fault: Fault,
}

/// What can be wrong at a place in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A transaction without an amount, or with an empty one.
    #[error("the transaction has no amount")]
    AmountMissing,

    /// An amount of a transaction that is no decimal, such as `$120`.
    #[error("\"{0}\" is not an amount")]
    AmountUnreadable(String),

    /// An amount with more digits than the books can hold.
    #[error("the amount {0} has too many digits")]
    AmountTooLong(String),

    /// A transaction without a date, or with an empty one.
    #[error("the transaction has no date")]
    DateMissing,

    /// A date of a transaction that no calendar has, such as `20120231`.
    #[error("\"{0}\" is not a date")]
    DateImpossible(String),

    /// A ledger balance with a date and without an amount.
    #[error("the ledger balance is empty")]
    BalanceMissing,

    /// A ledger balance that is no decimal.
    #[error("\"{0}\" is not a ledger balance")]
    BalanceUnreadable(String),

    /// A currency that is no code of three letters.
    #[error("\"{0}\" is not the three-letter code of a currency")]
    CurrencyUnreadable(String),

    /// A transaction that gives two different values where there can be one.
    #[error("the transaction has two different values of {0}")]
    Ambiguous(&'static str),

    /// A transaction that belongs to no account.
    #[error("the transaction stands outside any statement, so its account is unknown")]
    OutsideStatement,

    /// A value or an identifier beyond its limit.
    #[error("a value is longer than {limit} bytes")]
    TooLong {
        /// The limit, in bytes of UTF-8.
        limit: usize,
    },

    /// Elements inside elements beyond the limit.
    #[error("elements are nested more than {NESTING_MAX} deep")]
    NestedTooDeep,

    /// The end of the file is missing, and nobody knows how many transactions with it.
    #[error("the file ends before its closing </OFX>: it is incomplete, download it again")]
    CutOff,
}

impl Fault {
    /// This fault at a line of the file.
    pub(crate) fn at(self, line: u64) -> Problem {
        Problem { line, fault: self }
    }
}

impl From<Problem> for StatementError {
    fn from(problem: Problem) -> Self {
        Self::Problems(vec![problem])
    }
}

/// The first few problems, and how many more there are.
fn sentence(problems: &[Problem]) -> String {
    const SHOWN: usize = 5;
    let mut parts: Vec<String> = problems.iter().take(SHOWN).map(ToString::to_string).collect();
    if problems.len() > SHOWN {
        parts.push(format!("and {} more", problems.len() - SHOWN));
    }
    parts.join("; ")
}

/// A value as an error quotes it: short enough for a line on a screen.
pub(crate) fn quoted(value: &str) -> String {
    const SHOWN: usize = 40;
    if value.chars().count() <= SHOWN {
        value.to_owned()
    } else {
        value.chars().take(SHOWN).chain(['…']).collect()
    }
}
