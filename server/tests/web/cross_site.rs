//! Forms that another website posts, in the browser of somebody who is signed in here.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use server::routes::routes;
use tenancy::Role;

use crate::browser::Browser;
use crate::roles::{address, company};
use crate::support::Site;

#[test]
fn every_form_of_another_website_is_refused_whoever_is_signed_in() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Cross Site").await;
        let mut admin = Browser::member(kit, &site, &cx, Role::Admin).await;
        for route in routes().iter().filter(|route| route.method == Method::POST) {
            let address = address(route, &cx.tenant().slug);
            for origin in ["cross-site", "same-site"] {
                let request = Request::post(&address)
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .header(header::COOKIE, admin.cookie_header())
                    .header("sec-fetch-site", origin)
                    .body(Body::from("action=leave"))
                    .expect("a request");
                let answer = site.send(request).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{address}");
                assert!(answer.body.contains("<code>cross_site</code>"), "{address}");
            }
        }
        let settings = format!("/c/{}/settings", cx.tenant().slug);
        assert_eq!(admin.get(&settings).await.status, StatusCode::OK, "nothing was done");
    });
}

#[test]
fn an_old_browser_that_says_no_more_than_the_origin_is_judged_by_it() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let from = |origin: &str| {
            Request::post("/theme")
                .header(header::HOST, "localhost:3000")
                .header(header::ORIGIN, origin)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from("theme=dark"))
                .expect("a request")
        };
        let refused = site.send(from("https://evil.example")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let taken = site.send(from("http://localhost:3000")).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER);
    });
}
