//! `cartefi provision`

#![expect(clippy::print_stdout, reason = "the command's answer")]

use std::convert::Infallible;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use tenancy::{AdminConfig, Provisioner};

use super::installation::block_on;

/// How long to wait until the stock is looked at again, and after a failure.
const PAUSE: Duration = Duration::from_secs(2);

/// Options of `cartefi provision`.
#[derive(clap::Args, Debug)]
pub struct Options {
    /// The operator's configuration, as `cartefi setup` wrote it
    #[arg(long, env = "CARTEFI_OPERATOR_CONFIG", value_name = "FILE")]
    operator_config: PathBuf,
    /// How many ready, empty companies each cell is to have
    #[arg(long, default_value_t = 8)]
    stock: usize,
    /// Fill the stock once and end
    #[arg(long)]
    once: bool,
}

/// Keeps a stock of ready, empty schemas, until told to stop.
///
/// # Errors
/// The configuration is missing; with `--once`, also whatever kept the stock from being filled.
pub fn run(options: Options) -> Result<()> {
    let config = AdminConfig::read(&options.operator_config)?;
    block_on(async {
        if options.once {
            let stocked = Provisioner::connect(&config).await?.stock_to(options.stock).await?;
            println!("{} made, {} ready", stocked.made, stocked.ready);
            return Ok(());
        }
        tokio::select! {
            () = keep_stocked(&config, options.stock) => {}
            _ = tokio::signal::ctrl_c() => {}
            () = terminated() => {}
        }
        Ok(())
    })
}

/// Fills the stock over and over. A database that is down is waited for: companies in stock can be claimed meanwhile.
async fn keep_stocked(config: &AdminConfig, stock: usize) {
    loop {
        let Err(error) = stock_until_it_fails(config, stock).await;
        tracing::warn!(%error, "the stock could not be filled: trying again");
        tokio::time::sleep(PAUSE).await;
    }
}

async fn stock_until_it_fails(config: &AdminConfig, stock: usize) -> Result<Infallible, tenancy::Error> {
    let provisioner = Provisioner::connect(config).await?;
    loop {
        let stocked = provisioner.stock_to(stock).await?;
        if stocked.made > 0 {
            tracing::info!(made = stocked.made, ready = stocked.ready, "stocked");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn terminated() {
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut signals) => {
            signals.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}
