//! Trial balance, profit and loss, balance sheet, and the lines behind their figures.
//!
//! Each report is read inside one snapshot, so that its totals, its lines and what it says about itself agree. Balances come from
//! the totals by month and from the postings of the months that a date cuts (`balances`); `ledger::statements` lays them out. No
//! closing entry is posted: earlier fiscal years are closed by computation. A report shows the books as they stand, or as they were
//! known at a [`Moment`].

mod account_ledger;
mod adjusting;
mod balances;
mod cash_flow;
mod changed_since;
mod chart;
mod clock;
mod day_end;
mod frame;
mod general_ledger;
mod journal;
mod ledger_lines;
mod moment;
mod printed;
mod statement;
mod trial_balance;

use ledger::dates::FiscalYears;
use ledger::money::Currency;
use ledger::statements::{Basis, Days, Face, Known, Statement, TrialBalance};
use tenancy::{Capability, Cx};
use time::{Date, OffsetDateTime};

pub use account_ledger::{
    AccountLedger, AccountLedgerExport, ClosedYear, LEDGER_LINES_MAX, LedgerKey, LedgerKeyError, LedgerPart,
    REGISTER_COLUMNS, ledger_export, report_ledger,
};
pub use adjusting::Adjusting;
pub(crate) use balances::{balance_sheet_of, balances_at};
pub(crate) use cash_flow::cash_flow_of;
pub use changed_since::{
    CHANGED_LIST_MAX, ChangedAccount, ChangedDetails, ChangedDocument, ChangedEarlier, ChangedHow, ChangedPeriod,
    HeldAs, changed_since_close, changed_since_list,
};
pub use clock::clock_words;
pub(crate) use day_end::{DayEnd, day_before};
pub(crate) use frame::Frame;
pub use general_ledger::{
    AccountEnd, EXPORT_BATCH_LINES, GENERAL_LEDGER_ACCOUNTS_MAX, GENERAL_LEDGER_COLUMNS, GENERAL_LEDGER_LINES_MAX,
    GeneralLedger, GeneralLedgerExport, GeneralLedgerKey, LedgerAccount, PrintedLedger, PrintedRegister,
    general_ledger_export, natural, report_general_ledger,
};
pub use journal::{
    EntryLine, JOURNAL_REPORT_COLUMNS, JOURNAL_REPORT_LINES_MAX, JournalExport, JournalKey, JournalReport,
    JournalReportFilter, JournalTotals, PrintedJournal, ReportEntry, journal_export, report_journal,
};
pub use ledger_lines::{LedgerFilter, LedgerLine, LedgerRow, SPLIT, Since, YearClosing, ledger_rows};
pub use moment::{Moment, moment_find};
pub use printed::PrintedAs;
pub use statement::{StatementAsked, report_balance_sheet, report_profit_and_loss, report_statement};
pub use trial_balance::{TrialBalanceAsked, report_trial_balance, report_trial_balance_asked};

use crate::Error;

/// A report with what makes it reproducible.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report<T> {
    /// What it shows.
    pub statement: T,
    /// What it was made of.
    pub provenance: Provenance,
}

/// What a report was made of: the same change number gives the same figures again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provenance {
    /// The company's legal name.
    pub company: String,
    /// What all amounts are in.
    pub currency: Currency,
    /// The name of the time zone that its clocks show.
    pub time_zone: String,
    /// The first day that income and expenses count from: the period's, or the fiscal year's.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// When income and expenses count.
    pub basis: Basis,
    /// When it was made, UTC.
    pub made_at: OffsetDateTime,
    /// The last change it contains.
    pub change: i64,
    /// The first 12 hex digits of the audit chain's hash at that change.
    pub head: String,
    /// The moment it is known at; none of the books as they stand.
    pub known: Option<KnownAt>,
    /// How many lines of the period nobody has coded yet. For an as-of date: of all time.
    pub uncategorized_lines: i64,
    /// Whether its day or period reaches back before these books begin, when there was nothing to show.
    pub before_books: bool,
}

/// The moment of a report that shows the books as they were known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KnownAt {
    /// The last change that is known.
    pub change: i64,
    /// When it was made, UTC.
    pub at: OffsetDateTime,
}

impl Provenance {
    /// What the report says of itself on paper and in files.
    fn face(&self, days: Days) -> Face {
        Face {
            company: self.company.clone(),
            days,
            basis: self.basis,
            currency: self.currency,
            made: clock_words(&self.time_zone, self.made_at),
            made_at: clock::instant_text(self.made_at),
            change: self.change,
            chain: self.head.clone(),
            known: self.known.map(|known| Known {
                change: known.change,
                at: clock::instant_text(known.at),
                words: clock_words(&self.time_zone, known.at),
            }),
        }
    }
}

impl Report<Statement> {
    /// What it says of itself.
    pub fn face(&self) -> Face {
        let Provenance { from, to, .. } = self.provenance;
        self.provenance.face(match self.statement.kind.shows_period() {
            true => Days::Period { from, to },
            false => Days::AsOf(to),
        })
    }
}

impl Report<TrialBalance> {
    /// What it says of itself.
    pub fn face(&self) -> Face {
        self.provenance.face(Days::AsOf(self.provenance.to))
    }
}

/// What periods are chosen from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Calendar {
    /// The fiscal years.
    pub years: FiscalYears,
    /// The days of the first and the last posting, where there is one.
    pub posted: Option<(Date, Date)>,
}

/// The company's fiscal years, and the days that anything lies on.
///
/// # Errors
/// `NotFound` while the company's books are not set up.
pub async fn report_calendar(cx: &Cx) -> Result<Calendar, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let years = crate::fiscal_years::load(&mut tx).await?;
    let row =
        sqlx::query!("select min(posted_on) as first, max(posted_on) as last from posting where retired_in is null")
            .fetch_one(&mut *tx)
            .await?;
    Ok(Calendar {
        years,
        posted: row.first.zip(row.last),
    })
}

/// The first day of the fiscal year that a day lies in. With `company::company_today`, a report's first period: from there through
/// today.
pub async fn report_year_start(cx: &Cx, day: Date) -> Result<Date, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read(&mut tx).await?;
    Ok(frame.years.start_of(day))
}

pub(crate) fn check_period(from: Date, to: Date) -> Result<(), Error> {
    if to < from {
        return Err(Error::at(
            "to",
            "The period ends before it begins. Choose a later last day.",
        ));
    }
    Ok(())
}
