//! What the database keeps of each open item is what its lines say, whichever way they came.

use crate::fixture::{Books, CHECKING, ISSUED, NORD, POSTING, RECEIVABLE, item_leg, leg, retire};

/// An invoice of 100.00 in October and a payment of 60.00 in November, each with its revision, and an open item of each.
async fn sold_and_paid(kit: &'static testkit::Kit) -> Books {
    let books = Books::new(kit).await;
    books
        .write(&format!(
            "{ISSUED}; {ISSUED};
             insert into revision (document_id, n, doc_date, total, made_in) values (1, 1, '2026-10-01', 10000, {{n}}), (2, 1, '2026-11-05', 6000, {{n}});
             insert into open_item (document_id, account_id, contact_id) values (1, {RECEIVABLE}, {NORD}), (2, {RECEIVABLE}, {NORD});
             insert into instalment (revision_id, n, open_item_id, due_on, amount) values (1, 1, 1, '2026-10-31', 10000);
             {POSTING} {}, {}, {}, {}",
            item_leg(1, 1, RECEIVABLE, NORD, 1, "2026-10-01", 10_000),
            leg(1, 2, CHECKING, "2026-10-01", -10_000),
            item_leg(2, 1, RECEIVABLE, NORD, 2, "2026-11-05", -6_000),
            leg(2, 2, CHECKING, "2026-11-05", 6_000),
        ))
        .await;
    books
}

/// What is open of the invoice, and the days of the year 2026 on which it is due and from which that holds.
async fn invoice(books: &Books) -> (i64, i64, i64) {
    let of = async |what: &str| {
        let query = format!("select ({what})::bigint from open_item_total where open_item_id = 1");
        books.number(&query).await
    };
    (
        of("open").await,
        of("extract(doy from due_on)").await,
        of("extract(doy from holds_from)").await,
    )
}

const OCT_1: i64 = 274;
const OCT_31: i64 = 304;
const NOV_10: i64 = 314;

#[test]
fn what_is_open_of_an_item_is_kept_with_each_posting_and_settlement() {
    testkit::run(async |kit| {
        let books = sold_and_paid(kit).await;
        assert_eq!(invoice(&books).await, (10_000, OCT_31, OCT_1));
        books
            .write("insert into settlement (debit_item_id, credit_item_id, amount, applied_on, made_in) values (1, 2, 6000, '2026-11-10', {n})")
            .await;
        assert_eq!(invoice(&books).await, (4_000, OCT_31, NOV_10));
        books.write("update settlement set retired_in = {n} where id = 1").await;
        assert_eq!(invoice(&books).await, (10_000, OCT_31, OCT_1));
        books.write(&retire(1)).await;
        assert_eq!(invoice(&books).await.0, 0);
    });
}

#[test]
fn another_revision_moves_the_day_on_which_an_item_is_due_with_instalments_and_without() {
    testkit::run(async |kit| {
        let books = sold_and_paid(kit).await;
        let revise = |n: i64| {
            format!(
                "update revision set retired_in = {{n}} where document_id = 1 and retired_in is null;
                 insert into revision (document_id, n, doc_date, total, made_in) values (1, {n}, '2026-10-01', 10000, {{n}})"
            )
        };
        books
            .write(&format!(
                "{}; insert into instalment (revision_id, n, open_item_id, due_on, amount) values (3, 1, 1, '2026-11-10', 10000)",
                revise(2)
            ))
            .await;
        assert_eq!(invoice(&books).await, (10_000, NOV_10, OCT_1));
        books.write(&revise(3)).await;
        assert_eq!(invoice(&books).await, (10_000, OCT_1, OCT_1));
    });
}
