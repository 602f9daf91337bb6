//! What a backend keeps of each company it served.

use std::fmt::Write as _;

use books::accounts::account_choices;
use books::documents::{DocumentFilter, DocumentSort, Marks, document_list};
use books::journal::{JournalInput, JournalInputLine, journal_save_draft};
use tenancy::{Cx, Direction, RequestKey, Seek};
use testkit::Kit;
use time::macros::date;

use crate::posting::company;

/// Companies that one sub-pool's backends serve, one after the other: too few for a connection to be closed.
const COMPANIES: usize = 20;

pub async fn measure(kit: &Kit) -> String {
    let first = company(kit).await;
    let mut others = Vec::new();
    while others.len() < COMPANIES {
        let cx = company(kit).await;
        if (&cx.tenant().cell, cx.tenant().sub_pool) == (&first.tenant().cell, first.tenant().sub_pool) {
            others.push(cx);
        }
    }
    let read = growth(kit, &first, &others, async |cx| {
        let all = DocumentFilter::default();
        document_list(cx, &all, DocumentSort::Date, Direction::Descending, &Seek::First, 10)
            .await
            .expect("a list");
    })
    .await;
    let write = growth(kit, &first, &others, async |cx| {
        let account_id = account_choices(cx).await.expect("the chart")[0].id;
        let line = JournalInputLine {
            line_no: None,
            account_id,
            contact_id: None,
            description: String::new(),
            amount: 100,
            due_on: None,
        };
        let draft = JournalInput {
            date: date!(2026 - 03 - 02),
            memo: String::new(),
            reference: String::new(),
            marks: Marks::default(),
            lines: vec![line],
        };
        journal_save_draft(cx, &draft, &RequestKey::fresh())
            .await
            .expect("a draft");
    })
    .await;
    let mut out =
        String::from("## Memory a company a backend\n\n| a backend that | keeps of each company |\n| --- | ---: |\n");
    let _ = writeln!(out, "| read it (a list of journal entries) | {read} kB |");
    let _ = writeln!(out, "| wrote to it (saved a draft) | {write} kB |");
    out
}

/// Kilobytes that the sub-pool's backends grew by for each company.
async fn growth(kit: &Kit, first: &Cx, others: &[Cx], use_it: impl AsyncFn(&Cx)) -> u64 {
    // Twice, so that what a backend keeps of the query itself is there before.
    use_it(first).await;
    use_it(first).await;
    let before = kit.backends_kilobytes(first).await;
    for cx in others {
        use_it(cx).await;
    }
    let after = kit.backends_kilobytes(first).await;
    after.saturating_sub(before) / others.len() as u64
}
