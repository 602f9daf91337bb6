//! The whole ledger of an account, read in batches inside one snapshot: memory stays flat however long it is, and all batches agree.

use ledger::statements::{Days, Face};
use tenancy::{Capability, Cx, Download, Read, TenantTx};

use super::{AccountLedger, LedgerFilter, LedgerKey, LedgerLine, LedgerRow, Reading, YearClosing, ledger_rows};
use crate::Error;
use crate::reports::Provenance;
use crate::reports::general_ledger::{EXPORT_BATCH_LINES, REGISTER_TITLES};
use crate::reports::printed::title;

/// An account's ledger on its way out. Dropping it ends the query and gives the connection back.
#[derive(Debug)]
pub struct AccountLedgerExport {
    tx: TenantTx<Read>,
    reading: Reading,
    ledger: AccountLedger,
    /// Where the next batch begins, and the balance there.
    at: Option<(LedgerKey, i64)>,
    provenance: Provenance,
    // One a company at a time: a file takes a connection as long as its reader takes to read it.
    _leave: Download,
}

/// A part of an account's ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerPart {
    /// Its lines.
    pub lines: Vec<LedgerLine>,
    /// The fiscal years that end between them.
    pub closings: Vec<YearClosing>,
}

impl LedgerPart {
    /// Its lines and closings, each in its place.
    pub fn rows(&self) -> Vec<LedgerRow<'_>> {
        ledger_rows(&self.lines, &self.closings)
    }
}

/// Opens the whole ledger of an account over a period, as [`report_ledger`](super::report_ledger) shows it, the oldest line
/// first. One file a company is under way at a time.
///
/// # Errors
/// See [`report_ledger`](super::report_ledger); `Crowded` while another file does not end.
pub async fn ledger_export(cx: &Cx, account_id: i64, filter: &LedgerFilter) -> Result<AccountLedgerExport, Error> {
    cx.require(Capability::ReadBooks)?;
    let leave = cx.download().await?;
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let filter = LedgerFilter {
        newest_first: false,
        ..*filter
    };
    let (reading, frame, ledger) = Reading::open(&mut tx, account_id, &filter).await?;
    let provenance = frame.over(&mut tx, filter.from, filter.to).await?;
    Ok(AccountLedgerExport {
        at: Some((filter.beginning(), ledger.beginning_balance)),
        tx,
        reading,
        ledger,
        provenance,
        _leave: leave,
    })
}

impl AccountLedgerExport {
    /// The account and its sums, without lines.
    pub fn ledger(&self) -> &AccountLedger {
        &self.ledger
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
        self.face()
            .csv_foot(title(self.reading.filter.adjusting, REGISTER_TITLES))
    }

    /// The next part, with at most [`EXPORT_BATCH_LINES`] lines; none after the last.
    ///
    /// # Errors
    /// The database's.
    pub async fn next_batch(&mut self) -> Result<Option<LedgerPart>, Error> {
        let Some((start, balance)) = self.at else {
            return Ok(None);
        };
        let page = self
            .reading
            .page(&mut self.tx, start, EXPORT_BATCH_LINES, balance)
            .await?;
        self.at = page.next;
        Ok(Some(LedgerPart {
            lines: page.lines,
            closings: page.closings,
        }))
    }
}
