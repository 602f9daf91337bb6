//! `cartefi migrate`

#![expect(clippy::print_stdout, reason = "the command's answer")]

use std::path::PathBuf;

use anyhow::{Result, bail};
use tenancy::AdminConfig;

use super::installation::block_on;

/// Options of `cartefi migrate`.
#[derive(clap::Args, Debug)]
pub struct Options {
    /// The operator's configuration, as `cartefi setup` wrote it
    #[arg(long, env = "CARTEFI_OPERATOR_CONFIG", value_name = "FILE")]
    operator_config: PathBuf,
}

/// Brings every company to this program's version of the schema; can be run again until none failed.
///
/// # Errors
/// A database does not answer, or some companies could not be migrated: each is named.
pub fn run(options: Options) -> Result<()> {
    let config = AdminConfig::read(&options.operator_config)?;
    let report = block_on(async { Ok(tenancy::migrate(&config).await?) })?;
    println!(
        "{} migrated, {} were current, {} failed",
        report.migrated,
        report.current,
        report.failed.len()
    );
    for (tenant, message) in &report.failed {
        eprintln!("{tenant}: {message}");
    }
    if report.failed.is_empty() {
        Ok(())
    } else {
        bail!("run cartefi migrate again once that is mended: it goes on where it failed")
    }
}
