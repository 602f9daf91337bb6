//! Functions that would lead around the walls, as an injected expression would call them.

use crate::town::{ask_reading, ask_writing, connect_beside, secret, town};

/// The attack fails with 42501 in a reading and in a writing transaction and for the login itself.
async fn closed(kit: &testkit::Kit, attack: &str) {
    let town = town(kit).await;
    let sql = attack.replace("{other}", &town.neighbor.tenant().id.schema());
    for answer in [
        ask_reading(&town.attacker, &sql).await,
        ask_writing(&town.attacker, &sql).await,
        crate::town::ask(&mut connect_beside(kit, &town.attacker).await, &sql).await,
    ] {
        assert_eq!(answer, Err("42501".to_owned()), "{sql}");
    }
}

#[test]
fn no_expression_changes_a_setting_and_with_it_the_company() {
    testkit::run(async |kit| {
        for attack in [
            "select set_config('role', '{other}', true)",
            "select set_config('search_path', '{other}', true)",
            "select set_config('session_authorization', '{other}', false)",
            "select set_config('transaction_read_only', 'off', true)",
            "select 1 where set_config('role', '{other}', false) is not null",
        ] {
            closed(kit, attack).await;
        }
    });
}

#[test]
fn no_expression_runs_a_text_as_a_query() {
    testkit::run(async |kit| {
        for attack in [
            "select query_to_xml('select name from {other}.company', true, false, '')",
            "select query_to_xml_and_xmlschema('select 1', true, false, '')",
            "select query_to_xmlschema('select 1', true, false, '')",
            "select table_to_xml('pg_class'::regclass, true, false, '')",
            "select schema_to_xml('pg_catalog', true, false, '')",
            "select database_to_xml(true, false, '')",
            "select cursor_to_xml('c', 1, true, false, '')",
            "select * from ts_stat('select to_tsvector(name) from {other}.company')",
            "select ts_rewrite('a'::tsquery, 'select ''a''::tsquery, ''b''::tsquery')",
        ] {
            closed(kit, attack).await;
        }
    });
}

#[test]
fn no_expression_connects_to_another_database() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        // Not installed, and not to be installed.
        assert_eq!(
            ask_reading(
                attacker,
                "select * from dblink('dbname=postgres', 'select 1') as t (i integer)"
            )
            .await,
            Err("42883".to_owned())
        );
        for extension in ["dblink", "postgres_fdw", "file_fdw", "plperl"] {
            let answer = ask_writing(attacker, &format!("create extension {extension}")).await;
            assert!(answer.is_err(), "{extension}");
        }
    });
}

#[test]
fn large_objects_are_closed() {
    testkit::run(async |kit| {
        for attack in [
            "select lo_create(0)",
            "select lo_creat(-1)",
            "select lo_from_bytea(0, 'x')",
            "select lo_import('/etc/hostname')",
            "select lo_export(1, '/tmp/cartefi-mallory')",
            "select lo_get(1)",
            "select lo_put(1, 0, 'x')",
            "select lo_open(1, 1)",
            "select lo_unlink(1)",
            "select loread(0, 1)",
            "select lowrite(0, 'x')",
            "select * from pg_largeobject",
        ] {
            closed(kit, attack).await;
        }
    });
}

#[test]
fn locks_that_others_could_see_or_wait_for_and_messages_to_other_sessions_are_closed() {
    testkit::run(async |kit| {
        for attack in [
            "select pg_advisory_lock(1)",
            "select pg_advisory_lock(1, 2)",
            "select pg_advisory_lock_shared(1)",
            "select pg_try_advisory_lock(1)",
            "select pg_try_advisory_lock_shared(1, 2)",
            "select pg_advisory_unlock(1)",
            "select pg_advisory_unlock_all()",
            "select pg_advisory_xact_lock(1)",
            "select pg_advisory_xact_lock_shared(1, 2)",
            "select pg_try_advisory_xact_lock(1)",
            "select pg_notify('channel', 'text')",
            "select pg_logical_emit_message(false, 'p', 'text')",
        ] {
            closed(kit, attack).await;
        }
    });
}

#[test]
fn the_servers_files_and_settings_are_closed() {
    testkit::run(async |kit| {
        for attack in [
            "select pg_read_file('/etc/hostname')",
            "select pg_read_binary_file('PG_VERSION')",
            "select pg_ls_dir('.')",
            "select pg_stat_file('PG_VERSION')",
            "select * from pg_ls_logdir()",
            "select pg_current_logfile()",
            "select pg_reload_conf()",
            "select pg_switch_wal()",
            "select * from pg_hba_file_rules",
            "select * from pg_file_settings",
            "select * from pg_authid",
            "select * from pg_shadow",
            "select * from pg_statistic",
            "select stxoid from pg_statistic_ext_data",
            "select * from pg_backend_memory_contexts",
            "select * from pg_shmem_allocations",
            "select * from pg_logical_slot_get_changes('s', null, null)",
            "select pg_create_logical_replication_slot('mallory', 'test_decoding')",
        ] {
            closed(kit, attack).await;
        }
    });
}

#[test]
fn another_companys_session_is_neither_read_nor_stopped() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        for other in [&town.neighbor, &town.across] {
            let mut theirs = other
                .read(tenancy::Capability::ReadBooks)
                .await
                .expect("a reading transaction");
            let marked = format!("select '{}', pg_backend_pid()::text", secret(other));
            let pid = crate::town::ask(&mut theirs, &marked).await.expect("a row")[1].clone();
            let seen = ask_reading(
                &town.attacker,
                &format!("select query from pg_stat_activity where pid = {pid}"),
            )
            .await;
            assert_eq!(seen, Ok(vec!["<insufficient privilege>".to_owned()]));
            let seen = ask_reading(&town.attacker, "select string_agg(query, ' ') from pg_stat_activity")
                .await
                .expect("a row");
            assert!(!seen.concat().contains("secret of"), "{seen:?}");
            for stop in ["pg_cancel_backend", "pg_terminate_backend"] {
                assert_eq!(
                    ask_reading(&town.attacker, &format!("select {stop}({pid})")).await,
                    Err("42501".to_owned())
                );
            }
        }
    });
}

#[test]
fn the_session_remembers_no_other_companys_number() {
    testkit::run(async |kit| {
        // lastval() is the session's and not the company's: it asks for a privilege that no company has.
        let town = town(kit).await;
        let mut tx = crate::town::change(&town.attacker).await;
        crate::town::ask(
            &mut tx,
            "insert into contact (name, customer, vendor) values ('Nord', true, false)",
        )
        .await
        .expect("a contact");
        assert_eq!(
            crate::town::ask(&mut tx, "select lastval()").await,
            Err("42501".to_owned())
        );
    });
}
