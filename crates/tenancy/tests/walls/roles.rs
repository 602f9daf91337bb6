//! SET ROLE as a smuggled statement: what PostgreSQL allows, and exactly how far it leads.
//!
//! The login was granted every role of its sub-pool, and who may SET ROLE is decided by the login and not by the role of the moment.
//! A single statement can therefore change the role. It gives no value by itself, and what follows it in the program fails: the
//! search path still names the first company. Only a second smuggled statement, which names the other company's schema, would read
//! there. That is why statements are checked when the program is compiled, and why each sub-pool has a login of its own.

use tenancy::Capability;

use crate::town::{ask, ask_reading, connect_beside, refused_in_the_town, secret, town};

#[test]
fn a_role_of_another_sub_pool_or_cell_is_refused() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        for other in [&town.across, &town.abroad] {
            let role = other.tenant().id.schema();
            for attack in [
                "set local role",
                "set role",
                "set session authorization",
                "set local session authorization",
            ] {
                assert_eq!(
                    ask_reading(&town.attacker, &format!("{attack} {role}")).await,
                    Err("42501".to_owned())
                );
            }
        }
    });
}

#[test]
fn the_role_of_a_neighbor_can_be_set_and_the_statement_gives_no_value() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let role = town.neighbor.tenant().id.schema();
        for attack in ["set local role", "set role"] {
            assert_eq!(
                ask_reading(&town.attacker, &format!("{attack} {role}")).await,
                Ok(vec![])
            );
        }
        assert_eq!(
            ask_reading(&town.attacker, &format!("set session authorization {role}")).await,
            Err("42501".to_owned())
        );
    });
}

#[test]
fn after_a_smuggled_role_the_programs_own_statements_find_no_tables() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let mut tx = town
            .attacker
            .read(Capability::ReadBooks)
            .await
            .expect("a reading transaction");
        ask(
            &mut tx,
            &format!("set local role {}", town.neighbor.tenant().id.schema()),
        )
        .await
        .expect("PostgreSQL allows it");
        assert_eq!(ask(&mut tx, "select name from company").await, Err("42P01".to_owned()));
    });
}

#[test]
fn a_second_smuggled_statement_would_read_the_neighbor_which_is_why_there_are_none() {
    testkit::run(async |kit| {
        // What does not hold, stated: the walls stand against expressions and single statements.
        let town = town(kit).await;
        let neighbor = town.neighbor.tenant().id.schema();
        let mut tx = town
            .attacker
            .read(Capability::ReadBooks)
            .await
            .expect("a reading transaction");
        ask(&mut tx, &format!("set local role {neighbor}"))
            .await
            .expect("PostgreSQL allows it");
        assert_eq!(
            ask(&mut tx, &format!("select name from {neighbor}.company")).await,
            Ok(vec![secret(&town.neighbor)])
        );
        // It does not even then lead into the other sub-pool.
        let across = town.across.tenant().id.schema();
        assert_eq!(
            ask(&mut tx, &format!("set local role {across}")).await,
            Err("42501".to_owned())
        );
    });
}

#[test]
fn no_expression_sets_a_role() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        for attack in [
            "select set_config('role', '{other}', true)",
            "select name from {other}.company where set_config('role', '{other}', true) is not null",
        ] {
            refused_in_the_town(town, attack, "42501").await;
        }
        // pg_settings has a rule that turns an UPDATE into set_config.
        let own = town.attacker.tenant().id.schema();
        let other = town.neighbor.tenant().id.schema();
        let answer = ask_reading(
            &town.attacker,
            &format!("update pg_settings set setting = '{other}' where name = 'role'"),
        )
        .await;
        assert!(answer.is_err(), "{answer:?}");
        assert_eq!(
            ask_reading(&town.attacker, "select current_user::text").await,
            Ok(vec![own])
        );
    });
}

#[test]
fn a_reset_role_leaves_nothing_to_read() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let own = town.attacker.tenant().id.schema();
        for attack in [
            "reset role",
            "set role none",
            "set local role none",
            "reset all",
            "set session authorization default",
        ] {
            let mut tx = town
                .attacker
                .read(Capability::ReadBooks)
                .await
                .expect("a reading transaction");
            ask(&mut tx, attack).await.expect("PostgreSQL allows it");
            let answer = ask(&mut tx, &format!("select name from {own}.company")).await;
            // RESET ALL spares the role.
            if attack == "reset all" {
                assert_eq!(answer, Ok(vec![secret(&town.attacker)]));
            } else {
                assert_eq!(answer, Err("42501".to_owned()), "{attack}");
            }
        }
    });
}

#[test]
fn a_company_belongs_to_no_other_role() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let mut login = connect_beside(kit, &town.attacker).await;
        let memberships = ask(
            &mut login,
            "select m.rolname::text from pg_auth_members a join pg_roles m on m.oid = a.member where m.rolname ~ '^t_[0-9a-f]{32}$'",
        )
        .await;
        assert_eq!(memberships, Ok(vec![]));
        // And nobody has a company's role with the right to pass it on.
        let passed_on = ask(&mut login, "select r.rolname::text from pg_auth_members a join pg_roles r on r.oid = a.roleid where a.admin_option and r.rolname ~ '^t_[0-9a-f]{32}$'").await;
        assert_eq!(passed_on, Ok(vec![]));
    });
}
