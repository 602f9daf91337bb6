//! Connections to the cells. Each sub-pool has a login of its own, granted only its share of the companies, and reads and
//! writes over separate connections: a backend keeps what it planned, and far more of it for writing.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool, Row};

use crate::limits::{ACQUIRE_WAIT, COMPANIES_A_CONNECTION, CONNECTION_LIFETIME};
use crate::{Config, Error, Names, TenantId};

/// The two pools of a sub-pool.
#[derive(Debug)]
pub(crate) struct SubPool {
    pub(crate) read: WornPool,
    pub(crate) write: WornPool,
}

/// A pool whose connections are closed once they have served too many companies.
#[derive(Debug)]
pub(crate) struct WornPool {
    pub(crate) pool: PgPool,
    wear: Arc<Wear>,
}

/// Which backend served which companies. A backend is known by its process id, which each transaction's first query brings.
#[derive(Debug, Default)]
struct Wear {
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    companies: HashMap<i32, HashSet<TenantId>>,
    worn: HashSet<i32>,
}

impl Wear {
    /// Backends remembered at most; ids of closed ones are dropped with the rest when it is reached.
    const BACKENDS_MAX: usize = 1_000;

    fn served(&self, backend: i32, tenant: TenantId) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.companies.len() >= Self::BACKENDS_MAX {
            seen.companies.clear();
        }
        let companies = seen.companies.entry(backend).or_default();
        companies.insert(tenant);
        if companies.len() >= COMPANIES_A_CONNECTION {
            seen.worn.insert(backend);
        }
    }

    fn retire(&self, backend: i32) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let worn = seen.worn.remove(&backend);
        if worn {
            seen.companies.remove(&backend);
        }
        worn
    }
}

/// The backend's id; whether no transaction is open, the login is itself again, nothing was prepared by a statement and
/// nothing is listened to; and how many statements the driver has prepared. A statement that a company put in the place of one
/// of the driver's would run as the next company.
///
/// What one company left in the session, a setting or a cursor held open, the next does not find. The function behind
/// `pg_prepared_statements` is asked itself: the view would be read and expanded each time.
const LEFT_BEHIND: &str = "select pg_backend_pid(),
    now() = statement_timestamp() and current_user = session_user and not exists (select from pg_listening_channels()) and not p.by_text,
    p.count
    from (select count(*) as count, coalesce(bool_or(from_sql), false) as by_text from pg_prepared_statement()) p;
    close all; reset all";

/// Whether no transaction is open. Control runs our own statements alone, as one login: there is nothing else to be left.
const CONTROL_LEFT_BEHIND: &str = "select now() = statement_timestamp()";

/// The pool of the control database.
///
/// # Errors
/// The database cannot be reached.
pub(crate) async fn control(options: PgConnectOptions, connections_max: u32) -> Result<PgPool, Error> {
    Ok(PgPoolOptions::new()
        .max_connections(connections_max)
        .acquire_timeout(ACQUIRE_WAIT)
        .max_lifetime(CONNECTION_LIFETIME)
        .after_release(|connection, _| {
            Box::pin(async move {
                // See `WornPool`: an opening that was cancelled half-way leaves a transaction that sqlx does not know of.
                let rows = sqlx::raw_sql(CONTROL_LEFT_BEHIND).fetch_all(&mut *connection).await?;
                rows.first().ok_or(sqlx::Error::RowNotFound)?.try_get(0)
            })
        })
        .connect_with(options)
        .await?)
}

impl WornPool {
    fn new(options: PgConnectOptions, connections_max: u32) -> Self {
        let wear = Arc::new(Wear::default());
        let hook = Arc::clone(&wear);
        let pool = PgPoolOptions::new()
            .max_connections(connections_max)
            .acquire_timeout(ACQUIRE_WAIT)
            .max_lifetime(CONNECTION_LIFETIME)
            .after_release(move |connection, _| {
                let wear = Arc::clone(&hook);
                Box::pin(async move {
                    // An opening that failed or was cancelled half-way leaves a transaction that sqlx does not know of. Aborted, it
                    // fails here; open, it began before this message, which otherwise begins its own.
                    let rows = sqlx::raw_sql(LEFT_BEHIND).fetch_all(&mut *connection).await?;
                    let row = rows.first().ok_or(sqlx::Error::RowNotFound)?;
                    let (backend, clean, prepared): (i32, bool, i64) =
                        (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
                    let is_ours = usize::try_from(prepared).ok() == Some(connection.cached_statements_size());
                    Ok(!wear.retire(backend) && clean && is_ours)
                })
            })
            .connect_lazy_with(options);
        Self { pool, wear }
    }

    /// Remembers that a backend served a company.
    pub(crate) fn served(&self, backend: i32, tenant: TenantId) {
        self.wear.served(backend, tenant);
    }
}

/// Every cell's sub-pools, by the cell's name.
pub(crate) fn cells(config: &Config, names: &Names) -> Result<HashMap<String, Vec<SubPool>>, Error> {
    let mut cells = HashMap::new();
    for cell in &config.cells {
        let database = names.cell_database(&cell.name)?;
        let sub_pools = cell
            .sub_pools
            .iter()
            .map(|sub_pool| {
                let options = cell.address.options(&database, &sub_pool.login);
                SubPool {
                    read: WornPool::new(options.clone(), config.read_connections_max),
                    write: WornPool::new(options, config.write_connections_max),
                }
            })
            .collect();
        cells.insert(cell.name.clone(), sub_pools);
    }
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_worn_after_fifty_companies_and_only_then() {
        let wear = Wear::default();
        for _ in 0..COMPANIES_A_CONNECTION - 1 {
            wear.served(7, TenantId::fresh());
        }
        let last = TenantId::fresh();
        assert!(!wear.retire(7));
        wear.served(7, last);
        assert!(!wear.retire(8));
        assert!(wear.retire(7));
        assert!(!wear.retire(7));
    }

    #[test]
    fn the_same_company_over_and_over_wears_nothing() {
        let wear = Wear::default();
        let tenant = TenantId::fresh();
        for _ in 0..1_000 {
            wear.served(7, tenant);
        }
        assert!(!wear.retire(7));
    }
}
