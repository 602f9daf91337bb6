//! A statement line by line, as a reader sees it, and its text and CSV.

use time::Date;

use super::{Basis, Section};
use crate::csv::csv_record;
use crate::dates::format_date;
use crate::money::{Amount, Currency};

/// One line of a statement as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Its words: an account's own name, a heading, or what is totaled.
    pub label: String,
    /// The label with an account's full path, for where no line above names its parents.
    pub full_label: String,
    /// How far it is indented.
    pub depth: usize,
    /// The account it opens; for [`LineKind::AccountTotal`] the parent.
    pub account_id: Option<i64>,
    /// The amount; none on headings and on parents without an amount of their own.
    pub amount: Option<Amount>,
}

/// What a line of a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// The heading of a section or a group of sections.
    Heading,
    /// An account, or a computed row of Equity.
    Account,
    /// `Total for Parent`: an account with all its subaccounts.
    AccountTotal,
    /// The total of a section or group, or a result on the way.
    Total,
    /// The last result, such as Net Income or Total Assets.
    GrandTotal,
    /// A line that proves the others and should say 0.00.
    Check,
}

/// A statement under construction.
#[derive(Default)]
pub(super) struct Outline {
    lines: Vec<Line>,
}

impl Outline {
    pub(super) fn heading(&mut self, depth: usize, label: &str) {
        self.push(LineKind::Heading, depth, label, None);
    }

    pub(super) fn amount(&mut self, kind: LineKind, depth: usize, label: &str, amount: Amount) {
        self.push(kind, depth, label, Some(amount));
    }

    /// A section with its heading and total; nothing for one without rows.
    pub(super) fn section(&mut self, depth: usize, section: &Section) {
        if section.rows.is_empty() {
            return;
        }
        self.heading(depth, section.name);
        self.lines.extend(section.lines.iter().map(|line| Line {
            depth: depth + 1 + line.depth,
            ..line.clone()
        }));
        let label = format!("Total {}", section.name);
        self.amount(LineKind::Total, depth, &label, section.total);
    }

    pub(super) fn finish(self) -> Vec<Line> {
        self.lines
    }

    fn push(&mut self, kind: LineKind, depth: usize, label: &str, amount: Option<Amount>) {
        self.lines.push(Line {
            kind,
            label: label.to_owned(),
            full_label: label.to_owned(),
            depth,
            account_id: None,
            amount,
        });
    }
}

/// What stands above a report: its title, its dates, its basis and currency.
pub(super) fn text_heading(title: &str, dates: &str, basis: Basis, currency: Currency) -> String {
    format!("{title}\n{dates}\n{}, {}\n\n", basis.name(), currency.code())
}

/// `As of Oct 31, 2026`.
pub(super) fn as_of(date: Date) -> String {
    format!("As of {}", format_date(date))
}

/// The lines as text: labels indented, amounts aligned, negatives in parentheses.
pub(super) fn lines_to_text(lines: &[Line]) -> String {
    let rows: Vec<[String; 2]> = lines
        .iter()
        .map(|line| {
            [
                format!("{:indent$}{}", "", line.label, indent = 2 * line.depth),
                line.amount.map(Amount::to_report).unwrap_or_default(),
            ]
        })
        .collect();
    text_table(&rows, 1)
}

/// The lines as CSV: full labels and plain amounts.
pub(super) fn lines_to_csv(lines: &[Line]) -> String {
    let records = lines.iter().map(|line| {
        let amount = line.amount.map(Amount::to_plain).unwrap_or_default();
        csv_record([line.full_label.as_str(), amount.as_str()])
    });
    std::iter::once(csv_record(["Account", "Amount"]))
        .chain(records)
        .collect()
}

/// Rows in aligned columns, two spaces apart; the columns from `first_right` on are aligned right.
/// Control characters become spaces, so that no name can move a terminal's cursor.
pub(super) fn text_table<const COLUMNS: usize>(rows: &[[String; COLUMNS]], first_right: usize) -> String {
    let mut widths = [0; COLUMNS];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut printed = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            if column > 0 {
                printed.push_str("  ");
            }
            let cell = cell.replace(char::is_control, " ");
            if column < first_right {
                printed.push_str(&format!("{cell:<width$}"));
            } else {
                printed.push_str(&format!("{cell:>width$}"));
            }
        }
        text.push_str(printed.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_control_characters_blanked() {
        let rows = [
            ["Café".to_owned(), "1.00".to_owned()],
            ["Rent\u{1b}[2J".to_owned(), "(10.00)".to_owned()],
            ["Total".to_owned(), String::new()],
        ];
        assert_eq!(text_table(&rows, 1), "Café         1.00\nRent [2J  (10.00)\nTotal\n");
    }
}
