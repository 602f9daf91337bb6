//! Who may enter what, and the admin that a company always has.

use identity::{
    EmailPolicy, IdentityError, MemberChoice, companies_of, leave, member_address, member_choices, people_list,
    person_by_email, person_remove, role_change,
};
use tenancy::{RefusalCode, RequestKey, Role};
use testkit::Kit;

use crate::kit::{NOON, enters, identified, member, rule, signs_in, somebody, try_sign_in};

#[test]
fn a_company_one_is_not_in_looks_like_one_that_does_not_exist() {
    testkit::run(async |kit| {
        let company = kit.company("Closed Doors").await;
        let stranger = somebody(kit, "stranger").await;
        let refused = enters(kit, &company, &stranger)
            .await
            .expect_err("a stranger")
            .to_string();
        for slug in ["no-such-company", "", "a\0b", "../closed-doors"] {
            let missing = identity::enter(&kit.tenancy, slug, stranger.id, String::new())
                .await
                .expect_err("no company");
            assert!(matches!(missing, IdentityError::NoSuchCompany), "{slug:?}");
            assert_eq!(missing.to_string(), refused);
        }
        assert_eq!(companies_of(&kit.tenancy, stranger.id).await.expect("a list"), []);
    });
}

#[test]
fn who_was_removed_or_lost_the_role_meanwhile_changes_nobody_and_invites_nobody() {
    testkit::run(async |kit| {
        let company = kit.company("Half Sent").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let (demoted, of_demoted) = member(kit, &company, "demoted", Role::Admin).await;
        let (removed, of_removed) = member(kit, &company, "removed", Role::Admin).await;
        let (guest, _) = member(kit, &company, "guest", Role::Viewer).await;
        role_change(&admin, demoted.id, Role::Viewer, NOON)
            .await
            .expect("a role");
        person_remove(&admin, removed.id, NOON).await.expect("a removal");
        // Their requests were let in before, and come to an end only now.
        for late in [&of_demoted, &of_removed] {
            let key = RequestKey::fresh();
            let refused = [
                role_change(late, demoted.id, Role::Admin, NOON).await.err(),
                person_remove(late, guest.id, NOON).await.err(),
                identity::invitation_create(late, Role::Admin, None, &key, NOON)
                    .await
                    .err(),
                identity::invitation_revoke(late, uuid::Uuid::nil(), NOON).await.err(),
            ];
            for error in refused {
                assert!(
                    matches!(error, Some(IdentityError::Tenancy(tenancy::Error::Forbidden))),
                    "{error:?}"
                );
            }
        }
        assert_eq!(people_list(&admin).await.expect("a list").len(), 3);
    });
}

#[test]
fn a_new_role_and_a_removal_hold_from_the_next_request() {
    testkit::run(async |kit| {
        let company = kit.company("Quick Changes").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let (person, cx) = member(kit, &company, "person", Role::Viewer).await;
        assert_eq!(cx.role(), Role::Viewer);
        assert_eq!(cx.actor().name, person.email);

        role_change(&admin, person.id, Role::Accountant, NOON)
            .await
            .expect("another role");
        let cx = enters(kit, &company, &person).await.expect("still in");
        assert_eq!(cx.role(), Role::Accountant);
        let listed = companies_of(&kit.tenancy, person.id).await.expect("a list");
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].slug, company.tenant().slug);
        assert_eq!(listed[0].role, Role::Accountant);

        person_remove(&admin, person.id, NOON).await.expect("a removal");
        assert!(matches!(
            enters(kit, &company, &person).await,
            Err(IdentityError::NoSuchCompany)
        ));
        assert!(matches!(
            person_remove(&admin, person.id, NOON).await,
            Err(IdentityError::NoSuchPerson)
        ));
    });
}

#[test]
fn only_admins_see_and_change_people() {
    testkit::run(async |kit| {
        let company = kit.company("Admins Only").await;
        let (admin, _) = member(kit, &company, "admin", Role::Admin).await;
        for role in [Role::Viewer, Role::Editor, Role::Accountant] {
            let (own, cx) = member(kit, &company, "person", role).await;
            let refusals = [
                people_list(&cx).await.map(drop),
                role_change(&cx, own.id, Role::Admin, NOON).await,
                person_remove(&cx, admin.id, NOON).await,
                identity::invitation_create(&cx, Role::Admin, None, &RequestKey::fresh(), NOON)
                    .await
                    .map(drop),
                identity::invitation_list(&cx, NOON).await.map(drop),
                identity::invitation_revoke(&cx, admin.id.uuid(), NOON).await,
            ];
            for refusal in refusals {
                assert!(
                    matches!(refusal, Err(IdentityError::Tenancy(tenancy::Error::Forbidden))),
                    "{role:?}"
                );
            }
            leave(&kit.tenancy, &company.tenant().slug, own.id, NOON)
                .await
                .expect("everybody may leave");
        }
        let (_, cx) = member(kit, &company, "second", Role::Admin).await;
        let names: Vec<_> = people_list(&cx)
            .await
            .expect("a list")
            .into_iter()
            .map(|member| (member.name, member.role))
            .collect();
        assert_eq!(
            names,
            [("admin".to_owned(), Role::Admin), ("second".to_owned(), Role::Admin)]
        );
    });
}

#[test]
fn an_admin_of_one_company_changes_nobody_in_another() {
    testkit::run(async |kit| {
        let ours = kit.company("Ours").await;
        let theirs = kit.company("Theirs").await;
        let (_, admin) = member(kit, &ours, "admin", Role::Admin).await;
        let (victim, _) = member(kit, &theirs, "victim", Role::Viewer).await;
        for refusal in [
            role_change(&admin, victim.id, Role::Admin, NOON).await,
            person_remove(&admin, victim.id, NOON).await,
        ] {
            assert!(matches!(refusal, Err(IdentityError::NoSuchPerson)));
        }
        assert!(enters(kit, &theirs, &victim).await.is_ok());
    });
}

#[test]
fn the_operators_role_is_given_to_nobody() {
    testkit::run(async |kit| {
        let company = kit.company("No Operators").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let (person, _) = member(kit, &company, "person", Role::Viewer).await;
        assert!(matches!(
            role_change(&admin, person.id, Role::System, NOON).await,
            Err(IdentityError::Tenancy(tenancy::Error::Forbidden))
        ));
    });
}

#[test]
fn the_last_admin_can_neither_leave_nor_be_demoted_nor_removed() {
    testkit::run(async |kit| {
        let company = kit.company("One Admin").await;
        let (admin, cx) = member(kit, &company, "admin", Role::Admin).await;
        member(kit, &company, "accountant", Role::Accountant).await;
        let slug = &company.tenant().slug;
        for refusal in [
            leave(&kit.tenancy, slug, admin.id, NOON).await,
            role_change(&cx, admin.id, Role::Accountant, NOON).await,
            person_remove(&cx, admin.id, NOON).await,
        ] {
            let refusal = refusal.expect_err("the last admin stays");
            assert_eq!(rule(&refusal), Some(RefusalCode::LastAdmin));
        }
        let (second, _) = member(kit, &company, "second", Role::Admin).await;
        leave(&kit.tenancy, slug, admin.id, NOON)
            .await
            .expect("one of two may leave");
        let refusal = leave(&kit.tenancy, slug, second.id, NOON).await;
        assert_eq!(refusal.as_ref().err().and_then(rule), Some(RefusalCode::LastAdmin));
    });
}

#[test]
fn of_two_admins_who_leave_at_once_one_stays() {
    testkit::run(async |kit| {
        for _ in 0..10 {
            let company = kit.company("Racing Leavers").await;
            let (first, _) = member(kit, &company, "first", Role::Admin).await;
            let (second, _) = member(kit, &company, "second", Role::Admin).await;
            let slug = &company.tenant().slug;
            let (a, b) = tokio::join!(
                leave(&kit.tenancy, slug, first.id, NOON),
                leave(&kit.tenancy, slug, second.id, NOON)
            );
            assert_eq!(rule(&one_refusal(a, b)), Some(RefusalCode::LastAdmin));
        }
    });
}

#[test]
fn of_two_admins_who_demote_each_other_at_once_one_stays() {
    testkit::run(async |kit| {
        for _ in 0..10 {
            let company = kit.company("Racing Demotions").await;
            let (first, first_cx) = member(kit, &company, "first", Role::Admin).await;
            let (second, second_cx) = member(kit, &company, "second", Role::Admin).await;
            let (a, b) = tokio::join!(
                role_change(&first_cx, second.id, Role::Viewer, NOON),
                role_change(&second_cx, first.id, Role::Viewer, NOON)
            );
            // Who comes second is no admin any more.
            let refusal = one_refusal(a, b);
            assert!(
                matches!(refusal, IdentityError::Tenancy(tenancy::Error::Forbidden)),
                "{refusal:?}"
            );
        }
    });
}

fn one_refusal(a: Result<(), IdentityError>, b: Result<(), IdentityError>) -> IdentityError {
    match (a, b) {
        (Ok(()), Err(refusal)) | (Err(refusal), Ok(())) => refusal,
        other => panic!("one of two must be refused: {other:?}"),
    }
}

#[test]
fn every_change_to_a_membership_is_recorded_with_who_made_it() {
    testkit::run(async |kit| {
        let company = kit.company("On The Record").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let (person, _) = member(kit, &company, "person", Role::Viewer).await;
        role_change(&admin, person.id, Role::Editor, NOON)
            .await
            .expect("another role");
        role_change(&admin, person.id, Role::Editor, NOON)
            .await
            .expect("the same role again");
        leave(&kit.tenancy, &company.tenant().slug, person.id, NOON)
            .await
            .expect("leaving");

        let recorded = events(kit, &person).await;
        let by_admin = admin.actor().name.clone();
        let expected = [
            ("operator:tests".to_owned(), None, Some("viewer")),
            (by_admin, Some("viewer"), Some("editor")),
            (person.email.clone(), Some("editor"), None),
        ]
        .map(|(actor, before, after)| (actor, before.map(str::to_owned), after.map(str::to_owned)));
        assert_eq!(recorded, expected);
    });
}

async fn events(kit: &Kit, person: &identity::Person) -> Vec<(String, Option<String>, Option<String>)> {
    let mut tx = kit.tenancy.control().await.expect("a transaction");
    sqlx::query_as("select actor, role_before, role_after from membership_event where person_id = $1 order by id")
        .bind(person.id.uuid())
        .fetch_all(&mut *tx)
        .await
        .expect("the record")
}

#[test]
fn a_person_is_found_by_a_verified_address_that_only_they_have() {
    testkit::run(async |kit| {
        let person = somebody(kit, "Dana").await;
        let shouted = person.email.to_uppercase();
        assert_eq!(
            person_by_email(&kit.tenancy, &shouted).await.expect("the person"),
            person
        );

        let mut same_address = identified("Dana elsewhere");
        same_address.email = Some(person.email.clone());
        let elsewhere = signs_in(kit, same_address, NOON).await;
        assert_ne!(
            elsewhere.id, person.id,
            "an address does not make two accounts one person"
        );
        assert!(matches!(
            person_by_email(&kit.tenancy, &person.email).await,
            Err(IdentityError::SeveralPeople)
        ));
        assert!(matches!(
            person_by_email(&kit.tenancy, "nobody@example.com").await,
            Err(IdentityError::NoSuchPerson)
        ));
        assert!(matches!(
            person_by_email(&kit.tenancy, "nobody").await,
            Err(IdentityError::NotAnAddress)
        ));
    });
}

#[test]
fn the_provider_and_its_subject_are_who_somebody_is() {
    testkit::run(async |kit| {
        let first = identified("Before");
        let mut renamed = first.clone();
        renamed.name = Some("After".to_owned());
        renamed.email = Some(format!("after-{}@example.com", first.subject));
        let mut other_provider = first.clone();
        other_provider.issuer = "https://other.example/".to_owned();

        let before = signs_in(kit, first, NOON).await;
        let after = signs_in(kit, renamed, NOON).await;
        let stranger = signs_in(kit, other_provider, NOON).await;
        assert_eq!(after.id, before.id);
        assert_eq!(after.name, "After");
        assert_ne!(stranger.id, before.id);
    });
}

#[test]
fn an_address_that_is_missing_or_not_verified_signs_nobody_in_and_is_written_down() {
    testkit::run(async |kit| {
        let mut missing = identified("missing");
        missing.email = None;
        let mut nonsense = identified("nonsense");
        nonsense.email = Some("no address".to_owned());
        let mut unverified = identified("unverified");
        unverified.email_verified = Some(false);
        let mut unstated = identified("unstated");
        unstated.email_verified = None;
        for (who, outcome) in [
            (missing, "email_missing"),
            (nonsense, "email_missing"),
            (unverified, "email_unverified"),
            (unstated, "email_unverified"),
        ] {
            let refusal = try_sign_in(kit, who.clone(), NOON).await.expect_err("refused");
            match outcome {
                "email_missing" => assert!(matches!(refusal, IdentityError::EmailMissing)),
                _ => assert!(matches!(refusal, IdentityError::EmailUnverified)),
            }
            assert_eq!(outcomes(kit, &who.subject).await, [outcome]);
        }
        let welcome = identified("welcome");
        signs_in(kit, welcome.clone(), NOON).await;
        assert_eq!(outcomes(kit, &welcome.subject).await, ["signed_in"]);
    });
}

#[test]
fn an_address_of_which_nothing_is_said_may_be_taken_but_never_counts_as_verified() {
    testkit::run(async |kit| {
        let mut unstated = identified("unstated");
        unstated.email_verified = None;
        let mut denied = identified("denied");
        denied.email_verified = Some(false);
        let store = identity::PersonSessionStore::new(
            kit.tenancy.clone(),
            std::sync::Arc::new(identity::ManualClock::at(NOON)),
        );
        let session = tower_sessions::Session::new(None, std::sync::Arc::new(store), None);
        let policy = EmailPolicy::VerifiedOrUnstated;
        let person = identity::sign_in(&kit.tenancy, &session, unstated, policy, "", NOON)
            .await
            .expect("taken by the explicit setting");
        assert!(!person.email_verified);
        assert!(matches!(
            person_by_email(&kit.tenancy, &person.email).await,
            Err(IdentityError::NoSuchPerson)
        ));
        let refusal = identity::sign_in(&kit.tenancy, &session, denied, policy, "", NOON).await;
        assert!(matches!(refusal, Err(IdentityError::EmailUnverified)));
    });
}

async fn outcomes(kit: &Kit, subject: &str) -> Vec<String> {
    let mut tx = kit.tenancy.control().await.expect("a transaction");
    sqlx::query_scalar("select outcome from sign_in where subject = $1 order by id")
        .bind(subject)
        .fetch_all(&mut *tx)
        .await
        .expect("the history")
}

#[test]
fn whoever_may_lock_finds_the_address_of_somebody_in_the_company_and_of_nobody_else() {
    testkit::run(async |kit| {
        let company = kit.company("Let Through").await;
        let (_, accountant) = member(kit, &company, "accountant", Role::Accountant).await;
        let (sam, editor) = member(kit, &company, "through", Role::Editor).await;
        let stranger = somebody(kit, "not-in-it").await;
        let found = async |typed: &str| member_address(&accountant, typed).await.expect("an answer");
        assert_eq!(
            found(&format!(" {} ", sam.email.to_uppercase())).await,
            Some(sam.email.clone())
        );
        assert_eq!(found(&stranger.email).await, None);
        assert!(matches!(
            member_address(&accountant, "sam").await,
            Err(IdentityError::NotAnAddress)
        ));
        assert!(matches!(
            member_address(&editor, &sam.email).await,
            Err(IdentityError::Tenancy(tenancy::Error::Forbidden))
        ));
        assert!(matches!(
            member_choices(&editor).await,
            Err(IdentityError::Tenancy(tenancy::Error::Forbidden))
        ));
        let offered = async || member_choices(&accountant).await.expect("the members");
        let through = MemberChoice {
            name: "through".to_owned(),
            email: sam.email.clone(),
            role: Role::Editor,
        };
        let names: Vec<String> = offered().await.into_iter().map(|choice| choice.name).collect();
        assert_eq!(names, ["accountant", "through"], "by name, and nobody from elsewhere");
        assert!(offered().await.contains(&through));
        leave(&kit.tenancy, &company.tenant().slug, sam.id, NOON)
            .await
            .expect("left");
        assert_eq!(found(&sam.email).await, None);
        assert!(!offered().await.contains(&through), "who left is not offered");
    });
}
