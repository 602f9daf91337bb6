//! The first page's figures.

use books::home::{CashPoint, MonthEarnings, Receivable, home_figures};
use books::journal::journal_save_draft;
use books::locks::lock_set;
use testkit::run;
use time::macros::date;

use crate::fixture;

#[test]
fn cash_is_what_the_bank_accounts_and_the_till_hold_today_and_how_it_got_there() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let today = date!(2026 - 11 - 22);
        fixture::post(
            &cx,
            date!(2026 - 08 - 01),
            &[("Business Checking", 1_000_00), ("Notes Payable", -1_000_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 10 - 23),
            &[("Undeposited Funds", 50_00), ("Sales of Services", -50_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 11 - 15),
            &[("Rent", 300_00), ("Business Checking", -300_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 11 - 22),
            &[("Credit Card", -20_00), ("Travel", 20_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 11 - 23),
            &[("Business Checking", 9_00), ("Sales of Services", -9_00)],
        )
        .await;
        let home = home_figures(&cx, today).await.expect("the figures");
        assert_eq!(home.cash, 750_00);
        assert_eq!(home.cash_change, -300_00);
        assert_eq!(home.cash_by_week.len(), 12);
        assert_eq!(
            home.cash_by_week[0],
            CashPoint {
                day: date!(2026 - 09 - 06),
                cash: 1_000_00
            }
        );
        assert_eq!(
            home.cash_by_week[6],
            CashPoint {
                day: date!(2026 - 10 - 18),
                cash: 1_000_00
            }
        );
        assert_eq!(
            home.cash_by_week[7],
            CashPoint {
                day: date!(2026 - 10 - 25),
                cash: 1_050_00
            }
        );
        assert_eq!(
            home.cash_by_week[11],
            CashPoint {
                day: today,
                cash: 750_00
            }
        );
    });
}

#[test]
fn income_and_expenses_stand_by_month_and_a_month_without_any_is_zero() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(
            &cx,
            date!(2025 - 11 - 30),
            &[("Business Checking", 1_00), ("Sales of Services", -1_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2025 - 12 - 01),
            &[("Business Checking", 20_00), ("Sales of Services", -20_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 11 - 02),
            &[("Business Checking", 5_00), ("Interest Income", -5_00)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 11 - 03),
            &[
                ("Subcontractors", 7_00),
                ("Penalties", 2_00),
                ("Business Checking", -9_00),
            ],
        )
        .await;
        let home = home_figures(&cx, date!(2026 - 11 - 22)).await.expect("the figures");
        assert_eq!(home.months.len(), 12);
        assert_eq!(
            home.months[0],
            MonthEarnings {
                month: date!(2025 - 12 - 01),
                income: 20_00,
                expenses: 0
            }
        );
        assert_eq!(
            home.months[1],
            MonthEarnings {
                month: date!(2026 - 01 - 01),
                income: 0,
                expenses: 0
            }
        );
        assert_eq!(
            home.months[11],
            MonthEarnings {
                month: date!(2026 - 11 - 01),
                income: 5_00,
                expenses: 9_00
            }
        );
    });
}

#[test]
fn what_needs_doing_is_counted() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let nothing = home_figures(&cx, date!(2026 - 11 - 22)).await.expect("the figures");
        assert_eq!(
            (nothing.to_do.draft_entries, nothing.to_do.opening_balance_equity),
            (0, 0)
        );
        assert_eq!(nothing.closed_through, None);
        assert!(!nothing.has_postings);
        fixture::post(
            &cx,
            date!(2026 - 10 - 01),
            &[("Business Checking", 80_00), ("Opening Balance Equity", -80_00)],
        )
        .await;
        let draft = fixture::entry(
            &cx,
            date!(2026 - 11 - 01),
            &[("Rent", 1_00), ("Business Checking", -1_00)],
        )
        .await;
        journal_save_draft(&cx, &draft, &fixture::key()).await.expect("a draft");
        lock_set(&cx, Some(date!(2026 - 10 - 31)), "October is filed.", &fixture::key())
            .await
            .expect("a lock");
        let home = home_figures(&cx, date!(2026 - 11 - 22)).await.expect("the figures");
        assert_eq!(home.to_do.draft_entries, 1);
        assert_eq!(home.to_do.opening_balance_equity, -80_00);
        assert_eq!(home.closed_through, Some(date!(2026 - 10 - 31)));
        assert_eq!(home.cash, 80_00);
        assert!(home.has_postings);
    });
}

#[test]
fn what_customers_owe_stands_at_its_days_past_due_and_adds_up_to_the_receivable() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let sales = [
            (date!(2026 - 07 - 01), 500_00),
            (date!(2026 - 08 - 30), 90_00),
            (date!(2026 - 10 - 01), 60_00),
            (date!(2026 - 10 - 23), 30_00),
            (date!(2026 - 11 - 21), 20_00),
            (date!(2026 - 11 - 22), 10_00),
            (date!(2026 - 11 - 23), 7_00),
        ];
        for (day, amount) in sales {
            fixture::post(
                &cx,
                day,
                &[
                    ("Accounts Receivable @ Hollis Hardware", amount),
                    ("Sales of Services", -amount),
                ],
            )
            .await;
        }
        fixture::post(
            &cx,
            date!(2026 - 10 - 20),
            &[
                ("Business Checking", 25_00),
                ("Accounts Receivable @ Hollis Hardware", -25_00),
            ],
        )
        .await;
        let owed = home_figures(&cx, date!(2026 - 11 - 22))
            .await
            .expect("the figures")
            .receivable;
        let expected = Receivable {
            current: 10_00,
            late_30: 50_00,
            late_60: 60_00 - 25_00,
            late_90: 90_00,
            later: 500_00,
        };
        assert_eq!(owed, expected);
        assert_eq!(owed.total().expect("a sum"), 685_00);
    });
}
