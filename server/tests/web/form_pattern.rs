//! The pattern of every form, on the largest one: a journal entry. What the books would do is played by `record`: it
//! takes what balances and refuses what does not. The handlers are what a real page's handlers look like.

use app::forms::{ACTION, Choice, FieldError, FormState};
use app::pages::journal_form::{JournalFormPage, JournalFormPageProps};
use app::theme::Theme;
use app::view::frame::{CompanyLink, FrameView, PersonView, Section};
use app::view::journal::{self, JournalFormView, Layout, TypedLine, action, read_lines};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use ledger::money::Currency;
use leptos::IntoView;
use server::forms::PostedForm;
use server::layers::Guard;
use server::page::PageRequest;
use server::routes::Route;
use testkit::Kit;
use time::macros::date;

use crate::support::Site;

const ADDRESS: &str = "/c/juniper/accounting/journal/new";
const TITLE: &str = "Journal entry";
const HTML: &str = "text/html,application/xhtml+xml";
const JSON: &str = "application/json";

/// Where the form lives, as rows of the table.
pub fn journal_routes() -> Vec<Route> {
    vec![
        Route::show(ADDRESS, Guard::Public, get(new_entry)),
        Route::take(ADDRESS, Guard::Public, post(new_entry_posted)),
    ]
}

async fn new_entry(page: PageRequest) -> Response {
    let view = view_of(FormState::fresh().with("date", "10/31/2026"));
    page.html(TITLE, || journal_page(&page, view))
}

async fn new_entry_posted(page: PageRequest, posted: PostedForm) -> Response {
    let (form, reply) = posted.into_parts();
    let mut view = view_of(form);
    if view.form.value(ACTION) == action::ADD_LINES {
        let view = journal::with_more_lines(view);
        return page.html(TITLE, || journal_page(&page, view));
    }
    match read_lines(&view).and_then(|lines| record(&lines)) {
        Ok(entry) => reply.done(&format!("/c/juniper/accounting/journal/{entry}")),
        Err(errors) => {
            view.form.refuse_all(errors);
            let form = view.form.clone();
            reply.refused(&page, TITLE, &form, || journal_page(&page, view))
        }
    }
}

fn record(lines: &[TypedLine]) -> Result<i64, Vec<FieldError>> {
    match lines.iter().map(|line| line.amount).sum() {
        0 => Ok(7),
        difference => Err(vec![FieldError::form(format!(
            "Debits and credits differ by {difference}."
        ))]),
    }
}

fn view_of(form: FormState) -> JournalFormView {
    let choice = |id, number: Option<&str>, name: &str| Choice {
        id,
        number: number.map(str::to_owned),
        name: name.to_owned(),
    };
    JournalFormView {
        layout: Layout::Journal,
        post_to: None,
        today: date!(2026 - 10 - 31),
        currency: Currency::USD,
        accounts: vec![
            choice(1, Some("1010"), "Business Checking"),
            choice(2, Some("6100"), "Rent"),
            choice(3, Some("6110"), "Rent:Equipment"),
        ],
        due_accounts: vec![],
        contacts: vec![choice(9, None, "Cedar <Property> & Co")],
        is_issued: false,
        form,
    }
}

fn journal_page(page: &PageRequest, view: JournalFormView) -> impl IntoView + use<> {
    JournalFormPage(JournalFormPageProps {
        frame: frame(page),
        title: TITLE.to_owned(),
        line: "It gets its number when you post it.".to_owned(),
        view,
        conflict: None,
    })
}

fn frame(page: &PageRequest) -> FrameView {
    let company = CompanyLink {
        slug: "juniper".to_owned(),
        name: "Juniper Cycles LLC".to_owned(),
    };
    FrameView {
        company_line: "Accrual · FY Jan–Dec".to_owned(),
        companies: vec![
            company.clone(),
            CompanyLink {
                slug: "alder".to_owned(),
                name: "Alder Street Bakery".to_owned(),
            },
        ],
        company,
        person: PersonView {
            name: "Dana Ruiz".to_owned(),
            email: "dana@juniper.example".to_owned(),
            role: "accountant".to_owned(),
        },
        section: Some(Section::Accounting),
        counts: vec![(Section::Banking, 38)],
        theme: Theme::System,
        address: page.address.clone(),
        may_write_journal: true,
        may_import: true,
        locks: None,
        views: None,
    }
}

fn site(kit: &Kit) -> Site {
    Site::with(kit, journal_routes(), "http://localhost:3000")
}

/// An entry of 20 lines; the last credit makes it balance, or not.
fn twenty_lines(last_credit: &str) -> Vec<(String, String)> {
    let mut pairs = vec![
        ("date".to_owned(), "10/31/2026".to_owned()),
        ("line_count".to_owned(), "20".to_owned()),
    ];
    for index in 0..20 {
        let side = if index == 19 {
            ("credit", last_credit)
        } else {
            ("debit", "12*40")
        };
        pairs.push((
            format!("lines.{index}.account"),
            if index == 19 { "1010" } else { "6100 Rent" }.to_owned(),
        ));
        pairs.push((format!("lines.{index}.description"), format!("Month {index} <b>")));
        pairs.push((format!("lines.{index}.{}", side.0), side.1.to_owned()));
    }
    pairs
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

#[test]
fn an_entry_that_balances_is_recorded_and_the_browser_sent_on() {
    testkit::run(async |kit| {
        let pairs = twenty_lines("9,120.00");
        let answer = site(kit).post(ADDRESS, HTML, &borrowed(&pairs)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.header("location"), "/c/juniper/accounting/journal/7");
    });
}

#[test]
fn a_refused_entry_comes_back_with_all_twenty_lines_as_they_were_typed() {
    testkit::run(async |kit| {
        let mut pairs = twenty_lines("9,120.00");
        pairs.push(("lines.3.name".to_owned(), "Nobody".to_owned()));
        let answer = site(kit).post(ADDRESS, HTML, &borrowed(&pairs)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            answer.body.matches("value=\"12*40\"").count(),
            19,
            "sums stay as they were typed"
        );
        assert!(answer.body.contains("value=\"Month 3 &lt;b&gt;\""), "{}", answer.body);
        assert!(
            answer.body.contains("href=\"#field-lines-3-name\""),
            "the summary leads to the field"
        );
        assert!(
            answer.body.contains("id=\"field-lines-3-name-error\""),
            "and the message is at it"
        );
        assert!(answer.body.contains("“Nobody” is not a contact"), "{}", answer.body);
    });
}

#[test]
fn an_island_gets_the_same_answers_as_json() {
    testkit::run(async |kit| {
        let site = site(kit);
        let done = site.post(ADDRESS, JSON, &borrowed(&twenty_lines("9,120.00"))).await;
        assert_eq!(done.status, StatusCode::OK);
        assert_eq!(done.body, r#"{"location":"/c/juniper/accounting/journal/7"}"#);

        let refused = site.post(ADDRESS, JSON, &borrowed(&twenty_lines("9,119.00"))).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            refused.body,
            r#"{"errors":[{"field":"","message":"Debits and credits differ by 100."}]}"#
        );
    });
}

#[test]
fn without_javascript_more_lines_come_from_the_server_and_nothing_is_lost() {
    testkit::run(async |kit| {
        let mut pairs = twenty_lines("1");
        pairs.push((ACTION.to_owned(), action::ADD_LINES.to_owned()));
        let answer = site(kit).post(ADDRESS, HTML, &borrowed(&pairs)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains("name=\"lines.24.account\""));
        assert!(!answer.body.contains("name=\"lines.25.account\""));
        assert_eq!(answer.body.matches("value=\"12*40\"").count(), 19);
    });
}

#[test]
fn of_more_lines_than_an_entry_may_have_the_first_500_come_back_with_one_message() {
    testkit::run(async |kit| {
        let mut pairs: Vec<(String, String)> = (0..4_000)
            .map(|index| (format!("lines.{index}.x"), String::new()))
            .collect();
        pairs.push(("date".to_owned(), "10/31/2026".to_owned()));
        for (asked, status) in [
            (action::POST, StatusCode::UNPROCESSABLE_ENTITY),
            (action::ADD_LINES, StatusCode::OK),
        ] {
            pairs.push((ACTION.to_owned(), asked.to_owned()));
            let answer = site(kit).post(ADDRESS, HTML, &borrowed(&pairs)).await;
            assert_eq!(answer.status, status);
            assert!(answer.body.contains("name=\"lines.499.account\""));
            assert!(!answer.body.contains("name=\"lines.500.account\""));
            assert_eq!(answer.body.matches("<li>An entry has at most 500 lines.").count(), 1);
            pairs.pop();
        }
    });
}

#[test]
fn every_form_has_a_request_key_of_its_own_and_keeps_it_when_refused() {
    testkit::run(async |kit| {
        let site = site(kit);
        let key = |body: &str| {
            let after = body
                .split("name=\"request_key\" value=\"")
                .nth(1)
                .expect("a request key");
            after[..36].to_owned()
        };
        let first = key(&site.get(ADDRESS).await.body);
        let second = key(&site.get(ADDRESS).await.body);
        assert_ne!(first, second);
        let refused = site
            .post(ADDRESS, HTML, &[("request_key", &first), ("lines.0.debit", "1")])
            .await;
        assert_eq!(key(&refused.body), first);
    });
}

#[test]
fn an_island_and_its_script_are_on_the_page_under_one_nonce() {
    testkit::run(async |kit| {
        let answer = site(kit).get(ADDRESS).await;
        let nonce = answer
            .header("content-security-policy")
            .split("'nonce-")
            .nth(1)
            .expect("a nonce");
        let nonce = nonce.split('\'').next().expect("its end");
        assert!(
            answer
                .body
                .contains(&format!("<script type=\"module\" nonce=\"{nonce}\">")),
            "{}",
            answer.body
        );
        assert!(answer.body.contains("<leptos-island"));
        assert!(!answer.body.contains("style=\""), "no style attribute");
        assert!(!answer.body.contains("<Property>"), "what people typed is escaped");
    });
}
