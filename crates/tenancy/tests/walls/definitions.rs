//! Defining things: nothing a company's role could make stands in for what is there, and nothing there can be altered.

use crate::town::{ask, ask_reading, ask_writing, change, secret, town};

async fn refused(kit: &testkit::Kit, attack: &str, states: &[&str]) {
    let attacker = &town(kit).await.attacker;
    let sql = attack.replace("{own}", &attacker.tenant().id.schema());
    let answer = ask_writing(attacker, &sql).await;
    assert!(
        answer.as_ref().is_err_and(|state| states.contains(&state.as_str())),
        "{sql}: {answer:?}"
    );
}

#[test]
fn a_temporary_table_cannot_stand_in_for_a_real_one() {
    testkit::run(async |kit| {
        for attack in [
            "create temporary table account (id bigint)",
            "create temporary table audit_head on commit drop as select 0 as seq",
            "create temporary view company as select 'x' as name",
            "create temporary sequence s",
            "select 1 as id into temporary table account",
            "create table pg_temp.account (id bigint)",
        ] {
            refused(kit, attack, &["42501"]).await;
            let attacker = &town(kit).await.attacker;
            // A temporary table would be allowed in a transaction that only reads.
            assert!(ask_reading(attacker, attack).await.is_err(), "{attack}");
        }
    });
}

#[test]
fn a_company_makes_nothing_in_its_own_schema_nor_anywhere() {
    testkit::run(async |kit| {
        for attack in [
            "create table t (i integer)",
            "create table {own}.t (i integer)",
            "create table public.t (i integer)",
            "create unlogged table {own}.t as select 1",
            "create view {own}.v as select 1 as i",
            "create materialized view {own}.v as select 1 as i",
            "create sequence {own}.s",
            "create type {own}.t as enum ('a')",
            "create domain {own}.d as integer",
            "create schema mallory",
            "create schema authorization {own}",
            "create operator {own}.=== (leftarg = integer, rightarg = integer, function = int4eq)",
            "create publication p for all tables",
            "create server s foreign data wrapper w",
            "create event trigger e on ddl_command_start execute function audit_insert()",
            "create role mallory",
            "create database mallory",
            "create index on account (name)",
        ] {
            refused(kit, attack, &["42501", "42704", "3F000", "25001"]).await;
        }
    });
}

#[test]
fn a_company_writes_no_code() {
    testkit::run(async |kit| {
        for attack in [
            "do $$ begin perform 1; end $$",
            "do language sql $$ select 1 $$",
            "create function {own}.f() returns integer language sql as 'select 1'",
            "create function {own}.f() returns integer language plpgsql as 'begin return 1; end'",
            "create function pg_temp.f() returns integer language sql as 'select 1'",
            "create function pg_temp.f() returns integer return 1",
            "create or replace function {own}.change_current() returns bigint language sql as 'select 1::bigint'",
            "create procedure pg_temp.p() language plpgsql as 'begin end'",
            "create function pg_temp.f() returns integer language c as 'x', 'y'",
            "create trigger t before insert on account for each row execute function audit_insert()",
            "create rule r as on insert to account do instead nothing",
            "load 'plpgsql'",
        ] {
            refused(kit, attack, &["42501", "42P13", "0A000"]).await;
        }
        let attacker = &town(kit).await.attacker;
        for language in ["plpgsql", "sql"] {
            let usable = ask_reading(
                attacker,
                &format!("select has_language_privilege('{language}', 'usage')::text"),
            )
            .await;
            assert_eq!(usable, Ok(vec!["false".to_owned()]), "{language}");
        }
    });
}

#[test]
fn a_company_alters_nothing_of_its_own_tables() {
    testkit::run(async |kit| {
        for attack in [
            "alter table posting disable trigger all",
            "alter table posting disable trigger audit_insert",
            "alter table posting add column x integer",
            "alter table posting owner to {own}",
            "alter table posting drop constraint posting_amount_not_zero",
            "alter table posting enable row level security",
            "create policy p on posting using (true)",
            "drop table posting",
            "drop trigger audit_insert on posting",
            "drop function audit_insert()",
            "drop schema {own} cascade",
            "alter schema {own} rename to mine",
            "alter function change_current() set search_path = public",
            "alter function change_current() owner to {own}",
            "comment on table posting is 'mine'",
            "truncate staging",
            "truncate posting",
            "delete from posting",
            "delete from audit_event",
            "insert into audit_event values (1, 1, 'a', '1', '', sha256(''))",
            "update audit_head set seq = 0",
            "insert into change values (99, now(), 'k', null, 'person', 'mallory', 'admin', 'r', pg_current_xact_id())",
            "update guard set schema_version = 1",
            "update month_total set amount = 0",
            "insert into month_total values (1, '2026-01-01', 1)",
            "update open_item_total set amount = 0",
            "delete from open_item_total",
            "select * from audit_head for update",
            "lock table audit_head in share mode",
        ] {
            refused(kit, attack, &["42501"]).await;
        }
    });
}

#[test]
fn a_company_gives_no_privilege_away() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let neighbor = town.neighbor.tenant().id.schema();
        // A grant without the right to grant is a warning and no grant.
        for attack in [
            "grant select on company to {n}",
            "grant select on company to public",
            "grant usage on schema {own} to {n}",
        ] {
            let sql = attack
                .replace("{n}", &neighbor)
                .replace("{own}", &town.attacker.tenant().id.schema());
            let mut tx = change(&town.attacker).await;
            let _ = ask(&mut tx, &sql).await;
            tx.commit(&()).await.ok();
            let seen = ask_reading(
                &town.neighbor,
                &format!("select name from {}.company", town.attacker.tenant().id.schema()),
            )
            .await;
            assert_eq!(seen, Err("42501".to_owned()), "{sql}");
        }
        let own = town.attacker.tenant().id.schema();
        assert!(
            ask_writing(&town.attacker, &format!("grant {own} to {neighbor}"))
                .await
                .is_err()
        );
    });
}

#[test]
fn a_company_changes_its_own_roles_settings_at_most_and_those_never_count() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let own = town.attacker.tenant().id.schema();
        let other = town.neighbor.tenant().id.schema();
        let names = kit.tenancy.names();
        for attack in [
            format!("alter role {own} superuser"),
            format!("alter role {own} login"),
            format!("alter role {own} inherit"),
            format!("alter role {other} set search_path = {own}"),
            format!(
                "alter role {} set search_path = {own}",
                names.sub_pool("a", 0).expect("a cell's name")
            ),
            format!(
                "alter role {} password 'x'",
                names.sub_pool("a", 0).expect("a cell's name")
            ),
            format!("alter role all set search_path = {own}"),
            format!(
                "alter database {} set search_path = {own}",
                names.cell_database("a").expect("a cell's name")
            ),
        ] {
            assert_eq!(
                ask_writing(&town.attacker, &attack).await,
                Err("42501".to_owned()),
                "{attack}"
            );
        }
        // A role's own settings take effect when it logs in, which it cannot.
        let mut tx = change(&town.attacker).await;
        ask(&mut tx, &format!("alter role {own} set search_path = {other}"))
            .await
            .expect("PostgreSQL allows it");
        tx.commit(&()).await.expect("committed");
        assert_eq!(
            ask_reading(&town.attacker, "select name from company").await,
            Ok(vec![secret(&town.attacker)])
        );
    });
}

#[test]
fn the_machine_under_the_database_is_out_of_reach() {
    testkit::run(async |kit| {
        for attack in [
            "copy (select 1) to program 'true'",
            "copy staging (person, file_name, file_sealed) from program 'true'",
            "copy (select 1) to '/tmp/cartefi-mallory'",
            "copy staging (person, file_name, file_sealed) from '/etc/hostname'",
            "alter system set log_statement = 'all'",
            "checkpoint",
            "create tablespace t location '/tmp'",
        ] {
            refused(kit, attack, &["42501", "25001"]).await;
        }
    });
}
