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

#[test]
fn a_preview_whose_turn_does_not_come_says_so_and_is_there_when_it_does() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Crowded Previews").await;
        let browsers = [
            Browser::member(kit, &site, &cx, Role::Accountant).await,
            Browser::member(kit, &site, &cx, Role::Accountant).await,
        ];
        let files = [
            ("accounting/journal/import", "ledger.csv", JOURNAL),
            ("banking/import", "march.qfx", STATEMENT),
        ];
        let mut previews = Vec::new();
        for (browser, (page, name, file)) in browsers.into_iter().zip(files) {
            let address = format!("/c/{}/{page}", cx.tenant().slug);
            let read = upload(&site, &browser, &address, name, file).await;
            assert_eq!(read.status, StatusCode::SEE_OTHER, "{page}: {}", read.body);
            previews.push((browser, read.header("location").to_owned(), name));
        }

        let somebody_else_s = cx.heavy_work().await.expect("leave");
        let looks = previews.iter_mut().map(|(browser, address, _)| browser.get(address));
        for crowd in futures::future::join_all(looks).await {
            assert_eq!(crowd.status, StatusCode::SERVICE_UNAVAILABLE, "{}", crowd.body);
            assert!(crowd.body.contains("answering many requests at once"), "{}", crowd.body);
            assert!(!crowd.body.contains("no longer kept"), "{}", crowd.body);
        }
        drop(somebody_else_s);
        for (browser, address, name) in &mut previews {
            let there = browser.get(address).await;
            assert_eq!(there.status, StatusCode::OK, "{}", there.body);
            assert!(there.body.contains(*name), "{}", there.body);
        }
    });
}

const JOURNAL: &str = "Journal No.,Journal Date,Account Name,Debits,Credits,Description,Name
A-1,10/01/2026,Rent,1200.00,,October,
A-1,10/01/2026,Business Checking,,1200.00,,
";
const STATEMENT: &str = "OFXHEADER:100
DATA:OFXSGML

<OFX>
<BANKMSGSRSV1>
<STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>121000358<ACCTID>4400120034410<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>
<STMTTRN><TRNTYPE>OTHER<DTPOSTED>20260302<TRNAMT>-42.50<FITID>n1<NAME>Corner Hardware</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS>
</BANKMSGSRSV1>
</OFX>
";
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
        let mut browser = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let address = format!("/c/{}/accounting/opening/file", cx.tenant().slug);
        for page in [&address, &format!("/c/{}/accounting/accounts/import", cx.tenant().slug)] {
            let page = browser.get(page).await;
            assert!(
                page.body.contains("a text of more than 80 kB may not come back"),
                "{}",
                page.body
            );
        }
        site.clock.advance(IDLE_LIFE);
        let long = "x".repeat(identity::KEPT_FORM_BYTES_MAX + 1);
        let sent = upload_with(&site, &browser, &address, ("", ""), &[("pasted", &long)]).await;
        assert_eq!(sent.status, StatusCode::UNAUTHORIZED, "{}", sent.body);
        for words in ["go back to the form", "a form of up to 256 kB"] {
            assert!(sent.body.contains(words), "{words}: {}", sent.body);
        }
        let sign_in = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("return_to", &address)
            .finish();
        let beside = format!("href=\"/login?{sign_in}\" target=\"_blank\"");
        assert!(sent.body.contains(&beside), "{beside}: {}", sent.body);

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
