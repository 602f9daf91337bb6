//! hledger over the same 100,000 postings: plain text that it reads anew each time, as it does for its users.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::reports::{ENTRIES_A_FILE, LEGS, day_of};
use crate::{median, ms, timed};

pub async fn measure() -> String {
    println!("hledger");
    let journal = std::env::temp_dir().join(format!("cartefi-bench-{}.journal", std::process::id()));
    std::fs::write(&journal, text()).expect("a file");
    let mut out = String::from("\n| hledger over the first of them, the file read anew | time |\n| --- | ---: |\n");
    for (report, words) in [
        ("trial balance", &["balance", "--end", "2026-10-18"][..]),
        (
            "profit and loss",
            &["incomestatement", "--begin", "2026-01-01", "--end", "2026-10-18"],
        ),
        ("balance sheet", &["balancesheet", "--end", "2026-10-18"]),
    ] {
        let time = median(async || hledger(&journal, words).await).await;
        let _ = writeln!(out, "| {report} | {} |", ms(time));
    }
    std::fs::remove_file(&journal).expect("the file goes");
    out
}

async fn hledger(journal: &Path, words: &[&str]) -> Duration {
    timed(async {
        let status = Command::new("hledger")
            .arg("--file")
            .arg(journal)
            .args(words)
            .stdout(Stdio::null())
            .status();
        assert!(status.expect("hledger is installed").success(), "{words:?}");
    })
    .await
}

/// The same entries as `reports::file` has.
fn text() -> String {
    let class = |account: &str| match account {
        "Business Checking" => "assets",
        "Sales Tax Payable" => "liabilities",
        "Merchant Processing Fees" => "expenses",
        _ => "income",
    };
    let mut text = String::new();
    for i in 0..ENTRIES_A_FILE {
        let (year, month, day) = day_of(i);
        let _ = writeln!(text, "{year}-{month:02}-{day:02} entry {i}");
        for (account, cents) in LEGS {
            let _ = writeln!(text, "    {}:{account}  ${}.00", class(account), cents / 100);
        }
    }
    text
}
