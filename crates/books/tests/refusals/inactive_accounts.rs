//! Refusal 7, last part: nothing is posted to an inactive account but the reversal or void of what is already there.

use tenancy::RefusalCode::InactiveAccount;

use crate::fixture::{Books, CHECKING, CLOSED, ISSUED, POSTING, leg};

/// 50.00 were posted on the account before it was made inactive.
async fn with_posting(kit: &'static testkit::Kit) -> Books {
    let books = Books::new(kit).await;
    books
        .write(&format!("update account set active = true where id = {CLOSED}"))
        .await;
    books
        .write(&format!("{ISSUED}; {}", both(1, 1, "2026-10-01", 5000)))
        .await;
    books
        .write(&format!("update account set active = false where id = {CLOSED}"))
        .await;
    books
}

fn both(document: i64, line_no: i32, date: &str, amount: i64) -> String {
    format!(
        "{POSTING} {}, {}",
        leg(document, line_no, CLOSED, date, amount),
        leg(document, line_no + 1, CHECKING, date, -amount)
    )
}

#[test]
fn a_posting_to_an_inactive_account_is_refused() {
    testkit::run(async |kit| {
        let books = with_posting(kit).await;
        books.write(ISSUED).await;
        books.refused(&both(2, 1, "2026-10-31", 5000), InactiveAccount).await;
    });
}

#[test]
fn what_is_on_an_inactive_account_can_be_voided_and_reversed() {
    testkit::run(async |kit| {
        let books = with_posting(kit).await;
        // Void, at another date, by the same document.
        books.allowed(&both(1, 3, "2026-10-31", -5000)).await;
        // Reversed by another one.
        books.write("insert into document (kind, state, currency, source, reverses_id) values ('journal_entry', 'issued', 'USD', 'person', 1)").await;
        books.allowed(&both(2, 1, "2026-10-31", -5000)).await;
    });
}

#[test]
fn a_reversal_posts_no_more_to_an_inactive_account_than_it_reverses() {
    testkit::run(async |kit| {
        let books = with_posting(kit).await;
        books.write("insert into document (kind, state, currency, source, reverses_id) values ('journal_entry', 'issued', 'USD', 'person', 1)").await;
        books.refused(&both(2, 1, "2026-10-31", -5001), InactiveAccount).await;
        books.refused(&both(2, 1, "2026-10-31", 5000), InactiveAccount).await;
        books.refused(&both(1, 3, "2026-10-31", 100), InactiveAccount).await;
    });
}

#[test]
fn a_posting_and_the_closing_of_its_account_at_once_leave_nothing_on_an_inactive_account() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books
            .write(&format!(
                "update account set active = true where id = {CLOSED}; {ISSUED}"
            ))
            .await;
        let outcome = books
            .race(
                &format!("update account set active = false where id = {CLOSED}"),
                &both(1, 1, "2026-10-31", 5000),
            )
            .await;
        assert_eq!(crate::fixture::code(outcome), InactiveAccount);
    });
}
