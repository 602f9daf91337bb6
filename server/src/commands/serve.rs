//! `cartefi serve`

use anyhow::{Context, Result};
use tracing_subscriber::util::SubscriberInitExt;

use super::installation::Installation;
use crate::config::WebConfig;
use crate::log::json_lines;

/// Options of `cartefi serve`.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(flatten)]
    installation: Installation,
    #[command(flatten)]
    web: WebConfig,
}

/// Serves until a signal says to stop.
///
/// # Errors
/// A setting is wrong, the built pages are missing, a database does not answer, a wall is open, or the port is taken.
pub fn run(options: Options) -> Result<()> {
    log_as_json();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime could not be started")?
        .block_on(async { crate::serve::serve(options.web, options.installation.connect().await?).await })
}

/// The log goes to stderr; `RUST_LOG` chooses what is logged.
fn log_as_json() {
    let chosen = std::env::var("RUST_LOG").unwrap_or_else(|_| "info".to_owned());
    json_lines(&chosen, std::io::stderr).init();
}
