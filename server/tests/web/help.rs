//! Help for everyone and inside a company, and the style page of development.

use app::help::glossary::GLOSSARY;
use app::help::{anchor, pages, reports};
use axum::http::StatusCode;
use tenancy::Role;

use crate::browser::Browser;
use crate::roles::company;
use crate::support::{HERE, Site};

#[test]
fn help_explains_every_report_page_and_word_on_one_page() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let page = site.get("/help").await;
        assert_eq!(page.status, StatusCode::OK);
        let topics = reports::REPORTS
            .into_iter()
            .chain(pages::PAGES)
            .map(|topic| topic.anchor.to_owned());
        for part in topics
            .chain(GLOSSARY.iter().map(|term| anchor(term.word)))
            .chain(["keys".to_owned()])
        {
            assert_eq!(page.body.matches(&format!("id=\"{part}\"")).count(), 1, "{part}");
        }
        // Every word that leads somewhere leads to a place on the page.
        for link in page
            .body
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(page.body.contains(&format!("id=\"{link}\"")), "{link}");
        }
        assert!(!page.body.contains("/c/"), "its steps lead into no company");
    });
}

#[test]
fn help_in_a_company_leads_to_its_pages_and_every_report_to_its_explanation() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Explained").await;
        let home = format!("/c/{}", cx.tenant().slug);
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let page = viewer.get(&format!("{home}/help")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains(&format!("href=\"{home}/accounting/opening\"")));
        for topic in [reports::PROFIT_AND_LOSS, reports::BALANCE_SHEET, reports::TRIAL_BALANCE] {
            let report = viewer
                .get(&format!("{home}/reports/{}", topic.anchor.trim_end_matches("-report")))
                .await;
            assert!(
                report.body.contains(&format!("href=\"{home}/help#{}\"", topic.anchor)),
                "{}",
                topic.title
            );
        }
        let locks = viewer.get(&format!("{home}/accounting/locks")).await;
        assert!(
            locks.body.contains(&format!("href=\"{home}/help#lock\"")),
            "{}",
            locks.body
        );
        assert!(
            locks.body.contains(&format!("href=\"{home}/help#keys\"")),
            "without JavaScript the keys are there"
        );
    });
}

#[test]
fn the_style_page_is_there_where_cartefi_is_developed_and_nowhere_else() {
    testkit::run(async |kit| {
        let here = Site::with(kit, vec![], HERE).get("/style").await;
        assert_eq!(here.status, StatusCode::OK);
        assert!(here.body.contains("Every component in every state"));
        assert!(
            !here.body.contains(" style=\""),
            "no component carries a style attribute"
        );
        let production = Site::with(kit, vec![], "https://books.example").get("/style").await;
        assert_eq!(production.status, StatusCode::NOT_FOUND);
        assert!(!production.body.contains("Every component"));
    });
}
