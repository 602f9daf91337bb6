//! Rules over the tree: what every crate and folder has.

use std::collections::BTreeSet;

use super::Finding;

pub fn check(paths: &[String]) -> Vec<Finding> {
    let mut findings = crates_without_readme(paths);
    findings.extend(numbers(paths, "docs/decisions/", ".md"));
    for folder in ["migrations/control/", "migrations/tenant/"] {
        findings.extend(numbers(paths, folder, ".sql"));
    }
    findings
}

fn crates_without_readme(paths: &[String]) -> Vec<Finding> {
    paths
        .iter()
        .filter_map(|path| path.strip_suffix("/Cargo.toml"))
        .map(|folder| format!("{folder}/README.md"))
        .filter(|readme| !paths.contains(readme))
        .map(|path| Finding {
            path,
            line: 0,
            message: "every crate says in a README what it is for".to_owned(),
        })
        .collect()
}

/// Files of a folder are numbered 0001, 0002, … without a gap or a number twice. `baseline.sql` is generated.
fn numbers(paths: &[String], folder: &str, suffix: &str) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for path in paths {
        let Some(name) = path.strip_prefix(folder) else {
            continue;
        };
        if !name.ends_with(suffix) || ["README.md", "baseline.sql"].contains(&name) {
            continue;
        }
        let number = name
            .split_once(['_', '-'])
            .filter(|(digits, _)| digits.len() == 4)
            .and_then(|(digits, _)| digits.parse::<usize>().ok());
        // Paths are sorted: the next number is one more than those seen.
        if number != Some(seen.len() + 1) {
            findings.push(Finding {
                path: path.clone(),
                line: 0,
                message: format!("expected number {:04} here, as in 0001_name", seen.len() + 1),
            });
        }
        seen.insert(name);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(paths: &[&str]) -> Vec<String> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        check(&paths).into_iter().map(|finding| finding.path).collect()
    }

    #[test]
    fn every_crate_has_a_readme() {
        assert_eq!(messages(&["crates/a/Cargo.toml"]), ["crates/a/README.md"]);
        assert!(messages(&["Cargo.toml", "crates/a/Cargo.toml", "crates/a/README.md"]).is_empty());
    }

    #[test]
    fn decisions_and_migrations_are_numbered_without_gap() {
        assert!(
            messages(&[
                "docs/decisions/0001-a.md",
                "docs/decisions/0002-b.md",
                "docs/decisions/README.md"
            ])
            .is_empty()
        );
        assert_eq!(
            messages(&["docs/decisions/0001-a.md", "docs/decisions/0003-b.md"]),
            ["docs/decisions/0003-b.md"]
        );
        assert_eq!(
            messages(&["migrations/tenant/0001_a.sql", "migrations/tenant/0001_b.sql"]),
            ["migrations/tenant/0001_b.sql"]
        );
        assert_eq!(messages(&["docs/decisions/walls.md"]), ["docs/decisions/walls.md"]);
    }
}
