//! The change of years: nothing is posted, and what a year earned moves from Net Income to Retained Earnings by itself.

use books::company::company_set_up;
use books::reports::{
    LedgerFilter, report_balance_sheet, report_ledger, report_profit_and_loss, report_trial_balance, report_year_start,
};
use ledger::accounts::AccountType;
use ledger::statements::TotalName;
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
    assert_eq!(sheet.total(TotalName::Difference).minor, 0, "{as_of}");
    let section = sheet.section(AccountType::Equity).expect("equity");
    let rows = &section.rows;
    let [retained, net] = &rows[rows.len() - 2..] else {
        panic!("equity has two computed rows")
    };
    assert_eq!(
        (retained.account.as_str(), net.account.as_str()),
        ("Retained Earnings", "Net Income")
    );
    (retained.amount(), net.amount(), section.total[0])
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
            &[("Business Checking", 90_000), ("Sales of Services", -90_000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2025 - 12 - 31),
            &[("Rent", 20_000), ("Business Checking", -20_000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 01 - 01),
            &[("Business Checking", 5000), ("Sales of Services", -5000)],
        )
        .await;
        assert_eq!(equity(&cx, date!(2025 - 12 - 31)).await, (0, 70_000, 70_000));
        assert_eq!(equity(&cx, date!(2026 - 01 - 01)).await, (70_000, 5000, 75_000));
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
                ("Business Checking", 75_000),
                ("Retained Earnings", -70_000),
                ("Sales of Services", -5000)
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
            &[("Business Checking", 90_000), ("Sales of Services", -90_000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 02 - 01),
            &[("Retained Earnings", 40_000), ("Business Checking", -40_000)],
        )
        .await;
        assert_eq!(equity(&cx, date!(2026 - 02 - 28)).await, (50_000, 0, 50_000));
    });
}

#[test]
fn a_late_entry_of_an_earlier_year_alters_retained_earnings_and_not_this_years_income() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(
            &cx,
            date!(2026 - 02 - 01),
            &[("Business Checking", 1000), ("Sales of Services", -1000)],
        )
        .await;
        assert_eq!(equity(&cx, date!(2026 - 02 - 28)).await, (0, 1000, 1000));
        fixture::post(
            &cx,
            date!(2024 - 02 - 29),
            &[("Business Checking", 300), ("Sales of Services", -300)],
        )
        .await;
        assert_eq!(equity(&cx, date!(2026 - 02 - 28)).await, (300, 1000, 1300));
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
            &[("Business Checking", 7000), ("Sales of Services", -7000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 06 - 30),
            &[("Business Checking", 2000), ("Sales of Services", -2000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 07 - 01),
            &[("Business Checking", 500), ("Sales of Services", -500)],
        )
        .await;
        assert_eq!(equity(&cx, date!(2026 - 01 - 31)).await, (0, 7000, 7000));
        assert_eq!(equity(&cx, date!(2026 - 06 - 30)).await, (0, 9000, 9000));
        assert_eq!(equity(&cx, date!(2026 - 07 - 01)).await, (9000, 500, 9500));
        let report = report_balance_sheet(&cx, date!(2026 - 06 - 30))
            .await
            .expect("a balance sheet");
        let year = report_profit_and_loss(&cx, report.provenance.from, report.provenance.to)
            .await
            .expect("a profit and loss");
        assert_eq!(year.statement.total(TotalName::NetIncome).minor, 9000);
    });
}

#[test]
fn the_ledger_of_retained_earnings_names_the_years_that_its_figure_adds_up() {
    run(async |kit| {
        let cx = july_company(kit).await;
        fixture::post(
            &cx,
            date!(2024 - 06 - 30),
            &[("Business Checking", 100), ("Sales of Services", -100)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2024 - 07 - 01),
            &[("Business Checking", 2000), ("Sales of Services", -2000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2025 - 02 - 01),
            &[("Rent", 3000), ("Business Checking", -3000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2025 - 07 - 15),
            &[("Retained Earnings", -40_000), ("Business Checking", 40_000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2025 - 07 - 16),
            &[("Business Checking", 500_000), ("Sales of Services", -500_000)],
        )
        .await;
        let as_of = date!(2026 - 01 - 31);
        let account = fixture::account(&cx, "Retained Earnings").await;
        let ledger = report_ledger(
            &cx,
            account,
            &LedgerFilter::over(date!(2025 - 07 - 01), as_of),
            None,
            500,
        )
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
                (date!(2023 - 07 - 01), date!(2024 - 06 - 30), 100),
                (date!(2024 - 07 - 01), date!(2025 - 06 - 30), -1000),
            ]
        );
        assert_eq!(ledger.ending_balance, -40_000);
        assert_eq!(
            ledger.csv_ending(),
            ",Ending balance,,,,,,,,,,400.00,,,\r\n\
             2024-06-30,Year closing,,,,,,Net income 2023-07-01 to 2024-06-30,,,1.00,,,,\r\n\
             2025-06-30,Year closing,,,,,,Net income 2024-07-01 to 2025-06-30,,10.00,,,,,\r\n\
             ,Balance on statements,,,,,,,,,,391.00,,,\r\n",
            "the file ends in what statements say"
        );
        let (retained, net, _) = equity(&cx, as_of).await;
        let closed: i64 = ledger.closed_years.iter().map(|year| year.net_income).sum();
        assert_eq!(retained, closed - ledger.ending_balance);
        assert_eq!(net, 500_000);
    });
}
