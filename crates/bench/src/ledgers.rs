//! The general ledger over a million postings: one page, and the whole as a file.

use std::fmt::Write as _;
use std::time::Instant;

use tenancy::Cx;
use testkit::Kit;

use crate::visitor::Visitor;
use crate::{median, ms, timed};

/// The pages, by their address below the company's.
const PAGES: [(&str, &str); 5] = [
    (
        "general ledger, its first page",
        "/reports/general-ledger?from=2026-01-01&to=2026-12-31",
    ),
    (
        "general ledger of one day",
        "/reports/general-ledger?from=2026-06-15&to=2026-06-15",
    ),
    (
        "general ledger of all years, its first page",
        "/reports/general-ledger?from=2024-01-01&to=2026-12-31",
    ),
    (
        "journal report, its first page",
        "/reports/journal?from=2026-01-01&to=2026-12-31",
    ),
    (
        "profit and loss, twelve months",
        "/reports/profit-and-loss?from=2026-01-01&to=2026-12-31&columns=month",
    ),
];

pub struct Ledgers {
    page: String,
    file: String,
}

impl Ledgers {
    pub fn new() -> Self {
        Self {
            page: String::from("\n| page | postings | time |\n| --- | ---: | ---: |\n"),
            file: String::from(
                "\nThe whole general ledger as CSV: what the server's memory grows by while a reader takes it, and how long it takes.\n\n| postings | file | time | lines a second | memory above before |\n| ---: | ---: | ---: | ---: | ---: |\n",
            ),
        }
    }

    /// Takes the figures over the postings that a company has by now.
    pub async fn row(&mut self, kit: &Kit, cx: &Cx, postings: usize) {
        println!("ledgers");
        let visitor = Visitor::of(kit, cx).await;
        let base = format!("/c/{}", cx.tenant().slug);
        for (name, path) in PAGES {
            let address = format!("{base}{path}");
            let time = median(async || {
                timed(async {
                    visitor.bytes(&address).await;
                })
                .await
            })
            .await;
            let _ = writeln!(self.page, "| {name} | {postings} | {} |", ms(time));
        }
        let address = format!("{base}/reports/general-ledger?from=2024-01-01&to=2026-12-31&format=csv");
        let before = resident_kilobytes();
        let mut most = before;
        let start = Instant::now();
        let bytes = visitor.stream(&address, || most = most.max(resident_kilobytes())).await;
        let time = start.elapsed();
        let a_second = postings as f64 / time.as_secs_f64();
        let _ = writeln!(
            self.file,
            "| {postings} | {} MB | {} | {a_second:.0} | {} MB |",
            bytes / 1_000_000,
            ms(time),
            (most - before) / 1_024
        );
    }

    pub fn page(self) -> String {
        self.page + &self.file
    }
}

/// What this process has in memory, which is the server here.
fn resident_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux says it");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("a number of kilobytes")
}
