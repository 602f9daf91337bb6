//! Printing Plus, the running example of OpenStax, Principles of Accounting, volume 1, chapters 3
//! to 5: January 2019, before and after its five adjusting entries.

use ledger::accounts::AccountType::{
    self, AccountsPayable, AccountsReceivable, Bank, Equity, Expense, FixedAsset, Income, OtherCurrentAsset,
    OtherCurrentLiability,
};
use ledger::money::AmountOverflow;
use ledger::statements::{AccountBalance, Days, TotalName};
use time::macros::date;

use crate::report::{account, earned_of, face, sheet_of, trial_of};

/// Account, type, balance before adjusting, adjustment: dollars, debit positive.
const ACCOUNTS: [(&str, AccountType, i64, i64); 17] = [
    ("Cash", Bank, 24_800, 0),
    ("Accounts Receivable", AccountsReceivable, 1_200, 0),
    ("Interest Receivable", OtherCurrentAsset, 0, 140),
    ("Supplies", OtherCurrentAsset, 500, -100),
    ("Equipment", FixedAsset, 3_500, 0),
    ("Accumulated Depreciation - Equipment", FixedAsset, 0, -75),
    ("Accounts Payable", AccountsPayable, -500, 0),
    ("Salaries Payable", OtherCurrentLiability, 0, -1_500),
    ("Unearned Revenue", OtherCurrentLiability, -4_000, 600),
    ("Common Stock", Equity, -20_000, 0),
    ("Dividends", Equity, 100, 0),
    ("Interest Revenue", Income, 0, -140),
    ("Service Revenue", Income, -9_500, -600),
    ("Supplies Expense", Expense, 0, 100),
    ("Depreciation Expense - Equipment", Expense, 0, 75),
    ("Salaries Expense", Expense, 3_600, 1_500),
    ("Utilities Expense", Expense, 300, 0),
];

fn balances(dollars: impl Fn(i64, i64) -> i64) -> Vec<AccountBalance> {
    (1..)
        .zip(ACCOUNTS)
        .map(|(account_id, (name, account_type, unadjusted, adjustment))| {
            account(account_id, name, account_type, dollars(unadjusted, adjustment) * 100)
        })
        .collect()
}

fn adjusted() -> Vec<AccountBalance> {
    balances(|unadjusted, adjustment| unadjusted + adjustment)
}

#[test]
fn the_unadjusted_trial_balance_totals_34_000() -> Result<(), AmountOverflow> {
    let trial_balance = trial_of(&balances(|unadjusted, _| unadjusted), 0)?;
    assert!(trial_balance.is_balanced());
    assert_eq!(trial_balance.total_debit.to_plain(), "34000.00");
    assert_eq!(trial_balance.rows.len(), 11);
    Ok(())
}

#[test]
fn the_adjusted_trial_balance_totals_35_715() -> Result<(), AmountOverflow> {
    let trial_balance = trial_of(&adjusted(), 0)?;
    assert!(trial_balance.is_balanced());
    assert_eq!(trial_balance.total_credit.to_plain(), "35715.00");
    assert_eq!(trial_balance.rows.len(), 17);
    Ok(())
}

#[test]
fn the_income_statement_earns_4_665() -> Result<(), AmountOverflow> {
    let (from, to) = (date!(2019 - 01 - 01), date!(2019 - 01 - 31));
    let statement = earned_of(from, to, &adjusted())?;
    assert_eq!(statement.total(TotalName::NetIncome).to_plain(), "4665.00");
    assert_eq!(
        statement.to_text(&face(Days::Period { from, to })),
        "\
Printing Plus
Profit and Loss
Jan 1, 2019 to Jan 31, 2019
Accrual basis, USD

Income
  Interest Revenue                     140.00
  Service Revenue                   10,100.00
Total Income                        10,240.00
Gross Profit                        10,240.00
Expenses
  Depreciation Expense - Equipment      75.00
  Salaries Expense                   5,100.00
  Supplies Expense                     100.00
  Utilities Expense                    300.00
Total Expenses                       5,575.00
Net Operating Income                 4,665.00
Net Income                           4,665.00

Made Feb 1, 2019, 9:14 AM CST from everything up to change 17 (chain 7f3ac90e12ab).
"
    );
    Ok(())
}

#[test]
fn the_balance_sheet_shows_assets_of_29_965() -> Result<(), AmountOverflow> {
    let as_of = date!(2019 - 01 - 31);
    let sheet = sheet_of(as_of, &adjusted(), 0)?;
    assert!(sheet.is_balanced());
    assert_eq!(
        sheet.to_text(&face(Days::AsOf(as_of))),
        "\
Printing Plus
Balance Sheet
As of Jan 31, 2019
Accrual basis, USD

Assets
  Current Assets
    Bank
      Cash                                24,800.00
    Total Bank                            24,800.00
    Accounts Receivable
      Accounts Receivable                  1,200.00
    Total Accounts Receivable              1,200.00
    Other Current Assets
      Interest Receivable                    140.00
      Supplies                               400.00
    Total Other Current Assets               540.00
  Total Current Assets                    26,540.00
  Fixed Assets
    Accumulated Depreciation - Equipment    (75.00)
    Equipment                              3,500.00
  Total Fixed Assets                       3,425.00
Total Assets                              29,965.00
Liabilities and Equity
  Current Liabilities
    Accounts Payable
      Accounts Payable                       500.00
    Total Accounts Payable                   500.00
    Other Current Liabilities
      Salaries Payable                     1,500.00
      Unearned Revenue                     3,400.00
    Total Other Current Liabilities        4,900.00
  Total Current Liabilities                5,400.00
  Total Liabilities                        5,400.00
  Equity
    Common Stock                          20,000.00
    Dividends                              (100.00)
    Retained Earnings                          0.00
    Net Income                             4,665.00
  Total Equity                            24,565.00
Total Liabilities and Equity              29,965.00
Assets less Liabilities and Equity             0.00

Made Feb 1, 2019, 9:14 AM CST from everything up to change 17 (chain 7f3ac90e12ab).
"
    );
    Ok(())
}

#[test]
fn the_first_day_of_the_next_year_moves_net_income_to_retained_earnings() -> Result<(), AmountOverflow> {
    let mut next_year = adjusted();
    for balance in &mut next_year {
        if matches!(balance.account_type, Income | Expense) {
            balance.amounts = vec![0];
        }
    }
    let sheet = sheet_of(date!(2020 - 01 - 01), &next_year, 466_500)?;
    assert!(sheet.is_balanced());
    let equity = sheet.section(Equity).expect("Equity is always there");
    assert_eq!(equity.total, [2_456_500]);
    let last_rows: Vec<(&str, i64)> = equity.rows[2..]
        .iter()
        .map(|row| (row.account.as_str(), row.amount()))
        .collect();
    assert_eq!(last_rows, [("Retained Earnings", 466_500), ("Net Income", 0)]);
    Ok(())
}
