//! The journal as a flat CSV file.

use ledger::csv::csv_record;
use ledger::dates::format_iso;
use ledger::money::Currency;
use time::format_description::well_known::Rfc3339;

use super::ReportEntry;
use crate::reports::general_ledger::{side, since_words, yes};

/// The head of the file. `Entry ID` is the document's and stays over its revisions; `Line ID` is the posting's, which is never
/// changed and never used again.
pub const JOURNAL_REPORT_COLUMNS: [&str; 18] = [
    "Date",
    "Type",
    "Number",
    "Adjusting",
    "Accrual only",
    "Void",
    "Memo",
    "Account number",
    "Account",
    "Name",
    "Description",
    "Debit",
    "Credit",
    "Since",
    "Entry ID",
    "Line ID",
    "Entered by",
    "Entered at",
];

impl ReportEntry {
    /// A row for each line.
    pub fn to_csv(&self, currency: Currency) -> String {
        let day = format_iso(self.posted_on);
        let document = self.document_id.to_string();
        let at = self.entered_at.format(&Rfc3339).unwrap_or_default();
        let rows = self.lines.iter().map(|line| {
            csv_record([
                day.as_str(),
                self.kind.name(),
                self.number.as_deref().unwrap_or_default(),
                yes(self.adjusting),
                yes(self.accrual_only),
                yes(self.voided),
                self.memo.as_deref().unwrap_or_default(),
                line.number.as_deref().unwrap_or_default(),
                &line.account,
                line.contact.as_deref().or(self.contact.as_deref()).unwrap_or_default(),
                &line.description,
                &side(line.amount, currency),
                &side(line.amount.saturating_neg(), currency),
                &since_words(line.since),
                &document,
                &line.posting_id.to_string(),
                &self.entered_by,
                &at,
            ])
        });
        rows.collect()
    }
}
