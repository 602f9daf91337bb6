//! The three statements over many postings.

use std::fmt::Write as _;

use books::journal_import::journal_import;
use books::reports::{report_balance_sheet, report_profit_and_loss, report_trial_balance};
use tenancy::{Cx, RequestKey};
use testkit::Kit;
use time::macros::date;

use crate::ledgers::Ledgers;
use crate::posting::company;
use crate::{median, ms, peer, timed};

/// Entries of five lines in one file: 100,000 lines, the most that a file may have.
pub const ENTRIES_A_FILE: usize = 19_999;

pub async fn measure(kit: &Kit) -> String {
    let cx = company(kit).await;
    let mut out = String::from(
        "## Reports\n\nAs of a day in the middle of a month, over three years of entries of five lines; tables as autovacuum leaves them.\n\n| postings | trial balance | profit and loss | balance sheet | import of the last 100,000 |\n| ---: | ---: | ---: | ---: | ---: |\n",
    );
    let mut files = 0;
    let mut peer = String::new();
    let mut ledgers = Ledgers::new();
    for wanted in [1, 10] {
        let mut last = std::time::Duration::ZERO;
        while files < wanted {
            let file = file(files);
            last = timed(async {
                let outcome = journal_import(&cx, file.as_bytes(), false, &RequestKey::fresh())
                    .await
                    .expect("an import");
                assert!(outcome.errors.is_empty(), "{:?}", outcome.errors.first());
            })
            .await;
            files += 1;
        }
        kit.vacuum(&cx).await;
        row(&mut out, &cx, wanted * ENTRIES_A_FILE * 5, last).await;
        ledgers.row(kit, &cx, wanted * ENTRIES_A_FILE * 5).await;
        if wanted == 1 {
            peer = peer::measure().await;
        }
    }
    out + &peer + &ledgers.page()
}

async fn row(out: &mut String, cx: &Cx, postings: usize, import: std::time::Duration) {
    let trial_balance = median(async || {
        timed(async {
            report_trial_balance(cx, date!(2026 - 10 - 17)).await.expect("a report");
        })
        .await
    })
    .await;
    let profit_and_loss = median(async || {
        timed(async {
            report_profit_and_loss(cx, date!(2026 - 01 - 01), date!(2026 - 10 - 17))
                .await
                .expect("a report");
        })
        .await
    })
    .await;
    let balance_sheet = median(async || {
        timed(async {
            report_balance_sheet(cx, date!(2026 - 10 - 17)).await.expect("a report");
        })
        .await
    })
    .await;
    let _ = writeln!(
        out,
        "| {postings} | {} | {} | {} | {} |",
        ms(trial_balance),
        ms(profit_and_loss),
        ms(balance_sheet),
        ms(import)
    );
}

/// A journal in QuickBooks Online's layout, its entries spread over 2024 to 2026.
pub fn file(n: usize) -> String {
    let mut csv = String::from("Journal No.,Journal Date,Account Name,Debits,Credits,Description,Name\n");
    for i in 0..ENTRIES_A_FILE {
        let (year, month, day) = day_of(i);
        for (account, cents) in LEGS {
            let amount = format!("{}.00", cents.abs() / 100);
            let (debit, credit) = if cents > 0 {
                (amount, String::new())
            } else {
                (String::new(), amount)
            };
            let _ = writeln!(csv, "{n}-{i},{month:02}/{day:02}/{year},{account},{debit},{credit},,");
        }
    }
    csv
}

/// What each entry posts, in cents, debit positive.
pub const LEGS: [(&str, i64); 5] = [
    ("Business Checking", 10_800),
    ("Merchant Processing Fees", 200),
    ("Sales of Services", -6_000),
    ("Sales of Products", -4_000),
    ("Sales Tax Payable", -1_000),
];

/// The year, month and day of an entry of a file.
pub fn day_of(i: usize) -> (usize, usize, usize) {
    (2024 + i % 3, 1 + i / 3 % 12, 1 + i / 36 % 28)
}
