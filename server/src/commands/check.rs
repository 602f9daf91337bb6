//! `cartefi check`

#![expect(clippy::print_stdout, reason = "the command's answer")]

use anyhow::{Result, bail};
use books::check::books_check;

use super::installation::{Installation, OnBehalf, block_on};

/// Options of `cartefi check`.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(flatten)]
    installation: Installation,
    /// The company's short name
    #[arg(long, value_name = "SLUG")]
    company: String,
}

/// Looks whether everything holds in a company's books that always holds.
///
/// # Errors
/// Something does not, and where; or the books could not be read.
pub fn run(options: Options, on_behalf: &OnBehalf) -> Result<()> {
    block_on(async {
        let tenancy = options.installation.connect().await?;
        let cx = on_behalf.enter(&tenancy, &options.company).await?;
        let findings = books_check(&cx).await?;
        audit::verify(&cx).await?;
        for finding in &findings {
            eprintln!("{}: {}", finding.rule.code(), finding.detail);
        }
        if findings.is_empty() {
            println!("everything holds");
            Ok(())
        } else {
            bail!("{} findings", findings.len())
        }
    })
}
