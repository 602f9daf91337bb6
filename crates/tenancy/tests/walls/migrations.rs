//! The steps, the baseline that new companies replay, and the runner.

use sqlx::AssertSqlSafe;
use tenancy::{
    AdminConfig, Capability, Config, Cx, NewTenant, Provisioner, RequestKey, SCHEMA_VERSION, Secret, Setup, Tenancy,
    TenantRef, migrate, setup,
};
use testkit::Kit;
use vault::KeyEncryptionKey;

use crate::town::{ask_reading, change, company_at};

#[test]
fn the_baseline_is_all_the_steps() {
    testkit::run(async |kit| {
        let by_steps = kit
            .shape(kit.provisioner().make_by_steps().await.expect("a schema by steps"))
            .await;
        let by_baseline = kit.shape(company_at(kit, "a", 0).await.tenant().id).await;
        assert!(by_steps.lines().count() > 500, "the shape is all of it");
        for (steps, baseline) in by_steps.lines().zip(by_baseline.lines()) {
            assert_eq!(steps, baseline);
        }
        assert_eq!(by_steps, by_baseline);
        assert_eq!(
            by_steps,
            include_str!("../../../../migrations/tenant/baseline.sql"),
            "`cargo xtask baseline` writes it anew"
        );
    });
}

/// An installation of one's own with two companies, where breaking one disturbs no other test.
struct Scratch {
    tenancy: Tenancy,
    admin: AdminConfig,
    tenants: [TenantRef; 2],
}

pub async fn scratch_setup() -> (Config, AdminConfig, Setup) {
    let superuser = Secret::new(std::env::var("CARTEFI_TEST_DATABASE_URL").expect("the tests run with it"));
    let prefix = format!("t{:x}x{:x}", std::process::id(), uuid::Uuid::new_v4().as_fields().0);
    let wanted = Setup {
        prefix,
        cells: vec![("a".to_owned(), superuser)],
        sub_pools: 1,
        connections_max: 4,
        earlier: None,
    };
    let (config, admin) = setup(&wanted).await.expect("set up");
    let again = Setup {
        earlier: Some((config.clone(), admin.clone())),
        ..wanted
    };
    (config, admin, again)
}

impl Scratch {
    async fn new() -> Self {
        let (config, admin, _) = scratch_setup().await;
        Provisioner::connect(&admin)
            .await
            .expect("connected")
            .stock_to(2)
            .await
            .expect("stocked");
        let tenancy = Tenancy::connect(&config, KeyEncryptionKey::generate().expect("a key"))
            .await
            .expect("connected");
        let mut tenants = Vec::new();
        for name in ["Juniper Cycles", "Harbor Books"] {
            tenants.push(
                tenancy
                    .claim(&NewTenant {
                        name: name.to_owned(),
                        request_key: RequestKey::fresh(),
                    })
                    .await
                    .expect("claimed"),
            );
        }
        Self {
            tenancy,
            admin,
            tenants: tenants.try_into().expect("two"),
        }
    }

    fn cx(&self, company: usize) -> Cx {
        self.tenancy.cx(
            self.tenants[company].clone(),
            tenancy::Actor::operator("test"),
            tenancy::Role::System,
            "test".to_owned(),
        )
    }

    /// Runs text as a superuser on a company's schema and, after `control:`, on control.
    async fn as_superuser(&self, kit: &Kit, company: usize, sql: &str, control: &str) {
        let names = self.tenancy.names();
        let schema = self.tenants[company].id.schema();
        for (database, sql) in [
            (
                names.cell_database("a").expect("a cell's name"),
                format!("begin; set local search_path = {schema}; {sql}; commit"),
            ),
            (
                names.control_database(),
                control.replace("{id}", &self.tenants[company].id.to_string()),
            ),
        ] {
            let pool = kit.superuser_at(&database).await;
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(&pool)
                .await
                .expect("a superuser can");
            pool.close().await;
        }
    }

    /// Takes the newest step back by hand: what it made is removed, and both databases say the version before.
    async fn take_back_newest_step(&self, kit: &Kit, company: usize) {
        let before = SCHEMA_VERSION - 1;
        self.as_superuser(
            kit,
            company,
            &format!(
                "drop index audit_event_seldom, document_in_order, document_void, contact_in_order, open_item_total_contact,
                    open_item_total_document, open_item_total_size, open_item_total_holds,
                    revision_total, revision_contact, document_line_words, revision_memo_words;
                 create index revision_total on revision (total) where retired_in is null;
                 create index revision_contact on revision (contact_id) where retired_in is null and contact_id is not null;
                 create index document_line_words on document_line using gin (description trigram.gin_trgm_ops)
                    where description <> '';
                 create index revision_memo_words on revision using gin (memo trigram.gin_trgm_ops)
                    where retired_in is null and memo is not null;
                 update guard set schema_version = {before}"
            ),
            &format!("update tenant set schema_version = {before} where id = '{{id}}'"),
        )
        .await;
    }

    async fn version(&self, company: usize) -> Vec<String> {
        ask_reading(&self.cx(company), "select schema_version::text from guard")
            .await
            .expect("a version")
    }
}

#[test]
fn a_company_a_step_behind_is_served_is_migrated_and_then_has_the_shape_of_all_the_others() {
    testkit::run(async |kit| {
        let scratch = Scratch::new().await;
        scratch.take_back_newest_step(kit, 0).await;
        let cx = scratch.cx(0);
        change(&cx)
            .await
            .commit(&())
            .await
            .expect("written at the version before");
        cx.read(Capability::ReadBooks)
            .await
            .expect("read at the version before");
        let report = migrate(&scratch.admin).await.expect("a report");
        assert_eq!((report.migrated, report.current, report.failed), (1, 1, vec![]));
        assert_eq!(scratch.version(0).await, [SCHEMA_VERSION.to_string()]);
        let things = "select (select string_agg(concat(p.oid::regprocedure, p.proacl, p.proconfig, p.prosrc), ' ' order by p.proname) from pg_proc p where p.pronamespace = current_user::regnamespace)
            || (select string_agg(c.conrelid::regclass::text || pg_get_constraintdef(c.oid), ' ' order by c.conrelid::regclass::text, c.conname) from pg_constraint c where c.connamespace = current_user::regnamespace)
            || (select string_agg(i.indexdef, ' ' order by i.indexname) from pg_indexes i where i.schemaname = current_user)
            || (select string_agg(concat(pg_get_triggerdef(t.oid), t.tgenabled), ' ' order by t.tgrelid::regclass::text, t.tgname) from pg_trigger t where not t.tgisinternal and t.tgrelid in (select c.oid from pg_class c where c.relnamespace = current_user::regnamespace))";
        let shape = async |company: usize| {
            let own = scratch.tenants[company].id.schema();
            ask_reading(&scratch.cx(company), things)
                .await
                .expect("functions and constraints")
                .concat()
                .replace(&own, "own")
        };
        assert_eq!(shape(0).await, shape(1).await);
        change(&cx).await.commit(&()).await.expect("written at this version");
    });
}

#[test]
fn migrating_again_changes_nothing() {
    testkit::run(async |_| {
        let scratch = Scratch::new().await;
        for _ in 0..2 {
            let report = migrate(&scratch.admin).await.expect("a report");
            assert_eq!((report.migrated, report.current, report.failed), (0, 2, vec![]));
        }
    });
}

#[test]
fn a_step_that_fails_holds_up_nobody_else_and_is_done_when_the_run_is_repeated() {
    testkit::run(async |kit| {
        let scratch = Scratch::new().await;
        scratch.take_back_newest_step(kit, 0).await;
        scratch.take_back_newest_step(kit, 1).await;
        // Somebody made by hand what the step is to make.
        scratch
            .as_superuser(kit, 0, "create index document_void on document (number)", "")
            .await;
        let report = migrate(&scratch.admin).await.expect("a report");
        assert_eq!((report.migrated, report.current), (1, 0));
        assert_eq!(report.failed.len(), 1);
        assert_eq!(report.failed[0].0, scratch.tenants[0].id);
        assert!(report.failed[0].1.contains("document_void"), "{}", report.failed[0].1);
        assert_eq!(
            scratch.version(0).await,
            [(SCHEMA_VERSION - 1).to_string()],
            "the failed step left nothing"
        );
        assert_eq!(scratch.version(1).await, [SCHEMA_VERSION.to_string()]);
        scratch
            .cx(0)
            .read(Capability::ReadBooks)
            .await
            .expect("it is served meanwhile");

        scratch.as_superuser(kit, 0, "drop index document_void", "").await;
        let report = migrate(&scratch.admin).await.expect("a report");
        assert_eq!((report.migrated, report.current, report.failed), (1, 1, vec![]));
        assert_eq!(scratch.version(0).await, [SCHEMA_VERSION.to_string()]);
    });
}

#[test]
fn a_step_whose_commit_control_missed_is_not_done_twice() {
    testkit::run(async |kit| {
        let scratch = Scratch::new().await;
        let before = SCHEMA_VERSION - 1;
        scratch
            .as_superuser(
                kit,
                0,
                "select 1",
                &format!("update tenant set schema_version = {before} where id = '{{id}}'"),
            )
            .await;
        let report = migrate(&scratch.admin).await.expect("a report");
        assert_eq!((report.migrated, report.current, report.failed), (1, 1, vec![]));
        let mut tx = scratch.tenancy.control().await.expect("control");
        let version: i32 = sqlx::query_scalar("select schema_version from tenant where id = $1")
            .bind(scratch.tenants[0].id.uuid())
            .fetch_one(&mut *tx)
            .await
            .expect("a row");
        assert_eq!(version, SCHEMA_VERSION);
    });
}

#[test]
fn a_schema_in_stock_is_migrated_too_and_is_not_handed_out_before() {
    testkit::run(async |kit| {
        let scratch = Scratch::new().await;
        let provisioner = Provisioner::connect(&scratch.admin).await.expect("connected");
        provisioner.stock_to(1).await.expect("stocked");
        let control = kit.superuser_at(&scratch.tenancy.names().control_database()).await;
        sqlx::raw_sql(AssertSqlSafe(format!(
            "update stock set schema_version = {}",
            SCHEMA_VERSION - 1
        )))
        .execute(&control)
        .await
        .expect("updated");
        let new = NewTenant {
            name: "Late".to_owned(),
            request_key: RequestKey::fresh(),
        };
        assert!(matches!(
            scratch.tenancy.claim(&new).await,
            Err(tenancy::Error::NoStock)
        ));
        migrate(&scratch.admin).await.expect("a report");
        assert!(scratch.tenancy.claim(&new).await.is_ok());
    });
}
