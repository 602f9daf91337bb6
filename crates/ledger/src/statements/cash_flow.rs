//! The statement of cash flows, by the indirect method: why cash is not what was earned.

use super::columns::Plan;
use super::layout::{LineKind, Outline, Source};
use super::order::in_report_order;
use super::statement::{Statement, StatementKind, TotalName, total_of, totals};
use super::{AccountBalance, Balances, NET_INCOME, Section, SectionKey, Shown, net_income};
use crate::accounts::{CashFlow, Statement as StatementOf};
use crate::money::{AmountOverflow, Currency};

const TOTALS: [TotalName; 3] = [
    TotalName::NetChangeInCash,
    TotalName::CashAtEnd,
    TotalName::CashDifference,
];

/// Lays out a statement of cash flows (accounting.md 4.4) from what moved on each measure's days, and from what the accounts held
/// before those days and at their end: three times the same measures. Net income comes first; then each account of the balance
/// sheet in the part that it belongs to, a rise of what is owned negative and a rise of what is owed positive. What moved retained
/// earnings by computation is net income already, so of that account only what was posted to it counts. Cash at the end is the cash
/// of the balance sheet; the last line proves it.
///
/// # Errors
/// [`AmountOverflow`] when a figure leaves the range of 64 bits.
pub fn cash_flow(
    currency: Currency,
    plan: Plan,
    moved: &Balances,
    before: &Balances,
    at_end: &Balances,
    shown: Shown,
) -> Result<Statement, AmountOverflow> {
    let measures = moved.measures();
    let mut statement = Statement::of(StatementKind::CashFlow, currency, plan);
    for (key, part) in [
        (SectionKey::Operating, CashFlow::Operating),
        (SectionKey::Investing, CashFlow::Investing),
        (SectionKey::Financing, CashFlow::Financing),
    ] {
        let mut section = Section::empty(key, measures);
        if part == CashFlow::Operating {
            section.push_computed(NET_INCOME, Source::NetIncome, net_income(moved)?)?;
        }
        push_accounts(&mut section, moved, part, -1, shown)?;
        statement.sections.push(section);
    }
    for (key, balances) in [(SectionKey::CashAtBeginning, before), (SectionKey::CashAtEnd, at_end)] {
        let mut section = Section::empty(key, measures);
        push_accounts(&mut section, balances, CashFlow::Cash, 1, shown)?;
        statement.sections.push(section);
    }
    statement.totals = totals(&statement.sections, &TOTALS)?;

    let mut outline = Outline::default();
    let (flows, cash) = statement.sections.split_at(3);
    for section in flows {
        outline.section(0, section);
    }
    let total = |name| total_of(&statement.totals, name);
    let name = TotalName::NetChangeInCash;
    outline.total(LineKind::Total, 0, name, total(name));
    if let Some(beginning) = cash.first() {
        outline.section_total(0, beginning);
    }
    outline.total(
        LineKind::GrandTotal,
        0,
        TotalName::CashAtEnd,
        total(TotalName::CashAtEnd),
    );
    outline.total(
        LineKind::Check,
        0,
        TotalName::CashDifference,
        total(TotalName::CashDifference),
    );
    statement.lines = outline.finish();
    statement.checked()
}

/// The accounts of a part with their amounts, debits with this sign, by their full paths.
fn push_accounts(
    section: &mut Section,
    balances: &Balances,
    part: CashFlow,
    sign: i64,
    shown: Shown,
) -> Result<(), AmountOverflow> {
    let stands_in = |account: &AccountBalance| {
        account.account_type.statement() == StatementOf::BalanceSheet && account.cash_flow == part
    };
    for placed in in_report_order(&balances.accounts, shown.sort, stands_in) {
        let account = placed.account;
        let amounts = account.amounts.iter();
        let amounts = amounts.map(|amount| amount.checked_mul(sign).ok_or(AmountOverflow));
        let amounts = amounts.collect::<Result<Vec<i64>, _>>()?;
        if amounts.iter().any(|amount| *amount != 0) || (shown.zero_rows && account.active) {
            section.push_computed(&placed.path, Source::Account(account.account_id), amounts)?;
        }
    }
    Ok(())
}
