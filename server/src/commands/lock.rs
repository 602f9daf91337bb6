//! `cartefi lock`

use anyhow::Result;
use books::locks::{LockLevel, lock_set_at};
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
    /// Whom it keeps out: everyone, or editors for everybody below an accountant
    #[arg(long, value_name = "L", value_parser = level, default_value = "everyone")]
    level: LockLevel,
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
        let key = RequestKey::fresh();
        Ok(lock_set_at(&cx, options.level, Some(options.through), &options.reason, &key).await?)
    })
}

fn level(text: &str) -> Result<LockLevel, String> {
    LockLevel::parse(text).ok_or_else(|| "give everyone or editors".to_owned())
}
