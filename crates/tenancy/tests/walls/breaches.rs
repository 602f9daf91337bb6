//! Opening the walls one by one: each breach is found before anything is served, and closing it is enough.

use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool};
use tenancy::{Config, Error, Names, Provisioner, Tenancy, check_walls, setup};
use testkit::Kit;
use vault::KeyEncryptionKey;

use crate::migrations::scratch_setup;
use crate::town::options;

/// The login's view of the walls, and the superuser's hands, at a cell of one's own.
struct Cell {
    names: Names,
    login: PgPool,
    superuser: PgPool,
}

impl Cell {
    async fn of(kit: &Kit, config: &Config) -> Self {
        let names = Names::new(&config.prefix).expect("a prefix");
        let database = names.cell_database("a").expect("a cell's name");
        let cell = &config.cells[0];
        let login = PgPoolOptions::new()
            .max_connections(1)
            .connect_with(options(&cell.address, &cell.sub_pools[0].login, &database))
            .await
            .expect("connected");
        let superuser = kit.superuser_at(&database).await;
        Self {
            names,
            login,
            superuser,
        }
    }

    async fn breaches(&self) -> Vec<String> {
        check_walls(&self.login, &self.names)
            .await
            .expect("looked")
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    async fn run(&self, sql: &str) {
        let login = self.names.sub_pool("a", 0).expect("a cell's name");
        let sql = sql
            .replace("{login}", &login)
            .replace("{ledger}", &self.names.ledger())
            .replace("{migrator}", &self.names.migrator())
            .replace("{cell}", &self.names.cell_database("a").expect("a cell's name"))
            .replace("{control}", &self.names.control_database());
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&self.superuser)
            .await
            .expect("a superuser can");
    }
}

/// What opens a wall, what closes it, and what is said meanwhile.
const BREACHES: [(&str, &str, &str); 22] = [
    (
        "grant execute on function set_config(text, text, boolean) to public",
        "revoke execute on function set_config(text, text, boolean) from public",
        "set_config",
    ),
    (
        "grant execute on function set_config(text, text, boolean) to {login}",
        "revoke execute on function set_config(text, text, boolean) from {login}",
        "set_config",
    ),
    (
        "grant execute on function query_to_xml(text, boolean, boolean, text) to public",
        "revoke execute on function query_to_xml(text, boolean, boolean, text) from public",
        "query_to_xml",
    ),
    (
        "grant execute on function ts_stat(text) to public",
        "revoke execute on function ts_stat(text) from public",
        "ts_stat",
    ),
    (
        "grant execute on function lo_create(oid) to public",
        "revoke execute on function lo_create(oid) from public",
        "lo_create",
    ),
    (
        "grant execute on function lowrite(integer, bytea) to public",
        "revoke execute on function lowrite(integer, bytea) from public",
        "lowrite",
    ),
    (
        "grant execute on function pg_advisory_lock(bigint) to public",
        "revoke execute on function pg_advisory_lock(bigint) from public",
        "pg_advisory_lock",
    ),
    (
        "grant execute on function pg_notify(text, text) to public",
        "revoke execute on function pg_notify(text, text) from public",
        "pg_notify",
    ),
    (
        "grant execute on function trigram.set_limit(real) to public",
        "revoke execute on function trigram.set_limit(real) from public",
        "set_limit",
    ),
    (
        "grant usage on language plpgsql to public",
        "revoke usage on language plpgsql from public",
        "plpgsql",
    ),
    (
        "grant usage on language sql to public",
        "revoke usage on language sql from public",
        "sql",
    ),
    (
        "grant temporary on database {cell} to public",
        "revoke temporary on database {cell} from public",
        "temporary tables",
    ),
    (
        "grant create on database {cell} to {login}",
        "revoke create on database {cell} from {login}",
        "make schemas",
    ),
    (
        "grant create on schema public to public",
        "revoke create on schema public from public",
        "make things in schema public",
    ),
    (
        "grant connect on database {control} to public",
        "revoke connect on database {control} from public",
        "control database",
    ),
    (
        "alter role {login} inherit",
        "alter role {login} noinherit",
        "more than a login needs",
    ),
    (
        "alter role {login} createrole",
        "alter role {login} nocreaterole",
        "more than a login needs",
    ),
    (
        "alter role {login} bypassrls",
        "alter role {login} nobypassrls",
        "more than a login needs",
    ),
    (
        "grant {ledger} to {login}",
        "revoke {ledger} from {login}",
        "belongs to",
    ),
    (
        "grant {migrator} to {login}",
        "revoke {migrator} from {login}",
        "belongs to",
    ),
    (
        "create table public.stray (i integer); grant select on public.stray to {login}",
        "drop table public.stray",
        "grants of its own",
    ),
    (
        "create table public.stray (i integer); alter table public.stray owner to {login}",
        "drop table public.stray",
        "owns",
    ),
];

#[test]
fn each_breach_is_found_and_named_and_closing_it_is_enough() {
    testkit::run(async |kit| {
        let (config, _, _) = scratch_setup().await;
        let cell = Cell::of(kit, &config).await;
        assert_eq!(cell.breaches().await, Vec::<String>::new());
        for (open, close, said) in BREACHES {
            cell.run(open).await;
            let found = cell.breaches().await;
            assert!(found.iter().any(|breach| breach.contains(said)), "{open}: {found:?}");
            cell.run(close).await;
            assert_eq!(cell.breaches().await, Vec::<String>::new(), "{close}");
        }
    });
}

/// The same inside a company: `{mine}` and `{other}` are the schemas, and the roles, of two.
const BREACHES_INSIDE: [(&str, &str, &str); 14] = [
    (
        "grant usage on schema {mine} to public",
        "revoke usage on schema {mine} from public",
        "PUBLIC may use",
    ),
    (
        "grant usage on schema {mine} to {login}",
        "revoke usage on schema {mine} from {login}",
        "_web_a_0 may use",
    ),
    (
        "grant select on {mine}.account to public",
        "revoke select on {mine}.account from public",
        ".account",
    ),
    (
        "grant select (name) on {mine}.contact to {other}",
        "revoke select (name) on {mine}.contact from {other}",
        ".contact.name",
    ),
    (
        "grant execute on function {mine}.lock_through() to public",
        "revoke execute on function {mine}.lock_through() from public",
        ".lock_through",
    ),
    (
        "create function {mine}.stray() returns int language sql as 'select 1'",
        "drop function {mine}.stray()",
        ".stray",
    ),
    (
        "alter table {mine}.contact owner to {mine}",
        "alter table {mine}.contact owner to {ledger}",
        "is not owned",
    ),
    (
        "alter schema {mine} owner to {migrator}",
        "alter schema {mine} owner to {ledger}",
        "is not owned",
    ),
    (
        "alter role {mine} createrole",
        "alter role {mine} nocreaterole",
        "than a company's role needs",
    ),
    (
        "alter role {mine} login",
        "alter role {mine} nologin",
        "than a company's role needs",
    ),
    ("grant {other} to {mine}", "revoke {other} from {mine}", "belongs to t_"),
    ("grant {ledger} to {mine}", "revoke {ledger} from {mine}", "belongs to"),
    (
        "grant {mine} to {migrator}",
        "revoke {mine} from {migrator}",
        "is lent to",
    ),
    (
        "grant {mine} to {login} with admin option",
        "revoke admin option for {mine} from {login}",
        "is lent to",
    ),
];

#[test]
fn each_breach_of_a_companys_schema_or_role_is_found_and_named() {
    testkit::run(async |kit| {
        let (config, admin, _) = scratch_setup().await;
        let provisioner = Provisioner::connect(&admin).await.expect("connected");
        provisioner.stock_to(2).await.expect("stocked");
        let cell = Cell::of(kit, &config).await;
        let schemas: Vec<String> =
            sqlx::query_scalar("select nspname::text from pg_namespace where nspname ~ '^t_[0-9a-f]{32}$' order by 1")
                .fetch_all(&cell.superuser)
                .await
                .expect("listed");
        let [mine, other] = schemas.as_slice() else {
            panic!("two companies: {schemas:?}")
        };
        let named = |sql: &str| sql.replace("{mine}", mine).replace("{other}", other);
        assert_eq!(cell.breaches().await, Vec::<String>::new());
        for (open, close, said) in BREACHES_INSIDE {
            cell.run(&named(open)).await;
            let found = cell.breaches().await;
            assert!(found.iter().any(|breach| breach.contains(said)), "{open}: {found:?}");
            cell.run(&named(close)).await;
            assert_eq!(cell.breaches().await, Vec::<String>::new(), "{close}");
        }
    });
}

#[test]
fn a_superusers_login_is_no_login_for_the_server() {
    testkit::run(async |kit| {
        let (config, _, _) = scratch_setup().await;
        let cell = Cell::of(kit, &config).await;
        cell.run("alter role {login} superuser").await;
        // A superuser passes every check of a privilege, so everything is said to be open.
        assert!(cell.breaches().await.len() > 20);
        cell.run("alter role {login} nosuperuser").await;
        assert_eq!(cell.breaches().await, Vec::<String>::new());
    });
}

#[test]
fn nothing_is_served_while_a_wall_is_open() {
    testkit::run(async |kit| {
        let (config, _, again) = scratch_setup().await;
        let cell = Cell::of(kit, &config).await;
        let connect = async || Tenancy::connect(&config, KeyEncryptionKey::generate().expect("a key")).await;
        assert!(connect().await.is_ok());
        cell.run("grant execute on function set_config(text, text, boolean) to public; grant usage on language plpgsql to public").await;
        match connect().await {
            Err(Error::Walls(said)) => assert!(said.contains("cell a") && said.contains("PUBLIC"), "{said}"),
            other => panic!("it was served: {other:?}"),
        }
        // Setting up again closes what stands open, and keeps the passwords.
        let (same, _) = setup(&again).await.expect("set up again");
        assert_eq!(same.cells[0].sub_pools[0].login, config.cells[0].sub_pools[0].login);
        assert!(connect().await.is_ok());
    });
}
