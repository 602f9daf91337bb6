//! The steps of a company's schema, the baseline that a new one replays, and the runner that brings the others up to date.

use futures::StreamExt;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, PgPool, Postgres, Transaction};
use uuid::Uuid;

use crate::limits::MIGRATIONS_AT_ONCE;
use crate::{AdminConfig, Error, Names, TenantId};

/// The steps in order. A step is never edited once it has landed: a later one corrects it.
const STEPS: [&str; 12] = [
    include_str!("../../../migrations/tenant/0001_changes.sql"),
    include_str!("../../../migrations/tenant/0002_company.sql"),
    include_str!("../../../migrations/tenant/0003_documents.sql"),
    include_str!("../../../migrations/tenant/0004_banking.sql"),
    include_str!("../../../migrations/tenant/0005_audit_replay.sql"),
    include_str!("../../../migrations/tenant/0006_bounds_and_balances.sql"),
    include_str!("../../../migrations/tenant/0007_bounds_and_plans.sql"),
    include_str!("../../../migrations/tenant/0008_ledger_whole.sql"),
    include_str!("../../../migrations/tenant/0009_merges_whole.sql"),
    include_str!("../../../migrations/tenant/0010_line_due_on.sql"),
    include_str!("../../../migrations/tenant/0011_open_item_totals.sql"),
    include_str!("../../../migrations/tenant/0012_lists_in_order.sql"),
];

/// All the steps in one, made by `cargo xtask baseline` and proven equal to them.
const BASELINE: &str = include_str!("../../../migrations/tenant/baseline.sql");

/// The control database's steps.
pub(crate) const CONTROL_STEPS: [&str; 5] = [
    include_str!("../../../migrations/control/0001_tenants.sql"),
    include_str!("../../../migrations/control/0002_people.sql"),
    include_str!("../../../migrations/control/0003_kept_forms.sql"),
    include_str!("../../../migrations/control/0004_invitation_keys.sql"),
    include_str!("../../../migrations/control/0005_short_names.sql"),
];

/// The version this program writes and reads. Companies at the one before are open too, while they are being migrated: what asks for
/// a table or column of the newest step fails there until its company's turn came.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "there are a handful of steps"
)]
pub const SCHEMA_VERSION: i32 = STEPS.len() as i32;

/// What a migration run did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MigrationReport {
    /// Schemas brought to `SCHEMA_VERSION`.
    pub migrated: usize,
    /// Schemas that were there already.
    pub current: usize,
    /// Schemas where a step failed, with its message; running again starts at that step.
    pub failed: Vec<(TenantId, String)>,
}

/// How a new schema is filled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Source {
    Baseline,
    Steps,
}

/// Fills an empty schema inside the provisioner's transaction.
pub(crate) async fn fill(
    tx: &mut Transaction<'_, Postgres>,
    names: &Names,
    tenant: TenantId,
    source: Source,
) -> Result<(), Error> {
    let schema = tenant.schema();
    // The baseline names functions before the tables they read, as any dump does.
    run(
        tx,
        format!("set local search_path = {schema}, pg_temp; set local check_function_bodies = off"),
    )
    .await?;
    match source {
        Source::Baseline => run(tx, names.tenant_sql(BASELINE, tenant)).await?,
        Source::Steps => {
            for step in STEPS {
                run(tx, names.tenant_sql(step, tenant)).await?;
                run(tx, "reset role".to_owned()).await?;
            }
        }
    }
    let first = format!(
        "set local role {}; insert into guard (tenant_id, schema_version) values ('{tenant}', {SCHEMA_VERSION});
         insert into audit_head (change, seq, hash) values (0, 0, sha256('cartefi audit 1 {tenant}')); reset role",
        names.audit()
    );
    run(tx, first).await
}

/// Brings every company and every schema in stock to `SCHEMA_VERSION`: a transaction a step, a few companies at a time,
/// resumable. What failed is reported and does not hold up the others.
pub async fn migrate(config: &AdminConfig) -> Result<MigrationReport, Error> {
    let names = Names::new(&config.prefix)?;
    let control = PgPoolOptions::new()
        .max_connections(2)
        .connect_with(config.control.options(&names.control_database(), &config.migrator))
        .await?;
    let mut report = MigrationReport::default();
    for (cell, address, _) in &config.cells {
        let options = address.options(&names.cell_database(cell)?, &config.migrator);
        let pool = PgPoolOptions::new()
            .max_connections(u32::try_from(MIGRATIONS_AT_ONCE).unwrap_or(1))
            .connect_with(options)
            .await?;
        let tenants: Vec<(Uuid, i32)> = sqlx::query_as(
            "select id, schema_version from tenant where cell = $1 union all select tenant_id, schema_version from stock where cell = $1 and ready order by 1",
        )
        .bind(cell)
        .fetch_all(&control)
        .await?;
        let mut runs = futures::stream::iter(tenants.into_iter().map(|(id, version)| {
            let (pool, control, names) = (&pool, &control, &names);
            async move { (id, version, migrate_one(pool, control, names, id.into(), version).await) }
        }))
        .buffer_unordered(MIGRATIONS_AT_ONCE);
        while let Some((id, version, outcome)) = runs.next().await {
            match outcome {
                Ok(()) if version == SCHEMA_VERSION => report.current += 1,
                Ok(()) => report.migrated += 1,
                Err(error) => report.failed.push((id.into(), describe(&error))),
            }
        }
    }
    Ok(report)
}

async fn migrate_one(
    pool: &PgPool,
    control: &PgPool,
    names: &Names,
    tenant: TenantId,
    version: i32,
) -> Result<(), Error> {
    let schema = tenant.schema();
    let done = usize::try_from(version).map_err(|_| Error::WrongSchema)?;
    for (index, step) in STEPS.iter().enumerate().skip(done) {
        let number = i32::try_from(index + 1).map_err(|_| Error::WrongSchema)?;
        let outcome = async {
            let mut tx = pool.begin().await?;
            run(
                &mut tx,
                format!(
                    "set local search_path = {schema}, pg_temp; set local lock_timeout = '10s'; set local role {}",
                    names.audit()
                ),
            )
            .await?;
            // The guard's row is the truth about where a schema stands: control may have missed a commit.
            let stands: i32 = sqlx::query_scalar("select schema_version from guard for update")
                .fetch_one(&mut *tx)
                .await?;
            if stands < number {
                run(&mut tx, "reset role".to_owned()).await?;
                run(&mut tx, names.tenant_sql(step, tenant)).await?;
                run(&mut tx, format!("reset role; set local role {}", names.audit())).await?;
                sqlx::query("update guard set schema_version = $1")
                    .bind(number)
                    .execute(&mut *tx)
                    .await?;
            }
            tx.commit().await?;
            Ok::<(), Error>(())
        }
        .await;
        let (state, message) = match &outcome {
            Ok(()) => ("done", None),
            Err(error) => ("failed", Some(describe(error))),
        };
        sqlx::query(
            "insert into migration_progress (tenant_id, step, state, message) values ($1, $2, $3, $4)
             on conflict (tenant_id, step) do update set state = excluded.state, message = excluded.message, at = now()",
        )
        .bind(tenant.uuid())
        .bind(number)
        .bind(state)
        .bind(message)
        .execute(control)
        .await?;
        outcome?;
        for table in [
            "update tenant set schema_version = $2 where id = $1",
            "update stock set schema_version = $2 where tenant_id = $1",
        ] {
            sqlx::query(table)
                .bind(tenant.uuid())
                .bind(number)
                .execute(control)
                .await?;
        }
    }
    Ok(())
}

/// Runs text that this crate made, several statements at once.
pub(crate) async fn run(tx: &mut Transaction<'_, Postgres>, sql: String) -> Result<(), Error> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut **tx).await?;
    Ok(())
}

fn describe(error: &Error) -> String {
    match error {
        Error::Database(source) | Error::Unavailable(source) => source.to_string(),
        other => other.to_string(),
    }
}

/// The control database's steps as SQL: for a schema that queries are checked against when they are compiled.
pub fn control_sql(names: &Names) -> String {
    names.control_sql(&CONTROL_STEPS.join("\n"))
}

/// Turns `pg_dump --schema-only` of a company's schema into the baseline: names become placeholders, and what speaks to psql or
/// changes the session is left out.
pub fn baseline_from_dump(dump: &str, names: &Names, tenant: TenantId) -> String {
    let mut baseline = String::from("-- Made by `cargo xtask baseline` from the steps; do not edit.\n");
    let mut blank = true;
    for line in dump.lines() {
        let dropped = line.starts_with("--")
            || line.starts_with('\\')
            || line.starts_with("SET ")
            || line.starts_with("SELECT pg_catalog.set_config")
            || line.starts_with("CREATE SCHEMA ")
            || (line.starts_with("ALTER SCHEMA ") || line.contains(" ON SCHEMA "));
        if dropped || (line.is_empty() && blank) {
            continue;
        }
        blank = line.is_empty();
        let line = line
            .replace(&tenant.schema(), "{schema}")
            .replace(&names.ledger(), "{ledger}")
            .replace(&names.audit(), "{audit}");
        baseline.push_str(&line);
        baseline.push('\n');
    }
    baseline
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_baseline_names_no_company_and_sets_no_session() {
        let tenant = TenantId::fresh();
        let names = Names::new("cartefi").expect("a prefix");
        let schema = tenant.schema();
        let dump = format!(
            "--\n-- Name: x\n\n\\restrict abc\nSET search_path = x;\nSELECT pg_catalog.set_config('search_path', '', false);\nCREATE SCHEMA {schema};\n\n\nCREATE TABLE {schema}.account (\n);\nALTER TABLE {schema}.account OWNER TO cartefi_ledger;\n"
        );
        assert_eq!(
            baseline_from_dump(&dump, &names, tenant),
            "-- Made by `cargo xtask baseline` from the steps; do not edit.\nCREATE TABLE {schema}.account (\n);\nALTER TABLE {schema}.account OWNER TO {ledger};\n"
        );
    }
}
