//! The general ledger as a flat CSV file: what accountants load into tax software.

use ledger::accounts::{AccountType, Side};
use ledger::csv::csv_record;
use ledger::dates::format_iso;
use ledger::money::{Currency, format_plain};
use time::format_description::well_known::Rfc3339;

use super::super::ledger_lines::{LedgerLine, LedgerRow, SPLIT, Since, YearClosing};
use super::LedgerAccount;

/// The head of the file. `Entry ID` is the document's and stays over its revisions; `Line ID` is the posting's, which is never
/// changed and never used again.
pub const GENERAL_LEDGER_COLUMNS: [&str; 20] = [
    "Account number",
    "Account",
    "Account type",
    "Date",
    "Type",
    "Number",
    "Adjusting",
    "Accrual only",
    "Void",
    "Name",
    "Memo",
    "Split",
    "Debit",
    "Credit",
    "Balance",
    "Since",
    "Entry ID",
    "Line ID",
    "Posted by",
    "Posted at",
];

/// What the row of a closing is, where lines say what their document is.
pub(in crate::reports) const YEAR_CLOSING: &str = "Year closing";

/// The words of the row that an account begins with.
const BEGINNING: &str = "Beginning balance";

impl LedgerAccount {
    /// The account's rows: its beginning balance once, every line, and where a fiscal year ends its closing, which has no ids because
    /// nothing is posted. A balance is positive on the side that is usual for the account.
    pub fn to_csv(&self, from: time::Date, currency: Currency) -> String {
        let mut text = String::new();
        if !self.is_continued {
            let day = format_iso(from);
            let balance = format_plain(natural(self.account_type, self.beginning_balance), currency);
            let mut cells = [""; GENERAL_LEDGER_COLUMNS.len()];
            cells[..5].copy_from_slice(&self.head(&day, BEGINNING));
            cells[14] = &balance;
            text += &csv_record(cells);
        }
        for row in self.rows() {
            text += &match row {
                LedgerRow::Line(line) => self.row(line, currency),
                LedgerRow::Closing(closing) => self.closing(closing, currency),
            };
        }
        text
    }

    fn head<'a>(&'a self, day: &'a str, words: &'a str) -> [&'a str; 5] {
        let number = self.number.as_deref().unwrap_or_default();
        [number, &self.account, self.account_type.name(), day, words]
    }

    fn closing(&self, closing: &YearClosing, currency: Currency) -> String {
        let day = format_iso(closing.year.ends_on);
        let (debit, credit) = (
            side(closing.amount, currency),
            side(closing.amount.saturating_neg(), currency),
        );
        let balance = format_plain(natural(self.account_type, closing.balance), currency);
        let words = closing.words();
        let mut cells = [""; GENERAL_LEDGER_COLUMNS.len()];
        cells[..5].copy_from_slice(&self.head(&day, YEAR_CLOSING));
        cells[10] = &words;
        cells[12..15].copy_from_slice(&[&debit, &credit, &balance]);
        csv_record(cells)
    }

    fn row(&self, line: &LedgerLine, currency: Currency) -> String {
        let day = format_iso(line.posted_on);
        let [number, account, account_type, day, kind] = self.head(&day, line.kind.name());
        csv_record([
            number,
            account,
            account_type,
            day,
            kind,
            line.number.as_deref().unwrap_or_default(),
            yes(line.adjusting),
            yes(line.accrual_only),
            yes(line.voided),
            line.contact.as_deref().unwrap_or_default(),
            line.words(),
            split_words(&line.other_side),
            &side(line.amount, currency),
            &side(line.amount.saturating_neg(), currency),
            &format_plain(natural(self.account_type, line.balance), currency),
            &since_words(line.since),
            &line.document_id.to_string(),
            &line.posting_id.to_string(),
            &line.posted_by,
            &line.posted_at.format(&Rfc3339).unwrap_or_default(),
        ])
    }
}

/// An amount with the sign that is usual for the account.
pub fn natural(account_type: AccountType, amount: i64) -> i64 {
    match account_type.normal_side() {
        Side::Debit => amount,
        Side::Credit => amount.saturating_neg(),
    }
}

/// The other side of a line, in a file: there a text that begins with a hyphen would be guarded.
pub(in crate::reports) fn split_words(other_side: &str) -> &str {
    if other_side == SPLIT { "Split" } else { other_side }
}

/// What stands in a column of a mark.
pub(in crate::reports) const fn yes(is_marked: bool) -> &'static str {
    if is_marked { "yes" } else { "" }
}

/// What stands in a column of debits or of credits.
pub(in crate::reports) fn side(amount: i64, currency: Currency) -> String {
    match amount {
        amount if amount > 0 => format_plain(amount, currency),
        _ => String::new(),
    }
}

/// `entered by change 12`: what happened to a line since the moment of a report; empty where nothing did.
pub(in crate::reports) fn since_words(since: Option<Since>) -> String {
    match since {
        Some(Since::Made(change)) => format!("made by change {change}"),
        Some(Since::Retired(change)) => format!("retired by change {change}"),
        None => String::new(),
    }
}
