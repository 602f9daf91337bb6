//! The settings of a company.

use audit::log::Filter;
use axum::http::StatusCode;
use tenancy::Role;

use crate::browser::Browser;
use crate::roles::company;
use crate::support::Site;

#[test]
fn an_admin_changes_the_company_and_everybody_else_reads_it() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Old Name LLC").await;
        let page = format!("/c/{}/settings", cx.tenant().slug);
        let mut admin = Browser::member(kit, &site, &cx, Role::Admin).await;
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let typed = [
            ("name", "New Name LLC"),
            ("entity_type", "llc"),
            ("fiscal_year_first_month", "7"),
            ("basis", "cash"),
            ("time_zone", "America/Chicago"),
            ("books_begin_on", "7/1/2026"),
        ];
        let saved = admin.post(&page, &typed).await;
        assert_eq!(saved.header("location"), format!("{page}?done=saved"), "{}", saved.body);
        assert!(admin.get(&format!("{page}?done=saved")).await.body.contains("Saved."));
        assert!(admin.get("/companies").await.body.contains("New Name LLC"));

        let read = viewer.get(&page).await.body;
        assert!(read.contains("New Name LLC") && read.contains("Jul 1, 2026"), "{read}");
        assert!(read.contains("Cash · FY Jul–Jun"), "{read}");
        assert!(!read.contains("name=\"entity_type\""), "a viewer has no form: {read}");
    });
}

#[test]
fn settings_that_the_books_refuse_come_back_with_the_message_at_the_field() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Refused Settings").await;
        let page = format!("/c/{}/settings", cx.tenant().slug);
        let mut admin = Browser::member(kit, &site, &cx, Role::Admin).await;
        let typed = [
            ("name", "Refused Settings"),
            ("entity_type", "llc"),
            ("fiscal_year_first_month", "13"),
            ("basis", "cash"),
            ("time_zone", "Mars/Olympus"),
        ];
        let answer = admin.post(&page, &typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["time_zone", "fiscal_year_first_month"] {
            assert!(
                answer.body.contains(&format!("id=\"field-{field}-error\"")),
                "{}",
                answer.body
            );
        }
    });
}

#[test]
fn the_tax_id_is_masked_and_shown_once_to_whom_the_role_allows() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Tax Id").await;
        let page = format!("/c/{}/settings/tax-id", cx.tenant().slug);
        let mut admin = Browser::member(kit, &site, &cx, Role::Admin).await;
        let mut accountant = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let wrong = admin.post(&page, &[("action", "set"), ("tax_id", "12-345")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("id=\"field-tax_id-error\""), "{}", wrong.body);
        let set = admin.post(&page, &[("action", "set"), ("tax_id", "12-3456789")]).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);

        let masked = accountant.get(&page).await;
        assert!(masked.body.contains("•••••6789") && !masked.body.contains("12-3456789"));
        assert!(!masked.body.contains("name=\"tax_id\""), "an accountant sets none");
        let shown = accountant.post(&page, &[("action", "reveal")]).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.body.contains("12-3456789"), "{}", shown.body);
        assert_eq!(shown.header("cache-control"), "no-store");
        assert!(!accountant.get(&page).await.body.contains("12-3456789"));
        let refused = accountant.post(&page, &[("action", "set"), ("tax_id", "")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);

        let log = audit::log::newest(&cx, &Filter::default(), 10).await.expect("the log");
        let looks: Vec<_> = log.iter().filter(|entry| entry.action == "reveal").collect();
        assert_eq!(looks.len(), 1, "the one look is recorded");
        assert_eq!(looks[0].actor, accountant.person.email);
    });
}
