//! When a journal line is due: what it says, what it may not say, and what becomes of it.

use books::documents::document_revisions;
use books::home::home_figures;
use books::journal::{
    JournalInput, journal_create_issued, journal_issue, journal_reverse, journal_save_draft, journal_update,
};
use books::locks::lock_set;
use books::recurring::{TemplateInput, recurring_create, recurring_get};
use tenancy::Cx;
use time::Date;
use time::macros::date;

use crate::fixture::{company, document, entry, fields, key, message, open_items, typed_again};

const DAY: Date = date!(2026 - 03 - 02);
const DUE: Date = date!(2026 - 04 - 01);
const SALE: [(&str, i64); 2] = [
    ("Accounts Receivable @ Hollis Hardware", 50_00),
    ("Sales of Services", -50_00),
];

/// A sale of that day whose receivable line is due on another.
async fn sale(cx: &Cx, due_on: Option<Date>) -> JournalInput {
    let mut input = entry(cx, DAY, &SALE).await;
    input.lines[0].due_on = due_on;
    input
}

async fn due_of_open_items(cx: &Cx) -> Vec<Date> {
    let items = open_items(cx, date!(2026 - 12 - 31)).await;
    items.into_iter().map(|item| item.due_on).collect()
}

#[test]
fn what_is_owed_by_journal_is_late_once_its_own_day_has_passed_and_not_the_entrys() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let with_terms = sale(&cx, Some(DUE)).await;
        journal_create_issued(&cx, &with_terms, &key()).await.expect("issued");
        let at_once = sale(&cx, None).await;
        journal_create_issued(&cx, &at_once, &key()).await.expect("issued");
        assert_eq!(due_of_open_items(&cx).await, [DAY, DUE]);
        let owed = async |today: Date| home_figures(&cx, today).await.expect("home").receivable;
        let next_day = owed(DAY.next_day().expect("a day")).await;
        assert_eq!((next_day.current, next_day.late_30), (50_00, 50_00));
        assert_eq!(owed(DUE).await.current, 50_00);
        assert_eq!(owed(date!(2026 - 04 - 02)).await.current, 0);
    });
}

#[test]
fn a_draft_keeps_when_its_lines_are_due_until_it_is_issued() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let input = sale(&cx, Some(DUE)).await;
        let draft = journal_save_draft(&cx, &input, &key()).await.expect("kept");
        assert_eq!(document(&cx, draft.id).await.lines[0].due_on, Some(DUE));
        let again = journal_update(&cx, draft.id, 1, &typed_again(&document(&cx, draft.id).await), &key()).await;
        assert_eq!(again.expect("nothing differs").version, 1);
        journal_issue(&cx, draft.id, 1, &key()).await.expect("issued");
        assert_eq!(due_of_open_items(&cx).await, [DUE]);
    });
}

#[test]
fn a_day_before_the_entrys_and_a_day_on_what_is_owed_by_nobody_are_refused_at_their_field() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let early = sale(&cx, DAY.previous_day()).await;
        for result in [
            journal_create_issued(&cx, &early, &key()).await,
            journal_save_draft(&cx, &early, &key()).await,
        ] {
            assert_eq!(
                message(result),
                "This is before the entry's own day, Mar 2, 2026. Choose that day or a later one."
            );
        }
        let mut elsewhere = sale(&cx, None).await;
        elsewhere.lines[1].due_on = Some(DUE);
        let result = journal_create_issued(&cx, &elsewhere, &key()).await;
        assert_eq!(fields(result), ["lines.1.due"]);
        // The draft's day moves beyond what its line says.
        let draft = journal_save_draft(&cx, &sale(&cx, Some(DUE)).await, &key())
            .await
            .expect("kept");
        let mut moved = sale(&cx, Some(DUE)).await;
        moved.date = date!(2026 - 05 - 01);
        assert_eq!(
            fields(journal_update(&cx, draft.id, 1, &moved, &key()).await),
            ["lines.0.due"]
        );
    });
}

#[test]
fn a_day_that_was_not_said_moves_with_the_entry_and_one_that_was_stays() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let moved_to = date!(2026 - 03 - 10);
        for (due_on, then) in [(None, moved_to), (Some(DUE), DUE)] {
            let written = journal_create_issued(&cx, &sale(&cx, due_on).await, &key()).await;
            let id = written.expect("issued").id;
            let mut input = typed_again(&document(&cx, id).await);
            input.date = moved_to;
            journal_update(&cx, id, 1, &input, &key()).await.expect("moved");
            assert_eq!(document(&cx, id).await.lines[0].due_on, Some(then));
        }
        assert_eq!(due_of_open_items(&cx).await, [moved_to, DUE]);
    });
}

#[test]
fn other_terms_are_a_new_version_with_the_same_postings_in_a_locked_period_too() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let written = journal_create_issued(&cx, &sale(&cx, None).await, &key()).await;
        let id = written.expect("issued").id;
        lock_set(&cx, Some(date!(2026 - 03 - 31)), "Filed.", &key())
            .await
            .expect("locked");
        let before = document(&cx, id).await;
        let mut input = typed_again(&before);
        input.lines[0].due_on = Some(DUE);
        let revised = journal_update(&cx, id, 1, &input, &key()).await.expect("other terms");
        assert_eq!(revised.version, 2);
        assert_eq!(document(&cx, id).await.postings, before.postings);
        assert_eq!(due_of_open_items(&cx).await, [DUE]);
        let said: Vec<_> = document_revisions(&cx, id).await.expect("revisions");
        let said: Vec<_> = said.iter().map(|revision| revision.lines[0].due_on).collect();
        assert_eq!(said, [Some(DUE), Some(DAY)], "each version has its own");
    });
}

#[test]
fn a_reversal_is_due_on_its_own_day_and_leaves_nothing_open() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let written = journal_create_issued(&cx, &sale(&cx, Some(DUE)).await, &key()).await;
        let reversal = journal_reverse(&cx, written.expect("issued").id, date!(2026 - 05 - 01), &key()).await;
        let reversal = reversal.expect("reversed");
        assert_eq!(
            document(&cx, reversal.id).await.lines[0].due_on,
            Some(date!(2026 - 05 - 01))
        );
        assert_eq!(due_of_open_items(&cx).await, Vec::<Date>::new());
    });
}

#[test]
fn a_template_keeps_no_day() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let input = sale(&cx, Some(DUE)).await;
        let template = TemplateInput {
            name: "Service contract".to_owned(),
            memo: String::new(),
            reference: String::new(),
            marks: input.marks,
            schedule: None,
            issues: true,
            reversing: false,
            lines: input.lines,
        };
        let id = recurring_create(&cx, &template, &key()).await.expect("a template");
        let kept = recurring_get(&cx, id).await.expect("the template");
        assert_eq!(kept.lines[0].due_on, None);
    });
}
