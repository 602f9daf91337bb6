//! Statements in several columns.

use std::collections::HashMap;

use ledger::accounts::AccountType::{Bank, Equity, Expense, Income, OtherExpense};
use ledger::accounts::{AccountRole, CashFlow};
use ledger::money::{AmountOverflow, Currency};
use ledger::statements::{
    AccountBalance, AdjustedBy, AdjustingEntry, Asked, Balances, CashFlowFigures, Cell, Days, FlowRow, Shown,
    Statement, StatementKind, TotalName, TrialColumns, Unit, balance_sheet, cash_flow, plan, profit_and_loss,
    trial_balance,
};
use serde_json::json;
use time::macros::date;

use crate::report::{CALENDAR, account, asked, face};

fn with(account: AccountBalance, amounts: &[i64]) -> AccountBalance {
    AccountBalance {
        amounts: amounts.to_vec(),
        ..account
    }
}

/// Two months: the first measure is both, then each, then the two before them.
fn two_months(change: impl FnOnce(&mut Asked), shown: Shown) -> Result<Statement, AmountOverflow> {
    let mut wanted = Asked {
        unit: Unit::Month,
        ..asked(
            StatementKind::ProfitAndLoss,
            date!(2026 - 09 - 01),
            date!(2026 - 10 - 31),
        )
    };
    change(&mut wanted);
    let plan = plan(&wanted, &CALENDAR).expect("few columns");
    let measures = plan.measures.len();
    let amounts = |of: [i64; 5]| of[..measures].to_vec();
    let accounts = [
        with(
            account(1, "Sales", Income, 0),
            &amounts([-30_000, -10_000, -20_000, 0, -15_000]),
        ),
        with(account(2, "Car", Expense, 0), &amounts([0, 0, 0, 0, 0])),
        AccountBalance {
            parent_id: Some(2),
            ..with(account(3, "Fuel", Expense, 0), &amounts([5000, 0, 5000, 0, 0]))
        },
        AccountBalance {
            parent_id: Some(2),
            ..with(account(4, "Tires", Expense, 0), &amounts([0, 1000, -1000, 0, 0]))
        },
        with(account(5, "Unused", Expense, 0), &amounts([0; 5])),
        AccountBalance {
            active: false,
            ..with(account(6, "Closed", Expense, 0), &amounts([0; 5]))
        },
    ];
    let balances = Balances {
        accounts: accounts.to_vec(),
        retained_before: vec![0; measures],
    };
    profit_and_loss(Currency::USD, plan, &balances, shown)
}

#[test]
fn an_account_has_a_row_when_one_of_the_columns_has_an_amount() -> Result<(), AmountOverflow> {
    let statement = two_months(|_| (), Shown::default())?;
    let rows: Vec<(&str, &[i64])> = statement
        .rows()
        .map(|row| (row.account.as_str(), &row.amounts[..]))
        .collect();
    assert_eq!(
        rows,
        [
            ("Sales", &[30_000, 10_000, 20_000][..]),
            ("Car:Fuel", &[5000, 0, 5000]),
            // Nothing over both months together, and yet something in each.
            ("Car:Tires", &[0, 1000, -1000]),
        ]
    );
    assert_eq!(statement.total(TotalName::NetIncome).minor, 25_000);
    Ok(())
}

#[test]
fn accounts_without_an_amount_are_shown_when_asked_for_but_for_those_that_are_closed() -> Result<(), AmountOverflow> {
    let shown = Shown {
        zero_rows: true,
        ..Shown::default()
    };
    let accounts: Vec<String> = two_months(|_| (), shown)?
        .rows()
        .map(|row| row.account.clone())
        .collect();
    assert_eq!(accounts, ["Sales", "Car", "Car:Fuel", "Car:Tires", "Unused"]);
    Ok(())
}

#[test]
fn months_as_text_stand_beside_each_other_and_their_total() -> Result<(), AmountOverflow> {
    let (from, to) = (date!(2026 - 09 - 01), date!(2026 - 10 - 31));
    let text = two_months(|_| (), Shown::default())?.to_text(&face(Days::Period { from, to }));
    assert_eq!(
        text,
        "\
Printing Plus
Profit and Loss
Sep 1, 2026 to Oct 31, 2026
Accrual basis, USD

                      Sep 2026  Oct 2026   Total
Income
  Sales                 100.00    200.00  300.00
Total Income            100.00    200.00  300.00
Gross Profit            100.00    200.00  300.00
Expenses
  Car
    Fuel                  0.00     50.00   50.00
    Tires                10.00   (10.00)    0.00
  Total for Car          10.00     40.00   50.00
Total Expenses           10.00     40.00   50.00
Net Operating Income     90.00    160.00  250.00
Net Income               90.00    160.00  250.00

Made Feb 1, 2019, 9:14 AM CST from everything up to change 17 (chain 7f3ac90e12ab).
"
    );
    Ok(())
}

#[test]
fn a_change_is_counted_from_what_came_before_and_has_no_percentage_of_nothing() -> Result<(), AmountOverflow> {
    let statement = two_months(
        |asked| {
            asked.prior_period = true;
            asked.percent_of_income = true;
            asked.span.from = date!(2026 - 10 - 01);
            asked.unit = Unit::Total;
        },
        Shown::default(),
    )?;
    // One month and the one before it: the first two measures.
    let cells = |label: &str| {
        let line = statement.lines.iter().find(|line| line.label == label).expect("a line");
        statement.cells(line.amounts.as_deref())
    };
    use Cell::{Amount, Blank, Percent};
    assert_eq!(
        cells("Sales"),
        [
            Amount(30_000),
            Percent(1000),
            Amount(10_000),
            Amount(20_000),
            Percent(2000)
        ]
    );
    assert_eq!(
        cells("Fuel"),
        [Amount(5000), Percent(167), Amount(0), Amount(5000), Blank]
    );
    assert_eq!(
        cells("Tires"),
        [Amount(0), Percent(0), Amount(1000), Amount(-1000), Percent(-1000)]
    );
    assert_eq!(cells("Expenses"), [Blank; 5]);
    let (from, to) = (date!(2026 - 10 - 01), date!(2026 - 10 - 31));
    let csv = statement.to_csv(&face(Days::Period { from, to }));
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some("Account,Oct 2026,% of income,Prior period: Sep 2026,Prior period: Change,Prior period: % change")
    );
    assert_eq!(lines.nth(1), Some("Sales,300.00,100.0,100.00,200.00,200.0"));
    Ok(())
}

#[test]
fn the_json_of_several_columns_has_their_cells_beside_what_the_report_is_about()
-> Result<(), Box<dyn std::error::Error>> {
    let statement = two_months(|_| (), Shown::default())?;
    let (from, to) = (date!(2026 - 09 - 01), date!(2026 - 10 - 31));
    let whole = serde_json::to_value(statement.json(&face(Days::Period { from, to })))?;
    assert_eq!(
        whole["columns"],
        json!([
            {"head": "Sep 2026", "kind": "amount", "from": "2026-09-01", "to": "2026-09-30"},
            {"head": "Oct 2026", "kind": "amount", "from": "2026-10-01", "to": "2026-10-31"},
            {"head": "Total", "kind": "amount", "from": "2026-09-01", "to": "2026-10-31"},
        ])
    );
    assert_eq!(
        whole["sections"][0],
        json!({
            "name": "Income",
            "rows": [{"number": null, "account": "Sales", "amount": "300.00", "cells": ["100.00", "200.00", "300.00"]}],
            "total": "300.00",
            "total_cells": ["100.00", "200.00", "300.00"],
        })
    );
    assert_eq!(whole["totals"]["net_income"], "250.00");
    assert_eq!(whole["total_cells"]["net_income"], json!(["90.00", "160.00", "250.00"]));
    Ok(())
}

#[test]
fn every_column_of_a_balance_sheet_closes_its_own_years() -> Result<(), AmountOverflow> {
    let wanted = Asked {
        unit: Unit::Month,
        ..asked(
            StatementKind::BalanceSheet,
            date!(2025 - 12 - 01),
            date!(2026 - 01 - 31),
        )
    };
    let plan = plan(&wanted, &CALENDAR).expect("two columns");
    // January first, which the report is about: 20 earned this year, 70 before; December: all 70 this year.
    let accounts = [
        with(account(1, "Checking", Bank, 0), &[9000, 7000]),
        with(account(2, "Sales", Income, 0), &[-2000, -7000]),
        AccountBalance {
            role: Some(AccountRole::RetainedEarnings),
            ..with(account(3, "Retained Earnings", Equity, 0), &[0, 0])
        },
    ];
    let balances = Balances {
        accounts: accounts.to_vec(),
        retained_before: vec![7000, 0],
    };
    let sheet = balance_sheet(Currency::USD, plan, &balances, Shown::default())?;
    assert!(sheet.is_balanced());
    let cells = |label: &str| {
        let row = sheet.rows().find(|row| row.account == label).expect("a row");
        sheet.cells(Some(&row.amounts))
    };
    assert_eq!(cells("Retained Earnings"), [Cell::Amount(0), Cell::Amount(7000)]);
    assert_eq!(cells("Net Income"), [Cell::Amount(7000), Cell::Amount(2000)]);
    Ok(())
}

#[test]
fn an_account_that_was_given_another_type_since_stands_in_both_sections() -> Result<(), AmountOverflow> {
    let wanted = Asked {
        against_now: Some("As known at change 7".to_owned()),
        ..asked(
            StatementKind::ProfitAndLoss,
            date!(2026 - 10 - 01),
            date!(2026 - 10 - 31),
        )
    };
    let plan = plan(&wanted, &CALENDAR).expect("three columns");
    let balances = Balances {
        accounts: vec![
            with(account(1, "Depreciation", Expense, 0), &[7500, 0]),
            with(account(1, "Depreciation", OtherExpense, 0), &[0, 7500]),
        ],
        retained_before: vec![0, 0],
    };
    let statement = profit_and_loss(Currency::USD, plan, &balances, Shown::default())?;
    let cells: Vec<Vec<Cell>> = statement
        .rows()
        .map(|row| statement.cells(Some(&row.amounts)))
        .collect();
    assert_eq!(
        cells,
        [[7500, 0, -7500].map(Cell::Amount), [0, 7500, 7500].map(Cell::Amount)]
    );
    assert_eq!(statement.total(TotalName::NetIncome).minor, -7500);
    Ok(())
}

#[test]
fn a_trial_balance_stands_before_and_after_its_adjustments_and_every_pair_of_columns_adds_up()
-> Result<(), AmountOverflow> {
    // Adjusted, unadjusted, the adjusting entries' debits and credits.
    let accounts = [
        with(account(1, "Checking", Bank, 0), &[8000, 10_000, 500, -2500]),
        AccountBalance {
            cash_flow: CashFlow::Operating,
            ..with(account(2, "Sales", Income, 0), &[-10_000, -10_000, 0, 0])
        },
        with(account(3, "Depreciation", Expense, 0), &[2000, 0, 2000, 0]),
    ];
    let balances = Balances {
        accounts: accounts.to_vec(),
        retained_before: vec![0; 4],
    };
    let entry = |document_id: i64, number: &str| AdjustingEntry {
        document_id,
        number: Some(number.to_owned()),
    };
    let adjusted_by = |entries: &[AdjustingEntry], more| AdjustedBy {
        entries: entries.to_vec(),
        more,
    };
    let depreciation = adjusted_by(&[entry(71, "JE-31")], 0);
    let report = trial_balance(Currency::USD, TrialColumns::adjusted(), &balances, Shown::default())?.with_adjustments(
        HashMap::from([
            (1, adjusted_by(&[entry(71, "JE-31"), entry(72, "JE-32")], 12)),
            (3, depreciation),
        ]),
    );
    assert!(report.is_balanced());
    assert_eq!((report.total_debit.minor, report.rows.len()), (10_000, 3));
    let text = report.to_text(&face(Days::AsOf(date!(2026 - 10 - 31))));
    let table = text.split("\n\n").nth(1).expect("a table");
    let (groups, table) = table.split_once('\n').expect("two rows of heads");
    assert_eq!(
        groups.split_whitespace().collect::<Vec<_>>(),
        ["Unadjusted", "Adjustments", "Adjusted"]
    );
    assert_eq!(
        table,
        "\
Number  Account       Type          Debit  Credit        Debit  Credit     Debit  Credit  Adjusting entries
        Checking      Bank         100.00                 5.00   25.00     80.00          JE-31, JE-32 and 12 more
        Sales         Income               100.00                                 100.00
        Depreciation  Expense                            20.00             20.00          JE-31
        Total                      100.00  100.00        25.00   25.00    100.00  100.00"
    );
    let csv = report.to_csv(&face(Days::AsOf(date!(2026 - 10 - 31))));
    let ends: Vec<&str> = csv
        .lines()
        .take(5)
        .filter_map(|line| line.split_once("80.00,0.00,").map(|(_, end)| end))
        .collect();
    assert_eq!(ends, ["\"JE-31, JE-32 and 12 more\""]);
    assert!(csv.starts_with("Number,Account,Type,") && csv.contains(",Adjusted: Credit,Adjusting entries\r\n"));
    let json = serde_json::to_value(report.json(&face(Days::AsOf(date!(2026 - 10 - 31))))).expect("it serializes");
    assert_eq!(
        json["rows"][0]["adjusted_by"],
        json!({"entries": [{"number": "JE-31", "entry_id": 71}, {"number": "JE-32", "entry_id": 72}], "more": 12})
    );
    assert_eq!(json["rows"][1]["adjusted_by"], json!({"entries": [], "more": 0}));
    Ok(())
}

#[test]
fn cash_at_the_end_is_what_was_earned_and_what_moved_otherwise() -> Result<(), AmountOverflow> {
    use ledger::accounts::AccountType::{AccountsReceivable, FixedAsset, LongTermLiability};
    let part = |account: AccountBalance, cash_flow| AccountBalance { cash_flow, ..account };
    let accounts = |amounts: [i64; 8]| {
        vec![
            account(1, "Checking", Bank, amounts[0]),
            account(2, "Receivable", AccountsReceivable, amounts[1]),
            account(3, "Bicycles", FixedAsset, amounts[2]),
            part(account(4, "Written Off", FixedAsset, amounts[3]), CashFlow::Operating),
            account(5, "Loan", LongTermLiability, amounts[4]),
            account(6, "Sales", Income, amounts[5]),
            account(7, "Depreciation", Expense, amounts[6]),
            account(8, "Owner", Equity, amounts[7]),
        ]
    };
    let of = |amounts| Balances {
        accounts: accounts(amounts),
        retained_before: vec![0],
    };
    // Sold for 100, of which 30 are owed; bicycles for 500, written off by 20; borrowed 400, and 50 from the owner.
    let moved = of([2000, 3000, 50_000, -2000, -40_000, -10_000, 2000, -5000]);
    let before = of([700, 0, 0, 0, 0, 0, 0, -700]);
    let at_end = of([2700, 3000, 50_000, -2000, -40_000, -10_000, 2000, -5700]);
    let wanted = asked(StatementKind::CashFlow, date!(2026 - 10 - 01), date!(2026 - 10 - 31));
    let plan = plan(&wanted, &CALENDAR).expect("one column");
    let figures = CashFlowFigures {
        moved,
        before,
        at_end,
        disposed: HashMap::new(),
        non_cash: vec![0],
        non_cash_of: HashMap::new(),
    };
    let statement = cash_flow(Currency::USD, plan, &figures, Shown::default())?;
    assert!(statement.is_balanced());
    let lines: Vec<(&str, i64)> = statement
        .lines
        .iter()
        .filter_map(|line| Some((line.label.as_str(), line.amounts.as_ref()?[0])))
        .collect();
    assert_eq!(
        lines,
        [
            ("Net Income", 8000),
            ("Receivable", -3000),
            ("Written Off", 2000),
            ("Net Cash from Operating Activities", 7000),
            ("Bicycles", -50_000),
            ("Net Cash from Investing Activities", -50_000),
            ("Loan", 40_000),
            ("Owner", 5000),
            ("Net Cash from Financing Activities", 45_000),
            ("Net Change in Cash", 2000),
            ("Cash at Beginning", 700),
            ("Cash at End", 2700),
            ("Cash at End less Cash on the Balance Sheet", 0),
        ]
    );
    Ok(())
}

/// A truck of 10,000, written off by 6,000, is sold for 5,000: a gain of 1,000. A van of 8,000 is bought with a loan alone.
#[test]
fn a_sale_of_equipment_is_investing_whole_and_its_gain_is_no_operating_cash() -> Result<(), AmountOverflow> {
    use ledger::accounts::AccountType::{FixedAsset, LongTermLiability, OtherIncome};
    let part = |account: AccountBalance, cash_flow| AccountBalance { cash_flow, ..account };
    let of = |amounts: [i64; 5]| Balances {
        accounts: vec![
            account(1, "Checking", Bank, amounts[0]),
            account(2, "Vehicles", FixedAsset, amounts[1]),
            part(account(3, "Written Off", FixedAsset, amounts[2]), CashFlow::Operating),
            account(4, "Loan", LongTermLiability, amounts[3]),
            part(account(5, "Gain on Sale", OtherIncome, amounts[4]), CashFlow::Investing),
        ],
        retained_before: vec![0],
    };
    let row = |account_id, account_type, cash_flow| FlowRow {
        account_id,
        account_type,
        cash_flow,
    };
    let figures = CashFlowFigures {
        moved: of([500_000, -1_000_000 + 800_000, 600_000, -800_000, -100_000]),
        before: of([0; 5]),
        at_end: of([500_000, 0, 0, 0, 0]),
        disposed: HashMap::from([(row(3, FixedAsset, CashFlow::Operating), vec![600_000])]),
        non_cash: vec![800_000],
        non_cash_of: HashMap::from([
            (row(2, FixedAsset, CashFlow::Investing), vec![800_000]),
            (row(4, LongTermLiability, CashFlow::Financing), vec![-800_000]),
        ]),
    };
    let wanted = asked(StatementKind::CashFlow, date!(2026 - 10 - 01), date!(2026 - 10 - 31));
    let plan = plan(&wanted, &CALENDAR).expect("one column");
    let statement = cash_flow(Currency::USD, plan, &figures, Shown::default())?;
    assert!(statement.is_balanced());
    let lines: Vec<(&str, i64)> = statement
        .lines
        .iter()
        .filter_map(|line| Some((line.label.as_str(), line.amounts.as_ref()?[0])))
        .collect();
    assert_eq!(
        lines,
        [
            ("Net Income", 100_000),
            ("Gain on Sale", -100_000),
            ("Net Cash from Operating Activities", 0),
            ("Vehicles", 1_000_000),
            ("Written Off", -600_000),
            ("Gain on Sale", 100_000),
            ("Net Cash from Investing Activities", 500_000),
            ("Net Change in Cash", 500_000),
            ("Cash at Beginning", 0),
            ("Cash at End", 500_000),
            ("Cash at End less Cash on the Balance Sheet", 0),
            ("Invested and Financed without Cash", 800_000),
        ]
    );
    Ok(())
}
