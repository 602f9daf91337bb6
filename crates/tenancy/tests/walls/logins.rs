//! The server's logins without a role: what somebody with a stolen password, or code that forgot the role, gets.

use tenancy::{CellConfig, SubPoolConfig};
use testkit::Kit;

use crate::town::{ask, connect, connect_beside, town};

/// Every login of the server at the cells, with its cell.
fn sub_pools(kit: &Kit) -> impl Iterator<Item = (&CellConfig, &SubPoolConfig)> {
    kit.config
        .cells
        .iter()
        .flat_map(|cell| cell.sub_pools.iter().map(move |sub_pool| (cell, sub_pool)))
}

#[test]
fn a_forgotten_role_reads_and_writes_nothing() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        for cx in [&town.attacker, &town.across, &town.abroad] {
            let schema = cx.tenant().id.schema();
            for attack in [
                "select name from {s}.company",
                "select * from {s}.guard",
                "select * from {s}.audit_rows('company')",
                "select {s}.change_open('00000000-0000-0000-0000-000000000000', 5, 'k', 'person', 'mallory', 'admin', 'r')",
                "insert into {s}.staging (person, file_name, file_sealed) values ('m', 'f', '')",
                "update {s}.company set name = 'x'",
                "delete from {s}.staging",
                "truncate {s}.staging",
                "copy {s}.company to stdout",
            ] {
                let answer = ask(&mut connect_beside(kit, cx).await, &attack.replace("{s}", &schema)).await;
                assert_eq!(answer, Err("42501".to_owned()), "{attack}");
            }
        }
    });
}

#[test]
fn a_forgotten_role_with_the_right_path_finds_no_tables() {
    testkit::run(async |kit| {
        let cx = &town(kit).await.attacker;
        let mut login = connect_beside(kit, cx).await;
        ask(&mut login, &format!("set search_path = {}", cx.tenant().id.schema()))
            .await
            .expect("a path is only a wish");
        assert_eq!(
            ask(&mut login, "select name from company").await,
            Err("42P01".to_owned())
        );
    });
}

#[test]
fn a_login_takes_the_role_of_its_own_sub_pools_companies_and_of_nobody_else() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let mut login = connect_beside(kit, &town.attacker).await;
        for (cx, may) in [
            (&town.attacker, true),
            (&town.neighbor, true),
            (&town.across, false),
            (&town.abroad, false),
        ] {
            let taken = ask(&mut login, &format!("set role {}", cx.tenant().id.schema())).await;
            assert_eq!(taken.is_ok(), may, "{taken:?}");
            if !may {
                assert_eq!(taken, Err("42501".to_owned()));
            }
            ask(&mut login, "reset role").await.expect("back to the login");
        }
    });
}

#[test]
fn no_login_becomes_an_owner_the_provisioner_the_migrator_or_a_superuser() {
    testkit::run(async |kit| {
        let names = kit.tenancy.names();
        for (cell, sub_pool) in sub_pools(kit) {
            let database = names.cell_database(&cell.name).expect("a cell's name");
            let mut login = connect(&cell.address, &sub_pool.login, &database)
                .await
                .expect("connected");
            let powers = [
                names.ledger(),
                names.audit(),
                names.owner(),
                names.provisioner(),
                names.migrator(),
                names.web(),
                "cartefi_admin".into(),
                "pg_read_all_data".into(),
            ];
            for power in powers {
                assert_eq!(
                    ask(&mut login, &format!("set role {power}")).await,
                    Err("42501".to_owned()),
                    "{power}"
                );
                assert_eq!(
                    ask(&mut login, &format!("set session authorization {power}")).await,
                    Err("42501".to_owned()),
                    "{power}"
                );
                assert_eq!(
                    ask(&mut login, &format!("grant {power} to {}", sub_pool.login.name)).await,
                    Err("42501".to_owned()),
                    "{power}"
                );
            }
            for attack in [
                "create role mallory",
                "create database mallory",
                "alter system set fsync = off",
                "create schema mallory",
                "create temporary table t (i integer)",
                "create table public.t (i integer)",
            ] {
                assert_eq!(ask(&mut login, attack).await, Err("42501".to_owned()), "{attack}");
            }
        }
    });
}

#[test]
fn a_cells_login_enters_its_own_cell_alone() {
    testkit::run(async |kit| {
        let names = kit.tenancy.names();
        for (cell, sub_pool) in sub_pools(kit) {
            for other in &kit.config.cells {
                let database = names.cell_database(&other.name).expect("a cell's name");
                let entered = connect(&other.address, &sub_pool.login, &database).await;
                assert_eq!(entered.is_ok(), other.name == cell.name);
                if let Err(state) = entered {
                    assert_eq!(state, "42501");
                }
            }
            let control = connect(&kit.config.control, &sub_pool.login, &names.control_database()).await;
            assert_eq!(control.err().as_deref(), Some("42501"));
        }
    });
}

#[test]
fn a_company_is_no_login() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let pool = kit.superuser(&town.attacker).await;
        let (login, inherits, powers): (bool, bool, bool) = sqlx::query_as(
            "select rolcanlogin, rolinherit, rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls from pg_roles where rolname = $1",
        )
        .bind(town.attacker.tenant().id.schema())
        .fetch_one(&pool)
        .await
        .expect("the role");
        assert_eq!((login, inherits, powers), (false, false, false));
    });
}

#[test]
fn the_login_at_control_enters_no_cell() {
    testkit::run(async |kit| {
        for cell in &kit.config.cells {
            let database = kit.tenancy.names().cell_database(&cell.name).expect("a cell's name");
            assert_eq!(
                connect(&cell.address, &kit.config.web, &database)
                    .await
                    .err()
                    .as_deref(),
                Some("42501")
            );
        }
    });
}

#[test]
fn the_login_at_control_removes_no_company_no_key_and_no_trace() {
    testkit::run(async |kit| {
        let names = kit.tenancy.names();
        for attack in [
            "delete from tenant".to_owned(),
            "update tenant set cell = 'b'".to_owned(),
            "update tenant set slug = 'x'".to_owned(),
            "update tenant set id = gen_random_uuid()".to_owned(),
            "delete from tenant_key".to_owned(),
            "update tenant_key set wrapped = ''".to_owned(),
            "insert into stock (tenant_id, cell, sub_pool, schema_version) values (gen_random_uuid(), 'a', 0, 5)"
                .to_owned(),
            "update stock set sub_pool = 1".to_owned(),
            "insert into cell (name) values ('z')".to_owned(),
            "delete from migration_progress".to_owned(),
            "select * from migration_progress".to_owned(),
            "update membership_event set actor = 'x'".to_owned(),
            "delete from membership".to_owned(),
            "delete from sign_in".to_owned(),
            "truncate person cascade".to_owned(),
            "drop table session".to_owned(),
            "alter table membership disable trigger all".to_owned(),
            "create table t (i integer)".to_owned(),
            "create temporary table t (i integer)".to_owned(),
            "create role mallory".to_owned(),
            format!("set role {}", names.owner()),
            format!("set role {}", names.provisioner()),
            "copy (select 1) to program 'true'".to_owned(),
        ] {
            let mut web = connect(&kit.config.control, &kit.config.web, &names.control_database())
                .await
                .expect("connected");
            assert_eq!(ask(&mut web, &attack).await, Err("42501".to_owned()), "{attack}");
        }
    });
}
