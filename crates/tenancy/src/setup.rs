//! Setting up an installation, by a superuser, as often as one likes: roles, databases, what is taken from PUBLIC, and the
//! control database's steps. Writes nothing but SQL; the caller keeps the two configurations it gives.

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, PgPool};

use crate::config::{Address, encrypted};
use crate::migrations::{CONTROL_STEPS, run};
use crate::walls::{CLOSED_FUNCTIONS, CLOSED_LANGUAGES};
use crate::{AdminConfig, CellConfig, Config, Error, Login, Names, Secret, SubPoolConfig};

/// What an installation is to have.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The prefix of its role and database names.
    pub prefix: String,
    /// The superuser's address of each cell, by the cell's name; the first one's PostgreSQL also holds control.
    pub cells: Vec<(String, Secret)>,
    /// Sub-pools a cell: each has a login of its own.
    pub sub_pools: i16,
    /// Most connections of a sub-pool, for reading and for writing each.
    pub connections_max: u32,
    /// The configurations of an earlier run, whose passwords are kept.
    pub earlier: Option<(Config, AdminConfig)>,
}

/// Brings a PostgreSQL to what `wanted` says. Idempotent.
pub async fn setup(wanted: &Setup) -> Result<(Config, AdminConfig), Error> {
    let names = Names::new(&wanted.prefix)?;
    let (_, first) = wanted
        .cells
        .first()
        .ok_or_else(|| Error::Config("an installation has a cell".into()))?;
    let control_admin = connect(first, None).await?;
    let earlier = wanted.earlier.as_ref();
    let web = login(names.web(), earlier.map(|(c, _)| &c.web));
    let provisioner = login(names.provisioner(), earlier.map(|(_, a)| &a.provisioner));
    let migrator = login(names.migrator(), earlier.map(|(_, a)| &a.migrator));

    let mut cells = Vec::new();
    let mut addresses = Vec::new();
    for (name, url) in &wanted.cells {
        let admin = connect(url, None).await?;
        let mut sub_pools = Vec::new();
        for n in 0..wanted.sub_pools {
            let before = earlier.and_then(|(c, _)| {
                c.cells
                    .iter()
                    .find(|c| c.name == *name)?
                    .sub_pools
                    .get(usize::try_from(n).ok()?)
            });
            sub_pools.push(SubPoolConfig {
                login: login(names.sub_pool(name, n)?, before.map(|s| &s.login)),
            });
        }
        for owner in [names.owner(), names.ledger(), names.audit()] {
            role(&admin, &owner, "nologin noinherit", None).await?;
        }
        role(&admin, &web.name, "login noinherit", Some(&web)).await?;
        role(
            &admin,
            &provisioner.name,
            "login inherit createrole",
            Some(&provisioner),
        )
        .await?;
        role(&admin, &migrator.name, "login inherit", Some(&migrator)).await?;
        for sub_pool in &sub_pools {
            role(&admin, &sub_pool.login.name, "login noinherit", Some(&sub_pool.login)).await?;
        }
        let operators = format!("{}, {}", provisioner.name, migrator.name);
        execute(
            &admin,
            format!(
                "grant {}, {}, {} to {operators}",
                names.owner(),
                names.ledger(),
                names.audit()
            ),
        )
        .await?;
        let database = names.cell_database(name)?;
        make_database(&admin, &database, &names.ledger()).await?;
        let logins: Vec<&str> = sub_pools.iter().map(|s| s.login.name.as_str()).collect();
        execute(&admin, format!("revoke all on database {database} from public; grant connect on database {database} to {operators}, {}; grant create on database {database} to {}", logins.join(", "), provisioner.name)).await?;
        close_walls(&connect(url, Some(&database)).await?, &names).await?;
        let address = address(url)?;
        addresses.push((name.clone(), address.clone(), wanted.sub_pools));
        cells.push(CellConfig {
            name: name.clone(),
            address,
            sub_pools,
        });
    }

    let control = names.control_database();
    make_database(&control_admin, &control, &names.owner()).await?;
    execute(
        &control_admin,
        format!(
            "revoke all on database {control} from public; grant connect on database {control} to {}, {}, {}",
            web.name, provisioner.name, migrator.name
        ),
    )
    .await?;
    control_steps(&connect(first, Some(&control)).await?, &names, &wanted.cells).await?;

    let config = Config {
        prefix: wanted.prefix.clone(),
        control: address(first)?,
        web,
        cells,
        read_connections_max: wanted.connections_max,
        write_connections_max: wanted.connections_max,
    };
    let admin = AdminConfig {
        prefix: wanted.prefix.clone(),
        control: address(first)?,
        cells: addresses,
        provisioner,
        migrator,
    };
    Ok((config, admin))
}

/// Takes from PUBLIC what `check_walls` looks for, and keeps new functions from being everybody's.
async fn close_walls(cell: &PgPool, names: &Names) -> Result<(), Error> {
    let (ledger, audit) = (names.ledger(), names.audit());
    let functions: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select p.oid::regprocedure::text from pg_proc p where {CLOSED_FUNCTIONS} order by 1"
    )))
    .fetch_all(cell)
    .await?;
    let mut tx = cell.begin().await?;
    for function in functions {
        run(&mut tx, format!("revoke execute on function {function} from public")).await?;
    }
    let languages: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select quote_ident(l.lanname) from pg_language l where {CLOSED_LANGUAGES}"
    )))
    .fetch_all(&mut *tx)
    .await?;
    for language in languages {
        run(&mut tx, format!("revoke usage on language {language} from public; grant usage on language {language} to {ledger}, {audit}")).await?;
    }
    for owner in [ledger, audit] {
        run(
            &mut tx,
            format!("alter default privileges for role {owner} revoke execute on functions from public"),
        )
        .await?;
    }
    run(&mut tx, "revoke all on schema public from public".to_owned()).await?;
    // What search is made of. Its one function that changes a session's setting is taken away: a connection serves many companies.
    run(&mut tx, "create schema if not exists trigram; create extension if not exists pg_trgm schema trigram; grant usage on schema trigram to public; revoke execute on function trigram.set_limit(real) from public".to_owned()).await?;
    tx.commit().await?;
    Ok(())
}

async fn control_steps(control: &PgPool, names: &Names, cells: &[(String, Secret)]) -> Result<(), Error> {
    let owner = names.owner();
    let mut tx = control.begin().await?;
    // One at a time: two set-ups side by side would both find the first step missing.
    run(&mut tx, "select pg_advisory_xact_lock(7227834)".to_owned()).await?;
    run(&mut tx, format!("create table if not exists public.schema_step (step integer primary key, at timestamptz not null default now()); alter table public.schema_step owner to {owner}; grant usage, create on schema public to {owner}; grant usage on schema public to {}", names.web())).await?;
    let done: i32 = sqlx::query_scalar("select coalesce(max(step), 0) from schema_step")
        .fetch_one(&mut *tx)
        .await?;
    for (index, step) in CONTROL_STEPS.iter().enumerate() {
        let number = i32::try_from(index + 1).map_err(|_| Error::WrongSchema)?;
        if number > done {
            run(&mut tx, names.control_sql(step)).await?;
            run(
                &mut tx,
                format!("reset role; insert into schema_step (step) values ({number})"),
            )
            .await?;
        }
    }
    for (cell, _) in cells {
        sqlx::query("insert into cell (name) values ($1) on conflict do nothing")
            .bind(cell)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn make_database(admin: &PgPool, database: &str, owner: &str) -> Result<(), Error> {
    let there: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(database)
        .fetch_one(admin)
        .await?;
    if !there {
        execute(
            admin,
            format!("create database {database} owner {owner} template template0 encoding 'UTF8' locale 'C.UTF-8'"),
        )
        .await?;
    }
    Ok(())
}

async fn role(admin: &PgPool, name: &str, attributes: &str, login: Option<&Login>) -> Result<(), Error> {
    let there: bool = sqlx::query_scalar("select exists (select from pg_roles where rolname = $1)")
        .bind(name)
        .fetch_one(admin)
        .await?;
    // A password is hex that Secret::random made, or what an earlier run kept.
    let password = match login {
        Some(login) if login.password.expose().chars().all(|c| c.is_ascii_alphanumeric()) => {
            format!(" password '{}'", login.password.expose())
        }
        Some(_) => {
            return Err(Error::Config(format!(
                "the password of {name} is not of letters and digits"
            )));
        }
        None => String::new(),
    };
    let verb = if there { "alter" } else { "create" };
    execute(admin, format!("{verb} role {name} {attributes}{password}")).await
}

fn login(name: String, earlier: Option<&Login>) -> Login {
    Login {
        name,
        password: earlier.map_or_else(Secret::random, |login| login.password.clone()),
    }
}

async fn execute(pool: &PgPool, sql: String) -> Result<(), Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(pool).await?;
    Ok(())
}

async fn connect(url: &Secret, database: Option<&str>) -> Result<PgPool, Error> {
    let mut options = options(url)?;
    if let Some(database) = database {
        options = options.database(database);
    }
    Ok(PgPoolOptions::new().max_connections(1).connect_with(options).await?)
}

fn options(url: &Secret) -> Result<PgConnectOptions, Error> {
    PgConnectOptions::from_str(url.expose())
        .map(encrypted)
        .map_err(|_| Error::Config("the superuser's address is no PostgreSQL URL".into()))
}

fn address(url: &Secret) -> Result<Address, Error> {
    let options = options(url)?;
    let host = match options.get_socket() {
        Some(folder) => folder.display().to_string(),
        None => options.get_host().to_owned(),
    };
    Ok(Address {
        host,
        port: options.get_port(),
    })
}
