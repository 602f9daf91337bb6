//! Two people at one form: the second is shown what the first saved, loses nothing of what was typed, and overwrites nothing unasked.

use axum::http::StatusCode;
use books::accounts::{AccountChange, account_get, account_update};
use books::recurring::recurring_get;
use tenancy::{Cx, RequestKey, Role};

use crate::browser::Browser;
use crate::fixture::account;
use crate::roles::company;
use crate::support::{Answer, Site};

/// The version that the form of a page was made from.
fn version(page: &Answer) -> String {
    let (_, field) = page.body.split_once("name=\"version\"").expect("a version in the form");
    let (_, value) = field.split_once("value=\"").expect("its value");
    value.split_once('"').expect("its end").0.to_owned()
}

async fn rent(cx: &Cx) -> i64 {
    account(cx, "Rent").await
}

#[test]
fn who_saves_an_account_that_somebody_renumbered_meanwhile_is_shown_both_and_reverts_nothing() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Two At An Account").await;
        let id = rent(&cx).await;
        let mut browser = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let edit = format!("/c/{}/accounting/accounts/{id}/edit", cx.tenant().slug);
        let opened = version(&browser.get(&edit).await);
        let renumbered = AccountChange {
            number: "6999".to_owned(),
            ..AccountChange::of(&account_get(&cx, id).await.expect("the account"))
        };
        account_update(&cx, id, &renumbered, &RequestKey::fresh())
            .await
            .expect("renumbered");
        let typed = |version: &str| {
            [
                ("version", version.to_owned()),
                ("kind", "expense/RentOrLeaseOfBuildings".to_owned()),
                ("number", "6200".to_owned()),
                ("name", "Rent".to_owned()),
                ("description", "The shop on Main St".to_owned()),
                ("active", "yes".to_owned()),
                ("action", "save".to_owned()),
            ]
        };
        let post = async |browser: &mut Browser<'_>, typed: &[(&str, String)]| {
            let pairs: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post(&edit, &pairs).await
        };
        let page = post(&mut browser, &typed(&opened)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
        for words in [
            "changed this account on",
            "Saved now",
            "6999",
            "value=\"6200\"",
            "The shop on Main St",
        ] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let now = account_get(&cx, id).await.expect("the account");
        assert_eq!(now.number.as_deref(), Some("6999"), "nothing of it is saved");
        assert_eq!(version(&page), now.version.expect("a version").to_string());
        let done = post(&mut browser, &typed(&version(&page))).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let after = account_get(&cx, id).await.expect("the account");
        assert_eq!(after.number.as_deref(), Some("6200"), "who has looked at both decides");
        assert_eq!(after.description.as_deref(), Some("The shop on Main St"));
    });
}

#[test]
fn the_form_of_an_account_that_is_sent_twice_is_recorded_once() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Sent Twice").await;
        let id = rent(&cx).await;
        let mut browser = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let edit = format!("/c/{}/accounting/accounts/{id}/edit", cx.tenant().slug);
        let opened = version(&browser.get(&edit).await);
        let pairs = [
            ("request_key", "0192f8a4-6c1e-7b3a-9d55-3f2b7c1a9e10"),
            ("version", opened.as_str()),
            ("kind", "expense/RentOrLeaseOfBuildings"),
            ("number", "6210"),
            ("name", "Rent"),
            ("active", "yes"),
            ("action", "save"),
        ];
        for _ in 0..2 {
            let done = browser.post(&edit, &pairs).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        }
        let account = account_get(&cx, id).await.expect("the account");
        assert_eq!(account.number.as_deref(), Some("6210"));
    });
}

#[test]
fn who_saves_a_template_that_somebody_changed_meanwhile_is_shown_both_and_loses_no_line() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Two At A Template").await;
        let mut browser = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let recurring = format!("/c/{}/accounting/recurring", cx.tenant().slug);
        let typed = |name: &str, amount: &str, version: &str| {
            [
                ("version", version),
                ("name", name),
                ("unit", "month"),
                ("step", "1"),
                ("starts_on", "12/31/2026"),
                ("makes", "post"),
                ("lines.0.account", "6200 Rent"),
                ("lines.0.debit", amount),
                ("lines.1.account", "1000 Business Checking"),
                ("lines.1.credit", amount),
                ("action", "post"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        let post = async |browser: &mut Browser<'_>, address: &str, accept: &str, typed: [(String, String); 11]| {
            let pairs: Vec<(&str, &str)> = typed
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            browser.post_accepting(address, accept, &pairs).await
        };
        let html = "text/html";
        let made = post(
            &mut browser,
            &format!("{recurring}/new"),
            html,
            typed("Rent", "1,200.00", ""),
        )
        .await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let edit = format!("{}/edit", made.header("location"));
        let opened = version(&browser.get(&edit).await);
        let first = post(&mut browser, &edit, html, typed("Shop rent", "1,300.00", &opened)).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);

        let short = post(
            &mut browser,
            &edit,
            "application/json",
            typed("Rent", "1,250.00", &opened),
        )
        .await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(short.body, "\"page\"", "the island asks for the whole page");
        let page = post(&mut browser, &edit, html, typed("Rent", "1,250.00", &opened)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
        for words in [
            "changed this template on",
            "Shop rent",
            "6200 Rent, debit 1,300.00",
            "6200 Rent, debit 1,250.00",
            "value=\"1,250.00\"",
        ] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let (_, differences) = page.body.split_once("Saved now").expect("both versions");
        let (differences, _) = differences.split_once("</table>").expect("its end");
        assert!(
            !differences.contains("When"),
            "what is alike is not told: {differences}"
        );

        let done = post(&mut browser, &edit, html, typed("Rent", "1,250.00", &version(&page))).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let id = made
            .header("location")
            .rsplit('/')
            .next()
            .and_then(|id| id.parse().ok());
        let template = recurring_get(&cx, id.expect("an id")).await.expect("the template");
        assert_eq!((template.version, template.row.total), (3, 125_000));
    });
}
