//! Registers, the general ledger and the journal: line by line as in hledger, and the textbook's as they are printed.

use books::reports::{GeneralLedgerKey, LedgerAccount, LedgerFilter, report_general_ledger, report_ledger};
use tenancy::Cx;
use testkit::run;
use time::macros::date;

use crate::golden_lines::{assert_lines, lines};
use crate::other_programs::Hledger;
use crate::textbook::Textbook;
use crate::{company, journal_of_file, textbook_file, workload};

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
        let journal = journal_of_file(&file);
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

#[test]
fn the_textbooks_general_ledger_journal_and_register_of_cash_are_as_they_were_read() {
    run(async |kit| {
        let Some(textbook) = Textbook::load() else { return };
        let cx = company(kit, &textbook_file(&textbook)).await;
        assert_lines(
            &cx,
            "textbook",
            date!(2019 - 01 - 01),
            date!(2019 - 01 - 31),
            Some(34),
            "Cash",
        )
        .await;
    });
}

#[test]
fn the_general_ledger_journal_and_register_of_receivables_of_a_thousand_invoices_are_as_they_were_read() {
    run(async |kit| {
        let Some(invoices) = workload::invoices(1_000) else {
            return;
        };
        let cx = company(kit, &workload::journal_file(&invoices)).await;
        assert_lines(
            &cx,
            "invoices",
            date!(2026 - 01 - 01),
            date!(2026 - 01 - 31),
            Some(january(&invoices)),
            "Accounts Receivable",
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
