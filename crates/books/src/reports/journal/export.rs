//! The whole journal, read in batches inside one snapshot: memory stays flat however long it is, and all batches agree.

use ledger::money::Currency;
use ledger::statements::{Days, Face};
use tenancy::{Capability, Cx, Download, Read, TenantTx};

use super::printed::TITLES;
use super::{JournalKey, JournalReportFilter, JournalTotals, ReportEntry, entries_after, rows};
use crate::Error;
use crate::reports::general_ledger::EXPORT_BATCH_LINES;
use crate::reports::ledger_lines::Shown;
use crate::reports::printed::title;
use crate::reports::{Frame, Provenance, check_period};

/// A journal on its way out. Dropping it ends the query and gives the connection back.
#[derive(Debug)]
pub struct JournalExport {
    tx: TenantTx<Read>,
    shown: Shown,
    filter: JournalReportFilter,
    at: Option<JournalKey>,
    currency: Currency,
    provenance: Provenance,
    // One a company at a time: a file takes a connection as long as its reader takes to read it.
    _leave: Download,
}

/// Opens the whole journal over a period, as [`report_journal`](super::report_journal) shows it. One file a company is under way at a
/// time.
///
/// # Errors
/// See [`report_journal`](super::report_journal); `Crowded` while another file does not end.
pub async fn journal_export(cx: &Cx, filter: &JournalReportFilter) -> Result<JournalExport, Error> {
    cx.require(Capability::ReadBooks)?;
    check_period(filter.from, filter.to)?;
    let leave = cx.download().await?;
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read_at(&mut tx, filter.moment).await?;
    let shown = Shown::load(&mut tx, filter.moment).await?;
    let currency = frame.currency;
    let provenance = frame.over(&mut tx, filter.from, filter.to).await?;
    Ok(JournalExport {
        tx,
        shown,
        at: Some(JournalKey::before(filter.from)),
        filter: filter.clone(),
        currency,
        provenance,
        _leave: leave,
    })
}

impl JournalExport {
    /// The currency of all amounts.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// What it says of itself.
    pub fn face(&self) -> Face {
        let Provenance { from, to, .. } = self.provenance;
        self.provenance.face(Days::Period { from, to })
    }

    /// What stands below the last row of its CSV file: the same as below a statement's.
    pub fn csv_foot(&self) -> String {
        self.face().csv_foot(title(self.filter.adjusting, TITLES))
    }

    /// The next entries, in all hardly more than [`EXPORT_BATCH_LINES`] lines; none after the last.
    ///
    /// # Errors
    /// The database's.
    pub async fn next_batch(&mut self) -> Result<Option<Vec<ReportEntry>>, Error> {
        let Some(at) = self.at else { return Ok(None) };
        let (entries, next) = entries_after(&mut self.tx, &self.shown, &self.filter, at, EXPORT_BATCH_LINES).await?;
        self.at = next;
        Ok(Some(entries))
    }

    /// What the whole period comes to, in the same snapshot.
    ///
    /// # Errors
    /// The database's.
    pub async fn totals(&mut self) -> Result<JournalTotals, Error> {
        rows::totals(&mut self.tx, &self.filter).await
    }
}
