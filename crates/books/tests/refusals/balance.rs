//! Refusal 1: live postings of a document are zero on each date, and none is of nothing. A void document leaves nothing.

use tenancy::RefusalCode::{Constraint, NeverChanged, Unbalanced};

use crate::fixture::{Books, CHECKING, Hand, ISSUED, POSTING, RENT, code, leg, rent, retire, run};

#[test]
fn an_entry_whose_debits_exceed_its_credits_is_refused() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        books
            .refused(
                &format!(
                    "{POSTING} {}, {}",
                    leg(1, 1, RENT, "2026-10-31", 5000),
                    leg(1, 2, CHECKING, "2026-10-31", -4999)
                ),
                Unbalanced,
            )
            .await;
        books
            .refused(
                &format!("{POSTING} {}", leg(1, 1, RENT, "2026-10-31", 5000)),
                Unbalanced,
            )
            .await;
        books
            .allowed(&format!(
                "{POSTING} {}, {}",
                leg(1, 1, RENT, "2026-10-31", 5000),
                leg(1, 2, CHECKING, "2026-10-31", -5000)
            ))
            .await;
    });
}

#[test]
fn an_entry_that_balances_only_over_two_dates_is_refused() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        books
            .refused(
                &format!(
                    "{POSTING} {}, {}",
                    leg(1, 1, RENT, "2026-10-31", 5000),
                    leg(1, 2, CHECKING, "2026-11-01", -5000)
                ),
                Unbalanced,
            )
            .await;
    });
}

#[test]
fn two_documents_that_balance_only_together_are_refused() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&format!("{ISSUED}; {ISSUED}")).await;
        books
            .refused(
                &format!(
                    "{POSTING} {}, {}",
                    leg(1, 1, RENT, "2026-10-31", 5000),
                    leg(2, 1, CHECKING, "2026-10-31", -5000)
                ),
                Unbalanced,
            )
            .await;
    });
}

#[test]
fn half_an_entry_is_refused_before_its_other_half_can_follow() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        let halves = format!(
            "{POSTING} {}; {POSTING} {}",
            leg(1, 1, RENT, "2026-10-31", 5000),
            leg(1, 2, CHECKING, "2026-10-31", -5000)
        );
        books.refused(&halves, Unbalanced).await;
    });
}

#[test]
fn a_posting_of_nothing_is_refused() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        books
            .refused(&format!("{POSTING} {}", leg(1, 1, RENT, "2026-10-31", 0)), Constraint)
            .await;
    });
}

#[test]
fn a_posting_whose_base_amount_is_not_its_amount_is_refused() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        let legs = leg(1, 1, RENT, "2026-10-31", 5000).replace("5000, {n}", "4000, {n}");
        books
            .refused(
                &format!("{POSTING} {legs}, {}", leg(1, 2, CHECKING, "2026-10-31", -5000)),
                Constraint,
            )
            .await;
    });
}

#[test]
fn retiring_one_leg_of_two_is_refused_and_retiring_both_is_not() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&rent(1, "2026-10-31", 5000)).await;
        books
            .refused(&format!("{} and line_no = 1", retire(1)), Unbalanced)
            .await;
        books.allowed(&retire(1)).await;
    });
}

#[test]
fn no_setting_of_a_session_lets_a_superuser_post_one_side_not_even_on_an_account_that_does_not_exist() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        for account in [RENT, 999_999] {
            let mut tx = books.open(Hand::Superuser).await;
            run(&mut tx, "set local session_replication_role = replica")
                .await
                .expect("a superuser may");
            let posted = run(
                &mut tx,
                &format!("{POSTING} {}", leg(1, 1, account, "2026-10-31", 5000)),
            )
            .await;
            assert_eq!(code(posted), Unbalanced, "{account}");
        }
    });
}

#[test]
fn of_two_writers_who_retire_the_same_entry_the_second_finds_it_retired() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&rent(1, "2026-10-31", 5000)).await;
        let by_id = "update posting set retired_in = {n} where document_id = 1";
        assert_eq!(code(books.race(by_id, by_id).await), NeverChanged);
        assert_eq!(
            books
                .number("select coalesce(sum(amount), 0)::bigint from month_total where account_id = 2")
                .await,
            0
        );
    });
}

#[test]
fn of_two_writers_who_make_the_same_revision_the_second_is_refused() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&format!("{ISSUED}; insert into revision (document_id, n, doc_date, total, made_in) values (1, 1, '2026-10-31', 0, {{n}})")).await;
        let revise = "update revision set retired_in = {n} where document_id = 1 and retired_in is null;
                      insert into revision (document_id, n, doc_date, total, made_in) values (1, 2, '2026-10-31', 0, {n})";
        assert_eq!(code(books.race(revise, revise).await), Constraint);
    });
}

#[test]
fn a_document_is_not_void_while_it_leaves_a_balance() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&rent(1, "2026-10-31", 5000)).await;
        let void = "update document set state = 'void', void_reason = 'entered twice' where id = 1";
        books.refused(void, Unbalanced).await;
        books.allowed(&format!("{}; {void}", retire(1))).await;
        // Or reversed at another date.
        books
            .allowed(&format!(
                "{POSTING} {}, {}; {void}",
                leg(1, 1, RENT, "2026-11-05", -5000),
                leg(1, 2, CHECKING, "2026-11-05", 5000)
            ))
            .await;
    });
}

#[test]
fn a_void_document_gets_no_balance_again() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&rent(1, "2026-10-31", 5000)).await;
        let reversal = format!(
            "{POSTING} {}, {}",
            leg(1, 1, RENT, "2026-11-05", -5000),
            leg(1, 2, CHECKING, "2026-11-05", 5000)
        );
        books
            .write(&format!(
                "{reversal}; update document set state = 'void', void_reason = 'entered twice' where id = 1"
            ))
            .await;
        books
            .refused(
                &format!(
                    "{POSTING} {}, {}",
                    leg(1, 3, RENT, "2026-11-06", 700),
                    leg(1, 4, CHECKING, "2026-11-06", -700)
                ),
                Unbalanced,
            )
            .await;
        books
            .refused(&format!("{} and posted_on = '2026-11-05'", retire(1)), Unbalanced)
            .await;
        books.allowed(&retire(1)).await;
    });
}

#[test]
fn a_void_document_posts_no_more_not_even_what_balances() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&rent(1, "2026-10-31", 5000)).await;
        books
            .write(&format!(
                "{}; update document set state = 'void', void_reason = 'twice' where id = 1",
                retire(1)
            ))
            .await;
        let moved = format!(
            "{POSTING} {}, {}, {}, {}",
            leg(1, 1, RENT, "2026-01-31", 5000),
            leg(1, 2, CHECKING, "2026-01-31", -5000),
            leg(1, 1, RENT, "2026-02-28", -5000),
            leg(1, 2, CHECKING, "2026-02-28", 5000)
        );
        books.refused(&moved, Unbalanced).await;
    });
}
