//! Brotli copies beside the files of a release, made once by Node.js instead of at every request.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::workspace::run_to_end;

const SCRIPT: &str = include_str!("compress.mjs");

pub fn folder(pkg: &Path) -> Result<()> {
    let mut node = Command::new("node");
    node.args(["--input-type=module", "--eval", SCRIPT]).arg(pkg);
    run_to_end(&mut node)
}

/// Whether a folder's files have their compressed copies.
pub fn is_done(pkg: &Path) -> bool {
    pkg.join("cartefi.css.br").exists()
}
