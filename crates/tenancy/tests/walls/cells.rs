//! Two cells: companies in both work alike, and nothing crosses.

use tenancy::Capability;

use crate::town::{ask, ask_reading, change, company_at, secret, town};

#[test]
fn companies_in_both_cells_write_and_read_their_own() {
    testkit::run(async |kit| {
        for cell in ["a", "b"] {
            for sub_pool in [0, 1] {
                let cx = company_at(kit, cell, sub_pool).await;
                let mut tx = change(&cx).await;
                ask(
                    &mut tx,
                    "insert into contact (name, customer, vendor) values ('Nord', true, false)",
                )
                .await
                .expect("a contact");
                tx.commit(&()).await.expect("committed");
                assert_eq!(
                    ask_reading(&cx, "select name from company").await,
                    Ok(vec![secret(&cx)])
                );
                let database = ask_reading(&cx, "select current_database()::text")
                    .await
                    .expect("a row")
                    .concat();
                assert_eq!(
                    database,
                    kit.tenancy.names().cell_database(cell).expect("a cell's name")
                );
            }
        }
    });
}

#[test]
fn a_cell_has_no_trace_of_the_other_cells_companies_but_their_roles_names() {
    testkit::run(async |kit| {
        let town = town(kit).await;
        let abroad = town.abroad.tenant().id.schema();
        for trace in [
            format!("select nspname::text from pg_namespace where nspname = '{abroad}'"),
            format!("select schemaname::text from pg_stat_all_tables where schemaname = '{abroad}'"),
            format!("select table_name::text from information_schema.tables where table_schema = '{abroad}'"),
        ] {
            assert_eq!(ask_reading(&town.attacker, &trace).await, Ok(vec![]), "{trace}");
        }
    });
}

#[test]
fn a_change_in_one_cell_moves_no_number_in_the_other() {
    testkit::run(async |kit| {
        let (here, there) = (company_at(kit, "a", 0).await, company_at(kit, "b", 0).await);
        change(&here).await.commit(&()).await.expect("committed");
        assert_eq!(change(&there).await.change(), 2);
    });
}

#[test]
fn writers_in_both_cells_hold_their_heads_at_once() {
    testkit::run(async |kit| {
        let (here, there) = (company_at(kit, "a", 0).await, company_at(kit, "b", 0).await);
        let (one, other) = (change(&here).await, change(&there).await);
        assert_eq!((one.change(), other.change()), (2, 2));
        let mut reading = there.read(Capability::ReadBooks).await.expect("readers never wait");
        ask(&mut reading, "select 1").await.expect("a row");
    });
}
