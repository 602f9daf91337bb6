//! The style sheet: the files of `style/` in the order that `style/order` states, one after the other.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;

/// Writes `cartefi.css`.
pub fn write(workspace: &Workspace, pkg: &Path) -> Result<()> {
    let folder = workspace.root.join("style");
    let order = fs::read_to_string(folder.join("order")).context("style/order cannot be read")?;
    let names = listed(&order);
    let present: Vec<String> = fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    check(&names, &present)?;

    let mut sheet = String::new();
    for name in names {
        sheet += &fs::read_to_string(folder.join(name))?;
    }
    fs::write(pkg.join("cartefi.css"), sheet)?;
    Ok(())
}

fn listed(order: &str) -> Vec<&str> {
    order
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

fn check(listed: &[&str], present: &[String]) -> Result<()> {
    for name in listed {
        ensure!(
            present.iter().any(|file| file == name),
            "style/order names {name}, which is not in style/"
        );
    }
    for file in present.iter().filter(|file| file.ends_with(".css")) {
        ensure!(
            listed.contains(&file.as_str()),
            "style/{file} is not in style/order: it would not be served"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_may_hold_comments_and_empty_lines() {
        assert_eq!(
            listed("# tokens first\ntokens.css\n\n base.css \n"),
            ["tokens.css", "base.css"]
        );
    }

    #[test]
    fn a_style_file_that_is_not_listed_is_an_error_and_so_is_a_listed_one_that_is_not_there() {
        let present = ["tokens.css".to_owned(), "order".to_owned()];
        assert!(check(&["tokens.css"], &present).is_ok());
        assert!(check(&["tokens.css", "base.css"], &present).is_err());
        assert!(check(&[], &present).is_err());
    }
}
