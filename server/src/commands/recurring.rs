//! `cartefi recurring`

use anyhow::{Result, bail};
use clap::Subcommand;
use time::OffsetDateTime;

use super::answer;
use super::installation::{Installation, block_on};
use crate::recurring::run_all;

/// Options of `cartefi recurring`.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Makes the entries that are due in every company
    Run(Installation),
}

/// Makes what is due, and prints how much that was.
///
/// # Errors
/// The companies cannot be listed, or some could not be worked on.
pub fn run(options: Options) -> Result<()> {
    let Command::Run(installation) = options.command;
    block_on(async {
        let tenancy = installation.connect().await?;
        let ran = run_all(&tenancy, OffsetDateTime::now_utc()).await?;
        answer(&format!(
            "{} made, {} stopped with a reason, in {} companies\n",
            ran.made, ran.stopped, ran.companies
        ))?;
        if ran.more > 0 {
            answer(&format!("{} companies have more due: run it again\n", ran.more))?;
        }
        match ran.failed {
            0 => Ok(()),
            failed => bail!("{failed} companies could not be worked on: see the log, and run it again"),
        }
    })
}
