//! Which tables are recorded: all but a few, and none by forgetting.

use audit::UNRECORDED_TABLES;
use tenancy::Capability;

#[test]
fn every_table_of_a_company_is_recorded_but_for_the_listed_ones() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let mut tx = cx.read(Capability::ReadBooks).await.expect("a reading transaction");
        let tables: Vec<(String, bool)> = sqlx::query_as("select name, recorded from audit_tables() order by name")
            .fetch_all(&mut *tx)
            .await
            .expect("tables");
        let unrecorded: Vec<&str> = tables
            .iter()
            .filter(|(_, recorded)| !recorded)
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(unrecorded, UNRECORDED_TABLES);
        assert!(tables.len() > UNRECORDED_TABLES.len() + 10);
    });
}

#[test]
fn no_setting_of_a_session_turns_a_trigger_off() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let pool = kit.superuser(&cx).await;
        let weak: Vec<String> = sqlx::query_scalar(
            "select format('%s on %s', t.tgname, c.relname) from pg_trigger t join pg_class c on c.oid = t.tgrelid
             where c.relnamespace = $1::regnamespace and not t.tgisinternal and t.tgenabled <> 'A'",
        )
        .bind(cx.tenant().id.schema())
        .fetch_all(&pool)
        .await
        .expect("triggers");
        assert_eq!(weak, Vec::<String>::new());
    });
}

#[test]
fn a_table_that_is_not_recorded_gives_no_rows() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        for name in UNRECORDED_TABLES
            .into_iter()
            .chain(["pg_authid", "account; select 1", "public.account", ""])
        {
            let mut tx = cx.read(Capability::ReadBooks).await.expect("a reading transaction");
            let refused = sqlx::query("select * from audit_rows($1)")
                .bind(name)
                .fetch_all(&mut *tx)
                .await
                .expect_err("refused");
            assert_eq!(
                refused.as_database_error().and_then(|e| e.code()).as_deref(),
                Some("42501"),
                "{name}"
            );
        }
    });
}
