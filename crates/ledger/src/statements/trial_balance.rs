//! The trial balance: every account with a balance, on its side, and both sides equal.

use serde::{Serialize, Serializer};
use time::Date;

use super::layout::{as_of, text_heading, text_table};
use super::order::in_report_order;
use super::{AccountBalance, Basis, RETAINED_EARNINGS, retained_earnings_account, serialize_date};
use crate::accounts::AccountType;
use crate::csv::csv_record;
use crate::money::{Amount, AmountOverflow, Currency, sum_checked};

/// A trial balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrialBalance {
    /// The date it shows, inclusive.
    #[serde(serialize_with = "serialize_date")]
    pub as_of: Date,
    /// Its basis.
    pub basis: Basis,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// The accounts with a balance, in report order.
    pub rows: Vec<TrialBalanceRow>,
    /// The sum of the debit column.
    pub total_debit: Amount,
    /// The sum of the credit column.
    pub total_credit: Amount,
}

/// One account of a trial balance; one of the two sides is zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrialBalanceRow {
    /// Its number, if it has one.
    pub number: Option<String>,
    /// Its full path: `Parent:Sub`.
    pub account: String,
    /// Its type, serialized in QuickBooks' words.
    #[serde(rename = "type", serialize_with = "serialize_type_name")]
    pub account_type: AccountType,
    /// A debit balance.
    pub debit: Amount,
    /// A credit balance.
    pub credit: Amount,
    /// The account; none for retained earnings that no account carries.
    #[serde(skip)]
    pub account_id: Option<i64>,
    /// How many of its parents are of its type.
    #[serde(skip)]
    pub depth: usize,
}

/// Lays out a trial balance. One row for each account with a balance other than zero; the row of
/// the account with the role retained earnings carries `retained_before` too, and where no account
/// has the role, a row Retained Earnings at the end of equity does. Amounts in minor units; see
/// the [module](super) for what the balances are.
///
/// # Errors
/// [`AmountOverflow`] when a figure leaves the range of 64 bits.
pub fn trial_balance(
    as_of: Date,
    basis: Basis,
    currency: Currency,
    balances: &[AccountBalance],
    retained_before: i64,
) -> Result<TrialBalance, AmountOverflow> {
    let retained_id = retained_earnings_account(balances).map(|account| account.account_id);
    let mut rows = Vec::new();
    for placed in in_report_order(balances, |_| true) {
        let account = placed.account;
        let carried = if Some(account.account_id) == retained_id {
            retained_before
        } else {
            0
        };
        let amount = account.amount.checked_sub(carried).ok_or(AmountOverflow)?;
        let (debit, credit) = sides(amount, currency)?;
        if amount != 0 {
            rows.push(TrialBalanceRow {
                number: account.number.clone(),
                account: placed.path,
                account_type: account.account_type,
                debit,
                credit,
                account_id: Some(account.account_id),
                depth: placed.depth,
            });
        }
    }
    if retained_id.is_none() && retained_before != 0 {
        let amount = retained_before.checked_neg().ok_or(AmountOverflow)?;
        let (debit, credit) = sides(amount, currency)?;
        let end_of_equity = rows.partition_point(|row| row.account_type <= AccountType::Equity);
        rows.insert(
            end_of_equity,
            TrialBalanceRow {
                number: None,
                account: RETAINED_EARNINGS.to_owned(),
                account_type: AccountType::Equity,
                debit,
                credit,
                account_id: None,
                depth: 0,
            },
        );
    }
    let total_debit = sum_checked(rows.iter().map(|row| row.debit.minor))?;
    let total_credit = sum_checked(rows.iter().map(|row| row.credit.minor))?;
    Ok(TrialBalance {
        as_of,
        basis,
        currency,
        rows,
        total_debit: Amount {
            minor: total_debit,
            currency,
        },
        total_credit: Amount {
            minor: total_credit,
            currency,
        },
    })
}

/// The debit and the credit column of a debit-positive amount.
fn sides(amount: i64, currency: Currency) -> Result<(Amount, Amount), AmountOverflow> {
    let side = |minor| Amount { minor, currency };
    let opposite = amount.checked_neg().ok_or(AmountOverflow)?;
    Ok((side(amount.max(0)), side(opposite.max(0))))
}

impl TrialBalance {
    /// Whether both columns add up to the same.
    pub fn is_balanced(&self) -> bool {
        self.total_debit == self.total_credit
    }

    /// As text for a terminal, with aligned columns and an empty side left blank.
    pub fn to_text(&self) -> String {
        let side = |amount: Amount| match amount.minor {
            0 => String::new(),
            _ => amount.to_report(),
        };
        let header = ["Number", "Account", "Type", "Debit", "Credit"].map(str::to_owned);
        let rows = self.rows.iter().map(|row| {
            [
                row.number.clone().unwrap_or_default(),
                row.account.clone(),
                row.account_type.name().to_owned(),
                side(row.debit),
                side(row.credit),
            ]
        });
        let total = [
            String::new(),
            "Total".to_owned(),
            String::new(),
            self.total_debit.to_report(),
            self.total_credit.to_report(),
        ];
        let table: Vec<[String; 5]> = std::iter::once(header).chain(rows).chain([total]).collect();
        let heading = text_heading("Trial Balance", &as_of(self.as_of), self.basis, self.currency);
        heading + &text_table(&table, 3)
    }

    /// As CSV with a header, an empty side as `0.00`, and the totals as the last record.
    pub fn to_csv(&self) -> String {
        let rows = self.rows.iter().map(|row| {
            csv_record([
                row.number.as_deref().unwrap_or_default(),
                &row.account,
                row.account_type.name(),
                &row.debit.to_plain(),
                &row.credit.to_plain(),
            ])
        });
        let total = csv_record([
            "",
            "Total",
            "",
            &self.total_debit.to_plain(),
            &self.total_credit.to_plain(),
        ]);
        std::iter::once(csv_record(["Number", "Account", "Type", "Debit", "Credit"]))
            .chain(rows)
            .chain([total])
            .collect()
    }
}

fn serialize_type_name<S: Serializer>(account_type: &AccountType, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(account_type.name())
}
