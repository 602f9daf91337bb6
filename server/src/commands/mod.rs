//! The command line, one module a command.
//!
//! Exit codes: 0 done, 1 refused with the reason on stderr, 2 used wrongly (clap's own).

mod accounts;
mod audit;
mod check;
mod check_config;
mod company;
mod demo;
mod import;
mod import_words;
mod installation;
mod lock;
mod migrate;
mod provision;
mod recurring;
mod report;
mod report_lines;
mod serve;
mod setup;
mod values;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Online bookkeeping for small businesses.
#[derive(Parser, Debug)]
#[command(name = "cartefi", version, about, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    on_behalf: installation::OnBehalf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Serves the pages until told to stop
    Serve(serve::Options),
    /// Says whether the settings are complete, without serving
    CheckConfig(check_config::Options),
    /// Makes roles, databases and configurations, or brings them up to date
    Setup(setup::Options),
    /// Keeps a stock of ready, empty companies
    Provision(provision::Options),
    /// Brings every company to this program's version of the schema
    Migrate(migrate::Options),
    /// Companies
    Company(company::Options),
    /// Makes the demo company, with about two years of books
    Demo(demo::Options),
    /// Locks a company's books through a day
    Lock(lock::Options),
    /// Imports a file
    Import(import::Options),
    /// Recurring entries of all companies
    Recurring(recurring::Options),
    /// Prints a report
    Report(report::Options),
    /// The record of changes
    Audit(audit::Options),
    /// Looks whether everything holds in a company's books that always holds
    Check(check::Options),
}

impl Cli {
    /// Runs the command to its end.
    pub fn run(self) -> ExitCode {
        let on_behalf = &self.on_behalf;
        let done = match self.command {
            Command::Serve(options) => serve::run(options),
            Command::CheckConfig(options) => check_config::run(options),
            Command::Setup(options) => setup::run(options),
            Command::Provision(options) => provision::run(options),
            Command::Migrate(options) => migrate::run(options),
            Command::Company(options) => company::run(options, on_behalf),
            Command::Demo(options) => demo::run(options, on_behalf),
            Command::Lock(options) => lock::run(options, on_behalf),
            Command::Import(options) => import::run(options, on_behalf),
            Command::Recurring(options) => recurring::run(options),
            Command::Report(options) => report::run(options, on_behalf),
            Command::Audit(options) => audit::run(options, on_behalf),
            Command::Check(options) => check::run(options, on_behalf),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                // The whole chain of causes, outermost first: what was refused, and why.
                eprintln!("cartefi: {error:#}");
                ExitCode::FAILURE
            }
        }
    }
}

/// Prints a command's answer. Whoever reads it may stop before its end, as `head` does.
fn answer(text: &str) -> Result<()> {
    print_on(text).map(|_| ())
}

/// Prints a part of a command's answer; says whether somebody still reads.
fn print_on(text: &str) -> Result<bool> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error.into()),
    }
}
