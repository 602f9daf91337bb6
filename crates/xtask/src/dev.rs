//! `cargo xtask dev`: `bin/up --detach` again whenever a source file changes, and then a new page in the browser.
//!
//! A build that fails leaves the last good server running.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::build::reload;
use crate::workspace::{Workspace, without_own_package};

/// What a change in may change the running program or its pages.
const WATCHED: [&str; 10] = [
    "app",
    "bin",
    "crates",
    "dev",
    "frontend",
    "migrations",
    "public",
    "server",
    "style",
    "Cargo.toml",
];
const PAUSE: Duration = Duration::from_millis(500);

type Times = BTreeMap<PathBuf, SystemTime>;

pub fn run(workspace: &Workspace) -> Result<()> {
    println!("Ctrl-C ends the watch; bin/down stops CarteFi.");
    loop {
        let before = modified_times(workspace)?;
        let mut up = Command::new(workspace.root.join("bin/up"));
        without_own_package(&mut up);
        let status = up.arg("--detach").env("CARTEFI_RELOAD", "true").status()?;
        if status.success() {
            reload::announce(workspace)?;
            println!("Watching for changes.");
        } else {
            println!("Watching for a change that mends it.");
        }
        // Files changed during the build count too.
        while modified_times(workspace)? == before {
            thread::sleep(PAUSE);
        }
        settle(workspace)?;
    }
}

/// Waits until an editor has saved everything that it is saving.
fn settle(workspace: &Workspace) -> Result<()> {
    let mut last = modified_times(workspace)?;
    loop {
        thread::sleep(PAUSE / 2);
        let now = modified_times(workspace)?;
        if now == last {
            return Ok(());
        }
        last = now;
    }
}

fn modified_times(workspace: &Workspace) -> Result<Times> {
    let mut times = Times::new();
    for name in WATCHED {
        add_times(&workspace.root.join(name), &mut times)?;
    }
    Ok(times)
}

fn add_times(path: &Path, times: &mut Times) -> Result<()> {
    // Gone again: an editor's temporary file.
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return Ok(());
    };
    if metadata.is_dir() {
        for entry in fs::read_dir(path)? {
            add_times(&entry?.path(), times)?;
        }
    } else if metadata.is_file() {
        times.insert(path.to_owned(), metadata.modified()?);
    }
    Ok(())
}
