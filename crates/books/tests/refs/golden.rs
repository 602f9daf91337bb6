//! The statements of the textbook and of a thousand invoices, compared to the letter; `golden_file` says how the files are written anew.

use books::accounts::{AccountChange, account_list, account_update};
use books::documents::{Marks, document_get};
use books::journal::{JournalInput, JournalInputLine, journal_update};
use tenancy::{Capability, Cx, RequestKey};
use testkit::run;
use time::Date;
use time::macros::date;

use crate::golden_statements::assert_statements;
use crate::textbook::Textbook;
use crate::{company, textbook_file, workload};

/// Marks the entries of the last day as adjusting ones: the textbook's five.
pub async fn mark_adjusting(cx: &Cx, day: Date) {
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
                    due_on: line.due_on.filter(|due_on| *due_on != document.doc_date),
                })
                .collect(),
        };
        journal_update(cx, document.id, document.version, &input, &RequestKey::fresh())
            .await
            .expect("marked");
    }
}

/// Says of the account of accumulated depreciation what it is, which no journal file does: what is written off was no cash, and stands
/// with what was earned.
async fn mark_accumulated(cx: &Cx) {
    let accounts = account_list(cx, None).await.expect("the accounts");
    let accumulated = accounts
        .iter()
        .find(|account| account.name == "Accumulated Depreciation - Equipment");
    let accumulated = accumulated.expect("the textbook's account");
    let change = AccountChange {
        detail_type: "AccumulatedDepreciation".to_owned(),
        ..AccountChange::of(accumulated)
    };
    account_update(cx, accumulated.id, &change, &RequestKey::fresh())
        .await
        .expect("its detail type");
}

#[test]
fn the_textbooks_statements_are_as_they_were_read() {
    run(async |kit| {
        let Some(textbook) = Textbook::load() else { return };
        let cx = company(kit, &textbook_file(&textbook)).await;
        mark_adjusting(&cx, date!(2019 - 01 - 31)).await;
        mark_accumulated(&cx).await;
        assert_statements(
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
        assert_statements(
            &cx,
            "invoices",
            date!(2026 - 03 - 01),
            date!(2026 - 03 - 31),
            date!(2026 - 12 - 31),
        )
        .await;
    });
}
