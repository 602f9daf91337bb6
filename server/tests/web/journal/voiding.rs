//! What the page of an entry says of voiding it, before and after.

use axum::http::StatusCode;
use books::contacts::{NewContact, contact_create};
use books::locks::lock_set;
use books::settlements::{OpenItemFilter, OpenItemSort, open_item_list, settlement_apply};
use tenancy::{Direction, RequestKey, Seek};
use time::macros::date;

use super::{accountant, journal, post, rent};
use crate::fixture::{entry, leg, post_entry};
use crate::roles::company;
use crate::support::Site;

#[test]
fn a_void_behind_a_lock_says_until_when_the_entry_counts() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Void Behind A Lock").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let entry = post(&mut browser, &journal(&cx, "/new"), &rent("9/15/2026", "1,200.00")).await;
        let entry = entry.header("location").to_owned();
        lock_set(&cx, Some(date!(2026 - 09 - 30)), "Filed.", &RequestKey::fresh())
            .await
            .expect("locked");
        let void = [
            ("action", "void"),
            ("version", "1"),
            ("on", "10/2/2026"),
            ("reason", "Entered twice."),
        ];
        let done = browser.post(&entry, &void).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = browser.get(&entry).await;
        assert!(page.body.contains("Taken back on Oct 2, 2026"), "{}", page.body);
        assert!(page.body.contains("it counts until then"));
        assert!(!page.body.contains("counts for nothing"));
    });
}

#[test]
fn what_voiding_an_entry_makes_open_again_is_said_before_it_and_in_its_history() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Void Of What Is Paid").await;
        let new = NewContact {
            name: "Hollis Hardware".to_owned(),
            customer: true,
            vendor: false,
        };
        let hollis = contact_create(&cx, &new, &RequestKey::fresh())
            .await
            .expect("a contact");
        let (sold, paid) = (date!(2026 - 09 - 01), date!(2026 - 09 - 20));
        let mut documents = Vec::new();
        for (day, on, amount) in [
            (sold, "Sales of Services", 100_000),
            (paid, "Business Checking", -60_000),
        ] {
            let receivable = leg("Accounts Receivable", amount).with(Some(hollis));
            let input = entry(&cx, day, "Sale", &[receivable, leg(on, -amount)]).await;
            documents.push(post_entry(&cx, &input).await);
        }
        let filter = OpenItemFilter::default();
        let (sort, up) = (OpenItemSort::Due, Direction::Ascending);
        let open = open_item_list(&cx, &filter, paid, sort, up, &Seek::First, 9)
            .await
            .expect("open")
            .rows;
        let item = |document: i64| {
            open.iter()
                .find(|item| item.document_id == document)
                .expect("its item")
                .id
        };
        let (sale, payment) = (item(documents[0]), item(documents[1]));
        settlement_apply(&cx, sale, payment, 60_000, paid, &RequestKey::fresh())
            .await
            .expect("applied");
        let mut browser = accountant(kit, &site, &cx).await;
        let page = journal(&cx, &format!("/{}", documents[0]));
        let words = "600.00 of JE-2 that is applied to it becomes open again.";
        assert!(browser.get(&page).await.body.contains(words));
        let done = browser
            .post(&page, &[("action", "void"), ("version", "1"), ("reason", "Twice.")])
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let after = browser.get(&page).await.body;
        assert!(
            after.contains("Applied to it") && after.contains("600.00 of JE-2"),
            "{after}"
        );
        assert!(!after.contains(words));
    });
}
