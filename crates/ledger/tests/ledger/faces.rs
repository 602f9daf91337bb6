//! The faces of the reports: their JSON, which scripts rely on, and their text and CSV.

use ledger::accounts::{AccountRole, AccountType};
use ledger::money::AmountOverflow;
use ledger::statements::{AccountBalance, Days, Face, LineKind, Source, Statement, TotalName};
use serde_json::{Value, json};
use time::Date;
use time::macros::date;

use crate::report::{earned_of, face, sheet_of, trial_of};

const FROM: Date = date!(2026 - 01 - 01);
const TO: Date = date!(2026 - 10 - 31);

fn account(
    account_id: i64,
    number: Option<&str>,
    name: &str,
    account_type: AccountType,
    amount: i64,
) -> AccountBalance {
    AccountBalance {
        number: number.map(str::to_owned),
        ..crate::report::account(account_id, name, account_type, amount)
    }
}

fn as_of_face() -> Face {
    face(Days::AsOf(TO))
}

fn period_face() -> Face {
    face(Days::Period { from: FROM, to: TO })
}

/// What every report says of itself, and what this one says beside that.
fn faced(report: &str, days: Value, of: Value) -> Value {
    let mut whole = json!({
        "company": "Printing Plus", "report": report, "basis": "accrual", "currency": "USD",
        "made_at": "2019-02-01T15:14:09Z", "change": 17, "chain": "7f3ac90e12ab",
    });
    for part in [days, of] {
        for (name, value) in part.as_object().expect("an object") {
            whole[name] = value.clone();
        }
    }
    whole
}

/// A shop after some weeks; retained earnings of 50.00 were posted, 100.00 earned in other years.
fn shop() -> Vec<AccountBalance> {
    vec![
        account(1, Some("1000"), "Checking", AccountType::Bank, 102_700),
        account(2, Some("2100"), "Card", AccountType::CreditCard, -20_000),
        AccountBalance {
            role: Some(AccountRole::RetainedEarnings),
            ..account(3, Some("3900"), "Retained Earnings", AccountType::Equity, -5_000)
        },
        account(4, Some("4000"), "Sales", AccountType::Income, -123_450),
        account(5, None, "Refunds", AccountType::Income, 3_450),
        account(6, Some("6300"), "Utilities", AccountType::Expense, 2_000),
        AccountBalance {
            parent_id: Some(6),
            ..account(7, Some("6310"), "=Phone, fax", AccountType::Expense, 50_300)
        },
        account(8, Some("6000"), "Rent", AccountType::Expense, 0),
    ]
}

const RETAINED_BEFORE: i64 = 10_000;

fn profit_and_loss_of(balances: &[AccountBalance]) -> Result<Statement, AmountOverflow> {
    earned_of(FROM, TO, balances)
}

fn balance_sheet_of(balances: &[AccountBalance], retained_before: i64) -> Result<Statement, AmountOverflow> {
    sheet_of(TO, balances, retained_before)
}

#[test]
fn the_json_of_a_trial_balance_is_what_scripts_rely_on() -> Result<(), Box<dyn std::error::Error>> {
    let report = trial_of(&shop(), RETAINED_BEFORE)?;
    assert_eq!(
        serde_json::to_value(report.json(&as_of_face()))?,
        faced(
            "Trial Balance",
            json!({"as_of": "2026-10-31"}),
            json!({
                "rows": [
                    {"number": "1000", "account": "Checking", "type": "Bank", "debit": "1027.00", "credit": "0.00"},
                    {"number": "2100", "account": "Card", "type": "Credit Card", "debit": "0.00", "credit": "200.00"},
                    {"number": "3900", "account": "Retained Earnings", "type": "Equity", "debit": "0.00", "credit": "150.00"},
                    {"number": "4000", "account": "Sales", "type": "Income", "debit": "0.00", "credit": "1234.50"},
                    {"number": null, "account": "Refunds", "type": "Income", "debit": "34.50", "credit": "0.00"},
                    {"number": "6300", "account": "Utilities", "type": "Expense", "debit": "20.00", "credit": "0.00"},
                    {"number": "6310", "account": "Utilities:=Phone, fax", "type": "Expense", "debit": "503.00", "credit": "0.00"},
                ],
                "total_debit": "1584.50",
                "total_credit": "1584.50",
            })
        )
    );
    Ok(())
}

#[test]
fn the_json_of_a_profit_and_loss_has_all_five_sections() -> Result<(), Box<dyn std::error::Error>> {
    assert_eq!(
        serde_json::to_value(profit_and_loss_of(&shop())?.json(&period_face()))?,
        faced(
            "Profit and Loss",
            json!({"from": "2026-01-01", "to": "2026-10-31"}),
            json!({
                "sections": [
                    {"name": "Income", "rows": [
                        {"number": "4000", "account": "Sales", "amount": "1234.50"},
                        {"number": null, "account": "Refunds", "amount": "-34.50"},
                    ], "total": "1200.00"},
                    {"name": "Cost of Goods Sold", "rows": [], "total": "0.00"},
                    {"name": "Expenses", "rows": [
                        {"number": "6300", "account": "Utilities", "amount": "20.00"},
                        {"number": "6310", "account": "Utilities:=Phone, fax", "amount": "503.00"},
                    ], "total": "523.00"},
                    {"name": "Other Income", "rows": [], "total": "0.00"},
                    {"name": "Other Expenses", "rows": [], "total": "0.00"},
                ],
                "totals": {
                    "gross_profit": "1200.00", "net_operating_income": "677.00", "net_other_income": "0.00", "net_income": "677.00",
                },
            })
        )
    );
    Ok(())
}

#[test]
fn the_json_of_a_balance_sheet_ends_equity_with_retained_earnings_and_net_income()
-> Result<(), Box<dyn std::error::Error>> {
    let sheet = serde_json::to_value(balance_sheet_of(&shop(), RETAINED_BEFORE)?.json(&as_of_face()))?;
    let sections = sheet["sections"].as_array().ok_or("sections is a list")?;
    let names: Vec<&str> = sections.iter().filter_map(|section| section["name"].as_str()).collect();
    assert_eq!(
        names,
        [
            "Bank",
            "Accounts Receivable",
            "Other Current Assets",
            "Fixed Assets",
            "Other Assets",
            "Accounts Payable",
            "Credit Cards",
            "Other Current Liabilities",
            "Long-Term Liabilities",
            "Equity"
        ]
    );
    assert_eq!(
        sections[9],
        json!({"name": "Equity", "rows": [
            {"number": "3900", "account": "Retained Earnings", "amount": "150.00"},
            {"number": null, "account": "Net Income", "amount": "677.00"},
        ], "total": "827.00"})
    );
    assert_eq!(
        sheet["totals"],
        json!({
            "assets": "1027.00", "liabilities": "200.00", "equity": "827.00", "liabilities_and_equity": "1027.00",
            "current_assets": "1027.00", "current_liabilities": "200.00", "difference": "0.00",
        })
    );
    assert_eq!(sheet["as_of"], "2026-10-31");
    Ok(())
}

#[test]
fn a_parent_shows_its_own_amount_first_and_its_total_last() -> Result<(), AmountOverflow> {
    let lines: Vec<(LineKind, String, usize, Option<i64>)> = profit_and_loss_of(&shop())?
        .lines
        .into_iter()
        .skip_while(|line| line.label != "Expenses")
        .take(5)
        .map(|line| {
            let amount = line.amounts.map(|amounts| amounts[0]);
            (line.kind, line.label, line.depth, amount)
        })
        .collect();
    let expected = [
        (LineKind::Heading, "Expenses", 0, None),
        (LineKind::Account, "Utilities", 1, Some(2_000)),
        (LineKind::Account, "=Phone, fax", 2, Some(50_300)),
        (LineKind::AccountTotal, "Total for Utilities", 1, Some(52_300)),
        (LineKind::Total, "Total Expenses", 0, Some(52_300)),
    ]
    .map(|(kind, label, depth, amount)| (kind, label.to_owned(), depth, amount));
    assert_eq!(lines, expected);
    Ok(())
}

#[test]
fn a_parent_without_an_amount_heads_its_subaccounts_and_those_below_them() -> Result<(), AmountOverflow> {
    let below = |parent_id, balance| AccountBalance {
        parent_id: Some(parent_id),
        ..balance
    };
    let balances = [
        account(1, None, "Car", AccountType::Expense, 0),
        below(1, account(2, None, "Fuel", AccountType::Expense, 0)),
        below(2, account(3, None, "Diesel", AccountType::Expense, 300)),
        below(2, account(4, None, "Unused", AccountType::Expense, 0)),
        below(1, account(5, None, "Tires", AccountType::Expense, -100)),
        account(6, None, "Rent", AccountType::Expense, 1_000),
    ];
    let csv = profit_and_loss_of(&balances)?.to_csv(&period_face());
    assert_eq!(
        csv.lines().collect::<Vec<_>>(),
        [
            "Account,Amount",
            "Gross Profit,0.00",
            "Expenses,",
            "Car,",
            "Car:Fuel,",
            "Car:Fuel:Diesel,3.00",
            "Total for Car:Fuel,3.00",
            "Car:Tires,-1.00",
            "Total for Car,2.00",
            "Rent,10.00",
            "Total Expenses,12.00",
            "Net Operating Income,-12.00",
            "Net Income,-12.00",
            "",
            "Company,Printing Plus",
            "Report,Profit and Loss",
            "Dates,\"Jan 1, 2026 to Oct 31, 2026\"",
            "Basis,Accrual basis",
            "Currency,USD",
            "Made,\"Feb 1, 2019, 9:14 AM CST\"",
            "Change,17",
            "Chain,7f3ac90e12ab",
        ]
    );
    Ok(())
}

#[test]
fn where_the_chart_has_numbers_a_csv_has_them_in_a_column_of_their_own_and_totals_have_none()
-> Result<(), AmountOverflow> {
    let balances = [
        account(1, Some("6000"), "Car", AccountType::Expense, 0),
        AccountBalance {
            parent_id: Some(1),
            ..account(2, Some("6010"), "Fuel", AccountType::Expense, 300)
        },
        account(3, None, "Rent", AccountType::Expense, 1_000),
    ];
    let csv = profit_and_loss_of(&balances)?.to_csv(&period_face());
    let (table, _) = csv.split_once("\r\n\r\n").expect("the face stands below the table");
    assert_eq!(
        table.lines().collect::<Vec<_>>(),
        [
            "Number,Account,Amount",
            ",Gross Profit,0.00",
            ",Expenses,",
            "6000,Car,",
            "6010,Car:Fuel,3.00",
            ",Total for Car,3.00",
            ",Rent,10.00",
            ",Total Expenses,13.00",
            ",Net Operating Income,-13.00",
            ",Net Income,-13.00",
        ]
    );
    let sheet = balance_sheet_of(&shop(), RETAINED_BEFORE)?.to_csv(&as_of_face());
    assert!(
        sheet.contains("3900,Retained Earnings,150.00\r\n,Net Income,677.00\r\n"),
        "{sheet}"
    );
    Ok(())
}

#[test]
fn a_subaccount_of_retained_earnings_stands_before_it_with_its_full_path() -> Result<(), AmountOverflow> {
    let mut balances = shop();
    balances.push(AccountBalance {
        parent_id: Some(3),
        ..account(9, None, "Prior Period", AccountType::Equity, -100)
    });
    balances[0].amounts[0] += 100;
    let sheet = balance_sheet_of(&balances, RETAINED_BEFORE)?;
    assert!(sheet.is_balanced());
    let equity = sheet.sections.last().expect("Equity is always there");
    let accounts: Vec<&str> = equity.rows.iter().map(|row| row.account.as_str()).collect();
    assert_eq!(
        accounts,
        ["Retained Earnings:Prior Period", "Retained Earnings", "Net Income"]
    );
    Ok(())
}

#[test]
fn retained_earnings_have_a_row_where_no_account_carries_them() -> Result<(), AmountOverflow> {
    let balances = [
        account(1, None, "Checking", AccountType::Bank, 10_000),
        account(2, None, "Sales", AccountType::Income, 0),
    ];
    let report = trial_of(&balances, 10_000)?;
    assert!(report.is_balanced());
    let row = &report.rows[1];
    assert_eq!(row.account, "Retained Earnings");
    assert_eq!((row.account_id, row.credit.minor), (None, 10_000));
    assert!(balance_sheet_of(&balances, 10_000)?.is_balanced());
    Ok(())
}

#[test]
fn the_text_and_csv_of_a_trial_balance_align_and_guard_their_cells() -> Result<(), AmountOverflow> {
    let balances = [
        account(1, Some("1000"), "=cmd", AccountType::Bank, 123_450),
        account(2, None, "Sales, net", AccountType::Income, -123_450),
    ];
    let report = trial_of(&balances, 0)?;
    let csv = report.to_csv(&as_of_face());
    let (table, foot) = csv.split_once("\r\n\r\n").expect("the face stands below the table");
    assert_eq!(
        table,
        "Number,Account,Type,Debit,Credit\r\n\
         1000,'=cmd,Bank,1234.50,0.00\r\n\
         ,\"Sales, net\",Income,0.00,1234.50\r\n\
         ,Total,,1234.50,1234.50"
    );
    assert!(foot.starts_with("Company,Printing Plus\r\nReport,Trial Balance\r\nDates,\"As of Oct 31, 2026\"\r\n"));
    assert_eq!(
        report.to_text(&as_of_face()),
        "\
Printing Plus
Trial Balance
As of Oct 31, 2026
Accrual basis, USD

Number  Account     Type       Debit    Credit
1000    =cmd        Bank    1,234.50
        Sales, net  Income            1,234.50
        Total               1,234.50  1,234.50

Made Feb 1, 2019, 9:14 AM CST from everything up to change 17 (chain 7f3ac90e12ab).
"
    );
    Ok(())
}

#[test]
fn other_income_and_expenses_close_with_net_other_income() -> Result<(), AmountOverflow> {
    let balances = [
        account(1, None, "Sales", AccountType::Income, -10_000),
        account(2, None, "Parts", AccountType::CostOfGoodsSold, 4_000),
        account(3, None, "Interest", AccountType::OtherIncome, -50),
        account(4, None, "Penalties", AccountType::OtherExpense, 250),
    ];
    let report = profit_and_loss_of(&balances)?;
    let results: Vec<(TotalName, i64)> = report
        .lines
        .iter()
        .filter_map(|line| match line.source {
            Source::Total(name) => Some((name, line.amounts.as_ref()?[0])),
            _ => None,
        })
        .collect();
    let expected = [
        (TotalName::GrossProfit, 6_000),
        (TotalName::NetOperatingIncome, 6_000),
        (TotalName::NetOtherIncome, -200),
        (TotalName::NetIncome, 5_800),
    ];
    assert_eq!(results, expected);
    Ok(())
}

#[test]
fn figures_too_large_to_be_exact_make_no_report() {
    let balances = [
        account(1, None, "One", AccountType::Bank, i64::MAX),
        account(2, None, "Two", AccountType::Bank, i64::MAX),
        account(3, None, "Loan", AccountType::LongTermLiability, -i64::MAX),
        account(4, None, "More", AccountType::LongTermLiability, -i64::MAX),
    ];
    assert_eq!(trial_of(&balances, 0), Err(AmountOverflow));
    assert_eq!(balance_sheet_of(&balances, 0), Err(AmountOverflow));
}
