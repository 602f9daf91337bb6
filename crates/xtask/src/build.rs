//! `cargo xtask build`: the server, then everything a browser loads.
//!
//! The browser's files go to `site/pkg` in cargo's target folder, with `manifest.json`: a flat map from file name to content
//! hash. The server writes addresses as `/pkg/<file>?v=<hash>`, so that browsers may keep the answer forever.

mod assets;
mod compress;
mod manifest;
pub mod reload;
mod style;
mod wasm;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace::{Workspace, run_to_end};
use manifest::Manifest;

#[derive(clap::Args, Debug)]
pub struct Options {
    /// Optimized, the browser's half for size, with compressed copies
    #[arg(long)]
    release: bool,
    /// Leaves the server as it is and builds only what a browser loads
    #[arg(long)]
    browser: bool,
    /// Pages load anew when `cargo xtask dev` says so
    #[arg(long, env = "CARTEFI_RELOAD", hide = true)]
    reload: bool,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    if !options.browser {
        build_server(workspace, options.release)?;
    }
    let wasm = wasm::build(workspace, options.release)?;
    assemble(workspace, &wasm, options.release)?;
    reload::place(workspace, options.reload)
}

fn build_server(workspace: &Workspace, release: bool) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--package", "server"]);
    if release {
        cargo.arg("--release");
    }
    run_to_end(&mut cargo)
}

/// Puts `site/pkg` together beside its place and then swaps it in, unless it would be the same.
fn assemble(workspace: &Workspace, wasm: &Path, release: bool) -> Result<()> {
    let site = workspace.site();
    let pkg = site.join("pkg");
    let fresh = site.join("pkg.new");
    remove_folder(&fresh)?;
    copy_folder(wasm, &fresh)?;
    assets::copy_typeface(workspace, &fresh)?;
    style::write(workspace, &fresh)?;
    let manifest = Manifest::of(&fresh)?;

    if !(manifest.is_that_of(&pkg) && compress::is_done(&pkg) == release) {
        manifest.write(&fresh)?;
        if release {
            compress::folder(&fresh)?;
        }
        let old = site.join("pkg.old");
        remove_folder(&old)?;
        if pkg.exists() {
            fs::rename(&pkg, &old)?;
        }
        fs::rename(&fresh, &pkg)?;
        remove_folder(&old)?;
    }
    remove_folder(&fresh)?;
    copy_folder(&workspace.root.join("public"), &site)
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("{} cannot be made", to.display()))?;
    let entries = fs::read_dir(from).with_context(|| format!("{} cannot be read", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| format!("{} cannot be copied", entry.path().display()))?;
        }
    }
    Ok(())
}
