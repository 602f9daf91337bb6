//! The balance sheet: what the business has, owes and is worth on a date.

use serde::Serialize;
use time::Date;

use super::layout::{Line, LineKind, Outline, as_of, lines_to_csv, lines_to_text, text_heading};
use super::order::in_report_order;
use super::{
    AccountBalance, Basis, NET_INCOME, RETAINED_EARNINGS, Section, net_income, retained_earnings_account,
    serialize_date,
};
use crate::accounts::{AccountType, Statement};
use crate::money::{Amount, AmountOverflow, Currency, sum_checked};

const CURRENT_ASSETS: [AccountType; 3] = [
    AccountType::Bank,
    AccountType::AccountsReceivable,
    AccountType::OtherCurrentAsset,
];
const LONG_TERM_ASSETS: [AccountType; 2] = [AccountType::FixedAsset, AccountType::OtherAsset];
const CURRENT_LIABILITIES: [AccountType; 3] = [
    AccountType::AccountsPayable,
    AccountType::CreditCard,
    AccountType::OtherCurrentLiability,
];
const LONG_TERM_LIABILITIES: [AccountType; 1] = [AccountType::LongTermLiability];
const EQUITY: [AccountType; 1] = [AccountType::Equity];

/// A balance sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BalanceSheet {
    /// The date it shows, inclusive.
    #[serde(serialize_with = "serialize_date")]
    pub as_of: Date,
    /// Its basis.
    pub basis: Basis,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// Bank, Accounts Receivable, Other Current Assets, Fixed Assets, Other Assets, Accounts
    /// Payable, Credit Cards, Other Current Liabilities, Long-Term Liabilities, Equity: always all
    /// ten. Retained Earnings and Net Income are the last rows of Equity.
    pub sections: Vec<Section>,
    /// Its totals.
    pub totals: BalanceSheetTotals,
}

/// The totals of a balance sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BalanceSheetTotals {
    /// What the business has.
    pub assets: Amount,
    /// What it owes.
    pub liabilities: Amount,
    /// What belongs to its owners.
    pub equity: Amount,
    /// Liabilities and equity; equal to assets.
    pub liabilities_and_equity: Amount,
    /// Bank, accounts receivable and other current assets.
    #[serde(skip)]
    pub current_assets: Amount,
    /// Accounts payable, credit cards and other current liabilities.
    #[serde(skip)]
    pub current_liabilities: Amount,
    /// Assets less liabilities and equity: zero when the books are whole.
    #[serde(skip)]
    pub difference: Amount,
}

/// Lays out a balance sheet, closing the year by computation: the row Retained Earnings is the
/// balance of the account with that role (under its own name) and `retained_before`; the row Net
/// Income is what the income and expense accounts among `balances` earned. Both rows stay when
/// they are zero; other accounts with nothing on them have no row; every section is there, also
/// without rows. Assets are debit positive, liabilities and equity credit positive. Amounts in
/// minor units; see the [module](super) for what the balances are.
///
/// # Errors
/// [`AmountOverflow`] when a figure leaves the range of 64 bits.
pub fn balance_sheet(
    as_of: Date,
    basis: Basis,
    currency: Currency,
    balances: &[AccountBalance],
    retained_before: i64,
) -> Result<BalanceSheet, AmountOverflow> {
    let retained = retained_earnings_account(balances);
    let retained_id = retained.map(|account| account.account_id);
    let placed = in_report_order(balances, |account| {
        account.account_type.statement() == Statement::BalanceSheet && Some(account.account_id) != retained_id
    });
    let mut sections = Vec::new();
    for account_type in AccountType::ALL {
        if account_type.statement() == Statement::BalanceSheet {
            let of_type = placed
                .iter()
                .filter(|placed| placed.account.account_type == account_type);
            sections.push(Section::new(account_type, of_type, currency)?);
        }
    }
    if let Some(equity) = sections.last_mut() {
        let posted = retained.map_or(0, |account| account.amount);
        let earned_before = retained_before.checked_sub(posted).ok_or(AmountOverflow)?;
        let path = in_report_order(balances, |account| Some(account.account_id) == retained_id)
            .pop()
            .map_or(RETAINED_EARNINGS.to_owned(), |placed| placed.path);
        equity.push_computed(&path, retained_id, earned_before)?;
        equity.push_computed(NET_INCOME, None, net_income(balances)?)?;
    }
    let totals = totals(&sections, currency)?;
    Ok(BalanceSheet {
        as_of,
        basis,
        currency,
        sections,
        totals,
    })
}

fn totals(sections: &[Section], currency: Currency) -> Result<BalanceSheetTotals, AmountOverflow> {
    let total_of = |types: &[AccountType]| {
        let totals = of_types(sections, types).map(|section| section.total.minor);
        sum_checked(totals)
    };
    let current_assets = total_of(&CURRENT_ASSETS)?;
    let assets = sum_checked([current_assets, total_of(&LONG_TERM_ASSETS)?])?;
    let current_liabilities = total_of(&CURRENT_LIABILITIES)?;
    let liabilities = sum_checked([current_liabilities, total_of(&LONG_TERM_LIABILITIES)?])?;
    let equity = total_of(&EQUITY)?;
    let liabilities_and_equity = sum_checked([liabilities, equity])?;
    let difference = assets.checked_sub(liabilities_and_equity).ok_or(AmountOverflow)?;

    let amount = |minor| Amount { minor, currency };
    Ok(BalanceSheetTotals {
        assets: amount(assets),
        liabilities: amount(liabilities),
        equity: amount(equity),
        liabilities_and_equity: amount(liabilities_and_equity),
        current_assets: amount(current_assets),
        current_liabilities: amount(current_liabilities),
        difference: amount(difference),
    })
}

fn of_types<'a>(sections: &'a [Section], types: &'a [AccountType]) -> impl Iterator<Item = &'a Section> {
    sections.iter().filter(|section| types.contains(&section.account_type))
}

impl BalanceSheet {
    /// Whether assets equal liabilities and equity.
    pub fn is_balanced(&self) -> bool {
        self.totals.difference.minor == 0
    }

    /// The balance sheet line by line as people read it: sections and groups without rows left
    /// out, parents with their totals, and at the end the line that proves the rest.
    pub fn lines(&self) -> Vec<Line> {
        let totals = &self.totals;
        let mut outline = Outline::default();

        outline.heading(0, "Assets");
        if self.has_rows(&CURRENT_ASSETS) {
            outline.heading(1, "Current Assets");
            self.lay_out(&mut outline, 2, &CURRENT_ASSETS);
            let current = totals.current_assets;
            outline.amount(LineKind::Total, 1, "Total Current Assets", current);
        }
        self.lay_out(&mut outline, 1, &LONG_TERM_ASSETS);
        outline.amount(LineKind::GrandTotal, 0, "Total Assets", totals.assets);

        outline.heading(0, "Liabilities and Equity");
        if self.has_rows(&CURRENT_LIABILITIES) {
            outline.heading(1, "Current Liabilities");
            self.lay_out(&mut outline, 2, &CURRENT_LIABILITIES);
            let current = totals.current_liabilities;
            outline.amount(LineKind::Total, 1, "Total Current Liabilities", current);
        }
        self.lay_out(&mut outline, 1, &LONG_TERM_LIABILITIES);
        outline.amount(LineKind::Total, 1, "Total Liabilities", totals.liabilities);
        self.lay_out(&mut outline, 1, &EQUITY);
        outline.amount(
            LineKind::GrandTotal,
            0,
            "Total Liabilities and Equity",
            totals.liabilities_and_equity,
        );
        outline.amount(
            LineKind::Check,
            0,
            "Assets less Liabilities and Equity",
            totals.difference,
        );
        outline.finish()
    }

    /// As text for a terminal, with aligned columns and negatives in parentheses.
    pub fn to_text(&self) -> String {
        text_heading("Balance Sheet", &as_of(self.as_of), self.basis, self.currency) + &lines_to_text(&self.lines())
    }

    /// As CSV with a header: the [`lines`](Self::lines) with full paths and plain amounts.
    pub fn to_csv(&self) -> String {
        lines_to_csv(&self.lines())
    }

    fn has_rows(&self, types: &[AccountType]) -> bool {
        of_types(&self.sections, types).any(|section| !section.rows.is_empty())
    }

    fn lay_out(&self, outline: &mut Outline, depth: usize, types: &[AccountType]) {
        for section in of_types(&self.sections, types) {
            outline.section(depth, section);
        }
    }
}
