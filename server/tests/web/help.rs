//! Help for everyone and inside a company, and the style page of development.

use app::help::glossary::GLOSSARY;
use app::help::{anchor, pages, reports};
use axum::http::StatusCode;
use books::accounts::account_choices;
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
        let checking = account_choices(&cx).await.expect("the chart").remove(0).id;
        for topic in reports::REPORTS {
            let page = match topic.anchor {
                "register-report" => format!("ledger?account={checking}"),
                anchor => anchor.trim_end_matches("-report").to_owned(),
            };
            let report = viewer.get(&format!("{home}/reports/{page}")).await;
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
fn every_page_of_a_company_says_how_to_read_it() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "All Explained").await;
        let mut admin = Browser::member(kit, &site, &cx, Role::Admin).await;
        let home = format!("/c/{}", cx.tenant().slug);
        let account = format!("{home}/accounting/accounts/1");
        let merge = format!("{account}/merge");
        let lines = [
            ("lines.0.account", "6200"),
            ("lines.0.debit", "5"),
            ("lines.1.account", "1000"),
            ("lines.1.credit", "5"),
        ];
        let entry = [lines.as_slice(), &[("date", "10/15/2026"), ("action", "post")]].concat();
        let entry = admin.post(&format!("{home}/accounting/journal/new"), &entry).await;
        let template = [lines.as_slice(), &[("name", "Rent"), ("action", "post")]].concat();
        let template = admin.post(&format!("{home}/accounting/recurring/new"), &template).await;
        let (entry, template) = (entry.header("location"), template.header("location"));
        let others = [
            account.clone(),
            merge,
            entry.to_owned(),
            template.to_owned(),
            format!("{template}/edit"),
            format!("{home}/accounting/locks/exception"),
            format!("{home}/accounting/opening/file"),
            format!("{home}/search?q=rent"),
            format!("{home}/views/new"),
        ];
        // Help is the explanation itself, and the list of reports says of each what it is.
        let not_asked = [format!("{home}/help"), format!("{home}/reports")];
        let offered = server::pages::search::pages_of(&cx.tenant().slug).map(|(_, address)| address);
        for address in offered.chain(others).filter(|address| !not_asked.contains(address)) {
            let page = admin.get(&address).await;
            assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.body);
            assert!(page.body.contains("How to read this"), "{address}");
        }
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
