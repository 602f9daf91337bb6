//! Fiscal years and locks as a browser meets them: each refusal where it was asked, and each check where its day is.

use axum::http::StatusCode;
use books::company::company_get;
use books::fiscal_years::{fiscal_year_add, fiscal_year_list};
use books::locks::{NewLockException, exception_grant, exception_list, exception_revoke, lock_set};
use tenancy::{Cx, RequestKey, Role};
use time::macros::date;
use time::{Date, Duration, OffsetDateTime};

use crate::browser::Browser;
use crate::fixture::message;
use crate::reports::uncategorized_and_draft;
use crate::roles::company;
use crate::support::{Answer, NOON, Site};

const TODAY: Date = date!(2026 - 10 - 31);

/// The forms of a page, each from its tag to its end.
fn forms(page: &Answer) -> Vec<&str> {
    let forms = page.body.split("<form ").skip(1);
    forms.filter_map(|rest| rest.split("</form>").next()).collect()
}

/// The one form that says what was refused.
fn refused(page: &Answer) -> &str {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
    let refused: Vec<&str> = forms(page)
        .into_iter()
        .filter(|form| form.contains("id=\"error-summary\""))
        .collect();
    assert_eq!(refused.len(), 1, "{}", page.body);
    refused[0]
}

async fn lock(cx: &Cx, through: Option<Date>) {
    lock_set(cx, through, "It is filed.", &RequestKey::fresh())
        .await
        .expect("a lock");
}

/// A year of days of its own, February 1 to December 31, 2025, and its id.
async fn short_year(cx: &Cx) -> String {
    let (first, last) = (date!(2025 - 02 - 01), date!(2025 - 12 - 31));
    fiscal_year_add(cx, first, last, "We began in February.", &RequestKey::fresh())
        .await
        .expect("a year");
    let years = fiscal_year_list(cx, TODAY).await.expect("the years");
    let year = years.iter().find(|row| row.year.starts_on == first);
    let (id, _) = year.and_then(|row| row.set_as.clone()).expect("a year that was set");
    id.to_string()
}

#[test]
fn a_first_month_that_is_refused_says_so_at_its_own_field_and_at_no_other_form() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Refused Month").await;
        let years = format!("/c/{}/accounting/years", cx.tenant().slug);
        let mut accountant = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let none = accountant
            .post(&years, &[("action", "first_month"), ("first_month", "13")])
            .await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.body.contains("id=\"field-first_month-error\""), "{}", none.body);
        assert!(!none.body.contains("#field-fiscal_year_first_month"), "{}", none.body);
        let set = forms(&none).into_iter().find(|form| form.contains("value=\"add\""));
        assert!(
            !set.expect("the form of a year’s days").contains("error"),
            "{}",
            none.body
        );
        assert_eq!(company_get(&cx).await.expect("the company").fiscal_year_first_month, 1);
    });
}

#[test]
fn days_that_cannot_be_taken_back_say_so_at_their_own_year() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Kept Days").await;
        uncategorized_and_draft(&cx, date!(2025 - 01 - 15)).await;
        let id = short_year(&cx).await;
        let years = format!("/c/{}/accounting/years", cx.tenant().slug);
        let mut accountant = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let take_back = "value=\"remove\"";
        let open = accountant.get(&years).await;
        assert_eq!(open.body.matches(take_back).count(), 1, "{}", open.body);

        lock(&cx, Some(date!(2025 - 06 - 30))).await;
        let page = accountant.post(&years, &[("action", "remove"), ("year", &id)]).await;
        let form = refused(&page);
        assert!(
            form.contains(take_back) && form.contains("is closed or locked"),
            "{form}"
        );

        lock(&cx, Some(date!(2025 - 12 - 31))).await;
        let locked = accountant.get(&years).await;
        assert!(!locked.body.contains(take_back), "{}", locked.body);
        let page = accountant.post(&years, &[("action", "remove"), ("year", &id)]).await;
        let form = refused(&page);
        assert!(
            !form.contains(take_back) && form.contains(&format!("value=\"{id}\"")),
            "{form}"
        );

        let days = [
            ("action", "add"),
            ("starts_on", "soon"),
            ("ends_on", "12/31/2027"),
            ("reason", "Weeks"),
        ];
        let page = accountant.post(&years, &days).await;
        let form = refused(&page);
        assert!(
            form.contains("value=\"soon\"") && form.contains("#field-starts_on"),
            "{form}"
        );
    });
}

#[test]
fn an_exception_that_has_ended_says_so_in_its_row_and_the_lock_keeps_its_own_refusals() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Ended Exceptions").await;
        lock(&cx, Some(date!(2025 - 12 - 31))).await;
        let mut accountant = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let exception = NewLockException {
            person: accountant.person.email.clone(),
            from_day: date!(2025 - 12 - 01),
            until: OffsetDateTime::now_utc() + Duration::DAY,
            reason: "A late bill".to_owned(),
        };
        exception_grant(&cx, &exception, &RequestKey::fresh())
            .await
            .expect("granted");
        let id = exception_list(&cx).await.expect("the list")[0].id;
        let locks = format!("/c/{}/accounting/locks", cx.tenant().slug);
        let end = [("action", "revoke"), ("exception", &id.to_string())];
        exception_revoke(&cx, id, &RequestKey::fresh()).await.expect("ended");
        let page = accountant.post(&locks, &end).await;
        let form = refused(&page);
        assert!(form.contains("Somebody ended this exception already."), "{form}");
        assert!(
            form.contains("name=\"exception\"") && !form.contains("value=\"revoke\""),
            "{form}"
        );

        let page = accountant
            .post(
                &locks,
                &[
                    ("action", "lock"),
                    ("level", "everyone"),
                    ("through", "soon"),
                    ("reason", "Filed"),
                ],
            )
            .await;
        let form = refused(&page);
        assert!(
            form.contains("value=\"soon\"") && form.contains("#field-through"),
            "{form}"
        );
    });
}

#[test]
fn whom_an_exception_lets_through_is_chosen_from_the_company_and_a_lock_leads_to_where_it_is_moved() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        // An exception ends by the database's own clock.
        site.clock.advance(OffsetDateTime::now_utc() - NOON);
        let cx = company(kit, "Let Through").await;
        lock(&cx, Some(date!(2025 - 12 - 31))).await;
        let sam = Browser::member(kit, &site, &cx, Role::Editor).await;
        let mut accountant = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let home = format!("/c/{}/accounting", cx.tenant().slug);
        let page = format!("{home}/locks/exception");
        let offered = accountant.get(&page).await;
        assert!(
            offered.body.contains(&format!("value=\"{}\"", sam.person.email)),
            "{}",
            offered.body
        );
        let stranger = Browser::of(&site, "stranger").await;
        let typed = |person: &str| {
            [
                ("action", "grant"),
                ("person", person),
                ("from_day", "12/1/2025"),
                ("length", "24"),
                ("reason", "A late bill"),
            ]
            .map(|(name, value)| (name, value.to_owned()))
        };
        for (person, words) in [
            ("", "Choose whom to let through."),
            (&*stranger.person.email, "They are not in the company any more."),
            (&*sam.person.email, ""),
        ] {
            let typed = typed(person);
            let pairs: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = accountant.post(&page, &pairs).await;
            let is_granted = answer.header("location").ends_with("done=granted");
            assert_eq!(is_granted, words.is_empty(), "{person}: {}", answer.body);
            assert!(
                is_granted || message(&answer, "person").contains(words),
                "{}",
                answer.body
            );
        }
        let listed = exception_list(&cx).await.expect("the list");
        assert_eq!(
            listed.iter().map(|exception| &*exception.person).collect::<Vec<_>>(),
            [&sam.person.email]
        );

        let entry = [
            ("date", "12/31/2025"),
            ("lines.0.account", "6200 Rent"),
            ("lines.0.debit", "12"),
            ("lines.1.account", "1000"),
            ("lines.1.credit", "12"),
            ("action", "post"),
        ];
        let refused = accountant.post(&format!("{home}/journal/new"), &entry).await;
        assert!(message(&refused, "date").contains("locked through Dec 31, 2025"));
        let link = format!("href=\"{home}/locks\" class=\"remedy\">Open Periods</a>");
        let (_, at_field) = refused.body.split_once("id=\"field-date-error\"").expect("a message");
        assert!(at_field.contains(&link), "{at_field}");
        let answer = accountant
            .post_accepting(&format!("{home}/journal/new"), "application/json", &entry)
            .await;
        assert!(answer.body.contains("\"leads_to\":\"locks\""), "{}", answer.body);
    });
}

#[test]
fn what_is_checked_before_a_year_closes_is_seen_at_its_last_day_and_in_its_own_days() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Checked Year").await;
        uncategorized_and_draft(&cx, date!(2025 - 05 - 05)).await;
        let slug = &cx.tenant().slug;
        let mut accountant = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let year = accountant.get(&format!("/c/{slug}/accounting/years/2025-12-31")).await;
        let body = year.body.replace("&amp;", "&");
        let trial = format!("/c/{slug}/reports/trial-balance?as_of=2025-12-31");
        assert!(body.contains(&format!("href=\"{trial}\"")), "{body}");
        let drafts = format!("/c/{slug}/accounting/journal?state=draft&from=2025-01-01&to=2025-12-31");
        assert!(body.contains(&format!("href=\"{drafts}\"")), "{body}");
        let trial = accountant.get(&trial).await;
        assert!(trial.body.contains("As of December 31, 2025"), "{}", trial.body);
        let drafts = accountant.get(&drafts).await;
        assert_eq!(drafts.body.matches("data-row=").count(), 1, "{}", drafts.body);
    });
}
