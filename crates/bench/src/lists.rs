//! Lists and the search over 100,000 documents, as whole pages.

use std::fmt::Write as _;

use books::journal_import::journal_import;
use tenancy::RequestKey;
use testkit::Kit;

use crate::posting::company;
use crate::visitor::Visitor;
use crate::{median, ms, timed};

/// Files of 50,000 entries of two lines: 100,000 lines are the most that a file may have.
const FILES: usize = 2;
const ENTRIES_A_FILE: usize = 49_999;

/// Customers that entries are of, in turn.
const CUSTOMERS: usize = 500;

/// What entries are about: one word in each of a year, another in each of the other, others rarely.
const WORDS: [&str; 10] = [
    "Saddle",
    "Handlebar",
    "Chain",
    "Spoke",
    "Inner tube",
    "Pedal",
    "Helmet",
    "Bell",
    "Light",
    "Lock",
];

pub async fn measure(kit: &Kit) -> String {
    let cx = company(kit).await;
    for n in 0..FILES {
        let outcome = journal_import(&cx, file(n).as_bytes(), false, &RequestKey::fresh())
            .await
            .expect("an import");
        assert!(outcome.errors.is_empty(), "{:?}", outcome.errors.first());
    }
    kit.vacuum(&cx).await;
    let visitor = Visitor::of(kit, &cx).await;
    let mut out = format!(
        "## Lists and search\n\nWhole pages, asked one after the other and compressed, over {} entries of two lines, each an invoice by hand that nobody has paid: as many open items.\n\n| page | time |\n| --- | ---: |\n",
        FILES * ENTRIES_A_FILE
    );
    for (name, path) in [
        ("transactions, the newest 100", "/transactions"),
        ("by number", "/transactions?sort=number"),
        ("by name", "/transactions?sort=name"),
        ("by amount", "/transactions?sort=-amount"),
        ("with a word that the older half have", "/transactions?text=service"),
        ("with a word that the newer half have", "/transactions?text=sold"),
        (
            "with a word that one in a thousand has",
            "/transactions?text=workshop+37",
        ),
        ("of one day", "/transactions?from=2025-03-03&to=2025-03-03"),
        ("of one amount", "/transactions?amount=123.45"),
        ("review of drafts", "/transactions?state=draft"),
        ("open items of customers, first due first", "/sales"),
        ("of one customer", "/sales?contact=Customer+37"),
        ("by what is open", "/sales?sort=-open"),
        ("overdue ones", "/sales?state=overdue"),
        ("search: a word that the older half have", "/search?q=service"),
        ("search: a word that the newer half have", "/search?q=sold"),
        ("search: a word that one in a thousand has", "/search?q=workshop+37"),
        ("search: an exact amount", "/search?q=123.45"),
        ("search: a number", "/search?q=1-4711"),
        ("search: a word mistyped", "/search?q=handelbar"),
        ("search: two letters", "/search?q=sa"),
    ] {
        let address = format!("/c/{}{path}", cx.tenant().slug);
        let time = median(async || {
            timed(async {
                visitor.bytes(&address).await;
            })
            .await
        })
        .await;
        let _ = writeln!(out, "| {name} | {} |", ms(time));
    }
    out
}

/// Entries with words and amounts of their own.
fn file(n: usize) -> String {
    let mut csv = String::from("Journal No.,Journal Date,Account Name,Debits,Credits,Description,Name\n");
    for i in 0..ENTRIES_A_FILE {
        let (year, month, day) = (2024 + i % 2, 1 + i / 2 % 12, 1 + i / 24 % 28);
        let cents = 1_000 + (i * 7_919 + n) % 90_000;
        let (whole, part) = (cents / 100, cents % 100);
        let kind = if i % 2 == 0 { "service" } else { "sold" };
        let words = format!("{} {kind} workshop {}", WORDS[i / 2 % WORDS.len()], i % 1_000);
        let _ = writeln!(
            csv,
            "{n}-{i},{month:02}/{day:02}/{year},Accounts Receivable,{whole}.{part:02},,{words},Customer {}\n{n}-{i},{month:02}/{day:02}/{year},Sales of Services,,{whole}.{part:02},{words},",
            i % CUSTOMERS
        );
    }
    csv
}
