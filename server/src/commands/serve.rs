//! `cartefi serve`

use anyhow::{Context, Result};
use tracing_subscriber::EnvFilter;

use super::installation::Installation;
use crate::config::WebConfig;

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

/// What tower-sessions warns of is a cookie whose session has ended: that happens every day and is answered by the sign-in.
const ENDED_SESSIONS: &str = "tower_sessions_core::session=error";

/// One JSON object a line on stderr; `RUST_LOG` chooses what is logged.
fn log_as_json() {
    let chosen = std::env::var("RUST_LOG").unwrap_or_else(|_| "info".to_owned());
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_span_list(false)
        .with_env_filter(EnvFilter::new(format!("{ENDED_SESSIONS},{chosen}")))
        .with_writer(std::io::stderr)
        .init();
}
