//! What is refused before a handler runs.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::{get, post};
use server::forms::{FORM_FIELDS_MAX, PostedForm};
use server::layers::Guard;
use server::routes::{Limits, Route};
use testkit::Kit;

use crate::support::Site;

async fn length(posted: PostedForm) -> String {
    posted.into_parts().0.value("note").len().to_string()
}

fn site(kit: &Kit) -> Site {
    let routes = vec![
        Route::take("/note", Guard::Public, post(length)),
        Route::take("/statement", Guard::Public, post(length)).within(Limits::UPLOAD),
    ];
    Site::with(kit, routes, "http://localhost:3000")
}

#[test]
fn a_form_may_have_two_megabytes_and_an_upload_twenty() {
    testkit::run(async |kit| {
        let three_megabytes = "x".repeat(3 * 1024 * 1024);
        let answer = site(kit)
            .post("/note", "text/html", &[("note", &three_megabytes)])
            .await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.body.contains("<code>too_large</code>"), "{}", answer.body);
        let answer = site(kit)
            .post("/statement", "text/html", &[("note", &three_megabytes)])
            .await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "3145728"));
    });
}

#[test]
fn what_anybody_may_post_has_eight_kilobytes() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        for path in ["/theme", "/logout"] {
            let answer = site.post(path, "text/html", &[("note", &"x".repeat(9 * 1024))]).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            let answer = site.post(path, "text/html", &[("note", "x")]).await;
            assert_ne!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        }
    });
}

#[test]
fn a_body_of_unknown_length_is_cut_off_at_the_same_limit() {
    testkit::run(async |kit| {
        let chunks = futures::stream::iter(vec![Ok::<_, std::fmt::Error>("note=x&".repeat(50_000)); 10]);
        let request = Request::post("/note")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from_stream(chunks))
            .expect("a request");
        assert_eq!(site(kit).send(request).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    });
}

#[test]
fn a_form_may_have_five_thousand_fields() {
    testkit::run(async |kit| {
        let mut fields = vec![("lines.0.x", ""); FORM_FIELDS_MAX - 1];
        fields.push(("note", "four"));
        assert_eq!(site(kit).post("/note", "text/html", &fields).await.body, "4");

        fields.push(("note", "one more"));
        let page = site(kit).post("/note", "text/html", &fields).await;
        assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(
            page.body.contains("A form may have up to 5,000 fields"),
            "{}",
            page.body
        );
        let island = site(kit).post("/note", "application/json", &fields).await;
        assert_eq!(island.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(
            island.body.starts_with(
                r#"{"errors":[{"field":"","message":"That is more than CarteFi takes at once. A form may"#
            ),
            "{}",
            island.body
        );
    });
}

#[test]
fn a_body_that_breaks_off_is_refused_and_not_taken_for_the_whole() {
    testkit::run(async |kit| {
        let pieces = futures::stream::iter([Ok("note=abc"), Err("the line broke")]);
        let request = Request::post("/note")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from_stream(pieces))
            .expect("a request");
        assert_eq!(site(kit).send(request).await.status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn a_form_from_another_website_is_refused_and_one_of_ours_is_not() {
    testkit::run(async |kit| {
        let from = |origin: &str| {
            Request::post("/note")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header("sec-fetch-site", origin)
                .body(Body::from("note=abc"))
                .expect("a request")
        };
        let refused = site(kit).send(from("cross-site")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(
            refused.body.contains("This form came from another website"),
            "{}",
            refused.body
        );
        assert_eq!(
            site(kit).send(from("same-site")).await.status,
            StatusCode::FORBIDDEN,
            "a neighbor under one domain is another website"
        );
        assert_eq!(site(kit).send(from("same-origin")).await.body, "3");
    });
}

#[test]
fn an_answer_that_takes_too_long_is_given_up() {
    testkit::run(async |kit| {
        async fn slow() {
            tokio::time::sleep(Duration::from_secs(3600)).await;
        }
        let brief = Limits {
            time: Duration::from_millis(20),
            ..Limits::FORM
        };
        let route = Route::show("/slow", Guard::Public, get(slow)).within(brief);
        let site = Site::with(kit, vec![route], "http://localhost");
        let answer = site.get("/slow").await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.body.contains("<code>unavailable</code>"), "{}", answer.body);
    });
}

#[test]
fn what_is_not_a_form_is_refused_in_words() {
    testkit::run(async |kit| {
        let request = Request::post("/note").body(Body::from("note=abc")).expect("a request");
        let answer = site(kit).send(request).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert!(
            answer.header("content-type").starts_with("text/html"),
            "{}",
            answer.body
        );
    });
}
