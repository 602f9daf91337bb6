//! `cargo xtask baseline` and `cargo xtask queries`: what is committed because building it anew needs a database.
//!
//! Both need CARTEFI_TEST_DATABASE_URL, a superuser's address; `bin/test` starts such a PostgreSQL.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Result, bail, ensure};

use crate::workspace::{Workspace, run_to_end};

/// The crates that have queries.
const CRATES: [&str; 3] = ["identity", "audit", "books"];

#[derive(clap::Args, Debug)]
pub struct QueriesOptions {
    /// Change nothing; fail when .sqlx is not what it should be
    #[arg(long)]
    check: bool,
}

/// Makes a company by all the steps and writes its shape to migrations/tenant/baseline.sql.
pub fn baseline(workspace: &Workspace) -> Result<()> {
    require_database()?;
    let mut schema = workspace.cargo();
    schema.args([
        "run",
        "--quiet",
        "-p",
        "testkit",
        "--bin",
        "schema",
        "--",
        "baseline",
        "migrations/tenant/baseline.sql",
    ]);
    run_to_end(&mut schema)
}

/// Compiles every `sqlx::query!` against a live schema and keeps what it learned in .sqlx, so that other builds need no database.
pub fn queries(workspace: &Workspace, options: &QueriesOptions) -> Result<()> {
    require_database()?;
    let kept = workspace.root.join(".sqlx");
    let fresh = workspace.target.join("sqlx-fresh");
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    fs::create_dir_all(&fresh)?;
    for name in CRATES {
        // A macro runs only when its crate is compiled anew.
        let root = workspace.root.join("crates").join(name).join("src/lib.rs");
        fs::File::options()
            .append(true)
            .open(&root)?
            .set_modified(SystemTime::now())?;
    }
    let mut schema = workspace.cargo();
    schema.args([
        "run", "--quiet", "-p", "testkit", "--bin", "schema", "--", "exec", "cargo", "build", "--tests",
    ]);
    schema.args(CRATES.iter().flat_map(|name| ["-p", name]));
    schema.env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", &fresh);
    run_to_end(&mut schema)?;
    let (before, after) = (files(&kept)?, files(&fresh)?);
    if before == after {
        println!("{} queries, nothing changed", after.len());
        return Ok(());
    }
    ensure!(
        !options.check,
        ".sqlx is not what the queries and the schema say: run cargo xtask queries"
    );
    if kept.exists() {
        fs::remove_dir_all(&kept)?;
    }
    fs::create_dir_all(&kept)?;
    for (name, bytes) in &after {
        fs::write(kept.join(name), bytes)?;
    }
    println!("{} queries written", after.len());
    Ok(())
}

fn require_database() -> Result<()> {
    if std::env::var_os("CARTEFI_TEST_DATABASE_URL").is_none() {
        bail!("set CARTEFI_TEST_DATABASE_URL to a superuser's address of a PostgreSQL 15 that may be scribbled on");
    }
    Ok(())
}

/// The files of a folder by name, in order.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    if folder.exists() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            files.push((
                entry.file_name().to_string_lossy().into_owned(),
                fs::read(entry.path())?,
            ));
        }
    }
    files.sort();
    Ok(files)
}
