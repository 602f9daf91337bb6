//! Every report of the demo company, compared to the letter; `golden_file` says how the files are written anew. The statements are of
//! whole years; reports of lines have one month.

use books::reports::{LedgerFilter, PrintedAs};
use testkit::run;
use time::macros::date;

use crate::demo::demo;
use crate::golden_file::{CHAIN, CHANGE, MADE, MADE_AT, assert_golden};
use crate::golden_lines::{assert_lines, register};
use crate::golden_statements::assert_statements;

#[test]
fn the_demo_companys_statements_of_its_closed_year_are_as_they_were_read() {
    run(async |kit| {
        let (first, last) = (date!(2025 - 01 - 01), date!(2025 - 12 - 31));
        assert_statements(&demo(kit).await.cx, "demo-2025", first, last, last).await;
    });
}

#[test]
fn the_demo_companys_statements_of_its_open_year_are_as_they_were_read() {
    run(async |kit| {
        let (first, last) = (date!(2026 - 01 - 01), date!(2026 - 10 - 31));
        assert_statements(&demo(kit).await.cx, "demo-2026", first, last, date!(2026 - 12 - 31)).await;
    });
}

#[test]
fn the_demo_companys_general_ledger_journal_and_register_of_checking_are_as_they_were_read() {
    run(async |kit| {
        let (first, last) = (date!(2026 - 10 - 01), date!(2026 - 10 - 31));
        assert_lines(&demo(kit).await.cx, "demo", first, last, None, "Business Checking").await;
    });
}

#[test]
fn the_register_of_retained_earnings_names_the_closed_year_that_the_balance_sheet_has_in_it() {
    run(async |kit| {
        let year = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 10 - 31));
        for (printed_as, ending) in [(PrintedAs::Text, "txt"), (PrintedAs::Json, "json")] {
            let text = register(&demo(kit).await.cx, "Retained Earnings", &year, printed_as).await;
            assert_golden(&format!("demo-register-retained-earnings.{ending}"), &text);
        }
    });
}

/// What the program printed, without what is random or of the moment.
fn lasting(printed: &str) -> String {
    let line = |line: &str| {
        let name = line.trim_start().split(':').next().unwrap_or_default();
        let indent = &line[..line.len() - line.trim_start().len()];
        match name {
            _ if line.starts_with("Made ") && line.contains(" from everything up to change ") => {
                format!("Made {MADE} from everything up to change {CHANGE} (chain {CHAIN}).\n")
            }
            "\"made_at\"" => format!("  \"made_at\": \"{MADE_AT}\",\n"),
            "\"change\"" => format!("  \"change\": {CHANGE},\n"),
            "\"chain\"" => format!("  \"chain\": \"{CHAIN}\",\n"),
            "\"entered_at\"" => format!("{indent}\"entered_at\": \"{MADE_AT}\",\n"),
            _ => posted_then(line) + "\n",
        }
    };
    printed.lines().map(line).collect()
}

/// A line with the moment it was posted at made the one of golden files.
fn posted_then(line: &str) -> String {
    const POSTED: &str = "\"posted_at\":\"";
    match line.split_once(POSTED) {
        Some((before, after)) => {
            let (_, after) = after.split_once('"').expect("the end of a moment");
            format!("{before}{POSTED}{MADE_AT}\"{after}")
        }
        None => line.to_owned(),
    }
}

#[test]
fn every_report_of_the_demo_company_is_printed_by_the_command_line_as_it_was_read() {
    run(async |kit| {
        let demo = demo(kit).await;
        let period = |from: &'static str, to: &'static str| vec!["--from", from, "--to", to];
        let (year, month) = (period("2026-01-01", "2026-10-31"), period("2026-10-01", "2026-10-31"));
        let day = vec!["--as-of", "2026-10-31"];
        let with = |first: &[&'static str], more: &[&'static str]| [first, more].concat();
        let reports: [(&str, Vec<&str>); 9] = [
            ("demo-2026-profit-and-loss", with(&["profit-and-loss"], &year)),
            ("demo-2026-balance-sheet", with(&["balance-sheet"], &day)),
            ("demo-2026-cash-flow", with(&["cash-flow"], &year)),
            ("demo-2026-trial-balance", with(&["trial-balance"], &day)),
            (
                "demo-2026-trial-balance-adjusted",
                with(&["trial-balance", "--adjusted"], &day),
            ),
            ("demo-general-ledger", with(&["general-ledger"], &month)),
            ("demo-journal", with(&["journal"], &month)),
            (
                "demo-register",
                with(&["register", "--account", "Business Checking"], &month),
            ),
            (
                "demo-register-retained-earnings",
                with(&["register", "--account", "Retained Earnings"], &year),
            ),
        ];
        for (name, arguments) in reports {
            for (format, ending) in [("text", "txt"), ("json", "json")] {
                let printed = demo.report(&with(&arguments, &["--format", format]));
                assert_golden(&format!("{name}.{ending}"), &lasting(&printed));
            }
        }
    });
}
