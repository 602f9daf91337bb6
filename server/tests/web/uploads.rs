//! Files that are looked at before they are imported: what is kept of them, and what is said once it is gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use identity::IDLE_LIFE;
use tenancy::Role;

use crate::browser::Browser;
use crate::roles::company;
use crate::support::{Answer, Site};

/// A file, sent as a form for it sends one.
pub async fn upload(site: &Site, browser: &Browser<'_>, address: &str, name: &str, file: &str) -> Answer {
    upload_with(site, browser, address, (name, file), &[]).await
}

/// A file, of which no name is no file, and what was typed beside it, as a form for a file sends them.
pub async fn upload_with(
    site: &Site,
    browser: &Browser<'_>,
    address: &str,
    (name, file): (&str, &str),
    typed: &[(&str, &str)],
) -> Answer {
    let mut body =
        format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{file}\r\n");
    for (field, value) in typed {
        body += &format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
    }
    body += "--x--\r\n";
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::COOKIE, browser.cookie_header())
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .expect("a request");
    site.send(request).await
}

/// Where the form with a file on a page is sent to, as a browser does it.
pub fn sent_to(page: &Answer, address: &str) -> String {
    let mut forms = page.body.split("<form").skip(1);
    let form = forms
        .find(|form| form.contains("multipart/form-data"))
        .expect("a form with a file");
    let (form, _) = form.split_once('>').expect("its end");
    match form.split_once("action=\"") {
        Some((_, rest)) => rest.split_once('"').expect("the address's end").0.to_owned(),
        None => address.to_owned(),
    }
}

#[test]
fn a_kept_upload_that_is_gone_offers_a_form_that_takes_the_file_again() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Gone Uploads").await;
        let mut browser = Browser::member(kit, &site, &cx, Role::Accountant).await;
        for (page, file, name) in [
            ("accounting/journal/import", "no heading", "journal.csv"),
            ("banking/import", "no statement", "statement.ofx"),
        ] {
            let address = format!("/c/{}/{page}/999", cx.tenant().slug);
            let gone = browser.get(&address).await;
            assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", gone.body);
            assert!(gone.body.contains("This upload is no longer kept."), "{}", gone.body);
            let to = sent_to(&gone, &address);
            assert_eq!(to, format!("/c/{}/{page}", cx.tenant().slug));
            let read = upload(&site, &browser, &to, name, file).await;
            assert_eq!(read.status, StatusCode::UNPROCESSABLE_ENTITY, "{page}: {}", read.body);
            assert!(read.body.contains("id=\"field-file-error\""), "{page}: {}", read.body);
        }
    });
}

const NOTICE: &str = "This was not recorded: you were signed out before you sent it.";
const CHART: &str =
    "Account Number,Account Name,Type,Detail Type\r\n6123,Pool & spa,Expenses,Other Business Expenses\r\n";

#[test]
fn what_was_pasted_into_a_form_of_a_file_comes_back_after_the_sign_in_and_the_file_is_asked_for_again() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Uploads Kept").await;
        let mut browser = Browser::member(kit, &site, &cx, Role::Accountant).await;
        for page in [
            "accounting/accounts/import",
            "accounting/opening/file",
            "accounting/journal/import",
            "banking/import",
        ] {
            let address = format!("/c/{}/{page}", cx.tenant().slug);
            site.clock.advance(IDLE_LIFE);
            let typed = [("pasted", "Rent <b> & co,1200\r\n"), ("action", "read")];
            let sent = upload_with(&site, &browser, &address, ("ledger.csv", "A,B"), &typed).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{page}: {}", sent.body);
            browser.holds(&sent);
            browser.signs_in_again().await;
            let back = browser.get(&address).await;
            assert_eq!(back.status, StatusCode::OK, "{page}: {}", back.body);
            assert!(back.body.contains(NOTICE), "{page}: {}", back.body);
            assert!(
                back.body.contains("Choose “ledger.csv” again."),
                "{page}: {}",
                back.body
            );
            assert!(back.body.contains("id=\"field-file-error\""), "{page}: {}", back.body);
            let has_text = page.starts_with("accounting/accounts") || page.starts_with("accounting/opening");
            let pasted = back.body.contains("Rent &lt;b&gt; &amp; co,1200");
            assert_eq!(pasted, has_text, "{page}: {}", back.body);
        }
    });
}

#[test]
fn a_chart_that_was_looked_at_is_shown_again_after_the_sign_in_and_recorded_then() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Charts Kept").await;
        let mut browser = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let address = format!("/c/{}/accounting/accounts/import", cx.tenant().slug);
        let hidden = |page: &Answer, field: &str| {
            let (_, rest) = page
                .body
                .split_once(&format!("name=\"{field}\" value=\""))
                .expect("a field");
            rest.split_once('"').expect("its end").0.to_owned()
        };
        let read = upload(&site, &browser, &address, "chart.csv", CHART).await;
        let seen = hidden(&read, "seen");
        site.clock.advance(IDLE_LIFE);
        let typed = [("text", CHART), ("seen", &*seen), ("action", "import")];
        let sent = upload_with(&site, &browser, &address, ("", ""), &typed).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        browser.holds(&sent);
        browser.signs_in_again().await;
        let back = browser.get(&address).await;
        assert!(back.body.contains(NOTICE), "{}", back.body);
        assert!(back.body.contains("Pool &amp; spa"), "{}", back.body);
        assert_eq!(hidden(&back, "seen"), seen, "the same file does the same");
        let done = upload_with(&site, &browser, &address, ("", ""), &typed).await;
        assert!(done.header("location").ends_with("imported=1.0.0"), "{done:?}");
    });
}

#[test]
fn more_text_than_is_kept_says_how_not_to_lose_it_and_what_a_stranger_sends_is_not_read() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Uploads Too Long").await;
        let browser = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let address = format!("/c/{}/accounting/opening/file", cx.tenant().slug);
        site.clock.advance(IDLE_LIFE);
        let long = "x".repeat(identity::KEPT_FORM_BYTES_MAX + 1);
        let sent = upload_with(&site, &browser, &address, ("", ""), &[("pasted", &long)]).await;
        assert_eq!(sent.status, StatusCode::UNAUTHORIZED, "{}", sent.body);
        assert!(sent.body.contains("go back to the form"), "{}", sent.body);

        let is_read = Arc::new(AtomicBool::new(false));
        let stranger = Request::post(&address)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .header(
                header::COOKIE,
                format!("cartefi={}", tower_sessions::session::Id::default()),
            )
            .header("sec-fetch-site", "same-origin")
            .body(Body::from_stream(futures::stream::once(telling(is_read.clone()))))
            .expect("a request");
        assert_eq!(site.send(stranger).await.status, StatusCode::UNAUTHORIZED);
        assert!(!is_read.load(Ordering::SeqCst));
    });
}

/// A body that tells that it is read.
async fn telling(is_read: Arc<AtomicBool>) -> Result<&'static str, std::io::Error> {
    is_read.store(true, Ordering::SeqCst);
    Ok("--x--\r\n")
}
