//! What a statement file says, ready to be compared with the books.

use std::fmt;

use ledger::money::Currency;
use time::Date;

use crate::amount::minor_units;

/// A statement file, read whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementFile {
    /// The version of OFX.
    pub format: Format,
    /// Intuit's number of the bank (`INTU.BID`): files made for Quicken (QFX) and QuickBooks (QBO)
    /// carry it.
    pub intuit_bank_id: Option<String>,
    /// Accounts with a statement in the order of the file, then those merely listed. At least one.
    pub accounts: Vec<StatementAccount>,
    /// Errors that the bank reported about other parts of the file, such as a second account it
    /// could not give.
    pub bank_messages: Vec<BankMessage>,
}

impl StatementFile {
    /// Gives `currency` (the company's) to every account whose statement names none, and judges
    /// its lines by it. Until then such lines are doubtful: [`Doubt::NoCurrency`].
    pub fn assume_currency(&mut self, currency: Currency) {
        for account in &mut self.accounts {
            if account.currency.is_none() {
                account.currency = Some(currency.code().to_owned());
                account.judge();
            }
        }
    }
}

/// The version of OFX that a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// SGML, and files without a header.
    Ofx1,
    /// XML.
    Ofx2,
}

/// One account of a file and its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementAccount {
    /// The account's number (`ACCTID`); empty where the file gives none. A few banks give a
    /// checking and a savings account the same number: `bank_id` and `kind` tell them apart.
    pub id: String,
    /// The bank's or broker's number (`BANKID`, `BROKERID`).
    pub bank_id: Option<String>,
    /// What kind of account it is.
    pub kind: AccountKind,
    /// The bank's name for the account, where the file lists its accounts.
    pub description: Option<String>,
    /// Three capitals; `None` where the statement names none.
    pub currency: Option<String>,
    /// The balance that the bank states, of the latest statement in the file.
    pub ledger_balance: Option<LedgerBalance>,
    /// The transactions in the order of the file.
    pub lines: Vec<StatementLine>,
    /// Whether the file only says that the account exists and has no statement of it.
    pub listed_only: bool,
}

impl StatementAccount {
    /// Works out amounts in minor units and doubts from the account's currency.
    pub(crate) fn judge(&mut self) {
        let account_currency = self.currency.as_deref();
        for line in &mut self.lines {
            line.judge(account_currency);
        }
        if let Some(balance) = &mut self.ledger_balance {
            let currency = account_currency.and_then(|code| Currency::parse(code).ok());
            balance.amount = currency.and_then(|currency| minor_units(&balance.amount_text, currency.minor_digits()));
        }
    }
}

/// Kinds of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountKind {
    /// A checking account.
    Checking,
    /// A savings account.
    Savings,
    /// A money market account.
    MoneyMarket,
    /// A line of credit.
    CreditLine,
    /// A certificate of deposit.
    CertificateOfDeposit,
    /// A credit card.
    CreditCard,
    /// A brokerage account, of which the cash movements are read.
    Investment,
    /// A bank account of a kind that the file does not say, or that the standard does not know.
    Other,
}

/// The balance that a bank states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerBalance {
    /// The decimal, spelled as a line's `amount_text`.
    pub amount_text: String,
    /// In minor units of the account's currency; `None` where that is unknown or has fewer
    /// decimals.
    pub amount: Option<i64>,
    /// The day it holds for, where the bank says it.
    pub as_of: Option<Date>,
}

/// One transaction of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// The line of the file at which the transaction begins, counted from 1.
    pub file_line: u64,
    /// The bank's identifier of the transaction; empty where it gives none, and not always unique.
    pub fitid: String,
    /// The day of the posting as the bank wrote it, in the bank's own time zone.
    pub posted_on: Date,
    /// The decimal as given, in one spelling: `-1234.50`. Money into the account is positive.
    pub amount_text: String,
    /// In minor units of the account's currency. `None` where the doubt is about the amount.
    pub amount: Option<i64>,
    /// Of the amount, three capitals: the transaction's own, else the account's; `None` where
    /// neither is named.
    pub currency: Option<String>,
    /// The bank's kind of transaction (`TRNTYPE`) in capitals, such as `CHECK`; empty where it
    /// gives none.
    pub kind: String,
    /// Who was paid or who paid; may be empty.
    pub name: String,
    /// What the bank says about it; may be empty.
    pub memo: String,
    /// The number of a check.
    pub check_number: Option<String>,
    /// Another reference number.
    pub reference: Option<String>,
    /// The identifier of an earlier transaction that this one corrects or deletes.
    pub corrects: Option<String>,
    /// Why the line cannot be accepted as it is.
    pub doubt: Option<Doubt>,
}

impl StatementLine {
    fn judge(&mut self, account_currency: Option<&str>) {
        self.amount = None;
        if matches!(self.doubt, Some(Doubt::AmbiguousAmount { .. })) {
            return;
        }
        let Some(account) = account_currency else {
            self.doubt = Some(Doubt::NoCurrency);
            return;
        };
        let line = self.currency.get_or_insert_with(|| account.to_owned());
        if line != account {
            self.doubt = Some(Doubt::OtherCurrency {
                line: line.clone(),
                account: account.to_owned(),
            });
            return;
        }
        let Ok(currency) = Currency::parse(account) else {
            self.doubt = Some(Doubt::UnknownCurrency {
                code: account.to_owned(),
            });
            return;
        };
        self.amount = minor_units(&self.amount_text, currency.minor_digits());
        self.doubt = if self.amount.is_none() {
            Some(Doubt::TooManyDecimals {
                amount_text: self.amount_text.clone(),
                currency,
            })
        } else {
            self.corrects.clone().map(|fitid| Doubt::Correction { fitid })
        };
    }
}

/// Why a line is kept with its text and not accepted as it is. Displayed, it is the reason in
/// plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The amount is in another currency than the account.
    OtherCurrency {
        /// The amount's currency.
        line: String,
        /// The account's currency.
        account: String,
    },
    /// The amount has more decimals than its currency; zeros at the end do not count.
    TooManyDecimals {
        /// The amount.
        amount_text: String,
        /// Its currency.
        currency: Currency,
    },
    /// The amount can be read in two ways, as `1,234` can; `amount_text` has the standard's
    /// reading, 1.234.
    AmbiguousAmount {
        /// The amount as the bank wrote it.
        given: String,
    },
    /// The statement names no currency and none was assumed yet.
    NoCurrency,
    /// The account's currency is none that the books can keep.
    UnknownCurrency {
        /// Its three letters.
        code: String,
    },
    /// The bank corrects or deletes an earlier transaction, so this is no movement of its own.
    Correction {
        /// The earlier transaction's identifier.
        fitid: String,
    },
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherCurrency { line, account } => {
                write!(f, "The amount is in {line}, the account in {account}.")
            }
            Self::TooManyDecimals { amount_text, currency } => write!(
                f,
                "The amount {amount_text} has more than the {} decimals of {}.",
                currency.minor_digits(),
                currency.code()
            ),
            Self::AmbiguousAmount { given } => write!(
                f,
                "The amount {given} can be read in two ways: its comma marks decimals or thousands."
            ),
            Self::NoCurrency => write!(f, "The statement names no currency."),
            Self::UnknownCurrency { code } => {
                write!(f, "{code} is not a currency the books can keep.")
            }
            Self::Correction { fitid } => {
                write!(f, "The bank corrects or deletes its earlier transaction {fitid}.")
            }
        }
    }
}

/// What a bank says went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankMessage {
    /// The line of the file, counted from 1.
    pub line: u64,
    /// The standard's number of the error; may be empty.
    pub code: String,
    /// The bank's own words; may be empty.
    pub text: String,
}

impl fmt::Display for BankMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.text.as_str(), self.code.as_str()) {
            ("", "") => write!(f, "no reason given"),
            ("", code) => write!(f, "error {code}"),
            (text, "") => write!(f, "{text}"),
            (text, code) => write!(f, "{text} (error {code})"),
        }
    }
}
