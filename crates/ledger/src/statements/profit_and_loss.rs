//! The profit and loss statement: what a period earned.

use super::columns::Plan;
use super::layout::{LineKind, Outline};
use super::order::in_report_order;
use super::statement::{Statement, StatementKind, TotalName, total_of, totals};
use super::{Balances, Section, Shown};
use crate::accounts::{AccountType, Statement as StatementOf};
use crate::money::{AmountOverflow, Currency};

const TOTALS: [TotalName; 4] = [
    TotalName::GrossProfit,
    TotalName::NetOperatingIncome,
    TotalName::NetOtherIncome,
    TotalName::NetIncome,
];

/// Lays out a profit and loss statement from the balances of the income and expense accounts over
/// each measure's days; other accounts are passed over (accounting.md 4.1). Income, cost and
/// expenses are shown positive, what reduces them negative. An account has a row when it has an
/// amount in some measure; every section is there, also without rows.
///
/// # Errors
/// [`AmountOverflow`] when a figure leaves the range of 64 bits.
pub fn profit_and_loss(
    currency: Currency,
    plan: Plan,
    balances: &Balances,
    shown: Shown,
) -> Result<Statement, AmountOverflow> {
    let placed = in_report_order(&balances.accounts, shown.sort, |account| {
        account.account_type.statement() == StatementOf::ProfitAndLoss
    });
    let mut statement = Statement::of(StatementKind::ProfitAndLoss, currency, plan);
    for account_type in AccountType::ALL {
        if account_type.statement() == StatementOf::ProfitAndLoss {
            let of_type = placed
                .iter()
                .filter(|placed| placed.account.account_type == account_type);
            let section = Section::new(account_type, of_type, balances.measures(), shown)?;
            statement.sections.push(section);
        }
    }
    statement.is_numbered = balances.is_numbered();
    statement.totals = totals(&statement.sections, &TOTALS)?;
    let income = statement.section(AccountType::Income);
    statement.income = income.map(|section| section.total.clone()).unwrap_or_default();

    let mut outline = Outline::default();
    let mut has_other = false;
    for section in &statement.sections {
        outline.section(0, section);
        let after = match section.key {
            super::SectionKey::Of(AccountType::CostOfGoodsSold) => Some(TotalName::GrossProfit),
            super::SectionKey::Of(AccountType::Expense) => Some(TotalName::NetOperatingIncome),
            super::SectionKey::Of(AccountType::OtherIncome | AccountType::OtherExpense) => {
                has_other |= !section.rows.is_empty();
                None
            }
            _ => None,
        };
        if let Some(name) = after {
            outline.total(LineKind::Total, 0, name, total_of(&statement.totals, name));
        }
    }
    if has_other {
        let name = TotalName::NetOtherIncome;
        outline.total(LineKind::Total, 0, name, total_of(&statement.totals, name));
    }
    let name = TotalName::NetIncome;
    outline.total(LineKind::GrandTotal, 0, name, total_of(&statement.totals, name));
    statement.lines = outline.finish();
    statement.checked()
}
