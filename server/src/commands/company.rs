//! `cartefi company`

#![expect(clippy::print_stdout, reason = "the command's answer")]

use anyhow::{Context, Result, bail};
use books::company::{NewCompany, company_open};
use clap::Subcommand;
use ledger::accounts::EntityType;
use ledger::money::Currency;
use tenancy::{RequestKey, Role};
use time::Date;

use super::installation::{Installation, OnBehalf, block_on};
use super::values;

/// Options of `cartefi company`.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Opens a company and prints its short name
    Create(Create),
}

#[derive(clap::Args, Debug)]
struct Create {
    #[command(flatten)]
    installation: Installation,
    /// The company's name
    #[arg(long)]
    name: String,
    /// Who may do everything in it; somebody who never signed in is let in when they do
    #[arg(long, value_name = "EMAIL")]
    admin: Option<String>,
    /// Its legal form
    #[arg(long, default_value = "llc", value_parser = values::entity_type)]
    entity: EntityType,
    /// The month its fiscal year begins in, 01 to 12
    #[arg(long, default_value = "01", value_parser = clap::value_parser!(u8).range(1..=12))]
    fiscal_year_start: u8,
    /// The day its books begin; any date may be posted while it is unset
    #[arg(long, value_name = "D", value_parser = values::date)]
    books_begin_on: Option<Date>,
    /// Its currency
    #[arg(long, default_value = "USD", value_parser = values::currency)]
    currency: Currency,
    /// Its time zone
    #[arg(long, default_value = "America/New_York")]
    time_zone: String,
}

/// Runs `cartefi company …`.
///
/// # Errors
/// The company cannot be opened, and why.
pub fn run(options: Options, on_behalf: &OnBehalf) -> Result<()> {
    match options.command {
        Command::Create(create) => block_on(async { created(create, on_behalf).await }),
    }
}

async fn created(create: Create, on_behalf: &OnBehalf) -> Result<()> {
    let tenancy = create.installation.connect().await?;
    let new = NewCompany {
        name: create.name,
        entity_type: create.entity,
        currency: create.currency,
        time_zone: create.time_zone,
        basis: ledger::statements::Basis::Accrual,
        fiscal_year_first_month: create.fiscal_year_start,
        books_begin_on: create.books_begin_on,
    };
    let actor = on_behalf.actor();
    let tenant = company_open(&tenancy, &actor, Role::System, &new, &RequestKey::fresh())
        .await
        .context("the company was not opened")?;
    if let Some(email) = create.admin {
        let now = time::OffsetDateTime::now_utc();
        if let Err(error) = identity::membership_grant(&tenancy, tenant.id, &email, Role::Admin, &actor, now).await {
            bail!("{} was opened without its admin {email}: {error}", tenant.slug);
        }
    }
    println!("{}", tenant.slug);
    Ok(())
}
