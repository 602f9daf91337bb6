//! Registers, the general ledger and the journal: line by line as in hledger, and the textbook's as they are printed.

use books::reports::{
    GENERAL_LEDGER_COLUMNS, GeneralLedgerKey, JOURNAL_REPORT_COLUMNS, JournalReportFilter, LedgerAccount, LedgerFilter,
    general_ledger_export, journal_export, report_general_ledger, report_ledger,
};
use ledger::csv::csv_record;
use ledger::money::Currency;
use tenancy::Cx;
use testkit::run;
use time::Date;
use time::macros::date;

use crate::golden::assert_golden;
use crate::other_programs::{Hledger, Journal};
use crate::textbook::Textbook;
use crate::{company, textbook_file, workload};

/// All accounts of a general ledger with all their lines, page by page.
async fn general_ledger(cx: &Cx, filter: &LedgerFilter) -> Vec<LedgerAccount> {
    let mut whole: Vec<LedgerAccount> = Vec::new();
    let mut after: Option<GeneralLedgerKey> = None;
    loop {
        let page = report_general_ledger(cx, filter, &[], after, 100)
            .await
            .expect("a general ledger")
            .statement;
        for part in page.accounts {
            match whole.last_mut().filter(|_| part.is_continued) {
                Some(account) => {
                    account.lines.extend(part.lines);
                    account.end = part.end;
                }
                None => whole.push(part),
            }
        }
        after = page.next;
        if after.is_none() {
            return whole;
        }
    }
}

/// Day, amount and balance of each line.
fn lines(account: &LedgerAccount) -> Vec<(String, i64, i64)> {
    let lines = account.lines.iter();
    lines
        .map(|line| (line.posted_on.to_string(), line.amount, line.balance))
        .collect()
}

#[test]
fn every_line_of_a_thousand_invoices_has_the_balance_that_hledger_gives_it() {
    run(async |kit| {
        let (Some(invoices), Some(hledger)) = (workload::invoices(1_000), Hledger::find()) else {
            return;
        };
        let cx = company(kit, &workload::journal_file(&invoices)).await;
        let journal = workload::plain_journal(&invoices);
        let year = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
        let accounts = general_ledger(&cx, &year).await;
        assert_eq!(accounts.len(), 3);
        for account in &accounts {
            let theirs = hledger.register(&journal, &account.account);
            assert!(theirs.len() >= 1_000);
            assert_eq!(lines(account), theirs, "{}", account.account);
            // The register of the account alone is the same.
            let mut ours = Vec::new();
            let mut after = None;
            loop {
                let page = report_ledger(&cx, account.account_id, &year, after, 100)
                    .await
                    .expect("a register")
                    .statement;
                ours.extend(page.lines);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(ours, account.lines, "{}", account.account);
        }
    });
}

#[test]
fn every_line_of_the_textbook_has_the_balance_that_hledger_gives_it() {
    run(async |kit| {
        let (Some(textbook), Some(hledger)) = (Textbook::load(), Hledger::find()) else {
            return;
        };
        let file = textbook_file(&textbook);
        let journal = Journal::of_file(&file);
        let cx = company(kit, &file).await;
        let january = LedgerFilter::over(date!(2019 - 01 - 01), date!(2019 - 01 - 31));
        let accounts = general_ledger(&cx, &january).await;
        assert_eq!(accounts.len(), 17);
        for account in &accounts {
            assert_eq!(
                lines(account),
                hledger.register(&journal, &account.account),
                "{}",
                account.account
            );
        }
    });
}

/// A file without what differs from run to run: ids and who posted it when, the last four columns.
fn lasting(csv: &str) -> String {
    let lasting = |row: &str| {
        let cells: Vec<&str> = row.rsplitn(5, ',').collect();
        format!("{}\n", cells[4])
    };
    csv.lines().map(lasting).collect()
}

/// The whole general ledger and the whole journal as flat files, compared to the letter.
async fn assert_files(cx: &Cx, of: &str, from: Date, to: Date, lines: usize) {
    let filter = LedgerFilter::over(from, to);
    let mut export = general_ledger_export(cx, &filter, &[]).await.expect("an export");
    let mut csv = csv_record(GENERAL_LEDGER_COLUMNS);
    while let Some(accounts) = export.next_batch().await.expect("a batch") {
        csv.extend(accounts.iter().map(|account| account.to_csv(from, Currency::USD)));
    }
    // One file a company is under way at a time.
    drop(export);
    let accounts = csv.lines().filter(|row| row.contains(",Beginning balance,")).count();
    assert_eq!(csv.lines().count(), 1 + accounts + lines);
    assert_golden(&format!("{of}-general-ledger.csv"), &lasting(&csv));
    let mut export = journal_export(cx, &JournalReportFilter::over(from, to))
        .await
        .expect("an export");
    let mut csv = csv_record(JOURNAL_REPORT_COLUMNS);
    while let Some(entries) = export.next_batch().await.expect("a batch") {
        csv.extend(entries.iter().map(|entry| entry.to_csv(Currency::USD)));
    }
    assert_eq!(csv.lines().count(), 1 + lines);
    assert_golden(&format!("{of}-journal.csv"), &lasting(&csv));
}

#[test]
fn the_textbooks_general_ledger_and_journal_are_as_they_were_read() {
    run(async |kit| {
        let Some(textbook) = Textbook::load() else { return };
        let cx = company(kit, &textbook_file(&textbook)).await;
        assert_files(&cx, "textbook", date!(2019 - 01 - 01), date!(2019 - 01 - 31), 34).await;
    });
}

#[test]
fn the_general_ledger_and_journal_of_a_thousand_invoices_are_as_they_were_read() {
    run(async |kit| {
        let Some(invoices) = workload::invoices(1_000) else {
            return;
        };
        let cx = company(kit, &workload::journal_file(&invoices)).await;
        assert_files(
            &cx,
            "invoices",
            date!(2026 - 01 - 01),
            date!(2026 - 01 - 31),
            january(&invoices),
        )
        .await;
    });
}

/// How many lines the invoices of January have.
fn january(invoices: &[workload::Invoice]) -> usize {
    let journal = workload::plain_journal(invoices);
    let entries = journal
        .entries
        .iter()
        .filter(|entry| entry.date.starts_with("2026-01-"));
    entries.map(|entry| entry.legs.len()).sum()
}
