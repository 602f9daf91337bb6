//! `cargo xtask tidy`: the house rules that neither rustfmt nor clippy knows, over every file that git does not ignore.
//!
//! A finding is a line `file:line: what, and what to do instead`. The rules are tables in `rust_rules` and `sql_rules`.

mod masked;
mod rust_rules;
mod sql_rules;
mod tree_rules;

use std::fmt;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::workspace::Workspace;

/// One place that breaks a rule.
#[derive(Debug, PartialEq)]
struct Finding {
    path: String,
    /// Counted from 1; 0 when the rule is about the file or folder as a whole.
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.message)
    }
}

pub fn run(workspace: &Workspace) -> Result<()> {
    let paths = files(workspace)?;
    let mut findings = tree_rules::check(&paths);
    for path in &paths {
        let check = match path.rsplit_once('.') {
            Some((_, "rs")) => rust_rules::check,
            // baseline.sql is generated from the steps, and a test proves it equal to them.
            Some((_, "sql")) if path.starts_with("migrations/") && !path.ends_with("/baseline.sql") => sql_rules::check,
            _ => continue,
        };
        let text = fs::read_to_string(workspace.root.join(path)).with_context(|| format!("{path} cannot be read"))?;
        findings.extend(check(path, &text));
    }
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        bail!("{} places break the house rules", findings.len());
    }
    println!("{} files keep the house rules", paths.len());
    Ok(())
}

/// The files of the checkout, committed or not, without those that git ignores or that were removed.
fn files(workspace: &Workspace) -> Result<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(&workspace.root)
        .output()
        .context("git could not be started")?;
    ensure!(output.status.success(), "git ls-files failed");
    let mut paths: Vec<String> = String::from_utf8(output.stdout)?
        .split_terminator('\0')
        .filter(|path| workspace.root.join(path).is_file())
        .map(str::to_owned)
        .collect();
    paths.sort_unstable();
    Ok(paths)
}
