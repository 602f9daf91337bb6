//! `cartefi report general-ledger`, `cartefi report journal`: reports of lines, printed while they are read.

use anyhow::Result;
use books::company::company_today;
use books::reports::{
    JournalReportFilter, LedgerFilter, Moment, general_ledger_export, journal_export, moment_find, report_year_start,
};
use tenancy::Cx;
use time::{Date, OffsetDateTime};

use super::installation::{Installation, OnBehalf};
use super::{print_on, values};
use crate::pages::reports::{GeneralLedgerFile, JournalFile, Parts};

/// What a report of lines is asked. It is printed as CSV: a row a line.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(flatten)]
    installation: Installation,
    /// The company's short name
    #[arg(long, value_name = "SLUG")]
    company: String,
    /// The first day; the first of the fiscal year that the last day lies in when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    from: Option<Date>,
    /// The last day; today in the company's time zone when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    to: Option<Date>,
    /// Adjusting entries only
    #[arg(long)]
    adjusting: bool,
    /// The books as they stood: a day, a time by the company's clocks such as 2026-10-31T17:00, or the number of a change
    #[arg(long, value_name = "MOMENT")]
    known: Option<String>,
}

/// What was asked, as reports take it.
struct Asked {
    cx: Cx,
    from: Date,
    to: Date,
    moment: Moment,
    adjusting: bool,
}

impl Asked {
    async fn read(options: Options, on_behalf: &OnBehalf) -> Result<Self> {
        let tenancy = options.installation.connect().await?;
        let cx = on_behalf.enter(&tenancy, &options.company).await?;
        let to = match options.to {
            Some(to) => to,
            None => company_today(&cx, OffsetDateTime::now_utc()).await?,
        };
        let from = match options.from {
            Some(from) => from,
            None => report_year_start(&cx, to).await?,
        };
        let moment = moment_find(&cx, options.known.as_deref().unwrap_or_default()).await?;
        Ok(Self {
            cx,
            from,
            to,
            moment,
            adjusting: options.adjusting,
        })
    }
}

/// Prints every account's lines with their balances.
///
/// # Errors
/// There is no such company, the period ends before it begins, or the moment is none.
pub async fn general_ledger(options: Options, on_behalf: &OnBehalf) -> Result<()> {
    let asked = Asked::read(options, on_behalf).await?;
    let filter = LedgerFilter {
        moment: asked.moment,
        adjusting: asked.adjusting,
        ..LedgerFilter::over(asked.from, asked.to)
    };
    let export = general_ledger_export(&asked.cx, &filter, &[]).await?;
    print_all(GeneralLedgerFile::new(export, &filter)).await
}

/// Prints every entry's lines.
///
/// # Errors
/// See [`general_ledger`].
pub async fn journal(options: Options, on_behalf: &OnBehalf) -> Result<()> {
    let asked = Asked::read(options, on_behalf).await?;
    let filter = JournalReportFilter {
        moment: asked.moment,
        adjusting: asked.adjusting,
        ..JournalReportFilter::over(asked.from, asked.to)
    };
    print_all(JournalFile::new(journal_export(&asked.cx, &filter).await?)).await
}

/// Prints a file part by part, until its reader stops.
async fn print_all(mut parts: impl Parts) -> Result<()> {
    while let Some(part) = parts.next_part().await? {
        if !print_on(&part)? {
            break;
        }
    }
    Ok(())
}
