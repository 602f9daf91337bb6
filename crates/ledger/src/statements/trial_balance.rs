//! The trial balance: every account with a balance, on its side, and both sides equal.

use std::collections::HashMap;

use serde::Serialize;

use super::face::{Face, FaceJson};
use super::file::text_table;
use super::order::in_report_order;
use super::{AccountBalance, Balances, RETAINED_EARNINGS, Shown, retained_earnings_account};
use crate::accounts::AccountType;
use crate::csv::csv_record;
use crate::money::{Amount, AmountOverflow, Currency, sum_checked};

const TITLE: &str = "Trial Balance";
/// The head of the column that names them in files.
const ADJUSTING_ENTRIES: &str = "Adjusting entries";
/// What stands over the balances without the adjusting entries.
pub const UNADJUSTED: &str = "Unadjusted";
/// What stands over the balances as the books stand.
pub const NOW: &str = "Now";

/// A trial balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialBalance {
    /// The currency of all its amounts.
    pub currency: Currency,
    /// Its pairs of columns: what stands over each, and what it shows.
    pub columns: Vec<TrialColumn>,
    /// The accounts with something in one of the columns, in report order.
    pub rows: Vec<TrialBalanceRow>,
    /// The sums of both sides, one a pair of columns.
    pub totals: Vec<Sides>,
    /// The sum of the debits of what the report is about.
    pub total_debit: Amount,
    /// The sum of its credits.
    pub total_credit: Amount,
    main: usize,
}

/// A pair of columns, debits and credits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialColumn {
    /// What stands over it: `Adjustments`; empty for the only pair.
    pub head: String,
    /// What it shows.
    pub kind: TrialColumnKind,
}

/// The pairs of columns of a trial balance: which amounts of an account they show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialColumns {
    /// The pairs.
    pub columns: Vec<TrialColumn>,
    /// Which of them the report is about.
    pub main: usize,
}

/// What a pair of columns shows of an account's amounts, named by their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrialColumnKind {
    /// A balance on its side.
    Balance(usize),
    /// Both sides: debits, and credits as a negative amount.
    Movements {
        /// The place of the debits.
        debits: usize,
        /// The place of the credits.
        credits: usize,
    },
    /// What one balance is more than another, on its side.
    Difference {
        /// The place of the later or newer one.
        of: usize,
        /// The place of what it is compared with.
        from: usize,
    },
}

impl TrialColumns {
    /// One pair of columns: the balances.
    pub fn single() -> Self {
        Self {
            columns: vec![TrialColumn {
                head: String::new(),
                kind: TrialColumnKind::Balance(0),
            }],
            main: 0,
        }
    }

    /// The accountant's six columns (accounting.md 4.5). The places of the amounts: adjusted,
    /// unadjusted, the adjusting entries' debits, their credits.
    pub fn adjusted() -> Self {
        let column = |head: &str, kind| TrialColumn {
            head: head.to_owned(),
            kind,
        };
        Self {
            columns: vec![
                column(UNADJUSTED, TrialColumnKind::Balance(1)),
                column("Adjustments", TrialColumnKind::Movements { debits: 2, credits: 3 }),
                column("Adjusted", TrialColumnKind::Balance(0)),
            ],
            main: 2,
        }
    }

    /// A moment beside now, with the difference. The places of the amounts: as known, now.
    pub fn against_now(known: &str) -> Self {
        let column = |head: &str, kind| TrialColumn {
            head: head.to_owned(),
            kind,
        };
        Self {
            columns: vec![
                column(known, TrialColumnKind::Balance(0)),
                column(NOW, TrialColumnKind::Balance(1)),
                column("Difference", TrialColumnKind::Difference { of: 1, from: 0 }),
            ],
            main: 0,
        }
    }
}

/// A debit and a credit, both zero or positive, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Sides {
    /// What stands in the debit column.
    pub debit: i64,
    /// What stands in the credit column.
    pub credit: i64,
}

/// The most entries that a row of a trial balance names, as many as a year has month ends; the rest is counted.
pub const ADJUSTMENTS_NAMED_MAX: usize = 12;

/// The adjusting entries of one account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AdjustedBy {
    /// The first of them, by day: at most [`ADJUSTMENTS_NAMED_MAX`].
    pub entries: Vec<AdjustingEntry>,
    /// How many there are besides.
    pub more: usize,
}

/// An adjusting entry as a trial balance refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustingEntry {
    /// Its document.
    pub document_id: i64,
    /// Its number.
    pub number: Option<String>,
}

impl AdjustingEntry {
    /// What it is called by: its number.
    pub fn name(&self) -> &str {
        self.number.as_deref().unwrap_or("unnumbered")
    }
}

impl AdjustedBy {
    /// `and 12 more`, where not all are named.
    pub fn more_words(&self) -> Option<String> {
        (self.more > 0).then(|| format!("and {} more", self.more))
    }

    /// `1017, 1018 and 12 more`; empty where nothing adjusts the account.
    pub fn words(&self) -> String {
        let names: Vec<&str> = self.entries.iter().map(AdjustingEntry::name).collect();
        let more = self.more_words().map(|words| format!(" {words}"));
        names.join(", ") + &more.unwrap_or_default()
    }
}

/// One account of a trial balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialBalanceRow {
    /// Its number, if it has one.
    pub number: Option<String>,
    /// Its full path: `Parent:Sub`.
    pub account: String,
    /// Its type.
    pub account_type: AccountType,
    /// A debit balance of what the report is about.
    pub debit: Amount,
    /// A credit balance of it; one of the two is zero.
    pub credit: Amount,
    /// Both sides, one a pair of columns.
    pub sides: Vec<Sides>,
    /// The account; none for retained earnings that no account carries.
    pub account_id: Option<i64>,
    /// The entries that adjust it, where the trial balance stands before and after them.
    pub adjusted_by: AdjustedBy,
    /// How many of its parents are of its type.
    pub depth: usize,
}

/// Lays out a trial balance. One row for each account with something in one of the columns; the row
/// of the account with the role retained earnings carries `retained_before` too, and where no
/// account has the role, a row Retained Earnings at the end of equity does. Amounts in minor units.
///
/// # Errors
/// [`AmountOverflow`] when a figure leaves the range of 64 bits.
pub fn trial_balance(
    currency: Currency,
    columns: TrialColumns,
    balances: &Balances,
    shown: Shown,
) -> Result<TrialBalance, AmountOverflow> {
    let TrialColumns { columns, main } = columns;
    let retained_id = retained_earnings_account(balances).map(|account| account.account_id);
    let mut rows = Vec::new();
    for placed in in_report_order(&balances.accounts, shown.sort, |_| true) {
        let account = placed.account;
        let carried = match Some(account.account_id) == retained_id {
            true => &balances.retained_before[..],
            false => &[],
        };
        let sides = sides_of(&columns, &amounts_of(account, carried)?)?;
        let is_shown = sides.iter().any(|sides| *sides != Sides::default());
        if is_shown || (shown.zero_rows && account.active) {
            let row = row(currency, main, account.number.clone(), placed.path, sides);
            rows.push(TrialBalanceRow {
                account_type: account.account_type,
                account_id: Some(account.account_id),
                depth: placed.depth,
                ..row
            });
        }
    }
    if retained_id.is_none() && balances.retained_before.iter().any(|earned| *earned != 0) {
        let amounts = balances.retained_before.iter();
        let amounts = amounts.map(|earned| earned.checked_neg().ok_or(AmountOverflow));
        let sides = sides_of(&columns, &amounts.collect::<Result<Vec<_>, _>>()?)?;
        let end_of_equity = rows.partition_point(|row| row.account_type <= AccountType::Equity);
        rows.insert(
            end_of_equity,
            row(currency, main, None, RETAINED_EARNINGS.to_owned(), sides),
        );
    }
    let totals = (0..columns.len())
        .map(|column| {
            Ok(Sides {
                debit: sum_checked(rows.iter().map(|row| row.sides[column].debit))?,
                credit: sum_checked(rows.iter().map(|row| row.sides[column].credit))?,
            })
        })
        .collect::<Result<Vec<Sides>, AmountOverflow>>()?;
    let total = totals.get(main).copied().unwrap_or_default();
    Ok(TrialBalance {
        currency,
        columns,
        rows,
        totals,
        total_debit: Amount {
            minor: total.debit,
            currency,
        },
        total_credit: Amount {
            minor: total.credit,
            currency,
        },
        main,
    })
}

/// A row of equity; its caller says more of it.
fn row(currency: Currency, main: usize, number: Option<String>, account: String, sides: Vec<Sides>) -> TrialBalanceRow {
    let of_main = sides.get(main).copied().unwrap_or_default();
    TrialBalanceRow {
        number,
        account,
        account_type: AccountType::Equity,
        debit: Amount {
            minor: of_main.debit,
            currency,
        },
        credit: Amount {
            minor: of_main.credit,
            currency,
        },
        sides,
        account_id: None,
        adjusted_by: AdjustedBy::default(),
        depth: 0,
    }
}

/// An account's amounts less what earlier years earned, which its row carries.
fn amounts_of(account: &AccountBalance, carried: &[i64]) -> Result<Vec<i64>, AmountOverflow> {
    let carried = carried.iter().copied().chain(std::iter::repeat(0));
    account
        .amounts
        .iter()
        .zip(carried)
        .map(|(amount, carried)| amount.checked_sub(carried).ok_or(AmountOverflow))
        .collect()
}

fn sides_of(columns: &[TrialColumn], amounts: &[i64]) -> Result<Vec<Sides>, AmountOverflow> {
    columns
        .iter()
        .map(|column| match column.kind {
            TrialColumnKind::Balance(place) => sides(amounts[place]),
            TrialColumnKind::Movements { debits, credits } => Ok(Sides {
                debit: amounts[debits],
                credit: amounts[credits].checked_neg().ok_or(AmountOverflow)?,
            }),
            TrialColumnKind::Difference { of, from } => {
                sides(amounts[of].checked_sub(amounts[from]).ok_or(AmountOverflow)?)
            }
        })
        .collect()
}

/// The debit and the credit column of a debit-positive amount.
fn sides(amount: i64) -> Result<Sides, AmountOverflow> {
    let opposite = amount.checked_neg().ok_or(AmountOverflow)?;
    Ok(Sides {
        debit: amount.max(0),
        credit: opposite.max(0),
    })
}

impl TrialBalance {
    /// The same with the entries that adjust each account, by the account's id.
    pub fn with_adjustments(mut self, mut adjusted: HashMap<i64, AdjustedBy>) -> Self {
        for row in &mut self.rows {
            row.adjusted_by = row.account_id.and_then(|id| adjusted.remove(&id)).unwrap_or_default();
        }
        self
    }

    /// Whether it stands before and after adjusting entries, and so has a column of their numbers.
    fn names_adjustments(&self) -> bool {
        let shows_movements = |column: &TrialColumn| matches!(column.kind, TrialColumnKind::Movements { .. });
        self.columns.iter().any(shows_movements)
    }

    /// What stands in the column of adjusting entries; none where there is no such column.
    fn adjustments_cell(&self, words: impl FnOnce() -> String) -> Option<String> {
        self.names_adjustments().then(words)
    }

    /// Whether both columns of every pair add up to the same.
    pub fn is_balanced(&self) -> bool {
        self.totals.iter().all(|total| total.debit == total.credit)
    }

    /// As text for a terminal, with aligned columns and an empty side left blank.
    pub fn to_text(&self, face: &Face) -> String {
        let side = |minor: i64| match minor {
            0 => String::new(),
            _ => self.amount(minor).to_report(),
        };
        let mut table = Vec::new();
        if self.columns.len() > 1 {
            let groups = self
                .columns
                .iter()
                .flat_map(|column| [column.head.clone(), String::new()]);
            table.push(row_of(["", "", ""], groups));
        }
        let sides = self.columns.iter().flat_map(|_| ["Debit", "Credit"].map(str::to_owned));
        let head = self.adjustments_cell(|| ADJUSTING_ENTRIES.to_owned());
        table.push(row_of(["Number", "Account", "Type"], sides.chain(head)));
        for row in &self.rows {
            let number = row.number.as_deref().unwrap_or_default();
            let figures = row.sides.iter().flat_map(|both| [side(both.debit), side(both.credit)]);
            let entries = self.adjustments_cell(|| row.adjusted_by.words());
            table.push(row_of(
                [number, &row.account, row.account_type.name()],
                figures.chain(entries),
            ));
        }
        let totals = self.totals.iter().flat_map(|total| [total.debit, total.credit]);
        let totals = totals.map(|total| self.amount(total).to_report());
        table.push(row_of(["", "Total", ""], totals));
        face.text_heading(TITLE) + &text_table(&table, 3..3 + 2 * self.columns.len()) + &face.text_foot()
    }

    /// As CSV with a header, an empty side as `0.00`, the totals as the last record of the table, and
    /// below it the face.
    pub fn to_csv(&self, face: &Face) -> String {
        let plain = |both: &Sides| [both.debit, both.credit].map(|minor| self.amount(minor).to_plain());
        let heads = self.columns.iter().flat_map(|column| {
            ["Debit", "Credit"].map(|side| match column.head.as_str() {
                "" => side.to_owned(),
                head => format!("{head}: {side}"),
            })
        });
        let head = self.adjustments_cell(|| ADJUSTING_ENTRIES.to_owned());
        let mut text = csv_record(row_of(["Number", "Account", "Type"], heads.chain(head)));
        for row in &self.rows {
            let number = row.number.as_deref().unwrap_or_default();
            let label = [number, &row.account, row.account_type.name()];
            let entries = self.adjustments_cell(|| row.adjusted_by.words());
            text += &csv_record(row_of(label, row.sides.iter().flat_map(plain).chain(entries)));
        }
        let blank = self.adjustments_cell(String::new);
        text += &csv_record(row_of(
            ["", "Total", ""],
            self.totals.iter().flat_map(plain).chain(blank),
        ));
        text + &face.csv_foot(TITLE)
    }

    /// As the JSON that scripts rely on. `debit` and `credit` are of what the report is about; where
    /// there are several pairs of columns, `cells` beside them follow `columns`.
    pub fn json<'a>(&'a self, face: &'a Face) -> impl Serialize + 'a {
        let is_single = self.columns.len() == 1;
        let cells = |sides: &[Sides]| (!is_single).then(|| sides.iter().map(|both| self.sides_json(*both)).collect());
        let rows = self.rows.iter().map(|row| RowJson {
            number: row.number.as_deref(),
            account: &row.account,
            account_type: row.account_type.name(),
            sides: SidesJson {
                debit: row.debit,
                credit: row.credit,
            },
            cells: cells(&row.sides),
            adjusted_by: self.names_adjustments().then(|| AdjustedByJson::of(&row.adjusted_by)),
        });
        TrialBalanceJson {
            face: face.json(TITLE),
            columns: (!is_single).then(|| self.columns.iter().map(|column| column.head.as_str()).collect()),
            rows: rows.collect(),
            total_debit: self.total_debit,
            total_credit: self.total_credit,
            total_cells: cells(&self.totals),
        }
    }

    fn sides_json(&self, both: Sides) -> SidesJson {
        SidesJson {
            debit: self.amount(both.debit),
            credit: self.amount(both.credit),
        }
    }

    fn amount(&self, minor: i64) -> Amount {
        Amount {
            minor,
            currency: self.currency,
        }
    }

    /// The pair of columns that the report is about.
    pub const fn main(&self) -> usize {
        self.main
    }
}

fn row_of(label: [&str; 3], figures: impl Iterator<Item = String>) -> Vec<String> {
    label.map(str::to_owned).into_iter().chain(figures).collect()
}

#[derive(Serialize)]
struct TrialBalanceJson<'a> {
    #[serde(flatten)]
    face: FaceJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<Vec<&'a str>>,
    rows: Vec<RowJson<'a>>,
    total_debit: Amount,
    total_credit: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_cells: Option<Vec<SidesJson>>,
}

#[derive(Serialize)]
struct RowJson<'a> {
    number: Option<&'a str>,
    account: &'a str,
    #[serde(rename = "type")]
    account_type: &'static str,
    #[serde(flatten)]
    sides: SidesJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<Vec<SidesJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adjusted_by: Option<AdjustedByJson<'a>>,
}

/// The adjusting entries of an account: the first of them, and how many there are besides.
#[derive(Serialize)]
struct AdjustedByJson<'a> {
    entries: Vec<AdjustingEntryJson<'a>>,
    more: usize,
}

#[derive(Serialize)]
struct AdjustingEntryJson<'a> {
    number: Option<&'a str>,
    entry_id: i64,
}

impl<'a> AdjustedByJson<'a> {
    fn of(adjusted_by: &'a AdjustedBy) -> Self {
        let entries = adjusted_by.entries.iter().map(|entry| AdjustingEntryJson {
            number: entry.number.as_deref(),
            entry_id: entry.document_id,
        });
        Self {
            entries: entries.collect(),
            more: adjusted_by.more,
        }
    }
}

#[derive(Serialize)]
struct SidesJson {
    debit: Amount,
    credit: Amount,
}
