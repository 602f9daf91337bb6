//! Changes: one a transaction, a repeat gets the first answer, and who made it cannot be forged from inside.

use tenancy::{Capability, Error, Opened, RefusalCode, RequestKey, SCHEMA_VERSION};

use crate::town::{ask, ask_writing, change, company_at, town};

#[test]
fn a_repeated_request_gets_the_first_answer() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let key = RequestKey::fresh();
        let Opened::Change(tx) = cx.write(Capability::Documents, &key).await.expect("a change") else {
            panic!("the first request opens a change");
        };
        assert_eq!(tx.change(), 1);
        tx.commit(&42).await.expect("committed");
        match cx.write(Capability::Documents, &key).await.expect("an answer") {
            Opened::Repeated(answer) => assert_eq!(answer.read::<i32>().expect("a number"), 42),
            Opened::Change(_) => panic!("the repeat opened a change"),
        }
    });
}

#[test]
fn a_request_that_was_rolled_back_leaves_its_key_and_its_number_free() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let key = RequestKey::fresh();
        for _ in 0..2 {
            let Opened::Change(tx) = cx.write(Capability::Documents, &key).await.expect("a change") else {
                panic!("nothing was kept");
            };
            assert_eq!(tx.change(), 1);
        }
    });
}

#[test]
fn the_same_key_in_two_companies_is_two_requests() {
    testkit::run(async |kit| {
        let key = RequestKey::fresh();
        for cx in [kit.company("Juniper Cycles").await, kit.company("Harbor Books").await] {
            let Opened::Change(tx) = cx.write(Capability::Documents, &key).await.expect("a change") else {
                panic!("another company's key was found");
            };
            tx.commit(&()).await.expect("committed");
        }
    });
}

#[test]
fn a_second_change_in_a_transaction_is_refused() {
    testkit::run(async |kit| {
        let cx = &town(kit).await.attacker;
        let again = format!(
            "select change_open('{}', {SCHEMA_VERSION}, 'again', 'person', 'mallory', 'admin', 'r')",
            cx.tenant().id
        );
        assert_eq!(ask_writing(cx, &again).await, Err("CF011".to_owned()));
    });
}

#[test]
fn a_change_names_its_own_company_and_a_known_version() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        for (id, version) in [
            (town.neighbor.tenant().id, SCHEMA_VERSION),
            (town.attacker.tenant().id, SCHEMA_VERSION + 2),
            (town.attacker.tenant().id, SCHEMA_VERSION - 1),
        ] {
            let open = format!("select change_open('{id}', {version}, 'k', 'person', 'mallory', 'admin', 'r')");
            assert_eq!(
                ask_writing(&town.attacker, &open).await,
                Err("CF010".to_owned()),
                "{open}"
            );
        }
    });
}

#[test]
fn no_setting_forges_who_acts() {
    testkit::run(async |kit| {
        let cx = company_at(kit, "a", 0).await;
        let mut tx = change(&cx).await;
        for forgery in [
            "set local cartefi.actor = 'mallory'",
            "set local cartefi.change = '1'",
            "set local application_name = 'mallory'",
            "set local search_path = pg_temp",
            "set local timezone = 'Asia/Kathmandu'",
            "set local check_function_bodies = off",
        ] {
            ask(&mut tx, forgery).await.expect("PostgreSQL allows it");
        }
        let schema = cx.tenant().id.schema();
        ask(
            &mut tx,
            &format!("insert into {schema}.contact (name, customer, vendor) values ('Nord', true, false)"),
        )
        .await
        .expect("a contact");
        ask(&mut tx, &format!("set local search_path = {schema}"))
            .await
            .expect("the program's own path");
        tx.commit(&()).await.expect("committed");
        let event = crate::town::ask_reading(
            &cx,
            "select convert_from(bytes, 'UTF8') from audit_event order by seq desc limit 1",
        )
        .await
        .expect("an event");
        assert!(event[0].contains(r#""change":2,"at":"20"#), "{event:?}");
        assert!(
            event[0].contains(
                r#""actor_kind":"person","actor":"dana@junipercycles.example","role":"admin","request":"test""#
            ),
            "{event:?}"
        );
    });
}

#[test]
fn no_setting_turns_the_recorders_or_the_refusals_off() {
    testkit::run(async |kit| {
        let cx = &town(kit).await.attacker;
        for attack in [
            "set local session_replication_role = replica",
            "set local ignore_checksum_failure = on",
            "set local log_statement = 'all'",
        ] {
            assert_eq!(ask_writing(cx, attack).await, Err("42501".to_owned()), "{attack}");
        }
    });
}

#[test]
fn an_event_of_ones_own_making_is_a_note_and_nothing_else() {
    testkit::run(async |kit| {
        let cx = &town(kit).await.attacker;
        for action in ["'insert'", "'update'", "'delete'", "''", "'REVEAL'", "null"] {
            let note = format!("select audit_note({action}, 'posting', '1', '{{}}')");
            assert_eq!(ask_writing(cx, &note).await, Err("CF007".to_owned()), "{action}");
        }
        for attack in [
            "select audit_note('export', 'company', '1', to_jsonb(repeat('x', 5000)))",
            "select audit_note('export', 'company', repeat('1', 101), '{}')",
            "select audit_note('access', 'document', '17', '{\"state\": \"void\"}')",
            "select audit_note('access', null, '17', '{}')",
        ] {
            assert_eq!(ask_writing(cx, attack).await, Err("CF007".to_owned()), "{attack}");
        }
        for attack in [
            "select audit_append('insert', 'posting', array['1'], null, null)",
            "select audit_insert()",
            "select books_table('staging', 'mutable', 'id')",
        ] {
            let answer = ask_writing(cx, attack).await;
            assert!(
                matches!(answer.as_ref().map_err(String::as_str), Err("42501" | "0A000")),
                "{attack}: {answer:?}"
            );
        }
    });
}

#[test]
fn an_answer_is_kept_once() {
    testkit::run(async |kit| {
        let cx = company_at(kit, "a", 0).await;
        let mut tx = change(&cx).await;
        ask(&mut tx, "select change_answer('forged')")
            .await
            .expect("the change has no answer yet");
        let error = tx.commit(&"true").await.expect_err("it has one now");
        assert_eq!(error.refusal().map(|refusal| refusal.code), Some(RefusalCode::NoChange));
    });
}

#[test]
fn a_change_cut_short_by_a_smuggled_commit_keeps_no_answer_and_writes_no_more() {
    testkit::run(async |kit| {
        let cx = company_at(kit, "a", 0).await;
        let mut tx = change(&cx).await;
        ask(
            &mut tx,
            "insert into contact (name, customer, vendor) values ('Nord', true, false)",
        )
        .await
        .expect("a contact");
        ask(&mut tx, "commit").await.expect("PostgreSQL allows it");
        let late = format!(
            "insert into {}.contact (name, customer, vendor) values ('Süd', true, false)",
            cx.tenant().id.schema()
        );
        assert_eq!(ask(&mut tx, &late).await, Err("42501".to_owned()));
        // change_answer is looked for without a path: the caller is told that it failed.
        assert!(matches!(
            tx.commit(&()).await,
            Err(Error::Database(_) | Error::Refused(_))
        ));
    });
}
