//! What a company can open: itself, by its own id, at its own place, at a version that this program knows.

use sqlx::AssertSqlSafe;
use tenancy::{
    Actor, Capability, Cx, Error, NewTenant, RefusalCode, RequestKey, Role, SCHEMA_VERSION, TenantId, TenantRef,
};
use testkit::Kit;

use crate::town::{company_at, town};

#[test]
fn a_new_company_opens_its_own_schema() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let mut tx = cx.read(Capability::ReadBooks).await.expect("a reading transaction");
        let role: String = sqlx::query_scalar("select current_user::text")
            .fetch_one(&mut *tx)
            .await
            .expect("a row");
        assert_eq!(role, cx.tenant().id.schema());
    });
}

#[test]
fn a_company_is_found_by_the_request_that_opened_it_and_may_be_entered_once_active_until_it_is_withdrawn() {
    testkit::run(async |kit| {
        kit.provisioner().stock_to(2).await.expect("a stock");
        let new = NewTenant {
            name: "Demo".to_owned(),
            request_key: RequestKey::fresh(),
        };
        let found = async || {
            let found = kit
                .tenancy
                .tenant_by_request(&new.request_key)
                .await
                .expect("control answers");
            found.map(|(tenant, active)| (tenant.id, active))
        };
        assert_eq!(found().await, None);
        let id = kit.tenancy.claim(&new).await.expect("a company").id;
        assert_eq!(found().await, Some((id, false)));
        kit.tenancy.activate(id).await.expect("active");
        assert_eq!(found().await, Some((id, true)));
        kit.tenancy.withdraw(id).await.expect("withdrawn");
        assert_eq!(found().await, Some((id, false)));
    });
}

#[test]
fn only_a_demo_company_takes_the_short_name_of_another_and_nothing_is_changed_by_a_refusal() {
    testkit::run(async |kit| {
        kit.provisioner().stock_to(4).await.expect("a stock");
        let claim = async |name: &str, request_key: RequestKey| {
            let new = NewTenant {
                name: name.to_owned(),
                request_key,
            };
            kit.tenancy.claim(&new).await.expect("a company")
        };
        let demo_key = |n: u32| RequestKey::parse(&format!("demo company {n}")).expect("a key");
        let [old, new] = [
            claim("Short Name", demo_key(71)).await,
            claim("Short Name Anew", demo_key(72)).await,
        ];
        let [one, two] = [
            claim("Hollis Hardware", RequestKey::fresh()).await,
            claim("Cedar Property", RequestKey::fresh()).await,
        ];
        for company in [&old, &new, &one, &two] {
            kit.tenancy.activate(company.id).await.expect("active");
        }
        for (before, after) in [(&one, &new), (&old, &two), (&one, &two), (&old, &old)] {
            let refused = kit.tenancy.take_place(before.id, after.id).await;
            let code = refused
                .as_ref()
                .err()
                .and_then(Error::refusal)
                .map(|refusal| refusal.code);
            assert_eq!(
                code,
                Some(RefusalCode::NeverChanged),
                "{} for {}",
                after.slug,
                before.slug
            );
        }
        let at = async |slug: &str| {
            let found = kit.tenancy.tenant_by_slug(slug).await.expect("control answers");
            found.map(|tenant| tenant.id)
        };
        for company in [&old, &new, &one, &two] {
            assert_eq!(
                at(&company.slug).await,
                Some(company.id),
                "{} is where it was",
                company.slug
            );
        }
        assert_eq!(kit.tenancy.take_place(old.id, new.id).await.expect("taken"), old.slug);
        assert_eq!((at(&old.slug).await, at(&new.slug).await), (Some(new.id), None));
    });
}

/// The same person with another idea of where and what the company is.
fn misdirected(kit: &Kit, cx: &Cx, change: impl FnOnce(&mut TenantRef)) -> Cx {
    let mut tenant = cx.tenant().clone();
    change(&mut tenant);
    kit.tenancy.cx(
        tenant,
        Actor::person("mallory@junipercycles.example"),
        Role::Admin,
        "test".to_owned(),
    )
}

#[test]
fn a_company_that_is_not_there_cannot_be_opened() {
    testkit::run(async |kit| {
        let cx = misdirected(kit, &town(kit).await.attacker, |tenant| tenant.id = TenantId::fresh());
        assert!(matches!(cx.read(Capability::ReadBooks).await, Err(Error::WrongSchema)));
        assert!(matches!(
            cx.write(Capability::Documents, &RequestKey::fresh()).await,
            Err(Error::WrongSchema)
        ));
    });
}

#[test]
fn an_opening_that_fails_does_not_spoil_the_connection_for_the_others() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        let gone = misdirected(kit, attacker, |tenant| tenant.id = TenantId::fresh());
        // More often than there are connections.
        for _ in 0..10 {
            assert!(gone.read(Capability::ReadBooks).await.is_err());
            assert!(gone.write(Capability::Documents, &RequestKey::fresh()).await.is_err());
        }
        for _ in 0..10 {
            attacker
                .read(Capability::ReadBooks)
                .await
                .expect("a reading transaction");
            attacker
                .write(Capability::Documents, &RequestKey::fresh())
                .await
                .expect("a change");
        }
    });
}

#[test]
fn a_company_looked_for_in_another_sub_pool_is_refused_by_the_database() {
    testkit::run(async |kit| {
        let cx = misdirected(kit, &town(kit).await.attacker, |tenant| tenant.sub_pool = 1);
        for error in [
            cx.read(Capability::ReadBooks).await.err(),
            cx.write(Capability::Documents, &RequestKey::fresh()).await.err(),
        ] {
            let code = error.as_ref().and_then(Error::refusal).map(|refusal| refusal.code);
            assert_eq!(code, Some(RefusalCode::NotPermitted));
        }
    });
}

#[test]
fn a_company_looked_for_in_another_cell_is_refused() {
    testkit::run(async |kit| {
        let cx = misdirected(kit, &town(kit).await.attacker, |tenant| tenant.cell = "b".to_owned());
        assert!(cx.read(Capability::ReadBooks).await.is_err());
        assert!(cx.write(Capability::Documents, &RequestKey::fresh()).await.is_err());
    });
}

#[test]
fn a_cell_or_sub_pool_that_is_not_configured_is_named() {
    testkit::run(async |kit| {
        let attacker = &town(kit).await.attacker;
        let elsewhere = misdirected(kit, attacker, |tenant| tenant.cell = "z".to_owned());
        assert!(
            matches!(elsewhere.read(Capability::ReadBooks).await, Err(Error::UnknownCell(cell)) if cell.contains('z'))
        );
        for sub_pool in [-1, 2] {
            let elsewhere = misdirected(kit, attacker, |tenant| tenant.sub_pool = sub_pool);
            assert!(matches!(
                elsewhere.read(Capability::ReadBooks).await,
                Err(Error::UnknownCell(_))
            ));
        }
    });
}

/// Runs text as a superuser on the company's schema.
async fn as_superuser(kit: &Kit, cx: &Cx, sql: &str) {
    let pool = kit.superuser(cx).await;
    let schema = cx.tenant().id.schema();
    sqlx::raw_sql(AssertSqlSafe(format!(
        "begin; set local search_path = {schema}; {sql}; commit"
    )))
    .execute(&pool)
    .await
    .expect("a superuser can");
}

#[test]
fn a_schema_that_says_it_is_another_company_is_not_opened() {
    testkit::run(async |kit| {
        // As after a restore under a wrong name.
        let cx = company_at(kit, "a", 0).await;
        as_superuser(kit, &cx, "update guard set tenant_id = gen_random_uuid()").await;
        assert!(matches!(cx.read(Capability::ReadBooks).await, Err(Error::WrongSchema)));
        assert!(matches!(
            cx.write(Capability::Documents, &RequestKey::fresh()).await,
            Err(Error::WrongSchema)
        ));
    });
}

#[test]
fn a_schema_at_this_version_or_the_one_before_is_opened_and_no_other() {
    testkit::run(async |kit| {
        let cx = company_at(kit, "a", 0).await;
        for (version, opens) in [
            (SCHEMA_VERSION, true),
            (SCHEMA_VERSION - 1, true),
            (SCHEMA_VERSION - 2, false),
            (SCHEMA_VERSION + 1, false),
        ] {
            as_superuser(kit, &cx, &format!("update guard set schema_version = {version}")).await;
            assert_eq!(cx.read(Capability::ReadBooks).await.is_ok(), opens, "version {version}");
            assert_eq!(
                cx.write(Capability::Documents, &RequestKey::fresh()).await.is_ok(),
                opens,
                "version {version}"
            );
        }
    });
}

#[test]
fn a_company_whose_schema_was_taken_away_is_not_silently_empty() {
    testkit::run(async |kit| {
        let cx = company_at(kit, "a", 0).await;
        let schema = cx.tenant().id.schema();
        as_superuser(kit, &cx, &format!("alter schema {schema} rename to gone_{schema}")).await;
        assert!(matches!(cx.read(Capability::ReadBooks).await, Err(Error::WrongSchema)));
        assert!(matches!(
            cx.write(Capability::Documents, &RequestKey::fresh()).await,
            Err(Error::WrongSchema)
        ));
        as_superuser(kit, &cx, &format!("alter schema gone_{schema} rename to {schema}")).await;
    });
}

#[test]
fn a_capability_that_is_not_there_stops_before_the_database() {
    testkit::run(async |kit| {
        let viewer = kit.with_role(&town(kit).await.attacker, Role::Viewer);
        assert!(matches!(
            viewer.write(Capability::Documents, &RequestKey::fresh()).await,
            Err(Error::Forbidden)
        ));
        assert!(matches!(
            viewer.read(Capability::RevealSealed).await,
            Err(Error::Forbidden)
        ));
        let admin = &town(kit).await.attacker;
        assert!(matches!(
            admin.write(Capability::ReadBooks, &RequestKey::fresh()).await,
            Err(Error::Forbidden)
        ));
    });
}
