//! `cartefi check-config`

#![expect(clippy::print_stdout, reason = "the command's answer")]

use std::sync::Arc;

use anyhow::Result;
use identity::SystemClock;

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
    web.sign_in(Arc::new(SystemClock))?;
    assets::read(&web.site)?;
    println!("listens on  {}", web.address());
    println!("public at   {public_url}");
    println!("sign-in by  {}", web.oidc_issuer);
    println!("serves      {}", web.site.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        options: Options,
    }

    #[test]
    fn what_serve_would_not_sign_in_with_is_refused() {
        let line = [
            "cartefi",
            "--public-url=http://books.example",
            "--oidc-issuer=https://login.example/",
            "--oidc-client-id=cartefi",
            concat!("--oidc-client-secret-file=", env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
        ];
        let options = Line::try_parse_from(line).expect("these arguments are right").options;
        let refused = format!("{:#}", run(options).expect_err("cookies would go in the clear"));
        assert!(refused.starts_with("CARTEFI_PUBLIC_URL cannot be used"), "{refused}");
    }
}
