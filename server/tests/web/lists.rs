//! Lists and the search as a browser meets them: filters in the address, what is done with selected rows, files, roles.

use axum::http::StatusCode;
use books::documents::{DocumentState, document_get};
use tenancy::{Cx, Role};
use time::Date;
use time::macros::date;

use crate::browser::Browser;
use crate::fixture::{entry, keep_draft, leg, post_entry, rows};
use crate::roles::company;
use crate::support::Site;

const DAY: Date = date!(2026 - 03 - 02);

async fn posted(cx: &Cx, memo: &str, amount: i64) -> i64 {
    let legs = [leg("Rent", amount), leg("Business Checking", -amount)];
    post_entry(cx, &entry(cx, DAY, memo, &legs).await).await
}

async fn draft(cx: &Cx, amount: i64, other: i64) -> i64 {
    let legs = [leg("Rent", amount), leg("Business Checking", -other)];
    keep_draft(cx, &entry(cx, DAY, "Waits", &legs).await).await
}

#[test]
fn a_filter_that_cannot_be_read_says_so_at_its_field_and_lists_nothing() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Unread Filters").await;
        posted(&cx, "Rent", 10_000).await;
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        for list in ["transactions", "accounting/journal"] {
            let list = format!("/c/{}/{list}", cx.tenant().slug);
            assert_eq!(rows(&viewer.get(&list).await), 1);
            for (query, field) in [
                ("from=02/31/2026", "from"),
                ("amount=12,50", "amount"),
                ("account=Nowhere", "account"),
                ("contact=Nobody", "contact"),
            ] {
                let page = viewer.get(&format!("{list}?{query}")).await;
                assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
                assert!(
                    page.body.contains(&format!("id=\"field-{field}-error\"")),
                    "{query}: {}",
                    page.body
                );
                assert_eq!(rows(&page), 0, "{query}");
            }
            let file = viewer.get(&format!("{list}.csv?from=02/31/2026")).await;
            assert_eq!(file.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    });
}

#[test]
fn selected_drafts_are_posted_together_or_not_at_all_with_the_message_at_the_row() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Selected Drafts").await;
        let (good, bad) = (draft(&cx, 10_000, 10_000).await, draft(&cx, 10_000, 7000).await);
        let list = format!("/c/{}/accounting/journal?state=draft", cx.tenant().slug);
        let mut accountant = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let all = accountant.get(&format!("{list}&all=yes")).await;
        assert_eq!(all.body.matches(" checked").count(), 2, "{}", all.body);
        let both = [format!("{good}.1"), format!("{bad}.1")];
        let refused = accountant
            .post(&list, &[("select", &both[0]), ("select", &both[1]), ("action", "post")])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.body.contains(&format!("id=\"field-select-{bad}-error\"")),
            "{}",
            refused.body
        );
        assert!(!refused.body.contains(&format!("id=\"field-select-{good}-error\"")));
        assert_eq!(
            refused.body.matches(" checked").count(),
            2,
            "what was selected stays so"
        );
        assert_eq!(
            document_get(&cx, good).await.expect("a draft").state,
            DocumentState::Draft
        );

        let done = accountant
            .post(&list, &[("select", &both[0]), ("action", "post")])
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(
            accountant
                .get(done.header("location"))
                .await
                .body
                .contains("1 draft was posted.")
        );
        assert_eq!(
            document_get(&cx, good).await.expect("posted").state,
            DocumentState::Issued
        );

        let seen = ("asked", both[0].as_str());
        let voided = accountant
            .post(&list, &[("select", &both[0]), ("action", "void"), seen, ("reason", "")])
            .await;
        assert!(voided.body.contains("id=\"field-reason-error\""), "{}", voided.body);
        assert!(voided.body.contains("Void 1 entry of 100.00 USD?"), "{}", voided.body);
    });
}

#[test]
fn who_voids_several_is_told_how_many_and_how_much_before_and_after_and_is_asked_anew_of_others() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Voided Together").await;
        let [rent, more] = [
            posted(&cx, "Rent", 10_000).await,
            posted(&cx, "More rent", 23_456).await,
        ];
        let list = format!("/c/{}/accounting/journal", cx.tenant().slug);
        let mut accountant = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let [rent_seen, more_seen] = [format!("{rent}.1"), format!("{more}.1")];
        let both = [("select", more_seen.as_str()), ("select", &rent_seen)];

        let none = accountant.post(&list, &[("action", "ask-void")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", none.body);
        let asked = accountant
            .post(&list, &[both[0], both[1], ("action", "ask-void")])
            .await;
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
        assert!(
            asked.body.contains("Void 2 entries of 334.56 USD in all?"),
            "{}",
            asked.body
        );
        let question = format!("name=\"asked\" value=\"{rent_seen} {more_seen}\"");
        assert!(asked.body.contains(&question), "{}", asked.body);
        assert_eq!(asked.body.matches(" checked").count(), 2, "what is selected stays so");
        assert_eq!(
            document_get(&cx, rent).await.expect("an entry").state,
            DocumentState::Issued,
            "a question records nothing"
        );

        let (of_both, reason) = (format!("{rent_seen} {more_seen}"), ("reason", "Entered twice"));
        let other = accountant
            .post(&list, &[both[0], ("action", "void"), ("asked", &of_both), reason])
            .await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.body);
        assert!(other.body.contains("Void 1 entry of 234.56 USD?"), "{}", other.body);
        let done = accountant
            .post(
                &list,
                &[both[0], both[1], ("action", "void"), ("asked", &of_both), reason],
            )
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let told = accountant.get(done.header("location")).await;
        assert!(
            told.body.contains("2 entries of 334.56 USD in all were voided."),
            "{}",
            told.body
        );
        // Whoever makes an address makes no words of ours.
        for forged in ["void.2.99999999.USD", "post.3", "", "no such request"] {
            let told = accountant
                .get(&format!("{list}?done={}", forged.replace(' ', "+")))
                .await;
            assert!(
                !told.body.contains("voided.") && !told.body.contains("posted."),
                "{}",
                told.body
            );
        }
    });
}

#[test]
fn a_view_that_is_saved_says_so_where_it_is_seen_and_is_the_same_view_after() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Viewed Lists").await;
        posted(&cx, "Rent", 10_000).await;
        let slug = cx.tenant().slug.clone();
        let mut accountant = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let typed = [
            ("name", "Posted <b>"),
            ("page", "transactions"),
            ("query", "state=posted&done=post.1"),
        ];
        let saved = accountant.post(&format!("/c/{slug}/views/new"), &typed).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let seen = accountant.get(saved.header("location")).await;
        let words = "The view “Posted &lt;b&gt;” is saved.";
        assert!(seen.body.contains(words), "{}", seen.body);
        assert_eq!(rows(&seen), 1);
        // What is saved from there is what is asked, and not that it was saved.
        assert!(
            seen.body.contains("name=\"query\" value=\"state=posted\""),
            "{}",
            seen.body
        );
        let other = saved.header("location").replace("state=posted", "state=draft");
        for address in [format!("/c/{slug}/transactions?state=posted"), other] {
            assert!(!accountant.get(&address).await.body.contains(words), "{address}");
        }
    });
}

#[test]
fn who_may_not_write_entries_selects_none() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Looked At").await;
        let id = draft(&cx, 10_000, 10_000).await;
        let list = format!("/c/{}/transactions", cx.tenant().slug);
        let mut editor = Browser::member(kit, &site, &cx, Role::Editor).await;
        let page = editor.get(&list).await;
        assert_eq!(rows(&page), 1);
        assert!(
            !page.body.contains("type=\"checkbox\" id=\"field-select"),
            "{}",
            page.body
        );
        let refused = editor
            .post(&list, &[("select", &format!("{id}.1")), ("action", "post")])
            .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn the_file_has_all_that_the_filters_let_through_guarded_against_formulas() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Filed Lists").await;
        posted(&cx, "=HYPERLINK(\"x\")", 10_000).await;
        posted(&cx, "Rent", 5000).await;
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let file = viewer
            .get(&format!("/c/{}/accounting/journal.csv?text=hyper", cx.tenant().slug))
            .await;
        assert_eq!(
            file.body,
            "Date,Kind,Number,Reference,Name,Memo,State,Adjusting,Amount,Currency\r\n\
             2026-03-02,Journal entry,JE-1,,,\"'=HYPERLINK(\"\"x\"\")\",Posted,,100.00,USD\r\n"
        );
        let file = viewer
            .get(&format!("/c/{}/transactions.csv?sort=amount", cx.tenant().slug))
            .await;
        let numbers: Vec<&str> = file
            .body
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').nth(2))
            .collect();
        assert_eq!(numbers, ["JE-2", "JE-1"]);
    });
}

#[test]
fn the_search_is_a_page_and_an_answer_for_the_dialog_and_offers_what_the_role_may() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Searched Books").await;
        let id = posted(&cx, "Rent <b>shop</b>", 143_217).await;
        let search = |text: &str| format!("/c/{}/search?q={text}", cx.tenant().slug);
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        for text in ["je-1", "1,432.17", "$1432.17", "shop"] {
            let page = viewer.get(&search(text)).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(
                page.body.contains(&format!("/accounting/journal/{id}\"")),
                "{text}: {}",
                page.body
            );
            assert!(!page.body.contains("<b>shop"), "{}", page.body);
        }
        let nothing = viewer.get(&search("zebra")).await;
        assert!(nothing.body.contains("Nothing found"), "{}", nothing.body);
        let action = "/accounting/journal/new\"";
        assert!(!viewer.get(&search("new+journal")).await.body.contains(action));
        let mut accountant = Browser::member(kit, &site, &cx, Role::Accountant).await;
        assert!(accountant.get(&search("new+journal")).await.body.contains(action));
    });
}

#[test]
fn every_page_that_the_search_offers_is_there() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Every Page").await;
        let mut admin = Browser::member(kit, &site, &cx, Role::Admin).await;
        for (name, address) in server::pages::search::pages_of(&cx.tenant().slug) {
            let page = admin.get(&address).await;
            assert_eq!(page.status, StatusCode::OK, "{name}: {address}");
        }
        let found = admin
            .get(&format!("/c/{}/search?q=general+ledger", cx.tenant().slug))
            .await;
        assert!(
            found
                .body
                .contains(&format!("/c/{}/reports/general-ledger\"", cx.tenant().slug)),
            "{}",
            found.body
        );
    });
}
