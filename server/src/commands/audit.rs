//! `cartefi audit`

#![expect(clippy::print_stdout, reason = "the command's answer")]

use anyhow::Result;
use clap::Subcommand;

use super::installation::{Installation, OnBehalf, block_on};

/// Options of `cartefi audit`.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Checks a company's chain and replays it against the present rows
    Verify(Verify),
}

#[derive(clap::Args, Debug)]
struct Verify {
    #[command(flatten)]
    installation: Installation,
    /// The company's short name
    #[arg(long, value_name = "SLUG")]
    company: String,
}

/// Runs `cartefi audit …`.
///
/// # Errors
/// The record does not hold, and where; or it could not be read.
pub fn run(options: Options, on_behalf: &OnBehalf) -> Result<()> {
    let Command::Verify(verify) = options.command;
    block_on(async {
        let tenancy = verify.installation.connect().await?;
        let cx = on_behalf.enter(&tenancy, &verify.company).await?;
        let verified = audit::verify(&cx).await?;
        println!(
            "{} events in {} changes hold, and replay to the {} rows of {} tables; head {}",
            verified.events,
            verified.changes,
            verified.rows,
            verified.tables,
            hex::encode(verified.head)
        );
        Ok(())
    })
}
