//! The first admin of a company, roles that wait for a first sign-in, and the company's name in lists.

use identity::{
    COMPANIES_A_DAY_MAX, IdentityError, companies_of, may_found, membership_found, membership_grant, pending_role,
    people_list, person_remove,
};
use tenancy::{Actor, Names, Role};
use time::Duration;

use crate::kit::{NOON, enters, member, somebody};

#[test]
fn who_came_into_a_hundred_companies_in_a_day_opens_the_next_one_tomorrow() {
    testkit::run(async |kit| {
        let dana = somebody(kit, "dana").await;
        let company = kit.company("One Of Many").await;
        membership_found(&kit.tenancy, company.tenant().id, dana.id, NOON)
            .await
            .expect("an admin");
        may_found(&kit.tenancy, dana.id, NOON).await.expect("one is not many");
        // Stays that ended count too: they were companies that were opened.
        let control = Names::new(&kit.config.prefix).expect("a prefix").control_database();
        let superuser = kit.superuser_at(&control).await;
        sqlx::query(
            "insert into membership (tenant_id, person_id, role, since, until, changed_at, changed_by)
             select $1, $2, 'viewer', $3, $3, $3, 'a test' from generate_series(2, $4)",
        )
        .bind(company.tenant().id.uuid())
        .bind(dana.id.uuid())
        .bind(NOON)
        .bind(COMPANIES_A_DAY_MAX)
        .execute(&superuser)
        .await
        .expect("a superuser can");
        let refused = may_found(&kit.tenancy, dana.id, NOON).await;
        assert!(matches!(refused, Err(IdentityError::TooManyCompanies)), "{refused:?}");
        may_found(&kit.tenancy, dana.id, NOON + Duration::DAY)
            .await
            .expect("another day");
    });
}

#[test]
fn who_opened_a_company_is_its_first_admin_however_often_the_request_is_made() {
    testkit::run(async |kit| {
        let company = kit.company("Founded Once").await;
        let dana = somebody(kit, "dana").await;
        for _ in 0..2 {
            membership_found(&kit.tenancy, company.tenant().id, dana.id, NOON)
                .await
                .expect("a founder");
        }
        let cx = enters(kit, &company, &dana).await.expect("the admin enters");
        assert_eq!(cx.role(), Role::Admin);
        assert_eq!(people_list(&cx).await.expect("a list").len(), 1);
    });
}

#[test]
fn a_company_that_somebody_is_or_was_in_is_not_founded_by_another() {
    testkit::run(async |kit| {
        let company = kit.company("Founded Before").await;
        let dana = somebody(kit, "dana").await;
        membership_found(&kit.tenancy, company.tenant().id, dana.id, NOON)
            .await
            .expect("a founder");
        let (sam, _) = member(kit, &company, "sam", Role::Admin).await;
        let cx = enters(kit, &company, &sam).await.expect("Sam enters");
        person_remove(&cx, dana.id, NOON + Duration::hours(1))
            .await
            .expect("Dana is removed");
        let stranger = somebody(kit, "stranger").await;
        for person in [stranger.id, dana.id] {
            let refused = membership_found(&kit.tenancy, company.tenant().id, person, NOON).await;
            assert!(matches!(refused, Err(IdentityError::NoSuchCompany)));
        }
    });
}

#[test]
fn a_role_waits_for_an_address_until_its_seven_days_are_over() {
    testkit::run(async |kit| {
        let company = kit.company("Waiting Room").await;
        let tenant = company.tenant().id;
        let operator = Actor::operator("tests");
        membership_grant(
            &kit.tenancy,
            tenant,
            "New@waiting.example",
            Role::Admin,
            &operator,
            NOON,
        )
        .await
        .expect("a grant");
        let role_of = async |email: &str, days: i64| {
            pending_role(&kit.tenancy, tenant, email, NOON + Duration::days(days))
                .await
                .expect("an answer")
        };
        assert_eq!(role_of("new@waiting.example", 6).await, Some(Role::Admin));
        assert_eq!(role_of("new@waiting.example", 7).await, None);
        assert_eq!(role_of("other@waiting.example", 0).await, None);
    });
}

#[test]
fn a_company_is_listed_under_its_new_name() {
    testkit::run(async |kit| {
        let company = kit.company("Old Name").await;
        let (dana, cx) = member(kit, &company, "dana", Role::Admin).await;
        kit.tenancy.rename(cx.tenant().id, "New Name").await.expect("renamed");
        let listed = companies_of(&kit.tenancy, dana.id).await.expect("a list");
        assert_eq!(listed[0].name, "New Name");
    });
}
