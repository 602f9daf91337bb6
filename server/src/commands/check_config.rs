//! `cartefi check-config`

#![expect(clippy::print_stdout, reason = "the command's answer")]

use anyhow::Result;

use crate::assets;
use crate::config::WebConfig;

/// Options of `cartefi check-config`.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(flatten)]
    web: WebConfig,
}

/// Reads every setting as `serve` would, and says what it would do.
///
/// # Errors
/// The first setting that `serve` would refuse.
pub fn run(options: Options) -> Result<()> {
    let web = options.web;
    let public_url = web.public_origin()?;
    web.identity_origin()?;
    web.provider()?;
    assets::read(&web.site)?;
    println!("listens on  {}", web.address());
    println!("public at   {public_url}");
    println!("sign-in by  {}", web.oidc_issuer);
    println!("serves      {}", web.site.display());
    Ok(())
}
