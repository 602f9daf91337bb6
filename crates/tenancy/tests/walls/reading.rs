//! A reading transaction: what it started as, it stays.

use tenancy::limits::COMPANY_READS;
use tenancy::{Actor, Capability, Error, Role};

use crate::town::{ask, ask_reading, change, town};

const WRITE: &str = "insert into staging (person, file_name, file_sealed) values ('m', 'f', '')";

#[test]
fn a_reading_transaction_refuses_to_write() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        for attack in [
            WRITE,
            "delete from staging",
            "select * from staging for update",
            "select nextval('account_id_seq')",
            "notify channel",
        ] {
            let answer = ask_reading(attacker, attack).await;
            assert!(
                matches!(answer.as_ref().map_err(String::as_str), Err("25006" | "42501")) || attack == "notify channel",
                "{attack}: {answer:?}"
            );
        }
        let id = attacker.tenant().id;
        let version = tenancy::SCHEMA_VERSION;
        let opened = ask_reading(
            attacker,
            &format!("select change_open('{id}', {version}, 'k', 'person', 'mallory', 'admin', 'r')"),
        )
        .await;
        assert_eq!(opened, Err("25006".to_owned()));
        let noted = ask_reading(attacker, "select audit_note('export', 'company', '1', '{}')").await;
        assert_eq!(noted, Err("CF008".to_owned()));
    });
}

#[test]
fn a_reading_transaction_is_never_turned_writable() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        for attack in [
            "set transaction read write",
            "set local transaction_read_only = off",
            "set transaction_read_only = off",
            "set transaction isolation level serializable, read write",
            "reset all",
            "set session characteristics as transaction read write",
            "set default_transaction_read_only = off",
            "begin read write",
            "start transaction read write",
            "savepoint s",
        ] {
            let mut tx = attacker
                .read(Capability::ReadBooks)
                .await
                .expect("a reading transaction");
            let _ = ask(&mut tx, attack).await;
            let wrote = ask(&mut tx, WRITE).await;
            // 25P02: the attack already failed, and with it the transaction.
            assert!(
                matches!(wrote.as_ref().map_err(String::as_str), Err("25006" | "25P02")),
                "{attack}: {wrote:?}"
            );
        }
    });
}

#[test]
fn a_smuggled_reset_makes_a_reading_transaction_writable_and_the_books_still_want_a_change() {
    testkit::run(async |kit| {
        // What does not hold, stated: PostgreSQL 15 checks SET transaction_read_only and not its RESET. The statement itself writes
        // and tells nothing; a second one would get as far as what any writing statement without a change gets.
        let attacker = &town(kit).await.attacker;
        for attack in [
            "reset transaction_read_only",
            "set local transaction_read_only to default",
        ] {
            for (write, answer) in [
                (WRITE, Ok(vec![])),
                (
                    "insert into contact (name, customer, vendor) values ('x', true, false)",
                    Err("CF008".to_owned()),
                ),
                ("update company set name = 'x'", Err("CF008".to_owned())),
                ("delete from posting", Err("42501".to_owned())),
            ] {
                let mut tx = attacker
                    .read(Capability::ReadBooks)
                    .await
                    .expect("a reading transaction");
                assert_eq!(ask(&mut tx, attack).await, Ok(vec![]));
                assert_eq!(ask(&mut tx, write).await, answer, "{write}");
            }
        }
    });
}

#[test]
fn a_smuggled_end_of_the_transaction_leaves_a_login_without_a_role() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        let own = attacker.tenant().id.schema();
        for attack in [
            "commit",
            "rollback",
            "commit and chain",
            "rollback and chain",
            "end",
            "abort",
        ] {
            let mut tx = attacker
                .read(Capability::ReadBooks)
                .await
                .expect("a reading transaction");
            ask(&mut tx, attack).await.expect("PostgreSQL allows it");
            let mut after = vec![format!("select name from {own}.company")];
            after.extend([WRITE, "select name from company"].map(str::to_owned));
            for statement in after {
                let answer = ask(&mut tx, &statement).await;
                assert!(
                    matches!(
                        answer.as_ref().map_err(String::as_str),
                        Err("42501" | "42P01" | "25P02")
                    ),
                    "{attack}; {statement}: {answer:?}"
                );
            }
        }
    });
}

#[test]
fn a_text_with_several_statements_is_refused_as_a_whole() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let other = town.neighbor.tenant().id.schema();
        for attack in [
            format!("select 1; set local role {other}"),
            format!("set local role {other}; select name from {other}.company"),
            format!("select name from company where name = ''; set role {other}; select name from {other}.company --'"),
            "select 1; select 2".to_owned(),
            "commit; begin".to_owned(),
        ] {
            assert_eq!(
                ask_reading(&town.attacker, &attack).await,
                Err("42601".to_owned()),
                "{attack}"
            );
        }
    });
}

#[test]
fn every_statement_of_a_reading_transaction_sees_the_same_moment() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let mut tx = cx.read(Capability::ReadBooks).await.expect("a reading transaction");
        let count = "select count(*)::text from contact";
        assert_eq!(ask(&mut tx, count).await, Ok(vec!["0".to_owned()]));
        let mut change = crate::town::change(&cx).await;
        ask(
            &mut change,
            "insert into contact (name, customer, vendor) values ('Nord', true, false)",
        )
        .await
        .expect("a contact");
        change.commit(&()).await.expect("committed");
        assert_eq!(ask(&mut tx, count).await, Ok(vec!["0".to_owned()]));
        assert_eq!(ask_reading(&cx, count).await, Ok(vec!["1".to_owned()]));
    });
}

#[test]
fn a_long_query_is_cut_off_by_the_transactions_own_limit() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        let limits = ask_reading(
            attacker,
            "select current_setting('statement_timeout'), current_setting('lock_timeout')",
        )
        .await;
        assert_eq!(limits, Ok(vec!["30s".to_owned(), "5s".to_owned()]));
    });
}

#[test]
fn reads_of_one_moment_agree_whatever_is_written_between_them() {
    testkit::run(async |kit| {
        let cx = &town(kit).await.attacker;
        let count = "select count(*)::text, pg_backend_pid()::text from contact";
        let page = cx.at_one_moment();
        let before = ask_reading(&page, count).await.expect("the contacts");
        let mut tx = change(cx).await;
        ask(
            &mut tx,
            "insert into contact (name, customer, vendor) values ('Between', true, false)",
        )
        .await
        .expect("a contact");
        tx.commit(&()).await.expect("it is written");
        let after = ask_reading(&page.clone(), count).await.expect("the contacts");
        assert_eq!(after, before, "the same contacts, read over the same connection");
        let now = ask_reading(cx, count).await.expect("the contacts");
        assert_ne!(now[0], before[0], "whoever reads apart sees what was written");
    });
}

#[test]
fn a_read_while_another_of_its_moment_is_under_way_opens_its_own() {
    testkit::run(async |kit| {
        let page = town(kit).await.attacker.at_one_moment();
        let backend = "select pg_backend_pid()::text";
        let mut first = page.read(Capability::ReadBooks).await.expect("a read");
        let mut second = page.read(Capability::ReadBooks).await.expect("another");
        let (one, other) = (ask(&mut first, backend).await, ask(&mut second, backend).await);
        assert_ne!(one, other);
        drop((first, second));
        let third = ask_reading(&page, backend).await;
        assert_eq!(third, one, "the first is gone on in");
    });
}

#[test]
fn each_read_of_a_moment_needs_its_own_capability() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        let tenant = attacker.tenant().clone();
        let viewer = attacker
            .tenancy()
            .cx(tenant, Actor::person("v@example.com"), Role::Viewer, "r".to_owned());
        let page = viewer.at_one_moment();
        page.read(Capability::ReadBooks).await.expect("a viewer may");
        assert!(matches!(page.read(Capability::People).await, Err(Error::Forbidden)));
    });
}

#[test]
fn whoever_waits_for_a_turn_holds_no_place_among_the_readers() {
    testkit::run(async |kit| {
        let cx = &town(kit).await.attacker;
        let taken = cx.heavy_work().await.expect("a turn");
        // As many pages as there are places have read something and now wait for the turn.
        let waiting: Vec<_> = (0..COMPANY_READS)
            .map(|_| {
                let page = cx.at_one_moment();
                tokio::spawn(async move {
                    ask_reading(&page, "select 1").await.expect("a read");
                    page.heavy_work().await.map(drop)
                })
            })
            .collect();
        ask_reading(cx, "select 1").await.expect("a place is left");
        drop(taken);
        for page in waiting {
            page.await.expect("it ends").expect("its turn comes");
        }
    });
}

#[test]
fn what_is_read_apart_is_not_of_the_moment() {
    testkit::run(async |kit| {
        let page = town(kit).await.attacker.at_one_moment();
        let backend = "select count(*)::text, pg_backend_pid()::text from contact";
        let before = ask_reading(&page, backend).await;
        let mut tx = change(&page).await;
        ask(
            &mut tx,
            "insert into contact (name, customer, vendor) values ('Later', true, false)",
        )
        .await
        .expect("a contact");
        tx.commit(&()).await.expect("it is written");
        assert_eq!(ask_reading(&page, backend).await, before);
        assert_ne!(ask_reading(&page.apart(), backend).await, before);
    });
}
