//! Writing journal entries: what is refused stands at its field and loses nothing, copies and templates, and pasting.

mod import;
mod voiding;

use axum::http::StatusCode;
use books::accounts::{AccountChange, account_list, account_update};
use books::documents::{DocumentState, document_get};
use books::journal::{JournalInput, JournalInputLine, journal_update};
use books::locks::lock_set;
use books::recurring::recurring_list;
use tenancy::{Cx, RequestKey, Role};
use testkit::Kit;
use time::macros::date;

use crate::browser::Browser;
use crate::fixture::message;
use crate::roles::company;
use crate::support::{Answer, Site};

type Typed = Vec<(String, String)>;

/// A rent of 1,200.00 as it is typed; `amount` is what the credit says.
fn rent(day: &str, amount: &str) -> Typed {
    [
        ("date", day),
        ("memo", "Shop <rent>"),
        ("lines.0.account", "6200 Rent"),
        ("lines.0.description", "October"),
        ("lines.0.debit", "12*100"),
        ("lines.1.account", "1000"),
        ("lines.1.credit", amount),
        ("action", "post"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

fn with(mut typed: Typed, more: &[(&str, &str)]) -> Typed {
    for (name, value) in more {
        typed.retain(|(of, _)| of != name);
        typed.push(((*name).to_owned(), (*value).to_owned()));
    }
    typed
}

async fn post(browser: &mut Browser<'_>, address: &str, typed: &Typed) -> Answer {
    let pairs: Vec<(&str, &str)> = typed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post(address, &pairs).await
}

fn journal(cx: &Cx, rest: &str) -> String {
    format!("/c/{}/accounting/journal{rest}", cx.tenant().slug)
}

/// That the page is a refusal with all that was typed in it.
fn keeps_all(page: &Answer, typed: &Typed) {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
    for (name, value) in typed.iter().filter(|(name, _)| name != "action") {
        let value = value.replace('<', "&lt;").replace('>', "&gt;");
        let field = page
            .body
            .split("<input")
            .find(|field| field.contains(&format!("name=\"{name}\"")));
        let field = field.unwrap_or_else(|| panic!("{name} is not in the form"));
        assert!(
            field.contains(&format!("value=\"{value}\"")),
            "{name} is not {value}: {field}"
        );
    }
}

async fn accountant<'a>(kit: &Kit, site: &'a Site, cx: &Cx) -> Browser<'a> {
    Browser::member(kit, site, cx, Role::Accountant).await
}

#[test]
fn an_entry_that_is_wrong_comes_back_whole_with_the_message_at_its_field() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Wrong Entries").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let new = journal(&cx, "/new");
        lock_set(&cx, Some(date!(2026 - 09 - 30)), "Filed.", &RequestKey::fresh())
            .await
            .expect("locked");
        let right = rent("10/15/2026", "1,200.00");
        for (typed, field, words) in [
            (
                rent("02/31/2026", "1,200.00"),
                "date",
                "February 2026 has only 28 days.",
            ),
            (rent("soon", "1,200.00"), "date", "is not a date"),
            (
                rent("9/30/2026", "1,200.00"),
                "date",
                "The books are locked through Sep 30, 2026",
            ),
            (
                rent("10/15/2026", "1,199.99"),
                "lines",
                "Debits are 1,200.00 and credits 1,199.99.",
            ),
            (
                with(right.clone(), &[("lines.1.account", "Nowhere")]),
                "lines.1.account",
                "is not an account",
            ),
            (
                with(right.clone(), &[("lines.1.credit", "-1")]),
                "lines.1.credit",
                "write 1.00 in the debit column",
            ),
            (
                with(right.clone(), &[("lines.1.name", "Nobody")]),
                "lines.1.name",
                "is not a contact",
            ),
            (
                with(right.clone(), &[("reverse_on", "10/1/2026")]),
                "reverse_on",
                "The entry is dated Oct 15, 2026.",
            ),
            (
                with(right.clone(), &[("reverse_on", "9/1/2026")]),
                "reverse_on",
                "The books are locked",
            ),
        ] {
            let page = post(&mut browser, &new, &typed).await;
            assert!(
                message(&page, field).contains(words),
                "{field}: {}",
                message(&page, field)
            );
            keeps_all(&page, &typed);
        }
        let done = post(&mut browser, &new, &right).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    });
}

#[test]
fn an_account_that_became_inactive_and_a_lock_set_meanwhile_are_named_and_nothing_is_lost() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Meanwhile").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let new = journal(&cx, "/new");
        assert_eq!(browser.get(&new).await.status, StatusCode::OK);
        let typed = rent("10/15/2026", "1,200.00");
        let accounts = account_list(&cx, None).await.expect("the chart");
        let rent_account = accounts
            .iter()
            .find(|account| account.name == "Rent")
            .expect("an account");
        let change = AccountChange {
            active: false,
            ..AccountChange::of(rent_account)
        };
        account_update(&cx, rent_account.id, &change, &RequestKey::fresh())
            .await
            .expect("inactive");
        let page = post(&mut browser, &new, &typed).await;
        assert!(
            message(&page, "lines.0.account").contains("6200 Rent is inactive"),
            "{}",
            message(&page, "lines.0.account")
        );
        keeps_all(&page, &typed);

        lock_set(&cx, Some(date!(2026 - 10 - 31)), "Filed.", &RequestKey::fresh())
            .await
            .expect("locked");
        let typed = with(typed, &[("lines.0.account", "6300")]);
        let page = post(&mut browser, &new, &typed).await;
        assert!(message(&page, "date").contains("locked through Oct 31, 2026"));
        keeps_all(&page, &typed);
    });
}

#[test]
fn five_hundred_lines_are_posted_and_more_are_refused_with_the_lines_kept() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Long Entries").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let new = journal(&cx, "/new");
        let lines = |count: usize| -> Typed {
            let mut typed = vec![
                ("date".to_owned(), "10/15/2026".to_owned()),
                ("action".to_owned(), "post".to_owned()),
            ];
            for index in 0..count {
                let side = if index % 2 == 0 { "debit" } else { "credit" };
                typed.push((format!("lines.{index}.account"), "6200 Rent".to_owned()));
                typed.push((format!("lines.{index}.{side}"), "1.00".to_owned()));
            }
            typed
        };
        let page = post(&mut browser, &new, &lines(502)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("An entry has at most 500 lines."), "{}", page.body);
        let done = post(&mut browser, &new, &lines(500)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = browser.get(&format!("{}/edit", done.header("location"))).await;
        assert!(page.body.contains("name=\"lines.499.credit\""));

        let rows = "6200\t\t\t1\n".repeat(501);
        let typed = vec![
            ("pasted".to_owned(), rows.clone()),
            ("action".to_owned(), "paste".to_owned()),
        ];
        let page = post(&mut browser, &new, &typed).await;
        assert!(
            message(&page, "pasted").starts_with("These are 501 rows"),
            "{}",
            message(&page, "pasted")
        );
        assert!(page.body.contains(&rows), "what was pasted is still there");
    });
}

#[test]
fn pasted_rows_become_lines_and_an_unknown_account_is_named_at_its_line() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Pasted").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let new = journal(&cx, "/new");
        let typed = vec![
            ("date".to_owned(), "10/15/2026".to_owned()),
            (
                "pasted".to_owned(),
                "Account,Debit,Credit,Memo\n6200,5.00,,Shop\nNowhere,,5.00,\n".to_owned(),
            ),
            ("action".to_owned(), "paste".to_owned()),
        ];
        let page = post(&mut browser, &new, &typed).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let lines = [
            ("lines.0.account", "6200"),
            ("lines.0.description", "Shop"),
            ("lines.0.debit", "5.00"),
            ("lines.1.account", "Nowhere"),
            ("lines.1.credit", "5.00"),
        ];
        for (name, value) in lines {
            let field = page
                .body
                .split("<input")
                .find(|field| field.contains(&format!("name=\"{name}\"")));
            assert!(field.expect(name).contains(&format!("value=\"{value}\"")), "{name}");
        }
        let mut typed: Typed = lines.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        typed.push(("date".to_owned(), "10/15/2026".to_owned()));
        let page = post(&mut browser, &new, &typed).await;
        assert!(message(&page, "lines.1.account").contains("“Nowhere” is not an account"));
        keeps_all(&page, &typed);
        let left = with(typed, &[("lines.1.account", "1000"), ("pasted", "6200,1")]);
        let page = post(&mut browser, &new, &left).await;
        assert!(message(&page, "pasted").starts_with("These rows are not lines yet."));
    });
}

#[test]
fn a_form_sent_twice_is_one_entry_and_one_reversal() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Sent Twice").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let new = journal(&cx, "/new");
        let key = RequestKey::fresh();
        let typed = with(
            rent("10/31/2026", "1,200.00"),
            &[
                ("request_key", key.as_str()),
                ("reverse_on", "11/1/2026"),
                ("adjusting", "yes"),
                ("accrual_only", "yes"),
            ],
        );
        let first = post(&mut browser, &new, &typed).await;
        let second = post(&mut browser, &new, &typed).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        assert_eq!(first.header("location"), second.header("location"));
        let page = browser.get(first.header("location")).await;
        assert!(page.body.contains("Adjusting entry, accrual only"), "{}", page.body);
        assert!(page.body.contains(">JE-2<"), "the reversal is linked");
        let id: i64 = first
            .header("location")
            .rsplit('/')
            .next()
            .and_then(|id| id.parse().ok())
            .expect("an id");
        let entry = document_get(&cx, id).await.expect("the entry");
        let reversal = document_get(&cx, entry.reversed_by_id.expect("a reversal"))
            .await
            .expect("the reversal");
        assert_eq!(
            (reversal.doc_date, reversal.number.as_deref()),
            (date!(2026 - 11 - 01), Some("JE-2"))
        );
    });
}

#[test]
fn what_somebody_else_saved_meanwhile_is_shown_beside_what_was_typed() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Two People").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let done = post(&mut browser, &journal(&cx, "/new"), &rent("10/15/2026", "1,200.00")).await;
        let id: i64 = done
            .header("location")
            .rsplit('/')
            .next()
            .and_then(|id| id.parse().ok())
            .expect("an id");
        let entry = document_get(&cx, id).await.expect("the entry");
        let line = |line: &books::documents::DocumentLine| JournalInputLine {
            line_no: Some(line.line_no),
            account_id: line.account_id,
            contact_id: None,
            description: line.description.clone(),
            amount: line.amount,
            due_on: line.due_on,
        };
        let theirs = JournalInput {
            date: entry.doc_date,
            memo: "Theirs".to_owned(),
            reference: String::new(),
            marks: entry.marks,
            lines: entry.lines.iter().map(line).collect(),
        };
        journal_update(&cx, id, 1, &theirs, &RequestKey::fresh())
            .await
            .expect("saved");
        let mine = with(rent("10/15/2026", "1,200.00"), &[("memo", "Mine"), ("version", "1")]);
        let page = post(&mut browser, &format!("{}/edit", done.header("location")), &mine).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
        for words in ["Saved now", "Theirs", "Mine", "Nothing of yours is lost"] {
            assert!(page.body.contains(words), "{words}");
        }
        assert_eq!(
            document_get(&cx, id).await.expect("the entry").memo.as_deref(),
            Some("Theirs")
        );
    });
}

#[test]
fn an_entry_is_copied_made_a_template_and_the_template_used() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Templates").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let done = post(&mut browser, &journal(&cx, "/new"), &rent("9/15/2026", "1,200.00")).await;
        let entry = done.header("location").to_owned();
        let id = entry.rsplit('/').next().expect("an id");
        let copy = browser.get(&journal(&cx, &format!("/new?copy={id}"))).await;
        for (name, value) in [
            ("lines.0.account", "6200 Rent"),
            ("lines.1.credit", "1,200.00"),
            ("date", "10/31/2026"),
        ] {
            let field = copy
                .body
                .split("<input")
                .find(|field| field.contains(&format!("name=\"{name}\"")));
            assert!(
                field.expect(name).contains(&format!("value=\"{value}\"")),
                "{name}: {}",
                copy.body
            );
        }

        let recurring = format!("/c/{}/accounting/recurring", cx.tenant().slug);
        let page = browser.get(&format!("{recurring}/new?entry={id}")).await;
        assert!(page.body.contains("value=\"6200 Rent\""), "{}", page.body);
        let template = with(
            rent("", "1,200.00"),
            &[
                ("name", "Rent"),
                ("unit", "month"),
                ("step", "1"),
                ("starts_on", "2/31/2026"),
                ("makes", "post"),
            ],
        );
        let page = post(&mut browser, &format!("{recurring}/new"), &template).await;
        assert_eq!(message(&page, "starts_on"), "February 2026 has only 28 days.");
        let template = with(template, &[("starts_on", "9/30/2026")]);
        let done = post(&mut browser, &format!("{recurring}/new"), &template).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = browser.get(done.header("location")).await;
        assert!(
            page.body.contains("Every month on the 30th or last day"),
            "{}",
            page.body
        );
        assert!(
            page.body.contains("2 are due at once. Next: Nov 30, 2026"),
            "{}",
            page.body
        );

        let run = browser.post(done.header("location"), &[("action", "run")]).await;
        assert_eq!(run.status, StatusCode::SEE_OTHER, "{}", run.body);
        let listed = recurring_list(&cx).await.expect("the templates");
        assert_eq!(listed[0].last, Some(date!(2026 - 10 - 30)));
        let used = browser
            .get(&journal(&cx, &format!("/new?template={}", listed[0].id)))
            .await;
        assert!(used.body.contains("value=\"6200 Rent\""));
        let paused = browser.post(done.header("location"), &[("action", "pause")]).await;
        assert_eq!(paused.status, StatusCode::SEE_OTHER, "{}", paused.body);
        assert!(browser.get(&recurring).await.body.contains("Paused"));
    });
}

#[test]
fn a_draft_cannot_be_reversed_before_it_is_posted() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Drafts").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let new = journal(&cx, "/new");
        let typed = with(
            rent("10/15/2026", "1,200.00"),
            &[("reverse_on", "11/1/2026"), ("action", "draft")],
        );
        let page = post(&mut browser, &new, &typed).await;
        assert!(message(&page, "reverse_on").starts_with("A draft is not posted"));
        keeps_all(&page, &typed);
        let done = post(&mut browser, &new, &with(typed, &[("reverse_on", "")])).await;
        let id: i64 = done
            .header("location")
            .rsplit('/')
            .next()
            .and_then(|id| id.parse().ok())
            .expect("an id");
        assert_eq!(
            document_get(&cx, id).await.expect("the draft").state,
            DocumentState::Draft
        );
    });
}

#[test]
fn what_is_due_is_made_by_the_job_on_the_companys_own_day() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Due").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let template = with(
            rent("", "1,200.00"),
            &[
                ("name", "Rent"),
                ("unit", "month"),
                ("step", "1"),
                ("starts_on", "10/31/2026"),
                ("makes", "post"),
            ],
        );
        let recurring = format!("/c/{}/accounting/recurring/new", cx.tenant().slug);
        let done = post(&mut browser, &recurring, &template).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let last = async || recurring_list(&cx).await.expect("the templates")[0].last;
        // In Los Angeles it is still the day before.
        server::recurring::run_one(
            &kit.tenancy,
            cx.tenant().clone(),
            time::macros::datetime!(2026-10-31 06:00 UTC),
        )
        .await
        .expect("a run");
        assert_eq!(last().await, None);
        server::recurring::run_one(
            &kit.tenancy,
            cx.tenant().clone(),
            time::macros::datetime!(2026-10-31 12:00 UTC),
        )
        .await
        .expect("a run");
        assert_eq!(last().await, Some(date!(2026 - 10 - 31)));
        let journal = journal(&cx, "/1");
        let page = browser.get(&journal).await;
        assert!(
            page.body.contains("recurring (system)"),
            "the history names the job: {}",
            page.body
        );
    });
}

/// Whether a field of a page holds this value.
fn holds(page: &Answer, name: &str, value: &str) -> bool {
    let field = page
        .body
        .split("<input")
        .find(|field| field.contains(&format!("name=\"{name}\"")));
    field.is_some_and(|field| field.contains(&format!("value=\"{value}\"")))
}

#[test]
fn pasted_rows_are_read_in_the_order_that_the_form_shows_and_too_long_a_text_is_refused_whole() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Pasted In Order").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let new = journal(&cx, "/new");
        let rows = "6200\tNovrent\tCedar Property\t1200.00\t\n1000\t\t\t\t1200.00\n";
        let page = browser.post(&new, &[("pasted", rows), ("action", "paste")]).await;
        for (name, value) in [
            ("lines.0.account", "6200"),
            ("lines.0.description", "Novrent"),
            ("lines.0.name", "Cedar Property"),
            ("lines.0.debit", "1200.00"),
            ("lines.1.credit", "1200.00"),
        ] {
            assert!(holds(&page, name, value), "{name}: {}", page.body);
        }
        let long = format!("{}.", "6200\tRent\n".repeat(20_000));
        let page = browser.post(&new, &[("pasted", &long), ("action", "paste")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(message(&page, "pasted").starts_with("These are 200001 characters, and at most 200000"));
        assert!(page.body.contains(&long), "what was pasted is still there");
    });
}

#[test]
fn a_day_more_than_a_year_ahead_is_confirmed_once_and_a_draft_may_have_any() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Far Ahead").await;
        let mut browser = accountant(kit, &site, &cx).await;
        let new = journal(&cx, "/new");
        let typed = rent("11/20/2062", "1,200.00");
        let page = post(&mut browser, &new, &typed).await;
        assert!(message(&page, "far_ahead").starts_with("Nov 20, 2062 is more than a year ahead."));
        keeps_all(&page, &typed);
        let draft = post(&mut browser, &new, &with(typed.clone(), &[("action", "draft")])).await;
        assert_eq!(draft.status, StatusCode::SEE_OTHER, "{}", draft.body);
        let meant = post(&mut browser, &new, &with(typed, &[("far_ahead", "yes")])).await;
        assert_eq!(meant.status, StatusCode::SEE_OTHER, "{}", meant.body);
        let near = post(&mut browser, &new, &rent("10/31/2027", "1,200.00")).await;
        assert_eq!(near.status, StatusCode::SEE_OTHER, "{}", near.body);
    });
}
