//! The profit and loss statement: what a period earned.

use serde::Serialize;
use time::Date;

use super::layout::{Line, LineKind, Outline, lines_to_csv, lines_to_text, text_heading};
use super::order::in_report_order;
use super::{AccountBalance, Basis, NET_INCOME, Section, serialize_date};
use crate::accounts::{AccountType, Statement};
use crate::dates::format_date;
use crate::money::{Amount, AmountOverflow, Currency};

/// A profit and loss statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProfitAndLoss {
    /// Its first day.
    #[serde(serialize_with = "serialize_date")]
    pub from: Date,
    /// Its last day.
    #[serde(serialize_with = "serialize_date")]
    pub to: Date,
    /// Its basis.
    pub basis: Basis,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// Income, Cost of Goods Sold, Expenses, Other Income, Other Expenses: always all five.
    pub sections: Vec<Section>,
    /// Its results.
    pub totals: ProfitAndLossTotals,
}

/// The results of a profit and loss statement; a loss is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ProfitAndLossTotals {
    /// Income less cost of goods sold.
    pub gross_profit: Amount,
    /// Gross profit less expenses.
    pub net_operating_income: Amount,
    /// Net operating income and net other income.
    pub net_income: Amount,
    /// Other income less other expenses.
    #[serde(skip)]
    pub net_other_income: Amount,
}

/// Lays out a profit and loss statement from the balances of the income and expense accounts over
/// the period; other accounts are passed over. Income, cost and expenses are shown positive, what
/// reduces them negative. Accounts with nothing on them have no row; every section is there, also
/// without rows.
///
/// # Errors
/// [`AmountOverflow`] when a figure leaves the range of 64 bits.
pub fn profit_and_loss(
    from: Date,
    to: Date,
    basis: Basis,
    currency: Currency,
    balances: &[AccountBalance],
) -> Result<ProfitAndLoss, AmountOverflow> {
    let placed = in_report_order(balances, |account| {
        account.account_type.statement() == Statement::ProfitAndLoss
    });
    let section = |account_type: AccountType| {
        let of_type = placed
            .iter()
            .filter(|placed| placed.account.account_type == account_type);
        Section::new(account_type, of_type, currency)
    };
    let income = section(AccountType::Income)?;
    let cost_of_goods_sold = section(AccountType::CostOfGoodsSold)?;
    let expenses = section(AccountType::Expense)?;
    let other_income = section(AccountType::OtherIncome)?;
    let other_expenses = section(AccountType::OtherExpense)?;

    let gross_profit = subtract(income.total, cost_of_goods_sold.total)?;
    let net_operating_income = subtract(gross_profit, expenses.total)?;
    let net_other_income = subtract(other_income.total, other_expenses.total)?;
    let net_income = Amount {
        minor: net_operating_income
            .minor
            .checked_add(net_other_income.minor)
            .ok_or(AmountOverflow)?,
        currency,
    };
    Ok(ProfitAndLoss {
        from,
        to,
        basis,
        currency,
        sections: vec![income, cost_of_goods_sold, expenses, other_income, other_expenses],
        totals: ProfitAndLossTotals {
            gross_profit,
            net_operating_income,
            net_income,
            net_other_income,
        },
    })
}

fn subtract(from: Amount, less: Amount) -> Result<Amount, AmountOverflow> {
    let minor = from.minor.checked_sub(less.minor).ok_or(AmountOverflow)?;
    Ok(Amount { minor, ..from })
}

impl ProfitAndLoss {
    /// The statement line by line as people read it: sections without rows left out, parents with
    /// their totals, and the results between the sections.
    pub fn lines(&self) -> Vec<Line> {
        let mut outline = Outline::default();
        let mut has_other = false;
        for section in &self.sections {
            outline.section(0, section);
            match section.account_type {
                AccountType::CostOfGoodsSold => {
                    let gross_profit = self.totals.gross_profit;
                    outline.amount(LineKind::Total, 0, "Gross Profit", gross_profit);
                }
                AccountType::Expense => {
                    let net = self.totals.net_operating_income;
                    outline.amount(LineKind::Total, 0, "Net Operating Income", net);
                }
                AccountType::OtherIncome | AccountType::OtherExpense => {
                    has_other |= !section.rows.is_empty();
                }
                _ => {}
            }
        }
        if has_other {
            let net = self.totals.net_other_income;
            outline.amount(LineKind::Total, 0, "Net Other Income", net);
        }
        outline.amount(LineKind::GrandTotal, 0, NET_INCOME, self.totals.net_income);
        outline.finish()
    }

    /// As text for a terminal, with aligned columns and negatives in parentheses.
    pub fn to_text(&self) -> String {
        let dates = format!("{} to {}", format_date(self.from), format_date(self.to));
        text_heading("Profit and Loss", &dates, self.basis, self.currency) + &lines_to_text(&self.lines())
    }

    /// As CSV with a header: the [`lines`](Self::lines) with full paths and plain amounts.
    pub fn to_csv(&self) -> String {
        lines_to_csv(&self.lines())
    }
}
