//! Golden files: what a report was when it was read and found right, compared to the letter.
//!
//! There is one way to rewrite them: `CARTEFI_GOLDEN=write bin/test refs`. Then `git diff` shows what became different, which is read
//! before it is kept. Nothing in them is made alike from run to run but what is random or of the moment: the number of the last change,
//! the audit chain's digits, and when the report was made and its lines were posted.

use std::fs;
use std::path::PathBuf;

use time::OffsetDateTime;
use time::macros::datetime;

/// What stands in golden files for the moment.
pub const MADE: &str = "Nov 22, 2026, 9:14 AM CST";
pub const MADE_AT: &str = "2026-11-22T15:14:09Z";
pub const POSTED_AT: OffsetDateTime = datetime!(2026-11-22 15:14:09 UTC);
/// What stands in golden files for the last change.
pub const CHANGE: i64 = 1;
/// What stands in golden files for the chain's digits at that change.
pub const CHAIN: &str = "7f3ac90e12ab";

/// Compares a report with its file in the tests' `refs/golden`; with CARTEFI_GOLDEN=write the file is written first.
pub fn assert_golden(name: &str, written: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/refs/golden")
        .join(name);
    if std::env::var_os("CARTEFI_GOLDEN").is_some_and(|wish| wish == "write") {
        fs::write(&file, written).expect("the file is written");
    }
    let known = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{name} is not there"));
    let differs = written
        .lines()
        .zip(known.lines())
        .position(|(ours, known)| ours != known);
    if let Some(line) = differs {
        let at = |text: &str| text.lines().nth(line).unwrap_or_default().to_owned();
        panic!(
            "{name}, line {}:\n  now   {}\n  known {}",
            line + 1,
            at(written),
            at(&known)
        );
    }
    assert!(written == known, "{name} is longer or shorter than it was");
}
