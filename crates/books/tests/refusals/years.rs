//! Fiscal years that were set or closed: they do not overlap, a closed one is locked for as long as it is closed, and nobody below an
//! accountant sets, closes or reopens any.

use tenancy::RefusalCode::{ClosedYear, Constraint, NeverChanged, NotPermitted};
use tenancy::{Capability, Opened, RequestKey, Role};

use crate::fixture::{Books, code, run};

fn year(starts_on: &str, ends_on: &str, closed: bool) -> String {
    format!(
        "insert into fiscal_year (starts_on, ends_on, closed, reason, made_in) values ('{starts_on}', '{ends_on}', {closed}, 'the year is done', {{n}})"
    )
}

fn lock(level: &str, through: &str) -> String {
    format!(
        "insert into period_lock (level, through, reason, made_in) values ('{level}', {through}, 'the year is done', {{n}})"
    )
}

/// 2025, locked and closed in one change.
fn closing() -> String {
    format!(
        "{}; {}",
        lock("everyone", "'2025-12-31'"),
        year("2025-01-01", "2025-12-31", true)
    )
}

#[test]
fn two_years_share_no_day() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&year("2026-03-15", "2026-12-31", false)).await;
        for (starts_on, ends_on) in [
            ("2026-12-31", "2027-12-30"),
            ("2026-01-01", "2026-03-15"),
            ("2026-05-01", "2026-05-31"),
        ] {
            books.refused(&year(starts_on, ends_on, false), Constraint).await;
        }
        books.allowed(&year("2027-01-01", "2027-12-31", false)).await;
        books.write("update fiscal_year set retired_in = {n}").await;
        books.allowed(&year("2026-01-01", "2026-12-31", false)).await;
    });
}

#[test]
fn a_year_has_at_most_53_weeks_and_ends_after_it_begins() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books
            .refused(&year("2026-01-01", "2027-01-07", false), Constraint)
            .await;
        books
            .refused(&year("2026-01-01", "2025-12-31", false), Constraint)
            .await;
        books.allowed(&year("2026-01-01", "2027-01-06", false)).await;
    });
}

#[test]
fn a_year_closes_only_when_it_is_locked_for_everyone_through_its_end() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        let close = year("2025-01-01", "2025-12-31", true);
        books.refused(&close, ClosedYear).await;
        books.write(&lock("everyone", "'2025-12-30'")).await;
        books.refused(&close, ClosedYear).await;
        books.write(&lock("editors", "'2025-12-31'")).await;
        books.refused(&close, ClosedYear).await;
        books.allowed(&closing()).await;
    });
}

#[test]
fn the_lock_is_not_lowered_under_a_closed_year_until_it_is_reopened() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&closing()).await;
        for through in ["'2025-12-30'", "null"] {
            books.refused(&lock("everyone", through), ClosedYear).await;
        }
        books.allowed(&lock("editors", "null")).await;
        books.allowed(&lock("everyone", "'2026-03-31'")).await;
        books
            .allowed(&format!(
                "update fiscal_year set retired_in = {{n}}; {}",
                lock("everyone", "'2024-12-31'")
            ))
            .await;
    });
}

#[test]
fn a_lock_that_waited_for_a_year_to_be_closed_finds_it() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&lock("everyone", "'2025-12-31'")).await;
        let lower = lock("everyone", "'2025-06-30'");
        let closed = books.race(&year("2025-01-01", "2025-12-31", true), &lower).await;
        assert_eq!(code(closed), ClosedYear);
    });
}

#[test]
fn a_year_is_retired_once_and_never_changed_otherwise() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&closing()).await;
        books
            .never("update fiscal_year set ends_on = '2025-11-30'", NeverChanged)
            .await;
        books.never("update fiscal_year set closed = false", NeverChanged).await;
        books.never("delete from fiscal_year", NeverChanged).await;
        let retire = "update fiscal_year set retired_in = {n}";
        books.write(retire).await;
        books.refused(retire, NeverChanged).await;
    });
}

#[test]
fn nobody_below_an_accountant_sets_closes_or_reopens_a_year() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&closing()).await;
        let hands = [
            year("2026-01-01", "2026-06-30", false),
            year("2024-01-01", "2024-12-31", true),
            "update fiscal_year set retired_in = {n}".to_owned(),
        ];
        for (role, may) in [(Role::Editor, false), (Role::Accountant, true), (Role::Admin, true)] {
            for statement in &hands {
                let cx = kit.with_role(&books.cx, role);
                let Opened::Change(mut tx) = cx
                    .write(Capability::Documents, &RequestKey::fresh())
                    .await
                    .expect("a change")
                else {
                    panic!("a fresh key was used before");
                };
                let outcome = run(&mut tx, statement).await;
                assert_eq!(
                    outcome.err().map(|error| code(Err(error))),
                    (!may).then_some(NotPermitted),
                    "{role:?}: {statement}"
                );
            }
        }
    });
}
