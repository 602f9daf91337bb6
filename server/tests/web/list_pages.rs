//! Open amounts and the audit log as a browser meets them: filters and order in the address, pages, files.

use axum::http::StatusCode;
use books::contacts::{NewContact, contact_create};
use tenancy::{Cx, RequestKey, Role};
use time::Date;
use time::macros::date;

use crate::browser::Browser;
use crate::fixture::{entry, leg, post_entry, rows};
use crate::roles::company;
use crate::support::{Answer, Site};

async fn customer(cx: &Cx, name: &str) -> i64 {
    let new = NewContact {
        name: name.to_owned(),
        customer: true,
        vendor: false,
    };
    contact_create(cx, &new, &RequestKey::fresh())
        .await
        .expect("a customer")
}

/// An entry on receivables: an amount owed, or with a minus one that was paid.
async fn owed(cx: &Cx, contact: i64, date: Date, amount: i64) {
    let legs = [
        leg("Accounts Receivable", amount).with(Some(contact)),
        leg("Business Checking", -amount),
    ];
    post_entry(cx, &entry(cx, date, "On account", &legs).await).await;
}

/// The entries' numbers in the order in which a file has them.
fn numbers(file: &Answer) -> Vec<String> {
    let lines = file.body.lines().skip(1);
    lines
        .filter_map(|line| Some(line.split(',').nth(2)?.to_owned()))
        .collect()
}

#[test]
fn open_amounts_are_filtered_sorted_and_paged_by_their_address() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Open Lists").await;
        let ann = customer(&cx, "Ann's Rides").await;
        let zephyr = customer(&cx, "Zephyr Couriers").await;
        owed(&cx, ann, date!(2026 - 03 - 02), 10_000).await;
        owed(&cx, zephyr, date!(2026 - 03 - 03), 50_000).await;
        owed(&cx, zephyr, date!(2026 - 03 - 04), -2_000).await;
        let list = format!("/c/{}/sales", cx.tenant().slug);
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let all = viewer.get(&list).await;
        assert_eq!((all.status, rows(&all)), (StatusCode::OK, 3));
        assert!(all.body.contains("3 open amounts, 580.00 USD in all"), "{}", all.body);
        assert!(all.body.contains("has a credit that can be applied"), "{}", all.body);
        for (query, found) in [
            ("contact=ann", 1),
            ("state=credit", 1),
            ("state=overdue", 2),
            ("amount=100+to+500", 2),
            ("to=3%2F2%2F2026", 1),
            ("text=JE-2", 1),
            ("contact=ann&state=credit", 0),
        ] {
            let page = viewer.get(&format!("{list}?{query}")).await;
            assert_eq!((page.status, rows(&page)), (StatusCode::OK, found), "{query}");
        }
        let one = viewer.get(&format!("{list}?text=JE-2")).await;
        assert!(
            one.body.contains("in all</span>"),
            "more is open with them: {}",
            one.body
        );
        let file = viewer.get(&format!("{list}.csv?sort=-open")).await;
        assert_eq!(numbers(&file), ["JE-2", "JE-1", "JE-3"]);
        let file = viewer.get(&format!("{list}.csv?sort=-open&state=credit")).await;
        assert_eq!(numbers(&file), ["JE-3"]);
        let bills = viewer.get(&format!("/c/{}/purchases", cx.tenant().slug)).await;
        assert!(bills.body.contains("Nothing is open"), "{}", bills.body);
    });
}

#[test]
fn a_filter_of_open_amounts_that_cannot_be_read_says_so_at_its_field_and_lists_nothing() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Unread Amounts").await;
        let ann = customer(&cx, "Ann's Rides").await;
        owed(&cx, ann, date!(2026 - 03 - 02), 10_000).await;
        let mut editor = Browser::member(kit, &site, &cx, Role::Editor).await;
        for side in ["sales", "purchases"] {
            let list = format!("/c/{}/{side}", cx.tenant().slug);
            for (query, field) in [
                ("from=02/31/2026", "from"),
                ("from=10/2/2026&to=10/1/2026", "to"),
                ("amount=12,50", "amount"),
                ("contact=Nobody", "contact"),
            ] {
                let page = editor.get(&format!("{list}?{query}&sort=-open")).await;
                assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
                let error = format!("id=\"field-{field}-error\"");
                assert!(page.body.contains(&error), "{query}: {}", page.body);
                assert_eq!(rows(&page), 0, "{query}");
                assert!(page.body.contains("value=\"-open\""), "the order stays: {}", page.body);
                let file = editor.get(&format!("{list}.csv?{query}")).await;
                assert_eq!(file.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            }
        }
        let unknown = editor.get(&format!("/c/{}/sales?state=lost", cx.tenant().slug)).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unknown.body.contains("There is no such list."), "{}", unknown.body);
        // What stands in the address stays when a customer is refused.
        let list = format!("/c/{}/sales?text=JE", cx.tenant().slug);
        let refused = editor
            .post(&list, &[("action", "add_contact"), ("name", "ann's rides")])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("value=\"JE\""), "{}", refused.body);
        assert_eq!(rows(&refused), 1);
    });
}

#[test]
fn the_audit_log_is_read_both_ways_and_leaves_as_a_file_of_what_is_shown() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Logged Lists").await;
        for n in 0..60 {
            customer(&cx, &format!("={n}")).await;
        }
        let log = format!("/c/{}/audit", cx.tenant().slug);
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let contacts = viewer.get(&format!("{log}?table=contact")).await;
        assert_eq!(contacts.status, StatusCode::OK);
        assert!(contacts.body.contains("60 events"), "{}", contacts.body);
        let newest = contacts.body.find("=59").expect("the newest");
        assert!(newest < contacts.body.find("=58").expect("the one before"));
        let oldest = viewer.get(&format!("{log}?table=contact&sort=oldest")).await;
        assert!(oldest.body.find("=0,").or(oldest.body.find("=0<")) < oldest.body.find("=59"));
        let everything = viewer.get(&log).await;
        assert!(everything.body.contains("rel=\"next\""), "{}", everything.body);
        let file = viewer.get(&format!("{log}.csv?table=contact&sort=oldest")).await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.body);
        assert!(
            file.body
                .starts_with("Event,Change,When,Who,Role,What,Row,About,Action,Field,Before,After\r\n")
        );
        assert!(file.body.contains(",added,Name,,'=0\r\n"), "{}", file.body);
        assert!(file.body.find("'=0\r\n") < file.body.find("'=59\r\n"));
        let added = viewer.get(&format!("{log}.csv?table=contact&act=insert")).await;
        assert_eq!(added.body.lines().count(), file.body.lines().count(), "{}", added.body);
        let changed = viewer.get(&format!("{log}.csv?table=contact&act=update")).await;
        assert_eq!(changed.body.lines().count(), 1, "its heading alone: {}", changed.body);
        let chosen = viewer.get(&format!("{log}?table=contact&act=insert")).await;
        assert!(chosen.body.contains("60 events"), "{}", chosen.body);
        let nobody = viewer.get(&format!("{log}?person=nobody%40nowhere.example")).await;
        assert_eq!(nobody.status, StatusCode::OK);
        assert!(nobody.body.contains("Nothing fits"), "{}", nobody.body);
    });
}

#[test]
fn a_filter_of_the_audit_log_that_cannot_be_read_is_refused_at_its_field() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Unread Log").await;
        let log = format!("/c/{}/audit", cx.tenant().slug);
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        for (query, field) in [
            ("from=02/31/2026", "from"),
            ("to=soon", "to"),
            ("from=10/2/2026&to=10/1/2026", "to"),
            ("change=twelve", "change"),
            ("act=lost", "act"),
        ] {
            let page = viewer.get(&format!("{log}?{query}&person=dana%40example.com")).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            let error = format!("id=\"field-{field}-error\"");
            assert!(page.body.contains(&error), "{query}: {}", page.body);
            assert!(!page.body.contains("class=\"change\""), "{query}");
            assert!(page.body.contains("value=\"dana@example.com\""), "nothing is lost");
            let file = viewer.get(&format!("{log}.csv?{query}")).await;
            assert_eq!(file.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        }
        let one = viewer.get(&format!("{log}?change=1")).await;
        assert_eq!(one.status, StatusCode::OK);
        assert!(
            one.body.contains("class=\"change\"") && one.body.contains("change 1"),
            "{}",
            one.body
        );
    });
}
