//! Four companies: an attacker, its neighbor in the same sub-pool, one across in the other sub-pool, one abroad in the other cell.
//! Each holds a secret of its own; no attack may bring another's to light.

use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection, Row};
use tenancy::{Address, Capability, Cx, Login, Opened, RequestKey, TenantTx, Write};
use testkit::Kit;
use tokio::sync::OnceCell;

pub struct Town {
    pub attacker: Cx,
    pub neighbor: Cx,
    pub across: Cx,
    pub abroad: Cx,
}

impl Town {
    /// Whom the attacker must not reach.
    pub fn others(&self) -> [&Cx; 3] {
        [&self.neighbor, &self.across, &self.abroad]
    }
}

/// The town, built once a process. Tests that change anything build their own companies.
pub async fn town(kit: &Kit) -> &'static Town {
    static TOWN: OnceCell<Town> = OnceCell::const_new();
    TOWN.get_or_init(async || Town {
        attacker: company_at(kit, "a", 0).await,
        neighbor: company_at(kit, "a", 0).await,
        across: company_at(kit, "a", 1).await,
        abroad: company_at(kit, "b", 0).await,
    })
    .await
}

/// A company of a certain cell and sub-pool, with its secret as its name, the name of an account and in its record.
pub async fn company_at(kit: &Kit, cell: &str, sub_pool: i16) -> Cx {
    let cx = loop {
        let cx = kit.company("Juniper Cycles").await;
        if cx.tenant().cell == cell && cx.tenant().sub_pool == sub_pool {
            break cx;
        }
    };
    let mut tx = change(&cx).await;
    for statement in [
        "insert into company (name, entity_type, currency, time_zone, basis, fiscal_year_first_month) values ($1, 'llc', 'USD', 'UTC', 'accrual', 1)",
        "insert into account (name, type, currency) values ($1, 'bank', 'USD')",
    ] {
        sqlx::query(statement)
            .bind(secret(&cx))
            .execute(&mut *tx)
            .await
            .expect("a secret is kept");
    }
    tx.commit(&()).await.expect("committed");
    cx
}

/// What only the company itself may see.
pub fn secret(cx: &Cx) -> String {
    format!("secret of {}", cx.tenant().id)
}

/// A new change of the company.
pub async fn change(cx: &Cx) -> TenantTx<Write> {
    match cx
        .write(Capability::Documents, &RequestKey::fresh())
        .await
        .expect("a change")
    {
        Opened::Change(tx) => tx,
        Opened::Repeated(_) => panic!("a fresh key was used before"),
    }
}

/// One statement as an injection would bring it: every value it gives, as text, or its SQLSTATE.
pub async fn ask(connection: &mut PgConnection, sql: &str) -> Result<Vec<String>, String> {
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(connection).await;
    rows.map(|rows| rows.iter().flat_map(values).collect())
        .map_err(|error| sqlstate(&error))
}

fn values(row: &PgRow) -> Vec<String> {
    (0..row.len())
        .filter_map(|column| row.try_get_raw(column).ok())
        .filter_map(|value| {
            value
                .as_bytes()
                .ok()
                .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        })
        .collect()
}

/// One statement inside a reading transaction of the company.
pub async fn ask_reading(cx: &Cx, sql: &str) -> Result<Vec<String>, String> {
    let mut tx = cx.read(Capability::ReadBooks).await.expect("a reading transaction");
    ask(&mut tx, sql).await
}

/// One statement inside a change of the company, which is then rolled back.
pub async fn ask_writing(cx: &Cx, sql: &str) -> Result<Vec<String>, String> {
    let mut tx = change(cx).await;
    ask(&mut tx, sql).await
}

/// Attacks every other company of the town from inside the attacker's transactions. `{other}` is the other's schema, `{id}` its id.
/// In the attacker's own cell the answer must be `refused`; in no cell may it hold the other's secret.
pub async fn refused_in_the_town(town: &Town, attack: &str, refused: &str) {
    for other in town.others() {
        let sql = attack
            .replace("{other}", &other.tenant().id.schema())
            .replace("{id}", &other.tenant().id.to_string());
        for answer in [
            ask_reading(&town.attacker, &sql).await,
            ask_writing(&town.attacker, &sql).await,
        ] {
            if let Ok(values) = &answer {
                assert!(!values.iter().any(|value| value.contains(&secret(other))), "{sql}");
            }
            if other.tenant().cell == town.attacker.tenant().cell {
                assert_eq!(
                    answer.as_ref().err().map(String::as_str),
                    Some(refused),
                    "{sql}: {answer:?}"
                );
            } else {
                // The other's schema is in another database: whatever the words are, there is nothing to be had.
                assert!(answer.is_err(), "{sql}: {answer:?}");
            }
        }
    }
}

/// A plain connection, as somebody who forgot the role, or stole a password.
pub async fn connect(address: &Address, login: &Login, database: &str) -> Result<PgConnection, String> {
    options(address, login, database)
        .connect()
        .await
        .map_err(|error| sqlstate(&error))
}

/// How a login connects.
pub fn options(address: &Address, login: &Login, database: &str) -> PgConnectOptions {
    let options = PgConnectOptions::new_without_pgpass()
        .username(&login.name)
        .password(login.password.expose())
        .database(database)
        .port(address.port);
    if address.host.starts_with('/') {
        options.socket(&address.host)
    } else {
        options.host(&address.host)
    }
}

/// A plain connection as the login of a company's sub-pool.
pub async fn connect_beside(kit: &Kit, cx: &Cx) -> PgConnection {
    let cell = kit
        .config
        .cells
        .iter()
        .find(|cell| cell.name == cx.tenant().cell)
        .expect("the company's cell");
    let sub_pool = usize::try_from(cx.tenant().sub_pool).expect("a sub-pool");
    let database = kit.tenancy.names().cell_database(&cell.name).expect("a cell's name");
    connect(&cell.address, &cell.sub_pools[sub_pool].login, &database)
        .await
        .expect("the login connects")
}

/// The SQLSTATE, or the error's own words where the database said nothing.
pub fn sqlstate(error: &sqlx::Error) -> String {
    error
        .as_database_error()
        .and_then(|e| e.code())
        .map_or_else(|| error.to_string(), std::borrow::Cow::into_owned)
}
