//! Taking an entry back: by voiding it, or by an entry that reverses it.

use books::documents::DocumentState;
use books::journal::{journal_reverse, journal_save_draft, journal_update, journal_void};
use books::locks::lock_set;
use books::settlements::settlement_apply;
use time::Date;
use time::macros::date;

use crate::fixture::{
    END, amounts, balances, company, document, entry, fields, issued, key, message, open_items, post, typed_again,
};

const DAY: Date = date!(2026 - 03 - 02);
const LATER: Date = date!(2026 - 04 - 15);
const RENT: [(&str, i64); 2] = [("Rent", 70_00), ("Business Checking", -70_00)];

#[test]
fn a_void_in_an_open_period_leaves_nothing_posted_and_keeps_the_number() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(
            &cx,
            DAY,
            &[
                ("Accounts Receivable @ Ann's Rides", 70_00),
                ("Sales of Services", -70_00),
            ],
        )
        .await;
        assert_eq!(fields(journal_void(&cx, id, 1, LATER, " ", &key()).await), ["reason"]);
        journal_void(&cx, id, 1, LATER, "Entered twice", &key())
            .await
            .expect("void");
        let void = document(&cx, id).await;
        assert_eq!(
            (void.state, void.number.as_deref(), void.void_reason.as_deref()),
            (DocumentState::Void, Some("JE-1"), Some("Entered twice"))
        );
        assert!(void.postings.is_empty());
        assert_eq!(balances(&cx, END).await, amounts(&[]));
        assert!(open_items(&cx, END).await.is_empty());
        assert_eq!(
            message(journal_void(&cx, id, 1, LATER, "Again", &key()).await),
            "This is void already."
        );
        assert_eq!(issued(&cx, DAY, &RENT).await.number.as_deref(), Some("JE-2"));
    });
}

#[test]
fn a_void_of_a_locked_entry_reverses_it_later_and_both_trial_balances_stay_right() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(
            &cx,
            DAY,
            &[
                ("Accounts Receivable @ Ann's Rides", 70_00),
                ("Sales of Services", -70_00),
            ],
        )
        .await;
        let lock = date!(2026 - 03 - 31);
        lock_set(&cx, Some(lock), "The first quarter is filed", &key())
            .await
            .expect("locked");
        let filed = balances(&cx, lock).await;
        assert_eq!(
            fields(journal_void(&cx, id, 1, lock, "Never happened", &key()).await),
            ["on"]
        );
        journal_void(&cx, id, 1, LATER, "Never happened", &key())
            .await
            .expect("void");
        assert_eq!(balances(&cx, lock).await, filed);
        assert_eq!(
            filed,
            amounts(&[("Accounts Receivable", 70_00), ("Sales of Services", -70_00)])
        );
        assert_eq!(balances(&cx, LATER).await, amounts(&[]));
        assert_eq!(open_items(&cx, lock).await.len(), 1);
        assert!(open_items(&cx, LATER).await.is_empty());
    });
}

#[test]
fn a_void_document_stays_as_it_is() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(&cx, DAY, &RENT).await;
        let mut input = typed_again(&document(&cx, id).await);
        journal_void(&cx, id, 1, DAY, "Entered twice", &key())
            .await
            .expect("void");
        input.memo = "Not void after all".to_owned();
        assert_eq!(
            message(journal_update(&cx, id, 1, &input, &key()).await),
            "This is void, and a void document stays as it is."
        );
        assert_eq!(
            message(journal_reverse(&cx, id, DAY, &key()).await),
            "Only an issued entry can be reversed."
        );
    });
}

#[test]
fn a_draft_is_given_up_without_a_number() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        lock_set(&cx, Some(LATER), "All is done", &key()).await.expect("locked");
        let draft = journal_save_draft(&cx, &entry(&cx, DAY, &RENT).await, &key())
            .await
            .expect("a draft")
            .id;
        journal_void(&cx, draft, 1, DAY, "Not needed", &key())
            .await
            .expect("given up");
        let void = document(&cx, draft).await;
        assert_eq!((void.state, void.number), (DocumentState::Void, None));
    });
}

#[test]
fn a_reversal_brings_every_account_back_to_zero_and_names_what_it_reverses() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(
            &cx,
            DAY,
            &[
                ("Accounts Receivable @ Ann's Rides", 70_00),
                ("Sales of Services", -50_00),
                ("Sales of Products", -20_00),
            ],
        )
        .await;
        assert_eq!(
            fields(journal_reverse(&cx, id, date!(2026 - 03 - 01), &key()).await),
            ["date"]
        );
        let reversal = journal_reverse(&cx, id, LATER, &key()).await.expect("reversed");
        assert_eq!(balances(&cx, date!(2026 - 04 - 14)).await.len(), 3);
        assert_eq!(balances(&cx, LATER).await, amounts(&[]));
        let (first, second) = (document(&cx, id).await, document(&cx, reversal.id).await);
        assert_eq!(
            (first.state, first.reversed_by_id, second.reverses_id),
            (DocumentState::Issued, Some(second.id), Some(id))
        );
        assert_eq!(
            (second.number.as_deref(), second.memo.as_deref()),
            (Some("JE-2"), Some("Reversal of JE-1"))
        );
        assert_eq!(
            message(journal_reverse(&cx, id, LATER, &key()).await),
            "JE-2 reverses this already."
        );
        assert_eq!(
            message(journal_void(&cx, id, 1, LATER, "Twice", &key()).await),
            "JE-2 reverses this. Void that one first."
        );
        let back = journal_reverse(&cx, reversal.id, LATER, &key())
            .await
            .expect("the reversal reversed");
        assert_eq!(balances(&cx, LATER).await.len(), 3);
        journal_void(&cx, back.id, 1, LATER, "Once is enough", &key())
            .await
            .expect("void");
        assert_eq!(balances(&cx, LATER).await, amounts(&[]));
    });
}

#[test]
fn an_entry_and_its_reversal_owe_nothing_together_and_keep_their_amounts() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let sale = [
            ("Sales of Services", -70_00),
            ("Accounts Receivable @ Ann's Rides", 50_00),
            ("Accounts Receivable @ Bo's Boats", 20_00),
        ];
        let id = post(&cx, DAY, &sale).await;
        let reversal = journal_reverse(&cx, id, LATER, &key()).await.expect("reversed");
        assert_eq!(open_items(&cx, date!(2026 - 04 - 14)).await.len(), 2);
        assert_eq!(open_items(&cx, LATER).await, []);
        for (document_id, said) in [
            (id, "JE-2 reverses this, so only its words can change. Void JE-2 first."),
            (
                reversal.id,
                "This reverses JE-1, so only its words can change. Void it, and reverse JE-1 anew.",
            ),
        ] {
            let mut input = typed_again(&document(&cx, document_id).await);
            input.memo = "In other words".to_owned();
            journal_update(&cx, document_id, 1, &input, &key())
                .await
                .expect("words");
            input.date = date!(2026 - 05 - 02);
            assert_eq!(message(journal_update(&cx, document_id, 2, &input, &key()).await), said);
        }
        journal_void(&cx, reversal.id, 2, LATER, "It was right", &key())
            .await
            .expect("void");
        assert_eq!(open_items(&cx, LATER).await.len(), 2);
    });
}

#[test]
fn what_is_paid_in_part_is_reversed_only_when_the_payment_is_taken_off() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let customer = "Accounts Receivable @ Ann's Rides";
        let id = post(&cx, DAY, &[(customer, 50_00), ("Sales of Services", -50_00)]).await;
        post(&cx, DAY, &[(customer, -20_00), ("Business Checking", 20_00)]).await;
        let items = open_items(&cx, DAY).await;
        settlement_apply(&cx, items[0].id, items[1].id, 20_00, DAY, &key())
            .await
            .expect("applied");
        assert_eq!(
            message(journal_reverse(&cx, id, LATER, &key()).await),
            "20.00 of this entry is applied to other entries. Undo that first."
        );
    });
}

#[test]
fn an_entry_whose_reversal_was_voided_can_be_reversed_again() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(&cx, DAY, &RENT).await;
        let wrong = journal_reverse(&cx, id, LATER, &key()).await.expect("reversed");
        journal_void(&cx, wrong.id, 1, LATER, "Wrong month", &key())
            .await
            .expect("void");
        lock_set(&cx, Some(LATER), "April is done", &key())
            .await
            .expect("locked");
        assert_eq!(fields(journal_reverse(&cx, id, LATER, &key()).await), ["date"]);
        journal_reverse(&cx, id, date!(2026 - 05 - 01), &key())
            .await
            .expect("reversed");
    });
}
