//! `cargo xtask bench`: a release build, measured on a durable PostgreSQL of its own; writes docs/benchmarks.md.

use std::process::Command;

use anyhow::Result;

use crate::workspace::{Workspace, run_to_end, without_own_package};

pub fn run(workspace: &Workspace) -> Result<()> {
    let mut script = Command::new(workspace.root.join("bin/lib/bench"));
    without_own_package(&mut script);
    run_to_end(script.current_dir(&workspace.root))
}
