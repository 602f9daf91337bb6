//! Invitations: once, seven days, and for whom they are meant.

use identity::{
    Granted, IdentityError, InvitationRefusal, InvitationState, InvitationToken, invitation_accept, invitation_create,
    invitation_list, invitation_offer, invitation_revoke, leave, membership_grant, person_remove,
};
use tenancy::{Actor, Cx, RefusalCode, RequestKey, Role};
use testkit::Kit;
use time::Duration;

use crate::kit::{NOON, enters, identified, member, rule, signs_in, somebody};

async fn invites(cx: &Cx, role: Role, email: Option<&str>) -> InvitationToken {
    invitation_create(cx, role, email, &RequestKey::fresh(), NOON)
        .await
        .expect("an invitation")
}

fn why(result: Result<identity::Company, IdentityError>) -> Option<InvitationRefusal> {
    match result {
        Err(IdentityError::Invitation(refusal)) => Some(refusal),
        _ => None,
    }
}

async fn state(cx: &Cx) -> InvitationState {
    let listed = invitation_list(cx, NOON).await.expect("a list");
    listed.into_iter().next().expect("an invitation").state
}

#[test]
fn a_form_sent_twice_leaves_one_invitation_and_the_link_shown_last_is_good() {
    testkit::run(async |kit| {
        let company = kit.company("Double Click").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let key = RequestKey::fresh();
        let invite = async || invitation_create(&admin, Role::Viewer, None, &key, NOON).await;
        let (one, two) = tokio::join!(invite(), invite());
        let (one, two) = (one.expect("an invitation"), two.expect("an invitation"));
        let listed = invitation_list(&admin, NOON).await.expect("a list");
        let open: Vec<_> = listed.iter().filter(|i| i.state == InvitationState::Open).collect();
        assert_eq!((listed.len(), open.len()), (2, 1));

        let mut taken = 0;
        for token in [one, two] {
            let guest = somebody(kit, "guest").await;
            match invitation_accept(&kit.tenancy, token.expose(), guest.id, NOON).await {
                Ok(_) => taken += 1,
                refused => assert_eq!(why(refused), Some(InvitationRefusal::Revoked)),
            }
        }
        assert_eq!(taken, 1);
        // What was accepted stays: the form makes no second.
        let again = invite().await;
        assert!(matches!(again, Err(IdentityError::Invitation(InvitationRefusal::Used))));
    });
}

#[test]
fn an_invitation_lets_one_person_in_once() {
    testkit::run(async |kit| {
        let company = kit.company("Open House").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let token = invites(&admin, Role::Editor, None).await;
        assert_eq!(state(&admin).await, InvitationState::Open);
        let offer = invitation_offer(&kit.tenancy, token.expose(), NOON)
            .await
            .expect("an offer");
        assert_eq!(offer.company, "Open House");
        assert_eq!(offer.role, Role::Editor);
        assert_eq!(offer.invited_by, admin.actor().name);

        let guest = somebody(kit, "guest").await;
        let joined = invitation_accept(&kit.tenancy, token.expose(), guest.id, NOON)
            .await
            .expect("a guest");
        assert_eq!(joined.slug, company.tenant().slug);
        assert_eq!(
            enters(kit, &company, &guest).await.expect("a member").role(),
            Role::Editor
        );
        assert_eq!(state(&admin).await, InvitationState::Used { by: "guest".to_owned() });

        let late = somebody(kit, "late").await;
        let refused = invitation_accept(&kit.tenancy, token.expose(), late.id, NOON).await;
        assert_eq!(why(refused), Some(InvitationRefusal::Used));
        let again = invitation_accept(&kit.tenancy, token.expose(), guest.id, NOON).await;
        assert_eq!(again.expect("a second click").role, Role::Editor);
        let offer = invitation_offer(&kit.tenancy, token.expose(), NOON).await;
        assert!(matches!(offer, Err(IdentityError::Invitation(InvitationRefusal::Used))));
    });
}

#[test]
fn of_many_who_take_an_invitation_at_once_one_gets_in() {
    testkit::run(async |kit| {
        let company = kit.company("One Seat").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let token = invites(&admin, Role::Viewer, None).await;
        let mut attempts = tokio::task::JoinSet::new();
        for n in 0..8 {
            let guest = somebody(kit, &format!("guest{n}")).await;
            let (tenancy, token) = (kit.tenancy.clone(), token.clone());
            attempts.spawn(async move { invitation_accept(&tenancy, token.expose(), guest.id, NOON).await });
        }
        let results = attempts.join_all().await;
        let (joined, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        assert_eq!(joined.len(), 1);
        for refusal in refused {
            assert_eq!(why(refusal), Some(InvitationRefusal::Used));
        }
        assert_eq!(members(kit, &company).await, 2);
    });
}

#[test]
fn two_clicks_at_once_and_two_invitations_at_once_give_one_membership() {
    testkit::run(async |kit| {
        let company = kit.company("Double Click").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let first = invites(&admin, Role::Viewer, None).await;
        let second = invites(&admin, Role::Editor, None).await;
        let guest = somebody(kit, "guest").await;
        let (a, b, c) = tokio::join!(
            invitation_accept(&kit.tenancy, first.expose(), guest.id, NOON),
            invitation_accept(&kit.tenancy, first.expose(), guest.id, NOON),
            invitation_accept(&kit.tenancy, second.expose(), guest.id, NOON)
        );
        let results = [a, b, c];
        assert!(results.iter().any(Result::is_ok), "{results:?}");
        for result in results {
            assert!(
                matches!(result, Ok(_) | Err(IdentityError::MemberAlready)),
                "{result:?}"
            );
        }
        assert_eq!(members(kit, &company).await, 2);
    });
}

async fn members(kit: &Kit, company: &Cx) -> i64 {
    let mut tx = kit.tenancy.control().await.expect("a transaction");
    sqlx::query_scalar("select count(*) from membership where tenant_id = $1 and until is null")
        .bind(company.tenant().id.uuid())
        .fetch_one(&mut *tx)
        .await
        .expect("a count")
}

#[test]
fn an_invitation_ends_after_seven_days() {
    testkit::run(async |kit| {
        let company = kit.company("A Week").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let token = invites(&admin, Role::Viewer, None).await;
        let guest = somebody(kit, "guest").await;
        let end = NOON + Duration::days(7);
        let late = invitation_accept(&kit.tenancy, token.expose(), guest.id, end).await;
        assert_eq!(why(late), Some(InvitationRefusal::Expired));
        let listed = invitation_list(&admin, end).await.expect("a list");
        assert_eq!(listed[0].state, InvitationState::Expired);
        let just = end - Duration::seconds(1);
        invitation_accept(&kit.tenancy, token.expose(), guest.id, just)
            .await
            .expect("the last second");
    });
}

#[test]
fn a_withdrawn_an_unknown_and_a_malformed_invitation_let_nobody_in() {
    testkit::run(async |kit| {
        let company = kit.company("Second Thoughts").await;
        let other = kit.company("Others").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let (_, stranger) = member(kit, &other, "stranger", Role::Admin).await;
        let token = invites(&admin, Role::Admin, None).await;
        let id = invitation_list(&admin, NOON).await.expect("a list")[0].id;
        let refused = invitation_revoke(&stranger, id, NOON).await;
        assert!(
            matches!(refused, Err(IdentityError::Invitation(InvitationRefusal::Unknown))),
            "another company's invitation"
        );
        invitation_revoke(&admin, id, NOON).await.expect("a withdrawal");
        assert!(invitation_revoke(&admin, id, NOON).await.is_err());

        let guest = somebody(kit, "guest").await;
        let unknown = "A".repeat(43);
        for (token, expected) in [
            (token.expose(), InvitationRefusal::Revoked),
            (unknown.as_str(), InvitationRefusal::Unknown),
            ("", InvitationRefusal::Unknown),
            ("../../etc", InvitationRefusal::Unknown),
        ] {
            let refused = invitation_accept(&kit.tenancy, token, guest.id, NOON).await;
            assert_eq!(why(refused), Some(expected), "{token:?}");
        }
    });
}

#[test]
fn an_invitation_for_an_address_is_taken_by_who_has_it_verified() {
    testkit::run(async |kit| {
        let company = kit.company("By Name").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let meant = identified("meant");
        let address = meant.email.clone().expect("an address");
        let token = invites(&admin, Role::Viewer, Some(&address.to_uppercase())).await;
        let other = somebody(kit, "other").await;
        let refused = invitation_accept(&kit.tenancy, token.expose(), other.id, NOON).await;
        assert_eq!(why(refused), Some(InvitationRefusal::OtherPerson));

        let meant = signs_in(kit, meant, NOON).await;
        set_unverified(kit, &meant).await;
        let refused = invitation_accept(&kit.tenancy, token.expose(), meant.id, NOON).await;
        assert_eq!(why(refused), Some(InvitationRefusal::OtherPerson));
        set_verified(kit, &meant).await;
        invitation_accept(&kit.tenancy, token.expose(), meant.id, NOON)
            .await
            .expect("the one who is meant");

        for (address, expected) in [
            (address.as_str(), "this person is in the company already"),
            ("no address", "this is not an e-mail address"),
        ] {
            let refused = invitation_create(&admin, Role::Viewer, Some(address), &RequestKey::fresh(), NOON)
                .await
                .expect_err("refused");
            assert_eq!(refused.to_string(), expected);
        }
    });
}

async fn set_unverified(kit: &Kit, person: &identity::Person) {
    let mut tx = kit.tenancy.control().await.expect("a transaction");
    sqlx::query("update person set email_verified = false where id = $1")
        .bind(person.id.uuid())
        .execute(&mut *tx)
        .await
        .expect("an update");
    tx.commit().await.expect("a commit");
}

async fn set_verified(kit: &Kit, person: &identity::Person) {
    let mut tx = kit.tenancy.control().await.expect("a transaction");
    sqlx::query("update person set email_verified = true where id = $1")
        .bind(person.id.uuid())
        .execute(&mut *tx)
        .await
        .expect("an update");
    tx.commit().await.expect("a commit");
}

#[test]
fn a_member_does_not_use_up_an_invitation() {
    testkit::run(async |kit| {
        let company = kit.company("In Already").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let (viewer, _) = member(kit, &company, "viewer", Role::Viewer).await;
        let token = invites(&admin, Role::Admin, None).await;
        let refused = invitation_accept(&kit.tenancy, token.expose(), viewer.id, NOON).await;
        assert!(matches!(refused, Err(IdentityError::MemberAlready)));
        assert_eq!(state(&admin).await, InvitationState::Open);
        let cx = enters(kit, &company, &viewer).await.expect("a member");
        assert_eq!(cx.role(), Role::Viewer, "no link raises a member's role");
    });
}

#[test]
fn whoever_was_removed_comes_back_by_no_link_of_their_own() {
    testkit::run(async |kit| {
        let company = kit.company("No Way Back").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let (leaver, leaver_cx) = member(kit, &company, "leaver", Role::Admin).await;
        let (removed, removed_cx) = member(kit, &company, "removed", Role::Admin).await;
        let (demoted, demoted_cx) = member(kit, &company, "demoted", Role::Admin).await;
        let theirs = [
            invites(&leaver_cx, Role::Admin, None).await,
            invites(&removed_cx, Role::Admin, None).await,
            invites(&demoted_cx, Role::Admin, None).await,
        ];
        let ours = invites(&admin, Role::Viewer, None).await;
        leave(&kit.tenancy, &company.tenant().slug, leaver.id, NOON)
            .await
            .expect("leaving");
        person_remove(&admin, removed.id, NOON).await.expect("a removal");
        identity::role_change(&admin, demoted.id, Role::Viewer, NOON)
            .await
            .expect("another role");
        for token in theirs {
            let back = invitation_accept(&kit.tenancy, token.expose(), removed.id, NOON).await;
            assert_eq!(why(back), Some(InvitationRefusal::Revoked));
        }
        invitation_accept(&kit.tenancy, ours.expose(), removed.id, NOON)
            .await
            .expect("an invitation of somebody who is still admin");
    });
}

#[test]
fn whoever_left_or_was_removed_comes_back_by_no_link_to_their_address() {
    testkit::run(async |kit| {
        let company = kit.company("Nor This Way").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        for (name, removes) in [("leaves", false), ("goes", true)] {
            let person = somebody(kit, name).await;
            // Invited twice, as an admin by mistake.
            let mistaken = invites(&admin, Role::Admin, Some(&person.email.to_uppercase())).await;
            let meant = invites(&admin, Role::Viewer, Some(&person.email)).await;
            invitation_accept(&kit.tenancy, meant.expose(), person.id, NOON)
                .await
                .expect("a viewer");
            if removes {
                person_remove(&admin, person.id, NOON).await.expect("a removal");
            } else {
                leave(&kit.tenancy, &company.tenant().slug, person.id, NOON)
                    .await
                    .expect("leaving");
            }
            let back = invitation_accept(&kit.tenancy, mistaken.expose(), person.id, NOON).await;
            assert_eq!(why(back), Some(InvitationRefusal::Revoked));
        }
    });
}

#[test]
fn the_token_is_kept_nowhere() {
    testkit::run(async |kit| {
        let company = kit.company("Shown Once").await;
        let (_, admin) = member(kit, &company, "admin", Role::Admin).await;
        let token = invites(&admin, Role::Viewer, None).await;
        assert_eq!(token.expose().len(), 43);
        assert_eq!(format!("{token:?}"), "InvitationToken(…)");
        let mut tx = kit.tenancy.control().await.expect("a transaction");
        let row: String = sqlx::query_scalar("select i::text from invitation i where tenant_id = $1")
            .bind(company.tenant().id.uuid())
            .fetch_one(&mut *tx)
            .await
            .expect("a row");
        assert!(!row.contains(token.expose()), "{row}");
    });
}

async fn grants(kit: &Kit, company: &Cx, email: &str, role: Role) -> Granted {
    let operator = Actor::operator("tests");
    membership_grant(&kit.tenancy, company.tenant().id, email, role, &operator, NOON)
        .await
        .expect("a grant")
}

#[test]
fn what_is_granted_to_an_address_is_there_at_its_first_verified_sign_in() {
    testkit::run(async |kit| {
        let company = kit.company("First Admin").await;
        let dana = identified("dana");
        let address = dana.email.clone().expect("an address");
        let granted = grants(kit, &company, &address.to_uppercase(), Role::Admin).await;
        assert_eq!(granted, Granted::AtSignIn);

        let mut impostor = identified("impostor");
        impostor.email = Some(address.clone());
        impostor.email_verified = Some(false);
        assert!(crate::kit::try_sign_in(kit, impostor, NOON).await.is_err());

        let person = signs_in(kit, dana.clone(), NOON + Duration::days(6)).await;
        let cx = enters(kit, &company, &person).await.expect("an admin");
        assert_eq!(cx.role(), Role::Admin);
        assert_eq!(state(&cx).await, InvitationState::Used { by: "dana".to_owned() });

        let mut namesake = identified("namesake");
        namesake.email = Some(address);
        let namesake = signs_in(kit, namesake, NOON + Duration::days(6)).await;
        assert!(enters(kit, &company, &namesake).await.is_err(), "it is taken once");
    });
}

#[test]
fn what_is_granted_to_an_address_ends_after_seven_days_too() {
    testkit::run(async |kit| {
        let company = kit.company("Too Late").await;
        let late = identified("late");
        let address = late.email.clone().expect("an address");
        assert_eq!(grants(kit, &company, &address, Role::Admin).await, Granted::AtSignIn);
        let person = signs_in(kit, late, NOON + Duration::days(7)).await;
        assert!(enters(kit, &company, &person).await.is_err());
        assert_eq!(
            grants(kit, &company, &address, Role::Admin).await,
            Granted::Now,
            "somebody known is let in at once"
        );
        assert!(enters(kit, &company, &person).await.is_ok());
    });
}

#[test]
fn a_grant_to_somebody_known_gives_the_role_but_leaves_an_admin() {
    testkit::run(async |kit| {
        let company = kit.company("Raised").await;
        let (person, _) = member(kit, &company, "person", Role::Viewer).await;
        grants(kit, &company, &person.email, Role::Admin).await;
        let cx = enters(kit, &company, &person).await.expect("an admin");
        assert_eq!(cx.role(), Role::Admin);
        let refused = membership_grant(
            &kit.tenancy,
            company.tenant().id,
            &person.email,
            Role::Viewer,
            &Actor::operator("tests"),
            NOON,
        )
        .await
        .expect_err("the last admin");
        assert_eq!(rule(&refused), Some(RefusalCode::LastAdmin));
    });
}
