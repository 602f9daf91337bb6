//! Setting books up, changing the company, and its tax id.

use books::Error;
use books::company::{
    CompanyChange, NewCompany, company_get, company_set_up, company_today, company_update, tax_id_reveal, tax_id_set,
    time_zones,
};
use books::locks::lock_set;
use books::reports::report_year_start;
use ledger::accounts::EntityType;
use ledger::chart::starter_chart;
use ledger::statements::Basis;
use tenancy::{Capability, Cx, Role};
use time::macros::{date, datetime};

use crate::fixture::{self, fields, key, message};

fn change() -> CompanyChange {
    CompanyChange {
        name: "Juniper Cycles LLC".to_owned(),
        entity_type: EntityType::Llc,
        time_zone: "America/New_York".to_owned(),
        basis: Basis::Cash,
        fiscal_year_first_month: 7,
        books_begin_on: None,
    }
}

async fn events(cx: &Cx) -> Vec<String> {
    let mut tx = cx.read(Capability::ReadBooks).await.expect("the books open");
    let bytes = sqlx::query_scalar!("select bytes from audit_event order by seq")
        .fetch_all(&mut *tx)
        .await
        .expect("the record is read");
    bytes
        .into_iter()
        .map(|bytes| String::from_utf8(bytes).expect("an event is text"))
        .collect()
}

#[test]
fn a_company_starts_with_the_chart_of_its_legal_form() {
    testkit::run(async |kit| {
        for entity_type in EntityType::ALL {
            let cx = kit.company("Juniper Cycles").await;
            let new = NewCompany {
                entity_type,
                ..fixture::new_company("Juniper Cycles")
            };
            company_set_up(&cx, &new, &key()).await.expect("the books are set up");
            let mut tx = cx.read(Capability::ReadBooks).await.expect("the books open");
            let kept =
                sqlx::query!("select number, name, type as kind, role, tax_line, active from account order by id")
                    .fetch_all(&mut *tx)
                    .await
                    .expect("the chart");
            let chart = starter_chart(entity_type);
            assert_eq!(kept.len(), chart.len());
            for (kept, start) in kept.iter().zip(&chart) {
                assert_eq!(kept.number.as_deref(), Some(start.number));
                assert_eq!(
                    (kept.name.as_str(), kept.kind.as_str(), kept.active),
                    (start.name, start.account_type.code(), start.active)
                );
                assert_eq!(
                    (kept.role.as_deref(), kept.tax_line.as_deref()),
                    (start.role.map(|role| role.code()), start.tax_line)
                );
            }
        }
    });
}

#[test]
fn a_set_up_that_is_tried_again_does_nothing_and_another_one_is_refused() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let (new, first) = (fixture::new_company("Juniper Cycles"), key());
        company_set_up(&cx, &new, &first).await.expect("the books are set up");
        company_set_up(&cx, &new, &first).await.expect("the first answer again");
        assert_eq!(
            message(company_set_up(&cx, &new, &key()).await),
            "These books are set up already."
        );
    });
}

#[test]
fn a_company_needs_a_name_a_time_zone_that_exists_and_a_month() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let new = NewCompany {
            time_zone: "America/Juniper".to_owned(),
            fiscal_year_first_month: 13,
            ..fixture::new_company("  ")
        };
        assert_eq!(
            fields(company_set_up(&cx, &new, &key()).await),
            ["name", "time_zone", "fiscal_year_first_month"]
        );
        assert!(matches!(company_get(&cx).await, Err(Error::NotFound(_))));
        assert!(time_zones().contains(&"America/Los_Angeles"));
    });
}

#[test]
fn today_is_the_day_in_the_companys_time_zone() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let moment = datetime!(2026-11-01 06:30 UTC);
        assert_eq!(company_today(&cx, moment).await.expect("a day"), date!(2026 - 10 - 31));
        company_update(
            &cx,
            &CompanyChange {
                time_zone: "Europe/Berlin".to_owned(),
                ..change()
            },
            &key(),
        )
        .await
        .expect("changed");
        assert_eq!(company_today(&cx, moment).await.expect("a day"), date!(2026 - 11 - 01));
        let company = company_get(&cx).await.expect("the company");
        assert_eq!(company.today(moment), date!(2026 - 11 - 01));
        assert_eq!((company.local(moment).hour(), company.local(moment).minute()), (7, 30));
        // Summer time ended on Oct 25.
        assert_eq!(
            company.day_begins(date!(2026 - 10 - 25)),
            datetime!(2026-10-24 22:00 UTC)
        );
        assert_eq!(
            company.day_begins(date!(2026 - 10 - 26)),
            datetime!(2026-10-25 23:00 UTC)
        );
    });
}

#[test]
fn an_admin_changes_the_company_and_an_accountant_does_not() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let accountant = kit.with_role(&cx, Role::Accountant);
        assert!(matches!(
            company_update(&accountant, &change(), &key()).await,
            Err(Error::Tenancy(tenancy::Error::Forbidden))
        ));
        company_update(&cx, &change(), &key()).await.expect("changed");
        let company = company_get(&accountant).await.expect("the company");
        assert_eq!(
            (company.name.as_str(), company.basis, company.fiscal_year_first_month),
            ("Juniper Cycles LLC", Basis::Cash, 7)
        );
    });
}

#[test]
fn another_fiscal_year_leaves_the_locked_ones_as_they_were() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        lock_set(&cx, Some(date!(2025 - 12 - 31)), "2025 is filed", &key())
            .await
            .expect("locked");
        company_update(&cx, &change(), &key()).await.expect("changed");
        let start = async |day| report_year_start(&cx, day).await.expect("a year");
        assert_eq!(start(date!(2025 - 12 - 31)).await, date!(2025 - 01 - 01));
        assert_eq!(start(date!(2026 - 06 - 30)).await, date!(2026 - 01 - 01));
        assert_eq!(start(date!(2026 - 07 - 01)).await, date!(2026 - 07 - 01));
    });
}

#[test]
fn the_books_cannot_begin_after_what_was_entered_already() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(
            &cx,
            date!(2026 - 03 - 14),
            &[("Rent", 10_000), ("Business Checking", -10_000)],
        )
        .await;
        let begin = |day| CompanyChange {
            books_begin_on: Some(day),
            ..change()
        };
        assert_eq!(
            fields(company_update(&cx, &begin(date!(2026 - 03 - 15)), &key()).await),
            ["books_begin_on"]
        );
        company_update(&cx, &begin(date!(2026 - 03 - 14)), &key())
            .await
            .expect("the same day is early enough");
        company_update(&cx, &begin(date!(2026 - 01 - 01)), &key())
            .await
            .expect("an earlier one too");
    });
}

#[test]
fn a_tax_id_is_sealed_masked_and_nowhere_in_the_record_in_clear() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        assert_eq!(fields(tax_id_set(&cx, "12-345", &key()).await), ["tax_id"]);
        tax_id_set(&cx, " 98-7654321 ", &key()).await.expect("sealed");
        let company = company_get(&kit.with_role(&cx, Role::Viewer))
            .await
            .expect("the company");
        assert_eq!(company.masked_tax_id().as_deref(), Some("•••••4321"));
        tax_id_reveal(&cx, &key()).await.expect("revealed");
        let clear = ["98-7654321", "987654321", &hex::encode("98-7654321")].map(str::to_owned);
        for event in events(&cx).await {
            assert!(!clear.iter().any(|text| event.contains(text)), "{event}");
        }
        let mut tx = cx.read(Capability::ReadBooks).await.expect("the books open");
        let answers = sqlx::query_scalar!("select answer from change")
            .fetch_all(&mut *tx)
            .await
            .expect("the changes");
        assert!(answers.into_iter().flatten().all(|answer| !answer.contains("4321")));
        drop(tx);
        tax_id_set(&cx, "", &key()).await.expect("removed");
        assert_eq!(company_get(&cx).await.expect("the company").tax_id_hint, None);
        assert!(matches!(tax_id_reveal(&cx, &key()).await, Err(Error::NotFound(_))));
    });
}

#[test]
fn every_look_at_a_tax_id_is_recorded_also_a_repeated_one_and_an_editor_gets_none() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        tax_id_set(&cx, "987-65-4321", &key()).await.expect("sealed");
        let (accountant, editor) = (kit.with_role(&cx, Role::Accountant), kit.with_role(&cx, Role::Editor));
        let once = key();
        for looks in 1..=2 {
            assert_eq!(
                tax_id_reveal(&accountant, &once).await.expect("revealed"),
                "987-65-4321"
            );
            let reveals: Vec<String> = events(&cx)
                .await
                .into_iter()
                .filter(|event| event.contains(r#""action":"reveal""#))
                .collect();
            assert_eq!(reveals.len(), looks);
            assert!(
                reveals[looks - 1].contains("accountant@junipercycles.example")
                    && reveals[looks - 1].contains("tax_id")
            );
        }
        assert!(matches!(
            tax_id_reveal(&editor, &key()).await,
            Err(Error::Tenancy(tenancy::Error::Forbidden))
        ));
    });
}
