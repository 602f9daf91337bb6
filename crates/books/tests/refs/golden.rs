//! Every statement as text and as JSON, compared to the letter with files that were read and found right. With CARTEFI_GOLDEN=write
//! the files are written anew, to be read again.

use std::fs;
use std::path::PathBuf;

use books::documents::{Marks, document_get};
use books::journal::{JournalInput, JournalInputLine, journal_update};
use books::reports::{Report, StatementAsked, TrialBalanceAsked, report_statement, report_trial_balance_asked};
use ledger::statements::{Face, Statement, StatementKind, TrialBalance, Unit};
use tenancy::{Capability, Cx, RequestKey};
use testkit::run;
use time::Date;
use time::macros::date;

use crate::textbook::Textbook;
use crate::{company, textbook_file, workload};

/// A face without what differs from run to run.
fn face(of: Face) -> Face {
    Face {
        made: "Nov 22, 2026, 9:14 AM CST".to_owned(),
        made_at: "2026-11-22T15:14:09Z".to_owned(),
        change: 1,
        chain: "7f3ac90e12ab".to_owned(),
        ..of
    }
}

/// Compares a report with its file.
pub fn assert_golden(name: &str, written: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/refs/golden")
        .join(name);
    if std::env::var_os("CARTEFI_GOLDEN").is_some_and(|wish| wish == "write") {
        fs::write(&file, written).expect("the file is written");
    }
    let known = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{name} is not there"));
    assert_eq!(written, known, "{name}");
}

fn assert_statement(name: &str, report: &Report<Statement>) {
    let face = face(report.face());
    assert!(report.statement.is_balanced());
    assert_golden(&format!("{name}.txt"), &report.statement.to_text(&face));
    let json = serde_json::to_string_pretty(&report.statement.json(&face)).expect("it serializes");
    assert_golden(&format!("{name}.json"), &(json + "\n"));
}

fn assert_trial_balance(name: &str, report: &Report<TrialBalance>) {
    let face = face(report.face());
    assert!(report.statement.is_balanced());
    assert_golden(&format!("{name}.txt"), &report.statement.to_text(&face));
    let json = serde_json::to_string_pretty(&report.statement.json(&face)).expect("it serializes");
    assert_golden(&format!("{name}.json"), &(json + "\n"));
}

/// All statements of a company: as they are read first, and in columns.
async fn assert_all(cx: &Cx, of: &str, from: Date, to: Date, year_end: Date) {
    let plain = |kind| StatementAsked::total(kind, from, to);
    for (kind, name) in [
        (StatementKind::ProfitAndLoss, "profit-and-loss"),
        (StatementKind::BalanceSheet, "balance-sheet"),
    ] {
        let read = async |asked: StatementAsked| report_statement(cx, &asked).await.expect("a statement");
        assert_statement(&format!("{of}-{name}"), &read(plain(kind)).await);
        let quarters = StatementAsked {
            unit: Unit::Quarter,
            to: year_end,
            ..plain(kind)
        };
        assert_statement(&format!("{of}-{name}-quarters"), &read(quarters).await);
        let compared = StatementAsked {
            prior_period: true,
            prior_year: true,
            percent_of_income: true,
            ..plain(kind)
        };
        assert_statement(&format!("{of}-{name}-compared"), &read(compared).await);
    }
    for (adjusted, name) in [(false, "trial-balance"), (true, "trial-balance-adjusted")] {
        let asked = TrialBalanceAsked {
            adjusted,
            ..TrialBalanceAsked::of(to)
        };
        let report = report_trial_balance_asked(cx, &asked).await.expect("a trial balance");
        assert_trial_balance(&format!("{of}-{name}"), &report);
    }
}

/// Marks the entries of the last day as adjusting ones: the textbook's five.
async fn mark_adjusting(cx: &Cx, day: Date) {
    let mut tx = cx.read(Capability::ReadBooks).await.expect("the books open");
    let ids = sqlx::query_scalar!(
        "select document_id from revision where doc_date = $1 and retired_in is null",
        day
    )
    .fetch_all(&mut *tx)
    .await
    .expect("the entries of the day");
    drop(tx);
    assert_eq!(ids.len(), 5, "the textbook has five adjusting entries");
    for id in ids {
        let document = document_get(cx, id).await.expect("an entry");
        let input = JournalInput {
            date: document.doc_date,
            memo: document.memo.clone().unwrap_or_default(),
            reference: document.reference.clone().unwrap_or_default(),
            marks: Marks {
                adjusting: true,
                ..document.marks
            },
            lines: document
                .lines
                .iter()
                .map(|line| JournalInputLine {
                    line_no: Some(line.line_no),
                    account_id: line.account_id,
                    contact_id: line.contact_id,
                    description: line.description.clone(),
                    amount: line.amount,
                })
                .collect(),
        };
        journal_update(cx, document.id, document.version, &input, &RequestKey::fresh())
            .await
            .expect("marked");
    }
}

#[test]
fn the_textbooks_statements_are_as_they_were_read() {
    run(async |kit| {
        let Some(textbook) = Textbook::load() else { return };
        let cx = company(kit, &textbook_file(&textbook)).await;
        mark_adjusting(&cx, date!(2019 - 01 - 31)).await;
        assert_all(
            &cx,
            "textbook",
            date!(2019 - 01 - 01),
            date!(2019 - 01 - 31),
            date!(2019 - 12 - 31),
        )
        .await;
    });
}

#[test]
fn the_statements_of_a_thousand_invoices_are_as_they_were_read() {
    run(async |kit| {
        let Some(invoices) = workload::invoices(1_000) else {
            return;
        };
        let cx = company(kit, &workload::journal_file(&invoices)).await;
        assert_all(
            &cx,
            "invoices",
            date!(2026 - 03 - 01),
            date!(2026 - 03 - 31),
            date!(2026 - 12 - 31),
        )
        .await;
    });
}
