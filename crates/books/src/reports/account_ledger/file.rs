//! An account's ledger as a CSV file.

use ledger::csv::csv_record;
use ledger::dates::format_iso;
use ledger::money::format_plain;

use super::{AccountLedger, LedgerLine, LedgerPart, LedgerRow, YearClosing};
use crate::reports::general_ledger::{YEAR_CLOSING, natural, side, since_words, split_words, yes};

/// The head of the file. `Document` stays over its revisions; `Since` says what happened to a line since the moment of the ledger.
pub const REGISTER_COLUMNS: [&str; 15] = [
    "Date",
    "Type",
    "Number",
    "Adjusting",
    "Accrual only",
    "Void",
    "Name",
    "Memo",
    "Other side",
    "Debit",
    "Credit",
    "Balance",
    "Since",
    "Matched",
    "Document",
];

impl AccountLedger {
    /// The row before the first line.
    pub fn csv_beginning(&self) -> String {
        self.csv_balance("Beginning balance", self.beginning_balance)
    }

    /// The rows after the last line: the ending balance, and of retained earnings what the years before brought by computation, so
    /// that the file ends in what statements say.
    pub fn csv_ending(&self) -> String {
        let mut rows = self.csv_balance("Ending balance", self.ending_balance);
        for year in &self.closed_years {
            let [credit, debit] =
                [year.net_income, year.net_income.saturating_neg()].map(|amount| side(amount, self.currency));
            let words = format!("Net income {} to {}", format_iso(year.from), format_iso(year.to));
            let mut cells = [""; REGISTER_COLUMNS.len()];
            let day = format_iso(year.to);
            cells[..2].copy_from_slice(&[&day, YEAR_CLOSING]);
            cells[7] = &words;
            cells[9..11].copy_from_slice(&[&debit, &credit]);
            rows += &csv_record(cells);
        }
        if !self.closed_years.is_empty() {
            rows += &self.csv_balance("Balance on statements", self.on_statements);
        }
        rows
    }

    fn csv_balance(&self, words: &str, amount: i64) -> String {
        let amount = format_plain(natural(self.account_type, amount), self.currency);
        let mut cells = [""; REGISTER_COLUMNS.len()];
        cells[1] = words;
        cells[11] = &amount;
        csv_record(cells)
    }

    /// The rows of a part: its lines, and where a fiscal year ends its closing. Balances are positive on the side that is usual for
    /// the account.
    pub fn csv_part(&self, part: &LedgerPart) -> String {
        let rows = part.rows().into_iter();
        rows.map(|row| match row {
            LedgerRow::Line(line) => self.csv_line(line),
            LedgerRow::Closing(closing) => self.csv_closing(closing),
        })
        .collect()
    }

    fn csv_closing(&self, closing: &YearClosing) -> String {
        let day = format_iso(closing.year.ends_on);
        let [debit, credit] =
            [closing.amount, closing.amount.saturating_neg()].map(|amount| side(amount, self.currency));
        let balance = format_plain(natural(self.account_type, closing.balance), self.currency);
        let words = closing.words();
        let mut cells = [""; REGISTER_COLUMNS.len()];
        cells[..2].copy_from_slice(&[&day, YEAR_CLOSING]);
        cells[7] = &words;
        cells[9..12].copy_from_slice(&[&debit, &credit, &balance]);
        csv_record(cells)
    }

    /// A line's row. Balances are positive on the side that is usual for the account.
    pub fn csv_line(&self, line: &LedgerLine) -> String {
        csv_record([
            format_iso(line.posted_on).as_str(),
            line.kind.name(),
            line.number.as_deref().unwrap_or_default(),
            yes(line.adjusting),
            yes(line.accrual_only),
            yes(line.voided),
            line.contact.as_deref().unwrap_or_default(),
            line.words(),
            split_words(&line.other_side),
            &side(line.amount, self.currency),
            &side(line.amount.saturating_neg(), self.currency),
            &format_plain(natural(self.account_type, line.balance), self.currency),
            &since_words(line.since),
            yes(line.matched),
            &line.document_id.to_string(),
        ])
    }
}
