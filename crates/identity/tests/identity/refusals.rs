//! What the database refuses by itself, whoever asks in whatever words.

use tenancy::{RefusalCode, RequestKey, Role};
use testkit::Kit;
use uuid::Uuid;

use identity::{invitation_accept, invitation_create};

use crate::kit::{NOON, member, somebody};

/// Runs a statement as the web server's login, and gives the rule that refused it.
async fn as_web(kit: &Kit, statement: &'static str, id: Uuid) -> Option<RefusalCode> {
    let mut tx = kit.tenancy.control().await.expect("a transaction");
    let done = sqlx::query(statement).bind(id).execute(&mut *tx).await;
    refused(done)
}

fn refused(done: Result<sqlx::postgres::PgQueryResult, sqlx::Error>) -> Option<RefusalCode> {
    match done {
        Ok(done) => {
            assert!(done.rows_affected() > 0, "the statement must touch a row");
            None
        }
        Err(error) => {
            let error = tenancy::Error::from(error);
            Some(error.refusal().unwrap_or_else(|| panic!("no rule: {error:?}")).code)
        }
    }
}

#[test]
fn the_web_server_can_neither_remove_nor_rewrite_what_is_recorded() {
    testkit::run(async |kit| {
        let company = kit.company("No Eraser").await;
        let (admin, _) = member(kit, &company, "admin", Role::Admin).await;
        for statement in [
            "delete from membership where person_id = $1",
            "delete from membership_event where person_id = $1",
            "update membership_event set actor = 'somebody else' where person_id = $1",
            "insert into membership_event (tenant_id, person_id, at, actor, role_after) values ($1, $1, now(), 'forged', 'admin')",
            "delete from sign_in where person_id = $1",
            "update sign_in set outcome = 'email_missing' where person_id = $1",
            "delete from invitation where used_by = $1",
            "delete from person where id = $1",
            "update person set issuer = 'https://elsewhere.example' where id = $1",
            "update person set subject = 'somebody else' where id = $1",
            "update membership set tenant_id = $1 where person_id = $1",
            "update session set person_id = $1",
            "update session set absolute_end = now() where person_id = $1",
        ] {
            assert_eq!(
                as_web(kit, statement, admin.id.uuid()).await,
                Some(RefusalCode::NotPermitted),
                "{statement}"
            );
        }
    });
}

#[test]
fn not_even_a_superuser_rewrites_the_record_by_the_way() {
    testkit::run(async |kit| {
        let company = kit.company("Set In Stone").await;
        let (admin, _) = member(kit, &company, "admin", Role::Admin).await;
        let control = kit.superuser_at(&kit.tenancy.names().control_database()).await;
        for statement in [
            "delete from membership where person_id = $1",
            "update membership_event set actor = 'somebody else' where person_id = $1",
            "delete from membership_event where person_id = $1",
            "update sign_in set outcome = 'email_missing' where person_id = $1",
        ] {
            let mut tx = control.begin().await.expect("a transaction");
            sqlx::query("set local session_replication_role = replica")
                .execute(&mut *tx)
                .await
                .expect("a setting that turns ordinary triggers off");
            let done = sqlx::query(statement).bind(admin.id.uuid()).execute(&mut *tx).await;
            assert_eq!(refused(done), Some(RefusalCode::NeverChanged), "{statement}");
        }
    });
}

#[test]
fn a_stay_that_ended_is_never_opened_again() {
    testkit::run(async |kit| {
        let company = kit.company("Over Is Over").await;
        member(kit, &company, "admin", Role::Admin).await;
        let (person, _) = member(kit, &company, "person", Role::Viewer).await;
        identity::leave(&kit.tenancy, &company.tenant().slug, person.id, NOON)
            .await
            .expect("leaving");
        for statement in [
            "update membership set until = null where person_id = $1",
            "update membership set role = 'admin' where person_id = $1",
        ] {
            assert_eq!(
                as_web(kit, statement, person.id.uuid()).await,
                Some(RefusalCode::NeverChanged),
                "{statement}"
            );
        }
    });
}

#[test]
fn a_used_invitation_cannot_be_made_good_again() {
    testkit::run(async |kit| {
        let company = kit.company("Used Up").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let token = invitation_create(&admin, Role::Viewer, None, &RequestKey::fresh(), NOON)
            .await
            .expect("an invitation");
        let guest = somebody(kit, "guest").await;
        invitation_accept(&kit.tenancy, token.expose(), guest.id, NOON)
            .await
            .expect("a guest");
        let reopen = "update invitation set used_at = null, used_by = null where tenant_id = $1";
        let longer = "update invitation set expires_at = 'infinity' where tenant_id = $1";
        let tenant = company.tenant().id.uuid();
        assert_eq!(as_web(kit, reopen, tenant).await, Some(RefusalCode::NeverChanged));
        assert_eq!(as_web(kit, longer, tenant).await, Some(RefusalCode::NotPermitted));
    });
}

#[test]
fn one_statement_that_takes_all_admins_away_is_refused() {
    testkit::run(async |kit| {
        let company = kit.company("All At Once").await;
        member(kit, &company, "first", Role::Admin).await;
        member(kit, &company, "second", Role::Admin).await;
        let tenant = company.tenant().id.uuid();
        for statement in [
            "update membership set role = 'viewer' where tenant_id = $1",
            "update membership set until = since where tenant_id = $1",
        ] {
            assert_eq!(
                as_web(kit, statement, tenant).await,
                Some(RefusalCode::LastAdmin),
                "{statement}"
            );
        }
    });
}

#[test]
fn an_old_view_of_the_memberships_decides_nothing() {
    testkit::run(async |kit| {
        let company = kit.company("Old News").await;
        let (first, _) = member(kit, &company, "first", Role::Admin).await;
        member(kit, &company, "second", Role::Admin).await;
        let mut tx = kit.tenancy.control().await.expect("a transaction");
        sqlx::query("set transaction isolation level repeatable read")
            .execute(&mut *tx)
            .await
            .expect("another isolation level");
        let done = sqlx::query("update membership set role = 'viewer' where person_id = $1")
            .bind(first.id.uuid())
            .execute(&mut *tx)
            .await;
        assert_eq!(refused(done), Some(RefusalCode::NoChange));
    });
}

#[test]
fn a_person_is_in_a_company_once_and_never_as_the_operator() {
    testkit::run(async |kit| {
        let company = kit.company("Once").await;
        let (admin, _) = member(kit, &company, "admin", Role::Admin).await;
        for statement in [
            "insert into membership (tenant_id, person_id, role, since, changed_at, changed_by)
             select tenant_id, person_id, 'viewer', now(), now(), 'tests' from membership where person_id = $1",
            "update membership set role = 'system' where person_id = $1",
            "update membership set until = since - interval '1 second', role = 'viewer' where person_id = $1",
        ] {
            assert_eq!(
                as_web(kit, statement, admin.id.uuid()).await,
                Some(RefusalCode::Constraint),
                "{statement}"
            );
        }
    });
}
