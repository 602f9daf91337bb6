//! The journal report as text and as JSON.

use ledger::dates::{format_date, format_iso};
use ledger::money::{Amount, Currency, format_report};
use ledger::statements::Face;
use serde::Serialize;

use super::{EntryLine, JournalTotals, ReportEntry};
use crate::reports::Adjusting;
use crate::reports::clock::instant_text;
use crate::reports::general_ledger::{mark_words, since_words};
use crate::reports::printed::Column::{Left, Right};
use crate::reports::printed::{Column, JsonList, PrintedAs, json_begin, json_fields, json_open, text_row, title};

/// What a journal is called: of all entries, of adjusting ones alone, without those.
pub(super) const TITLES: [&str; 3] = ["Journal", "Journal, Adjusting Entries", "Journal, Unadjusted"];

const COLUMNS: [Column; 5] = [Left(48), Right(16), Right(16), Left(26), Left(0)];
const HEADS: [&str; 5] = ["Account", "Debit", "Credit", "Name", "Description"];

/// Writes a journal report: its beginning, the entries in their order, its end.
#[derive(Debug)]
pub struct PrintedJournal {
    face: Face,
    title: &'static str,
    printed_as: PrintedAs,
    entries: JsonList,
}

impl PrintedJournal {
    /// Of a report with that face, of these entries.
    pub fn new(face: Face, adjusting: Adjusting, printed_as: PrintedAs) -> Self {
        Self {
            face,
            title: title(adjusting, TITLES),
            printed_as,
            entries: JsonList::default(),
        }
    }

    /// What stands before the first entry.
    ///
    /// # Errors
    /// Those of writing JSON.
    pub fn begin(&self) -> serde_json::Result<String> {
        match self.printed_as {
            PrintedAs::Text => Ok(self.face.text_heading(self.title) + &text_row(&COLUMNS, HEADS)),
            PrintedAs::Json => json_begin(&self.face, self.title, "entries"),
        }
    }

    /// An entry with its lines.
    ///
    /// # Errors
    /// Those of writing JSON.
    pub fn entry(&mut self, entry: &ReportEntry) -> serde_json::Result<String> {
        match self.printed_as {
            PrintedAs::Text => Ok(text_entry(entry, self.face.currency)),
            PrintedAs::Json => self.json_entry(entry),
        }
    }

    /// What stands after the last entry: what all of them come to.
    ///
    /// # Errors
    /// Those of writing JSON.
    pub fn end(&mut self, totals: JournalTotals) -> serde_json::Result<String> {
        let currency = self.face.currency;
        let JournalTotals { entries, debit, credit } = totals;
        match self.printed_as {
            PrintedAs::Text => {
                let words = format!("Total of {entries} {}", if entries == 1 { "entry" } else { "entries" });
                let [debit, credit] = [debit, credit].map(|total| format_report(total, currency));
                Ok(format!(
                    "\n{}{}",
                    text_row(&COLUMNS, [words, debit, credit]),
                    self.face.text_foot()
                ))
            }
            PrintedAs::Json => {
                let totals = TotalsJson {
                    total_debit: Amount { minor: debit, currency },
                    total_credit: Amount {
                        minor: credit,
                        currency,
                    },
                };
                Ok(format!("{},{}\n}}\n", self.entries.end(2), json_fields(&totals, 0)?))
            }
        }
    }

    fn json_entry(&mut self, entry: &ReportEntry) -> serde_json::Result<String> {
        let currency = self.face.currency;
        let head = HeadJson {
            date: format_iso(entry.posted_on),
            kind: entry.kind.name(),
            number: entry.number.as_deref(),
            adjusting: entry.adjusting,
            accrual_only: entry.accrual_only,
            voided: entry.voided,
            name: entry.contact.as_deref(),
            memo: entry.memo.as_deref(),
            entry_id: entry.document_id,
            entered_by: &entry.entered_by,
            entered_at: instant_text(entry.entered_at),
        };
        let mut text = self.entries.before_item(4) + &json_open(&head, 4)? + ",\n      \"lines\": [";
        let mut lines = JsonList::default();
        for line in &entry.lines {
            text += &lines.before_item(8);
            text += &serde_json::to_string(&line_json(line, currency))?;
        }
        Ok(text + &lines.end(6) + "\n    }")
    }
}

/// `Jan 31, 2026  Journal entry 1017 (adjusting)  Depreciation`, and its lines below it.
fn text_entry(entry: &ReportEntry, currency: Currency) -> String {
    let mut words = format!("{}  {}", format_date(entry.posted_on), entry.kind.name());
    if let Some(number) = &entry.number {
        words += &format!(" {number}");
    }
    words += &mark_words(entry.adjusting, entry.accrual_only, entry.voided);
    if let Some(memo) = &entry.memo {
        words += &format!("  {memo}");
    }
    let mut text = format!("\n{}", text_row(&[Left(0)], [words]));
    let side = |amount: i64| match amount {
        1.. => format_report(amount, currency),
        _ => String::new(),
    };
    for line in &entry.lines {
        let number = line
            .number
            .as_deref()
            .map(|number| format!("{number} "))
            .unwrap_or_default();
        let since = match since_words(line.since) {
            words if words.is_empty() => words,
            words => format!("[{words}] "),
        };
        let cells = [
            format!("  {number}{}", line.account),
            side(line.amount),
            side(line.amount.saturating_neg()),
            line.contact
                .as_deref()
                .or(entry.contact.as_deref())
                .unwrap_or_default()
                .to_owned(),
            since + &line.description,
        ];
        text += &text_row(&COLUMNS, cells);
    }
    text
}

fn line_json(line: &EntryLine, currency: Currency) -> LineJson<'_> {
    let side = |amount: i64| Amount {
        minor: amount.max(0),
        currency,
    };
    LineJson {
        number: line.number.as_deref(),
        account: &line.account,
        name: line.contact.as_deref(),
        description: &line.description,
        debit: side(line.amount),
        credit: side(line.amount.saturating_neg()),
        since: Some(since_words(line.since)).filter(|words| !words.is_empty()),
        line_id: line.posting_id,
    }
}

#[derive(Serialize)]
struct HeadJson<'a> {
    date: String,
    #[serde(rename = "type")]
    kind: &'static str,
    number: Option<&'a str>,
    adjusting: bool,
    accrual_only: bool,
    voided: bool,
    name: Option<&'a str>,
    memo: Option<&'a str>,
    entry_id: i64,
    entered_by: &'a str,
    entered_at: String,
}

#[derive(Serialize)]
struct LineJson<'a> {
    number: Option<&'a str>,
    account: &'a str,
    name: Option<&'a str>,
    description: &'a str,
    debit: Amount,
    credit: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    line_id: i64,
}

#[derive(Serialize)]
struct TotalsJson {
    total_debit: Amount,
    total_credit: Amount,
}
