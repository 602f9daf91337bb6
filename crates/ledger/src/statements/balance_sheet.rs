//! The balance sheet: what the business has, owes and is worth at the end of days.

use super::columns::Plan;
use super::layout::{LineKind, Outline, Source};
use super::order::in_report_order;
use super::statement::{Statement, StatementKind, TotalName, total_of, totals};
use super::{
    Balances, NET_INCOME, RETAINED_EARNINGS, Section, SectionKey, Shown, net_income, retained_earnings_account,
};
use crate::accounts::{AccountType, Statement as StatementOf};
use crate::money::{AmountOverflow, Currency};

const TOTALS: [TotalName; 6] = [
    TotalName::CurrentAssets,
    TotalName::Assets,
    TotalName::CurrentLiabilities,
    TotalName::Liabilities,
    TotalName::LiabilitiesAndEquity,
    TotalName::Difference,
];

/// Lays out a balance sheet, closing each measure's year by computation (accounting.md 4.2, 4.3): the
/// row Retained Earnings is the balance of the account with that role (under its own name) and
/// `retained_before`; the row Net Income is what the income and expense accounts among `balances`
/// earned. Both rows stay when they are zero; other accounts have a row when they have an amount in
/// some measure; every section is there, also without rows. Assets are debit positive, liabilities
/// and equity credit positive.
///
/// # Errors
/// [`AmountOverflow`] when a figure leaves the range of 64 bits.
pub fn balance_sheet(
    currency: Currency,
    plan: Plan,
    balances: &Balances,
    shown: Shown,
) -> Result<Statement, AmountOverflow> {
    let retained = retained_earnings_account(balances);
    let retained_id = retained.map(|account| account.account_id);
    let placed = in_report_order(&balances.accounts, shown.sort, |account| {
        account.account_type.statement() == StatementOf::BalanceSheet && Some(account.account_id) != retained_id
    });
    let mut statement = Statement::of(StatementKind::BalanceSheet, currency, plan);
    for account_type in AccountType::ALL {
        if account_type.statement() == StatementOf::BalanceSheet {
            let of_type = placed
                .iter()
                .filter(|placed| placed.account.account_type == account_type);
            let section = Section::new(account_type, of_type, balances.measures(), shown)?;
            statement.sections.push(section);
        }
    }
    if let Some(equity) = statement.sections.last_mut() {
        let mut earned_before = balances.retained_before.clone();
        if let Some(account) = retained {
            for (earned, posted) in earned_before.iter_mut().zip(&account.amounts) {
                *earned = earned.checked_sub(*posted).ok_or(AmountOverflow)?;
            }
        }
        let path = in_report_order(&balances.accounts, shown.sort, |account| {
            Some(account.account_id) == retained_id
        })
        .pop()
        .map_or(RETAINED_EARNINGS.to_owned(), |placed| placed.path);
        let source = retained_id.map_or(Source::Nothing, Source::Account);
        let number = retained.and_then(|account| account.number.as_deref());
        equity.push_computed(&path, number, source, earned_before)?;
        equity.push_computed(NET_INCOME, None, Source::NetIncome, net_income(balances)?)?;
    }
    statement.is_numbered = balances.is_numbered();
    statement.totals = totals(&statement.sections, &TOTALS)?;
    lay_out(&mut statement);
    statement.checked()
}

/// Sections and groups without rows are left out; at the end stands the line that proves the rest.
fn lay_out(statement: &mut Statement) {
    let mut outline = Outline::default();
    outline.heading(0, "Assets");
    group(statement, &mut outline, "Current Assets", TotalName::CurrentAssets);
    sections(
        statement,
        &mut outline,
        1,
        &[AccountType::FixedAsset, AccountType::OtherAsset],
    );
    total(statement, &mut outline, LineKind::GrandTotal, 0, TotalName::Assets);

    outline.heading(0, "Liabilities and Equity");
    group(
        statement,
        &mut outline,
        "Current Liabilities",
        TotalName::CurrentLiabilities,
    );
    sections(statement, &mut outline, 1, &[AccountType::LongTermLiability]);
    total(statement, &mut outline, LineKind::Total, 1, TotalName::Liabilities);
    sections(statement, &mut outline, 1, &[AccountType::Equity]);
    total(
        statement,
        &mut outline,
        LineKind::GrandTotal,
        0,
        TotalName::LiabilitiesAndEquity,
    );
    total(statement, &mut outline, LineKind::Check, 0, TotalName::Difference);
    statement.lines = outline.finish();
}

/// The sections of a total under a heading of their own, where one of them has rows.
fn group(statement: &Statement, outline: &mut Outline, heading: &str, name: TotalName) {
    let keys = name.parts();
    let of_group = || {
        let of_group = |section: &&Section| keys.iter().any(|(key, _)| *key == section.key);
        statement.sections.iter().filter(of_group)
    };
    if of_group().any(|section| !section.rows.is_empty()) {
        outline.heading(1, heading);
        for section in of_group() {
            outline.section(2, section);
        }
        total(statement, outline, LineKind::Total, 1, name);
    }
}

fn sections(statement: &Statement, outline: &mut Outline, depth: usize, types: &[AccountType]) {
    for account_type in types {
        let key = SectionKey::Of(*account_type);
        for section in statement.sections.iter().filter(|section| section.key == key) {
            outline.section(depth, section);
        }
    }
}

fn total(statement: &Statement, outline: &mut Outline, kind: LineKind, depth: usize, name: TotalName) {
    outline.total(kind, depth, name, total_of(&statement.totals, name));
}
