#![doc = include_str!("../README.md")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "makes and removes whole installations for tests"
)]

mod floor;

pub use floor::Floor;

use std::sync::OnceLock;

use sqlx::AssertSqlSafe;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use tenancy::{
    Actor, AdminConfig, Config, Cx, Error, NewTenant, Provisioner, RequestKey, Role, Secret, Setup, Tenancy, TenantId,
    baseline_from_dump, setup,
};
use vault::KeyEncryptionKey;

/// The installation that the tests of one process share.
#[derive(Debug)]
pub struct Kit {
    /// The installation.
    pub tenancy: Tenancy,
    /// The server's configuration, for a test that starts a server.
    pub config: Config,
    /// The operator's configuration.
    pub admin: AdminConfig,
    provisioner: Provisioner,
    superuser: Secret,
}

const CELLS: [&str; 2] = ["a", "b"];

/// Runs a test on the process's installation. One runtime serves all tests, because pooled connections belong to theirs.
///
/// Skips, saying so, where no test database is configured.
#[expect(
    clippy::print_stdout,
    reason = "a skipped test says so where the test runner's reader looks"
)]
pub fn run<F>(test: F)
where
    F: AsyncFnOnce(&'static Kit),
{
    let Ok(url) = std::env::var("CARTEFI_TEST_DATABASE_URL") else {
        println!("skipped: CARTEFI_TEST_DATABASE_URL is not set");
        return;
    };
    runtime().block_on(async {
        let kit = kit(url).await;
        test(kit).await;
    });
}

fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(4)
            .enable_all()
            .build()
            .expect("a runtime starts")
    })
}

async fn kit(url: String) -> &'static Kit {
    static KIT: tokio::sync::OnceCell<Kit> = tokio::sync::OnceCell::const_new();
    KIT.get_or_init(|| async { Kit::start(&url).await.expect("an installation for the tests") })
        .await
}

impl Kit {
    async fn start(url: &str) -> Result<Self, Error> {
        let superuser = Secret::new(url);
        remove_leftovers(url).await?;
        let prefix = format!("t{:x}x{:x}", std::process::id(), rand_suffix());
        let wanted = Setup {
            prefix,
            cells: CELLS
                .iter()
                .map(|cell| ((*cell).to_owned(), superuser.clone()))
                .collect(),
            sub_pools: 2,
            connections_max: 6,
            earlier: None,
        };
        let (config, admin) = setup(&wanted).await?;
        let provisioner = Provisioner::connect(&admin).await?;
        let tenancy = Tenancy::connect(&config, KeyEncryptionKey::generate()?).await?;
        Ok(Self {
            tenancy,
            config,
            admin,
            provisioner,
            superuser,
        })
    }

    /// A company with nothing in it, as its admin would enter it. Its books are not set up: `books` does that.
    pub async fn company(&self, name: &str) -> Cx {
        self.try_company(name).await.expect("a company for the test")
    }

    async fn try_company(&self, name: &str) -> Result<Cx, Error> {
        let new = NewTenant {
            name: name.to_owned(),
            request_key: RequestKey::fresh(),
        };
        let tenant = loop {
            match self.tenancy.claim(&new).await {
                Err(Error::NoStock) => {
                    self.provisioner.stock_to(2).await?;
                }
                Err(Error::SlugTaken) => {}
                other => break other?,
            }
        };
        self.tenancy.activate(tenant.id).await?;
        Ok(self.tenancy.cx(
            tenant,
            Actor::person("dana@junipercycles.example"),
            Role::Admin,
            "test".to_owned(),
        ))
    }

    /// The same company as somebody of another role enters it.
    pub fn with_role(&self, cx: &Cx, role: Role) -> Cx {
        let actor = Actor::person(&format!("{}@junipercycles.example", role.code()));
        self.tenancy.cx(cx.tenant().clone(), actor, role, "test".to_owned())
    }

    /// The provisioner of this installation.
    pub fn provisioner(&self) -> &Provisioner {
        &self.provisioner
    }

    /// A superuser's connections to the cell of a company, for tests that attack or look from outside.
    pub async fn superuser(&self, cx: &Cx) -> PgPool {
        let database = self
            .tenancy
            .names()
            .cell_database(&cx.tenant().cell)
            .expect("a cell's name");
        self.superuser_at(&database).await
    }

    /// A superuser's connections to a database of this installation.
    pub async fn superuser_at(&self, database: &str) -> PgPool {
        let options: PgConnectOptions = self.superuser.expose().parse().expect("the superuser's address");
        PgPoolOptions::new()
            .max_connections(4)
            .connect_with(options.database(database))
            .await
            .expect("a superuser connects")
    }

    /// Does at once for a company's ledger what autovacuum does within minutes of a large import: until then a report reads the
    /// rows that an index would tell.
    pub async fn vacuum(&self, cx: &Cx) {
        let superuser = self.superuser(cx).await;
        let schema = cx.tenant().id.schema();
        let tables: Vec<String> =
            sqlx::query_scalar("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = $1")
                .bind(schema)
                .fetch_all(&superuser)
                .await
                .expect("the company's tables");
        sqlx::raw_sql(AssertSqlSafe(format!("vacuum (analyze) {}", tables.join(", "))))
            .execute(&superuser)
            .await
            .expect("a superuser can");
    }

    /// Memory of their own, in kilobytes, of the backends that serve a company's sub-pool. On Linux, with PostgreSQL beside us.
    pub async fn backends_kilobytes(&self, cx: &Cx) -> u64 {
        let login = self
            .tenancy
            .names()
            .sub_pool(&cx.tenant().cell, cx.tenant().sub_pool)
            .expect("a sub-pool's name");
        let pids: Vec<i32> = sqlx::query_scalar("select pid from pg_stat_activity where usename = $1")
            .bind(login)
            .fetch_all(&self.superuser(cx).await)
            .await
            .expect("the backends");
        let own = |pid: &i32| -> Option<u64> {
            let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
            status
                .lines()
                .find_map(|line| line.strip_prefix("RssAnon:"))?
                .split_whitespace()
                .next()?
                .parse()
                .ok()
        };
        pids.iter().filter_map(own).sum()
    }

    /// The shape of a company's schema as `pg_dump` says it, with names as placeholders: what the baseline is made of.
    pub async fn shape(&self, tenant: TenantId) -> String {
        let names = self.tenancy.names();
        let options: PgConnectOptions = self.superuser.expose().parse().expect("the superuser's address");
        let host = options
            .get_socket()
            .map_or_else(|| options.get_host().to_owned(), |folder| folder.display().to_string());
        let dump = tokio::process::Command::new("/usr/lib/postgresql/15/bin/pg_dump")
            .args([
                "--schema-only",
                "--no-comments",
                "--no-security-labels",
                "--no-tablespaces",
            ])
            .arg(format!("--schema={}", tenant.schema()))
            .args([
                "--host",
                &host,
                "--port",
                &options.get_port().to_string(),
                "--username",
                options.get_username(),
            ])
            .arg(names.cell_database(CELLS[0]).expect("a cell's name"))
            .output()
            .await
            .expect("pg_dump runs");
        assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
        baseline_from_dump(&String::from_utf8_lossy(&dump.stdout), names, tenant)
    }

    /// The address of a database where both a company's tables and control's are found without their schemas' names: what
    /// `sqlx::query!` is checked against.
    pub async fn check_database(&self) -> Secret {
        let cx = loop {
            let cx = self.company("Queries").await;
            if cx.tenant().cell == CELLS[0] {
                break cx;
            }
        };
        let pool = self.superuser(&cx).await;
        let owner = self.tenancy.names().owner();
        let sql = format!(
            "grant usage on language plpgsql, sql to {owner}; create schema control_check authorization {owner}; set search_path = control_check; {}; reset role",
            tenancy::control_sql(self.tenancy.names())
        );
        let mut tx = pool.begin().await.expect("a transaction");
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut *tx)
            .await
            .expect("control's steps apply");
        tx.commit().await.expect("committed");
        let options: PgConnectOptions = self.superuser.expose().parse().expect("the superuser's address");
        let database = self.tenancy.names().cell_database(CELLS[0]).expect("a cell's name");
        let mut address = sqlx::ConnectOptions::to_url_lossy(&options.database(&database));
        let path = format!("-c search_path={},control_check", cx.tenant().id.schema());
        // What to_url_lossy leaves out.
        address.query_pairs_mut().append_pair("options", &path);
        Secret::new(address.as_str().replace('+', "%20"))
    }
}

fn rand_suffix() -> u16 {
    uuid::Uuid::new_v4().as_fields().1
}

/// Removes the databases and roles of test processes that no longer run.
async fn remove_leftovers(url: &str) -> Result<(), Error> {
    let options: PgConnectOptions = url.parse().map_err(Error::from)?;
    let pool = PgPoolOptions::new().max_connections(1).connect_with(options).await?;
    let mut lock = pool.acquire().await?;
    sqlx::query("select pg_advisory_lock(7227835)")
        .execute(&mut *lock)
        .await?;
    let databases: Vec<String> = sqlx::query_scalar(
        "select datname::text from pg_database where datname ~ '^t[0-9a-f]+x[0-9a-f]+_(control|cell_[ab])$'",
    )
    .fetch_all(&mut *lock)
    .await?;
    for database in databases.iter().filter(|database| !running(database)) {
        // A company's role goes with its schema's database: both carry its id.
        let companies: Vec<String> = match PgPoolOptions::new()
            .max_connections(1)
            .connect_with(url.parse::<PgConnectOptions>()?.database(database))
            .await
        {
            Ok(inside) => {
                let names =
                    sqlx::query_scalar("select nspname::text from pg_namespace where nspname ~ '^t_[0-9a-f]{32}$'")
                        .fetch_all(&inside)
                        .await?;
                inside.close().await;
                names
            }
            Err(_) => continue,
        };
        execute(&mut lock, format!("drop database if exists {database} with (force)")).await?;
        for company in companies {
            execute(&mut lock, format!("drop role if exists {company}")).await?;
        }
    }
    let roles: Vec<String> =
        sqlx::query_scalar("select rolname::text from pg_roles where rolname ~ '^t[0-9a-f]+x[0-9a-f]+_'")
            .fetch_all(&mut *lock)
            .await?;
    for role in roles.iter().filter(|role| !running(role)) {
        // One that still owns something belongs to a database that could not be dropped: the next process tries again.
        let _ = execute(&mut lock, format!("drop role {role}")).await;
    }
    sqlx::query("select pg_advisory_unlock(7227835)")
        .execute(&mut *lock)
        .await?;
    Ok(())
}

fn running(name: &str) -> bool {
    let pid = name
        .trim_start_matches('t')
        .split('x')
        .next()
        .and_then(|hex| u32::from_str_radix(hex, 16).ok());
    pid.is_some_and(|pid| std::path::Path::new(&format!("/proc/{pid}")).exists())
}

async fn execute(connection: &mut sqlx::PgConnection, sql: String) -> Result<(), Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await?;
    Ok(())
}
