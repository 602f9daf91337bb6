//! A section of a statement: the accounts of one type, as rows for files and as lines with
//! subtotals for readers.

use super::layout::{Line, LineKind, Source};
use super::order::Placed;
use super::{Shown, face_amount};
use crate::accounts::AccountType;
use crate::money::{AmountOverflow, sum_checked};

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SectionKey {
    /// The accounts of a type.
    Of(AccountType),
    /// Net income, and what of it was no cash.
    Operating,
    /// What was kept for years.
    Investing,
    /// Lenders and owners.
    Financing,
    /// What the accounts of cash held before.
    CashAtBeginning,
    /// What the accounts of cash hold at the end, by the balance sheet.
    CashAtEnd,
}

impl SectionKey {
    /// Its heading.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Of(account_type) => account_type.section(),
            Self::Operating => "Operating Activities",
            Self::Investing => "Investing Activities",
            Self::Financing => "Financing Activities",
            Self::CashAtBeginning => "Cash at Beginning",
            Self::CashAtEnd => "Cash on the Balance Sheet",
        }
    }

    /// The words of its total.
    pub fn total_label(self) -> String {
        match self {
            Self::Of(account_type) => format!("Total {}", account_type.section()),
            Self::Operating | Self::Investing | Self::Financing => format!("Net Cash from {}", self.name()),
            Self::CashAtBeginning | Self::CashAtEnd => self.name().to_owned(),
        }
    }
}

/// A section of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it holds.
    pub key: SectionKey,
    /// The accounts with an amount of their own in some measure, and the computed rows.
    pub rows: Vec<StatementRow>,
    /// The sum of its rows, one a measure.
    pub total: Vec<i64>,
    /// The rows, the parents above them and the parents' totals, from depth 0.
    pub(super) lines: Vec<Line>,
}

/// One account on a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// The account's full path: `Parent:Sub`.
    pub account: String,
    /// Its number; none for an account without one and for a row that is computed.
    pub number: Option<String>,
    /// Its own amounts, one a measure, with the sign of the face.
    pub amounts: Vec<i64>,
    /// What the amounts are made of.
    pub source: Source,
    /// How many of its parents stand above it in the section.
    pub depth: usize,
}

impl StatementRow {
    /// What it shows of what the report is about: minor units, with the sign of the face.
    pub fn amount(&self) -> i64 {
        self.amounts.first().copied().unwrap_or(0)
    }

    /// The account; none for a row that is computed.
    pub const fn account_id(&self) -> Option<i64> {
        match self.source {
            Source::Account(account_id) => Some(account_id),
            _ => None,
        }
    }
}

/// What a row is called.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    /// Its words where its parents stand above it.
    pub(super) label: &'a str,
    /// Its full path.
    pub(super) path: &'a str,
    /// The account's number.
    pub(super) number: Option<&'a str>,
}

impl<'a> Name<'a> {
    /// Of a row that has the same words everywhere.
    pub(super) const fn of(path: &'a str, number: Option<&'a str>) -> Self {
        Self {
            label: path,
            path,
            number,
        }
    }
}

/// A parent whose subaccounts are being laid out.
struct OpenParent<'a> {
    placed: &'a Placed<'a>,
    totals: Vec<i128>,
}

impl Section {
    /// A section without rows.
    pub(super) fn empty(key: SectionKey, measures: usize) -> Self {
        Self {
            key,
            rows: Vec::new(),
            total: vec![0; measures],
            lines: Vec::new(),
        }
    }

    /// Lays out the accounts of one type, given in report order.
    pub(super) fn new<'a>(
        account_type: AccountType,
        placed: impl Iterator<Item = &'a Placed<'a>>,
        measures: usize,
        shown: Shown,
    ) -> Result<Self, AmountOverflow> {
        let mut section = Self::empty(SectionKey::Of(account_type), measures);
        let accounts = placed
            .map(|placed| {
                let amounts = placed.account.amounts.iter();
                let amounts = amounts.map(|amount| face_amount(account_type, *amount));
                Ok((placed, amounts.collect::<Result<Vec<i64>, _>>()?))
            })
            .collect::<Result<Vec<_>, AmountOverflow>>()?;
        let accounts: Vec<Account<'_>> = accounts
            .into_iter()
            .map(|(placed, amounts)| Account {
                has_row: amounts.iter().any(|amount| *amount != 0) || (shown.zero_rows && placed.account.active),
                placed,
                amounts,
            })
            .collect();
        let shown_below = shown_below(&accounts);
        let mut open = Vec::new();
        for (account, has_shown_below) in accounts.into_iter().zip(shown_below) {
            if !account.has_row && !has_shown_below {
                continue;
            }
            section.close_parents(&mut open, account.placed.depth)?;
            if has_shown_below {
                open.push(OpenParent {
                    placed: account.placed,
                    totals: account.amounts.iter().copied().map(i128::from).collect(),
                });
            } else if let Some(parent) = open.last_mut() {
                add(&mut parent.totals, account.amounts.iter().copied().map(i128::from));
            }
            section.push_account(account);
        }
        section.close_parents(&mut open, 0)?;
        section.add_up()?;
        Ok(section)
    }

    /// Adds a computed row at the end, also when it is zero.
    pub(super) fn push_computed(
        &mut self,
        label: &str,
        number: Option<&str>,
        source: Source,
        amounts: Vec<i64>,
    ) -> Result<(), AmountOverflow> {
        self.push_row(Name::of(label, number), source, 0, amounts);
        self.add_up()
    }

    /// Counts the total from the rows.
    pub(super) fn add_up(&mut self) -> Result<(), AmountOverflow> {
        for (measure, total) in self.total.iter_mut().enumerate() {
            *total = sum_checked(self.rows.iter().map(|row| row.amounts[measure]))?;
        }
        Ok(())
    }

    fn push_account(&mut self, account: Account<'_>) {
        let placed = account.placed;
        let source = Source::Account(placed.account.account_id);
        if account.has_row {
            let name = Name {
                label: placed.label(),
                ..placed.name()
            };
            self.push_row(name, source, placed.depth, account.amounts);
        } else {
            self.lines.push(Line {
                kind: LineKind::Account,
                label: placed.label().to_owned(),
                full_label: placed.path.clone(),
                number: placed.account.number.clone(),
                depth: placed.depth,
                source,
                amounts: None,
            });
        }
    }

    pub(super) fn push_row(&mut self, name: Name<'_>, source: Source, depth: usize, amounts: Vec<i64>) {
        let number = name.number.map(str::to_owned);
        self.lines.push(Line {
            kind: LineKind::Account,
            label: name.label.to_owned(),
            full_label: name.path.to_owned(),
            number: number.clone(),
            depth,
            source: source.clone(),
            amounts: Some(amounts.clone()),
        });
        self.rows.push(StatementRow {
            account: name.path.to_owned(),
            number,
            amounts,
            source,
            depth,
        });
    }

    /// Writes the totals of the parents that an account at `depth` is not below.
    fn close_parents(&mut self, open: &mut Vec<OpenParent<'_>>, depth: usize) -> Result<(), AmountOverflow> {
        while let Some(parent) = open.pop_if(|parent| parent.placed.depth >= depth) {
            if let Some(grandparent) = open.last_mut() {
                add(&mut grandparent.totals, parent.totals.iter().copied());
            }
            let totals = parent.totals.into_iter();
            let amounts = totals.map(|total| i64::try_from(total).map_err(|_| AmountOverflow));
            let account = parent.placed.account;
            self.lines.push(Line {
                kind: LineKind::AccountTotal,
                label: format!("Total for {}", parent.placed.label()),
                full_label: format!("Total for {}", parent.placed.path),
                // A number finds an account's own figures, once.
                number: None,
                depth: parent.placed.depth,
                source: Source::Parent(account.account_id, parent.placed.path.clone()),
                amounts: Some(amounts.collect::<Result<_, _>>()?),
            });
        }
        Ok(())
    }
}

/// An account with its amounts as the face shows them.
struct Account<'a> {
    placed: &'a Placed<'a>,
    amounts: Vec<i64>,
    has_row: bool,
}

fn add(totals: &mut [i128], amounts: impl Iterator<Item = i128>) {
    for (total, amount) in totals.iter_mut().zip(amounts) {
        *total += amount;
    }
}

impl Placed<'_> {
    /// Its full path and number.
    pub(super) fn name(&self) -> Name<'_> {
        Name::of(&self.path, self.account.number.as_deref())
    }

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
fn shown_below(accounts: &[Account<'_>]) -> Vec<bool> {
    let mut next_shown_depth = 0;
    let mut shown_below: Vec<bool> = accounts
        .iter()
        .rev()
        .map(|account| {
            let has_shown_below = next_shown_depth > account.placed.depth;
            if account.has_row || has_shown_below {
                next_shown_depth = account.placed.depth;
            }
            has_shown_below
        })
        .collect();
    shown_below.reverse();
    shown_below
}
