//! The faces of the reports: their JSON, which scripts rely on, and their text and CSV.

use ledger::accounts::{AccountRole, AccountType};
use ledger::money::{AmountOverflow, Currency};
use ledger::statements::{
    AccountBalance, BalanceSheet, Basis, LineKind, ProfitAndLoss, balance_sheet, profit_and_loss, trial_balance,
};
use serde_json::json;
use time::macros::date;

fn account(
    account_id: i64,
    number: Option<&str>,
    name: &str,
    account_type: AccountType,
    amount: i64,
) -> AccountBalance {
    AccountBalance {
        account_id,
        parent_id: None,
        number: number.map(str::to_owned),
        name: name.to_owned(),
        account_type,
        role: None,
        amount,
    }
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

fn profit_and_loss_of(balances: &[AccountBalance]) -> Result<ProfitAndLoss, AmountOverflow> {
    let (from, to) = (date!(2026 - 01 - 01), date!(2026 - 10 - 31));
    profit_and_loss(from, to, Basis::Accrual, Currency::USD, balances)
}

fn balance_sheet_of(balances: &[AccountBalance], retained_before: i64) -> Result<BalanceSheet, AmountOverflow> {
    let as_of = date!(2026 - 10 - 31);
    balance_sheet(as_of, Basis::Accrual, Currency::USD, balances, retained_before)
}

#[test]
fn the_json_of_a_trial_balance_is_what_scripts_rely_on() -> Result<(), Box<dyn std::error::Error>> {
    let as_of = date!(2026 - 10 - 31);
    let report = trial_balance(as_of, Basis::Accrual, Currency::USD, &shop(), RETAINED_BEFORE)?;
    assert_eq!(
        serde_json::to_value(&report)?,
        json!({
            "as_of": "2026-10-31",
            "basis": "accrual",
            "currency": "USD",
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
    );
    Ok(())
}

#[test]
fn the_json_of_a_profit_and_loss_has_all_five_sections() -> Result<(), Box<dyn std::error::Error>> {
    assert_eq!(
        serde_json::to_value(profit_and_loss_of(&shop())?)?,
        json!({
            "from": "2026-01-01",
            "to": "2026-10-31",
            "basis": "accrual",
            "currency": "USD",
            "sections": [
                {"name": "Income", "rows": [
                    {"account": "Sales", "amount": "1234.50"},
                    {"account": "Refunds", "amount": "-34.50"},
                ], "total": "1200.00"},
                {"name": "Cost of Goods Sold", "rows": [], "total": "0.00"},
                {"name": "Expenses", "rows": [
                    {"account": "Utilities", "amount": "20.00"},
                    {"account": "Utilities:=Phone, fax", "amount": "503.00"},
                ], "total": "523.00"},
                {"name": "Other Income", "rows": [], "total": "0.00"},
                {"name": "Other Expenses", "rows": [], "total": "0.00"},
            ],
            "totals": {"gross_profit": "1200.00", "net_operating_income": "677.00", "net_income": "677.00"},
        })
    );
    Ok(())
}

#[test]
fn the_json_of_a_balance_sheet_ends_equity_with_retained_earnings_and_net_income()
-> Result<(), Box<dyn std::error::Error>> {
    let sheet = serde_json::to_value(balance_sheet_of(&shop(), RETAINED_BEFORE)?)?;
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
            {"account": "Retained Earnings", "amount": "150.00"},
            {"account": "Net Income", "amount": "677.00"},
        ], "total": "827.00"})
    );
    assert_eq!(
        sheet["totals"],
        json!({"assets": "1027.00", "liabilities": "200.00", "equity": "827.00", "liabilities_and_equity": "1027.00"})
    );
    assert_eq!(sheet["as_of"], "2026-10-31");
    Ok(())
}

#[test]
fn a_parent_shows_its_own_amount_first_and_its_total_last() -> Result<(), AmountOverflow> {
    let lines: Vec<(LineKind, String, usize, Option<String>)> = profit_and_loss_of(&shop())?
        .lines()
        .into_iter()
        .skip_while(|line| line.label != "Expenses")
        .take(5)
        .map(|line| {
            let amount = line.amount.map(|amount| amount.to_report());
            (line.kind, line.label, line.depth, amount)
        })
        .collect();
    let expected = [
        (LineKind::Heading, "Expenses", 0, None),
        (LineKind::Account, "Utilities", 1, Some("20.00")),
        (LineKind::Account, "=Phone, fax", 2, Some("503.00")),
        (LineKind::AccountTotal, "Total for Utilities", 1, Some("523.00")),
        (LineKind::Total, "Total Expenses", 0, Some("523.00")),
    ]
    .map(|(kind, label, depth, amount)| (kind, label.to_owned(), depth, amount.map(str::to_owned)));
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
    let csv = profit_and_loss_of(&balances)?.to_csv();
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
        ]
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
    balances[0].amount += 100;
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
    let as_of = date!(2026 - 10 - 31);
    let report = trial_balance(as_of, Basis::Cash, Currency::USD, &balances, 10_000)?;
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
    let as_of = date!(2026 - 10 - 31);
    let report = trial_balance(as_of, Basis::Accrual, Currency::USD, &balances, 0)?;
    assert_eq!(
        report.to_csv(),
        "Number,Account,Type,Debit,Credit\r\n\
         1000,'=cmd,Bank,1234.50,0.00\r\n\
         ,\"Sales, net\",Income,0.00,1234.50\r\n\
         ,Total,,1234.50,1234.50\r\n"
    );
    assert_eq!(
        report.to_text(),
        "\
Trial Balance
As of Oct 31, 2026
Accrual basis, USD

Number  Account     Type       Debit    Credit
1000    =cmd        Bank    1,234.50
        Sales, net  Income            1,234.50
        Total               1,234.50  1,234.50
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
    let results: Vec<(String, String)> = report
        .lines()
        .into_iter()
        .filter(|line| !line.label.starts_with("Total") && line.account_id.is_none())
        .filter_map(|line| Some((line.label, line.amount?.to_report())))
        .collect();
    let expected = [
        ("Gross Profit", "60.00"),
        ("Net Operating Income", "60.00"),
        ("Net Other Income", "(2.00)"),
        ("Net Income", "58.00"),
    ]
    .map(|(label, amount)| (label.to_owned(), amount.to_owned()));
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
    let as_of = date!(2026 - 10 - 31);
    let report = trial_balance(as_of, Basis::Accrual, Currency::USD, &balances, 0);
    assert_eq!(report, Err(AmountOverflow));
    assert_eq!(balance_sheet_of(&balances, 0), Err(AmountOverflow));
}
