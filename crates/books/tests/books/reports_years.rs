//! The change of years: nothing is posted, and what a year earned moves from Net Income to Retained Earnings by itself.

use books::company::company_set_up;
use books::reports::{
    report_balance_sheet, report_ledger, report_profit_and_loss, report_trial_balance, report_year_start,
};
use tenancy::Cx;
use testkit::{Kit, run};
use time::Date;
use time::macros::date;

use crate::fixture;

/// The last two rows of Equity, retained earnings and net income, and all equity.
async fn equity(cx: &Cx, as_of: Date) -> (i64, i64, i64) {
    let sheet = report_balance_sheet(cx, as_of)
        .await
        .expect("a balance sheet")
        .statement;
    assert_eq!(sheet.totals.difference.minor, 0, "{as_of}");
    let rows = &sheet.sections.last().expect("equity").rows;
    let [retained, net] = &rows[rows.len() - 2..] else {
        panic!("equity has two computed rows")
    };
    assert_eq!(
        (retained.account.as_str(), net.account.as_str()),
        ("Retained Earnings", "Net Income")
    );
    (retained.amount.minor, net.amount.minor, sheet.totals.equity.minor)
}

async fn july_company(kit: &Kit) -> Cx {
    let cx = kit.company("July Orchard").await;
    let new = books::company::NewCompany {
        fiscal_year_first_month: 7,
        ..fixture::new_company("July Orchard")
    };
    company_set_up(&cx, &new, &fixture::key())
        .await
        .expect("the books are set up");
    cx
}

#[test]
fn the_last_and_the_first_day_of_years_differ_in_split_but_not_in_equity() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(
            &cx,
            date!(2025 - 11 - 20),
            &[("Business Checking", 900_00), ("Sales of Services", -900_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2025 - 12 - 31),
            &[("Rent", 200_00), ("Business Checking", -200_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 01 - 01),
            &[("Business Checking", 50_00), ("Sales of Services", -50_00)],
        )
        .await;
        assert_eq!(equity(&cx, date!(2025 - 12 - 31)).await, (0, 700_00, 700_00));
        assert_eq!(equity(&cx, date!(2026 - 01 - 01)).await, (700_00, 50_00, 750_00));
        let january = report_trial_balance(&cx, date!(2026 - 01 - 01))
            .await
            .expect("a trial balance")
            .statement;
        let rows: Vec<(&str, i64)> = january
            .rows
            .iter()
            .map(|row| (row.account.as_str(), row.debit.minor - row.credit.minor))
            .collect();
        assert_eq!(
            rows,
            [
                ("Business Checking", 750_00),
                ("Retained Earnings", -700_00),
                ("Sales of Services", -50_00)
            ]
        );
        assert!(january.is_balanced());
    });
}

#[test]
fn entries_on_retained_earnings_add_to_the_years_before() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(
            &cx,
            date!(2025 - 05 - 20),
            &[("Business Checking", 900_00), ("Sales of Services", -900_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 02 - 01),
            &[("Retained Earnings", 400_00), ("Business Checking", -400_00)],
        )
        .await;
        assert_eq!(equity(&cx, date!(2026 - 02 - 28)).await, (500_00, 0, 500_00));
    });
}

#[test]
fn a_late_entry_of_an_earlier_year_alters_retained_earnings_and_not_this_years_income() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(
            &cx,
            date!(2026 - 02 - 01),
            &[("Business Checking", 10_00), ("Sales of Services", -10_00)],
        )
        .await;
        assert_eq!(equity(&cx, date!(2026 - 02 - 28)).await, (0, 10_00, 10_00));
        fixture::post(
            &cx,
            date!(2024 - 02 - 29),
            &[("Business Checking", 3_00), ("Sales of Services", -3_00)],
        )
        .await;
        assert_eq!(equity(&cx, date!(2026 - 02 - 28)).await, (3_00, 10_00, 13_00));
    });
}

#[test]
fn a_fiscal_year_from_july_turns_on_the_first_of_july() {
    run(async |kit| {
        let cx = july_company(kit).await;
        assert_eq!(
            report_year_start(&cx, date!(2026 - 06 - 30)).await.expect("a year"),
            date!(2025 - 07 - 01)
        );
        fixture::post(
            &cx,
            date!(2026 - 01 - 01),
            &[("Business Checking", 70_00), ("Sales of Services", -70_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 06 - 30),
            &[("Business Checking", 20_00), ("Sales of Services", -20_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 07 - 01),
            &[("Business Checking", 5_00), ("Sales of Services", -5_00)],
        )
        .await;
        assert_eq!(equity(&cx, date!(2026 - 01 - 31)).await, (0, 70_00, 70_00));
        assert_eq!(equity(&cx, date!(2026 - 06 - 30)).await, (0, 90_00, 90_00));
        assert_eq!(equity(&cx, date!(2026 - 07 - 01)).await, (90_00, 5_00, 95_00));
        let report = report_balance_sheet(&cx, date!(2026 - 06 - 30))
            .await
            .expect("a balance sheet");
        let year = report_profit_and_loss(&cx, report.provenance.from, report.provenance.to)
            .await
            .expect("a profit and loss");
        assert_eq!(year.statement.totals.net_income.minor, 90_00);
    });
}

#[test]
fn the_ledger_of_retained_earnings_names_the_years_that_its_figure_adds_up() {
    run(async |kit| {
        let cx = july_company(kit).await;
        fixture::post(
            &cx,
            date!(2024 - 06 - 30),
            &[("Business Checking", 1_00), ("Sales of Services", -1_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2024 - 07 - 01),
            &[("Business Checking", 20_00), ("Sales of Services", -20_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2025 - 02 - 01),
            &[("Rent", 30_00), ("Business Checking", -30_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2025 - 07 - 15),
            &[("Retained Earnings", -400_00), ("Business Checking", 400_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2025 - 07 - 16),
            &[("Business Checking", 5_000_00), ("Sales of Services", -5_000_00)],
        )
        .await;
        let as_of = date!(2026 - 01 - 31);
        let account = fixture::account(&cx, "Retained Earnings").await;
        let ledger = report_ledger(&cx, account, date!(2025 - 07 - 01), as_of, None, 500)
            .await
            .expect("a ledger")
            .statement;
        let years: Vec<(Date, Date, i64)> = ledger
            .closed_years
            .iter()
            .map(|year| (year.from, year.to, year.net_income))
            .collect();
        assert_eq!(
            years,
            [
                (date!(2023 - 07 - 01), date!(2024 - 06 - 30), 1_00),
                (date!(2024 - 07 - 01), date!(2025 - 06 - 30), -10_00),
            ]
        );
        assert_eq!(ledger.ending_balance, -400_00);
        let (retained, net, _) = equity(&cx, as_of).await;
        let closed: i64 = ledger.closed_years.iter().map(|year| year.net_income).sum();
        assert_eq!(retained, closed - ledger.ending_balance);
        assert_eq!(net, 5_000_00);
    });
}
