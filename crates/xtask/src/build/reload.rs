//! The script by which open pages load anew while `cargo xtask dev` runs.
//!
//! `reload.js` stands in the site's folder only then, and the server includes it in its pages when it is there. The script
//! looks at `reload.txt` beside it, which changes once a new server answers.

use std::fs;
use std::time::SystemTime;

use anyhow::Result;

use crate::workspace::Workspace;

const SCRIPT: &str = include_str!("reload.js");

/// Puts the script into the site, or takes it out.
pub fn place(workspace: &Workspace, wanted: bool) -> Result<()> {
    let script = workspace.site().join("reload.js");
    if wanted {
        fs::write(script, SCRIPT)?;
    } else if script.exists() {
        fs::remove_file(script)?;
    }
    Ok(())
}

/// Makes open pages load anew.
pub fn announce(workspace: &Workspace) -> Result<()> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    fs::write(workspace.site().join("reload.txt"), now.as_millis().to_string())?;
    Ok(())
}
