//! Statements in columns: months, quarters and years, comparisons, adjustments, and accounts that were merged.

use books::accounts::account_merge;
use books::documents::Marks;
use books::journal::{JournalInput, journal_create_issued};
use books::reports::{
    StatementAsked, TrialBalanceAsked, report_profit_and_loss, report_statement, report_trial_balance,
    report_trial_balance_asked,
};
use ledger::accounts::AccountType;
use ledger::statements::{
    Cell, Column, SectionKey, Shown, Sides, Sort, Statement, StatementKind, TotalName, TrialBalance, Unit,
};
use tenancy::Cx;
use testkit::run;
use time::Date;
use time::macros::date;

use crate::fixture;

/// Three years of a shop with entries in the middle and at the ends of months.
async fn shop(cx: &Cx) {
    for (day, sales, rent) in [
        (date!(2024 - 12 - 31), 90_000, 30_000),
        (date!(2025 - 01 - 01), 4000, 1000),
        (date!(2025 - 10 - 15), 50_000, 20_000),
        (date!(2025 - 12 - 31), 700, 100),
        (date!(2026 - 01 - 31), 10_000, 15_000),
        (date!(2026 - 02 - 01), 2000, 500),
        (date!(2026 - 02 - 14), 3000, 600),
        (date!(2026 - 04 - 17), 40_000, 200),
    ] {
        fixture::post(cx, day, &[("Business Checking", sales), ("Sales of Services", -sales)]).await;
        fixture::post(cx, day, &[("Rent", rent), ("Business Checking", -rent)]).await;
    }
}

async fn statement(cx: &Cx, asked: &StatementAsked) -> Statement {
    report_statement(cx, asked).await.expect("a statement").statement
}

fn months(kind: StatementKind, from: Date, to: Date) -> StatementAsked {
    StatementAsked {
        unit: Unit::Month,
        ..StatementAsked::total(kind, from, to)
    }
}

fn heads(statement: &Statement) -> Vec<String> {
    statement.columns.iter().map(Column::full_head).collect()
}

fn cells(statement: &Statement, account: &str) -> Vec<Cell> {
    let row = statement.rows().find(|row| row.account == account).expect("a row");
    statement.cells(Some(&row.amounts))
}

fn amounts(of: &[i64]) -> Vec<Cell> {
    of.iter().copied().map(Cell::Amount).collect()
}

#[test]
fn every_column_of_every_unit_is_the_report_of_its_own_days() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let (from, to) = (date!(2024 - 12 - 05), date!(2026 - 04 - 20));
        for unit in Unit::ALL {
            for kind in [
                StatementKind::ProfitAndLoss,
                StatementKind::BalanceSheet,
                StatementKind::CashFlow,
            ] {
                let together = statement(
                    &cx,
                    &StatementAsked {
                        unit,
                        prior_period: unit != Unit::Month,
                        prior_year: unit == Unit::Quarter,
                        ..StatementAsked::total(kind, from, to)
                    },
                )
                .await;
                for (place, measure) in together.measures.iter().enumerate() {
                    let alone = statement(&cx, &StatementAsked::total(kind, measure.from, measure.to)).await;
                    for ((name, all), (_, one)) in together.totals.iter().zip(&alone.totals) {
                        assert_eq!(all[place], one[0], "{name:?} of {measure:?}");
                    }
                    let sum: i64 = together.rows().map(|row| row.amounts[place].abs()).sum();
                    assert_eq!(
                        sum,
                        alone.rows().map(|row| row.amount().abs()).sum::<i64>(),
                        "{measure:?}"
                    );
                }
                assert!(together.is_balanced());
            }
        }
    });
}

#[test]
fn months_stand_beside_each_other_and_add_up_to_their_total() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let asked = months(
            StatementKind::ProfitAndLoss,
            date!(2026 - 01 - 01),
            date!(2026 - 03 - 15),
        );
        let earned = statement(&cx, &asked).await;
        assert_eq!(heads(&earned), ["Jan 2026", "Feb 2026", "Mar 1 – 15, 2026", "Total"]);
        assert_eq!(cells(&earned, "Sales of Services"), amounts(&[10_000, 5000, 0, 15_000]));
        assert_eq!(earned.total(TotalName::NetIncome).minor, -1100);
    });
}

#[test]
fn each_month_of_a_balance_sheet_has_the_retained_earnings_of_its_own_year() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let asked = months(
            StatementKind::BalanceSheet,
            date!(2025 - 12 - 01),
            date!(2026 - 02 - 28),
        );
        let sheet = statement(&cx, &asked).await;
        assert_eq!(heads(&sheet), ["Dec 31, 2025", "Jan 31, 2026", "Feb 28, 2026"]);
        assert_eq!(cells(&sheet, "Retained Earnings"), amounts(&[60_000, 93_600, 93_600]));
        assert_eq!(cells(&sheet, "Net Income"), amounts(&[33_600, -5000, -1100]));
        assert!(sheet.is_balanced());
    });
}

#[test]
fn a_year_to_date_is_compared_with_the_same_days_of_the_year_before() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let asked = StatementAsked {
            prior_year: true,
            percent_of_income: true,
            ..StatementAsked::total(
                StatementKind::ProfitAndLoss,
                date!(2026 - 01 - 01),
                date!(2026 - 02 - 14),
            )
        };
        let earned = statement(&cx, &asked).await;
        assert_eq!(
            heads(&earned),
            [
                "Jan 1 – Feb 14, 2026",
                "% of income",
                "Prior year: Jan 1 – Feb 14, 2025",
                "Prior year: Change",
                "Prior year: % change"
            ]
        );
        use Cell::{Amount, Percent};
        assert_eq!(
            cells(&earned, "Sales of Services"),
            [
                Amount(15_000),
                Percent(1000),
                Amount(4000),
                Amount(11_000),
                Percent(2750)
            ]
        );
        assert_eq!(
            cells(&earned, "Rent"),
            [
                Amount(16_100),
                Percent(1073),
                Amount(1000),
                Amount(15_100),
                Percent(15_100)
            ]
        );
    });
}

#[test]
fn more_columns_than_a_sheet_holds_are_refused_at_their_choice() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let asked = months(
            StatementKind::ProfitAndLoss,
            date!(2023 - 01 - 01),
            date!(2026 - 01 - 31),
        );
        assert_eq!(
            fixture::fields(report_statement(&cx, &asked).await.map(|_| ())),
            ["columns"]
        );
        let backwards = StatementAsked {
            to: date!(2022 - 12 - 31),
            ..asked
        };
        assert_eq!(
            fixture::fields(report_statement(&cx, &backwards).await.map(|_| ())),
            ["to"]
        );
    });
}

#[test]
fn merged_accounts_stand_with_the_account_they_were_merged_into_at_any_remove() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let day = date!(2026 - 03 - 02);
        for (account, amount) in [("Meals", 1000), ("Travel", 2000), ("Advertising", 300)] {
            fixture::post(&cx, day, &[(account, amount), ("Business Checking", -amount)]).await;
        }
        let id = async |name: &str| fixture::account(&cx, name).await;
        for (from, into) in [("Meals", "Travel"), ("Travel", "Advertising")] {
            account_merge(&cx, id(from).await, id(into).await, true, &fixture::key())
                .await
                .expect("merged");
        }
        let earned = report_profit_and_loss(&cx, day, day)
            .await
            .expect("a statement")
            .statement;
        let rows: Vec<(&str, i64)> = earned.rows().map(|row| (row.account.as_str(), row.amount())).collect();
        assert_eq!(rows, [("Advertising", 3300)]);
        let trial = report_trial_balance(&cx, day).await.expect("a trial balance").statement;
        let rows: Vec<(&str, i64)> = trial
            .rows
            .iter()
            .map(|row| (row.account.as_str(), row.debit.minor - row.credit.minor))
            .collect();
        assert_eq!(rows, [("Business Checking", -3300), ("Advertising", 3300)]);
    });
}

#[test]
fn accounts_stand_by_amount_and_without_one_when_asked_for() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let day = date!(2026 - 03 - 02);
        for (account, amount) in [("Advertising", 300), ("Rent", 2000), ("Utilities", 500)] {
            fixture::post(&cx, day, &[(account, amount), ("Business Checking", -amount)]).await;
        }
        let asked = |sort, zero_rows| StatementAsked {
            shown: Shown { sort, zero_rows },
            ..StatementAsked::total(StatementKind::ProfitAndLoss, day, day)
        };
        let expenses = async |sort, zero_rows| -> Vec<String> {
            let earned = statement(&cx, &asked(sort, zero_rows)).await;
            let section = earned.section(AccountType::Expense).expect("expenses");
            section.rows.iter().map(|row| row.account.clone()).collect()
        };
        assert_eq!(
            expenses(Sort::Number, false).await,
            ["Advertising", "Rent", "Utilities"]
        );
        assert_eq!(
            expenses(Sort::Amount, false).await,
            ["Rent", "Utilities", "Advertising"]
        );
        let all = expenses(Sort::Name, true).await;
        assert!(all.len() > 15 && all.is_sorted(), "{all:?}");
    });
}

/// Issues an adjusting entry.
async fn adjust(cx: &Cx, day: Date, legs: &[(&str, i64)]) {
    let input = JournalInput {
        marks: Marks {
            adjusting: true,
            ..Marks::default()
        },
        ..fixture::entry(cx, day, legs).await
    };
    journal_create_issued(cx, &input, &fixture::key())
        .await
        .expect("an adjusting entry");
}

fn sides(trial: &TrialBalance, account: &str) -> Vec<(i64, i64)> {
    let row = trial.rows.iter().find(|row| row.account == account).expect("a row");
    let both = |sides: &Sides| (sides.debit, sides.credit);
    row.sides.iter().map(both).collect()
}

#[test]
fn a_trial_balance_stands_before_and_after_the_adjusting_entries_of_its_year() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        adjust(
            &cx,
            date!(2025 - 12 - 31),
            &[("Depreciation", 900), ("Accumulated Depreciation", -900)],
        )
        .await;
        adjust(
            &cx,
            date!(2026 - 01 - 31),
            &[("Depreciation", 7500), ("Accumulated Depreciation", -7500)],
        )
        .await;
        adjust(
            &cx,
            date!(2026 - 02 - 28),
            &[("Accumulated Depreciation", 500), ("Depreciation", -500)],
        )
        .await;
        adjust(
            &cx,
            date!(2026 - 03 - 31),
            &[("Depreciation", 100), ("Accumulated Depreciation", -100)],
        )
        .await;
        let asked = TrialBalanceAsked {
            adjusted: true,
            ..TrialBalanceAsked::of(date!(2026 - 02 - 28))
        };
        let trial = report_trial_balance_asked(&cx, &asked)
            .await
            .expect("a trial balance")
            .statement;
        assert!(trial.is_balanced());
        assert_eq!(sides(&trial, "Depreciation"), [(0, 0), (7500, 500), (7000, 0)]);
        assert_eq!(
            sides(&trial, "Accumulated Depreciation"),
            [(0, 900), (500, 7500), (0, 7900)]
        );
        assert_eq!(sides(&trial, "Rent"), [(16_100, 0), (0, 0), (16_100, 0)]);
        let plain = report_trial_balance(&cx, asked.as_of)
            .await
            .expect("a trial balance")
            .statement;
        assert_eq!(
            (trial.total_debit, trial.total_credit),
            (plain.total_debit, plain.total_credit)
        );
    });
}

#[test]
fn cash_flow_ends_in_the_cash_of_the_balance_sheet() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        for legs in [
            [("Furniture and Equipment", 50_000), ("Business Checking", -50_000)],
            [("Depreciation", 2000), ("Accumulated Depreciation", -2000)],
            [("Business Checking", 30_000), ("Line of Credit", -30_000)],
            [("Undeposited Funds", 3000), ("Sales of Products", -3000)],
            [
                ("Accounts Receivable @ Hollis Hardware", 900),
                ("Sales of Products", -900),
            ],
        ] {
            fixture::post(&cx, date!(2026 - 02 - 10), &legs).await;
        }
        let asked = StatementAsked::total(StatementKind::CashFlow, date!(2026 - 01 - 01), date!(2026 - 02 - 28));
        let flows = statement(&cx, &asked).await;
        assert!(flows.is_balanced());
        let of = |key| {
            let section = flows
                .sections
                .iter()
                .find(|section| section.key == key)
                .expect("a section");
            let rows = section.rows.iter().map(|row| (row.account.clone(), row.amount()));
            rows.collect::<Vec<(String, i64)>>()
        };
        let rows = |of: &[(&str, i64)]| -> Vec<(String, i64)> {
            of.iter()
                .map(|(account, amount)| ((*account).to_owned(), *amount))
                .collect()
        };
        assert_eq!(
            of(SectionKey::Operating),
            rows(&[
                ("Net Income", 800),
                ("Accounts Receivable", -900),
                ("Accumulated Depreciation", 2000)
            ])
        );
        assert_eq!(of(SectionKey::Investing), rows(&[("Furniture and Equipment", -50_000)]));
        assert_eq!(of(SectionKey::Financing), rows(&[("Line of Credit", 30_000)]));
        let sheet = StatementAsked::total(StatementKind::BalanceSheet, asked.from, asked.to);
        let sheet = statement(&cx, &sheet).await;
        let cash: i64 = sheet
            .rows()
            .filter(|row| ["Business Checking", "Undeposited Funds"].contains(&row.account.as_str()))
            .map(|row| row.amount())
            .sum();
        assert_eq!(flows.total(TotalName::CashAtEnd).minor, cash);
    });
}
