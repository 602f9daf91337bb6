//! Importing journal entries in the browser.

use axum::http::StatusCode;
use books::documents::document_get;

use super::{accountant, journal};
use crate::browser::Browser;
use crate::fixture::message;
use crate::roles::company;
use crate::support::{Answer, Site};
use crate::uploads;

/// A journal file, sent as the page for it sends one.
async fn upload(site: &Site, browser: &Browser<'_>, address: &str, file: &str) -> Answer {
    uploads::upload(site, browser, address, "journal.csv", file).await
}

const HEADER: &str = "Journal No.,Journal Date,Account Name,Debits,Credits,Description,Name";

#[test]
fn a_file_is_looked_at_mapped_and_imported_once() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Imported").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let address = journal(&cx, "/import");
        let broken = upload(
            &site,
            &browser,
            &address,
            &format!("{HEADER}\n1,01/02/2026,\"Cash,5,,,\n"),
        )
        .await;
        assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(message(&broken, "file").starts_with("Line 2: A quote that begins on this line is not closed"));

        let file = format!(
            "{HEADER}\nA-1,10/01/2026,Shop Rent,1200.00,,October,\nA-1,10/01/2026,Main Checking,,1200.00,,\n\
             A-2,10/02/2026,Bells and Horns,30.00,,,\nA-2,10/02/2026,Main Checking,,30.00,,\n"
        );
        let kept = upload(&site, &browser, &address, &file).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        let preview = kept.header("location").to_owned();
        let page = browser.get(&preview).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        for words in [
            "2 entries would be new, from Oct 1, 2026 to Oct 2, 2026.",
            "Shop Rent",
            "Bells and Horns",
            "Import 2 entries",
        ] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }

        let said = [
            ("unknown.0.name", "Bells and Horns"),
            ("unknown.0.account", ""),
            ("unknown.0.type", "cost_of_goods_sold"),
            ("unknown.1.name", "Main Checking"),
            ("unknown.1.account", "Business Chequing"),
            ("unknown.1.type", "bank"),
            ("unknown.2.name", "Shop Rent"),
            ("unknown.2.account", "6200"),
            ("unknown.2.type", "expense"),
        ];
        let page = browser
            .post(&preview, &[said.as_slice(), &[("action", "import")]].concat())
            .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(message(&page, "unknown.1.account").contains("“Business Chequing” is not an account"));
        let right: Vec<(&str, &str)> = said
            .map(|(name, value)| (name, if value == "Business Chequing" { "1000" } else { value }))
            .into_iter()
            .chain([("action", "import")])
            .collect();
        let done = browser.post(&preview, &right).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let list = browser.get(done.header("location")).await;
        assert!(list.body.contains("2 entries were imported."), "{}", list.body);
        let mut posted = Vec::new();
        for id in [1, 2] {
            let entry = document_get(&cx, id).await.expect("an imported entry");
            posted.extend(entry.lines.into_iter().map(|line| (line.account, line.amount)));
        }
        let expected = [
            ("6200 Rent", 120_000),
            ("1000 Business Checking", -120_000),
            ("Bells and Horns", 3_000),
            ("1000 Business Checking", -3_000),
        ];
        assert_eq!(posted, expected.map(|(account, amount)| (account.to_owned(), amount)));
        let gone = browser.get(&preview).await;
        assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(message(&gone, "file").starts_with("This upload is no longer kept."));
        let again = upload(&site, &browser, &uploads::sent_to(&gone, &preview), &file).await;
        let page = browser.get(again.header("location")).await;
        assert!(
            page.body.contains("2 entries imported before and not made again"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("value=\"import\""), "there is nothing to import");
    });
}
