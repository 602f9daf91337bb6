//! The only way to a company's books: a capability first, then a transaction that carries the company's role and schema.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

use crate::gates::{Download, HeavyWork, Pass};
use crate::limits::{LOCK_WAIT, READ_STATEMENT, WRITE_STATEMENT};
use crate::{Actor, Capability, Error, RequestKey, Role, SCHEMA_VERSION, Tenancy, TenantId, TenantRef};

/// Who asks, as what, about which company, in which request: the first argument of everything in `books`.
#[derive(Clone, Debug)]
pub struct Cx {
    tenancy: Tenancy,
    tenant: TenantRef,
    actor: Actor,
    role: Role,
    request_id: String,
    /// Where the one transaction is that all reads share, if they do.
    moment: Option<Arc<Moment>>,
}

/// The transaction that the reads of one moment share, once the first of them has opened it.
type Moment = Mutex<Option<Arc<tokio::sync::Mutex<Reading>>>>;

/// A transaction that reads, with its place among the company's readers.
#[derive(Debug)]
struct Reading {
    transaction: Transaction<'static, Postgres>,
    // Dropped after the transaction, which gives its connection back first.
    _pass: Pass,
}

/// The mode of a transaction that reads.
#[derive(Debug)]
pub struct Read {
    reading: OwnedMutexGuard<Reading>,
}

/// The mode of a transaction that writes: it has opened a change.
#[derive(Debug)]
pub struct Write {
    change: i64,
    transaction: Transaction<'static, Postgres>,
    // Dropped after the transaction, which gives its connection back first.
    _pass: Pass,
}

/// What a transaction does: [`Read`] or [`Write`].
pub trait Mode: sealed::Mode + Send + Sync {}

impl Mode for Read {}
impl Mode for Write {}

mod sealed {
    use sqlx::PgConnection;

    pub trait Mode {
        fn connection(&self) -> &PgConnection;
        fn connection_mut(&mut self) -> &mut PgConnection;
    }

    impl Mode for super::Read {
        fn connection(&self) -> &PgConnection {
            &self.reading.transaction
        }

        fn connection_mut(&mut self) -> &mut PgConnection {
            &mut self.reading.transaction
        }
    }

    impl Mode for super::Write {
        fn connection(&self) -> &PgConnection {
            &self.transaction
        }

        fn connection_mut(&mut self) -> &mut PgConnection {
            &mut self.transaction
        }
    }
}

/// A transaction on one company's books. Dropping it rolls back; one that shares a moment is rolled back with the last of them.
///
/// It derefs to the connection, so that `sqlx::query!` runs on it. Statements from strings are refused by clippy outside this
/// crate: one statement at a time, checked when compiled, is what the walls are built for.
#[derive(Debug)]
pub struct TenantTx<M> {
    tenant: TenantId,
    mode: M,
}

/// What opening a change gives.
#[derive(Debug)]
pub enum Opened {
    /// A new change.
    Change(TenantTx<Write>),
    /// This request was made before: this is what it got.
    Repeated(Answer),
}

/// The answer that a change kept for a repeat of its request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer(String);

impl Answer {
    /// The answer as what the first request gave.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_str(&self.0).map_err(|_| Error::AnswerMismatch)
    }
}

impl Cx {
    pub(crate) fn new(tenancy: Tenancy, tenant: TenantRef, actor: Actor, role: Role, request_id: String) -> Self {
        Self {
            tenancy,
            tenant,
            actor,
            role,
            request_id,
            moment: None,
        }
    }

    /// The same, but that all it reads is of one moment: the first read opens a transaction that the others go on in, until the
    /// last clone of this is dropped, or until it waits its turn for heavy work or a download. For pages, which ask many questions
    /// and want answers that agree; not for what writes and then reads again. A read while another one is under way opens its own.
    #[must_use]
    pub fn at_one_moment(&self) -> Self {
        Self {
            moment: Some(Arc::default()),
            ..self.clone()
        }
    }

    /// The same, but that each read is a transaction of its own: for what goes on reading for as long as somebody takes it, which
    /// must not hold a place among the company's readers meanwhile.
    #[must_use]
    pub fn apart(&self) -> Self {
        Self {
            moment: None,
            ..self.clone()
        }
    }

    /// Lets go of the moment's transaction, so that nobody waits with a place among the readers; the next read opens another one.
    fn end_moment(&self) {
        if let Some(moment) = &self.moment {
            moment.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
    }

    /// The company.
    pub fn tenant(&self) -> &TenantRef {
        &self.tenant
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// As what.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The request's id, for logs and error pages.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The installation, for what lies in control.
    pub fn tenancy(&self) -> &Tenancy {
        &self.tenancy
    }

    /// Whether a capability is there, for what a page shows.
    pub fn may(&self, capability: Capability) -> bool {
        self.role.allows(capability)
    }

    /// Refuses when a capability is not there.
    pub fn require(&self, capability: Capability) -> Result<(), Error> {
        if self.may(capability) {
            Ok(())
        } else {
            Err(Error::Forbidden)
        }
    }

    /// The company's keys, for sealing and opening fields. Opening one for a person goes with an audit event.
    pub async fn keys(&self) -> Result<Arc<vault::CompanyKeys>, Error> {
        self.tenancy.keys(self.tenant.id).await
    }

    /// Leave to do what takes much memory or time, once the company's turn has come: what is read or verified whole.
    ///
    /// # Errors
    /// `Crowded` when its turn does not come within [`ACQUIRE_WAIT`](crate::limits::ACQUIRE_WAIT).
    pub async fn heavy_work(&self) -> Result<HeavyWork, Error> {
        self.end_moment();
        self.tenancy.gates().enter_to_work_hard(self.tenant.id).await
    }

    /// Leave to send a file while it is read, once the company's turn has come. Whoever sends it also bounds how long it may take.
    ///
    /// # Errors
    /// `Crowded` when its turn does not come within [`ACQUIRE_WAIT`](crate::limits::ACQUIRE_WAIT).
    pub async fn download(&self) -> Result<Download, Error> {
        self.end_moment();
        self.tenancy.gates().enter_to_download(self.tenant.id).await
    }

    /// Opens a transaction that reads: REPEATABLE READ READ ONLY, so that totals and the lines behind them agree.
    ///
    /// # Errors
    /// `Forbidden`; `Crowded`; `WrongSchema` where the schema is missing, another company's or of an unknown version.
    pub async fn read(&self, capability: Capability) -> Result<TenantTx<Read>, Error> {
        self.require(capability)?;
        let opened = match self.shared() {
            Some(reading) => reading,
            None => self.open().await?,
        };
        Ok(TenantTx {
            tenant: self.tenant.id,
            mode: Read { reading: opened },
        })
    }

    /// The transaction of this moment, if it is open and nobody reads in it just now.
    fn shared(&self) -> Option<OwnedMutexGuard<Reading>> {
        let slot = self.moment.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slot.as_ref()?).try_lock_owned().ok()
    }

    async fn open(&self) -> Result<OwnedMutexGuard<Reading>, Error> {
        let pool = &self.tenancy.sub_pool(&self.tenant)?.read;
        let pass = self.tenancy.gates().enter_to_read(self.tenant.id).await?;
        let mut transaction = pool
            .pool
            .begin_with(AssertSqlSafe(self.opening(
                "ISOLATION LEVEL REPEATABLE READ READ ONLY",
                READ_STATEMENT.as_millis(),
            )))
            .await
            .map_err(missing)?;
        // A schema that is not there is silently left out of a search path: the guard's row is what tells. It is also the first
        // query, after which PostgreSQL refuses to make the transaction writable.
        let (tenant, version, backend): (Uuid, i32, i32) =
            sqlx::query_as("select tenant_id, schema_version, pg_backend_pid() from guard")
                .fetch_one(&mut *transaction)
                .await
                .map_err(missing)?;
        if tenant != self.tenant.id.uuid() || !(SCHEMA_VERSION - 1..=SCHEMA_VERSION).contains(&version) {
            return Err(Error::WrongSchema);
        }
        pool.served(backend, self.tenant.id);
        let reading = Arc::new(tokio::sync::Mutex::new(Reading {
            transaction,
            _pass: pass,
        }));
        let opened = Arc::clone(&reading).lock_owned().await;
        if let Some(moment) = &self.moment {
            moment
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get_or_insert(reading);
        }
        Ok(opened)
    }

    /// Opens a change: takes the company's head lock, so that one writer a company works at a time, and the change's number.
    ///
    /// # Errors
    /// `Forbidden`; `Crowded`; `Busy` when the lock is not free within five seconds; `WrongSchema`.
    pub async fn write(&self, capability: Capability, key: &RequestKey) -> Result<Opened, Error> {
        self.require(capability)?;
        if !capability.writes() {
            return Err(Error::Forbidden);
        }
        let pool = &self.tenancy.sub_pool(&self.tenant)?.write;
        let pass = self.tenancy.gates().enter_to_write(self.tenant.id).await?;
        let mut transaction = pool
            .pool
            .begin_with(AssertSqlSafe(self.opening("", WRITE_STATEMENT.as_millis())))
            .await
            .map_err(missing)?;
        let (change, answer, backend): (Option<i64>, Option<String>, i32) =
            sqlx::query_as("select n, answer, pg_backend_pid() from change_open($1, $2, $3, $4, $5, $6, $7)")
                .bind(self.tenant.id.uuid())
                .bind(SCHEMA_VERSION)
                .bind(key.as_str())
                .bind(self.actor.kind.code())
                .bind(&self.actor.name)
                .bind(self.role.code())
                .bind(&self.request_id)
                .fetch_one(&mut *transaction)
                .await
                .map_err(missing)?;
        pool.served(backend, self.tenant.id);
        Ok(match change {
            Some(change) => Opened::Change(TenantTx {
                tenant: self.tenant.id,
                mode: Write {
                    change,
                    transaction,
                    _pass: pass,
                },
            }),
            None => Opened::Repeated(Answer(answer.unwrap_or_else(|| "null".to_owned()))),
        })
    }

    /// One round trip: the transaction, the company's role and path, and how long things may take. The schema's name is made
    /// of a parsed UUID and of nothing else.
    fn opening(&self, mode: &str, statement_ms: u128) -> String {
        let schema = self.tenant.id.schema();
        let lock_ms = LOCK_WAIT.as_millis();
        format!(
            "BEGIN {mode}; SET LOCAL ROLE {schema}; SET LOCAL search_path = {schema}, pg_temp; SET LOCAL statement_timeout = {statement_ms}; SET LOCAL lock_timeout = {lock_ms}"
        )
    }
}

impl<M> TenantTx<M> {
    /// Whose books these are.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }
}

impl TenantTx<Write> {
    /// The change's number: what `made_in` and `retired_in` take.
    pub fn change(&self) -> i64 {
        self.mode.change
    }

    /// Keeps what was written, together with what a repeat of this request is to be told.
    pub async fn commit(mut self, answer: &impl Serialize) -> Result<(), Error> {
        let answer = serde_json::to_string(answer).map_err(|_| Error::AnswerMismatch)?;
        sqlx::query("select change_answer($1)")
            .bind(answer)
            .execute(&mut *self.mode.transaction)
            .await?;
        Ok(self.mode.transaction.commit().await?)
    }
}

impl<M: Mode> Deref for TenantTx<M> {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        self.mode.connection()
    }
}

impl<M: Mode> DerefMut for TenantTx<M> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.mode.connection_mut()
    }
}

/// A role, schema, table or function that is not there means a schema that is not there.
fn missing(error: sqlx::Error) -> Error {
    let state = error.as_database_error().and_then(|e| e.code().map(|c| c.into_owned()));
    match state.as_deref() {
        Some("22023" | "3F000" | "42P01" | "42883" | "42704") => Error::WrongSchema,
        _ => error.into(),
    }
}
