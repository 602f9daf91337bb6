//! `cartefi lock`

use anyhow::Result;
use books::locks::lock_set;
use tenancy::RequestKey;
use time::Date;

use super::installation::{Installation, OnBehalf, block_on};
use super::values;

/// Options of `cartefi lock`.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(flatten)]
    installation: Installation,
    /// The company's short name
    #[arg(long, value_name = "SLUG")]
    company: String,
    /// The last day that is locked
    #[arg(long, value_name = "D", value_parser = values::date)]
    through: Date,
    /// Why, for the history
    #[arg(long, value_name = "R")]
    reason: String,
}

/// Locks a company's books through a day.
///
/// # Errors
/// The role does not allow it, or the reason is missing.
pub fn run(options: Options, on_behalf: &OnBehalf) -> Result<()> {
    block_on(async {
        let tenancy = options.installation.connect().await?;
        let cx = on_behalf.enter(&tenancy, &options.company).await?;
        Ok(lock_set(&cx, Some(options.through), &options.reason, &RequestKey::fresh()).await?)
    })
}
