//! Other companies by name: whatever names another's schema is refused by the database.

use crate::town::{ask_reading, refused_in_the_town, secret, town};

#[test]
fn the_attacker_reads_its_own_secret_so_that_the_attacks_mean_something() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        assert_eq!(
            ask_reading(attacker, "select name from company").await,
            Ok(vec![secret(attacker)])
        );
    });
}

#[test]
fn a_query_that_names_another_companys_table_is_refused() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        for attack in [
            "select name from {other}.company",
            "table {other}.account",
            "select (select string_agg(name, ',') from {other}.account)",
            "select c.name from company c union all select name from {other}.company",
            "with theirs as materialized (select name from {other}.company) select * from theirs",
            "select a.name from company c cross join lateral (select name from {other}.account) a",
            "select bytes from {other}.audit_event",
            "select actor from {other}.change",
            "select file_sealed from {other}.staging",
            "select tenant_id from {other}.guard",
            "select coalesce(nullif((select count(*) from {other}.posting), 0) / 0, 1)",
            "explain select name from {other}.company",
            "explain (analyze, costs off) select name from {other}.company",
            "declare theirs cursor for select name from {other}.company",
            "declare theirs cursor with hold for select name from {other}.company",
            "prepare theirs as select name from {other}.company",
            "copy {other}.company to stdout",
            "copy (select name from {other}.company) to stdout",
            "lock table {other}.company in access share mode",
        ] {
            refused_in_the_town(town, attack, "42501").await;
        }
    });
}

#[test]
fn a_write_that_names_another_companys_table_is_refused() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        for attack in [
            "insert into {other}.account (name, type, currency) values ('x', 'bank', 'USD')",
            "insert into {other}.company select * from company",
            "update {other}.company set name = 'x'",
            "delete from {other}.staging",
            "update {other}.audit_head set seq = seq + 1",
            "merge into {other}.company t using company c on true when matched then update set name = 'x'",
            "with gone as (delete from {other}.staging returning file_name) select * from gone",
        ] {
            refused_in_the_town(town, attack, "42501").await;
        }
        // What a reading transaction refuses before anybody looks whose it is.
        for attack in [
            "truncate {other}.staging",
            "drop table {other}.company",
            "drop schema {other} cascade",
            "alter table {other}.company disable trigger all",
        ] {
            let sql = attack.replace("{other}", &town.neighbor.tenant().id.schema());
            assert_eq!(
                crate::town::ask_writing(&town.attacker, &sql).await,
                Err("42501".to_owned()),
                "{sql}"
            );
        }
    });
}

#[test]
fn another_companys_functions_are_refused() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        for attack in [
            "select {other}.change_current()",
            "select {other}.lock_through()",
            "select * from {other}.change_open('{id}', 5, 'k', 'person', 'mallory', 'admin', 'r')",
            "select {other}.change_answer('x')",
            "select {other}.audit_note('export', 'company', '1', '{}')",
            "select {other}.audit_append('insert', 'company', array['1'], null, null)",
            "select * from {other}.audit_rows('company')",
            "select * from {other}.audit_tables()",
            "select {other}.books_table('company', 'mutable', 'id')",
        ] {
            refused_in_the_town(town, attack, "42501").await;
        }
    });
}

#[test]
fn another_companys_sequences_are_refused() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        for attack in [
            "select nextval('{other}.account_id_seq')",
            "select currval('{other}.account_id_seq')",
            "select setval('{other}.account_id_seq', 1)",
            "select last_value from {other}.account_id_seq",
            "select '{other}.company'::regclass",
        ] {
            refused_in_the_town(town, attack, "42501").await;
        }
    });
}

#[test]
fn another_companys_id_brings_nothing_from_ones_own_tables() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        for other in town.others() {
            let id = other.tenant().id;
            let found = ask_reading(
                &town.attacker,
                &format!("select tenant_id::text from guard where tenant_id = '{id}'"),
            )
            .await;
            assert_eq!(found, Ok(vec![]));
            for table in ["company", "account", "staging", "audit_event"] {
                let found = ask_reading(
                    &town.attacker,
                    &format!("select count(*)::text from {table} t where t::text like '%{id}%'"),
                )
                .await;
                assert_eq!(found, Ok(vec!["0".to_owned()]));
            }
        }
    });
}

#[test]
fn a_search_path_that_names_another_company_finds_nothing_there() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        for other in town.others() {
            let mut tx = town
                .attacker
                .read(tenancy::Capability::ReadBooks)
                .await
                .expect("a reading transaction");
            let path = format!("set local search_path = {}", other.tenant().id.schema());
            crate::town::ask(&mut tx, &path).await.expect("a path is only a wish");
            // A schema without USAGE is passed over: the table is not there at all.
            assert_eq!(
                crate::town::ask(&mut tx, "select name from company").await,
                Err("42P01".to_owned())
            );
        }
    });
}
