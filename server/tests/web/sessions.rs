//! Sessions that end: what was typed is not lost, and nothing else is let through.

use axum::http::{Method, StatusCode};
use books::company::company_get;
use identity::{IDLE_LIFE, KEPT_FORM_BYTES_MAX, KEPT_FORM_LIFE};
use server::layers::Guard;
use server::routes::{Limits, Route, routes};
use tenancy::Role;
use time::Duration;
use tower_sessions::session::Id;

use crate::browser::Browser;
use crate::roles::{ASKS_FOR_A_CHECK, address, company};
use crate::support::{Site, posted};

const NOTICE: &str = "This was not recorded: you were signed out before you sent it.";
const TICKET: &str = "cartefi-form";

fn typed(name: &str) -> Vec<(&str, &str)> {
    vec![
        ("request_key", "0192f8a4-6c1e-7b3a-9d55-3f2b7c1a9e10"),
        ("name", name),
        ("entity_type", "llc"),
        ("fiscal_year_first_month", "7"),
        ("basis", "accrual"),
        ("time_zone", "America/Chicago"),
        ("books_begin_on", ""),
    ]
}

#[test]
fn a_form_posted_after_the_session_ended_comes_back_after_login_with_its_values() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Before").await;
        let page = format!("/c/{}/settings", cx.tenant().slug);
        let mut admin = Browser::member(kit, &site, &cx, Role::Admin).await;
        site.clock.advance(IDLE_LIFE);

        let answer = admin.post(&page, &typed("After <b>")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let encoded: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
        assert_eq!(answer.header("location"), format!("/login?return_to={encoded}"));
        let ticket = answer.cookie(TICKET).expect("a ticket");
        assert!(
            ticket.ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=3600"),
            "{ticket}"
        );
        assert!(!ticket.contains("After"), "the browser holds nothing of the form");

        admin.signs_in_again().await;
        let back = admin.get(&page).await;
        assert_eq!(back.status, StatusCode::OK);
        assert!(back.body.contains(NOTICE), "{}", back.body);
        assert!(back.body.contains("value=\"After &lt;b&gt;\""), "{}", back.body);
        assert!(
            back.body.contains("value=\"0192f8a4-6c1e-7b3a-9d55-3f2b7c1a9e10\""),
            "it is the same request still"
        );
        let facts = company_get(&cx).await.expect("the company");
        assert_eq!(facts.name, "Before", "nothing is posted by itself");

        let done = admin.post(&page, &typed("After <b>")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(!admin.keeps(TICKET), "what was posted again is kept no longer");
        let facts = company_get(&cx).await.expect("the company");
        assert_eq!(facts.name, "After <b>");
        assert!(!admin.get(&page).await.body.contains(NOTICE));
    });
}

#[test]
fn a_kept_form_is_on_its_own_page_and_for_its_own_person_for_an_hour() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Own Page").await;
        let page = format!("/c/{}/settings", cx.tenant().slug);
        let mut dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let mut sam = Browser::member(kit, &site, &cx, Role::Admin).await;
        site.clock.advance(IDLE_LIFE);
        dana.post(&page, &typed("After")).await;
        sam.signs_in_again().await;
        sam.takes(TICKET, &dana);
        assert!(
            !sam.get(&page).await.body.contains(NOTICE),
            "Sam gets nothing of Dana's"
        );
        dana.signs_in_again().await;
        assert!(!dana.get("/companies/new").await.body.contains(NOTICE));
        assert!(dana.get(&page).await.body.contains(NOTICE));
        assert!(
            dana.get(&page).await.body.contains(NOTICE),
            "also when the page is loaded anew"
        );
        site.clock.advance(KEPT_FORM_LIFE);
        dana.signs_in_again().await;
        assert!(!dana.get(&page).await.body.contains(NOTICE));
    });
}

#[test]
fn every_page_with_a_form_shows_what_was_typed_before_the_sign_in() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Every Form").await;
        let mut admin = Browser::member(kit, &site, &cx, Role::Admin).await;
        let is_form = |route: &Route| {
            route.method == Method::POST
                && route.guard != Guard::Public
                && route.path.matches('{').count() <= 1
                && route.limits == Limits::FORM
                && !ASKS_FOR_A_CHECK.contains(&route.path)
        };
        let mut forgetful = Vec::new();
        for route in routes().iter().filter(|route| is_form(route)) {
            let page = address(route, &cx.tenant().slug);
            admin.signs_in_again().await;
            site.clock.advance(IDLE_LIFE);
            admin.post(&page, &[("action", "typed")]).await;
            admin.signs_in_again().await;
            if !admin.get(&page).await.body.contains(NOTICE) {
                forgetful.push(route.path);
            }
        }
        // An invitation has nothing but its button; opening balances are not asked for before the day the books begin is set, which
        // it is not here; in a list without rows there is nothing to choose.
        assert_eq!(
            forgetful,
            [
                "/invitations/{token}",
                "/c/{slug}/transactions",
                "/c/{slug}/accounting/journal",
                "/c/{slug}/accounting/opening"
            ]
        );
    });
}

#[test]
fn an_island_is_sent_to_the_sign_in_and_its_form_is_kept_too() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Island").await;
        let page = format!("/c/{}/settings", cx.tenant().slug);
        let mut admin = Browser::member(kit, &site, &cx, Role::Admin).await;
        site.clock.advance(IDLE_LIFE);
        let answer = admin.post_accepting(&page, "application/json", &typed("After")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(
            answer.body.starts_with(r#"{"location":"/login?return_to="#),
            "{}",
            answer.body
        );
        admin.signs_in_again().await;
        assert!(admin.get(&page).await.body.contains(NOTICE));
    });
}

#[test]
fn a_form_that_cannot_be_kept_says_how_not_to_lose_it() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Too Long").await;
        let page = format!("/c/{}/settings", cx.tenant().slug);
        let mut admin = Browser::member(kit, &site, &cx, Role::Admin).await;
        site.clock.advance(IDLE_LIFE);
        let long = "x".repeat(KEPT_FORM_BYTES_MAX);
        let answer = admin.post(&page, &typed(&long)).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.body.contains("go back to the form"), "{}", answer.body);
        assert!(!admin.keeps(TICKET));

        let made_up = format!("cartefi={}", Id::default());
        let answer = site.send(posted(&page, "text/html", &made_up, &typed("After"))).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "a stranger fills no table");
    });
}

#[test]
fn a_session_ends_after_fifteen_idle_minutes_and_eight_hours_and_when_it_is_revoked() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let mut dana = Browser::of(&site, "dana").await;
        for _ in 0..47 {
            site.clock.advance(Duration::minutes(10));
            assert_eq!(dana.get("/companies").await.status, StatusCode::OK);
        }
        site.clock.advance(Duration::minutes(10));
        let ended = dana.get("/companies").await;
        assert_eq!(ended.header("location"), "/login?return_to=%2Fcompanies");

        dana.signs_in_again().await;
        site.clock.advance(IDLE_LIFE);
        assert_eq!(dana.get("/companies").await.status, StatusCode::SEE_OTHER);

        dana.signs_in_again().await;
        assert_eq!(dana.get("/companies").await.status, StatusCode::OK);
        site.state.sessions.revoke_all(dana.person.id).await.expect("revoked");
        let ended = dana.get("/companies").await;
        assert_eq!(ended.header("location"), "/signed-out?return_to=%2Fcompanies");
    });
}

const SESSIONS: &str = "/account/sessions";
const KEY: (&str, &str) = ("request_key", "0192f8a4-6c1e-7b3a-9d55-3f2b7c1a9e10");

/// The values of the buttons that end one session, in the page's order.
fn ends(page: &str) -> Vec<String> {
    let values = page.split("value=\"end ").skip(1);
    values
        .filter_map(|rest| rest.split('"').next())
        .map(|handle| format!("end {handle}"))
        .collect()
}

#[test]
fn a_person_sees_where_they_are_signed_in_also_in_no_company() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let mut here = Browser::of(&site, "dana").await;
        site.clock.advance(Duration::minutes(5));
        let _there = here.elsewhere().await;
        let page = here.get(SESSIONS).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(ends(&page.body).len(), 2);
        for words in [
            "this browser",
            "Unknown device",
            "5 minutes ago",
            "Oct 31, 2026, 12:00 PM UTC",
            "The sign-in service does not say how",
            "Your sign-ins",
        ] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert_eq!(page.body.matches("this browser").count(), 1, "one of the two");
        let company = company(kit, "Sessions").await;
        let mut member = Browser::member(kit, &site, &company, Role::Viewer).await;
        let home = member.get(&format!("/c/{}", company.tenant().slug)).await;
        assert!(
            home.body.contains("href=\"/account/sessions\""),
            "the person menu leads there"
        );
        assert!(
            member
                .get("/companies")
                .await
                .body
                .contains("href=\"/account/sessions\"")
        );
    });
}

#[test]
fn a_session_that_is_ended_stops_at_its_next_request_and_keeps_what_was_typed() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Typing").await;
        let page = format!("/c/{}/settings", cx.tenant().slug);
        let mut here = Browser::member(kit, &site, &cx, Role::Admin).await;
        let mut there = here.elsewhere().await;
        let other = ends(&here.get(SESSIONS).await.body).remove(1);
        let done = here.post(SESSIONS, &[KEY, ("action", &other)]).await;
        assert_eq!(done.header("location"), "/account/sessions?done=one");
        assert!(
            here.get(done.header("location"))
                .await
                .body
                .contains("That session is ended")
        );

        let answer = there.post(&page, &typed("After")).await;
        let encoded: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
        assert_eq!(answer.header("location"), format!("/signed-out?return_to={encoded}"));
        let told = there.get(answer.header("location")).await;
        assert!(told.body.contains("It is kept for an hour"), "{}", told.body);
        there.signs_in_again().await;
        let back = there.get(&page).await;
        assert!(
            back.body.contains(NOTICE) && back.body.contains("value=\"After\""),
            "{}",
            back.body
        );
        assert_eq!(company_get(&cx).await.expect("the company").name, "Typing");

        let again = here.post(SESSIONS, &[KEY, ("action", &other)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("That session has ended already"), "{}", again.body);
    });
}

#[test]
fn nobody_ends_the_session_of_somebody_else() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let mut dana = Browser::of(&site, "dana").await;
        let mut sam = Browser::of(&site, "sam").await;
        let danas = ends(&dana.get(SESSIONS).await.body).remove(0);
        let sams_page = sam.get(SESSIONS).await.body;
        assert!(!sams_page.contains(&danas), "and nobody sees it");
        let id = dana.cookie_header().replace("cartefi=", "end ");
        for guess in [
            danas.as_str(),
            id.as_str(),
            "end ",
            "end %",
            "end 00000000000000000000000000000000",
        ] {
            let answer = sam.post(SESSIONS, &[KEY, ("action", guess)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{guess}");
        }
        assert_eq!(
            sam.post(SESSIONS, &[KEY, ("action", "others")]).await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(dana.get(SESSIONS).await.status, StatusCode::OK);
    });
}

#[test]
fn all_others_are_ended_and_then_all() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let mut here = Browser::of(&site, "dana").await;
        let mut there = here.elsewhere().await;
        let done = here.post(SESSIONS, &[KEY, ("action", "others")]).await;
        assert_eq!(done.header("location"), "/account/sessions?done=others");
        assert!(
            there
                .get("/companies")
                .await
                .header("location")
                .starts_with("/signed-out")
        );
        assert_eq!(here.get("/companies").await.status, StatusCode::OK);
        let again = here.post(SESSIONS, &[KEY, ("action", "others")]).await;
        let told = here.get(again.header("location")).await;
        assert!(told.body.contains("there was no other session to end"), "{}", told.body);
        assert!(!told.body.contains("You are signed out everywhere else."));

        let mut third = here.elsewhere().await;
        let done = here.post(SESSIONS, &[KEY, ("action", "all")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(!here.keeps("cartefi"), "this browser forgets its session");
        assert!(
            third
                .get("/companies")
                .await
                .header("location")
                .starts_with("/signed-out")
        );

        let mut own = here.elsewhere().await;
        let this = ends(&own.get(SESSIONS).await.body).remove(0);
        own.post(SESSIONS, &[KEY, ("action", &this)]).await;
        assert!(!own.keeps("cartefi"), "ending this one is signing out");
        assert_eq!(own.get("/companies").await.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_session_that_cannot_be_ended_any_more_does_not_open_the_question_of_ending_all() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let mut browser = Browser::of(&site, "dana").await;
        let page = browser.post(SESSIONS, &[KEY, ("action", "end nothing")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
        assert!(page.body.contains("That session has ended already"), "{}", page.body);
        assert!(page.body.contains("Sign out everywhere"), "{}", page.body);
        assert!(!page.body.contains("disclosure confirm\" open"), "{}", page.body);
    });
}

#[test]
fn pages_for_everyone_ask_for_no_session_and_set_no_cookie() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        for address in ["/", "/health", "/no/such/page", "/pkg/cartefi.css"] {
            let answer = site.get(address).await;
            assert!(!answer.headers.contains_key("set-cookie"), "{address}");
        }
    });
}
