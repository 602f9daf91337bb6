//! `cartefi report general-ledger`, `cartefi report journal`, `cartefi report register`: reports of lines, printed while they are read.

use anyhow::{Context, Result};
use books::accounts::{Account, account_list};
use books::company::company_today;
use books::reports::{
    AccountLedgerExport, Adjusting, GeneralLedgerExport, JournalExport, JournalReportFilter, LedgerFilter, Moment,
    PrintedAs, PrintedJournal, PrintedLedger, PrintedRegister, REGISTER_COLUMNS, general_ledger_export, journal_export,
    ledger_export, moment_find, report_year_start,
};
use ledger::csv::csv_record;
use tenancy::Cx;
use time::{Date, OffsetDateTime};

use super::accounts::account_named;
use super::installation::{Installation, OnBehalf};
use super::report::Format;
use super::{answer, print_on, values};
use crate::pages::reports::{GeneralLedgerFile, JournalFile, Parts};

/// What a report of lines is asked.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(flatten)]
    installation: Installation,
    /// The company's short name
    #[arg(long, value_name = "SLUG")]
    company: String,
    /// How it is printed; CSV has a row a line
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
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

/// What a register is asked.
#[derive(clap::Args, Debug)]
pub struct RegisterOptions {
    #[command(flatten)]
    options: Options,
    /// The account by its full name, such as Utilities:Power, or by its number and name
    #[arg(long, value_name = "NAME")]
    account: String,
}

/// What was asked, as reports take it.
struct Asked {
    cx: Cx,
    from: Date,
    to: Date,
    moment: Moment,
    adjusting: Adjusting,
    /// None as CSV.
    printed_as: Option<PrintedAs>,
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
            adjusting: Adjusting::only(options.adjusting),
            printed_as: match options.format {
                Format::Csv => None,
                Format::Json => Some(PrintedAs::Json),
                Format::Text => Some(PrintedAs::Text),
            },
        })
    }

    fn of_ledgers(&self) -> LedgerFilter {
        LedgerFilter {
            moment: self.moment,
            adjusting: self.adjusting,
            ..LedgerFilter::over(self.from, self.to)
        }
    }
}

/// Prints every account's lines with their balances.
///
/// # Errors
/// There is no such company, the period ends before it begins, or the moment is none.
pub async fn general_ledger(options: Options, on_behalf: &OnBehalf) -> Result<()> {
    let asked = Asked::read(options, on_behalf).await?;
    let filter = asked.of_ledgers();
    let export = general_ledger_export(&asked.cx, &filter, &[]).await?;
    match asked.printed_as {
        None => print_all(GeneralLedgerFile::new(export, &filter)).await,
        Some(printed_as) => {
            let printed = PrintedLedger::new(export.face(), asked.adjusting, printed_as);
            print_ledger(export, printed).await
        }
    }
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
    let export = journal_export(&asked.cx, &filter).await?;
    match asked.printed_as {
        None => print_all(JournalFile::new(export)).await,
        Some(printed_as) => {
            let printed = PrintedJournal::new(export.face(), asked.adjusting, printed_as);
            print_journal(export, printed).await
        }
    }
}

/// Prints the lines of an account with their balances.
///
/// # Errors
/// See [`general_ledger`]; no account or more than one has that name.
pub async fn register(options: RegisterOptions, on_behalf: &OnBehalf) -> Result<()> {
    let asked = Asked::read(options.options, on_behalf).await?;
    let accounts = account_list(&asked.cx, None).await?;
    let accounts: Vec<&Account> = accounts.iter().collect();
    let account = account_named(&accounts, &options.account).with_context(|| {
        let name = options.account.trim();
        format!(
            "{name} is not one account of the chart: give its full name, such as Parent:Sub, or its number and name"
        )
    })?;
    let export = ledger_export(&asked.cx, account.id, &asked.of_ledgers()).await?;
    match asked.printed_as {
        None => print_register_csv(export).await,
        Some(printed_as) => {
            let printed = PrintedRegister::new(export.ledger(), export.face(), asked.adjusting, printed_as);
            print_register(export, printed).await
        }
    }
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

async fn print_ledger(mut export: GeneralLedgerExport, mut printed: PrintedLedger) -> Result<()> {
    let mut is_read = print_on(&printed.begin()?)?;
    while is_read && let Some(accounts) = export.next_batch().await? {
        let parts = accounts.iter().map(|account| printed.account(account));
        is_read = print_on(&parts.collect::<Result<String, _>>()?)?;
    }
    match is_read {
        true => answer(&printed.end()),
        false => Ok(()),
    }
}

async fn print_journal(mut export: JournalExport, mut printed: PrintedJournal) -> Result<()> {
    let mut is_read = print_on(&printed.begin()?)?;
    while is_read && let Some(entries) = export.next_batch().await? {
        let parts = entries.iter().map(|entry| printed.entry(entry));
        is_read = print_on(&parts.collect::<Result<String, _>>()?)?;
    }
    match is_read {
        true => answer(&printed.end(export.totals().await?)?),
        false => Ok(()),
    }
}

async fn print_register(mut export: AccountLedgerExport, mut printed: PrintedRegister) -> Result<()> {
    let mut is_read = print_on(&printed.begin(export.ledger())?)?;
    while is_read && let Some(part) = export.next_batch().await? {
        is_read = print_on(&printed.lines(&part)?)?;
    }
    match is_read {
        true => answer(&printed.end(export.ledger())?),
        false => Ok(()),
    }
}

async fn print_register_csv(mut export: AccountLedgerExport) -> Result<()> {
    let mut is_read = print_on(&(csv_record(REGISTER_COLUMNS) + &export.ledger().csv_beginning()))?;
    while is_read && let Some(part) = export.next_batch().await? {
        is_read = print_on(&export.ledger().csv_part(&part))?;
    }
    match is_read {
        true => answer(&(export.ledger().csv_ending() + &export.csv_foot())),
        false => Ok(()),
    }
}
