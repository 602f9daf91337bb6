//! The first page's figures.

use books::accounts::account_merge;
use books::documents::Marks;
use books::home::{CashPoint, Coming, MonthEarnings, Owed, forecast_get, home_figures};
use books::journal::journal_save_draft;
use books::locks::lock_set;
use books::recurring::{TemplateInput, recurring_create};
use books::reports::{report_balance_sheet, report_profit_and_loss};
use books::settlements::settlement_apply;
use books::statements::{StatementChoice, StatementSource, statement_import};
use ledger::accounts::AccountType;
use ledger::schedule::{Schedule, Unit};
use ledger::statements::TotalName;
use testkit::run;
use time::Date;
use time::macros::date;

use crate::fixture;

#[test]
fn cash_is_what_the_bank_accounts_hold_today_and_how_it_got_there() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let today = date!(2026 - 11 - 22);
        fixture::post(
            &cx,
            date!(2026 - 08 - 01),
            &[("Business Checking", 100_000), ("Notes Payable", -100_000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 10 - 23),
            &[("Undeposited Funds", 5000), ("Sales of Services", -5000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 11 - 15),
            &[("Rent", 30_000), ("Business Checking", -30_000)],
        )
        .await;
        fixture::post(&cx, date!(2026 - 11 - 22), &[("Credit Card", -2000), ("Travel", 2000)]).await;
        fixture::post(
            &cx,
            date!(2026 - 11 - 23),
            &[("Business Checking", 900), ("Sales of Services", -900)],
        )
        .await;
        let home = home_figures(&cx, today).await.expect("the figures");
        assert_eq!(home.cash, 70_000);
        assert_eq!((home.undeposited, home.cards_owed), (5000, 2000));
        assert_eq!((home.bank_accounts, home.cards), (3, 1));
        assert_eq!(home.cash_change, -30_000);
        assert_eq!(home.cash_by_week.len(), 12);
        assert_eq!(
            home.cash_by_week[0],
            CashPoint {
                day: date!(2026 - 09 - 06),
                cash: 100_000
            }
        );
        assert_eq!(
            home.cash_by_week[6],
            CashPoint {
                day: date!(2026 - 10 - 18),
                cash: 100_000
            }
        );
        assert_eq!(
            home.cash_by_week[7],
            CashPoint {
                day: date!(2026 - 10 - 25),
                cash: 100_000
            }
        );
        assert_eq!(
            home.cash_by_week[11],
            CashPoint {
                day: today,
                cash: 70_000
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
            &[("Business Checking", 100), ("Sales of Services", -100)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2025 - 12 - 01),
            &[("Business Checking", 2000), ("Sales of Services", -2000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 11 - 02),
            &[("Business Checking", 500), ("Interest Income", -500)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 11 - 03),
            &[("Subcontractors", 700), ("Penalties", 200), ("Business Checking", -900)],
        )
        .await;
        let home = home_figures(&cx, date!(2026 - 11 - 22)).await.expect("the figures");
        assert_eq!(home.months.len(), 12);
        assert_eq!(
            home.months[0],
            MonthEarnings {
                month: date!(2025 - 12 - 01),
                income: 2000,
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
                income: 500,
                expenses: 900
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
            &[("Business Checking", 8000), ("Opening Balance Equity", -8000)],
        )
        .await;
        let draft = fixture::entry(
            &cx,
            date!(2026 - 11 - 01),
            &[("Rent", 100), ("Business Checking", -100)],
        )
        .await;
        journal_save_draft(&cx, &draft, &fixture::key()).await.expect("a draft");
        lock_set(&cx, Some(date!(2026 - 10 - 31)), "October is filed.", &fixture::key())
            .await
            .expect("a lock");
        let home = home_figures(&cx, date!(2026 - 11 - 22)).await.expect("the figures");
        assert_eq!(home.to_do.draft_entries, 1);
        assert!(!nothing.to_do.lacks_opening_entry, "there is nothing to be missing in");
        assert!(home.to_do.lacks_opening_entry);
        assert_eq!(home.to_do.opening_balance_equity, -8000);
        assert_eq!(home.closed_through, Some(date!(2026 - 10 - 31)));
        assert_eq!(home.cash, 8000);
        assert!(home.has_postings);
    });
}

#[test]
fn what_customers_owe_stands_at_its_days_past_due_and_adds_up_to_the_receivable() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let sales = [
            (date!(2026 - 07 - 01), 50_000),
            (date!(2026 - 08 - 30), 9000),
            (date!(2026 - 10 - 01), 6000),
            (date!(2026 - 10 - 23), 3000),
            (date!(2026 - 11 - 21), 2000),
            (date!(2026 - 11 - 22), 1000),
            (date!(2026 - 11 - 23), 700),
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
                ("Business Checking", 2500),
                ("Accounts Receivable @ Hollis Hardware", -2500),
            ],
        )
        .await;
        let home = home_figures(&cx, date!(2026 - 11 - 22)).await.expect("the figures");
        let expected = Owed {
            current: 1000,
            due_in_a_week: 1000,
            late_30: 5000,
            late_60: 6000 - 2500,
            late_90: 9000,
            later: 50_000,
        };
        assert_eq!(home.receivable, expected);
        assert_eq!(home.receivable.total().expect("a sum"), 68_500);
        // What the customer paid and nobody applied yet counts against what is due first, as under Sales; nobody is counted twice.
        let overdue = home.to_do.overdue;
        assert_eq!((overdue.items, overdue.contacts, overdue.amount), (5, 1, 67_500));
    });
}

#[test]
fn what_vendors_are_owed_stands_at_its_days_past_due_as_a_positive_amount() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        for (day, amount) in [(date!(2026 - 10 - 31), 8000), (date!(2026 - 11 - 22), 4500)] {
            let legs = [("Supplies", amount), ("Accounts Payable @ Quill Wheel Supply", -amount)];
            fixture::post(&cx, day, &legs).await;
        }
        let home = home_figures(&cx, date!(2026 - 11 - 22)).await.expect("the figures");
        let expected = Owed {
            current: 4500,
            due_in_a_week: 4500,
            late_30: 8000,
            ..Owed::default()
        };
        assert_eq!(home.payable, expected);
        assert_eq!(home.to_do.overdue_bills.amount, 8000);
        assert_eq!(home.receivable, Owed::default());
    });
}

#[test]
fn cash_is_the_balance_sheets_bank_accounts_and_a_month_is_its_profit_and_loss() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let today = date!(2026 - 11 - 22);
        let posted = [
            (date!(2026 - 10 - 05), "Business Checking", "Sales of Products", 81_237),
            (date!(2026 - 10 - 09), "Rent", "Business Checking", 30_010),
            (date!(2026 - 10 - 19), "Undeposited Funds", "Interest Income", 402),
            (date!(2026 - 10 - 31), "Depreciation", "Accumulated Depreciation", 7155),
            (date!(2026 - 11 - 03), "Business Savings", "Business Checking", 12_500),
            (date!(2026 - 11 - 30), "Business Checking", "Sales of Services", 6000),
        ];
        for (day, debit, credit, amount) in posted {
            fixture::post(&cx, day, &[(debit, amount), (credit, -amount)]).await;
        }
        let home = home_figures(&cx, today).await.expect("the figures");
        let sheet = report_balance_sheet(&cx, today)
            .await
            .expect("a balance sheet")
            .statement;
        let banks = sheet.section(AccountType::Bank).expect("the bank accounts").total[0];
        assert_eq!((home.cash, home.cash), (banks, 51_227));
        let report = report_profit_and_loss(&cx, date!(2026 - 10 - 01), date!(2026 - 10 - 31))
            .await
            .expect("a report");
        let october = home.months[10];
        assert_eq!(
            report.statement.total(TotalName::NetIncome).minor,
            october.income - october.expenses
        );
        assert_eq!((october.income, october.expenses), (81_639, 37_165));
    });
}

#[test]
fn the_money_went_to_the_largest_expenses_first_and_a_merged_account_counts_as_its_target() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let today = date!(2026 - 11 - 22);
        let spent = [
            ("Rent", 90_000),
            ("Advertising", 20_000),
            ("Travel", 15_000),
            ("Meals", 8000),
            ("Supplies", 7000),
            ("Insurance", 6000),
            ("Bank Charges", 500),
            ("Penalties", 400),
        ];
        for (account, amount) in spent {
            fixture::post(
                &cx,
                date!(2026 - 03 - 09),
                &[(account, amount), ("Business Checking", -amount)],
            )
            .await;
        }
        // Before the twelve months, and income: neither is where the money went.
        fixture::post(
            &cx,
            date!(2025 - 11 - 30),
            &[("Utilities", 500_000), ("Business Checking", -500_000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 03 - 09),
            &[("Business Checking", 700), ("Interest Income", -700)],
        )
        .await;
        let (meals, travel) = (
            fixture::account(&cx, "Meals").await,
            fixture::account(&cx, "Travel").await,
        );
        account_merge(&cx, meals, travel, false, &fixture::key())
            .await
            .expect("merged");
        let spending = home_figures(&cx, today).await.expect("the figures").spending;
        let named: Vec<(&str, i64)> = spending
            .accounts
            .iter()
            .map(|account| (account.name.as_str(), account.amount))
            .collect();
        let largest = [
            ("Rent", 90_000),
            ("Travel", 23_000),
            ("Advertising", 20_000),
            ("Supplies", 7000),
            ("Insurance", 6000),
            ("Bank Charges", 500),
        ];
        assert_eq!(named, largest);
        assert_eq!((spending.others, spending.from), (400, date!(2025 - 12 - 01)));
    });
}

#[test]
fn a_bank_line_with_an_entry_of_its_amount_within_ten_days_has_a_suggestion() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let checking = fixture::account(&cx, "Business Checking").await;
        let lines = [("20261110", "-25.00"), ("20261112", "-31.40"), ("20261112", "90.00")];
        let lines: String = (1..)
            .zip(lines)
            .map(|(n, (day, amount))| {
                format!("<STMTTRN><DTPOSTED>{day}<TRNAMT>{amount}<FITID>{n}<NAME>Line {n}</STMTTRN>")
            })
            .collect();
        let file = format!(
            "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>121<ACCTID>7004<ACCTTYPE>CHECKING\
             </BANKACCTFROM><BANKTRANLIST>{lines}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
        );
        let source = StatementSource::Bytes {
            file_name: "november.ofx".to_owned(),
            bytes: file.into_bytes(),
        };
        let choice = StatementChoice {
            of_file: String::new(),
            account_id: checking,
        };
        statement_import(&cx, source, &[choice], &fixture::key())
            .await
            .expect("imported");
        fixture::post(
            &cx,
            date!(2026 - 11 - 01),
            &[("Meals", 2500), ("Business Checking", -2500)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 10 - 31),
            &[("Meals", 3140), ("Business Checking", -3140)],
        )
        .await;
        let to_do = home_figures(&cx, date!(2026 - 11 - 22))
            .await
            .expect("the figures")
            .to_do;
        assert_eq!((to_do.bank_lines_to_review, to_do.bank_lines_suggested), (3, Some(1)));
    });
}

#[test]
fn the_forecast_counts_what_is_due_what_is_entered_ahead_and_what_recurs() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let today = date!(2026 - 11 - 22);
        let posted = [
            (
                date!(2026 - 11 - 01),
                "Business Checking",
                "Member Contributions",
                100_000,
            ),
            (date!(2026 - 11 - 20), "Undeposited Funds", "Sales of Services", 3000),
            // Overdue since October; and a bill entered before its day.
            (
                date!(2026 - 10 - 15),
                "Accounts Receivable @ Hollis Hardware",
                "Sales of Services",
                20_000,
            ),
            (
                date!(2026 - 12 - 01),
                "Rent",
                "Accounts Payable @ Cedar Property",
                32_000,
            ),
            // A check with a later date, and one that lies beyond six weeks.
            (date!(2026 - 12 - 10), "Supplies", "Business Checking", 4500),
            (date!(2027 - 01 - 20), "Supplies", "Business Checking", 99_900),
        ];
        for (day, debit, credit, amount) in posted {
            fixture::post(&cx, day, &[(debit, amount), (credit, -amount)]).await;
        }
        let schedule = Schedule {
            unit: Unit::Week,
            step: 2,
            starts_on: date!(2026 - 11 - 27),
            ends_on: Some(date!(2026 - 12 - 20)),
        };
        let template = TemplateInput {
            name: "Wages".to_owned(),
            memo: String::new(),
            reference: String::new(),
            marks: Marks::default(),
            schedule: Some(schedule),
            issues: false,
            reversing: false,
            lines: vec![
                fixture::line(&cx, "Wages", 11_000).await,
                fixture::line(&cx, "Business Checking", -11_000).await,
            ],
        };
        recurring_create(&cx, &template, &fixture::key())
            .await
            .expect("a template");
        // An accrual of wages with its reversal on the first: they settle each other, and nobody is paid by it.
        let accrual = TemplateInput {
            name: "Accrued wages".to_owned(),
            reversing: true,
            issues: true,
            schedule: Some(Schedule {
                ends_on: None,
                ..schedule
            }),
            lines: vec![
                fixture::line(&cx, "Wages", 7000).await,
                fixture::line(&cx, "Accounts Payable @ Staff", -7000).await,
            ],
            ..template.clone()
        };
        recurring_create(&cx, &accrual, &fixture::key())
            .await
            .expect("a template");
        let made = forecast_get(&cx, today).await.expect("the forecast");
        let expected: Vec<(Date, i64)> = made.items.iter().map(|item| (item.expected_on, item.amount)).collect();
        let due = [
            (date!(2026 - 11 - 23), 20_000),
            (date!(2026 - 11 - 23), 3000),
            (date!(2026 - 11 - 27), -11_000),
            (date!(2026 - 12 - 01), -32_000),
            (date!(2026 - 12 - 10), -4500),
            (date!(2026 - 12 - 11), -11_000),
        ];
        assert_eq!(expected, due);
        assert_eq!(made.items[1].coming, Coming::Undeposited);
        assert!(!made.is_cut);
        let weeks: Vec<i64> = made.forecast.weeks.iter().map(|week| week.cash).collect();
        assert_eq!(weeks, [100_000, 112_000, 80_000, 64_500, 64_500, 64_500, 64_500]);
        assert_eq!((made.forecast.money_in, made.forecast.money_out), (23_000, 58_500));
        // Home says the same.
        let home = home_figures(&cx, today).await.expect("the figures");
        assert_eq!((home.cash, home.forecast), (100_000, made.forecast));
    });
}

#[test]
fn what_a_customer_paid_ahead_settles_what_they_owe_first() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let customer = "Accounts Receivable @ Hollis Hardware";
        for (day, amount) in [(date!(2026 - 12 - 01), 5000), (date!(2026 - 12 - 10), 3000)] {
            fixture::post(&cx, day, &[(customer, amount), ("Sales of Services", -amount)]).await;
        }
        let paid = date!(2026 - 11 - 20);
        fixture::post(&cx, paid, &[("Business Checking", 6000), (customer, -6000)]).await;
        let made = forecast_get(&cx, date!(2026 - 11 - 22)).await.expect("the forecast");
        let expected: Vec<(Date, i64)> = made.items.iter().map(|item| (item.due_on, item.amount)).collect();
        assert_eq!(expected, [(date!(2026 - 12 - 10), 2000)]);
        assert_eq!((made.forecast.money_in, made.forecast.money_out), (2000, 0));
    });
}

#[test]
fn what_is_paid_or_applied_is_expected_no_more() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let (bill, pay) = ("Accounts Payable @ Cedar Property", date!(2026 - 11 - 20));
        fixture::post(&cx, date!(2026 - 11 - 10), &[("Rent", 32_000), (bill, -32_000)]).await;
        fixture::post(&cx, pay, &[(bill, 32_000), ("Business Checking", -32_000)]).await;
        let before = forecast_get(&cx, date!(2026 - 11 - 22)).await.expect("the forecast");
        // Not applied yet, the payment settles the bill already: no money moves for either again.
        assert!(before.items.is_empty());
        assert_eq!((before.forecast.money_in, before.forecast.money_out), (0, 0));
        let home = home_figures(&cx, date!(2026 - 11 - 22)).await.expect("the figures");
        assert_eq!((home.forecast.money_in, home.forecast.money_out), (0, 0));
        assert_eq!(home.to_do.overdue_bills.items, 0);
        let items = fixture::open_items(&cx, fixture::END).await;
        let of = |sign: i64| {
            items
                .iter()
                .find(|item| item.open.signum() == sign)
                .expect("an open item")
                .id
        };
        settlement_apply(&cx, of(1), of(-1), 32_000, pay, &fixture::key())
            .await
            .expect("applied");
        let after = forecast_get(&cx, date!(2026 - 11 - 22)).await.expect("the forecast");
        assert!(after.items.is_empty());
        assert_eq!(after.forecast.weeks, before.forecast.weeks);
        assert_eq!((after.forecast.money_in, after.forecast.money_out), (0, 0));
    });
}
