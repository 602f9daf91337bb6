//! Correcting what was issued: what stays, what is made anew, and what cannot change any more.

use books::Error;
use books::accounts::{AccountChange, account_get, account_update};
use books::documents::document_revisions;
use books::journal::{journal_update, journal_void};
use books::locks::lock_set;
use books::settlements::settlement_apply;
use time::Date;
use time::macros::date;

use crate::fixture::{
    END, account, amounts, balances, company, contact, document, fields, key, line, message, open_items, post,
    typed_again,
};

const DAY: Date = date!(2026 - 03 - 02);

#[test]
fn a_revision_keeps_the_postings_that_stay_the_same() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(
            &cx,
            DAY,
            &[("Rent", 7000), ("Utilities", 3000), ("Business Checking", -10_000)],
        )
        .await;
        let before = document(&cx, id).await;
        let mut input = typed_again(&before);
        input.lines[0].account_id = account(&cx, "Travel").await;
        let written = journal_update(&cx, id, 1, &input, &key()).await.expect("revised");
        assert_eq!((written.version, written.number.as_deref()), (2, Some("JE-1")));
        let after = document(&cx, id).await;
        let ids = |name: &str, of: &books::documents::Document| {
            of.postings
                .iter()
                .find(|posting| posting.account.ends_with(name))
                .map(|posting| posting.id)
        };
        assert_eq!(ids("Business Checking", &after), ids("Business Checking", &before));
        assert_eq!(ids("Utilities", &after), ids("Utilities", &before));
        assert_eq!(ids("Rent", &after), None);
        assert_eq!(
            balances(&cx, END).await,
            amounts(&[("Travel", 7000), ("Utilities", 3000), ("Business Checking", -10_000)])
        );
    });
}

#[test]
fn an_edit_that_leaves_everything_equal_makes_no_new_version() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(
            &cx,
            DAY,
            &[
                ("Accounts Receivable @ Ann's Rides", 7000),
                ("Sales of Services", -7000),
            ],
        )
        .await;
        let mut input = typed_again(&document(&cx, id).await);
        input.memo = "  ".to_owned();
        assert_eq!(
            journal_update(&cx, id, 1, &input, &key()).await.expect("saved").version,
            1
        );
        assert_eq!(document(&cx, id).await.version, 1);
    });
}

#[test]
fn marks_change_without_touching_a_posting_also_in_a_locked_period() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(&cx, DAY, &[("Rent", 7000), ("Business Checking", -7000)]).await;
        let before = document(&cx, id).await;
        lock_set(&cx, Some(DAY), "Filed.", &key()).await.expect("locked");
        let mut input = typed_again(&before);
        input.marks.adjusting = true;
        let written = journal_update(&cx, id, 1, &input, &key()).await.expect("marked");
        let after = document(&cx, id).await;
        assert_eq!(
            (written.version, after.marks.adjusting, after.marks.accrual_only),
            (2, true, false)
        );
        assert_eq!(after.postings, before.postings);
        let revisions = document_revisions(&cx, id).await.expect("the history");
        let marked: Vec<bool> = revisions.iter().map(|revision| revision.marks.adjusting).collect();
        assert_eq!(marked, [true, false]);
    });
}

#[test]
fn words_change_without_touching_a_posting_also_in_a_locked_period() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(
            &cx,
            DAY,
            &[
                ("Accounts Receivable @ Ann's Rides", 7000),
                ("Sales of Services", -7000),
            ],
        )
        .await;
        lock_set(&cx, Some(DAY), "March is done", &key()).await.expect("locked");
        let before = document(&cx, id).await;
        let mut input = typed_again(&before);
        input.memo = "Spring service".to_owned();
        input.lines[0].description = "Two wheels".to_owned();
        assert_eq!(
            journal_update(&cx, id, 1, &input, &key()).await.expect("saved").version,
            2
        );
        assert_eq!(document(&cx, id).await.postings, before.postings);
    });
}

#[test]
fn amounts_in_a_locked_period_do_not_change_and_nothing_moves_into_it() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let legs = [("Rent", 7000), ("Business Checking", -7000)];
        let (inside, after) = (
            post(&cx, DAY, &legs).await,
            post(&cx, date!(2026 - 04 - 01), &legs).await,
        );
        lock_set(&cx, Some(date!(2026 - 03 - 31)), "The first quarter is filed", &key())
            .await
            .expect("locked");
        let mut input = typed_again(&document(&cx, inside).await);
        input.lines[0].account_id = account(&cx, "Travel").await;
        assert!(fields(journal_update(&cx, inside, 1, &input, &key()).await).contains(&"date".to_owned()));
        input.date = date!(2026 - 04 - 02);
        let refused = message(journal_update(&cx, inside, 1, &input, &key()).await);
        assert!(
            refused.starts_with("This is dated Mar 2, 2026, and the books are locked through Mar 31, 2026."),
            "{refused}"
        );
        let mut input = typed_again(&document(&cx, after).await);
        input.date = DAY;
        let refused = journal_update(&cx, after, 1, &input, &key()).await;
        assert_eq!(
            message(refused),
            "The books are locked through Mar 31, 2026 for everyone. Choose a later date, or ask an accountant or admin to open the period."
        );
    });
}

#[test]
fn a_stale_version_is_refused_with_the_live_one() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(&cx, DAY, &[("Rent", 7000), ("Business Checking", -7000)]).await;
        let mut input = typed_again(&document(&cx, id).await);
        input.memo = "March".to_owned();
        journal_update(&cx, id, 1, &input, &key()).await.expect("revised");
        input.memo = "April".to_owned();
        assert!(matches!(
            journal_update(&cx, id, 1, &input, &key()).await,
            Err(Error::Stale { live: 2 })
        ));
    });
}

#[test]
fn of_two_who_revise_and_void_at_once_one_is_told() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        for _ in 0..4 {
            let id = post(&cx, DAY, &[("Rent", 7000), ("Business Checking", -7000)]).await;
            let mut input = typed_again(&document(&cx, id).await);
            input.lines[0].account_id = account(&cx, "Travel").await;
            let (revise, void) = (key(), key());
            let (revised, voided) = tokio::join!(
                journal_update(&cx, id, 1, &input, &revise),
                journal_void(&cx, id, 1, DAY, "Entered twice", &void)
            );
            match (revised, voided) {
                (Ok(_), Err(Error::Stale { live: 2 })) => assert_eq!(document(&cx, id).await.postings.len(), 2),
                (Err(told), Ok(_)) => {
                    assert_eq!(
                        told.problems()[0].message,
                        "This is void, and a void document stays as it is."
                    );
                    assert!(document(&cx, id).await.postings.is_empty());
                }
                (revised, voided) => panic!("one of them wins: {revised:?}, {voided:?}"),
            }
        }
    });
}

#[test]
fn a_line_number_is_never_used_for_another_line() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(
            &cx,
            DAY,
            &[("Rent", 7000), ("Utilities", 3000), ("Business Checking", -10_000)],
        )
        .await;
        let mut input = typed_again(&document(&cx, id).await);
        input.lines.remove(1);
        input.lines[1].amount = -7000;
        journal_update(&cx, id, 1, &input, &key()).await.expect("a line less");
        let mut more = line(&cx, "Travel", 500).await;
        more.line_no = Some(2);
        input.lines.push(more);
        input.lines[1].amount = -7500;
        journal_update(&cx, id, 2, &input, &key()).await.expect("another line");
        let numbers: Vec<i32> = document(&cx, id).await.lines.iter().map(|line| line.line_no).collect();
        assert_eq!(numbers, [1, 3, 4]);
    });
}

#[test]
fn an_amount_on_an_account_that_became_inactive_stays_but_does_not_change() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(
            &cx,
            DAY,
            &[
                ("Business Savings", 7000),
                ("Rent", 3000),
                ("Business Checking", -10_000),
            ],
        )
        .await;
        let savings = account(&cx, "Business Savings").await;
        let off = AccountChange {
            active: false,
            ..AccountChange::of(&account_get(&cx, savings).await.expect("the account"))
        };
        account_update(&cx, savings, &off, &key()).await.expect("made inactive");
        let as_issued = typed_again(&document(&cx, id).await);
        let mut input = as_issued.clone();
        (input.lines[0].amount, input.lines[1].amount) = (8000, 2000);
        assert_eq!(
            fields(journal_update(&cx, id, 1, &input, &key()).await),
            ["lines.0.account"]
        );
        let mut input = as_issued.clone();
        input.lines[1].account_id = account(&cx, "Travel").await;
        journal_update(&cx, id, 1, &input, &key())
            .await
            .expect("the other line is recoded");
        assert_eq!(
            balances(&cx, END).await,
            amounts(&[
                ("Business Savings", 7000),
                ("Travel", 3000),
                ("Business Checking", -10_000)
            ])
        );
        journal_void(&cx, id, 2, DAY, "Entered twice", &key())
            .await
            .expect("void");
    });
}

#[test]
fn what_is_settled_keeps_its_customer_and_at_least_its_settled_amount() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let sale = post(
            &cx,
            DAY,
            &[
                ("Accounts Receivable @ Ann's Rides", 10_000),
                ("Sales of Services", -10_000),
            ],
        )
        .await;
        post(
            &cx,
            date!(2026 - 03 - 09),
            &[
                ("Business Checking", 6000),
                ("Accounts Receivable @ Ann's Rides", -6000),
            ],
        )
        .await;
        let items = open_items(&cx, END).await;
        settlement_apply(&cx, items[0].id, items[1].id, 6000, date!(2026 - 03 - 09), &key())
            .await
            .expect("applied");
        let as_issued = typed_again(&document(&cx, sale).await);
        let with = |amount: i64| {
            let mut input = as_issued.clone();
            (input.lines[0].amount, input.lines[1].amount) = (amount, -amount);
            input
        };
        assert_eq!(
            fields(journal_update(&cx, sale, 1, &with(5999), &key()).await),
            ["lines.0.amount"]
        );
        let mut another = as_issued.clone();
        another.lines[0].contact_id = Some(contact(&cx, "Bo's Boats").await);
        assert_eq!(
            fields(journal_update(&cx, sale, 1, &another, &key()).await),
            ["lines.0.amount"]
        );
        let mut later = as_issued.clone();
        later.date = date!(2026 - 03 - 10);
        assert_eq!(fields(journal_update(&cx, sale, 1, &later, &key()).await), ["date"]);
        let mut without = as_issued.clone();
        without.lines[0] = line(&cx, "Business Checking", 10_000).await;
        assert_eq!(fields(journal_update(&cx, sale, 1, &without, &key()).await), ["lines"]);
        journal_update(&cx, sale, 1, &with(7500), &key())
            .await
            .expect("more than is settled");
        let open: Vec<i64> = open_items(&cx, END).await.iter().map(|item| item.open).collect();
        assert_eq!(open, [1500]);
    });
}

#[test]
fn every_version_stays_readable_with_who_made_it() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = post(&cx, DAY, &[("Rent", 7000), ("Business Checking", -7000)]).await;
        let mut input = typed_again(&document(&cx, id).await);
        input.memo = "March".to_owned();
        input.lines[0].amount = 8000;
        input.lines[1].amount = -8000;
        journal_update(&cx, id, 1, &input, &key()).await.expect("revised");
        let revisions = document_revisions(&cx, id).await.expect("the revisions");
        let said: Vec<_> = revisions
            .iter()
            .map(|revision| (revision.version, revision.memo.as_deref(), revision.lines[0].amount))
            .collect();
        assert_eq!(said, [(2, Some("March"), 8000), (1, None, 7000)]);
        assert!(revisions[0].change > revisions[1].change);
        assert!(revisions.iter().all(|revision| revision.actor == cx.actor().name));
        assert_eq!(revisions[1].lines[0].account_id, account(&cx, "Rent").await);
        assert!(document_revisions(&cx, id + 1_000).await.expect("none").is_empty());
    });
}
