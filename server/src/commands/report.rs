//! `cartefi report`

use anyhow::{Result, bail};
use books::company::company_today;
use books::reports::{
    Moment, StatementAsked, TrialBalanceAsked, moment_find, report_statement, report_trial_balance_asked,
    report_year_start,
};
use clap::{Subcommand, ValueEnum};
use ledger::statements::{Shown, Sort, StatementKind, Unit};
use serde::Serialize;
use tenancy::Cx;
use time::{Date, OffsetDateTime};

use super::installation::{Installation, OnBehalf, block_on};
use super::{answer, report_lines, values};

/// Options of `cartefi report`.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Every account's balance at the end of a day
    TrialBalance(TrialBalance),
    /// What a period earned
    ProfitAndLoss(ProfitAndLoss),
    /// What the company has, owes and is worth at the end of a day
    BalanceSheet(BalanceSheet),
    /// Where cash came from and where it went over a period
    CashFlow(CashFlow),
    /// Every account's lines with their balances
    GeneralLedger(report_lines::Options),
    /// Every entry with its lines
    Journal(report_lines::Options),
    /// The lines of one account with their balances
    Register(report_lines::RegisterOptions),
}

#[derive(clap::Args, Debug)]
struct Common {
    #[command(flatten)]
    installation: Installation,
    /// The company's short name
    #[arg(long, value_name = "SLUG")]
    company: String,
    /// How it is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Accounts without an amount have a row too
    #[arg(long)]
    zero: bool,
    /// In which order the accounts of a section stand
    #[arg(long, value_name = "ORDER", default_value = "number", value_parser = sort)]
    sort: Sort,
    /// The books as they stood: a day, a time by the company's clocks such as 2026-10-31T17:00, or the number of a change
    #[arg(long, value_name = "MOMENT")]
    known: Option<String>,
    /// Beside what is known at that moment, now and the difference
    #[arg(long, requires = "known")]
    now: bool,
}

#[derive(clap::Args, Debug)]
struct TrialBalance {
    #[command(flatten)]
    common: Common,
    /// The day; today in the company's time zone when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    as_of: Option<Date>,
    /// Before the adjusting entries of the fiscal year, with them, and after them
    #[arg(long, conflicts_with = "now")]
    adjusted: bool,
}

#[derive(clap::Args, Debug)]
struct BalanceSheet {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    columns: Columns,
    /// The day; today in the company's time zone when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    as_of: Option<Date>,
    /// The first day that is cut into columns; the first of the fiscal year that the day lies in when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    from: Option<Date>,
}

#[derive(clap::Args, Debug)]
struct ProfitAndLoss {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    columns: Columns,
    /// The first day; the first of the fiscal year that the last day lies in when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    from: Option<Date>,
    /// The last day; today in the company's time zone when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    to: Option<Date>,
    /// Each amount's share of total income stands beside it
    #[arg(long)]
    income: bool,
}

#[derive(clap::Args, Debug)]
struct CashFlow {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    columns: Columns,
    /// The first day; the first of the fiscal year that the last day lies in when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    from: Option<Date>,
    /// The last day; today in the company's time zone when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    to: Option<Date>,
}

#[derive(clap::Args, Debug)]
struct Columns {
    /// What the days are cut into: total, month, quarter or year
    #[arg(long, value_name = "UNIT", default_value = "total", value_parser = unit)]
    columns: Unit,
    /// What stands beside each period, with the change in amounts and in percent; may be given twice
    #[arg(long, value_enum)]
    compare: Vec<Compare>,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Compare {
    PriorPeriod,
    PriorYear,
}

/// How a report is printed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Json,
    Csv,
    Text,
}

fn unit(text: &str) -> Result<Unit, String> {
    Unit::parse(text).map_err(|error| error.to_string())
}

fn sort(text: &str) -> Result<Sort, String> {
    Sort::parse(text).map_err(|error| error.to_string())
}

/// Prints a report.
///
/// # Errors
/// There is no such company, the period ends before it begins, the moment is none, or there are too many columns.
pub fn run(options: Options, on_behalf: &OnBehalf) -> Result<()> {
    block_on(async {
        match options.command {
            Command::GeneralLedger(asked) => report_lines::general_ledger(asked, on_behalf).await,
            Command::Journal(asked) => report_lines::journal(asked, on_behalf).await,
            Command::Register(asked) => report_lines::register(asked, on_behalf).await,
            Command::TrialBalance(asked) => trial_balance(asked, on_behalf).await,
            Command::BalanceSheet(asked) => {
                let BalanceSheet {
                    common,
                    columns,
                    as_of,
                    from,
                } = asked;
                statement(
                    StatementKind::BalanceSheet,
                    &common,
                    &columns,
                    from,
                    as_of,
                    false,
                    on_behalf,
                )
                .await
            }
            Command::CashFlow(asked) => {
                let CashFlow {
                    common,
                    columns,
                    from,
                    to,
                } = asked;
                statement(StatementKind::CashFlow, &common, &columns, from, to, false, on_behalf).await
            }
            Command::ProfitAndLoss(asked) => {
                let ProfitAndLoss {
                    common,
                    columns,
                    from,
                    to,
                    income,
                } = asked;
                statement(
                    StatementKind::ProfitAndLoss,
                    &common,
                    &columns,
                    from,
                    to,
                    income,
                    on_behalf,
                )
                .await
            }
        }
    })
}

async fn trial_balance(asked: TrialBalance, on_behalf: &OnBehalf) -> Result<()> {
    let common = &asked.common;
    let cx = enter(common, on_behalf).await?;
    let of = TrialBalanceAsked {
        as_of: day(&cx, asked.as_of).await?,
        adjusted: asked.adjusted,
        shown: common.shown(),
        moment: common.moment(&cx).await?,
        against_now: common.now,
    };
    let report = report_trial_balance_asked(&cx, &of).await?;
    let (statement, face) = (&report.statement, report.face());
    match common.format {
        Format::Json => json(&statement.json(&face)),
        Format::Csv => answer(&statement.to_csv(&face)),
        Format::Text => answer(&statement.to_text(&face)),
    }
}

async fn statement(
    kind: StatementKind,
    common: &Common,
    columns: &Columns,
    from: Option<Date>,
    to: Option<Date>,
    percent_of_income: bool,
    on_behalf: &OnBehalf,
) -> Result<()> {
    let cx = enter(common, on_behalf).await?;
    let to = day(&cx, to).await?;
    let from = match from {
        Some(from) => from,
        None => report_year_start(&cx, to).await?,
    };
    let asked = StatementAsked {
        kind,
        from,
        to,
        unit: columns.columns,
        prior_period: columns.compare.contains(&Compare::PriorPeriod),
        prior_year: columns.compare.contains(&Compare::PriorYear),
        percent_of_income,
        shown: common.shown(),
        moment: common.moment(&cx).await?,
        against_now: common.now,
    };
    let report = report_statement(&cx, &asked).await?;
    let (statement, face) = (&report.statement, report.face());
    match common.format {
        Format::Json => json(&statement.json(&face)),
        Format::Csv => answer(&statement.to_csv(&face)),
        Format::Text => answer(&statement.to_text(&face)),
    }
}

impl Common {
    const fn shown(&self) -> Shown {
        Shown {
            sort: self.sort,
            zero_rows: self.zero,
        }
    }

    async fn moment(&self, cx: &Cx) -> Result<Moment> {
        match self.known.as_deref().map(str::trim) {
            None => Ok(Moment::Now),
            Some("") => bail!("--known is empty: leave it out for the books as they stand"),
            Some(text) => Ok(moment_find(cx, text).await?),
        }
    }
}

async fn enter(common: &Common, on_behalf: &OnBehalf) -> Result<Cx> {
    let tenancy = common.installation.connect().await?;
    on_behalf.enter(&tenancy, &common.company).await
}

async fn day(cx: &Cx, given: Option<Date>) -> Result<Date> {
    match given {
        Some(day) => Ok(day),
        None => Ok(company_today(cx, OffsetDateTime::now_utc()).await?),
    }
}

fn json(report: &impl Serialize) -> Result<()> {
    answer(&(serde_json::to_string_pretty(report)? + "\n"))
}
