//! What ends while a form is on its way: whoever may not record any more when the last byte has come records nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use books::company::company_get;
use futures::{StreamExt, stream};
use identity::{enter, person_remove, role_change};
use tenancy::{Cx, Role};
use testkit::Kit;

use crate::browser::Browser;
use crate::roles::company;
use crate::support::{NOON, Site, posted};

const HTML: &str = "text/html";

/// The same request, whose body comes only after `meanwhile`.
fn slowly(request: Request<Body>, meanwhile: impl Future<Output = ()> + Send + 'static) -> Request<Body> {
    request.map(|body| {
        let nothing = stream::once(meanwhile).filter_map(async |()| None);
        Body::from_stream(nothing.chain(body.into_data_stream()))
    })
}

/// The company's settings under a new name.
fn renaming(browser: &Browser<'_>, cx: &Cx) -> Request<Body> {
    let typed = [
        ("name", "After"),
        ("entity_type", "llc"),
        ("fiscal_year_first_month", "7"),
        ("basis", "accrual"),
        ("time_zone", "America/Chicago"),
        ("books_begin_on", ""),
    ];
    let page = format!("/c/{}/settings", cx.tenant().slug);
    posted(&page, HTML, &browser.cookie_header(), &typed)
}

/// A file, sent as the page for it sends one.
fn upload(browser: &Browser<'_>, address: &str) -> Request<Body> {
    let file = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"october.ofx\"\r\n\r\nOFX\r\n--x--\r\n";
    Request::post(address)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::COOKIE, browser.cookie_header())
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(file))
        .expect("a request")
}

/// The company as another admin enters it, who changes its people.
async fn entered_by_another(kit: &Kit, site: &Site, cx: &Cx) -> Cx {
    let sam = Browser::member(kit, site, cx, Role::Admin).await;
    let entered = enter(&kit.tenancy, &cx.tenant().slug, sam.person.id, "test".to_owned()).await;
    entered.expect("an admin enters").cx
}

/// The number of the last event in the company's record.
async fn recorded(cx: &Cx) -> i64 {
    audit::log::head(cx).await.expect("the record").seq
}

#[test]
fn who_is_demoted_while_the_form_is_on_its_way_records_nothing() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Demoted Meanwhile").await;
        let dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let sam = entered_by_another(kit, &site, &cx).await;
        let before = recorded(&cx).await;

        let person = dana.person.id;
        let demotion = async move {
            role_change(&sam, person, Role::Viewer, NOON).await.expect("a viewer");
        };
        let answer = site.send(slowly(renaming(&dana, &cx), demotion)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
        assert!(answer.body.contains("as viewer"), "{}", answer.body);
        assert_eq!(recorded(&cx).await, before);
    });
}

#[test]
fn who_is_removed_while_the_form_is_on_its_way_records_nothing() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Removed Meanwhile").await;
        let slug = &cx.tenant().slug;
        let lee = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let sam = entered_by_another(kit, &site, &cx).await;
        let before = recorded(&cx).await;
        for (member, request) in [
            (&dana, renaming(&dana, &cx)),
            (&lee, upload(&lee, &format!("/c/{slug}/banking/import"))),
        ] {
            let (sam, person) = (sam.clone(), member.person.id);
            let removal = async move {
                person_remove(&sam, person, NOON).await.expect("removed");
            };
            let answer = site.send(slowly(request, removal)).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
        }
        assert_eq!(recorded(&cx).await, before);
    });
}

#[test]
fn a_form_that_comes_after_the_logout_is_not_recorded_and_waits_for_the_next_sign_in() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Logged Out Meanwhile").await;
        let dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let before = recorded(&cx).await;

        let (sessions, person) = (site.state.sessions.clone(), dana.person.id);
        let logout = async move {
            sessions.revoke_all(person).await.expect("signed out");
        };
        let answer = site.send(slowly(renaming(&dana, &cx), logout)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert!(answer.header("location").starts_with("/signed-out?return_to="));
        assert!(answer.cookie("cartefi-form").is_some(), "it is kept");
        assert_eq!(recorded(&cx).await, before);
    });
}

#[test]
fn who_stays_and_takes_their_time_records_what_they_sent() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Took Time").await;
        let dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let answer = site.send(slowly(renaming(&dana, &cx), tokio::task::yield_now())).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(company_get(&cx).await.expect("the company").name, "After");
    });
}

#[test]
fn nobody_reads_what_a_stranger_sends() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Strangers").await;
        let stranger = Browser::of(&site, "stranger").await;
        let address = format!("/c/{}/banking/import", cx.tenant().slug);
        let is_read = Arc::new(AtomicBool::new(false));
        let reading = is_read.clone();
        let told = async move { reading.store(true, Ordering::SeqCst) };
        let answer = site.send(slowly(upload(&stranger, &address), told)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
        assert!(!is_read.load(Ordering::SeqCst));
    });
}
