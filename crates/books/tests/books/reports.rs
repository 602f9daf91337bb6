//! What reports show, and what they say about themselves.

use books::Error;
use books::accounts::{NewAccount, account_create, account_merge};
use books::journal::journal_void;
use books::reports::{
    Moment, TrialBalanceAsked, report_balance_sheet, report_profit_and_loss, report_trial_balance,
    report_trial_balance_asked,
};
use ledger::accounts::AccountType;
use ledger::statements::TotalName;
use serde_json::{Value, json};
use tenancy::{Cx, Role};
use testkit::run;
use time::Date;
use time::macros::date;

use crate::fixture;

async fn trial_balance(cx: &Cx, as_of: Date) -> Value {
    let report = report_trial_balance(cx, as_of).await.expect("a trial balance");
    serde_json::to_value(report.statement.json(&report.face())).expect("it serializes")
}

#[test]
fn a_trial_balance_has_each_balance_on_its_own_side() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(
            &cx,
            date!(2026 - 03 - 02),
            &[("Business Checking", -5000), ("Office and Software", 5000)],
        )
        .await;
        fixture::post(
            &cx,
            date!(2026 - 03 - 03),
            &[
                ("Accounts Receivable @ Hollis Hardware", 8000),
                ("Sales of Services", -8000),
            ],
        )
        .await;
        let expected = json!([
                {"number": "1000", "account": "Business Checking", "type": "Bank", "debit": "0.00", "credit": "50.00"},
                {"number": "1100", "account": "Accounts Receivable", "type": "Accounts Receivable", "debit": "80.00", "credit": "0.00"},
                {"number": "4000", "account": "Sales of Services", "type": "Income", "debit": "0.00", "credit": "80.00"},
                {"number": "6160", "account": "Office and Software", "type": "Expense", "debit": "50.00", "credit": "0.00"},
        ]);
        let whole = trial_balance(&cx, date!(2026 - 03 - 31)).await;
        assert_eq!(whole["rows"], expected);
        assert_eq!(
            (&whole["total_debit"], &whole["total_credit"]),
            (&json!("130.00"), &json!("130.00"))
        );
        assert_eq!(whole["company"], "Juniper Cycles");
        assert_eq!(whole["as_of"], "2026-03-31");
    });
}

#[test]
fn an_overdrawn_account_stays_an_asset_with_a_minus_and_a_refund_stays_income() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(
            &cx,
            date!(2026 - 03 - 02),
            &[("Business Checking", -5000), ("Discounts and Refunds Given", 5000)],
        )
        .await;
        let sheet = report_balance_sheet(&cx, date!(2026 - 03 - 31))
            .await
            .expect("a balance sheet")
            .statement;
        assert_eq!(sheet.total(TotalName::Assets).to_plain(), "-50.00");
        assert_eq!(sheet.total(TotalName::LiabilitiesAndEquity).to_plain(), "-50.00");
        assert_eq!(sheet.sections[0].rows[0].amount(), -5000);
        let earned = report_profit_and_loss(&cx, date!(2026 - 03 - 01), date!(2026 - 03 - 31))
            .await
            .expect("a profit and loss")
            .statement;
        assert_eq!(earned.total(TotalName::NetIncome).to_plain(), "-50.00");
        assert_eq!(earned.sections[0].rows[0].amount(), -5000);
    });
}

#[test]
fn a_report_counts_its_last_day_and_nothing_after_it_on_any_day_of_a_month() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        for day in [
            date!(2026 - 01 - 31),
            date!(2026 - 02 - 01),
            date!(2026 - 02 - 14),
            date!(2026 - 02 - 15),
            date!(2026 - 02 - 28),
            date!(2026 - 03 - 01),
        ] {
            fixture::post(&cx, day, &[("Business Checking", 100), ("Sales of Services", -100)]).await;
        }
        for (as_of, cents) in [
            (date!(2026 - 01 - 30), 0),
            (date!(2026 - 01 - 31), 100),
            (date!(2026 - 02 - 01), 200),
            (date!(2026 - 02 - 13), 200),
            (date!(2026 - 02 - 14), 300),
            (date!(2026 - 02 - 15), 400),
            (date!(2026 - 02 - 16), 400),
            (date!(2026 - 02 - 27), 400),
            (date!(2026 - 02 - 28), 500),
            (date!(2026 - 03 - 01), 600),
            (date!(2026 - 12 - 31), 600),
        ] {
            let report = report_trial_balance(&cx, as_of)
                .await
                .expect("a trial balance")
                .statement;
            assert_eq!(report.total_debit.minor, cents, "{as_of}");
        }
        for (from, to, cents) in [
            (date!(2026 - 02 - 01), date!(2026 - 02 - 28), 400),
            (date!(2026 - 02 - 02), date!(2026 - 02 - 27), 200),
            (date!(2026 - 02 - 14), date!(2026 - 02 - 14), 100),
            (date!(2026 - 01 - 31), date!(2026 - 02 - 01), 200),
            (date!(2026 - 02 - 16), date!(2026 - 03 - 31), 200),
        ] {
            let report = report_profit_and_loss(&cx, from, to)
                .await
                .expect("a profit and loss")
                .statement;
            assert_eq!(report.total(TotalName::NetIncome).minor, cents, "{from} to {to}");
        }
    });
}

#[test]
fn a_voided_entry_is_on_no_report() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let written = fixture::issued(
            &cx,
            date!(2026 - 03 - 02),
            &[("Business Checking", 5000), ("Sales of Services", -5000)],
        )
        .await;
        journal_void(
            &cx,
            written.id,
            written.version,
            date!(2026 - 03 - 05),
            "Entered twice.",
            &fixture::key(),
        )
        .await
        .expect("it is voided");
        assert_eq!(trial_balance(&cx, date!(2026 - 03 - 31)).await["rows"], json!([]));
    });
}

#[test]
fn a_report_says_whose_it_is_and_of_which_change() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let as_of = date!(2026 - 03 - 31);
        let before = report_trial_balance(&cx, as_of)
            .await
            .expect("a trial balance")
            .provenance;
        assert_eq!(before.company, "Juniper Cycles");
        assert_eq!((before.from, before.to), (date!(2026 - 01 - 01), as_of));
        assert_eq!(before.basis.code(), "accrual");
        assert_eq!(before.uncategorized_lines, 0);
        assert!(!before.before_books);
        fixture::post(
            &cx,
            date!(2026 - 03 - 02),
            &[("Business Checking", 5000), ("Uncategorized Income", -5000)],
        )
        .await;
        let after = report_trial_balance(&cx, as_of)
            .await
            .expect("a trial balance")
            .provenance;
        assert_eq!(after.change, before.change + 1);
        assert_eq!(after.head.len(), 12);
        assert_ne!(after.head, before.head);
        assert!(after.made_at >= before.made_at);
        assert_eq!(after.uncategorized_lines, 1);
        let february = report_profit_and_loss(&cx, date!(2026 - 02 - 01), date!(2026 - 02 - 28))
            .await
            .expect("a profit and loss");
        assert_eq!(february.provenance.uncategorized_lines, 0);
    });
}

#[test]
fn what_was_merged_into_an_uncategorized_account_is_uncategorized_now_and_was_not_before() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let as_of = date!(2026 - 03 - 31);
        let asked = NewAccount::named("Ask My Accountant", AccountType::Expense);
        let asked = account_create(&cx, &asked, &fixture::key()).await.expect("an account");
        let legs = [("Ask My Accountant", 5000), ("Business Checking", -5000)];
        fixture::post(&cx, date!(2026 - 03 - 02), &legs).await;
        let before = report_trial_balance(&cx, as_of)
            .await
            .expect("a trial balance")
            .provenance;
        assert_eq!(before.uncategorized_lines, 0);
        let into = fixture::account(&cx, "Uncategorized Expense").await;
        account_merge(&cx, asked, into, false, &fixture::key())
            .await
            .expect("merged");
        let merged = report_trial_balance(&cx, as_of)
            .await
            .expect("a trial balance")
            .provenance;
        assert_eq!(merged.uncategorized_lines, 1);
        for (change, lines) in [(before.change, 0), (merged.change, 1)] {
            let known = TrialBalanceAsked {
                moment: Moment::Change(change),
                ..TrialBalanceAsked::of(as_of)
            };
            let known = report_trial_balance_asked(&cx, &known).await.expect("a trial balance");
            assert_eq!(known.provenance.uncategorized_lines, lines, "at change {change}");
        }
    });
}

#[test]
fn a_report_of_days_before_the_books_says_so() {
    run(async |kit| {
        let cx = fixture::company_from(kit, "Juniper Cycles", Some(date!(2026 - 04 - 01))).await;
        for (as_of, before_books) in [
            (date!(2026 - 03 - 30), true),
            (date!(2026 - 03 - 31), false),
            (date!(2026 - 04 - 01), false),
        ] {
            let report = report_balance_sheet(&cx, as_of).await.expect("a balance sheet");
            assert_eq!(report.provenance.before_books, before_books, "{as_of}");
        }
        let quarter = report_profit_and_loss(&cx, date!(2026 - 03 - 01), date!(2026 - 05 - 31))
            .await
            .expect("a profit and loss");
        assert!(quarter.provenance.before_books);
    });
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let report = report_profit_and_loss(&cx, date!(2026 - 03 - 02), date!(2026 - 03 - 01)).await;
        assert_eq!(fixture::fields(report.map(|_| ())), ["to"]);
    });
}

#[test]
fn a_viewer_reads_reports_and_a_company_without_books_has_none() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let viewer = kit.with_role(&cx, Role::Viewer);
        assert!(report_trial_balance(&viewer, date!(2026 - 03 - 31)).await.is_ok());
        let empty = kit.company("Not Set Up").await;
        let report = report_trial_balance(&empty, date!(2026 - 03 - 31)).await;
        assert!(matches!(report, Err(Error::NotFound(_))));
    });
}
