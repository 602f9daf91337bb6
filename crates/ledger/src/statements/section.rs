//! A section of a statement: the accounts of one type, as rows for files and as lines with
//! subtotals for readers.

use serde::Serialize;

use super::face_amount;
use super::layout::{Line, LineKind};
use super::order::Placed;
use crate::accounts::AccountType;
use crate::money::{Amount, AmountOverflow, Currency, sum_checked};

/// The accounts of one type on a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading: [`AccountType::section`].
    pub name: &'static str,
    /// The accounts with an amount of their own, and in Equity the computed rows.
    pub rows: Vec<StatementRow>,
    /// The sum of its rows.
    pub total: Amount,
    /// The type its accounts have.
    #[serde(skip)]
    pub account_type: AccountType,
    /// The rows, the parents above them and the parents' totals, from depth 0.
    #[serde(skip)]
    pub(super) lines: Vec<Line>,
}

/// One account on a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementRow {
    /// The account's full path: `Parent:Sub`.
    pub account: String,
    /// Its own amount, with the sign of the face.
    pub amount: Amount,
    /// The account; none for a row that is computed.
    #[serde(skip)]
    pub account_id: Option<i64>,
    /// How many of its parents stand above it in the section.
    #[serde(skip)]
    pub depth: usize,
}

/// A parent whose subaccounts are being laid out.
struct OpenParent<'a> {
    placed: &'a Placed<'a>,
    total: i128,
}

impl Section {
    /// Lays out the accounts of one type, given in report order.
    pub(super) fn new<'a>(
        account_type: AccountType,
        placed: impl Iterator<Item = &'a Placed<'a>>,
        currency: Currency,
    ) -> Result<Self, AmountOverflow> {
        let mut section = Self {
            name: account_type.section(),
            rows: Vec::new(),
            total: Amount { minor: 0, currency },
            account_type,
            lines: Vec::new(),
        };
        let accounts = placed
            .map(|placed| Ok((placed, face_amount(account_type, placed.account.amount)?)))
            .collect::<Result<Vec<_>, AmountOverflow>>()?;
        let shown_below = shown_below(&accounts);
        let mut open = Vec::new();
        for ((placed, minor), has_shown_below) in accounts.into_iter().zip(shown_below) {
            if minor == 0 && !has_shown_below {
                continue;
            }
            section.close_parents(&mut open, placed.depth)?;
            section.push_account(placed, minor);
            if has_shown_below {
                open.push(OpenParent {
                    placed,
                    total: minor.into(),
                });
            } else if let Some(parent) = open.last_mut() {
                parent.total += i128::from(minor);
            }
        }
        section.close_parents(&mut open, 0)?;
        section.total.minor = sum_checked(section.rows.iter().map(|row| row.amount.minor))?;
        Ok(section)
    }

    /// Adds a computed row at the end, also when it is zero.
    pub(super) fn push_computed(
        &mut self,
        label: &str,
        account_id: Option<i64>,
        minor: i64,
    ) -> Result<(), AmountOverflow> {
        let amount = Amount {
            minor,
            currency: self.total.currency,
        };
        self.total.minor = sum_checked([self.total.minor, minor])?;
        self.push_row(label, label, account_id, 0, amount);
        Ok(())
    }

    fn push_account(&mut self, placed: &Placed<'_>, minor: i64) {
        let currency = self.total.currency;
        let account_id = Some(placed.account.account_id);
        if minor == 0 {
            self.lines.push(Line {
                kind: LineKind::Account,
                label: placed.label().to_owned(),
                full_label: placed.path.clone(),
                depth: placed.depth,
                account_id,
                amount: None,
            });
        } else {
            let amount = Amount { minor, currency };
            self.push_row(placed.label(), &placed.path, account_id, placed.depth, amount);
        }
    }

    fn push_row(&mut self, label: &str, path: &str, account_id: Option<i64>, depth: usize, amount: Amount) {
        self.rows.push(StatementRow {
            account: path.to_owned(),
            amount,
            account_id,
            depth,
        });
        self.lines.push(Line {
            kind: LineKind::Account,
            label: label.to_owned(),
            full_label: path.to_owned(),
            depth,
            account_id,
            amount: Some(amount),
        });
    }

    /// Writes the totals of the parents that an account at `depth` is not below.
    fn close_parents(&mut self, open: &mut Vec<OpenParent<'_>>, depth: usize) -> Result<(), AmountOverflow> {
        while let Some(parent) = open.pop_if(|parent| parent.placed.depth >= depth) {
            if let Some(grandparent) = open.last_mut() {
                grandparent.total += parent.total;
            }
            self.lines.push(Line {
                kind: LineKind::AccountTotal,
                label: format!("Total for {}", parent.placed.label()),
                full_label: format!("Total for {}", parent.placed.path),
                depth: parent.placed.depth,
                account_id: Some(parent.placed.account.account_id),
                amount: Some(Amount {
                    minor: i64::try_from(parent.total).map_err(|_| AmountOverflow)?,
                    currency: self.total.currency,
                }),
            });
        }
        Ok(())
    }
}

impl Placed<'_> {
    /// Its name where its parents stand above it, else its full path.
    fn label(&self) -> &str {
        if self.depth == 0 {
            &self.path
        } else {
            &self.account.name
        }
    }
}

/// For each account whether one below it is shown. In report order the next shown account is
/// below this one exactly when it stands deeper: were there another account in between that it is
/// below, that one would be shown and be the next.
fn shown_below(accounts: &[(&Placed<'_>, i64)]) -> Vec<bool> {
    let mut next_shown_depth = 0;
    let mut shown_below: Vec<bool> = accounts
        .iter()
        .rev()
        .map(|(placed, minor)| {
            let has_shown_below = next_shown_depth > placed.depth;
            if *minor != 0 || has_shown_below {
                next_shown_depth = placed.depth;
            }
            has_shown_below
        })
        .collect();
    shown_below.reverse();
    shown_below
}
