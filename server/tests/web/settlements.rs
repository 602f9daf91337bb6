//! Settling on the page of a customer or vendor, and what it keeps to be seen.

use axum::http::StatusCode;
use books::contacts::{NewContact, contact_create};
use books::locks::lock_set;
use books::settlements::{OpenItemFilter, OpenItemSort, open_item_list, settlement_apply};
use tenancy::{Direction, RequestKey, Role, Seek};
use time::macros::date;

use crate::browser::Browser;
use crate::fixture::{entry, leg, post_entry};
use crate::roles::company;
use crate::support::Site;

#[test]
fn a_settlement_of_locked_days_that_is_undone_stays_on_the_page_with_the_day_it_was_taken_back() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Undone Settlement").await;
        let new = NewContact {
            name: "Hollis Hardware".to_owned(),
            customer: true,
            vendor: false,
        };
        let hollis = contact_create(&cx, &new, &RequestKey::fresh())
            .await
            .expect("a contact");
        let paid = date!(2026 - 09 - 20);
        for (on, amount) in [("Sales of Services", 100_000), ("Business Checking", -60_000)] {
            let receivable = leg("Accounts Receivable", amount).with(Some(hollis));
            post_entry(&cx, &entry(&cx, paid, "Sale", &[receivable, leg(on, -amount)]).await).await;
        }
        let filter = OpenItemFilter::default();
        let (sort, down) = (OpenItemSort::Amount, Direction::Descending);
        let open = open_item_list(&cx, &filter, paid, sort, down, &Seek::First, 9).await;
        let items: Vec<i64> = open.expect("open").rows.iter().map(|item| item.id).collect();
        let settled = settlement_apply(&cx, items[0], items[1], 60_000, paid, &RequestKey::fresh())
            .await
            .expect("applied");
        lock_set(&cx, Some(date!(2026 - 09 - 30)), "Filed.", &RequestKey::fresh())
            .await
            .expect("locked");

        let mut accountant = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let page = format!("/c/{}/sales/contacts/{hollis}", cx.tenant().slug);
        let settled = settled.to_string();
        let undo = [("action", "undo"), ("settlement", settled.as_str())];
        assert!(accountant.get(&page).await.body.contains("value=\"undo\""));
        let undone = accountant.post(&page, &undo).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
        let after = accountant.get(&page).await.body;
        // The tests' clock stands at noon of Oct 31.
        assert!(
            after.contains("Settled so far") && after.contains("Taken back on Oct 31, 2026"),
            "{after}"
        );
        assert!(!after.contains("value=\"undo\""), "it is not undone twice: {after}");
    });
}
