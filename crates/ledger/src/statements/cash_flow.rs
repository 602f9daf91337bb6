//! The statement of cash flows, by the indirect method: why cash is not what was earned.

use std::collections::HashMap;

use super::columns::Plan;
use super::layout::{LineKind, Outline, Source};
use super::order::in_report_order;
use super::section::Name;
use super::statement::{Statement, StatementKind, TotalName, total_of, totals};
use super::{AccountBalance, Balances, FlowRow, NET_INCOME, Section, SectionKey, Shown, net_income};
use crate::accounts::{CashFlow, Statement as StatementOf};
use crate::money::{AmountOverflow, Currency};

const TOTALS: [TotalName; 3] = [
    TotalName::NetChangeInCash,
    TotalName::CashAtEnd,
    TotalName::CashDifference,
];

/// What a statement of cash flows is made of, each with the same measures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CashFlowFigures {
    /// What moved on each measure's days.
    pub moved: Balances,
    /// What the accounts held before those days.
    pub before: Balances,
    /// What they hold at their end.
    pub at_end: Balances,
    /// By row of the operating part, such as accumulated depreciation or a loss: what of it belongs to assets that were given up in
    /// the same entry, see [`given_up`](super::given_up). One amount a measure, in minor units, debit positive.
    pub disposed: HashMap<FlowRow, Vec<i64>>,
    /// What was invested and financed without cash. One amount a measure, in minor units, never negative.
    pub non_cash: Vec<i64>,
    /// What each row of investing and of financing has of that, those of an operating account of what was disposed. One amount a
    /// measure, in minor units, debit positive: those of investing together are the opposite of those of financing.
    pub non_cash_of: HashMap<FlowRow, Vec<i64>>,
}

/// Lays out a statement of cash flows (accounting.md 4.4). Net income comes first; a gain or loss that belongs to investing or
/// financing is taken out of it and stands in its own part; so does what of the trade's own accounts belongs to an asset that was
/// given up. Then each account of the balance sheet in the part that it belongs to, a rise of what is owned negative and a rise of
/// what is owed positive. What moved retained earnings by computation is net income already, so of that account only what was
/// posted to it counts. Cash at the end is the cash of the balance sheet; a line proves it. What was invested and financed without
/// cash stands in neither part, and the last line says how much of it there is.
///
/// # Errors
/// [`AmountOverflow`] when a figure leaves the range of 64 bits.
pub fn cash_flow(
    currency: Currency,
    plan: Plan,
    figures: &CashFlowFigures,
    shown: Shown,
) -> Result<Statement, AmountOverflow> {
    let mut statement = Statement::of(StatementKind::CashFlow, currency, plan);
    statement.sections = vec![
        operating(figures, shown)?,
        invested_or_financed(SectionKey::Investing, CashFlow::Investing, figures, shown)?,
        invested_or_financed(SectionKey::Financing, CashFlow::Financing, figures, shown)?,
        cash(SectionKey::CashAtBeginning, &figures.before, shown)?,
        cash(SectionKey::CashAtEnd, &figures.at_end, shown)?,
    ];
    statement.is_numbered = figures.moved.is_numbered();
    statement.totals = totals(&statement.sections, &TOTALS)?;
    statement.totals.push((TotalName::NonCash, figures.non_cash.clone()));

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
    let name = TotalName::CashAtEnd;
    outline.total(LineKind::GrandTotal, 0, name, total(name));
    let name = TotalName::CashDifference;
    outline.total(LineKind::Check, 0, name, total(name));
    if figures.non_cash.iter().any(|amount| *amount != 0) {
        outline.note(TotalName::NonCash, &figures.non_cash);
    }
    statement.lines = outline.finish();
    statement.checked()
}

fn operating(figures: &CashFlowFigures, shown: Shown) -> Result<Section, AmountOverflow> {
    let moved = &figures.moved;
    let mut section = Section::empty(SectionKey::Operating, moved.measures());
    section.push_row(Name::of(NET_INCOME, None), Source::NetIncome, 0, net_income(moved)?);
    // What net income has of it is taken out again.
    push(&mut section, moved, only_amounts(shown), |account| {
        let of_disposal = || {
            figures
                .disposed
                .get(&FlowRow::of(account))
                .filter(|_| is_earned(account))
        };
        Ok(match earned_in(account) {
            Some(_) => Some(account.amounts.clone()),
            None => of_disposal().cloned(),
        })
    })?;
    push(&mut section, moved, shown, |account| {
        if !stands_in(account, CashFlow::Operating) {
            return Ok(None);
        }
        match figures.disposed.get(&FlowRow::of(account)) {
            Some(disposed) => negated(&less(&account.amounts, disposed)?).map(Some),
            None => negated(&account.amounts).map(Some),
        }
    })?;
    section.add_up()?;
    Ok(section)
}

fn invested_or_financed(
    key: SectionKey,
    part: CashFlow,
    figures: &CashFlowFigures,
    shown: Shown,
) -> Result<Section, AmountOverflow> {
    let moved = &figures.moved;
    let mut section = Section::empty(key, moved.measures());
    let in_cash = |account: &AccountBalance, amounts: &[i64]| match figures.non_cash_of.get(&FlowRow::of(account)) {
        Some(non_cash) => negated(&less(amounts, non_cash)?),
        None => negated(amounts),
    };
    push(&mut section, moved, shown, |account| {
        let is_here = stands_in(account, part);
        is_here.then(|| in_cash(account, &account.amounts)).transpose()
    })?;
    if part == CashFlow::Investing {
        push(&mut section, moved, only_amounts(shown), |account| {
            let disposed = figures.disposed.get(&FlowRow::of(account));
            let disposed = disposed.filter(|_| account.cash_flow == CashFlow::Operating);
            disposed.map(|disposed| in_cash(account, disposed)).transpose()
        })?;
    }
    push(&mut section, moved, only_amounts(shown), |account| {
        let is_here = earned_in(account) == Some(part);
        is_here.then(|| in_cash(account, &account.amounts)).transpose()
    })?;
    section.add_up()?;
    Ok(section)
}

fn cash(key: SectionKey, balances: &Balances, shown: Shown) -> Result<Section, AmountOverflow> {
    let mut section = Section::empty(key, balances.measures());
    push(&mut section, balances, shown, |account| {
        Ok(stands_in(account, CashFlow::Cash).then(|| account.amounts.clone()))
    })?;
    section.add_up()?;
    Ok(section)
}

/// Without a row for what is nothing.
const fn only_amounts(shown: Shown) -> Shown {
    Shown {
        zero_rows: false,
        sort: shown.sort,
    }
}

/// Whether an account of the balance sheet stands in a part.
fn stands_in(account: &AccountBalance, part: CashFlow) -> bool {
    account.account_type.statement() == StatementOf::BalanceSheet && account.cash_flow == part
}

/// The part that a gain or loss belongs to, of an account of the profit and loss that is not operating.
fn earned_in(account: &AccountBalance) -> Option<CashFlow> {
    let is_apart = matches!(account.cash_flow, CashFlow::Investing | CashFlow::Financing);
    (is_apart && is_earned(account)).then_some(account.cash_flow)
}

/// Whether an account is of the profit and loss.
fn is_earned(account: &AccountBalance) -> bool {
    account.account_type.statement() == StatementOf::ProfitAndLoss
}

/// The accounts that have amounts here, by their full paths in report order.
fn push(
    section: &mut Section,
    balances: &Balances,
    shown: Shown,
    amounts_of: impl Fn(&AccountBalance) -> Result<Option<Vec<i64>>, AmountOverflow>,
) -> Result<(), AmountOverflow> {
    let is_here = |account: &AccountBalance| !matches!(amounts_of(account), Ok(None));
    for placed in in_report_order(&balances.accounts, shown.sort, is_here) {
        let account = placed.account;
        let Some(amounts) = amounts_of(account)? else { continue };
        if amounts.iter().any(|amount| *amount != 0) || (shown.zero_rows && account.active) {
            section.push_row(placed.name(), Source::Account(account.account_id), 0, amounts);
        }
    }
    Ok(())
}

fn negated(amounts: &[i64]) -> Result<Vec<i64>, AmountOverflow> {
    let negated = amounts.iter().map(|amount| amount.checked_neg().ok_or(AmountOverflow));
    negated.collect()
}

fn less(amounts: &[i64], taken: &[i64]) -> Result<Vec<i64>, AmountOverflow> {
    let pairs = amounts.iter().zip(taken);
    pairs
        .map(|(amount, taken)| amount.checked_sub(*taken).ok_or(AmountOverflow))
        .collect()
}
