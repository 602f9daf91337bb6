//! The textbook from its journal file to its statements.

use std::collections::BTreeSet;

use books::check::books_check;
use books::journal_import::{ImportOutcome, journal_import};
use books::reports::{report_balance_sheet, report_profit_and_loss, report_trial_balance};
use ledger::statements::{TotalName, TrialBalance};
use tenancy::Cx;
use testkit::run;
use time::Date;
use time::macros::date;

use crate::fixture;
use crate::textbook::Textbook;

const JANUARY_1: Date = date!(2019 - 01 - 01);
const JANUARY_31: Date = date!(2019 - 01 - 31);

async fn imported(cx: &Cx, file: &str) -> ImportOutcome {
    let outcome = journal_import(cx, file.as_bytes(), false, &fixture::key())
        .await
        .expect("the import runs");
    assert_eq!(outcome.errors, []);
    outcome
}

fn balances(trial_balance: &TrialBalance) -> Vec<(String, i64)> {
    let mut balances: Vec<(String, i64)> = trial_balance
        .rows
        .iter()
        .map(|row| (row.account.clone(), row.debit.minor - row.credit.minor))
        .collect();
    balances.sort();
    balances
}

#[test]
fn the_twelve_entries_give_the_textbooks_unadjusted_trial_balance() {
    run(async |kit| {
        let Some(textbook) = Textbook::load() else { return };
        let cx = fixture::company(kit, "Printing Plus").await;
        assert_eq!(imported(&cx, &textbook.journal()).await.new, 12);
        let report = report_trial_balance(&cx, JANUARY_31)
            .await
            .expect("a trial balance")
            .statement;
        assert_eq!(report.total_debit.to_plain(), "34000.00");
        assert_eq!(report.total_credit.to_plain(), "34000.00");
        assert_eq!(
            report.total_debit.minor,
            textbook.figure("unadjusted_trial_balance/total")
        );
        assert_eq!(balances(&report), textbook.trial_balance("unadjusted_trial_balance"));
    });
}

#[test]
fn with_the_five_adjusting_entries_every_statement_is_the_textbooks() {
    run(async |kit| {
        let Some(textbook) = Textbook::load() else { return };
        let cx = fixture::company(kit, "Printing Plus").await;
        imported(&cx, &textbook.journal()).await;
        assert_eq!(imported(&cx, &textbook.adjustments()).await.new, 5);

        let trial_balance = report_trial_balance(&cx, JANUARY_31)
            .await
            .expect("a trial balance")
            .statement;
        assert_eq!(trial_balance.total_debit.to_plain(), "35715.00");
        assert_eq!(
            balances(&trial_balance),
            textbook.trial_balance("adjusted_trial_balance")
        );

        let profit_and_loss = report_profit_and_loss(&cx, JANUARY_1, JANUARY_31)
            .await
            .expect("a profit and loss")
            .statement;
        assert_eq!(profit_and_loss.total(TotalName::NetIncome).to_plain(), "4665.00");
        assert_eq!(
            profit_and_loss.total(TotalName::NetIncome).minor,
            textbook.figure("income_statement/net_income")
        );

        let sheet = report_balance_sheet(&cx, JANUARY_31)
            .await
            .expect("a balance sheet")
            .statement;
        let total = |name| sheet.total(name).minor;
        assert_eq!(sheet.total(TotalName::Assets).to_plain(), "29965.00");
        assert_eq!(total(TotalName::Assets), textbook.figure("balance_sheet/assets"));
        assert_eq!(
            total(TotalName::Liabilities),
            textbook.figure("balance_sheet/liabilities")
        );
        let equity = total(TotalName::LiabilitiesAndEquity) - total(TotalName::Liabilities);
        assert_eq!(equity, textbook.figure("balance_sheet/equity"));
        assert_eq!(total(TotalName::Difference), 0);
        assert_eq!(books_check(&cx).await.expect("the check runs"), []);
    });
}

#[test]
fn the_years_profit_becomes_retained_earnings_on_the_first_of_january() {
    run(async |kit| {
        let Some(textbook) = Textbook::load() else { return };
        let cx = fixture::company(kit, "Printing Plus").await;
        imported(&cx, &textbook.journal()).await;
        imported(&cx, &textbook.adjustments()).await;
        let next_year = report_trial_balance(&cx, date!(2020 - 01 - 01))
            .await
            .expect("a trial balance")
            .statement;
        // The net income of the year; the textbook closes dividends too, which here stay an account of their own.
        let dividends = textbook.figure("retained_earnings/dividends");
        let total = next_year.total_debit.minor;
        assert_eq!(total, textbook.figure("post_closing_trial_balance_total") + dividends);
        let retained = next_year
            .rows
            .iter()
            .find(|row| row.account == "Retained Earnings")
            .expect("retained earnings");
        assert_eq!(
            retained.credit.minor - dividends,
            textbook.figure("retained_earnings/ending")
        );
        let types: BTreeSet<&str> = next_year.rows.iter().map(|row| row.account_type.name()).collect();
        assert!(!types.contains("Income") && !types.contains("Expense"), "{types:?}");
    });
}
