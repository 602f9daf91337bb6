//! Refusal 2: a leg on a receivable or payable account carries its contact and open item, one on an undeposited or clearing account
//! its open item; every leg is in the currency of its account and company, and of a document that is issued.

use tenancy::RefusalCode::{ControlLeg, NeverChanged};

use crate::fixture::{
    Books, CHECKING, EURO, HARBOR, ISSUED, NORD, PAYABLE, POSTING, RECEIVABLE, RENT, SAVINGS, UNDEPOSITED, item_leg,
    leg,
};

const DAY: &str = "2026-10-31";

/// One issued document and an open item of it, numbered 1, on an account for a contact.
async fn with_item(books: &Books, account: i64, contact: &str) {
    books
        .write(&format!(
            "{ISSUED}; insert into open_item (document_id, account_id, contact_id) values (1, {account}, {contact})"
        ))
        .await;
}

/// A posting of 100.00 as given, with its other side on Rent.
fn with_other_side(first: &str) -> String {
    format!("{POSTING} {first}, {}", leg(1, 2, RENT, DAY, -10000))
}

#[test]
fn a_receivable_or_payable_without_contact_or_open_item_is_refused() {
    testkit::run(async |kit| {
        for account in [RECEIVABLE, PAYABLE] {
            let books = Books::new(kit).await;
            with_item(&books, account, "1").await;
            for (contact, item) in [("null", "null"), ("1", "null"), ("null", "1")] {
                let bare = leg(1, 1, account, DAY, 10000).replacen("null, null", &format!("{contact}, {item}"), 1);
                books.refused(&with_other_side(&bare), ControlLeg).await;
            }
            books
                .allowed(&with_other_side(&item_leg(1, 1, account, NORD, 1, DAY, 10000)))
                .await;
        }
    });
}

#[test]
fn undeposited_funds_without_an_open_item_are_refused() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        with_item(&books, UNDEPOSITED, "null").await;
        books
            .refused(&with_other_side(&leg(1, 1, UNDEPOSITED, DAY, 10000)), ControlLeg)
            .await;
        books
            .allowed(&with_other_side(&leg(1, 1, UNDEPOSITED, DAY, 10000).replacen(
                "null, null",
                "null, 1",
                1,
            )))
            .await;
    });
}

#[test]
fn a_leg_that_names_another_documents_accounts_or_contacts_item_is_refused() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        with_item(&books, RECEIVABLE, "1").await;
        books.write(&format!("{ISSUED}; insert into open_item (document_id, account_id, contact_id) values (2, {RECEIVABLE}, {NORD}), (1, {PAYABLE}, {NORD})")).await;
        for (account, contact, item) in [
            (RECEIVABLE, NORD, 2),
            (RECEIVABLE, NORD, 3),
            (RECEIVABLE, HARBOR, 1),
            (PAYABLE, NORD, 1),
            (CHECKING, NORD, 1),
        ] {
            books
                .refused(
                    &with_other_side(&item_leg(1, 1, account, contact, item, DAY, 10000)),
                    ControlLeg,
                )
                .await;
        }
    });
}

#[test]
fn a_leg_in_another_currency_than_its_account_or_company_is_refused() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        let euros = |account| leg(1, 1, account, DAY, 10000).replace("USD", "EUR");
        books.refused(&with_other_side(&euros(EURO)), ControlLeg).await;
        books.refused(&with_other_side(&euros(SAVINGS)), ControlLeg).await;
        books
            .refused(&with_other_side(&leg(1, 1, EURO, DAY, 10000)), ControlLeg)
            .await;
    });
}

#[test]
fn a_company_without_a_currency_yet_posts_nothing() {
    testkit::run(async |kit| {
        // Its books are not set up: only a superuser gets as far as a chart of accounts without a company.
        let cx = kit.company("Juniper Cycles").await;
        let pool = kit.superuser(&cx).await;
        let schema = cx.tenant().id.schema();
        let mut tx = pool
            .begin_with(sqlx::AssertSqlSafe(format!(
                "begin; set local search_path = {schema}, pg_temp"
            )))
            .await
            .expect("a transaction");
        let open = format!(
            "select change_open('{}', {}, 'k', 'operator', 'operator:test', 'system', 'test')",
            cx.tenant().id,
            tenancy::SCHEMA_VERSION
        );
        let posted = crate::fixture::run(
            &mut tx,
            &format!(
                "{open}; insert into account (name, type, currency) values ('Checking', 'bank', 'USD'), ('Rent', 'expense', 'USD');
                 {ISSUED}; {POSTING} {}, {}",
                leg(1, 1, RENT, DAY, 1),
                leg(1, 2, CHECKING, DAY, -1)
            ),
        )
        .await;
        assert_eq!(crate::fixture::code(posted), ControlLeg);
    });
}

#[test]
fn a_draft_or_submitted_document_posts_nothing() {
    testkit::run(async |kit| {
        for state in ["draft", "submitted"] {
            let books = Books::new(kit).await;
            books.write(&ISSUED.replace("'issued'", &format!("'{state}'"))).await;
            books
                .refused(&with_other_side(&leg(1, 1, SAVINGS, DAY, 10000)), NeverChanged)
                .await;
        }
    });
}
