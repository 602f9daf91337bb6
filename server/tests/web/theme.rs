//! Light and dark.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::support::Site;

#[test]
fn the_chosen_colors_are_kept_in_a_cookie_and_the_page_comes_back() {
    testkit::run(async |kit| {
        let pairs = [("theme", "dark"), ("return_to", "/c/juniper?x=1")];
        let answer = Site::plain(kit).post("/theme", "text/html", &pairs).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header("location"), "/c/juniper?x=1");
        assert_eq!(
            answer.header("set-cookie"),
            "theme=dark; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"
        );
        let secure = Site::with(kit, vec![], "https://books.example")
            .post("/theme", "text/html", &pairs)
            .await;
        assert!(secure.header("set-cookie").ends_with("; Secure"));
    });
}

#[test]
fn the_document_wears_the_colors_of_its_cookie() {
    testkit::run(async |kit| {
        let get = |cookie: &str| {
            Request::get("/")
                .header(header::COOKIE, cookie)
                .body(Body::empty())
                .expect("a request")
        };
        let site = Site::plain(kit);
        assert!(site.send(get("theme=dark")).await.body.contains("data-theme=\"dark\""));
        assert!(!site.send(get("theme=system")).await.body.contains("data-theme"));
    });
}
