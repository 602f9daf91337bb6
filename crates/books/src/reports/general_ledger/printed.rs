//! The general ledger, or the register of one account, as text and as JSON.

use ledger::accounts::AccountType;
use ledger::dates::{format_date, format_iso};
use ledger::money::{Amount, format_report};
use ledger::statements::{Days, Face};
use serde::Serialize;

use super::file::{YEAR_CLOSING, natural, since_words, split_words};
use super::{AccountEnd, LedgerAccount};
use crate::reports::Adjusting;
use crate::reports::account_ledger::{AccountLedger, ClosedYear, LedgerPart};
use crate::reports::clock::instant_text;
use crate::reports::ledger_lines::{LedgerLine, LedgerRow, YearClosing};
use crate::reports::printed::Column::{Left, Right};
use crate::reports::printed::{Column, JsonList, PrintedAs, json_begin, json_fields, json_open, text_row, title};

/// What a general ledger is called: of all entries, of adjusting ones alone, without those.
pub(super) const TITLES: [&str; 3] = [
    "General Ledger",
    "General Ledger, Adjusting Entries",
    "General Ledger, Unadjusted",
];

/// What a register is called.
pub(in crate::reports) const REGISTER_TITLES: [&str; 3] = [
    "Account Register",
    "Account Register, Adjusting Entries",
    "Account Register, Unadjusted",
];

/// The words of the rows that an account begins and ends with.
const BEGINNING: &str = "Beginning balance";
const ENDING: &str = "Ending balance";

const COLUMNS: [Column; 8] = [
    Left(12),
    Left(30),
    Right(16),
    Right(16),
    Right(16),
    Left(36),
    Left(26),
    Left(0),
];
const HEADS: [&str; 8] = ["Date", "Entry", "Debit", "Credit", "Balance", "Split", "Name", "Memo"];

/// Writes a general ledger: its beginning, the accounts or parts of accounts in their order, its end.
#[derive(Debug)]
pub struct PrintedLedger {
    face: Face,
    title: &'static str,
    printed_as: PrintedAs,
    accounts: JsonList,
    lines: JsonList,
}

impl PrintedLedger {
    /// Of a general ledger with that face, of these entries.
    pub fn new(face: Face, adjusting: Adjusting, printed_as: PrintedAs) -> Self {
        Self::titled(title(adjusting, TITLES), face, printed_as)
    }

    fn titled(title: &'static str, face: Face, printed_as: PrintedAs) -> Self {
        Self {
            face,
            title,
            printed_as,
            accounts: JsonList::default(),
            lines: JsonList::default(),
        }
    }

    /// What stands before the first account.
    ///
    /// # Errors
    /// Those of writing JSON.
    pub fn begin(&self) -> serde_json::Result<String> {
        match self.printed_as {
            PrintedAs::Text => Ok(self.face.text_heading(self.title) + &text_row(&COLUMNS, HEADS)),
            PrintedAs::Json => json_begin(&self.face, self.title, "accounts"),
        }
    }

    /// An account, or the part of it that is read.
    ///
    /// # Errors
    /// Those of writing JSON.
    pub fn account(&mut self, account: &LedgerAccount) -> serde_json::Result<String> {
        let mut text = String::new();
        if !account.is_continued {
            text += &self.open(&Head {
                number: account.number.as_deref(),
                account: &account.account,
                account_type: account.account_type,
                beginning_balance: account.beginning_balance,
                of_earlier_years: account.of_earlier_years,
            })?;
        }
        text += &self.rows(account.account_type, &account.rows())?;
        if let Some(end) = account.end {
            text += &self.close(account.account_type, end, None)?;
        }
        Ok(text)
    }

    /// What stands after the last account.
    pub fn end(&mut self) -> String {
        match self.printed_as {
            PrintedAs::Text => self.face.text_foot(),
            PrintedAs::Json => self.accounts.end(2) + "\n}\n",
        }
    }

    fn amount(&self, minor: i64) -> Amount {
        Amount {
            minor,
            currency: self.face.currency,
        }
    }

    /// A balance with the sign that is usual for the account.
    fn balance(&self, account_type: AccountType, minor: i64) -> Amount {
        self.amount(natural(account_type, minor))
    }

    fn open(&mut self, head: &Head<'_>) -> serde_json::Result<String> {
        let balance = |minor| self.balance(head.account_type, minor);
        let (beginning, earlier) = (balance(head.beginning_balance), head.of_earlier_years.map(balance));
        match self.printed_as {
            PrintedAs::Text => {
                let number = head.number.map(|number| format!("{number} ")).unwrap_or_default();
                let name = format!("{number}{} ({})", head.account, head.account_type.name());
                let day = match self.face.days {
                    Days::Period { from: day, .. } | Days::AsOf(day) => format_date(day),
                };
                let earlier = earlier.map(|earned| format!("of it earned in earlier years: {}", earned.to_report()));
                let cells = [&day, BEGINNING, "", "", &beginning.to_report()];
                let cells = cells.into_iter().chain(earlier.as_deref());
                Ok(format!(
                    "\n{}{}",
                    text_row(&[Left(0)], [name]),
                    text_row(&COLUMNS, cells)
                ))
            }
            PrintedAs::Json => {
                let head = HeadJson {
                    number: head.number,
                    account: head.account,
                    account_type: head.account_type.name(),
                    beginning_balance: beginning,
                    of_earlier_years: earlier,
                };
                let open = json_open(&head, 4)?;
                Ok(self.accounts.before_item(4) + &open + ",\n      \"lines\": [")
            }
        }
    }

    fn rows(&mut self, account_type: AccountType, rows: &[LedgerRow<'_>]) -> serde_json::Result<String> {
        let mut text = String::new();
        for row in rows {
            let balance = match row {
                LedgerRow::Line(line) => self.balance(account_type, line.balance),
                LedgerRow::Closing(closing) => self.balance(account_type, closing.balance),
            };
            text += &match (self.printed_as, row) {
                (PrintedAs::Text, LedgerRow::Line(line)) => text_line(line, balance),
                (PrintedAs::Text, LedgerRow::Closing(closing)) => text_closing(closing, balance),
                (PrintedAs::Json, LedgerRow::Line(line)) => {
                    self.lines.before_item(8) + &serde_json::to_string(&line_json(line, balance))?
                }
                (PrintedAs::Json, LedgerRow::Closing(closing)) => {
                    self.lines.before_item(8) + &serde_json::to_string(&closing_json(closing, balance))?
                }
            };
        }
        Ok(text)
    }

    fn close(
        &mut self,
        account_type: AccountType,
        end: AccountEnd,
        closed: Option<(&[ClosedYear], i64)>,
    ) -> serde_json::Result<String> {
        let (debit, credit) = (self.amount(end.total_debit), self.amount(end.total_credit));
        let ending = self.balance(account_type, end.ending_balance);
        let (years, on_statements) = closed.unzip();
        let years = years.unwrap_or_default();
        let on_statements = on_statements.map(|figure| self.balance(account_type, figure));
        match self.printed_as {
            PrintedAs::Text => {
                let [debit, credit, ending] = [debit, credit, ending].map(Amount::to_report);
                let mut text = text_row(&COLUMNS, ["", ENDING, &debit, &credit, &ending]);
                for year in years {
                    let days = format!("{} to {}", format_date(year.from), format_date(year.to));
                    let earned = self.amount(year.net_income).to_report();
                    text += &text_row(&COLUMNS, ["", "Net income, closed year", "", "", &earned, &days]);
                }
                if let Some(figure) = on_statements {
                    text += &text_row(&COLUMNS, ["", "On statements", "", "", &figure.to_report()]);
                }
                Ok(text)
            }
            PrintedAs::Json => {
                let years = years.iter().map(|year| YearJson {
                    from: format_iso(year.from),
                    to: format_iso(year.to),
                    net_income: self.amount(year.net_income),
                });
                let end = EndJson {
                    total_debit: debit,
                    total_credit: credit,
                    closed: (end.closed != 0).then(|| self.amount(end.closed)),
                    ending_balance: ending,
                    closed_years: years.collect(),
                    on_statements,
                };
                Ok(format!("{},{}\n    }}", self.lines.end(6), json_fields(&end, 4)?))
            }
        }
    }
}

/// Writes the register of one account: its beginning, its lines in their order, its end. As JSON it is a general ledger of one
/// account.
#[derive(Debug)]
pub struct PrintedRegister {
    printed: PrintedLedger,
    account_type: AccountType,
}

impl PrintedRegister {
    /// Of the register of an account with that face, of these entries.
    pub fn new(register: &AccountLedger, face: Face, adjusting: Adjusting, printed_as: PrintedAs) -> Self {
        Self {
            printed: PrintedLedger::titled(title(adjusting, REGISTER_TITLES), face, printed_as),
            account_type: register.account_type,
        }
    }

    /// What stands before the first line.
    ///
    /// # Errors
    /// Those of writing JSON.
    pub fn begin(&mut self, register: &AccountLedger) -> serde_json::Result<String> {
        let begin = self.printed.begin()?;
        let head = self.printed.open(&Head {
            number: register.number.as_deref(),
            account: &register.account,
            account_type: register.account_type,
            beginning_balance: register.beginning_balance,
            of_earlier_years: None,
        })?;
        Ok(begin + &head)
    }

    /// The next lines.
    ///
    /// # Errors
    /// Those of writing JSON.
    pub fn lines(&mut self, part: &LedgerPart) -> serde_json::Result<String> {
        self.printed.rows(self.account_type, &part.rows())
    }

    /// What stands after the last line.
    ///
    /// # Errors
    /// Those of writing JSON.
    pub fn end(&mut self, register: &AccountLedger) -> serde_json::Result<String> {
        let years = &register.closed_years[..];
        let end = AccountEnd {
            total_debit: register.total_debit,
            total_credit: register.total_credit,
            closed: register.closed,
            ending_balance: register.ending_balance,
        };
        let closed = (!years.is_empty()).then_some((years, register.on_statements));
        Ok(self.printed.close(self.account_type, end, closed)? + &self.printed.end())
    }
}

/// What an account begins with.
struct Head<'a> {
    number: Option<&'a str>,
    account: &'a str,
    account_type: AccountType,
    beginning_balance: i64,
    of_earlier_years: Option<i64>,
}

/// ` (adjusting) (accrual only)`: what an entry is marked as, after its name.
pub(in crate::reports) fn mark_words(adjusting: bool, accrual_only: bool, voided: bool) -> String {
    let marks = [
        (adjusting, " (adjusting)"),
        (accrual_only, " (accrual only)"),
        (voided, " (void)"),
    ];
    marks
        .into_iter()
        .filter_map(|(is_marked, words)| is_marked.then_some(words))
        .collect()
}

/// `Journal entry 1017 (adjusting)`
fn entry_words(line: &LedgerLine) -> String {
    let mut words = line.kind.name().to_owned();
    if let Some(number) = &line.number {
        words += &format!(" {number}");
    }
    words + &mark_words(line.adjusting, line.accrual_only, line.voided)
}

fn text_closing(closing: &YearClosing, balance: Amount) -> String {
    let side = |amount: i64| match amount {
        1.. => format_report(amount, balance.currency),
        _ => String::new(),
    };
    let cells = [
        format_date(closing.year.ends_on),
        YEAR_CLOSING.to_owned(),
        side(closing.amount),
        side(closing.amount.saturating_neg()),
        balance.to_report(),
        String::new(),
        String::new(),
        closing.words(),
    ];
    text_row(&COLUMNS, cells)
}

fn text_line(line: &LedgerLine, balance: Amount) -> String {
    let side = |amount: i64| match amount {
        1.. => format_report(amount, balance.currency),
        _ => String::new(),
    };
    let since = match since_words(line.since) {
        words if words.is_empty() => words,
        words => format!("[{words}] "),
    };
    text_row(
        &COLUMNS,
        [
            &format_date(line.posted_on),
            &entry_words(line),
            &side(line.amount),
            &side(line.amount.saturating_neg()),
            &balance.to_report(),
            split_words(&line.other_side),
            line.contact.as_deref().unwrap_or_default(),
            &(since + line.words()),
        ],
    )
}

fn line_json(line: &LedgerLine, balance: Amount) -> LineJson<'_> {
    let side = |amount: i64| Amount {
        minor: amount.max(0),
        currency: balance.currency,
    };
    LineJson {
        date: format_iso(line.posted_on),
        kind: line.kind.name(),
        number: line.number.as_deref(),
        adjusting: line.adjusting,
        accrual_only: line.accrual_only,
        voided: line.voided,
        name: line.contact.as_deref(),
        memo: line.words(),
        split: split_words(&line.other_side),
        debit: side(line.amount),
        credit: side(line.amount.saturating_neg()),
        balance,
        since: Some(since_words(line.since)).filter(|words| !words.is_empty()),
        entry_id: line.document_id,
        line_id: line.posting_id,
        posted_by: &line.posted_by,
        posted_at: instant_text(line.posted_at),
    }
}

fn closing_json(closing: &YearClosing, balance: Amount) -> ClosingJson {
    let side = |amount: i64| Amount {
        minor: amount.max(0),
        currency: balance.currency,
    };
    ClosingJson {
        date: format_iso(closing.year.ends_on),
        kind: YEAR_CLOSING,
        memo: closing.words(),
        debit: side(closing.amount),
        credit: side(closing.amount.saturating_neg()),
        balance,
    }
}

/// A year that is closed by computation, among the lines; no entry made it.
#[derive(Serialize)]
struct ClosingJson {
    date: String,
    #[serde(rename = "type")]
    kind: &'static str,
    memo: String,
    debit: Amount,
    credit: Amount,
    balance: Amount,
}

#[derive(Serialize)]
struct HeadJson<'a> {
    number: Option<&'a str>,
    account: &'a str,
    #[serde(rename = "type")]
    account_type: &'static str,
    beginning_balance: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    of_earlier_years: Option<Amount>,
}

#[derive(Serialize)]
struct LineJson<'a> {
    date: String,
    #[serde(rename = "type")]
    kind: &'static str,
    number: Option<&'a str>,
    adjusting: bool,
    accrual_only: bool,
    voided: bool,
    name: Option<&'a str>,
    memo: &'a str,
    split: &'a str,
    debit: Amount,
    credit: Amount,
    balance: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    entry_id: i64,
    line_id: i64,
    posted_by: &'a str,
    posted_at: String,
}

#[derive(Serialize)]
struct EndJson {
    total_debit: Amount,
    total_credit: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<Amount>,
    ending_balance: Amount,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    closed_years: Vec<YearJson>,
    /// Its figure on statements, which those years are part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    on_statements: Option<Amount>,
}

#[derive(Serialize)]
struct YearJson {
    from: String,
    to: String,
    net_income: Amount,
}
