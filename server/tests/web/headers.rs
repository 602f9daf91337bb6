//! What every answer carries, and how errors read.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::get;
use server::errors::PageError;
use server::layers::Guard;
use server::routes::Route;
use tenancy::Capability;

use crate::browser::Browser;
use crate::support::{HERE, Site};

#[test]
fn every_answer_has_an_id_of_its_own_and_the_security_headers() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        for address in ["/", "/health", "/no/such/page", "/pkg/cartefi.css"] {
            let answer = site.get(address).await;
            let policy = answer.header("content-security-policy");
            assert!(
                policy.contains("script-src 'nonce-") && policy.contains("'strict-dynamic' 'wasm-unsafe-eval'"),
                "{policy}"
            );
            assert!(policy.contains("form-action 'self' https://login.example;"), "{policy}");
            assert!(
                policy.starts_with("default-src 'none';") && policy.contains("frame-ancestors 'none'"),
                "{policy}"
            );
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert_eq!(answer.header("referrer-policy"), "same-origin");
            assert_eq!(answer.header("x-request-id").len(), 36, "{address}");
            assert_eq!(
                answer.header("strict-transport-security"),
                "",
                "only where the public address is https"
            );
        }
        let first = site.get("/").await;
        let second = site.get("/").await;
        assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
        assert_ne!(
            first.header("content-security-policy"),
            second.header("content-security-policy")
        );
    });
}

#[test]
fn a_request_id_from_outside_is_not_taken() {
    testkit::run(async |kit| {
        let request = Request::get("/")
            .header("x-request-id", "forged")
            .body(Body::empty())
            .expect("a request");
        assert_ne!(Site::plain(kit).send(request).await.header("x-request-id"), "forged");
    });
}

#[test]
fn behind_https_browsers_are_told_to_stay_there() {
    testkit::run(async |kit| {
        let site = Site::with(kit, vec![], "https://books.example");
        assert!(
            site.get("/")
                .await
                .header("strict-transport-security")
                .starts_with("max-age=")
        );
    });
}

#[test]
fn documents_are_not_kept_and_hashed_files_are_kept_for_good() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        assert_eq!(site.get("/").await.header("cache-control"), "no-store");
        assert_eq!(site.get("/no/such/page").await.header("cache-control"), "no-store");
        assert!(
            site.get("/pkg/cartefi.css?v=1")
                .await
                .header("cache-control")
                .ends_with("immutable")
        );
        assert_eq!(
            site.get("/pkg/cartefi.css").await.header("cache-control"),
            "public, max-age=3600"
        );
    });
}

#[test]
fn documents_are_compressed_for_browsers_that_take_it() {
    testkit::run(async |kit| {
        let request = Request::get("/")
            .header(header::ACCEPT_ENCODING, "gzip, br")
            .body(Body::empty())
            .expect("a request");
        let answer = Site::plain(kit).send(request).await;
        assert_eq!(answer.header("content-encoding"), "br");
        assert_eq!(answer.header("vary"), "accept-encoding");
    });
}

#[test]
fn an_error_is_a_page_in_plain_words_with_its_code_and_request() {
    testkit::run(async |kit| {
        let answer = Site::plain(kit).get("/no/such/page").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.header("content-type").starts_with("text/html"));
        assert!(
            answer.body.contains("There is nothing at this address"),
            "{}",
            answer.body
        );
        assert!(answer.body.contains("<code>not_found</code>"));
        assert!(answer.body.contains(answer.header("x-request-id")));
    });
}

#[test]
fn an_address_that_only_shows_refuses_a_form_and_says_what_it_takes() {
    testkit::run(async |kit| {
        let answer = Site::plain(kit).post("/health", "text/html", &[]).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header("allow"), "GET,HEAD");
        assert!(answer.body.contains("<code>method_not_allowed</code>"));
    });
}

#[test]
fn a_panic_is_our_fault_in_words_and_the_server_goes_on() {
    testkit::run(async |kit| {
        async fn broken() {
            panic!("secret detail");
        }
        let site = Site::with(
            kit,
            vec![Route::show("/broken", Guard::Public, get(broken))],
            "http://localhost",
        );
        let answer = site.get("/broken").await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(
            answer.body.contains("The fault is ours") && !answer.body.contains("secret detail"),
            "{}",
            answer.body
        );
        assert_eq!(site.get("/health").await.status, StatusCode::OK);
    });
}

#[test]
fn a_refusal_with_words_of_its_own_says_them_to_people_and_to_islands() {
    testkit::run(async |kit| {
        async fn locked() -> PageError {
            PageError::in_words(
                StatusCode::CONFLICT,
                "locked",
                "October is locked",
                "Date it in November.",
            )
        }
        let site = Site::with(
            kit,
            vec![Route::show("/locked", Guard::Public, get(locked))],
            "http://localhost",
        );
        let page = site.get("/locked").await;
        assert!(
            page.body.contains("<h1>October is locked</h1>") && page.body.contains("<code>locked</code>"),
            "{}",
            page.body
        );
        let request = Request::get("/locked")
            .header(header::ACCEPT, "application/json")
            .body(Body::empty())
            .expect("a request");
        let answer = site.send(request).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(
            answer
                .body
                .starts_with(r#"{"errors":[{"field":"","message":"October is locked. Date it in November. (request "#),
            "{}",
            answer.body
        );
    });
}

#[test]
fn a_route_that_needs_a_company_and_names_none_is_closed_to_everybody() {
    testkit::run(async |kit| {
        async fn books() -> &'static str {
            "figures"
        }
        let guard = Guard::Capability(Capability::ReadBooks);
        let site = Site::with(kit, vec![Route::show("/books", guard, get(books))], HERE);
        let mut somebody = Browser::of(&site, "somebody").await;
        assert_eq!(somebody.get("/books").await.status, StatusCode::NOT_FOUND);
    });
}
