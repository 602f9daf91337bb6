//! What is open, and settling it.

use books::journal::journal_void;
use books::locks::lock_set;
use books::settlements::{
    OpenItem, OpenItemFilter, open_item_list, settlement_apply, settlement_list, settlement_undo,
};
use tenancy::{Cx, Role};
use time::Date;
use time::macros::date;

use crate::fixture::{END, account, company, contact, fields, key, message, open_items, post};

const SOLD: Date = date!(2026 - 03 - 02);
const PAID: Date = date!(2026 - 03 - 20);

/// A sale of 100.00 to Ann's Rides, and 60.00 received from them: the debit item and the credit item.
async fn sale_and_payment(cx: &Cx) -> (OpenItem, OpenItem) {
    post(
        cx,
        SOLD,
        &[
            ("Accounts Receivable @ Ann's Rides", 100_00),
            ("Sales of Services", -100_00),
        ],
    )
    .await;
    post(
        cx,
        PAID,
        &[
            ("Business Checking", 60_00),
            ("Accounts Receivable @ Ann's Rides", -60_00),
        ],
    )
    .await;
    let items = open_items(cx, END).await;
    (items[0].clone(), items[1].clone())
}

async fn open(cx: &Cx, as_of: Date) -> Vec<i64> {
    open_items(cx, as_of).await.iter().map(|item| item.open).collect()
}

#[test]
fn what_is_open_is_right_on_every_day_before_and_after_it_was_settled() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (sale, payment) = sale_and_payment(&cx).await;
        assert_eq!(
            (
                sale.number.as_deref(),
                sale.contact.as_deref(),
                sale.due_on,
                sale.amount
            ),
            (Some("JE-1"), Some("Ann's Rides"), SOLD, 100_00)
        );
        settlement_apply(&cx, sale.id, payment.id, 60_00, date!(2026 - 03 - 25), &key())
            .await
            .expect("applied");
        assert_eq!(open(&cx, date!(2026 - 03 - 01)).await, Vec::<i64>::new());
        assert_eq!(open(&cx, SOLD).await, [100_00]);
        assert_eq!(open(&cx, PAID).await, [100_00, -60_00]);
        assert_eq!(open(&cx, date!(2026 - 03 - 25)).await, [40_00]);
    });
}

#[test]
fn no_more_is_applied_than_is_open_of_either_and_not_before_both_are_there() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (sale, payment) = sale_and_payment(&cx).await;
        assert_eq!(
            message(settlement_apply(&cx, sale.id, payment.id, 60_01, PAID, &key()).await),
            "At most 60.00 can be applied."
        );
        assert_eq!(
            fields(settlement_apply(&cx, sale.id, payment.id, 0, PAID, &key()).await),
            ["amount"]
        );
        assert_eq!(
            fields(settlement_apply(&cx, sale.id, payment.id, 60_00, SOLD, &key()).await),
            ["on"]
        );
        assert_eq!(
            fields(settlement_apply(&cx, payment.id, sale.id, 60_00, PAID, &key()).await),
            ["amount"]
        );
        settlement_apply(&cx, sale.id, payment.id, 50_00, PAID, &key())
            .await
            .expect("applied");
        assert_eq!(
            message(settlement_apply(&cx, sale.id, payment.id, 10_01, PAID, &key()).await),
            "At most 10.00 can be applied."
        );
    });
}

#[test]
fn two_who_apply_the_same_payment_at_once_do_not_apply_it_twice() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (sale, payment) = sale_and_payment(&cx).await;
        let (first, second) = (key(), key());
        let (first, second) = tokio::join!(
            settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &first),
            settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &second)
        );
        assert!(first.is_ok() != second.is_ok());
        assert_eq!(open(&cx, END).await, [40_00]);
    });
}

#[test]
fn only_items_of_one_account_and_one_customer_settle_each_other() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (sale, _) = sale_and_payment(&cx).await;
        post(
            &cx,
            PAID,
            &[("Business Checking", 9_00), ("Accounts Receivable @ Bo's Boats", -9_00)],
        )
        .await;
        let theirs = open_items(&cx, END).await.pop().expect("three items");
        assert_eq!(
            fields(settlement_apply(&cx, sale.id, theirs.id, 9_00, PAID, &key()).await),
            ["credit_item"]
        );
    });
}

#[test]
fn a_settlement_is_undone_as_if_it_had_never_been_or_later_where_it_is_locked() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (sale, payment) = sale_and_payment(&cx).await;
        let id = settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &key())
            .await
            .expect("applied");
        settlement_undo(&cx, id, PAID, &key()).await.expect("undone");
        assert_eq!(open(&cx, PAID).await, [100_00, -60_00]);
        assert_eq!(
            message(settlement_undo(&cx, id, PAID, &key()).await),
            "This was undone already."
        );

        let id = settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &key())
            .await
            .expect("applied again");
        lock_set(&cx, Some(date!(2026 - 03 - 31)), "March is done", &key())
            .await
            .expect("locked");
        assert_eq!(fields(settlement_undo(&cx, id, PAID, &key()).await), ["on"]);
        settlement_undo(&cx, id, date!(2026 - 04 - 01), &key())
            .await
            .expect("undone later");
        assert_eq!(open(&cx, date!(2026 - 03 - 31)).await, [40_00]);
        assert_eq!(open(&cx, date!(2026 - 04 - 01)).await, [100_00, -60_00]);
        assert_eq!(
            message(settlement_undo(&cx, id, date!(2026 - 04 - 01), &key()).await),
            "This was undone already."
        );
        assert_eq!(
            fields(settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &key()).await),
            ["on"]
        );
    });
}

#[test]
fn voiding_a_payment_opens_again_what_it_settled() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (sale, payment) = sale_and_payment(&cx).await;
        settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &key())
            .await
            .expect("applied");
        journal_void(&cx, payment.document_id, 1, PAID, "The check bounced", &key())
            .await
            .expect("void");
        assert_eq!(open(&cx, END).await, [100_00]);
    });
}

#[test]
fn voiding_a_locked_payment_opens_what_it_settled_on_the_later_day() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (sale, payment) = sale_and_payment(&cx).await;
        settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &key())
            .await
            .expect("applied");
        lock_set(&cx, Some(PAID), "March is done", &key())
            .await
            .expect("locked");
        journal_void(
            &cx,
            payment.document_id,
            1,
            date!(2026 - 04 - 10),
            "The check bounced",
            &key(),
        )
        .await
        .expect("void");
        assert_eq!(open(&cx, date!(2026 - 04 - 09)).await, [40_00]);
        assert_eq!(open(&cx, date!(2026 - 04 - 10)).await, [100_00]);
    });
}

#[test]
fn an_editor_settles_and_open_items_are_found_by_account_and_customer() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (sale, payment) = sale_and_payment(&cx).await;
        post(
            &cx,
            SOLD,
            &[("Supplies", 5_00), ("Accounts Payable @ Hollis Hardware", -5_00)],
        )
        .await;
        let found = async |filter: OpenItemFilter| {
            open_item_list(&cx, &filter, END, None)
                .await
                .expect("open items")
                .items
                .len()
        };
        let (payable, rides) = (
            account(&cx, "Accounts Payable").await,
            contact(&cx, "Ann's Rides").await,
        );
        assert_eq!(
            found(OpenItemFilter {
                account_id: Some(payable),
                contact_id: None
            })
            .await,
            1
        );
        assert_eq!(
            found(OpenItemFilter {
                account_id: None,
                contact_id: Some(rides)
            })
            .await,
            2
        );
        assert_eq!(
            found(OpenItemFilter {
                account_id: Some(payable),
                contact_id: Some(rides)
            })
            .await,
            0
        );
        let editor = kit.with_role(&cx, Role::Editor);
        settlement_apply(&editor, sale.id, payment.id, 60_00, PAID, &key())
            .await
            .expect("applied");
    });
}

#[test]
fn a_settlement_is_listed_with_both_its_sides_until_it_is_taken_back() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (sale, payment) = sale_and_payment(&cx).await;
        let somebody = contact(&cx, "Ann's Rides").await;
        let id = settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &key())
            .await
            .expect("applied");
        let listed = settlement_list(&cx, somebody).await.expect("a list");
        assert_eq!(listed.len(), 1);
        assert_eq!(
            (listed[0].id, listed[0].amount, listed[0].applied_on),
            (id, 60_00, PAID)
        );
        assert_eq!(listed[0].debit.number.as_deref(), Some("JE-1"));
        assert_eq!(listed[0].credit.number.as_deref(), Some("JE-2"));
        settlement_undo(&cx, id, PAID, &key()).await.expect("undone");
        assert!(settlement_list(&cx, somebody).await.expect("a list").is_empty());

        let again = settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &key())
            .await
            .expect("applied");
        lock_set(&cx, Some(PAID), "Quarter filed", &key())
            .await
            .expect("locked");
        settlement_undo(&cx, again, date!(2026 - 04 - 01), &key())
            .await
            .expect("undone on a later day");
        assert!(settlement_list(&cx, somebody).await.expect("a list").is_empty());
    });
}
