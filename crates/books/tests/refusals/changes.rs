//! Refusal 8: nothing is written to the books in a transaction that opened no change.

use tenancy::RefusalCode::NoChange;

use crate::fixture::{Books, Hand, code, run};

/// Every recorded table of the company, and a column of it.
async fn tables(books: &Books) -> Vec<(String, String)> {
    let mut tx = books
        .cx
        .read(tenancy::Capability::ReadBooks)
        .await
        .expect("a reading transaction");
    sqlx::query_as(
        "select t.name, (select a.attname::text from pg_attribute a where a.attrelid = to_regclass(t.name) and a.attnum > 0 and a.attgenerated = '' and a.attidentity = '' order by a.attnum limit 1)
         from audit_tables() t where t.recorded order by t.name",
    )
    .fetch_all(&mut *tx)
    .await
    .expect("tables")
}

#[test]
fn no_table_of_the_books_is_written_outside_a_change() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        for (table, column) in tables(&books).await {
            for hand in [Hand::Company, Hand::Owner, Hand::Superuser] {
                // The change is missed before any column is.
                let mut tx = books.outside(hand).await;
                assert_eq!(
                    code(run(&mut tx, &format!("insert into {table} default values")).await),
                    NoChange,
                    "{hand:?}: {table}"
                );
            }
            for hand in [Hand::Owner, Hand::Superuser] {
                let mut tx = books.outside(hand).await;
                assert_eq!(
                    code(run(&mut tx, &format!("update {table} set {column} = {column} where false")).await),
                    NoChange,
                    "{hand:?}: {table}"
                );
            }
        }
    });
}

#[test]
fn a_change_that_was_committed_serves_no_later_transaction() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        let mut tx = books.outside(Hand::Company).await;
        assert_eq!(
            code(run(&mut tx, "update contact set name = 'x' where id = 1").await),
            NoChange
        );
    });
}

#[test]
fn a_change_that_another_transaction_holds_open_serves_nobody_else() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        let holding = books.open(Hand::Company).await;
        let mut tx = books.outside(Hand::Superuser).await;
        assert_eq!(
            code(run(&mut tx, "update contact set name = 'x' where id = 1").await),
            NoChange
        );
        drop(holding);
    });
}

#[test]
fn a_change_undone_to_a_savepoint_is_no_change() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        let mut tx = books.outside(Hand::Superuser).await;
        let open = format!(
            "select change_open('{}', {}, 'k', 'operator', 'operator:test', 'system', 'test')",
            books.cx.tenant().id,
            tenancy::SCHEMA_VERSION
        );
        run(&mut tx, &format!("savepoint s; {open}; rollback to savepoint s"))
            .await
            .expect("undone");
        assert_eq!(
            code(run(&mut tx, "update contact set name = 'x' where id = 1").await),
            NoChange
        );
    });
}

#[test]
fn a_change_made_by_hand_in_its_table_is_none() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        // The head says which change is the newest; only change_open moves it.
        let forged = "insert into change (n, at, request_key, actor_kind, actor, role, request_id, xact)
                      values (99, now(), 'k', 'person', 'mallory', 'admin', 'r', pg_current_xact_id())";
        let mut tx = books.outside(Hand::Company).await;
        assert_eq!(code(run(&mut tx, forged).await), tenancy::RefusalCode::NotPermitted);
        let mut tx = books.outside(Hand::Owner).await;
        assert_eq!(code(run(&mut tx, forged).await), tenancy::RefusalCode::NotPermitted);
        let mut tx = books.outside(Hand::Superuser).await;
        run(&mut tx, forged).await.expect("a superuser may");
        assert_eq!(
            code(run(&mut tx, "update contact set name = 'x' where id = 1").await),
            NoChange
        );
    });
}
