//! Rules over Rust source: who may name what, and what nobody writes.

use super::Finding;
use super::masked::{masked, test_lines};

/// The longest file that is still read in one sitting.
const LINES_MAX: usize = 600;

/// Crates that only tests and developers run.
const TOOLS: &[&str] = &["crates/bench/", "crates/testkit/", "crates/xtask/"];
/// Where printing is the answer that a person asked for.
const COMMAND_LINE: &[&str] = &[
    "crates/bench/",
    "crates/testkit/",
    "crates/xtask/",
    "server/src/commands/",
    "server/src/main.rs",
];

const SELECT_STAR: &str = "a query names its columns: an added one breaks a cached plan";

struct Rule {
    /// What the code may not hold. A name is found as a whole word.
    needles: &'static [&'static str],
    /// Whether tests are free of it.
    tests_may: bool,
    /// Only files below one of these; empty for all.
    only: &'static [&'static str],
    /// Files below these are free of it.
    free: &'static [&'static str],
    message: &'static str,
}

const RULE: Rule = Rule {
    needles: &[],
    tests_may: false,
    only: &[],
    free: &[],
    message: "",
};

const RULES: &[Rule] = &[
    Rule {
        needles: &["PgPool", "PgPoolOptions", "PgConnectOptions"],
        free: &["crates/tenancy/", "crates/testkit/"],
        message: "only `tenancy` and `testkit` open connections: take a TenantTx from `cx.read` or `cx.write`",
        ..RULE
    },
    Rule {
        needles: &["aes_gcm"],
        free: &["crates/vault/"],
        message: "only `vault` encrypts: use its sealing functions",
        ..RULE
    },
    Rule {
        needles: &["raw_sql", "AssertSqlSafe"],
        tests_may: true,
        free: &["crates/tenancy/", "crates/testkit/"],
        message: "SQL made at run time can leave its company: write `sqlx::query!`",
        ..RULE
    },
    Rule {
        needles: &[
            "sqlx::query(",
            "sqlx::query_as(",
            "sqlx::query_scalar(",
            "sqlx::query_as::",
            "sqlx::query_scalar::",
        ],
        tests_may: true,
        free: &["crates/tenancy/", "crates/testkit/"],
        message: "queries are checked when they are compiled: write `sqlx::query!` or `sqlx::query_as!`",
        ..RULE
    },
    Rule {
        needles: &["<textarea", "html::textarea"],
        only: &["app/src/"],
        free: &["app/src/components/textarea.rs"],
        message: "Leptos does not escape a textarea's text on the server: use the component `TextArea`",
        ..RULE
    },
    Rule {
        needles: &["style="],
        only: &["app/src/"],
        message: "the content security policy forbids style attributes: add a class to style/",
        ..RULE
    },
    Rule {
        needles: &[".unwrap()", ".expect("],
        tests_may: true,
        free: TOOLS,
        message: "a failure is returned, or cannot happen by the type: no unwrap or expect outside tests",
        ..RULE
    },
    Rule {
        needles: &["todo!", "unimplemented!"],
        message: "nothing is committed half made",
        ..RULE
    },
    Rule {
        needles: &["#[allow", "#![allow"],
        message: "write `#[expect(…, reason = \"…\")]`, which says when it is no longer needed",
        ..RULE
    },
    Rule {
        needles: &["println!", "print!", "eprintln!", "eprint!"],
        tests_may: true,
        free: COMMAND_LINE,
        message: "only the command line prints: return the text, or use `tracing`",
        ..RULE
    },
];

pub fn check(path: &str, source: &str) -> Vec<Finding> {
    let code = masked(source);
    let in_tests = test_lines(&code);
    let test_file = path.contains("/tests/") || path.ends_with("/tests.rs");
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.covers(path)) {
        for (index, line) in code.lines().enumerate() {
            let is_test = test_file || in_tests.get(index).copied().unwrap_or(false);
            if !(rule.tests_may && is_test) && rule.needles.iter().any(|needle| holds(line, needle)) {
                findings.push(finding(path, index + 1, rule.message.to_owned()));
            }
        }
    }
    if !test_file && !below(path, TOOLS) {
        for (index, line) in source.lines().enumerate() {
            let is_test = in_tests.get(index).copied().unwrap_or(false);
            if !is_test && line.to_lowercase().contains("select * from") {
                findings.push(finding(path, index + 1, SELECT_STAR.to_owned()));
            }
        }
    }
    let lines = source.lines().count();
    if lines > LINES_MAX {
        findings.push(finding(
            path,
            lines,
            format!("{lines} lines, more than {LINES_MAX}: split it by subject"),
        ));
    }
    findings
}

impl Rule {
    fn covers(&self, path: &str) -> bool {
        (self.only.is_empty() || below(path, self.only)) && !below(path, self.free)
    }
}

fn below(path: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

fn finding(path: &str, line: usize, message: String) -> Finding {
    Finding {
        path: path.to_owned(),
        line,
        message,
    }
}

/// Whether a line holds the needle, not as a part of a longer name.
fn holds(line: &str, needle: &str) -> bool {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + needle.len()..].chars().next();
        let begins = !needle.starts_with(is_name) || !before.is_some_and(is_name);
        let ends = !needle.ends_with(is_name) || !after.is_some_and(is_name);
        begins && ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, source: &str) -> Vec<usize> {
        check(path, source).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn only_tenancy_and_testkit_name_a_pool() {
        let source = "use sqlx::PgPool;\n";
        assert_eq!(lines("crates/books/src/lib.rs", source), [1]);
        assert_eq!(lines("crates/books/tests/walls.rs", source), [1]);
        assert!(lines("crates/tenancy/src/pools.rs", source).is_empty());
        assert!(lines("crates/books/src/lib.rs", "struct PgPoolside;").is_empty());
    }

    #[test]
    fn a_checked_query_passes_and_an_unchecked_one_does_not() {
        let path = "crates/books/src/journal.rs";
        assert!(lines(path, "sqlx::query!(\"select 1\")").is_empty());
        assert_eq!(lines(path, "sqlx::query(\"select 1\")"), [1]);
        assert_eq!(lines(path, "sqlx::query_as::<_, Row>(sql)"), [1]);
        assert_eq!(lines(path, "sqlx::raw_sql(sql)"), [1]);
        assert!(lines("crates/books/tests/walls.rs", "sqlx::query(\"select 1\")").is_empty());
    }

    #[test]
    fn a_query_names_its_columns() {
        let path = "crates/books/src/journal.rs";
        assert_eq!(lines(path, "sqlx::query!(\"SELECT * FROM entry\")"), [1]);
        assert!(lines(path, "sqlx::query!(\"select count(*) from entry\")").is_empty());
    }

    #[test]
    fn unwrap_is_for_tests_and_a_word_in_a_comment_is_free() {
        let source =
            "// .unwrap() is banned\nfn a() { b().unwrap(); }\n#[cfg(test)]\nmod tests { fn c() { d().unwrap(); } }\n";
        assert_eq!(lines("crates/books/src/lib.rs", source), [2]);
        assert!(lines("crates/books/tests/journal.rs", "a().expect(\"there\");").is_empty());
        assert!(lines("crates/books/src/lib.rs", "a().unwrap_or(1)").is_empty());
    }

    #[test]
    fn a_page_has_no_raw_textarea_and_no_style_attribute() {
        assert_eq!(
            lines("app/src/pages/journal.rs", "view! { <textarea name=\"x\"> }"),
            [1]
        );
        assert_eq!(lines("app/src/pages/journal.rs", "view! { <p style=\"x\"> }"), [1]);
        assert!(lines("app/src/components/textarea.rs", "view! { <textarea> }").is_empty());
        assert!(lines("server/src/email.rs", "<p style=x>").is_empty());
    }

    #[test]
    fn printing_belongs_to_the_command_line() {
        assert_eq!(lines("crates/books/src/lib.rs", "println!(\"x\")"), [1]);
        assert!(lines("server/src/commands/report.rs", "println!(\"x\")").is_empty());
        assert!(lines("crates/books/src/lib.rs", "#[cfg(test)]\nfn a() { println!(); }").is_empty());
    }

    #[test]
    fn exceptions_are_expected_not_allowed_and_nothing_is_half_made() {
        assert_eq!(
            lines("app/src/lib.rs", "#[allow(dead_code)]\nfn a() { todo!() }"),
            [2, 1]
        );
        assert!(lines("app/src/lib.rs", "#[expect(dead_code)]").is_empty());
    }

    #[test]
    fn a_file_of_more_than_600_lines_is_too_long() {
        assert!(lines("app/src/lib.rs", &"\n".repeat(600)).is_empty());
        assert_eq!(lines("app/src/lib.rs", &"\n".repeat(601)), [601]);
    }
}
