//! Refusal 5, first half: no settlement beyond what is open of either item, nor between accounts, currencies or contacts.

use tenancy::RefusalCode::{BeyondOpen, Constraint, NeverChanged};

use crate::fixture::{
    Books, HARBOR, ISSUED, NORD, PAYABLE, POSTING, RECEIVABLE, RENT, UNDEPOSITED, code, item_leg, leg, retire,
};

const DAY: &str = "2026-10-31";

/// Items: 1 an invoice of 100.00, 2 a payment of 60.00, 3 another of 100.00, all of Nord; 4 a payment of 100.00 of Harbor; 5 a payable
/// of 100.00 to Nord; 6 and 7 undeposited funds of 100.00 in and out.
async fn with_items(kit: &'static testkit::Kit) -> Books {
    let books = Books::new(kit).await;
    let items = [
        (RECEIVABLE, Some(NORD), 10000),
        (RECEIVABLE, Some(NORD), -6000),
        (RECEIVABLE, Some(NORD), -10000),
        (RECEIVABLE, Some(HARBOR), -10000),
        (PAYABLE, Some(NORD), -10000),
        (UNDEPOSITED, None, 10000),
        (UNDEPOSITED, None, -10000),
    ];
    for (item, (account, contact, amount)) in (1..).zip(items) {
        let contact = contact.map_or_else(|| "null".to_owned(), |contact| contact.to_string());
        let first = item_leg(item, 1, account, 0, item, DAY, amount).replacen(
            &format!("{account}, 0,"),
            &format!("{account}, {contact},"),
            1,
        );
        books
            .write(&format!(
                "{ISSUED}; insert into open_item (document_id, account_id, contact_id) values ({item}, {account}, {contact}); {POSTING} {first}, {}",
                leg(item, 2, RENT, DAY, -amount)
            ))
            .await;
    }
    books
}

fn settle(debit: i64, credit: i64, amount: i64) -> String {
    format!(
        "insert into settlement (debit_item_id, credit_item_id, amount, applied_on, made_in) values ({debit}, {credit}, {amount}, '{DAY}', {{n}})"
    )
}

fn reverse(debit: i64, credit: i64, amount: i64, reverses: i64) -> String {
    format!(
        "insert into settlement (debit_item_id, credit_item_id, amount, applied_on, reverses_id, made_in) values ({debit}, {credit}, {amount}, '{DAY}', {reverses}, {{n}})"
    )
}

#[test]
fn a_settlement_beyond_what_is_open_of_either_item_is_refused() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        books.allowed(&settle(1, 2, 6000)).await;
        books.refused(&settle(1, 2, 6001), BeyondOpen).await;
        books.refused(&settle(1, 3, 10001), BeyondOpen).await;
        books.write(&settle(1, 2, 6000)).await;
        books.allowed(&settle(1, 3, 4000)).await;
        books.refused(&settle(1, 3, 4001), BeyondOpen).await;
    });
}

#[test]
fn several_settlements_of_one_statement_are_looked_at_together() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        let two = format!("{}, (1, 3, 6000, '{DAY}', {{n}})", settle(1, 2, 6000));
        books.refused(&two, BeyondOpen).await;
    });
}

#[test]
fn items_of_different_accounts_or_contacts_do_not_settle_each_other() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        for (debit, credit) in [(1, 4), (1, 5), (1, 7), (6, 2), (6, 5)] {
            books.refused(&settle(debit, credit, 100), BeyondOpen).await;
        }
        books.allowed(&settle(6, 7, 10000)).await;
    });
}

#[test]
fn sides_are_not_swapped_and_nothing_settles_itself() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        books.refused(&settle(2, 1, 100), BeyondOpen).await;
        books.refused(&settle(1, 1, 100), Constraint).await;
        books.refused(&settle(2, 3, 100), BeyondOpen).await;
    });
}

#[test]
fn a_settlement_of_nothing_or_of_less_without_what_it_reverses_is_refused() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        books.refused(&settle(1, 2, 0), Constraint).await;
        books.refused(&settle(1, 2, -100), Constraint).await;
    });
}

#[test]
fn a_reversal_is_of_one_live_settlement_whole_and_once() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        books.write(&settle(1, 2, 6000)).await;
        books.write(&settle(1, 3, 4000)).await;
        books.refused(&reverse(1, 2, -5999, 1), BeyondOpen).await;
        books.refused(&reverse(1, 3, -6000, 1), BeyondOpen).await;
        books.refused(&reverse(1, 2, 6000, 1), Constraint).await;
        books.write(&reverse(1, 2, -6000, 1)).await;
        books.refused(&reverse(1, 2, -6000, 1), Constraint).await;
        let reversal = books
            .number("select id from settlement where reverses_id is not null")
            .await;
        books.refused(&reverse(1, 2, -6000, reversal), BeyondOpen).await;
        // What was reversed is open again.
        books.allowed(&settle(1, 2, 6000)).await;
    });
}

#[test]
fn a_settlement_that_was_reversed_is_not_retired_as_well() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        books.write(&settle(1, 2, 6000)).await;
        books.write(&reverse(1, 2, -6000, 1)).await;
        books.write(&settle(1, 2, 6000)).await;
        // The sums would still be right.
        books
            .refused("update settlement set retired_in = {n} where id = 1", BeyondOpen)
            .await;
        books
            .allowed("update settlement set retired_in = {n} where reverses_id = 1 or id = 1")
            .await;
    });
}

#[test]
fn a_settlement_that_was_retired_is_not_reversed() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        books.write(&settle(1, 2, 6000)).await;
        books.write("update settlement set retired_in = {n}").await;
        books.refused(&reverse(1, 2, -6000, 1), BeyondOpen).await;
        books
            .refused("update settlement set retired_in = {n}", NeverChanged)
            .await;
    });
}

#[test]
fn what_is_settled_is_not_taken_from_under_its_settlement() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        books.write(&settle(1, 2, 6000)).await;
        books.refused(&retire(1), BeyondOpen).await;
        books.refused(&retire(2), BeyondOpen).await;
        books
            .allowed(&format!("update settlement set retired_in = {{n}}; {}", retire(1)))
            .await;
    });
}

#[test]
fn a_reversing_posting_does_not_take_it_either() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        books.write(&settle(1, 2, 6000)).await;
        let void = |amount: i64| {
            format!(
                "{POSTING} {}, {}",
                item_leg(1, 3, RECEIVABLE, NORD, 1, DAY, -amount),
                leg(1, 4, RENT, DAY, amount)
            )
        };
        books.refused(&void(4001), BeyondOpen).await;
        books.allowed(&void(4000)).await;
    });
}

#[test]
fn of_two_writers_who_settle_sixty_of_a_hundred_each_the_second_is_refused() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        assert_eq!(
            code(books.race(&settle(1, 2, 6000), &settle(1, 3, 6000)).await),
            BeyondOpen
        );
        assert_eq!(books.number("select sum(amount)::bigint from settlement").await, 6000);
    });
}

#[test]
fn of_a_settlement_and_a_void_at_once_the_second_is_refused() {
    testkit::run(async |kit| {
        let books = with_items(kit).await;
        assert_eq!(code(books.race(&settle(1, 2, 6000), &retire(1)).await), BeyondOpen);
        let books = with_items(kit).await;
        assert_eq!(code(books.race(&retire(1), &settle(1, 2, 6000)).await), BeyondOpen);
    });
}
