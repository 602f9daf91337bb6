//! Refusal 3: what a report of a locked period shows is neither made nor retired; and nothing lies before the books begin but the
//! opening entry.

use tenancy::RefusalCode::{BeforeBooks, Locked, NeverChanged, NotPermitted};
use tenancy::{Actor, Capability, Error, Opened, RequestKey, Role};
use testkit::Kit;

use crate::fixture::{
    Books, CHECKING, ISSUED, NORD, POSTING, RECEIVABLE, RENT, code, item_leg, leg, rent, retire, run,
};

const LOCK: &str = "insert into period_lock (through, reason, made_in) values ('2026-09-30', 'quarter closed', {n})";

#[test]
fn a_posting_in_a_locked_period_is_refused_and_the_day_after_is_open() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(LOCK).await;
        books.write(ISSUED).await;
        let on = |day| {
            format!(
                "{POSTING} {}, {}",
                leg(1, 1, RENT, day, 5000),
                leg(1, 2, CHECKING, day, -5000)
            )
        };
        for day in ["2026-09-30", "2026-09-01", "1999-01-01"] {
            books.refused(&on(day), Locked).await;
        }
        books.allowed(&on("2026-10-01")).await;
    });
}

#[test]
fn one_line_in_a_locked_period_among_many_that_are_not_is_refused() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(LOCK).await;
        books.write(ISSUED).await;
        let legs = [
            leg(1, 1, RENT, "2026-10-01", 1),
            leg(1, 2, CHECKING, "2026-10-01", -1),
            leg(1, 3, RENT, "2026-09-30", 1),
            leg(1, 4, CHECKING, "2026-09-30", -1),
        ];
        books.refused(&format!("{POSTING} {}", legs.join(", ")), Locked).await;
    });
}

#[test]
fn a_posting_in_a_locked_period_is_not_retired() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&rent(1, "2026-09-30", 5000)).await;
        books.write(LOCK).await;
        books.refused(&retire(1), Locked).await;
        // The correction lies after the lock.
        books
            .allowed(&format!(
                "{POSTING} {}, {}",
                leg(1, 1, RENT, "2026-10-01", -5000),
                leg(1, 2, CHECKING, "2026-10-01", 5000)
            ))
            .await;
    });
}

#[test]
fn the_newest_lock_is_in_force_and_one_without_a_day_opens_everything() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(LOCK).await;
        books.write(ISSUED).await;
        let september = format!(
            "{POSTING} {}, {}",
            leg(1, 1, RENT, "2026-09-15", 1),
            leg(1, 2, CHECKING, "2026-09-15", -1)
        );
        books.refused(&september, Locked).await;
        books
            .write("insert into period_lock (through, reason, made_in) values ('2026-08-31', 'September again', {n})")
            .await;
        books.allowed(&september).await;
        books.write(LOCK).await;
        books.refused(&september, Locked).await;
        books
            .write("insert into period_lock (through, reason, made_in) values (null, 'all open', {n})")
            .await;
        books.allowed(&september).await;
    });
}

#[test]
fn a_lock_says_why_and_is_never_changed_or_taken_back() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books
            .refused(
                "insert into period_lock (through, reason, made_in) values ('2026-09-30', ' ', {n})",
                tenancy::RefusalCode::Constraint,
            )
            .await;
        books.write(LOCK).await;
        books
            .never("update period_lock set through = '2026-01-01'", NeverChanged)
            .await;
        books.never("delete from period_lock", NeverChanged).await;
    });
}

/// An invoice of 100.00 in September (item 1) and a credit of 100.00 in October (item 2), both of one customer.
async fn two_items(kit: &'static testkit::Kit) -> Books {
    let books = Books::new(kit).await;
    books
        .write(&format!(
            "{ISSUED}; {ISSUED}; insert into open_item (document_id, account_id, contact_id) values (1, {RECEIVABLE}, {NORD}), (2, {RECEIVABLE}, {NORD});
             {POSTING} {}, {}, {}, {}",
            item_leg(1, 1, RECEIVABLE, NORD, 1, "2026-09-10", 10000),
            leg(1, 2, RENT, "2026-09-10", -10000),
            item_leg(2, 1, RECEIVABLE, NORD, 2, "2026-10-10", -10000),
            leg(2, 2, RENT, "2026-10-10", 10000)
        ))
        .await;
    books
}

fn settle(day: &str) -> String {
    format!(
        "insert into settlement (debit_item_id, credit_item_id, amount, applied_on, made_in) values (1, 2, 4000, '{day}', {{n}})"
    )
}

#[test]
fn a_settlement_in_a_locked_period_is_refused_and_not_retired() {
    testkit::run(async |kit| {
        let books = two_items(kit).await;
        books.write(&settle("2026-09-20")).await;
        books.write(LOCK).await;
        books.refused(&settle("2026-09-30"), Locked).await;
        books.refused("update settlement set retired_in = {n}", Locked).await;
        books.allowed(&settle("2026-10-01")).await;
        // It is undone by a negative one at an open date.
        books.allowed("insert into settlement (debit_item_id, credit_item_id, amount, applied_on, reverses_id, made_in) values (1, 2, -4000, '2026-10-01', 1, {n})").await;
    });
}

#[test]
fn a_document_settled_in_a_locked_period_is_not_revised() {
    testkit::run(async |kit| {
        let books = two_items(kit).await;
        books.write(&settle("2026-09-20")).await;
        // One statement, as the program writes a revision.
        let revise = format!(
            "with gone as (update posting set retired_in = {{n}} where document_id = 2 and line_no = 2 returning id),
                  made as ({POSTING} {} returning id) select count(*) from gone, made",
            leg(2, 2, CHECKING, "2026-10-10", 10000)
        );
        books.allowed(&revise).await;
        books.write(LOCK).await;
        books.refused(&revise, Locked).await;
    });
}

#[test]
fn a_posting_that_waited_for_a_lock_to_be_set_finds_it() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        let september = format!(
            "{POSTING} {}, {}",
            leg(1, 1, RENT, "2026-09-30", 5000),
            leg(1, 2, CHECKING, "2026-09-30", -5000)
        );
        assert_eq!(code(books.race(LOCK, &september).await), Locked);
        assert_eq!(books.number("select count(*) from posting").await, 0);
    });
}

#[test]
fn a_retirement_that_waited_for_a_lock_to_be_set_finds_it() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&rent(1, "2026-09-30", 5000)).await;
        assert_eq!(code(books.race(LOCK, &retire(1)).await), Locked);
    });
}

#[test]
fn a_settlement_that_waited_for_a_lock_to_be_set_finds_it() {
    testkit::run(async |kit| {
        let books = two_items(kit).await;
        assert_eq!(code(books.race(LOCK, &settle("2026-09-30")).await), Locked);
    });
}

#[test]
fn only_an_opening_entry_lies_before_the_books_begin() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write("update company set books_begin_on = '2026-01-01'").await;
        books.write(ISSUED).await;
        books.write("insert into document (kind, state, currency, source) values ('opening_entry', 'issued', 'USD', 'person')").await;
        let on = |document, day| {
            format!(
                "{POSTING} {}, {}",
                leg(document, 1, RENT, day, 5000),
                leg(document, 2, CHECKING, day, -5000)
            )
        };
        books.refused(&on(1, "2025-12-31"), BeforeBooks).await;
        books.allowed(&on(1, "2026-01-01")).await;
        books.allowed(&on(2, "2025-12-31")).await;
    });
}

#[test]
fn a_posting_that_waited_for_the_beginning_to_be_set_finds_it() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        let early = format!(
            "{POSTING} {}, {}",
            leg(1, 1, RENT, "2025-12-31", 5000),
            leg(1, 2, CHECKING, "2025-12-31", -5000)
        );
        assert_eq!(
            code(
                books
                    .race("update company set books_begin_on = '2026-01-01'", &early)
                    .await
            ),
            BeforeBooks
        );
    });
}

#[test]
fn only_accountants_admins_and_the_system_lock_and_open_periods() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        for (role, allowed) in [(Role::Editor, false), (Role::Accountant, true), (Role::Admin, true)] {
            let cx = kit.with_role(&books.cx, role);
            let Opened::Change(mut tx) = cx
                .write(Capability::Documents, &RequestKey::fresh())
                .await
                .expect("a change")
            else {
                panic!("a fresh key was used before");
            };
            let set = run(&mut tx, LOCK).await;
            assert_eq!(
                set.err().map(|error| code(Err(error))),
                (!allowed).then_some(NotPermitted),
                "{role:?}"
            );
        }
    });
}

/// Somebody's try at statements in a change of their own, in a role.
async fn as_person(kit: &Kit, books: &Books, person: &str, role: Role, statements: &str) -> Result<(), Error> {
    let actor = Actor::person(&format!("{person}@junipercycles.example"));
    let tenant = books.cx.tenant().clone();
    let cx = kit.tenancy.cx(tenant, actor, role, "test".to_owned());
    let Opened::Change(mut tx) = cx.write(Capability::Documents, &RequestKey::fresh()).await? else {
        panic!("a fresh key was used before");
    };
    run(&mut tx, statements).await
}

/// Rent on a day of September as document 1, which is there.
fn september(day: u8) -> String {
    let day = format!("2026-09-{day:02}");
    format!(
        "{POSTING} {}, {}",
        leg(1, 1, RENT, &day, 1),
        leg(1, 2, CHECKING, &day, -1)
    )
}

#[test]
fn a_lock_for_editors_keeps_out_everybody_below_an_accountant() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        books
            .write("insert into period_lock (level, through, reason, made_in) values ('editors', '2026-09-30', 'being finished', {n})")
            .await;
        let by = async |role| as_person(kit, &books, "sam", role, &september(30)).await;
        assert_eq!(code(by(Role::Editor).await), Locked);
        by(Role::Accountant).await.expect("an accountant finishes the period");
        by(Role::Admin).await.expect("an admin too");
        // The one for everyone is another, and the later of the two holds for an editor.
        books
            .write("insert into period_lock (level, through, reason, made_in) values ('everyone', '2026-09-15', 'half filed', {n})")
            .await;
        assert_eq!(
            code(as_person(kit, &books, "priya", Role::Accountant, &september(15)).await),
            Locked
        );
        by(Role::Accountant).await.expect("after it an accountant goes on");
        assert_eq!(code(by(Role::Editor).await), Locked);
        books
            .write(
                "insert into period_lock (level, through, reason, made_in) values ('editors', null, 'finished', {n})",
            )
            .await;
        by(Role::Editor).await.expect("what is open for editors is open");
        assert_eq!(
            code(as_person(kit, &books, "sam", Role::Editor, &september(15)).await),
            Locked
        );
    });
}

#[test]
fn a_lock_knows_two_levels_and_one_without_a_level_is_for_everyone() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books
            .refused(
                "insert into period_lock (level, through, reason, made_in) values ('viewers', '2026-09-30', 'no', {n})",
                tenancy::RefusalCode::Constraint,
            )
            .await;
        books.write(ISSUED).await;
        books.write(LOCK).await;
        assert_eq!(
            code(as_person(kit, &books, "dana", Role::Admin, &september(30)).await),
            Locked
        );
    });
}

/// Sam may touch what is after Sep 9 until a moment, an expression of SQL.
fn exception(until: &str) -> String {
    format!(
        "insert into lock_exception (person, from_day, until, reason, made_in)
         values ('sam@junipercycles.example', '2026-09-10', {until}, 'a late bill', {{n}})"
    )
}

#[test]
fn an_exception_lets_one_person_through_from_its_day_on() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        books.write(LOCK).await;
        books
            .write("insert into period_lock (level, through, reason, made_in) values ('editors', '2026-10-31', 'being finished', {n})")
            .await;
        books.write(&exception("now() + interval '1 hour'")).await;
        let by = async |person: &str, day| as_person(kit, &books, person, Role::Editor, &september(day)).await;
        by("sam", 10).await.expect("through both locks");
        assert_eq!(code(by("sam", 9).await), Locked, "before its day they hold");
        assert_eq!(code(by("lee", 10).await), Locked, "for anybody else too");
        assert_eq!(
            code(as_person(kit, &books, "priya", Role::Admin, &september(10)).await),
            Locked
        );
    });
}

#[test]
fn an_exception_ends_with_its_time_or_when_it_is_revoked() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        books.write(LOCK).await;
        let by_sam = async || as_person(kit, &books, "sam", Role::Accountant, &september(20)).await;
        books.write(&exception("now() - interval '1 second'")).await;
        assert_eq!(code(by_sam().await), Locked, "its time is over");
        books.write(&exception("now() + interval '30 days'")).await;
        by_sam().await.expect("it runs");
        books
            .write("update lock_exception set retired_in = {n} where retired_in is null")
            .await;
        assert_eq!(code(by_sam().await), Locked, "it was revoked");
    });
}

#[test]
fn an_exception_where_nothing_is_locked_locks_nothing() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(ISSUED).await;
        books.write(&exception("now() + interval '1 hour'")).await;
        as_person(kit, &books, "sam", Role::Editor, &september(1))
            .await
            .expect("nothing is locked");
        // A lock that ends before the exception's day is not moved by it.
        books
            .write("insert into period_lock (through, reason, made_in) values ('2026-09-05', 'early', {n})")
            .await;
        assert_eq!(
            code(as_person(kit, &books, "sam", Role::Editor, &september(5)).await),
            Locked
        );
        as_person(kit, &books, "sam", Role::Editor, &september(6))
            .await
            .expect("the day after the lock is open");
    });
}

#[test]
fn an_editor_neither_grants_nor_revokes_an_exception_and_it_is_never_changed() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        let granting = exception("now() + interval '1 hour'");
        assert_eq!(
            code(as_person(kit, &books, "sam", Role::Editor, &granting).await),
            NotPermitted
        );
        books.write(&granting).await;
        let revoking = "update lock_exception set retired_in = {n}";
        assert_eq!(
            code(as_person(kit, &books, "sam", Role::Editor, revoking).await),
            NotPermitted
        );
        books
            .never(
                "update lock_exception set until = until + interval '1 year'",
                NeverChanged,
            )
            .await;
        books.never("delete from lock_exception", NeverChanged).await;
        books.write(revoking).await;
        books.refused(revoking, NeverChanged).await;
    });
}
