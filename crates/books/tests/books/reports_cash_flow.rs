//! The statement of cash flows where entries are more than their accounts' movements: equipment that is sold, what is bought without
//! cash, and accounts that were of another part.

use books::accounts::{AccountChange, NewAccount, account_create, account_get, account_update};
use books::fiscal_years::fiscal_year_first_month_set;
use books::reports::{Moment, StatementAsked, report_statement, report_trial_balance};
use ledger::accounts::{AccountType, CashFlow};
use ledger::statements::{SectionKey, Statement, StatementKind, TotalName, Unit};
use tenancy::Cx;
use testkit::run;
use time::macros::date;

use crate::fixture::{self, company, key};

async fn named(cx: &Cx, name: &str, account_type: AccountType, detail_type: &str, cash_flow: Option<CashFlow>) -> i64 {
    let account = NewAccount {
        detail_type: detail_type.to_owned(),
        cash_flow,
        ..NewAccount::named(name, account_type)
    };
    account_create(cx, &account, &key()).await.expect("an account")
}

/// A truck of 10,000 that was written off by 6,000, and 100 of cash beside it.
async fn trucks(cx: &Cx) {
    named(cx, "Trucks", AccountType::FixedAsset, "Vehicles", None).await;
    named(
        cx,
        "Trucks Written Off",
        AccountType::FixedAsset,
        "AccumulatedDepreciation",
        None,
    )
    .await;
    named(
        cx,
        "Gain on Sale",
        AccountType::OtherIncome,
        "",
        Some(CashFlow::Investing),
    )
    .await;
    named(cx, "Truck Loan", AccountType::LongTermLiability, "", None).await;
    let before = date!(2025 - 12 - 31);
    let owned = [
        ("Trucks", 1_000_000),
        ("Trucks Written Off", -600_000),
        ("Business Checking", 10_000),
        ("Opening Balance Equity", -410_000),
    ];
    fixture::post(cx, before, &owned).await;
}

/// The books as they are known by now.
async fn known_now(cx: &Cx) -> Moment {
    let day = date!(2026 - 12 - 31);
    let report = report_trial_balance(cx, day).await.expect("a trial balance");
    Moment::Change(report.provenance.change)
}

async fn flows(cx: &Cx, moment: Moment, against_now: bool) -> Statement {
    let asked = StatementAsked {
        moment,
        against_now,
        ..StatementAsked::total(StatementKind::CashFlow, date!(2026 - 01 - 01), date!(2026 - 12 - 31))
    };
    let flows = report_statement(cx, &asked).await.expect("a statement").statement;
    assert!(flows.is_balanced());
    flows
}

/// The rows of a part with the amounts of every measure.
fn rows(flows: &Statement, key: SectionKey) -> Vec<(&str, Vec<i64>)> {
    let section = flows
        .sections
        .iter()
        .find(|section| section.key == key)
        .expect("a section");
    let rows = section
        .rows
        .iter()
        .map(|row| (row.account.as_str(), row.amounts.clone()));
    rows.collect()
}

#[test]
fn a_truck_that_is_sold_brings_its_price_to_investing_and_nothing_to_operating() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        trucks(&cx).await;
        let sale = [
            ("Business Checking", 500_000),
            ("Trucks Written Off", 600_000),
            ("Trucks", -1_000_000),
            ("Gain on Sale", -100_000),
        ];
        let sold = fixture::issued(&cx, date!(2026 - 05 - 04), &sale).await;
        let written_off = [("Depreciation", 7_000), ("Trucks Written Off", -7_000)];
        fixture::post(&cx, date!(2026 - 06 - 30), &written_off).await;
        let flows_now = flows(&cx, Moment::Now, false).await;
        assert_eq!(
            rows(&flows_now, SectionKey::Operating),
            [
                ("Net Income", vec![93_000]),
                ("Gain on Sale", vec![-100_000]),
                ("Trucks Written Off", vec![7_000])
            ]
        );
        assert_eq!(
            rows(&flows_now, SectionKey::Investing),
            [
                ("Trucks", vec![1_000_000]),
                ("Trucks Written Off", vec![-600_000]),
                ("Gain on Sale", vec![100_000])
            ]
        );
        assert_eq!(flows_now.total(TotalName::NetChangeInCash).minor, 500_000);
        assert_eq!(flows_now.total(TotalName::NonCash).minor, 0);

        // As it was known before the sale was voided, also after it.
        let then = known_now(&cx).await;
        books::journal::journal_void(&cx, sold.id, sold.version, date!(2026 - 05 - 04), "Not sold.", &key())
            .await
            .expect("void");
        assert_eq!(
            rows(&flows(&cx, Moment::Now, false).await, SectionKey::Investing),
            [] as [(&str, Vec<i64>); 0]
        );
        assert_eq!(
            rows(&flows(&cx, then, true).await, SectionKey::Investing),
            [
                ("Trucks", vec![1_000_000, 0]),
                ("Trucks Written Off", vec![-600_000, 0]),
                ("Gain on Sale", vec![100_000, 0])
            ]
        );
    });
}

#[test]
fn what_is_bought_with_a_loan_is_told_below_and_its_down_payment_alone_is_investing() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        trucks(&cx).await;
        let on_credit = [("Trucks", 800_000), ("Truck Loan", -800_000)];
        fixture::post(&cx, date!(2026 - 03 - 02), &on_credit).await;
        let with_a_down_payment = [
            ("Trucks", 300_000),
            ("Truck Loan", -200_000),
            ("Business Checking", -100_000),
        ];
        let bought = fixture::issued(&cx, date!(2026 - 05 - 04), &with_a_down_payment).await;
        let flows_now = flows(&cx, Moment::Now, false).await;
        assert_eq!(rows(&flows_now, SectionKey::Investing), [("Trucks", vec![-100_000])]);
        assert_eq!(rows(&flows_now, SectionKey::Financing), [] as [(&str, Vec<i64>); 0]);
        assert_eq!(flows_now.total(TotalName::NonCash).minor, 1_000_000);
        assert_eq!(flows_now.total(TotalName::NetChangeInCash).minor, -100_000);
        let last = flows_now.lines.last().expect("a line");
        assert_eq!(last.label, "Invested and Financed without Cash");
        assert_eq!(last.amounts, Some(vec![1_000_000]));

        // By quarters each has its own, and as it was known before the purchase was voided.
        let asked = StatementAsked {
            unit: Unit::Quarter,
            ..StatementAsked::total(StatementKind::CashFlow, date!(2026 - 01 - 01), date!(2026 - 06 - 30))
        };
        let quarters = report_statement(&cx, &asked).await.expect("a statement").statement;
        assert!(quarters.is_balanced());
        let last = quarters.lines.last().expect("a line");
        assert_eq!(last.amounts, Some(vec![1_000_000, 800_000, 200_000]));
        let then = known_now(&cx).await;
        books::journal::journal_void(
            &cx,
            bought.id,
            bought.version,
            date!(2026 - 05 - 04),
            "Not bought.",
            &key(),
        )
        .await
        .expect("void");
        let compared = flows(&cx, then, true).await;
        assert_eq!(rows(&compared, SectionKey::Investing), [("Trucks", vec![-100_000, 0])]);
        let last = compared.lines.last().expect("a line");
        assert_eq!(last.amounts, Some(vec![1_000_000, 800_000]));
    });
}

#[test]
fn a_loss_on_a_sale_and_what_is_written_off_without_cash_are_no_cash_of_the_trade() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        trucks(&cx).await;
        named(&cx, "Loss on Disposal", AccountType::OtherExpense, "", None).await;
        named(&cx, "Patent", AccountType::OtherAsset, "", None).await;
        let sale = [
            ("Business Checking", 300_000),
            ("Trucks Written Off", 600_000),
            ("Loss on Disposal", 100_000),
            ("Trucks", -1_000_000),
        ];
        fixture::post(&cx, date!(2026 - 05 - 04), &sale).await;
        let bought = [("Patent", 120_000), ("Business Checking", -120_000)];
        fixture::post(&cx, date!(2026 - 06 - 01), &bought).await;
        let used_up = [("Depreciation", 10_000), ("Patent", -10_000)];
        fixture::post(&cx, date!(2026 - 06 - 30), &used_up).await;
        let flows = flows(&cx, Moment::Now, false).await;
        assert_eq!(
            rows(&flows, SectionKey::Operating),
            [
                ("Net Income", vec![-110_000]),
                ("Depreciation", vec![10_000]),
                ("Loss on Disposal", vec![100_000])
            ]
        );
        assert_eq!(
            rows(&flows, SectionKey::Investing),
            [
                ("Trucks", vec![1_000_000]),
                ("Patent", vec![-110_000]),
                ("Trucks Written Off", vec![-600_000]),
                ("Depreciation", vec![-10_000]),
                ("Loss on Disposal", vec![-100_000])
            ]
        );
        assert_eq!(flows.total(TotalName::NetChangeInCash).minor, 180_000);
        assert_eq!(flows.total(TotalName::NonCash).minor, 0);
    });
}

#[test]
fn a_truck_that_pays_off_its_loan_brings_the_rest_of_its_price_in_cash() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        trucks(&cx).await;
        let sale = [
            ("Business Checking", 300_000),
            ("Truck Loan", 200_000),
            ("Trucks Written Off", 600_000),
            ("Trucks", -1_000_000),
            ("Gain on Sale", -100_000),
        ];
        fixture::post(&cx, date!(2026 - 05 - 04), &sale).await;
        let flows = flows(&cx, Moment::Now, false).await;
        assert_eq!(
            rows(&flows, SectionKey::Investing),
            [
                ("Trucks", vec![800_000]),
                ("Trucks Written Off", vec![-600_000]),
                ("Gain on Sale", vec![100_000])
            ]
        );
        assert_eq!(rows(&flows, SectionKey::Financing), [] as [(&str, Vec<i64>); 0]);
        assert_eq!(flows.total(TotalName::NonCash).minor, 200_000);
    });
}

#[test]
fn an_account_that_was_of_another_part_stands_in_that_part_then_and_in_its_own_now() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        trucks(&cx).await;
        let borrowed = [("Business Checking", 300_000), ("Truck Loan", -300_000)];
        fixture::post(&cx, date!(2026 - 03 - 02), &borrowed).await;
        let then = known_now(&cx).await;
        let loan = account_get(&cx, fixture::account(&cx, "Truck Loan").await)
            .await
            .expect("the loan");
        let change = AccountChange {
            cash_flow: Some(CashFlow::Operating),
            ..AccountChange::of(&loan)
        };
        account_update(&cx, loan.id, &change, &key()).await.expect("changed");
        let flows = flows(&cx, then, true).await;
        let nothing = ("Net Income", vec![0, 0]);
        assert_eq!(
            rows(&flows, SectionKey::Operating),
            [nothing, ("Truck Loan", vec![0, 300_000])]
        );
        assert_eq!(rows(&flows, SectionKey::Financing), [("Truck Loan", vec![300_000, 0])]);
    });
}

#[test]
fn a_balance_sheet_beside_now_closes_each_by_the_years_of_its_own_time() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        fixture::post(
            &cx,
            date!(2026 - 03 - 02),
            &[("Business Checking", 900), ("Sales of Services", -900)],
        )
        .await;
        let sold = [("Business Checking", 50), ("Sales of Services", -50)];
        fixture::post(&cx, date!(2026 - 08 - 03), &sold).await;
        let then = known_now(&cx).await;
        fiscal_year_first_month_set(&cx, 7, &key()).await.expect("changed");
        let asked = StatementAsked {
            moment: then,
            against_now: true,
            ..StatementAsked::total(
                StatementKind::BalanceSheet,
                date!(2026 - 08 - 31),
                date!(2026 - 08 - 31),
            )
        };
        let sheet = report_statement(&cx, &asked).await.expect("a statement").statement;
        let equity = rows(&sheet, SectionKey::Of(AccountType::Equity));
        assert_eq!(
            equity,
            [("Retained Earnings", vec![0, 900]), ("Net Income", vec![950, 50])]
        );
    });
}
