//! `cartefi import`

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use books::accounts::{Account, account_list};
use books::journal_import::journal_import;
use books::statements::{ImportCounts, LineMessage, StatementChoice, StatementSource, statement_import};
use clap::{Subcommand, ValueEnum};
use ledger::accounts::AccountType;
use serde::Serialize;
use tenancy::{Cx, RequestKey};

use super::accounts::account_named;
use super::installation::{Installation, OnBehalf, block_on};
use super::{answer, import_words};

/// Options of `cartefi import`.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Imports a bank's statement file: OFX, QFX or QBO
    Statement(Statement),
    /// Imports journal entries in QuickBooks Online's CSV layout
    Journal(Journal),
}

#[derive(clap::Args, Debug)]
struct Statement {
    #[command(flatten)]
    installation: Installation,
    /// The file
    file: PathBuf,
    /// The company's short name
    #[arg(long, value_name = "SLUG")]
    company: String,
    /// The bank or card account in the books; for a file of several, ACCTID=NAME for each of them
    #[arg(long = "account", value_name = "NAME")]
    accounts: Vec<String>,
}

#[derive(clap::Args, Debug)]
struct Journal {
    #[command(flatten)]
    installation: Installation,
    /// The file
    file: PathBuf,
    /// The company's short name
    #[arg(long, value_name = "SLUG")]
    company: String,
    /// Say what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// How it is told what the file brings
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
}

/// How an import tells what it did.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Json,
    Text,
}

/// Imports a file and prints how many lines or entries were new, known and doubtful, and every error by line.
///
/// # Errors
/// The file cannot be read or something in it is refused; then nothing was written.
pub fn run(options: Options, on_behalf: &OnBehalf) -> Result<()> {
    block_on(async {
        match options.command {
            Command::Statement(statement) => statement_imported(statement, on_behalf).await,
            Command::Journal(journal) => journal_imported(journal, on_behalf).await,
        }
    })
}

async fn statement_imported(options: Statement, on_behalf: &OnBehalf) -> Result<()> {
    let bytes = read(&options.file)?;
    let tenancy = options.installation.connect().await?;
    let cx = on_behalf.enter(&tenancy, &options.company).await?;
    let choices = choices(&cx, &options.accounts).await?;
    let file_name = options
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    // Read here first: an error of the file is then printed by its line.
    if let Err(error) = feeds::read_statement(bytes.as_slice()) {
        let errors: Vec<LineMessage> = error
            .problems()
            .iter()
            .map(|problem| LineMessage {
                line: problem.line,
                message: problem.fault.to_string(),
            })
            .collect();
        print(&if errors.is_empty() {
            refused(error.to_string())
        } else {
            ImportCounts {
                errors,
                ..ImportCounts::default()
            }
        })?;
        return Err(error).context("nothing was imported");
    }
    let source = StatementSource::Bytes { file_name, bytes };
    match statement_import(&cx, source, &choices, &RequestKey::fresh()).await {
        Ok(imported) => print(&imported.counts),
        Err(error) => {
            print(&refused(error.to_string()))?;
            Err(error).context("nothing was imported")
        }
    }
}

/// The counts of a file that is refused as a whole, from its first line on.
fn refused(message: String) -> ImportCounts {
    ImportCounts {
        errors: vec![LineMessage { line: 1, message }],
        ..ImportCounts::default()
    }
}

async fn journal_imported(options: Journal, on_behalf: &OnBehalf) -> Result<()> {
    let bytes = read(&options.file)?;
    let tenancy = options.installation.connect().await?;
    let cx = on_behalf.enter(&tenancy, &options.company).await?;
    let outcome = journal_import(&cx, &bytes, options.dry_run, &RequestKey::fresh()).await?;
    match options.format {
        Format::Json => print(&outcome)?,
        Format::Text => answer(&import_words::outcome_text(&outcome, options.dry_run))?,
    }
    if outcome.errors.is_empty() {
        Ok(())
    } else {
        bail!("nothing was imported: see the errors by line")
    }
}

/// `NAME` or `ACCTID=NAME`, each NAME one of the company's bank and card accounts.
async fn choices(cx: &Cx, given: &[String]) -> Result<Vec<StatementChoice>> {
    let accounts = account_list(cx, None).await?;
    given
        .iter()
        .map(|text| match text.split_once('=') {
            Some((of_file, name)) => Ok(StatementChoice {
                of_file: of_file.trim().to_owned(),
                account_id: account_id(&accounts, name)?,
            }),
            None => Ok(StatementChoice {
                of_file: String::new(),
                account_id: account_id(&accounts, text)?,
            }),
        })
        .collect()
}

/// The bank or card account of that name.
fn account_id(accounts: &[Account], name: &str) -> Result<i64> {
    let takes_statements = |account: &&Account| {
        account.active && matches!(account.account_type, AccountType::Bank | AccountType::CreditCard)
    };
    let candidates: Vec<&Account> = accounts.iter().filter(takes_statements).collect();
    match account_named(&candidates, name) {
        Some(account) => Ok(account.id),
        None => {
            let (name, names) = (name.trim(), candidates.iter().map(|account| account.path.as_str()));
            let names: Vec<&str> = names.collect();
            bail!("{name} is not one bank or card account; there are {}", names.join(", "))
        }
    }
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("{} cannot be read", file.display()))
}

fn print(counts: &impl Serialize) -> Result<()> {
    answer(&(serde_json::to_string_pretty(counts)? + "\n"))
}
