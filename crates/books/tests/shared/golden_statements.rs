//! Every statement of a company as text and as JSON, compared to the letter with files that were read and found right.

use books::reports::{Report, StatementAsked, TrialBalanceAsked, report_statement, report_trial_balance_asked};
use ledger::statements::{Face, Statement, StatementKind, TrialBalance, Unit};
use tenancy::Cx;
use time::Date;

use crate::golden_file::{CHAIN, CHANGE, MADE, MADE_AT, assert_golden};

/// A face without what differs from run to run.
pub fn face(of: Face) -> Face {
    Face {
        made: MADE.to_owned(),
        made_at: MADE_AT.to_owned(),
        change: CHANGE,
        chain: CHAIN.to_owned(),
        ..of
    }
}

fn assert_statement(name: &str, report: &Report<Statement>) {
    let face = face(report.face());
    assert!(report.statement.is_balanced());
    assert_golden(&format!("{name}.txt"), &report.statement.to_text(&face));
    let json = serde_json::to_string_pretty(&report.statement.json(&face)).expect("it serializes");
    assert_golden(&format!("{name}.json"), &(json + "\n"));
}

fn assert_trial_balance(name: &str, report: &Report<TrialBalance>) {
    let face = face(report.face());
    assert!(report.statement.is_balanced());
    assert_golden(&format!("{name}.txt"), &report.statement.to_text(&face));
    let json = serde_json::to_string_pretty(&report.statement.json(&face)).expect("it serializes");
    assert_golden(&format!("{name}.json"), &(json + "\n"));
}

/// All statements of a company: as they are read first, by quarter, and compared with the period and the year before; and the trial
/// balance, also with its unadjusted, adjusting and adjusted columns.
pub async fn assert_statements(cx: &Cx, of: &str, from: Date, to: Date, year_end: Date) {
    let plain = |kind| StatementAsked::total(kind, from, to);
    for (kind, name) in [
        (StatementKind::ProfitAndLoss, "profit-and-loss"),
        (StatementKind::BalanceSheet, "balance-sheet"),
        (StatementKind::CashFlow, "cash-flow"),
    ] {
        let read = async |asked: StatementAsked| report_statement(cx, &asked).await.expect("a statement");
        assert_statement(&format!("{of}-{name}"), &read(plain(kind)).await);
        let quarters = StatementAsked {
            unit: Unit::Quarter,
            to: year_end,
            ..plain(kind)
        };
        assert_statement(&format!("{of}-{name}-quarters"), &read(quarters).await);
        let compared = StatementAsked {
            prior_period: true,
            prior_year: true,
            percent_of_income: true,
            ..plain(kind)
        };
        assert_statement(&format!("{of}-{name}-compared"), &read(compared).await);
    }
    for (adjusted, name) in [(false, "trial-balance"), (true, "trial-balance-adjusted")] {
        let asked = TrialBalanceAsked {
            adjusted,
            ..TrialBalanceAsked::of(to)
        };
        let report = report_trial_balance_asked(cx, &asked).await.expect("a trial balance");
        assert_trial_balance(&format!("{of}-{name}"), &report);
    }
}
