//! What is open, and settling it.

use books::journal::journal_void;
use books::locks::lock_set;
use books::settlements::{
    OpenItem, OpenItemFilter, OpenItemSort, OpenItemStanding, open_item_list, open_item_totals, owed_get,
    settlement_applied, settlement_apply, settlement_released, settlement_undo,
};
use ledger::accounts::AccountType;
use tenancy::{Cx, Direction, Role, Seek};
use time::Date;
use time::macros::date;

use crate::fixture::{END, account, company, contact, fields, key, message, open_items, post};

const SOLD: Date = date!(2026 - 03 - 02);
pub(super) const PAID: Date = date!(2026 - 03 - 20);

/// A sale of 100.00 to Ann's Rides, and 60.00 received from them: the debit item and the credit item.
pub(super) async fn sale_and_payment(cx: &Cx) -> (OpenItem, OpenItem) {
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

/// The items of a list as their contacts and what is open of them, all on one page.
async fn listed(cx: &Cx, filter: &OpenItemFilter, sort: OpenItemSort, direction: Direction) -> Vec<(String, i64)> {
    let page = open_item_list(cx, filter, END, sort, direction, &Seek::First, 100)
        .await
        .expect("open items");
    assert_eq!((page.previous, page.next), (None, None));
    let item = |item: OpenItem| (item.contact.unwrap_or_default(), item.open);
    page.rows.into_iter().map(item).collect()
}

/// Three sales, one of them on a later day, a payment that is not applied, and a bill.
async fn sales_a_payment_and_a_bill(cx: &Cx) {
    for (day, with, amount) in [
        (SOLD, "Ann's Rides", 100_00),
        (PAID, "Zephyr Couriers", 20_00),
        (date!(2026 - 04 - 01), "Ann's Rides", 5_00),
        (date!(2026 - 04 - 02), "Zephyr Couriers", -60_00),
    ] {
        let receivable = format!("Accounts Receivable @ {with}");
        post(cx, day, &[(&receivable, amount), ("Sales of Services", -amount)]).await;
    }
    let bill = [("Supplies", 70_00), ("Accounts Payable @ Hollis Hardware", -70_00)];
    post(cx, SOLD, &bill).await;
}

fn receivable() -> OpenItemFilter {
    OpenItemFilter {
        account_type: Some(AccountType::AccountsReceivable),
        ..OpenItemFilter::default()
    }
}

#[test]
fn open_items_are_listed_in_every_order_and_by_name_each_customers_together() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        sales_a_payment_and_a_bill(&cx).await;
        let opens = async |sort, direction| -> Vec<i64> {
            let listed = listed(&cx, &receivable(), sort, direction).await;
            listed.into_iter().map(|(_, open)| open).collect()
        };
        let up = Direction::Ascending;
        assert_eq!(opens(OpenItemSort::Name, up).await, [100_00, 5_00, 20_00, -60_00]);
        assert_eq!(opens(OpenItemSort::Due, up).await, [100_00, 20_00, 5_00, -60_00]);
        let down = Direction::Descending;
        assert_eq!(opens(OpenItemSort::Date, down).await, [-60_00, 5_00, 20_00, 100_00]);
        assert_eq!(opens(OpenItemSort::Open, down).await, [100_00, -60_00, 20_00, 5_00]);
        assert_eq!(opens(OpenItemSort::Amount, up).await, [5_00, 20_00, -60_00, 100_00]);
    });
}

#[test]
fn open_items_are_narrowed_by_how_they_stand_when_they_are_due_and_how_much_is_open() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        sales_a_payment_and_a_bill(&cx).await;
        // On the day of the second sale the first is overdue, and the later ones are not in the books.
        let on = async |filter: OpenItemFilter| -> Vec<i64> {
            let (sort, up) = (OpenItemSort::Due, Direction::Ascending);
            let page = open_item_list(&cx, &filter, PAID, sort, up, &Seek::First, 100).await;
            page.expect("open items").rows.iter().map(|item| item.open).collect()
        };
        let standing = |standing| OpenItemFilter {
            standing: Some(standing),
            ..receivable()
        };
        assert_eq!(on(receivable()).await, [100_00, 20_00]);
        assert_eq!(on(standing(OpenItemStanding::Overdue)).await, [100_00]);
        assert_eq!(on(standing(OpenItemStanding::NotDue)).await, [20_00]);
        assert_eq!(on(standing(OpenItemStanding::Credit)).await, Vec::<i64>::new());
        let bills = OpenItemFilter {
            account_type: Some(AccountType::AccountsPayable),
            standing: Some(OpenItemStanding::Owed),
            ..OpenItemFilter::default()
        };
        assert_eq!(on(bills).await, [-70_00], "what a vendor is owed is a credit");
        let due = OpenItemFilter {
            due_from: Some(PAID),
            due_to: Some(PAID),
            ..receivable()
        };
        assert_eq!(on(due).await, [20_00]);
        let sized = OpenItemFilter {
            least: Some(20_01),
            most: Some(100_00),
            ..receivable()
        };
        assert_eq!(on(sized).await, [100_00]);
        for (text, found) in [("je-2", vec![20_00]), ("JE", vec![100_00, 20_00]), ("%", vec![])] {
            let text = OpenItemFilter {
                text: Some(text.to_owned()),
                ..receivable()
            };
            assert_eq!(on(text).await, found);
        }
        let credits = standing(OpenItemStanding::Credit);
        let up = Direction::Ascending;
        assert_eq!(
            listed(&cx, &credits, OpenItemSort::Name, up).await,
            [("Zephyr Couriers".to_owned(), -60_00)]
        );
        let totals = open_item_totals(&cx, &receivable(), END, 10).await.expect("totals");
        assert_eq!((totals.rows, totals.more, totals.sum), (4, false, Some(65_00)));
        let totals = open_item_totals(&cx, &receivable(), END, 3).await.expect("totals");
        assert_eq!((totals.rows, totals.more), (3, true));
    });
}

const ORDERS: [OpenItemSort; 5] = [
    OpenItemSort::Name,
    OpenItemSort::Due,
    OpenItemSort::Date,
    OpenItemSort::Amount,
    OpenItemSort::Open,
];

#[test]
fn open_items_are_paged_in_every_order_and_each_is_on_one_page_also_of_those_alike() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        sales_a_payment_and_a_bill(&cx).await;
        sales_a_payment_and_a_bill(&cx).await;
        for (sort, direction) in ORDERS
            .into_iter()
            .flat_map(|sort| [(sort, Direction::Ascending), (sort, Direction::Descending)])
        {
            let page = async |seek: &Seek, limit| {
                let page = open_item_list(&cx, &receivable(), END, sort, direction, seek, limit).await;
                page.expect("a page")
            };
            let whole = page(&Seek::First, 100).await.rows;
            assert_eq!(whole.len(), 8);
            let mut pages = vec![page(&Seek::First, 3).await];
            while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
                assert!(pages.len() < 9, "the pages come to an end");
                pages.push(page(&Seek::After(next), 3).await);
            }
            let seen: Vec<OpenItem> = pages.iter().flat_map(|page| page.rows.clone()).collect();
            assert_eq!(seen, whole, "{sort:?} {direction:?}");
            for at in (1..pages.len()).rev() {
                let previous = pages[at].previous.clone().expect("a page before this one");
                assert_eq!(
                    page(&Seek::Before(previous), 3).await.rows,
                    pages[at - 1].rows,
                    "{sort:?} {direction:?}"
                );
            }
        }
    });
}

#[test]
fn what_is_posted_after_the_day_changes_no_order_and_no_sum_of_what_is_open_on_it() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        sales_a_payment_and_a_bill(&cx).await;
        let on_the_day = async || {
            let mut lists = Vec::new();
            for sort in ORDERS {
                let page = open_item_list(&cx, &receivable(), END, sort, Direction::Ascending, &Seek::First, 100).await;
                lists.push(page.expect("a page").rows);
            }
            (
                lists,
                open_item_totals(&cx, &receivable(), END, 10).await.expect("totals"),
            )
        };
        let before = on_the_day().await;
        let later = [
            ("Accounts Receivable @ Ann's Rides", 7_00),
            ("Sales of Services", -7_00),
        ];
        post(&cx, END.next_day().expect("a day"), &later).await;
        assert_eq!(on_the_day().await, before);
    });
}

#[test]
fn open_items_by_name_are_paged_both_ways_without_a_gap() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        sales_a_payment_and_a_bill(&cx).await;
        let page = async |seek: Seek| {
            let (sort, up) = (OpenItemSort::Name, Direction::Ascending);
            open_item_list(&cx, &receivable(), END, sort, up, &seek, 3)
                .await
                .expect("a page")
        };
        let first = page(Seek::First).await;
        let second = page(Seek::After(first.next.clone().expect("a second page"))).await;
        let opens: Vec<i64> = first.rows.iter().chain(&second.rows).map(|item| item.open).collect();
        assert_eq!(opens, [100_00, 5_00, 20_00, -60_00]);
        assert_eq!(second.next, None);
        let back = page(Seek::Before(second.previous.expect("the page before"))).await;
        assert_eq!(back.rows, first.rows);
    });
}

#[test]
fn a_payment_that_is_not_applied_yet_counts_against_what_is_overdue() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        sales_a_payment_and_a_bill(&cx).await;
        let (ann, zephyr) = (contact(&cx, "Ann's Rides").await, contact(&cx, "Zephyr Couriers").await);
        let owed = async |account_type, as_of| {
            let owed = owed_get(&cx, account_type, &[ann, zephyr], as_of).await.expect("sums");
            let mut contacts = owed.contacts;
            contacts.sort_by_key(|contact| contact.contact_id);
            let contacts: Vec<_> = contacts
                .iter()
                .map(|contact| (contact.contact_id == ann, contact.open, contact.can_settle))
                .collect();
            (owed.open, owed.overdue, contacts)
        };
        let sales = AccountType::AccountsReceivable;
        assert_eq!(
            owed(sales, PAID).await,
            (120_00, 100_00, vec![(true, 100_00, false), (false, 20_00, false)])
        );
        // Zephyr Couriers paid 60.00 for what was 20.00: only Ann's Rides owe what is overdue.
        assert_eq!(
            owed(sales, END).await,
            (65_00, 105_00, vec![(true, 105_00, false), (false, -40_00, true)])
        );
        assert_eq!(
            owed(AccountType::AccountsPayable, END).await,
            (-70_00, 70_00, Vec::new())
        );
    });
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
fn what_voiding_makes_open_again_is_told_before_and_after_also_where_a_lock_covers_it() {
    testkit::run(async |kit| {
        for lock in [None, Some(date!(2026 - 03 - 31))] {
            let cx = company(kit, "Juniper Cycles").await;
            let (sale, payment) = sale_and_payment(&cx).await;
            let named = |applied: books::settlements::AppliedAmounts| -> Vec<(Option<String>, i64)> {
                let named = applied.named.into_iter();
                named.map(|applied| (applied.document.number, applied.amount)).collect()
            };
            let paid_by = async || {
                named(
                    settlement_applied(&cx, &[sale.document_id])
                        .await
                        .expect("what is applied"),
                )
            };
            assert_eq!(paid_by().await, []);
            // One that was taken back counts for nothing.
            let undone = settlement_apply(&cx, sale.id, payment.id, 10_00, PAID, &key())
                .await
                .expect("applied");
            settlement_undo(&cx, undone, PAID, &key()).await.expect("undone");
            settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &key())
                .await
                .expect("applied");
            assert_eq!(paid_by().await, [(Some("JE-2".to_owned()), 60_00)]);
            let both = [sale.document_id, payment.document_id];
            let between = settlement_applied(&cx, &both).await.expect("what is applied");
            assert_eq!(
                (
                    named(between).len(),
                    settlement_applied(&cx, &[]).await.expect("nothing").in_all
                ),
                (0, 0)
            );
            if let Some(day) = lock {
                lock_set(&cx, Some(day), "The first quarter is filed", &key())
                    .await
                    .expect("locked");
            }
            journal_void(
                &cx,
                sale.document_id,
                1,
                date!(2026 - 04 - 15),
                "Never happened",
                &key(),
            )
            .await
            .expect("void");
            let change = audit::log::newest(&cx, &audit::log::Filter::default(), 1)
                .await
                .expect("the log")[0]
                .change;
            let released = settlement_released(&cx, sale.document_id, change)
                .await
                .expect("what came loose");
            assert_eq!(named(released), [(Some("JE-2".to_owned()), 60_00)]);
            assert_eq!(paid_by().await, []);
        }
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

        // Without a lock, too: through the end of March it was settled already.
        lock_set(&cx, None, "March again", &key()).await.expect("opened");
        assert_eq!(
            message(settlement_apply(&cx, sale.id, payment.id, 60_00, date!(2026 - 03 - 31), &key()).await),
            "Both are there, and open, from Apr 1, 2026 on. Choose that day or a later one."
        );
        settlement_apply(&cx, sale.id, payment.id, 60_00, date!(2026 - 04 - 01), &key())
            .await
            .expect("from then on");
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
            listed(&cx, &filter, OpenItemSort::Due, Direction::Ascending)
                .await
                .len()
        };
        let (payable, rides) = (
            account(&cx, "Accounts Payable").await,
            contact(&cx, "Ann's Rides").await,
        );
        assert_eq!(
            found(OpenItemFilter {
                account_id: Some(payable),
                ..OpenItemFilter::default()
            })
            .await,
            1
        );
        assert_eq!(
            found(OpenItemFilter {
                contact_id: Some(rides),
                ..OpenItemFilter::default()
            })
            .await,
            2
        );
        assert_eq!(
            found(OpenItemFilter {
                account_id: Some(payable),
                contact_id: Some(rides),
                ..OpenItemFilter::default()
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
