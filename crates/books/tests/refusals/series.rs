//! Refusal 6: a series' numbers come one after the other, each once; nobody brings one.

use tenancy::RefusalCode::{Constraint, NeverChanged, Series};

use crate::fixture::{Books, Hand, ISSUED, code, run};

async fn numbers(books: &Books) -> Vec<String> {
    let mut tx = books
        .cx
        .read(tenancy::Capability::ReadBooks)
        .await
        .expect("a reading transaction");
    sqlx::query_scalar("select number from document where number is not null order by id")
        .fetch_all(&mut *tx)
        .await
        .expect("numbers")
}

#[test]
fn issued_entries_are_numbered_in_their_order_and_drafts_are_not() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        let draft = ISSUED.replace("'issued'", "'draft'");
        books.write(&format!("{ISSUED}; {draft}; {ISSUED}")).await;
        assert_eq!(numbers(&books).await, ["JE-1", "JE-2"]);
        books
            .write("update document set state = 'issued' where state = 'draft'")
            .await;
        // The second document, issued last.
        assert_eq!(numbers(&books).await, ["JE-1", "JE-3", "JE-2"]);
    });
}

#[test]
fn several_entries_of_one_statement_get_a_number_each() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books
            .write(&format!(
                "{ISSUED}, ('journal_entry', 'issued', 'USD', 'person'), ('journal_entry', 'issued', 'USD', 'person')"
            ))
            .await;
        assert_eq!(numbers(&books).await, ["JE-1", "JE-2", "JE-3"]);
    });
}

#[test]
fn an_entry_that_was_rolled_back_leaves_no_gap() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        let mut dropped = books.open(Hand::Company).await;
        run(&mut dropped, ISSUED).await.expect("issued");
        drop(dropped);
        books.write(ISSUED).await;
        assert_eq!(numbers(&books).await, ["JE-1", "JE-2"]);
    });
}

#[test]
fn nobody_brings_a_number_but_an_import() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.refused("insert into document (kind, number, state, currency, source) values ('journal_entry', 'JE-7', 'issued', 'USD', 'person')", Series).await;
        books.never("insert into document (kind, series_id, series_no, state, currency, source) values ('journal_entry', 1, 7, 'issued', 'USD', 'person')", Series).await;
        books.write("insert into document (kind, number, state, currency, source) values ('journal_entry', '1007', 'issued', 'USD', 'import')").await;
        books.write(ISSUED).await;
        assert_eq!(numbers(&books).await, ["1007", "JE-1"]);
    });
}

#[test]
fn a_series_moves_by_issuing_alone() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        for attack in ["next = 100", "next = next + 1", "next = 1", "prefix = 'X-'"] {
            books.never(&format!("update series set {attack}"), Series).await;
        }
        books.never("delete from series", NeverChanged).await;
        books
            .refused(
                "insert into series (kind, prefix, next) values ('journal_entry', 'X-', 1)",
                Constraint,
            )
            .await;
    });
}

#[test]
fn a_number_that_was_given_stays() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        for attack in [
            "number = 'JE-9'",
            "number = null",
            "series_no = 9",
            "series_id = null, series_no = null",
        ] {
            books
                .never(&format!("update document set {attack}"), NeverChanged)
                .await;
        }
        // Void, it keeps it: the series has no gap.
        books
            .write("update document set state = 'void', void_reason = 'entered twice'")
            .await;
        assert_eq!(numbers(&books).await, ["JE-1"]);
    });
}

#[test]
fn of_two_writers_who_issue_at_once_each_gets_a_number_of_its_own() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.race(ISSUED, ISSUED).await.expect("both are kept");
        assert_eq!(numbers(&books).await, ["JE-1", "JE-2"]);
    });
}

#[test]
fn of_two_writers_who_issue_one_draft_the_second_is_refused() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&ISSUED.replace("'issued'", "'draft'")).await;
        let issue = "update document set state = 'issued' where id = 1";
        assert_eq!(code(books.race(issue, issue).await), NeverChanged);
        assert_eq!(numbers(&books).await, ["JE-1"]);
    });
}
