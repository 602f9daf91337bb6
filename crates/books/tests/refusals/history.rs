//! Refusal 7: what is made is never changed but retired, once; a document goes forward; nothing is removed.

use sqlx::AssertSqlSafe;
use tenancy::RefusalCode::{self, BeyondOpen, Constraint, NeverChanged, NotPermitted};

use crate::fixture::{Books, CHECKING, Hand, ISSUED, NORD, POSTING, RECEIVABLE, RENT, item_leg, leg};

/// Books with at least a row in every recorded table.
async fn full(kit: &'static testkit::Kit) -> Books {
    let books = Books::new(kit).await;
    books
        .write(&format!(
            "{ISSUED}; {ISSUED};
             insert into revision (document_id, n, doc_date, total, made_in) values (1, 1, '2026-10-31', 10000, {{n}});
             insert into document_line (revision_id, line_no, position, account_id, amount) values (1, 1, 1, {RECEIVABLE}, 10000), (1, 2, 2, {RENT}, -10000);
             insert into open_item (document_id, account_id, contact_id) values (1, {RECEIVABLE}, {NORD}), (2, {RECEIVABLE}, {NORD});
             insert into instalment (revision_id, n, open_item_id, due_on, amount) values (1, 1, 1, '2026-11-30', 10000);
             {POSTING} {}, {}, {}, {};
             insert into settlement (debit_item_id, credit_item_id, amount, applied_on, made_in) values (1, 2, 4000, '2026-10-31', {{n}});
             insert into period_lock (through, reason, made_in) values ('2020-12-31', 'tried out', {{n}});
             insert into statement_import (file_name, file_hash, format, new_lines, known_lines, doubtful_lines, made_in) values ('a.ofx', sha256('a'), 'ofx_1', 1, 0, 0, {{n}});
             insert into bank_line (bank_account_id, statement_import_id, identity, posted_on, amount, amount_text, currency, state)
                 values (1, 1, 'a', '2026-10-31', 10000, '100.00', 'USD', 'new');
             insert into bank_match (bank_line_id, posting_id, amount, made_in) values (1, 3, 10000, {{n}});
             update bank_line set state = 'accepted';
             insert into recurring_template (kind, name, adjusting, accrual_only, reversing, unit, step, starts_on, issues, active, version)
                 values ('journal_entry', 'Rent', false, false, false, 'month', 1, '2026-10-31', true, true, 1);
             insert into recurring_template_line (template_id, version, position, account_id, amount) values (1, 1, 1, {RENT}, 10000);
             insert into recurring_occurrence (template_id, period, document_id, made_in) values (1, '2026-10-31', 1, {{n}});
             insert into fiscal_year (starts_on, ends_on, closed, made_in) values ('2019-07-01', '2019-12-31', false, {{n}});
             insert into lock_exception (person, from_day, until, reason, made_in)
                 values ('lee@junipercycles.example', '2020-12-01', now() + interval '1 day', 'tried out', {{n}});
             insert into saved_view (name, page, query, made_in) values ('Drafts', 'accounting/journal', 'state=draft', {{n}})",
            item_leg(1, 1, RECEIVABLE, NORD, 1, "2026-10-31", 10000),
            leg(1, 2, RENT, "2026-10-31", -10000),
            leg(2, 1, CHECKING, "2026-10-31", 10000),
            item_leg(2, 2, RECEIVABLE, NORD, 2, "2026-10-31", -10000),
        ))
        .await;
    books
}

async fn texts(books: &Books, query: &str) -> Vec<String> {
    let mut tx = books
        .cx
        .read(tenancy::Capability::ReadBooks)
        .await
        .expect("a reading transaction");
    sqlx::query_scalar(AssertSqlSafe(query.to_owned()))
        .fetch_all(&mut *tx)
        .await
        .expect(query)
}

#[test]
fn no_column_of_what_is_made_is_written_again_not_even_with_what_it_holds() {
    testkit::run(async |kit| {
        let books = full(kit).await;
        let columns = texts(
            &books,
            "select c.relname || '.' || a.attname from pg_trigger t join pg_class c on c.oid = t.tgrelid
             join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attname <> 'retired_in'
             where c.relnamespace = current_user::regnamespace and t.tgname = 'audit_insert' and encode(t.tgargs, 'escape') like 'append\\_only%' order by 1",
        )
        .await;
        for table in [
            "revision",
            "document_line",
            "open_item",
            "instalment",
            "posting",
            "settlement",
            "bank_match",
            "statement_import",
            "period_lock",
            "recurring_template_line",
            "recurring_occurrence",
        ] {
            assert!(
                columns.iter().any(|column| column.starts_with(&format!("{table}."))),
                "{table}"
            );
        }
        for column in columns {
            let (table, column) = column.split_once('.').expect("two names");
            assert!(
                books.number(&format!("select count(*) from {table}")).await > 0,
                "{table} has a row to try this on"
            );
            books
                .never(&format!("update {table} set {column} = {column}"), NeverChanged)
                .await;
        }
    });
}

#[test]
fn no_amount_date_account_or_document_of_a_posting_is_changed() {
    testkit::run(async |kit| {
        let books = full(kit).await;
        for attack in [
            "amount = 1, base_amount = 1",
            "posted_on = '2026-11-01'",
            "account_id = 6",
            "document_id = 2",
            "line_no = 9",
            "contact_id = 2",
            "made_in = 1",
        ] {
            books
                .never(&format!("update posting set {attack} where id = 2"), NeverChanged)
                .await;
        }
        // Nor together with its retirement.
        books
            .never(
                "update posting set retired_in = {n}, amount = amount * 2, base_amount = amount * 2",
                NeverChanged,
            )
            .await;
    });
}

#[test]
fn a_row_is_retired_once_by_the_change_that_retires_it_and_stays_so() {
    testkit::run(async |kit| {
        let books = full(kit).await;
        books.refused("update revision set retired_in = 1", NeverChanged).await;
        books
            .refused("update revision set retired_in = {n} + 1", Constraint)
            .await;
        books
            .refused("update revision set retired_in = null", NeverChanged)
            .await;
        books.write("update revision set retired_in = {n}").await;
        books
            .refused("update revision set retired_in = {n}", NeverChanged)
            .await;
        books
            .refused("update revision set retired_in = null", NeverChanged)
            .await;
    });
}

#[test]
fn a_row_is_made_live_and_in_the_open_change() {
    testkit::run(async |kit| {
        let books = full(kit).await;
        let revision = |made_in: &str| {
            format!(
                "insert into revision (document_id, n, doc_date, total, made_in) values (2, 1, '2026-10-31', 0, {made_in})"
            )
        };
        books.allowed(&revision("{n}")).await;
        books.refused(&revision("1"), NeverChanged).await;
        // A change that is still to come is not there to be named.
        books.refused(&revision("{n} + 1"), Constraint).await;
        books.never("insert into revision (document_id, n, doc_date, total, made_in, retired_in) values (2, 1, '2026-10-31', 0, {n}, {n})", NeverChanged).await;
        let dead = format!(
            "{}, {}",
            leg(2, 3, RENT, "2026-10-31", 1),
            leg(2, 4, CHECKING, "2026-10-31", -1)
        )
        .replace("{n})", "{n}, {n})");
        books
            .never(
                &format!("{} {dead}", POSTING.replace("made_in)", "made_in, retired_in)")),
                NeverChanged,
            )
            .await;
    });
}

#[test]
fn nothing_is_deleted_or_truncated() {
    testkit::run(async |kit| {
        let books = full(kit).await;
        for table in texts(&books, "select name from audit_tables() where recorded order by name").await {
            assert!(
                books.number(&format!("select count(*) from {table}")).await > 0,
                "{table} has a row to try this on"
            );
            books.never(&format!("delete from {table}"), NeverChanged).await;
            books
                .never(&format!("delete from {table} where false"), NeverChanged)
                .await;
            books.never(&format!("truncate {table} cascade"), NeverChanged).await;
        }
        books.never("truncate month_total", NeverChanged).await;
    });
}

#[test]
fn the_record_is_rewritten_by_nobody() {
    testkit::run(async |kit| {
        let books = full(kit).await;
        for (table, column) in [
            ("change", "actor"),
            ("change", "at"),
            ("change", "answer"),
            ("audit_event", "bytes"),
            ("audit_event", "hash"),
            ("audit_event", "row_id"),
            ("audit_head", "hash"),
        ] {
            for (attack, owner) in [
                (
                    format!("update {table} set {column} = {column} where true"),
                    NotPermitted,
                ),
                (format!("delete from {table}"), NotPermitted),
                (format!("truncate {table} cascade"), NotPermitted),
            ] {
                for (hand, refused) in [
                    (Hand::Company, NotPermitted),
                    (Hand::Owner, owner),
                    (Hand::Superuser, NeverChanged),
                ] {
                    assert_eq!(
                        refusal(&books, hand, &attack).await,
                        Some(refused),
                        "{hand:?}: {attack}"
                    );
                }
            }
        }
    });
}

async fn refusal(books: &Books, hand: Hand, statement: &str) -> Option<RefusalCode> {
    let mut tx = books.open(hand).await;
    let error = crate::fixture::run(&mut tx, statement).await.err()?;
    Some(error.refusal().expect("a refusal").code)
}

#[test]
fn a_document_goes_forward_and_its_identity_stays() {
    testkit::run(async |kit| {
        let books = full(kit).await;
        for back in ["draft", "submitted", "issued"] {
            books
                .refused(
                    &format!("update document set state = '{back}' where id = 1"),
                    NeverChanged,
                )
                .await;
        }
        for attack in [
            "kind = 'expense'",
            "currency = 'EUR'",
            "source = 'import'",
            "reverses_id = 1",
        ] {
            books
                .never(&format!("update document set {attack} where id = 2"), NeverChanged)
                .await;
        }
        books
            .refused("update document set state = 'void' where id = 1", Constraint)
            .await;
        books
            .refused("update document set void_reason = 'because' where id = 1", NeverChanged)
            .await;
        books
            .write(&format!(
                "{ISSUED}; update document set state = 'void', void_reason = 'entered twice' where id = 3"
            ))
            .await;
        for attack in ["state = 'issued', void_reason = null", "void_reason = 'another reason'"] {
            books
                .refused(&format!("update document set {attack} where id = 3"), NeverChanged)
                .await;
        }
    });
}

#[test]
fn a_revision_follows_the_one_before_and_one_is_live() {
    testkit::run(async |kit| {
        let books = full(kit).await;
        let second = |n: i64| {
            format!(
                "insert into revision (document_id, n, doc_date, total, made_in) values (1, {n}, '2026-10-31', 0, {{n}})"
            )
        };
        books.refused(&second(2), Constraint).await;
        books
            .refused(
                &format!("update revision set retired_in = {{n}}; {}", second(1)),
                Constraint,
            )
            .await;
        books
            .allowed(&format!("update revision set retired_in = {{n}}; {}", second(2)))
            .await;
    });
}

#[test]
fn a_staged_file_may_be_removed_for_it_is_not_part_of_the_books() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write("insert into staging (person, file_name, file_sealed) values ('dana@junipercycles.example', 'a.ofx', 'x')").await;
        books.write("delete from staging").await;
        assert_eq!(books.number("select count(*) from staging").await, 0);
    });
}

#[test]
fn a_revision_that_stands_gets_no_more_lines_and_no_more_instalments() {
    testkit::run(async |kit| {
        let books = full(kit).await;
        for late in [
            "insert into document_line (revision_id, line_no, position, account_id, amount) values (1, 99, 99, 2, 500000)",
            "insert into instalment (revision_id, n, open_item_id, due_on, amount) values (1, 99, 1, '1999-01-01', 1)",
        ] {
            books.refused(late, NeverChanged).await;
        }
    });
}

#[test]
fn an_instalment_is_of_an_open_item_of_its_own_document() {
    testkit::run(async |kit| {
        let books = full(kit).await;
        let of_item = |item: i64| {
            format!(
                "insert into revision (document_id, n, doc_date, total, made_in) values (2, 1, '2026-10-31', 10000, {{n}});
                 insert into instalment (revision_id, n, open_item_id, due_on, amount)
                 select max(id), 1, {item}, '2026-11-30', 10000 from revision"
            )
        };
        books.refused(&of_item(1), BeyondOpen).await;
        books.allowed(&of_item(2)).await;
    });
}

#[test]
fn a_day_is_one_that_a_calendar_has() {
    testkit::run(async |kit| {
        let books = full(kit).await;
        for day in ["infinity", "-infinity", "0044-03-15 BC", "10000-01-01"] {
            for statement in [
                format!("update company set books_begin_on = '{day}'"),
                format!("update bank_account set stated_balance = 1, stated_on = '{day}'"),
                format!("insert into period_lock (through, reason, made_in) values ('{day}', 'why', {{n}})"),
                format!(
                    "{ISSUED}; insert into revision (document_id, n, doc_date, total, made_in) values (2, 1, '{day}', 0, {{n}})"
                ),
                format!(
                    "insert into settlement (debit_item_id, credit_item_id, amount, applied_on, made_in) values (1, 2, 1, '{day}', {{n}})"
                ),
                format!(
                    "insert into revision (document_id, n, doc_date, total, made_in) values (2, 1, '2026-10-31', 0, {{n}});
                     insert into document_line (revision_id, line_no, position, account_id, amount, due_on)
                     select max(id), 1, 1, {RECEIVABLE}, 1, '{day}' from revision"
                ),
            ] {
                books.refused(&statement, Constraint).await;
            }
        }
    });
}
