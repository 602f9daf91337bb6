//! PostgreSQL's catalog: what a company may do in it is exactly this, and what it can see of others is names and sizes.

use tenancy::Capability;

use crate::town::{ask, ask_reading, ask_writing, secret, town};

#[test]
fn a_company_may_call_these_functions_of_its_schema_and_no_others() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        let may = ask_reading(
            attacker,
            &format!(
                "select p.proname::text from pg_proc p where p.pronamespace = '{}'::regnamespace and has_function_privilege(p.oid, 'execute') order by 1",
                attacker.tenant().id.schema()
            ),
        )
        .await
        .expect("names");
        assert_eq!(
            may,
            [
                "audit_note",
                "audit_rows",
                "audit_tables",
                "change_answer",
                "change_current",
                "change_open",
                "lock_through"
            ]
        );
    });
}

#[test]
fn a_company_has_no_privilege_on_anything_of_another() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        let own = attacker.tenant().id.schema();
        for theirs in [
            "select nspname::text from pg_namespace where nspname ~ '^t_' and nspname <> '{own}' and (has_schema_privilege(oid, 'usage') or has_schema_privilege(oid, 'create'))",
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname ~ '^t_' and n.nspname <> '{own}' and c.relkind = 'r'
             and (has_table_privilege(c.oid, 'select, insert, update, delete, truncate, references, trigger') or has_any_column_privilege(c.oid, 'select, insert, update, references'))",
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname ~ '^t_' and case c.relkind when 'S' then has_sequence_privilege(c.oid, 'usage, select, update') end",
            "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname ~ '^t_' and n.nspname <> '{own}' and has_function_privilege(p.oid, 'execute')",
        ] {
            assert_eq!(ask_reading(attacker, &theirs.replace("{own}", &own)).await, Ok(vec![]), "{theirs}");
        }
    });
}

#[test]
fn a_company_removes_nothing_but_its_staged_files_and_truncates_nothing() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        let may = |privilege: &str| {
            format!(
                "select c.relname::text from pg_class c where c.relnamespace = '{}'::regnamespace and c.relkind = 'r' and has_table_privilege(c.oid, '{privilege}') order by 1",
                attacker.tenant().id.schema()
            )
        };
        assert_eq!(
            ask_reading(attacker, &may("delete")).await,
            Ok(vec!["staging".to_owned()])
        );
        for privilege in ["truncate", "references", "trigger", "update"] {
            assert_eq!(ask_reading(attacker, &may(privilege)).await, Ok(vec![]), "{privilege}");
        }
        // Updates are granted column by column; the key, and what an append-only row says, are never among them.
        let columns = ask_reading(
            attacker,
            &format!(
                "select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                 where c.relnamespace = '{}'::regnamespace and c.relkind = 'r' and has_column_privilege(c.oid, a.attnum, 'update')
                   and c.relname in ('posting', 'settlement', 'revision', 'bank_match', 'statement_import', 'document', 'document_line', 'open_item', 'instalment', 'period_lock', 'series')
                 order by 1",
                attacker.tenant().id.schema()
            ),
        )
        .await
        .expect("columns");
        assert_eq!(
            columns,
            [
                "bank_match.retired_in",
                "document.state",
                "document.void_reason",
                "posting.retired_in",
                "revision.retired_in",
                "settlement.retired_in",
                "statement_import.retired_in"
            ]
        );
    });
}

#[test]
fn every_function_of_a_company_runs_as_its_owner_with_its_own_path_and_settings() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let pool = kit.superuser(&town.attacker).await;
        let own = town.attacker.tenant().id.schema();
        let (ledger, audit) = (kit.tenancy.names().ledger(), kit.tenancy.names().audit());
        let loose: Vec<String> = sqlx::query_scalar(
            "select p.oid::regprocedure::text from pg_proc p join pg_roles r on r.oid = p.proowner
             where p.pronamespace = $1::regnamespace
               and not (p.prosecdef and r.rolname in ($2, $3)
                    and format('search_path=pg_catalog, %s, pg_temp', $1) = any (p.proconfig)
                    and 'TimeZone=UTC' = any (p.proconfig) and 'DateStyle=ISO, MDY' = any (p.proconfig))",
        )
        .bind(&own)
        .bind(&ledger)
        .bind(&audit)
        .fetch_all(&pool)
        .await
        .expect("functions");
        assert_eq!(loose, Vec::<String>::new());
        let owners: Vec<String> = sqlx::query_scalar(
            "select distinct r.rolname::text from pg_class c join pg_roles r on r.oid = c.relowner where c.relnamespace = $1::regnamespace order by 1",
        )
        .bind(&own)
        .fetch_all(&pool)
        .await
        .expect("owners");
        assert_eq!(owners, [audit, ledger]);
    });
}

#[test]
fn a_company_has_no_type_of_its_own_and_refers_to_no_other_schema() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let pool = kit.superuser(&town.attacker).await;
        let own = town.attacker.tenant().id.schema();
        // A second schema's type would break a cached plan. A table's own row type is no such type.
        let types: Vec<String> = sqlx::query_scalar(
            "select t.typname::text from pg_type t left join pg_class c on c.oid = t.typrelid
             where t.typnamespace = $1::regnamespace and t.typelem = 0 and t.typtype <> 'b' and coalesce(c.relkind, 'c') = 'c'",
        )
        .bind(&own)
        .fetch_all(&pool)
        .await
        .expect("types");
        assert_eq!(types, Vec::<String>::new());
        let abroad: Vec<String> = sqlx::query_scalar(
            "select k.conname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
             where k.connamespace = $1::regnamespace and f.relnamespace <> $1::regnamespace",
        )
        .bind(&own)
        .fetch_all(&pool)
        .await
        .expect("keys");
        assert_eq!(abroad, Vec::<String>::new());
    });
}

#[test]
fn names_and_sizes_of_other_companies_are_visible_in_their_own_cell() {
    testkit::run(async |kit| {
        // What does not hold, stated: PostgreSQL's catalog is everybody's.
        let town = town(kit).await;
        for (other, seen) in [(&town.neighbor, true), (&town.across, true), (&town.abroad, false)] {
            let schema = other.tenant().id.schema();
            let found = |answer: Result<Vec<String>, String>| answer.is_ok_and(|values| !values.is_empty());
            let schemas = format!("select nspname::text from pg_namespace where nspname = '{schema}'");
            assert_eq!(found(ask_reading(&town.attacker, &schemas).await), seen);
            let sizes = format!(
                "select pg_relation_size(c.oid)::text, c.reltuples::text, pg_stat_get_live_tuples(c.oid)::text from pg_class c
                 join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{schema}' and c.relname = 'company' and pg_relation_size(c.oid) > 0"
            );
            assert_eq!(found(ask_reading(&town.attacker, &sizes).await), seen);
            // Roles and databases belong to the whole PostgreSQL.
            let roles = format!("select rolname::text from pg_roles where rolname = '{schema}'");
            assert!(found(ask_reading(&town.attacker, &roles).await));
        }
    });
}

#[test]
fn no_value_of_another_company_is_in_the_catalog() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        // Statistics would hold the most common values.
        for other in town.others() {
            let pool = kit.superuser(other).await;
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
                "analyze {0}.company, {0}.account, {0}.audit_event",
                other.tenant().id.schema()
            )))
            .execute(&pool)
            .await
            .expect("analyzed");
        }
        for attack in [
            "select p::text from pg_stats p where schemaname ~ '^t_' and schemaname <> current_user",
            "select p::text from pg_stats_ext p",
            "select p::text from pg_stats_ext_exprs p",
            "select schemaname::text from pg_sequences where last_value is not null and schemaname ~ '^t_'",
            "select p::text from pg_prepared_statements p where statement ~ 'secret of [0-9a-f]'",
            "select p::text from pg_cursors p where statement ~ 'secret of [0-9a-f]'",
            "select column_name::text from information_schema.columns where table_schema ~ '^t_' and table_schema <> current_user",
            "select p::text from pg_description p where description ~ 'secret of [0-9a-f]'",
            "select p::text from pg_publication p",
            "select p::text from pg_subscription p",
        ] {
            for answer in [
                ask_reading(&town.attacker, attack).await,
                ask_writing(&town.attacker, attack).await,
            ] {
                assert!(
                    matches!(&answer, Ok(values) if values.is_empty()) || answer == Err("42501".to_owned()),
                    "{attack}: {answer:?}"
                );
            }
        }
        for other in town.others() {
            let everything = ask_reading(&town.attacker, "select string_agg(s::text, ' ') from pg_stats s")
                .await
                .expect("a row");
            assert!(!everything.concat().contains(&secret(other)));
        }
    });
}

#[test]
fn a_sequences_last_number_is_closed_even_where_its_name_is_known() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let schema = town.neighbor.tenant().id.schema();
        let mut tx = town
            .attacker
            .read(Capability::ReadBooks)
            .await
            .expect("a reading transaction");
        let answer = ask(
            &mut tx,
            &format!("select coalesce(pg_sequence_last_value(c.oid)::text, 'none') from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{schema}' and c.relname = 'account_id_seq'"),
        )
        .await;
        assert!(
            matches!(answer.as_ref().map(|v| v.concat()).as_deref(), Err(_) | Ok("none")),
            "{answer:?}"
        );
    });
}
