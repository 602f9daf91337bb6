//! Making companies ahead of time. On PostgreSQL 15 a login that may make roles is as good as a superuser, so this runs as a
//! process of its own with a login of its own, and the web server only takes from the stock.

use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use uuid::Uuid;

use crate::migrations::{Source, fill, run};
use crate::{AdminConfig, Error, Names, SCHEMA_VERSION, TenantId};

/// The provisioner's connections.
#[derive(Debug)]
pub struct Provisioner {
    names: Names,
    control: PgPool,
    cells: Vec<CellStock>,
}

#[derive(Debug)]
struct CellStock {
    name: String,
    pool: PgPool,
    sub_pools: i16,
}

/// What one round of stocking did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stocked {
    /// Schemas made in this round.
    pub made: usize,
    /// Ready schemas over all cells now.
    pub ready: usize,
}

impl Provisioner {
    /// Most schemas in stock in a cell.
    pub const STOCK_MAX: usize = 500;

    /// Connects as the provisioner's login.
    pub async fn connect(config: &AdminConfig) -> Result<Self, Error> {
        let names = Names::new(&config.prefix)?;
        let control = PgPoolOptions::new()
            .max_connections(1)
            .connect_with(config.control.options(&names.control_database(), &config.provisioner))
            .await?;
        let mut cells = Vec::new();
        for (name, address, sub_pools) in &config.cells {
            let options = address.options(&names.cell_database(name)?, &config.provisioner);
            let pool = PgPoolOptions::new().max_connections(1).connect_with(options).await?;
            cells.push(CellStock {
                name: name.clone(),
                pool,
                sub_pools: *sub_pools,
            });
        }
        Ok(Self { names, control, cells })
    }

    /// Fills every cell's stock up to `wanted` ready schemas, and finishes those that were cut off.
    pub async fn stock_to(&self, wanted: usize) -> Result<Stocked, Error> {
        let wanted = wanted.min(Self::STOCK_MAX);
        let mut stocked = Stocked::default();
        for cell in &self.cells {
            let cut_off: Vec<(Uuid, i16)> =
                sqlx::query_as("select tenant_id, sub_pool from stock where cell = $1 and not ready and provisioned_at < now() - interval '1 minute'")
                    .bind(&cell.name)
                    .fetch_all(&self.control)
                    .await?;
            for (id, sub_pool) in cut_off {
                self.make(cell, id.into(), sub_pool, Source::Baseline).await?;
                stocked.made += 1;
            }
            let (ready, all): (i64, i64) = sqlx::query_as(
                "select count(*) filter (where ready and schema_version = $2), (select count(*) from tenant where cell = $1) + count(*) from stock where cell = $1",
            )
            .bind(&cell.name)
            .bind(SCHEMA_VERSION)
            .fetch_one(&self.control)
            .await?;
            let ready = usize::try_from(ready).unwrap_or(0);
            for (next, _) in (all..).zip(ready..wanted) {
                let sub_pool = i16::try_from(next % i64::from(cell.sub_pools.max(1))).unwrap_or(0);
                self.order(cell, sub_pool, Source::Baseline).await?;
                stocked.made += 1;
            }
            stocked.ready += ready.max(wanted);
        }
        Ok(stocked)
    }

    /// Makes one schema by all the steps instead of the baseline, for the proof that both are equal.
    pub async fn make_by_steps(&self) -> Result<TenantId, Error> {
        let cell = self.cells.first().ok_or_else(|| Error::UnknownCell("any".into()))?;
        self.order(cell, 0, Source::Steps).await
    }

    async fn order(&self, cell: &CellStock, sub_pool: i16, source: Source) -> Result<TenantId, Error> {
        let tenant = TenantId::fresh();
        sqlx::query("insert into stock (tenant_id, cell, sub_pool, schema_version) values ($1, $2, $3, $4)")
            .bind(tenant.uuid())
            .bind(&cell.name)
            .bind(sub_pool)
            .bind(SCHEMA_VERSION)
            .execute(&self.control)
            .await?;
        self.make(cell, tenant, sub_pool, source).await?;
        Ok(tenant)
    }

    async fn make(&self, cell: &CellStock, tenant: TenantId, sub_pool: i16, source: Source) -> Result<(), Error> {
        let schema = tenant.schema();
        let (ledger, audit) = (self.names.ledger(), self.names.audit());
        let web = self.names.sub_pool(&cell.name, sub_pool)?;
        let mut tx = cell.pool.begin().await?;
        let there: bool = sqlx::query_scalar("select exists (select from pg_namespace where nspname = $1)")
            .bind(&schema)
            .fetch_one(&mut *tx)
            .await?;
        if !there {
            run(
                &mut tx,
                format!(
                    "create role {schema} nologin noinherit; grant {schema} to {web};
                     create schema {schema} authorization {ledger}; set local role {ledger};
                     grant usage on schema {schema} to {schema}; grant usage, create on schema {schema} to {audit}; reset role"
                ),
            )
            .await?;
            fill(&mut tx, &self.names, tenant, source).await?;
            run(
                &mut tx,
                format!("set local role {ledger}; revoke create on schema {schema} from {audit}"),
            )
            .await?;
        }
        tx.commit().await?;
        sqlx::query("update stock set ready = true where tenant_id = $1")
            .bind(tenant.uuid())
            .execute(&self.control)
            .await?;
        Ok(())
    }
}
