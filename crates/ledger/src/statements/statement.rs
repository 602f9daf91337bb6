//! A statement: sections, results and lines, with an amount a measure, shown in columns.

use super::columns::{Cell, Column, ColumnKind, Measure, Plan};
use super::layout::Line;
use super::section::{Section, SectionKey, StatementRow};
use crate::accounts::AccountType::{
    self, AccountsPayable, AccountsReceivable, Bank, CostOfGoodsSold, CreditCard, Equity, Expense, FixedAsset, Income,
    LongTermLiability, OtherAsset, OtherCurrentAsset, OtherCurrentLiability, OtherExpense, OtherIncome,
};
use crate::money::{Amount, AmountOverflow, Currency, sum_checked};

/// The statements there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatementKind {
    /// What a period earned.
    ProfitAndLoss,
    /// What the business has, owes and is worth.
    BalanceSheet,
    /// Why cash is not what was earned.
    CashFlow,
}

impl StatementKind {
    /// Its title as it is printed.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ProfitAndLoss => "Profit and Loss",
            Self::BalanceSheet => "Balance Sheet",
            Self::CashFlow => "Statement of Cash Flows",
        }
    }

    /// Whether it shows a period rather than the end of a day.
    pub const fn shows_period(self) -> bool {
        match self {
            Self::ProfitAndLoss | Self::CashFlow => true,
            Self::BalanceSheet => false,
        }
    }
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Which one.
    pub kind: StatementKind,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// What was read; the first is what it is about.
    pub measures: Vec<Measure>,
    /// What is shown of that.
    pub columns: Vec<Column>,
    /// Its sections, always all of them, also without rows.
    pub sections: Vec<Section>,
    /// Its results, one amount a measure.
    pub totals: Vec<(TotalName, Vec<i64>)>,
    /// All of it line by line as people read it: sections without rows left out, parents with their
    /// totals, and the results between the sections.
    pub lines: Vec<Line>,
    /// Whether the chart has numbers: files then have a column of them.
    pub(super) is_numbered: bool,
    /// Total income of each measure, where the statement has it.
    pub(super) income: Vec<i64>,
}

/// A result of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TotalName {
    /// Income less cost of goods sold.
    GrossProfit,
    /// Gross profit less expenses.
    NetOperatingIncome,
    /// Other income less other expenses.
    NetOtherIncome,
    /// Net operating income and net other income; a loss is negative.
    NetIncome,
    /// Bank, accounts receivable and other current assets.
    CurrentAssets,
    /// What the business has.
    Assets,
    /// Accounts payable, credit cards and other current liabilities.
    CurrentLiabilities,
    /// What it owes.
    Liabilities,
    /// Liabilities and equity; equal to assets.
    LiabilitiesAndEquity,
    /// Assets less liabilities and equity: zero when the books are whole.
    Difference,
    /// What the three kinds of activities brought.
    NetChangeInCash,
    /// Cash at the beginning and its change.
    CashAtEnd,
    /// That less the cash of the balance sheet: zero when the books are whole.
    CashDifference,
    /// What was invested and financed without cash: it stands in neither part.
    NonCash,
}

const CURRENT_ASSETS: &[AccountType] = &[Bank, AccountsReceivable, OtherCurrentAsset];
const ASSETS: &[AccountType] = &[Bank, AccountsReceivable, OtherCurrentAsset, FixedAsset, OtherAsset];
const CURRENT_LIABILITIES: &[AccountType] = &[AccountsPayable, CreditCard, OtherCurrentLiability];
const LIABILITIES: &[AccountType] = &[AccountsPayable, CreditCard, OtherCurrentLiability, LongTermLiability];
const CLAIMS: &[AccountType] = &[
    AccountsPayable,
    CreditCard,
    OtherCurrentLiability,
    LongTermLiability,
    Equity,
];

impl TotalName {
    /// Its words on the statement.
    pub const fn label(self) -> &'static str {
        match self {
            Self::GrossProfit => "Gross Profit",
            Self::NetOperatingIncome => "Net Operating Income",
            Self::NetOtherIncome => "Net Other Income",
            Self::NetIncome => "Net Income",
            Self::CurrentAssets => "Total Current Assets",
            Self::Assets => "Total Assets",
            Self::CurrentLiabilities => "Total Current Liabilities",
            Self::Liabilities => "Total Liabilities",
            Self::LiabilitiesAndEquity => "Total Liabilities and Equity",
            Self::Difference => "Assets less Liabilities and Equity",
            Self::NetChangeInCash => "Net Change in Cash",
            Self::CashAtEnd => "Cash at End",
            Self::CashDifference => "Cash at End less Cash on the Balance Sheet",
            Self::NonCash => "Invested and Financed without Cash",
        }
    }

    /// As scripts name it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::GrossProfit => "gross_profit",
            Self::NetOperatingIncome => "net_operating_income",
            Self::NetOtherIncome => "net_other_income",
            Self::NetIncome => "net_income",
            Self::CurrentAssets => "current_assets",
            Self::Assets => "assets",
            Self::CurrentLiabilities => "current_liabilities",
            Self::Liabilities => "liabilities",
            Self::LiabilitiesAndEquity => "liabilities_and_equity",
            Self::Difference => "difference",
            Self::NetChangeInCash => "net_change_in_cash",
            Self::CashAtEnd => "cash_at_end",
            Self::CashDifference => "cash_difference",
            Self::NonCash => "non_cash",
        }
    }

    /// The sections it adds up, and those it takes away.
    const fn types(self) -> (&'static [AccountType], &'static [AccountType]) {
        match self {
            Self::GrossProfit => (&[Income], &[CostOfGoodsSold]),
            Self::NetOperatingIncome => (&[Income], &[CostOfGoodsSold, Expense]),
            Self::NetOtherIncome => (&[OtherIncome], &[OtherExpense]),
            Self::NetIncome => (&[Income, OtherIncome], &[CostOfGoodsSold, Expense, OtherExpense]),
            Self::CurrentAssets => (CURRENT_ASSETS, &[]),
            Self::Assets => (ASSETS, &[]),
            Self::CurrentLiabilities => (CURRENT_LIABILITIES, &[]),
            Self::Liabilities => (LIABILITIES, &[]),
            Self::LiabilitiesAndEquity => (CLAIMS, &[]),
            Self::Difference => (ASSETS, CLAIMS),
            Self::NetChangeInCash | Self::CashAtEnd | Self::CashDifference | Self::NonCash => (&[], &[]),
        }
    }

    /// The sections it sums in the order of the statement: 1 where one is added, -1 where it is
    /// taken away.
    pub fn parts(self) -> Vec<(SectionKey, i64)> {
        use SectionKey::{CashAtBeginning, CashAtEnd, Financing, Investing, Operating};
        let flows = [(Operating, 1), (Investing, 1), (Financing, 1)];
        match self {
            Self::NetChangeInCash => return flows.to_vec(),
            Self::CashAtEnd => return [&[(CashAtBeginning, 1)], &flows[..]].concat(),
            Self::CashDifference => return [&[(CashAtBeginning, 1)], &flows[..], &[(CashAtEnd, -1)]].concat(),
            _ => {}
        }
        let (added, taken) = self.types();
        let signed = |types: &[AccountType], sign| -> Vec<(AccountType, i64)> {
            types.iter().map(|account_type| (*account_type, sign)).collect()
        };
        let mut parts = [signed(added, 1), signed(taken, -1)].concat();
        parts.sort_by_key(|(account_type, _)| *account_type);
        parts
            .into_iter()
            .map(|(account_type, sign)| (SectionKey::Of(account_type), sign))
            .collect()
    }
}

/// The results of sections, one amount a measure.
pub(super) fn totals(sections: &[Section], names: &[TotalName]) -> Result<Vec<(TotalName, Vec<i64>)>, AmountOverflow> {
    let measures = sections.first().map_or(0, |section| section.total.len());
    names
        .iter()
        .map(|name| {
            let parts = name.parts();
            let amounts = (0..measures).map(|measure| {
                let of_parts = parts.iter().map(|(key, sign)| {
                    let section = sections.iter().find(|section| section.key == *key);
                    let total = section.map_or(0, |section| section.total[measure]);
                    total.checked_mul(*sign).ok_or(AmountOverflow)
                });
                sum_checked(of_parts.collect::<Result<Vec<i64>, _>>()?)
            });
            Ok((*name, amounts.collect::<Result<_, AmountOverflow>>()?))
        })
        .collect()
}

/// The amounts of one of the results.
pub(super) fn total_of(totals: &[(TotalName, Vec<i64>)], name: TotalName) -> &[i64] {
    totals
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(&[], |(_, amounts)| amounts)
}

impl Statement {
    /// Checks that every difference of two columns can be kept exactly.
    pub(super) fn checked(self) -> Result<Self, AmountOverflow> {
        for column in &self.columns {
            let ColumnKind::Change { of, from } = column.kind else {
                continue;
            };
            for amounts in self.lines.iter().filter_map(|line| line.amounts.as_ref()) {
                amounts[of].checked_sub(amounts[from]).ok_or(AmountOverflow)?;
            }
        }
        Ok(self)
    }

    /// A statement of a plan without sections yet.
    pub(super) fn of(kind: StatementKind, currency: Currency, plan: Plan) -> Self {
        Self {
            kind,
            currency,
            measures: plan.measures,
            columns: plan.columns,
            sections: Vec::new(),
            totals: Vec::new(),
            lines: Vec::new(),
            is_numbered: false,
            income: Vec::new(),
        }
    }

    /// One of its results, of what the statement is about; zero where it has no such result.
    pub fn total(&self, name: TotalName) -> Amount {
        Amount {
            minor: total_of(&self.totals, name).first().copied().unwrap_or(0),
            currency: self.currency,
        }
    }

    /// The section of a type.
    pub fn section(&self, account_type: AccountType) -> Option<&Section> {
        let key = SectionKey::Of(account_type);
        self.sections.iter().find(|section| section.key == key)
    }

    /// All rows of all sections.
    pub fn rows(&self) -> impl Iterator<Item = &StatementRow> {
        self.sections.iter().flat_map(|section| &section.rows)
    }

    /// What each column shows of some amounts.
    pub fn cells(&self, amounts: Option<&[i64]>) -> Vec<Cell> {
        let cell = |column: &Column| amounts.map_or(Cell::Blank, |amounts| column.cell(amounts, &self.income));
        self.columns.iter().map(cell).collect()
    }

    /// Whether what proves the statement is zero in every measure; of a profit and loss true.
    pub fn is_balanced(&self) -> bool {
        [TotalName::Difference, TotalName::CashDifference]
            .into_iter()
            .flat_map(|name| total_of(&self.totals, name))
            .all(|difference| *difference == 0)
    }
}
