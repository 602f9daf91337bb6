//! A superuser rewrites a company's books or its record in every way we could think of; each is found, and named.

use audit::{AuditError, Fault, Findings, HeadFault, RowFault, verify};
use tenancy::Cx;

use crate::fixture::{commit, juniper, tamper, tamper_unseen};

async fn findings(cx: &Cx) -> Findings {
    match verify(cx).await {
        Err(AuditError::Findings(findings)) => *findings,
        other => panic!("nothing was found: {other:?}"),
    }
}

/// The one row found, as table, key and fault.
async fn one_row(cx: &Cx) -> (String, String, RowFault) {
    let findings = findings(cx).await;
    assert_eq!(findings.rows.count, 1, "{findings}");
    let row = findings.rows.named[0].clone();
    (row.table, row.row, row.fault)
}

#[test]
fn an_event_rewritten_is_named() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        let swap = "update audit_event set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'Checking', 'Choking'), 'UTF8') where seq = 2";
        tamper_unseen(kit, &cx, "audit_event", swap).await;
        let bad = findings(&cx).await.event.expect("a bad event");
        assert!(matches!((bad.seq, bad.fault), (2, Fault::Hash)));
    });
}

#[test]
fn an_event_removed_is_a_gap() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        tamper_unseen(kit, &cx, "audit_event", "delete from audit_event where seq = 3").await;
        let bad = findings(&cx).await.event.expect("a bad event");
        assert!(matches!((bad.seq, bad.fault), (4, Fault::Gap { expected: 3 })));
    });
}

#[test]
fn an_event_moved_to_another_row_or_change_is_named() {
    testkit::run(async |kit| {
        for (column, value) in [("row_id", "'9'"), ("source", "'contact'"), ("change", "1")] {
            let cx = juniper(kit).await;
            tamper_unseen(
                kit,
                &cx,
                "audit_event",
                &format!("update audit_event set {column} = {value} where seq = 5"),
            )
            .await;
            let bad = findings(&cx).await.event.expect("a bad event");
            assert!(matches!((bad.seq, bad.fault), (5, Fault::Column(named)) if named == column));
        }
    });
}

#[test]
fn a_change_given_to_somebody_else_or_another_day_is_named() {
    testkit::run(async |kit| {
        for (set, said) in [
            ("actor = 'evan@junipercycles.example'", "actor"),
            ("at = at - interval '1 day'", "time"),
            ("role = 'viewer'", "role"),
        ] {
            let cx = juniper(kit).await;
            tamper_unseen(kit, &cx, "change", &format!("update change set {set} where n = 2")).await;
            let bad = findings(&cx).await.event.expect("a bad event");
            assert!(matches!((bad.seq, bad.fault), (4, Fault::Change(named)) if named == said));
        }
    });
}

#[test]
fn a_change_removed_is_counted() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        commit(&cx, &[]).await;
        commit(&cx, &[]).await;
        tamper_unseen(kit, &cx, "change", "delete from change where n = 4").await;
        assert_eq!(findings(&cx).await.head, Some(HeadFault::Changes { head: 5, there: 4 }));
    });
}

#[test]
fn the_last_events_cut_off_without_the_head_are_missed() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        tamper_unseen(kit, &cx, "audit_event", "delete from audit_event where seq = 5").await;
        assert_eq!(findings(&cx).await.head, Some(HeadFault::Seq { head: 5, last: 4 }));
    });
}

#[test]
fn a_head_with_another_hash_is_found() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        tamper_unseen(kit, &cx, "audit_head", "update audit_head set hash = sha256('other')").await;
        assert_eq!(findings(&cx).await.head, Some(HeadFault::Hash));
    });
}

#[test]
fn a_row_changed_with_the_recorders_off_is_different() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        tamper_unseen(kit, &cx, "account", "update account set name = 'Choking' where id = 1").await;
        assert_eq!(one_row(&cx).await, ("account".into(), "1".into(), RowFault::Different));
    });
}

#[test]
fn a_row_changed_unseen_and_then_by_an_ordinary_change_is_still_found() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        tamper_unseen(kit, &cx, "account", "update account set name = 'Choking' where id = 1").await;
        commit(&cx, &["update account set number = '1010' where id = 1"]).await;
        assert_eq!(
            one_row(&cx).await,
            ("account".into(), "1".into(), RowFault::ChangedOutside { seq: 6 })
        );
    });
}

#[test]
fn a_row_put_in_unseen_is_extra_and_one_taken_out_is_missing() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        tamper_unseen(
            kit,
            &cx,
            "account",
            "insert into account (name, type, currency) values ('Slush', 'bank', 'USD')",
        )
        .await;
        assert_eq!(one_row(&cx).await, ("account".into(), "3".into(), RowFault::Extra));
        let cx = juniper(kit).await;
        tamper_unseen(kit, &cx, "contact", "delete from contact").await;
        assert_eq!(one_row(&cx).await, ("contact".into(), "1".into(), RowFault::Missing));
    });
}

#[test]
fn recorders_left_off_or_taken_away_are_found_before_anything_was_written() {
    testkit::run(async |kit| {
        for how in [
            "alter table posting disable trigger audit_insert",
            "alter table posting disable trigger require_change",
            "alter table posting enable trigger audit_update",
            "drop trigger audit_insert on posting",
            "drop trigger refuse_removal on posting",
        ] {
            let cx = juniper(kit).await;
            tamper(kit, &cx, how).await;
            assert_eq!(findings(&cx).await.tables, ["posting"], "{how}");
        }
    });
}

#[test]
fn a_recorder_that_runs_another_function_is_none() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        tamper(
            kit,
            &cx,
            "drop trigger audit_delete on posting;
             create trigger audit_delete after delete on posting for each statement execute function books_refuse_removal();
             alter table posting enable always trigger audit_delete",
        )
        .await;
        assert_eq!(findings(&cx).await.tables, ["posting"]);
    });
}

#[test]
fn a_table_beside_the_books_is_found() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        tamper(kit, &cx, "create table slush (id integer)").await;
        assert_eq!(findings(&cx).await.tables, ["slush"]);
    });
}

#[test]
fn what_was_found_reads_as_sentences() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        tamper_unseen(kit, &cx, "account", "update account set name = name || ' 2'").await;
        tamper_unseen(kit, &cx, "audit_head", "update audit_head set change = 9").await;
        assert_eq!(
            verify(&cx).await.expect_err("it does not hold").to_string(),
            "the record does not hold\nthe head counts 9 changes, and there are 3\naccount 1: not as it was recorded\naccount 2: not as it was recorded"
        );
    });
}
