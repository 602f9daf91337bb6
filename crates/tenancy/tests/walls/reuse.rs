//! A connection that served one company serves the next: nothing of the first is left, however it ended.

use std::time::Duration;

use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Connection};
use tenancy::{Capability, Config, Cx, Tenancy};
use testkit::Kit;
use vault::KeyEncryptionKey;

use crate::town::{ask, change, company_at, options, secret};

/// Two companies of one sub-pool over a pool of one connection for reading and one for writing.
async fn two_on_one_connection(kit: &Kit) -> [Cx; 2] {
    let config = Config {
        read_connections_max: 1,
        write_connections_max: 1,
        ..kit.config.clone()
    };
    let narrow = Tenancy::connect(&config, KeyEncryptionKey::generate().expect("a key"))
        .await
        .expect("connected");
    let mut both = Vec::new();
    for _ in 0..2 {
        let cx = company_at(kit, "a", 0).await;
        both.push(narrow.cx(cx.tenant().clone(), cx.actor().clone(), cx.role(), "test".to_owned()));
    }
    both.try_into().expect("two")
}

const WHO: &str =
    "select pg_backend_pid()::text, current_user::text, (select name from company), current_setting('search_path')";

async fn who_reads(cx: &Cx) -> Vec<String> {
    let mut tx = cx.read(Capability::ReadBooks).await.expect("a reading transaction");
    ask(&mut tx, WHO).await.expect("a row")
}

fn assert_is(cx: &Cx, seen: &[String]) {
    let schema = cx.tenant().id.schema();
    assert_eq!(seen[1..], [schema.clone(), secret(cx), format!("{schema}, pg_temp")]);
}

/// Waits until something holds, ten seconds at most.
pub async fn until(mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..500 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it never held");
}

#[test]
fn the_next_company_on_a_connection_is_only_itself() {
    testkit::run(async |kit| {
        let [first, second] = two_on_one_connection(kit).await;
        let (a, b) = (who_reads(&first).await, who_reads(&second).await);
        assert_eq!(a[0], b[0], "it is the same connection");
        assert_is(&first, &a);
        assert_is(&second, &b);
    });
}

#[test]
fn a_panic_inside_a_transaction_leaves_nothing_to_the_next() {
    testkit::run(async |kit| {
        let [first, second] = two_on_one_connection(kit).await;
        let backend = {
            let mut tx = change(&first).await;
            ask(&mut tx, WHO).await.expect("a row")[0].clone()
        };
        let panicking = first.clone();
        let outcome = tokio::spawn(async move {
            let mut tx = change(&panicking).await;
            ask(
                &mut tx,
                "insert into contact (name, customer, vendor) values ('Nord', true, false)",
            )
            .await
            .expect("a contact");
            panic!("a page breaks");
        })
        .await;
        assert!(outcome.expect_err("it panicked").is_panic());
        let mut tx = change(&second).await;
        let seen = ask(&mut tx, WHO).await.expect("a row");
        assert_eq!(seen[0], backend, "it is the same connection");
        assert_is(&second, &seen);
        drop(tx);
        let mut tx = change(&first).await;
        assert_eq!(tx.change(), 2, "the number that was taken is free again");
        assert_eq!(
            ask(&mut tx, "select count(*)::text from contact").await,
            Ok(vec!["0".to_owned()])
        );
    });
}

#[test]
fn after_a_panic_the_connection_itself_is_a_login_without_a_role() {
    testkit::run(async |kit| {
        let cx = company_at(kit, "a", 0).await;
        let cell = &kit.config.cells[0];
        let database = kit.tenancy.names().cell_database(&cell.name).expect("a cell's name");
        let login = &cell.sub_pools[0].login;
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .connect_with(options(&cell.address, login, &database))
            .await
            .expect("connected");
        let (panicking, schema) = (pool.clone(), cx.tenant().id.schema());
        let outcome = tokio::spawn(async move {
            let opening = format!("begin; set local role {schema}; set local search_path = {schema}");
            let mut tx = panicking
                .begin_with(AssertSqlSafe(opening))
                .await
                .expect("a transaction");
            assert_eq!(
                ask(&mut tx, "select count(*)::text from company").await,
                Ok(vec!["1".to_owned()])
            );
            panic!("a page breaks");
        })
        .await;
        assert!(outcome.expect_err("it panicked").is_panic());
        let mut connection = pool.acquire().await.expect("the connection");
        assert_eq!(
            ask(&mut connection, "select current_user::text").await,
            Ok(vec![login.name.clone()])
        );
        assert_eq!(
            ask(&mut connection, "select count(*) from company").await,
            Err("42P01".to_owned())
        );
        connection.ping().await.expect("it lives");
    });
}

#[test]
fn a_cancelled_request_leaves_nothing_to_the_next() {
    testkit::run(async |kit| {
        let [first, second] = two_on_one_connection(kit).await;
        let cancelled = async {
            let mut tx = first.read(Capability::ReadBooks).await.expect("a reading transaction");
            ask(&mut tx, "select pg_sleep(30)").await.expect("never");
        };
        assert!(
            tokio::time::timeout(Duration::from_millis(200), cancelled)
                .await
                .is_err()
        );
        // The one connection is busy with what nobody waits for, and is closed rather than handed on.
        until(async || match second.read(Capability::ReadBooks).await {
            Ok(mut tx) => {
                assert_is(&second, &ask(&mut tx, WHO).await.expect("a row"));
                true
            }
            Err(_) => false,
        })
        .await;
    });
}

#[test]
fn an_opening_cancelled_half_way_leaves_no_open_transaction_to_the_next() {
    testkit::run(async |kit| {
        let [first, second] = two_on_one_connection(kit).await;
        let beside = kit.superuser(&first).await;
        for polls in 0..6 {
            // Dropped after a few polls: before, while or after the database does what it was asked.
            let mut opening = Box::pin(first.read(Capability::ReadBooks));
            for _ in 0..polls {
                if futures::poll!(opening.as_mut()).is_ready() {
                    break;
                }
                tokio::task::yield_now().await;
            }
            drop(opening);
            let mut connection = beside.acquire().await.expect("a connection of our own");
            let dropped = ask(&mut connection, "select clock_timestamp()::text")
                .await
                .expect("the time");
            let mut tx = second.read(Capability::ReadBooks).await.expect("a reading transaction");
            let begun_since = format!("select (now() >= '{}'::timestamptz)::text", dropped[0]);
            assert_eq!(ask(&mut tx, &begun_since).await, Ok(vec!["true".to_owned()]));
        }
    });
}

#[test]
fn an_opening_on_control_cancelled_half_way_leaves_no_open_transaction_to_the_next() {
    testkit::run(async |kit| {
        let [first, _] = two_on_one_connection(kit).await;
        let narrow = first.tenancy();
        let beside = kit.superuser(&first).await;
        for polls in 0..6 {
            // As a sign-in is given up while the transaction opens.
            let mut opening = Box::pin(narrow.control());
            for _ in 0..polls {
                if futures::poll!(opening.as_mut()).is_ready() {
                    break;
                }
                tokio::task::yield_now().await;
            }
            drop(opening);
            let mut connection = beside.acquire().await.expect("a connection of our own");
            let dropped = ask(&mut connection, "select clock_timestamp()::text")
                .await
                .expect("the time");
            let mut tx = narrow.control().await.expect("a transaction on control");
            let begun_since = format!("select (now() >= '{}'::timestamptz)::text", dropped[0]);
            assert_eq!(ask(&mut tx, &begun_since).await, Ok(vec!["true".to_owned()]), "{polls}");
        }
    });
}

#[test]
fn a_session_setting_that_one_company_smuggled_in_does_not_steer_the_next() {
    testkit::run(async |kit| {
        let [first, second] = two_on_one_connection(kit).await;
        let (own, other) = (first.tenant().id.schema(), second.tenant().id.schema());
        for attack in [
            format!("set search_path = {own}"),
            format!("set role {own}"),
            format!("set role {other}"),
            "set statement_timeout = 0".to_owned(),
            "set default_transaction_read_only = off".to_owned(),
            "set session characteristics as transaction isolation level read committed, read write".to_owned(),
        ] {
            let mut tx = change(&first).await;
            ask(&mut tx, &attack).await.expect("PostgreSQL allows it");
            // Kept, as a smuggled COMMIT would keep it.
            ask(&mut tx, "commit").await.expect("PostgreSQL allows it");
            drop(tx);
            let mut tx = change(&second).await;
            assert_is(&second, &ask(&mut tx, WHO).await.expect("a row"));
            assert_eq!(
                ask(&mut tx, "select current_setting('statement_timeout')").await,
                Ok(vec!["2min".to_owned()])
            );
        }
    });
}

#[test]
fn a_statement_that_one_company_prepared_or_took_away_does_not_meet_the_next() {
    testkit::run(async |kit| {
        for and_prepare in [true, false] {
            let [first, second] = two_on_one_connection(kit).await;
            let backend = who_reads(&first).await[0].clone();
            let mut tx = first.read(Capability::ReadBooks).await.expect("a reading transaction");
            let names = ask(&mut tx, "select string_agg(name, ' ') from pg_prepared_statements")
                .await
                .expect("the driver's statements");
            for name in names[0].split(' ') {
                ask(&mut tx, &format!("deallocate {name}"))
                    .await
                    .expect("PostgreSQL allows it");
                if and_prepare {
                    ask(
                        &mut tx,
                        &format!("prepare {name} as select current_user, name from company"),
                    )
                    .await
                    .expect("PostgreSQL allows it");
                }
            }
            drop(tx);
            let seen = who_reads(&second).await;
            assert_is(&second, &seen);
            assert_ne!(seen[0], backend, "it is another connection");
        }
    });
}

#[test]
fn what_a_company_leaves_in_the_session_by_a_smuggled_statement_is_gone_before_the_next_comes() {
    testkit::run(async |kit| {
        let [first, second] = two_on_one_connection(kit).await;
        let mut tx = change(&first).await;
        ask(&mut tx, "set cartefi.note = 'a note'")
            .await
            .expect("PostgreSQL allows it");
        tx.commit(&()).await.expect("committed");
        let mut tx = change(&second).await;
        assert_eq!(
            ask(&mut tx, "select current_setting('cartefi.note', true)").await,
            Ok(vec![String::new()])
        );
    });
}
