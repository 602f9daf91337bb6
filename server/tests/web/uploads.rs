//! Files that are looked at before they are imported: what is kept of them, and what is said once it is gone.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tenancy::Role;

use crate::browser::Browser;
use crate::roles::company;
use crate::support::{Answer, Site};

/// A file, sent as a form for it sends one.
pub async fn upload(site: &Site, browser: &Browser<'_>, address: &str, name: &str, file: &str) -> Answer {
    let body =
        format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{file}\r\n--x--\r\n");
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
