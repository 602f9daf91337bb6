//! The typeface: Inter's variable font from npm, served by CarteFi itself with its license beside it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace::Workspace;

const PACKAGE: &str = "frontend/node_modules/@fontsource-variable/inter";
const FILES: [(&str, &str); 3] = [
    ("files/inter-latin-wght-normal.woff2", "inter-latin-wght-normal.woff2"),
    (
        "files/inter-latin-ext-wght-normal.woff2",
        "inter-latin-ext-wght-normal.woff2",
    ),
    ("LICENSE", "inter-LICENSE.txt"),
];

pub fn copy_typeface(workspace: &Workspace, pkg: &Path) -> Result<()> {
    let package = workspace.root.join(PACKAGE);
    for (from, to) in FILES {
        fs::copy(package.join(from), pkg.join(to))
            .with_context(|| format!("{PACKAGE}/{from} is missing: `bin/up` installs it, or `npm ci` in frontend/"))?;
    }
    Ok(())
}
