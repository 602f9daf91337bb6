//! A NUL is in no text of the books: a request that brings one is refused as a whole, wherever it is.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use server::layers::Guard;
use server::routes::routes;
use tenancy::Role;

use crate::browser::Browser;
use crate::roles::{ASKS_FOR_A_CHECK, address, company};
use crate::support::Site;

#[test]
fn an_address_with_a_nul_is_refused_in_words_at_every_page() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Nul Asked").await;
        let slug = &cx.tenant().slug;
        let mut dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let mut asked = vec![
            format!("/c/{slug}/audit?table=%00&row=1"),
            format!("/c/{slug}/sales?name=%00"),
            format!("/c/{slug}%00/sales"),
            format!("/c/{slug}/settings/people/a%00"),
            "/invitations/%00".to_owned(),
            "/no/such%00/page".to_owned(),
        ];
        let pages = routes().into_iter().filter(|route| route.method == Method::GET);
        asked.extend(pages.map(|route| format!("{}?any=a%00b", address(&route, slug))));
        for asked in asked {
            let answer = dana.get(&asked).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{asked}");
            assert!(answer.body.contains("<code>malformed</code>"), "{}", answer.body);
        }
        assert_eq!(
            dana.get(&format!("/c/{slug}/sales?name=100%2500")).await.status,
            StatusCode::OK
        );
    });
}

#[test]
fn a_form_with_a_nul_is_refused_in_words_and_records_nothing() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Nul Posted").await;
        let mut dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        let before = audit::log::head(&cx).await.expect("the record").seq;
        let is_form = |guard| matches!(guard, Guard::Capability(_));
        for route in routes() {
            if route.method != Method::POST || !is_form(route.guard) || ASKS_FOR_A_CHECK.contains(&route.path) {
                continue;
            }
            let form = [("action", "lock"), ("reason", "a\0")];
            let answer = dana.post(&address(&route, &cx.tenant().slug), &form).await;
            assert_eq!(
                answer.status,
                StatusCode::BAD_REQUEST,
                "{}: {}",
                route.path,
                answer.body
            );
            assert!(answer.body.contains("<code>malformed</code>"), "{}", answer.body);
        }
        let page = format!("/c/{}/settings", cx.tenant().slug);
        let island = dana.post_accepting(&page, "application/json", &[("na\0me", "a")]).await;
        assert_eq!(island.status, StatusCode::BAD_REQUEST);
        assert!(island.body.starts_with(r#"{"errors":[{"field":"""#), "{}", island.body);
        let after = audit::log::head(&cx).await.expect("the record").seq;
        assert_eq!(after, before);
    });
}

#[test]
fn a_text_beside_a_file_has_no_nul_either() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Nul Pasted").await;
        let dana = Browser::member(kit, &site, &cx, Role::Admin).await;
        for (page, field) in [("banking/import", "request_key"), ("accounting/opening/file", "pasted")] {
            let body = format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\na\0b\r\n--x--\r\n");
            let request = Request::post(format!("/c/{}/{page}", cx.tenant().slug))
                .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
                .header(header::COOKIE, dana.cookie_header())
                .header("sec-fetch-site", "same-origin")
                .body(Body::from(body))
                .expect("a request");
            let answer = site.send(request).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{page}: {}", answer.body);
        }
    });
}
