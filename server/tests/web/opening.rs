//! The balances that books begin with, as a first-time owner meets them.

use axum::http::StatusCode;
use books::company::{NewCompany, SET_UP_KEY, company_set_up};
use ledger::accounts::EntityType;
use ledger::money::Currency;
use ledger::statements::Basis;
use tenancy::{RequestKey, Role};
use time::macros::date;

use crate::browser::Browser;
use crate::fixture::message;
use crate::support::Site;

#[test]
fn who_kept_no_books_before_is_told_where_the_difference_goes_and_who_types_no_year_what_to_write() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = kit.company("First Books").await;
        let new = NewCompany {
            name: "First Books".to_owned(),
            entity_type: EntityType::Llc,
            currency: Currency::USD,
            time_zone: "America/Los_Angeles".to_owned(),
            basis: Basis::Accrual,
            fiscal_year_first_month: 1,
            books_begin_on: Some(date!(2026 - 10 - 01)),
        };
        let key = RequestKey::parse(SET_UP_KEY).expect("a key");
        company_set_up(&cx, &new, &key).await.expect("books");
        let mut owner = Browser::member(kit, &site, &cx, Role::Admin).await;
        let address = format!("/c/{}/accounting/opening", cx.tenant().slug);
        let page = owner.get(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let advice = "the difference is the owners’ part (owner’s equity), and goes on their equity account, such as \
                      <b>3100 Member Contributions</b>.";
        assert!(page.body.replace("<!>", "").contains(advice), "{}", page.body);

        let typed = [
            ("lines.0.account", "1000 Business Checking"),
            ("lines.0.debit", "5,000.00"),
            ("lines.1.account", "2000"),
            ("lines.1.name", "Cedar Property"),
            ("lines.1.due", "11/30"),
            ("lines.1.credit", "1,200.00"),
            ("difference_to_equity", "yes"),
            ("action", "post"),
        ];
        let refused = owner.post(&address, &typed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert_eq!(
            message(&refused, "lines.1.due"),
            "“11/30” has no year. Write it with its year, like 11/30/2026."
        );
        let with_year = typed.map(|(name, value)| (name, if value == "11/30" { "11/30/2026" } else { value }));
        let saved = owner.post(&address, &with_year).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let page = owner.get(&address).await;
        assert!(page.body.contains("holds a credit of 3,800.00."), "{}", page.body);
        assert!(
            page.body.contains("If none is, it is the owners’ part"),
            "{}",
            page.body
        );
    });
}
