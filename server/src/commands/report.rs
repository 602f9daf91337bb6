//! `cartefi report`

use anyhow::Result;
use books::company::company_today;
use books::reports::{report_balance_sheet, report_profit_and_loss, report_trial_balance, report_year_start};
use clap::{Subcommand, ValueEnum};
use serde::Serialize;
use tenancy::Cx;
use time::{Date, OffsetDateTime};

use super::installation::{Installation, OnBehalf, block_on};
use super::{answer, values};

/// Options of `cartefi report`.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Every account's balance at the end of a day
    TrialBalance(AsOf),
    /// What a period earned
    ProfitAndLoss(Period),
    /// What the company has, owes and is worth at the end of a day
    BalanceSheet(AsOf),
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
}

#[derive(clap::Args, Debug)]
struct AsOf {
    #[command(flatten)]
    common: Common,
    /// The day; today in the company's time zone when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    as_of: Option<Date>,
}

#[derive(clap::Args, Debug)]
struct Period {
    #[command(flatten)]
    common: Common,
    /// The first day; the first of the fiscal year that the last day lies in when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    from: Option<Date>,
    /// The last day; today in the company's time zone when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    to: Option<Date>,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Json,
    Csv,
    Text,
}

/// Prints a report.
///
/// # Errors
/// There is no such company, or the period ends before it begins.
pub fn run(options: Options, on_behalf: &OnBehalf) -> Result<()> {
    block_on(async {
        match options.command {
            Command::TrialBalance(AsOf { common, as_of }) => {
                let cx = enter(&common, on_behalf).await?;
                let statement = report_trial_balance(&cx, day(&cx, as_of).await?).await?.statement;
                print(common.format, &statement, || statement.to_csv(), || statement.to_text())
            }
            Command::BalanceSheet(AsOf { common, as_of }) => {
                let cx = enter(&common, on_behalf).await?;
                let statement = report_balance_sheet(&cx, day(&cx, as_of).await?).await?.statement;
                print(common.format, &statement, || statement.to_csv(), || statement.to_text())
            }
            Command::ProfitAndLoss(Period { common, from, to }) => {
                let cx = enter(&common, on_behalf).await?;
                let to = day(&cx, to).await?;
                let from = match from {
                    Some(from) => from,
                    None => report_year_start(&cx, to).await?,
                };
                let statement = report_profit_and_loss(&cx, from, to).await?.statement;
                print(common.format, &statement, || statement.to_csv(), || statement.to_text())
            }
        }
    })
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

fn print(
    format: Format,
    statement: &impl Serialize,
    csv: impl FnOnce() -> String,
    text: impl FnOnce() -> String,
) -> Result<()> {
    answer(&match format {
        Format::Json => serde_json::to_string_pretty(statement)? + "\n",
        Format::Csv => csv(),
        Format::Text => text(),
    })
}
