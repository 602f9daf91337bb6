//! The whole general ledger, read in batches inside one snapshot: memory stays flat however long it is, and all batches agree.

use ledger::money::Currency;
use ledger::statements::{Days, Face};
use tenancy::{Capability, Cx, Download, Read, TenantTx};

use super::super::Provenance;
use super::super::printed::title;
use super::printed::TITLES;
use super::{LedgerAccount, LedgerFilter, Place, Reading};
use crate::Error;

/// Most lines of a batch.
pub const EXPORT_BATCH_LINES: i64 = 2_000;

/// A general ledger on its way out. Dropping it ends the query and gives the connection back.
#[derive(Debug)]
pub struct GeneralLedgerExport {
    tx: TenantTx<Read>,
    reading: Reading,
    at: Option<Place>,
    currency: Currency,
    provenance: Provenance,
    // One a company at a time: a file takes a connection as long as its reader takes to read it.
    _leave: Download,
}

/// Opens the whole general ledger over a period, as [`report_general_ledger`](super::report_general_ledger) shows it. One a company
/// is under way at a time.
///
/// # Errors
/// See [`report_general_ledger`](super::report_general_ledger); `Crowded` while another one does not end.
pub async fn general_ledger_export(
    cx: &Cx,
    filter: &LedgerFilter,
    accounts: &[i64],
) -> Result<GeneralLedgerExport, Error> {
    cx.require(Capability::ReadBooks)?;
    let leave = cx.download().await?;
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let (reading, frame) = Reading::open(&mut tx, filter, accounts).await?;
    let currency = frame.currency;
    let provenance = frame.over(&mut tx, filter.from, filter.to).await?;
    Ok(GeneralLedgerExport {
        at: (!reading.standing.is_empty()).then_some(Place::FIRST),
        tx,
        reading,
        currency,
        provenance,
        _leave: leave,
    })
}

impl GeneralLedgerExport {
    /// The currency of all amounts.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// What it is made of.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// What it says of itself.
    pub fn face(&self) -> Face {
        let Provenance { from, to, .. } = self.provenance;
        self.provenance.face(Days::Period { from, to })
    }

    /// What stands below the last row of its CSV file: the same as below a statement's.
    pub fn csv_foot(&self) -> String {
        self.face().csv_foot(title(self.reading.filter.adjusting, TITLES))
    }

    /// The next accounts, or parts of accounts, in all at most [`EXPORT_BATCH_LINES`] lines; none after the last.
    ///
    /// # Errors
    /// The database's.
    pub async fn next_batch(&mut self) -> Result<Option<Vec<LedgerAccount>>, Error> {
        let Some(at) = self.at else { return Ok(None) };
        let page = self.reading.page(&mut self.tx, at, EXPORT_BATCH_LINES).await?;
        self.at = page.next;
        Ok(Some(page.accounts))
    }
}
