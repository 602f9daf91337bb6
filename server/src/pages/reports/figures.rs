//! A statement's lines as the page shows them: each figure with the address of what it sums.

use app::view::report::{EntryReference, ReportKind, RowKind, StatementColumn, StatementFigure, StatementRow};
use books::documents::DocumentKind;
use books::reports::Adjusting;
use ledger::statements::{
    Cell, ColumnKind, LineKind, Measure, NOW, Sides, Source, Statement, TrialBalance, TrialBalanceRow, TrialColumn,
    TrialColumnKind, UNADJUSTED,
};
use time::Date;

use super::lines::document_address;
use super::{known_query, ledger_address, profit_and_loss_address};

/// The sides of a trial balance, as addresses name its totals: `debit`, `credit-1`.
const SIDES: [&str; 2] = ["debit", "credit"];

/// Where the figures of one statement lead.
#[derive(Clone, Debug)]
pub struct Links {
    slug: String,
    /// What the figures of a trial balance count from.
    from: Date,
    to: Date,
    /// The last change that is known; none where all are.
    known: Option<i64>,
    report: String,
}

impl Links {
    /// Of the statement that an address with this query shows.
    pub fn new(kind: ReportKind, slug: &str, query: &str, from: Date, to: Date, known: Option<i64>) -> Self {
        Self {
            slug: slug.to_owned(),
            from,
            to,
            known,
            report: format!("{}?{query}", kind.path(slug)),
        }
    }

    /// The statement itself.
    pub fn report(&self) -> &str {
        &self.report
    }

    /// The statement as a file.
    pub fn file(&self, format: &str) -> String {
        format!("{}&format={format}", self.report)
    }

    /// What a total sums.
    fn total(&self, key: &str) -> String {
        format!("{}&total={key}", self.report)
    }

    /// An account's lines over days, as far as they are known.
    fn account(&self, account_id: i64, from: Date, to: Date, is_now: bool) -> String {
        ledger_address(&self.slug, account_id, from, to) + &self.known_at(is_now)
    }

    /// An account's lines of a trial balance, by whether they adjust.
    fn adjusted(&self, account_id: i64, adjusting: Adjusting, is_now: bool) -> String {
        let lines = self.account(account_id, self.from, self.to, is_now);
        match adjusting.code() {
            "" => lines,
            code => format!("{lines}&adjusting={code}"),
        }
    }

    fn known_at(&self, is_now: bool) -> String {
        known_query(self.known.filter(|_| !is_now))
    }

    /// What an amount of a measure opens. Net income is a profit and loss; a row that no account carries opens nothing.
    fn amount(&self, source: &Source, measure: Measure) -> Option<String> {
        let Measure { from, to, is_now } = measure;
        match source {
            Source::Nothing => None,
            Source::Account(account_id) => Some(self.account(*account_id, from, to, is_now)),
            Source::NetIncome => {
                Some(profit_and_loss_address(&self.slug, Some(from), Some(to)) + &self.known_at(is_now))
            }
            Source::Parent(..) | Source::Section(_) | Source::Total(_) => Some(self.total(&source.sum_key()?)),
        }
    }

    /// A line's cells with what they open: shares and differences stand beside the amounts they are made of.
    pub fn cells(&self, statement: &Statement, source: &Source, amounts: Option<&[i64]>) -> Vec<StatementFigure> {
        let cells = statement.cells(amounts).into_iter().zip(&statement.columns);
        cells
            .map(|(cell, column)| {
                let measure = match column.kind {
                    ColumnKind::Amount(place) => statement.measures.get(place).copied(),
                    _ => None,
                };
                let href = match cell {
                    Cell::Amount(_) => measure.and_then(|measure| self.amount(source, measure)),
                    Cell::Blank | Cell::Percent(_) => None,
                };
                StatementFigure { cell, href }
            })
            .collect()
    }
}

/// The lines of a statement.
pub fn statement_rows(statement: &Statement, links: &Links) -> Vec<StatementRow> {
    let lines = statement.lines.iter().map(|line| StatementRow {
        kind: match line.kind {
            LineKind::Heading => RowKind::Group,
            LineKind::Account => RowKind::Line,
            LineKind::AccountTotal => RowKind::Subtotal,
            LineKind::Total => RowKind::Total,
            LineKind::GrandTotal => RowKind::Grand,
            LineKind::Check | LineKind::Note => RowKind::Check,
        },
        label: line.label.clone(),
        depth: line.depth,
        figures: links.cells(statement, &line.source, line.amounts.as_deref()),
        adjusted_by: Vec::new(),
    });
    lines.collect()
}

/// The heads of a statement's columns.
pub fn statement_columns(statement: &Statement) -> Vec<StatementColumn> {
    let columns = statement.columns.iter().map(|column| StatementColumn {
        group: column.group.clone(),
        head: column.head.clone(),
        is_soft: match column.kind {
            ColumnKind::PercentChange { .. } | ColumnKind::PercentOfIncome(_) => true,
            ColumnKind::Amount(_) => column.group.as_deref().is_some_and(|group| group.starts_with("Prior")),
            ColumnKind::Change { .. } => false,
        },
    });
    columns.collect()
}

/// The accounts of a trial balance and its totals.
pub fn trial_balance_rows(statement: &TrialBalance, links: &Links) -> Vec<StatementRow> {
    let accounts = statement.rows.iter().map(|row| StatementRow {
        kind: RowKind::Line,
        label: numbered(row.number.as_deref(), &row.account),
        depth: 0,
        figures: statement
            .columns
            .iter()
            .zip(&row.sides)
            .flat_map(|(column, sides)| trial_figures(links, row, column, *sides))
            .collect(),
        adjusted_by: adjusted_by(links, row),
    });
    let totals = statement.totals.iter().enumerate().flat_map(|(place, total)| {
        [total.debit, total.credit]
            .into_iter()
            .zip(SIDES)
            .map(move |(amount, side)| StatementFigure {
                cell: Cell::Amount(amount),
                href: Some(links.total(&total_key(side, place))),
            })
    });
    let totals = StatementRow {
        kind: RowKind::Grand,
        label: "Total".to_owned(),
        depth: 0,
        figures: totals.collect(),
        adjusted_by: Vec::new(),
    };
    accounts.chain([totals]).collect()
}

/// The adjusting entries of an account by their numbers; where they are many, the rest leads to all of them.
pub fn adjusted_by(links: &Links, row: &TrialBalanceRow) -> Vec<EntryReference> {
    let entries = row.adjusted_by.entries.iter().map(|entry| EntryReference {
        words: entry.name().to_owned(),
        href: Some(document_address(
            &links.slug,
            DocumentKind::JournalEntry,
            entry.document_id,
        )),
        is_rest: false,
    });
    let rest = row.adjusted_by.more_words().map(|words| EntryReference {
        words,
        href: row.account_id.map(|id| links.adjusted(id, Adjusting::Only, false)),
        is_rest: true,
    });
    entries.chain(rest).collect()
}

/// Both sides of an account in a pair of columns: an empty side is left blank.
pub fn trial_figures(links: &Links, row: &TrialBalanceRow, column: &TrialColumn, sides: Sides) -> [StatementFigure; 2] {
    let lines = |is_now, adjusting: Adjusting| {
        let account_id = row.account_id?;
        Some(links.adjusted(account_id, adjusting, is_now))
    };
    let href = match column.kind {
        TrialColumnKind::Balance(_) if column.head == UNADJUSTED => lines(false, Adjusting::LeftOut),
        TrialColumnKind::Balance(_) => lines(column.head == NOW, Adjusting::Among),
        TrialColumnKind::Movements { .. } => lines(false, Adjusting::Only),
        TrialColumnKind::Difference { .. } => None,
    };
    [sides.debit, sides.credit].map(|amount| match amount {
        0 => StatementFigure::BLANK,
        _ => StatementFigure {
            cell: Cell::Amount(amount),
            href: href.clone(),
        },
    })
}

/// The heads of a trial balance's columns.
pub fn trial_balance_columns(statement: &TrialBalance) -> Vec<StatementColumn> {
    let columns = statement.columns.iter().flat_map(|column| {
        let group = (!column.head.is_empty()).then(|| column.head.clone());
        ["Debit", "Credit"].map(|side| StatementColumn {
            group: group.clone(),
            head: side.to_owned(),
            is_soft: false,
        })
    });
    columns.collect()
}

/// The name of a trial balance's total in addresses.
pub fn total_key(side: &str, place: usize) -> String {
    match place {
        0 => side.to_owned(),
        _ => format!("{side}-{place}"),
    }
}

/// The pair of columns and the side, 0 for debits, that a name of a total means.
pub fn total_of_key(key: &str, columns: usize) -> Option<(usize, usize)> {
    (0..columns)
        .flat_map(|place| {
            SIDES
                .into_iter()
                .enumerate()
                .map(move |(side, name)| (place, side, name))
        })
        .find(|(place, _, name)| total_key(name, *place) == key)
        .map(|(place, side, _)| (place, side))
}

/// An account's number and path: `1010 Business Checking`.
pub fn numbered(number: Option<&str>, account: &str) -> String {
    match number {
        Some(number) => format!("{number} {account}"),
        None => account.to_owned(),
    }
}
