//! Opening a company, and letting people in and out.

use axum::http::StatusCode;
use identity::{INVITATION_LIFE, companies_of};
use tenancy::{Cx, Role};

use crate::browser::Browser;
use crate::roles::company;
use crate::support::{Answer, Site};

const LAST_ADMIN: &str = "A company needs an admin. Make somebody else an admin first.";

fn new_company<'a>(key: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("request_key", key),
        ("name", name),
        ("entity_type", "s_corp"),
        ("fiscal_year_first_month", "1"),
        ("basis", "accrual"),
        ("time_zone", "America/Denver"),
        ("currency", "USD"),
        ("books_begin_on", "1/1/2026"),
        ("action", "create"),
    ]
}

fn people(cx: &Cx) -> String {
    format!("/c/{}/settings/people", cx.tenant().slug)
}

/// The path of the link on an answer.
fn link(answer: &Answer) -> String {
    let from = answer.body.find("/invitations/").expect("a link");
    let token = answer.body[from..].split('"').next().expect("its end");
    token.to_owned()
}

#[test]
fn who_opens_a_company_is_its_admin_and_the_form_sent_twice_opens_one() {
    testkit::run(async |kit| {
        kit.provisioner().stock_to(6).await.expect("a stock");
        let site = Site::plain(kit);
        let mut dana = Browser::of(&site, "dana").await;
        let key = uuid::Uuid::now_v7().to_string();
        let first = dana.post("/companies/new", &new_company(&key, "Opened Once LLC")).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let again = dana.post("/companies/new", &new_company(&key, "Opened Once LLC")).await;
        assert_eq!(again.header("location"), first.header("location"));
        let companies = companies_of(&kit.tenancy, dana.person.id).await.expect("a list");
        assert_eq!(companies.len(), 1);
        assert_eq!(companies[0].role, Role::Admin);
        assert_eq!(first.header("location"), format!("/c/{}", companies[0].slug));
        assert!(dana.get("/companies").await.body.contains("Opened Once LLC"));
        assert_eq!(dana.get("/").await.header("location"), first.header("location"));

        let mut sam = Browser::of(&site, "sam").await;
        let other = sam.post("/companies/new", &new_company(&key, "Opened Once LLC")).await;
        assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.body);
        assert_ne!(
            other.header("location"),
            first.header("location"),
            "the key of another's form leads to nothing of theirs"
        );
    });
}

#[test]
fn a_company_that_cannot_be_opened_comes_back_as_it_was_typed() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let mut dana = Browser::of(&site, "dana").await;
        let mut typed = new_company("", "");
        typed[7].1 = "02/31/2026";
        let answer = dana.post("/companies/new", &typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("value=\"02/31/2026\""), "{}", answer.body);
        assert!(answer.body.contains("February 2026 has only 28 days."));
        typed[7].1 = "";
        let answer = dana.post("/companies/new", &typed).await;
        assert!(answer.body.contains("id=\"field-name-error\""), "{}", answer.body);
        assert!(answer.body.contains("<option value=\"s_corp\" selected"));
    });
}

#[test]
fn an_invitation_lets_one_person_in_and_its_link_is_shown_once() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Inviting").await;
        let mut dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let made = dana
            .post(&people(&cx), &[("action", "invite"), ("role", "editor")])
            .await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.body);
        let link = link(&made);
        assert!(
            !dana.get(&people(&cx)).await.body.contains(&link),
            "the link is not shown again"
        );

        let signed_out = site.get(&link).await;
        assert!(
            signed_out.body.contains("Join Inviting as an editor"),
            "{}",
            signed_out.body
        );
        assert!(signed_out.body.contains("href=\"/login?return_to=%2Finvitations%2F"));

        let mut sam = Browser::of(&site, "sam").await;
        assert!(sam.get(&link).await.body.contains("Accept the invitation"));
        let accepted = sam.post(&link, &[("action", "accept")]).await;
        assert_eq!(accepted.header("location"), format!("/c/{}", cx.tenant().slug));
        let settings = format!("/c/{}/settings", cx.tenant().slug);
        assert_eq!(sam.get(&settings).await.status, StatusCode::OK);
        let twice = sam.post(&link, &[("action", "accept")]).await;
        assert_eq!(twice.status, StatusCode::SEE_OTHER, "a second click changes nothing");

        let mut morgan = Browser::of(&site, "morgan").await;
        for answer in [
            morgan.get(&link).await,
            morgan.post(&link, &[("action", "accept")]).await,
        ] {
            assert_eq!(answer.status, StatusCode::GONE);
            assert!(answer.body.contains("This invitation was used"), "{}", answer.body);
        }
    });
}

#[test]
fn an_invitation_that_is_over_says_why() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Over").await;
        let mut dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let mut sam = Browser::of(&site, "sam").await;
        let invite = [
            ("action", "invite"),
            ("role", "viewer"),
            ("email", "someone@else.example"),
        ];
        let made = dana.post(&people(&cx), &invite).await;
        let for_another = link(&made);
        let answer = sam.post(&for_another, &[("action", "accept")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(
            answer.body.contains("This invitation is for somebody else"),
            "{}",
            answer.body
        );

        let id = made.body.split("name=\"invitation\" value=\"").nth(1).expect("an id");
        let withdraw = [("action", "withdraw"), ("invitation", &id[..36])];
        let answer = dana.post(&people(&cx), &withdraw).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert!(
            sam.get(&for_another)
                .await
                .body
                .contains("This invitation was withdrawn")
        );
        assert_eq!(dana.post(&people(&cx), &withdraw).await.status, StatusCode::NOT_FOUND);

        let made = dana
            .post(&people(&cx), &[("action", "invite"), ("role", "viewer")])
            .await;
        site.clock.advance(INVITATION_LIFE);
        assert!(
            site.get(&link(&made))
                .await
                .body
                .contains("This invitation has expired")
        );
        let unknown = site.get("/invitations/AAAA").await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        assert!(unknown.body.contains("There is no such invitation"), "{}", unknown.body);
    });
}

#[test]
fn who_is_in_already_is_shown_the_way_and_the_invitation_stays_open() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "In Already").await;
        let mut dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let made = dana
            .post(&people(&cx), &[("action", "invite"), ("role", "viewer")])
            .await;
        let link = link(&made);
        let accepted = dana.post(&link, &[("action", "accept")]).await;
        assert_eq!(accepted.header("location"), link);
        assert!(dana.get(&link).await.body.contains("You are in In Already already"));
        assert!(site.get(&link).await.body.contains("Join In Already as a viewer"));
        let email = dana.person.email.clone();
        let refused = dana
            .post(
                &people(&cx),
                &[("action", "invite"), ("role", "viewer"), ("email", &email)],
            )
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("id=\"field-email-error\""), "{}", refused.body);
    });
}

#[test]
fn a_role_holds_from_the_next_page_on_and_a_removed_member_is_out() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Next Page").await;
        let mut dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let mut lee = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let member = format!("{}/{}", people(&cx), lee.person.id);
        let tax_id = format!("/c/{}/settings/tax-id", cx.tenant().slug);
        assert_eq!(lee.get(&tax_id).await.status, StatusCode::FORBIDDEN);
        let changed = dana.post(&member, &[("action", "role"), ("role", "accountant")]).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
        assert_eq!(lee.get(&tax_id).await.status, StatusCode::OK);
        let refused = dana.post(&member, &[("action", "role"), ("role", "system")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let removed = dana.post(&member, &[("action", "remove")]).await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);
        assert_eq!(lee.get(&tax_id).await.status, StatusCode::NOT_FOUND);
        assert_eq!(dana.get(&member).await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn the_last_admin_stays_and_stays_admin_until_there_is_another() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Last Admin").await;
        let mut dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let me = format!("{}/{}", people(&cx), dana.person.id);
        let leave = format!("/c/{}/settings/leave", cx.tenant().slug);
        for (page, form) in [
            (&leave, vec![("action", "leave")]),
            (&me, vec![("action", "role"), ("role", "viewer")]),
            (&me, vec![("action", "remove")]),
        ] {
            let answer = dana.post(page, &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
            assert!(answer.body.contains(LAST_ADMIN), "{}", answer.body);
        }
        let mut sam = Browser::member(kit, &site, &cx, Role::Admin).await;
        let left = dana.post(&leave, &[("action", "leave")]).await;
        assert_eq!(left.header("location"), "/companies");
        assert_eq!(dana.get(&leave).await.status, StatusCode::NOT_FOUND);
        assert_eq!(sam.get(&people(&cx)).await.status, StatusCode::OK);
    });
}
