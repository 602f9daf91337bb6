//! A record that was left alone holds, whatever was written.

use audit::{Verified, first_link, verify};
use tenancy::Role;

use crate::fixture::{change, commit, juniper};

#[test]
fn a_new_company_has_an_empty_record_that_holds() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let verified = verify(&cx).await.expect("it holds");
        assert_eq!((verified.events, verified.changes, verified.rows), (0, 0, 0));
        assert_eq!(verified.head, first_link(cx.tenant().id.uuid()));
    });
}

#[test]
fn a_record_left_alone_holds_and_counts_its_events_and_rows() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        let Verified {
            events, changes, rows, ..
        } = verify(&cx).await.expect("it holds");
        // One company, two accounts, one contact; and the account's new name.
        assert_eq!((events, changes, rows), (5, 3, 4));
    });
}

#[test]
fn a_change_that_wrote_nothing_and_one_rolled_back_leave_the_record_whole() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        commit(&cx, &[]).await;
        let mut dropped = change(&cx).await;
        sqlx::query("update account set active = false")
            .execute(&mut *dropped)
            .await
            .expect("updated");
        drop(dropped);
        commit(&cx, &["update account set active = false where name = 'Shop rent'"]).await;
        let verified = verify(&cx).await.expect("it holds");
        assert_eq!((verified.events, verified.changes), (6, 5));
    });
}

#[test]
fn a_viewer_may_verify() {
    testkit::run(async |kit| {
        let cx = kit.with_role(&juniper(kit).await, Role::Viewer);
        assert!(verify(&cx).await.is_ok());
    });
}

#[test]
fn writers_do_not_wait_for_a_verification_nor_it_for_them() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        let mut tx = change(&cx).await;
        sqlx::query("update account set active = false")
            .execute(&mut *tx)
            .await
            .expect("updated");
        let verified = verify(&cx).await.expect("it holds, as of before the open change");
        assert_eq!(verified.events, 5);
        tx.commit(&()).await.expect("committed");
        assert_eq!(verify(&cx).await.expect("it holds").events, 7);
    });
}

#[test]
fn odd_text_odd_bytes_and_a_session_with_other_settings_change_nothing() {
    testkit::run(async |kit| {
        let cx = juniper(kit).await;
        let mut tx = change(&cx).await;
        for statement in [
            "set local timezone = 'Asia/Kathmandu'",
            "set local datestyle = 'German, DMY'",
            "set local bytea_output = 'escape'",
            "set local extra_float_digits = -15",
            "update company set tax_id_sealed = '\\x00ff5c22', tax_id_hint = '6789', books_begin_on = date '2026-01-01', name = E'Tab\\there, \\u2028 and \\U0001F6B2'",
        ] {
            sqlx::query(statement).execute(&mut *tx).await.expect(statement);
        }
        tx.commit(&()).await.expect("committed");
        assert_eq!(verify(&cx).await.expect("it holds").events, 6);
    });
}
