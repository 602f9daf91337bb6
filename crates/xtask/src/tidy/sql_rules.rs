//! Rules over migrations: what would break a cached plan in the second company's schema, and functions that a company's role
//! could bend.

use super::Finding;

/// Words that a statement may not hold, after white space is made single, and why. `select * into` a row of the table's own
/// type stays possible in a function: it belongs to one schema.
const BANNED: &[(&str, &str)] = &[
    (
        "create type ",
        "a type per schema breaks a cached plan: use text with a CHECK",
    ),
    (
        "create domain ",
        "a domain per schema breaks a cached plan: use text with a CHECK",
    ),
    ("select * from ", "columns are named: an added one breaks a cached plan"),
    (
        "select distinct * ",
        "columns are named: an added one breaks a cached plan",
    ),
    ("returning * ", "columns are named: an added one breaks a cached plan"),
];

/// What stands between a company's `create function` and its body, and why.
const FUNCTION_NEEDS: &[(&str, &str)] = &[
    (
        " security definer",
        "a function is SECURITY DEFINER: otherwise a company's role runs it on objects of its own",
    ),
    (
        " set search_path ",
        "a function pins search_path: otherwise a temporary table shadows the company's",
    ),
    (
        " set timezone ",
        "a function pins TimeZone: otherwise the caller's setting changes what it stores",
    ),
    (
        " set datestyle ",
        "a function pins DateStyle: otherwise the caller's setting changes what it stores",
    ),
];

pub fn check(path: &str, source: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let text = masked(source).to_lowercase();
    for (at, word) in words(&text) {
        if !["create", "select", "returning"].contains(&word) {
            continue;
        }
        let rest = squeezed(&text[at..]);
        for (banned, why) in BANNED {
            if rest.starts_with(banned) {
                findings.push(finding(path, &text, at, why));
            }
        }
        if word == "create" && path.starts_with("migrations/tenant/") && is_function(&rest) {
            let head = rest.split('$').next().unwrap_or(&rest);
            for (needed, why) in FUNCTION_NEEDS {
                if !head.contains(needed) {
                    findings.push(finding(path, &text, at, why));
                }
            }
        }
    }
    findings
}

fn is_function(rest: &str) -> bool {
    ["create function ", "create or replace function "]
        .iter()
        .any(|start| rest.starts_with(start))
}

fn finding(path: &str, text: &str, at: usize, why: &str) -> Finding {
    Finding {
        path: path.to_owned(),
        line: text[..at].matches('\n').count() + 1,
        message: why.to_owned(),
    }
}

/// Comments and the contents of quotes become spaces; bodies between dollars stay, since they are code.
fn masked(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("--") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '\'' {
            // A doubled quote reads as two strings side by side, which comes to the same.
            rest[1..].find('\'').map_or(rest.len(), |end| end + 2)
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        out.extend(
            rest[..length]
                .chars()
                .map(|character| if character == '\n' { '\n' } else { ' ' }),
        );
        rest = &rest[length..];
    }
    out
}

/// The words of a text with the place where each begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_')
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// At most the next 2,000 bytes, with every run of white space as one space.
fn squeezed(text: &str) -> String {
    let end = (2000..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len());
    let mut squeezed = text[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    squeezed.push(' ');
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    const PINNED: &str = "create function a() returns void language sql security definer
        set search_path = pg_catalog, {schema}, pg_temp set timezone = 'UTC' set datestyle = 'ISO, MDY'
        as $$ select 1 $$;";

    fn findings(source: &str) -> usize {
        check("migrations/tenant/0001_a.sql", source).len()
    }

    #[test]
    fn a_function_of_a_company_pins_its_settings_and_is_a_security_definer() {
        assert_eq!(findings(PINNED), 0);
        assert_eq!(findings(&PINNED.replace("security definer", "")), 1);
        assert_eq!(findings(&PINNED.replace("set search_path", "set work_mem")), 1);
        assert_eq!(
            findings("create or replace function a() returns int as $$ security definer $$"),
            4
        );
        assert!(check("migrations/control/0001_a.sql", "create function a() as $$ $$").is_empty());
    }

    #[test]
    fn types_and_stars_that_break_cached_plans_are_found_with_their_line() {
        let found = check(
            "migrations/control/0001_a.sql",
            "select 1;\ncreate  type mood as enum ('ok');",
        );
        assert_eq!(found[0].line, 2);
        assert_eq!(findings("create domain a as text"), 1);
        assert_eq!(findings("insert into a select\n * from b returning *"), 2);
        assert_eq!(findings("select count(*) from a; select * into row from b"), 0);
    }

    #[test]
    fn comments_and_quotes_are_not_statements() {
        assert_eq!(
            findings("-- create type a\n/* select * */ select 'create type b', 'it''s select * '"),
            0
        );
    }
}
