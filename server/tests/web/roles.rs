//! Every visitor at every route of the table: the row's guard alone says who may enter.

use axum::http::{Method, StatusCode};
use books::company::{NewCompany, SET_UP_KEY, company_set_up};
use ledger::accounts::EntityType;
use ledger::money::Currency;
use ledger::statements::Basis;
use server::layers::Guard;
use server::routes::{Route, routes};
use tenancy::{Capability, Cx, RequestKey, Role};
use testkit::Kit;

use crate::browser::Browser;
use crate::support::{Answer, Site};

/// Pages that show something only when their query says of what.
const ASKS_FOR_MORE: [&str; 1] = ["/c/{slug}/reports/ledger"];

/// Forms that have nothing but their button, and record nothing.
pub const ASKS_FOR_A_CHECK: [&str; 1] = ["/c/{slug}/audit"];

/// A company whose books are set up.
pub async fn company(kit: &Kit, name: &str) -> Cx {
    let cx = kit.company(name).await;
    let new = NewCompany {
        name: name.to_owned(),
        entity_type: EntityType::Llc,
        currency: Currency::USD,
        time_zone: "America/Los_Angeles".to_owned(),
        basis: Basis::Accrual,
        fiscal_year_first_month: 1,
        books_begin_on: None,
    };
    let key = RequestKey::parse(SET_UP_KEY).expect("a key");
    company_set_up(&cx, &new, &key).await.expect("books");
    cx
}

/// The address of a row in a company: whatever else it names is not there.
pub fn address(route: &Route, slug: &str) -> String {
    let mut address = route.path.replace("{slug}", slug);
    while let (Some(from), Some(to)) = (address.find('{'), address.find('}')) {
        address.replace_range(from..=to, "1");
    }
    address
}

async fn visit(browser: &mut Browser<'_>, route: &Route, slug: &str) -> Answer {
    let address = address(route, slug);
    if route.method == Method::POST {
        browser.post(&address, &[]).await
    } else {
        browser.get(&address).await
    }
}

/// What nobody may find: a fault of ours.
fn assert_no_fault(answer: &Answer, route: &Route) {
    assert!(
        !answer.status.is_server_error(),
        "{} {}: {} {}",
        route.method,
        route.path,
        answer.status,
        answer.body
    );
}

#[test]
fn each_role_enters_the_routes_of_its_capabilities_and_no_other() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Roles and Routes").await;
        let slug = cx.tenant().slug.clone();
        for role in Role::PERSONS {
            for route in routes() {
                // A form that signs out or leaves ends what the next route needs: each has a browser of its own.
                let mut browser = Browser::member(kit, &site, &cx, role).await;
                let answer = visit(&mut browser, &route, &slug).await;
                let what = format!("{role:?} at {} {}: {}", route.method, route.path, answer.status);
                // `/ready` says that a server that is stopping is not.
                assert_no_fault(&answer, &route);
                match route.guard {
                    Guard::Capability(capability) if !role.allows(capability) => {
                        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
                        let needed = capability.least_role().code();
                        assert!(answer.body.contains(&format!("This needs the role {needed}")), "{what}");
                    }
                    Guard::Capability(_) => {
                        assert_ne!(answer.status, StatusCode::FORBIDDEN, "{what}");
                        assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{what}");
                        let is_page = route.method == Method::GET
                            && route.path.matches('{').count() == 1
                            && !ASKS_FOR_MORE.contains(&route.path);
                        assert!(!is_page || answer.status == StatusCode::OK, "{what}");
                        let takes_nothing = answer.status.is_client_error() || answer.status == StatusCode::SEE_OTHER;
                        let is_form = route.method == Method::POST && !ASKS_FOR_A_CHECK.contains(&route.path);
                        assert!(!is_form || takes_nothing, "{what}");
                    }
                    Guard::SignedIn | Guard::Public => {
                        assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{what}");
                    }
                }
                if route.guard != Guard::Public {
                    assert_eq!(answer.header("cache-control"), "no-store", "{what}");
                }
            }
        }
    });
}

#[test]
fn who_is_signed_out_is_sent_to_sign_in_and_posts_nothing() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Signed Out").await;
        for route in routes() {
            if route.guard == Guard::Public {
                continue;
            }
            let address = address(&route, &cx.tenant().slug);
            if route.method == Method::POST {
                let answer = site.post(&address, "text/html", &[]).await;
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{address}");
                assert!(answer.body.contains("this was not recorded"), "{}", answer.body);
            } else {
                let answer = site.get(&address).await;
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}");
                let return_to = url::form_urlencoded::byte_serialize(address.as_bytes()).collect::<String>();
                assert_eq!(answer.header("location"), format!("/login?return_to={return_to}"));
            }
        }
    });
}

#[test]
fn a_company_one_is_not_in_and_one_that_does_not_exist_are_answered_alike() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let own = company(kit, "Own Company").await;
        let other = company(kit, "Other Company").await;
        let mut admin = Browser::member(kit, &site, &own, Role::Admin).await;
        let mut stranger = Browser::of(&site, "stranger").await;
        let (is, is_not) = (other.tenant().slug.as_str(), "no-such-company");
        for route in routes() {
            let Guard::Capability(_) = route.guard else {
                continue;
            };
            for browser in [&mut admin, &mut stranger] {
                let there = visit(browser, &route, is).await;
                let nowhere = visit(browser, &route, is_not).await;
                assert_eq!(there.status, StatusCode::NOT_FOUND, "{} {}", route.method, route.path);
                assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
                assert_eq!(
                    without_what_was_asked(&there, is),
                    without_what_was_asked(&nowhere, is_not)
                );
            }
        }
    });
}

/// The page without its request's id and the company's name in the address.
fn without_what_was_asked(answer: &Answer, slug: &str) -> String {
    let body = answer.body.replace(answer.header("x-request-id"), "");
    body.replace(slug, "")
}

#[test]
fn every_row_of_a_company_names_a_capability_and_every_form_has_its_page() {
    let table = routes();
    for route in &table {
        let in_company = route.path.starts_with("/c/{slug}");
        let has_capability = matches!(route.guard, Guard::Capability(_));
        assert_eq!(in_company, has_capability, "{}", route.path);
        let page = table
            .iter()
            .find(|other| other.path == route.path && other.method == Method::GET);
        let pageless = ["/theme", "/logout"].contains(&route.path);
        assert!(pageless || page.is_some(), "{} has a form and no page", route.path);
        if let (Some(page), Guard::Capability(for_form)) = (page, route.guard) {
            let Guard::Capability(for_page) = page.guard else {
                panic!("{} shows a company's form to everybody", route.path);
            };
            assert!(
                for_form.least_role() >= for_page.least_role(),
                "{}: who may post may see",
                route.path
            );
        }
    }
    let is_reading = |route: &&Route| route.guard == Guard::Capability(Capability::ReadBooks);
    assert!(table.iter().any(|route| is_reading(&route)));
}
