//! The browser's half: `frontend` for wasm32, through wasm-bindgen's library and, for a release, wasm-opt.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::manifest::content_hash;
use super::remove_folder;
use crate::workspace::{Workspace, run_to_end};

const TARGET: &str = "wasm32-unknown-unknown";
/// By name, as a person would set it: another spelling of the same linker would compile everything anew.
const LLVM_LINKERS: [&str; 2] = ["wasm-ld-22", "wasm-ld"];
const LINKER_VARIABLE: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER";

/// The features are those that rustc's wasm32 target emits; `--all-features` would make a file that browsers refuse.
const OPTIMIZE: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

/// Builds, and gives the folder that holds `cartefi.js`, `cartefi_bg.wasm` and the snippets they import.
pub fn build(workspace: &Workspace, release: bool) -> Result<PathBuf> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--package", "frontend", "--target", TARGET]);
    let profile_folder = if release {
        cargo.args(["--profile", "wasm-release"]);
        "wasm-release"
    } else {
        // Line tables would make the file several times larger, and no browser shows them.
        cargo.args(["--config", "profile.dev.debug=false"]);
        "debug"
    };
    if let Some(linker) = linker()? {
        cargo.env(LINKER_VARIABLE, linker);
    }
    run_to_end(&mut cargo)?;

    let compiled = workspace.target.join(TARGET).join(profile_folder).join("frontend.wasm");
    let out = workspace.target.join(TARGET).join(profile_folder).join("bound");
    bind(workspace, &compiled, &out, release)?;
    Ok(out)
}

/// Runs wasm-bindgen, and wasm-opt for a release, unless `out` was made from the same file.
fn bind(workspace: &Workspace, compiled: &Path, out: &Path, release: bool) -> Result<()> {
    let bytes = fs::read(compiled).with_context(|| format!("{} cannot be read", compiled.display()))?;
    let hash = content_hash(&bytes);
    let stamp = out.with_extension("stamp");
    if fs::read_to_string(&stamp).is_ok_and(|last| last == hash) {
        return Ok(());
    }
    remove_folder(out)?;
    Bindgen::new()
        .input_bytes("cartefi", bytes)
        .web(true)?
        .typescript(false)
        .remove_producers_section(true)
        .remove_name_section(release)
        .generate(out)
        .context("wasm-bindgen refuses the browser's half")?;
    if release {
        optimize(workspace, &out.join("cartefi_bg.wasm"))?;
    }
    fs::write(&stamp, hash)?;
    Ok(())
}

fn optimize(workspace: &Workspace, file: &Path) -> Result<()> {
    let program = workspace.root.join("frontend/node_modules/.bin/wasm-opt");
    ensure!(
        program.exists(),
        "wasm-opt is missing: `bin/up` installs it, or `npm ci` in frontend/"
    );
    let mut command = Command::new(program);
    command.args(OPTIMIZE).arg(file).arg("-o").arg(file);
    run_to_end(&mut command)
}

/// Debian's Rust comes without `rust-lld`: there the linker is LLVM's own, with its version in the name.
fn linker() -> Result<Option<&'static str>> {
    if env::var_os(LINKER_VARIABLE).is_some() {
        return Ok(None);
    }
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(&rustc)
        .args(["--print", "target-libdir"])
        .output()
        .with_context(|| format!("{} could not be started", rustc.display()))?;
    let libraries = PathBuf::from(String::from_utf8(output.stdout)?.trim());
    if libraries.with_file_name("bin").join("rust-lld").exists() {
        return Ok(None);
    }
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(LLVM_LINKERS
        .into_iter()
        .find(|name| env::split_paths(&path).any(|folder| folder.join(name).exists())))
}
