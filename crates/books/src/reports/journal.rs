//! The journal report: every entry of a period with its lines, whatever kind of document made it.
//!
//! An entry is what a document posts on a day: one that was voided behind a lock has two, on the two days.

mod export;
mod file;
mod key;
mod printed;
mod rows;

use ledger::money::{Currency, sum_checked};
use tenancy::{Capability, Cx, Read, TenantTx};
use time::{Date, OffsetDateTime};

pub use export::{JournalExport, journal_export};
pub use file::JOURNAL_REPORT_COLUMNS;
pub use key::JournalKey;
pub use printed::PrintedJournal;

use super::ledger_lines::{Shown, Since};
use super::{Adjusting, Frame, LedgerKeyError, Moment, Report, check_period};
use crate::Error;
use crate::documents::DocumentKind;

/// Most lines that a page asks for; its last entry is whole, and has at most 500.
pub const JOURNAL_REPORT_LINES_MAX: i64 = 500;

/// Which entries the report shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JournalReportFilter {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// When the books are known at.
    pub moment: Moment,
    /// Only documents of this kind.
    pub kind: Option<DocumentKind>,
    /// Only adjusting entries, or all but those.
    pub adjusting: Adjusting,
    /// Only what somebody posted first whose name or address holds this text, in any case.
    pub entered_by: Option<String>,
    /// Whether what was made since the moment stands among the others. It counts in no total.
    pub shows_since: bool,
}

impl JournalReportFilter {
    /// Every entry of the days from the first through the last one, as the books stand.
    pub fn over(from: Date, to: Date) -> Self {
        Self {
            from,
            to,
            moment: Moment::Now,
            kind: None,
            adjusting: Adjusting::Among,
            entered_by: None,
            shows_since: false,
        }
    }

    fn known(&self) -> i64 {
        self.moment.change().unwrap_or(i64::MAX)
    }

    fn kind_code(&self) -> Option<&'static str> {
        self.kind.map(DocumentKind::code)
    }

    fn entered_by(&self) -> Option<&str> {
        self.entered_by
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }
}

/// The journal of a period, or a page of it. Amounts in minor units, debit positive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JournalReport {
    /// The currency of all amounts.
    pub currency: Currency,
    /// The entries of this page by date, then document.
    pub entries: Vec<ReportEntry>,
    /// Where the next page begins, if there is one.
    pub next: Option<JournalKey>,
    /// What the whole period comes to; on its last page.
    pub totals: Option<JournalTotals>,
}

/// What the entries of a period come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JournalTotals {
    /// How many there are.
    pub entries: i64,
    /// Their debits.
    pub debit: i64,
    /// Their credits, positive.
    pub credit: i64,
}

/// An entry with its lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportEntry {
    /// Its document.
    pub document_id: i64,
    /// The day it counts on.
    pub posted_on: Date,
    /// What the document is.
    pub kind: DocumentKind,
    /// Its number.
    pub number: Option<String>,
    /// Its note.
    pub memo: Option<String>,
    /// Its customer or vendor.
    pub contact: Option<String>,
    /// Whether it is an adjusting entry.
    pub adjusting: bool,
    /// Whether it counts on the accrual basis alone.
    pub accrual_only: bool,
    /// Whether it was voided: it then stands here with what reversed it, because a lock covers its day.
    pub voided: bool,
    /// Who entered it: first posted on its day.
    pub entered_by: String,
    /// When, UTC.
    pub entered_at: OffsetDateTime,
    /// Its lines in the document's order.
    pub lines: Vec<EntryLine>,
    /// The sum of its debits, without what was made since the report's moment.
    pub total_debit: i64,
    /// The sum of its credits, positive, without what was made since.
    pub total_credit: i64,
}

/// A line of an entry: a posting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryLine {
    /// The posting.
    pub posting_id: i64,
    /// The line of the document.
    pub line_no: i32,
    /// The account it is shown as.
    pub account_id: i64,
    /// That account's number.
    pub number: Option<String>,
    /// Its full path.
    pub account: String,
    /// The line's own customer or vendor.
    pub contact: Option<String>,
    /// The line's words.
    pub description: String,
    /// Minor units, debit positive.
    pub amount: i64,
    /// What happened to it since the report's moment.
    pub since: Option<Since>,
}

impl EntryLine {
    /// What it adds to totals.
    pub fn counted(&self) -> i64 {
        match self.since {
            Some(Since::Made(_)) => 0,
            Some(Since::Retired(_)) | None => self.amount,
        }
    }
}

/// A page of the journal: at most `limit` (1 to 500) lines, and the rest of the entry that is under way then; from after the key
/// where one is given.
///
/// # Errors
/// `Invalid` at `to` where the period ends before it begins.
pub async fn report_journal(
    cx: &Cx,
    filter: &JournalReportFilter,
    after: Option<JournalKey>,
    limit: i64,
) -> Result<Report<JournalReport>, Error> {
    check_period(filter.from, filter.to)?;
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read_at(&mut tx, filter.moment).await?;
    let shown = Shown::load(&mut tx, filter.moment).await?;
    let start = after.unwrap_or(JournalKey::before(filter.from));
    let limit = limit.clamp(1, JOURNAL_REPORT_LINES_MAX);
    let (entries, next) = entries_after(&mut tx, &shown, filter, start, limit).await?;
    let totals = match next {
        None => Some(rows::totals(&mut tx, filter).await?),
        Some(_) => None,
    };
    let statement = JournalReport {
        currency: frame.currency,
        entries,
        next,
        totals,
    };
    let provenance = frame.over(&mut tx, filter.from, filter.to).await?;
    Ok(Report { statement, provenance })
}

/// The entries after a place up to so many lines, the last one whole, and the place after them where there are more.
async fn entries_after(
    tx: &mut TenantTx<Read>,
    shown: &Shown,
    filter: &JournalReportFilter,
    start: JournalKey,
    limit: i64,
) -> Result<(Vec<ReportEntry>, Option<JournalKey>), Error> {
    // An entry has two lines or more.
    let mut found = rows::keys_after(tx, filter, start, limit / 2 + 2).await?;
    let is_all = found.len() as i64 <= limit / 2 + 1;
    let mut lines = 0;
    let fitting = found
        .iter()
        .position(|(_, count)| {
            lines += count;
            lines >= limit
        })
        .map_or(found.len(), |last| last + 1);
    let more = fitting < found.len() || !is_all;
    found.truncate(fitting);
    let keys: Vec<JournalKey> = found.into_iter().map(|(key, _)| key).collect();
    let mut entries: Vec<ReportEntry> = Vec::with_capacity(keys.len());
    for row in rows::entries(tx, filter, &keys).await? {
        let line = line_of(shown, &row, filter.known())?;
        let is_same =
            |entry: &&mut ReportEntry| (entry.document_id, entry.posted_on) == (row.document_id, row.posted_on);
        match entries.last_mut().filter(is_same) {
            Some(entry) => entry.add(line)?,
            None => {
                let mut entry = entry_of(row)?;
                entry.add(line)?;
                entries.push(entry);
            }
        }
    }
    Ok((entries, keys.last().copied().filter(|_| more)))
}

impl ReportEntry {
    fn add(&mut self, line: EntryLine) -> Result<(), Error> {
        self.total_debit = sum_checked([self.total_debit, line.counted().max(0)])?;
        self.total_credit = sum_checked([self.total_credit, -line.counted().min(0)])?;
        self.lines.push(line);
        Ok(())
    }
}

fn entry_of(row: rows::EntryRow) -> Result<ReportEntry, Error> {
    Ok(ReportEntry {
        document_id: row.document_id,
        posted_on: row.posted_on,
        kind: DocumentKind::parse(&row.kind).ok_or(Error::NotFound("that kind of document"))?,
        number: row.number,
        memo: row.memo,
        contact: row.contact,
        adjusting: row.adjusting,
        accrual_only: row.accrual_only,
        voided: row.voided,
        entered_by: row.entered_by,
        entered_at: row.entered_at,
        lines: Vec::new(),
        total_debit: 0,
        total_credit: 0,
    })
}

fn line_of(shown: &Shown, row: &rows::EntryRow, known: i64) -> Result<EntryLine, Error> {
    let account = shown.account(row.account_id).ok_or(Error::NotFound("that account"))?;
    Ok(EntryLine {
        posting_id: row.id,
        line_no: row.line_no,
        account_id: account.id,
        number: account.number.clone(),
        account: account.path.clone(),
        contact: row.line_contact.clone(),
        description: row.description.clone(),
        amount: row.amount,
        since: match row.retired_in {
            Some(change) => Some(Since::Retired(change)),
            None => (row.made_in > known).then_some(Since::Made(row.made_in)),
        },
    })
}
