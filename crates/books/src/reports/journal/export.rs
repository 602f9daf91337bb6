//! The whole journal, read in batches inside one snapshot: memory stays flat however long it is, and all batches agree.

use ledger::money::Currency;
use tenancy::{Capability, Cx, HeavyWork, Read, TenantTx};

use super::{JournalKey, JournalReportFilter, ReportEntry, entries_after};
use crate::Error;
use crate::reports::general_ledger::EXPORT_BATCH_LINES;
use crate::reports::ledger_lines::Shown;
use crate::reports::{Frame, check_period};

/// A journal on its way out. Dropping it ends the query and gives the connection back.
#[derive(Debug)]
pub struct JournalExport {
    tx: TenantTx<Read>,
    shown: Shown,
    filter: JournalReportFilter,
    at: Option<JournalKey>,
    currency: Currency,
    // One a company at a time: a file takes a connection as long as its reader takes to read it.
    _leave: HeavyWork,
}

/// Opens the whole journal over a period, as [`report_journal`](super::report_journal) shows it. One file a company is under way at a
/// time.
///
/// # Errors
/// See [`report_journal`](super::report_journal); `Crowded` while another file does not end.
pub async fn journal_export(cx: &Cx, filter: &JournalReportFilter) -> Result<JournalExport, Error> {
    cx.require(Capability::ReadBooks)?;
    check_period(filter.from, filter.to)?;
    let leave = cx.heavy_work().await?;
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read_at(&mut tx, filter.moment).await?;
    let shown = Shown::load(&mut tx).await?;
    Ok(JournalExport {
        tx,
        shown,
        at: Some(JournalKey::before(filter.from)),
        filter: filter.clone(),
        currency: frame.currency,
        _leave: leave,
    })
}

impl JournalExport {
    /// The currency of all amounts.
    pub fn currency(&self) -> Currency {
        self.currency
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
}
