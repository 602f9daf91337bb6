//! A statement as text, CSV and JSON.

use std::collections::BTreeMap;
use std::ops::RangeBounds;

use serde::Serialize;

use super::columns::{Cell, Column, ColumnKind};
use super::face::{Face, FaceJson};
use super::statement::Statement;
use crate::csv::csv_record;
use crate::dates::format_iso;
use crate::money::{Amount, Currency, format_plain, format_report};

impl Cell {
    /// As a statement prints it: negatives in parentheses, shares with a minus.
    pub fn to_report(self, currency: Currency) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Amount(minor) => format_report(minor, currency),
            Self::Percent(tenths) => format!("{}%", tenths_text(tenths, true)),
        }
    }

    /// As a file carries it: `-1234.50`, `-15.0`.
    pub fn to_plain(self, currency: Currency) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Amount(minor) => format_plain(minor, currency),
            Self::Percent(tenths) => tenths_text(tenths, false),
        }
    }
}

/// `-1,234.5`
fn tenths_text(tenths: i64, separated: bool) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let whole = (tenths.unsigned_abs() / 10).to_string();
    let mut text = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if separated && place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text}.{}", tenths.unsigned_abs() % 10)
}

impl Statement {
    /// As text for a terminal, with aligned columns and negatives in parentheses.
    pub fn to_text(&self, face: &Face) -> String {
        let mut rows = heads(&self.columns);
        for line in &self.lines {
            let label = format!("{:indent$}{}", "", line.label, indent = 2 * line.depth);
            let cells = self.cells(line.amounts.as_deref()).into_iter();
            let figures = cells.map(|cell| cell.to_report(self.currency));
            rows.push(std::iter::once(label).chain(figures).collect());
        }
        face.text_heading(self.kind.title()) + &text_table(&rows, 1..) + &face.text_foot()
    }

    /// As CSV with a header: the lines with full paths and plain amounts, and below them the face. Where the chart has numbers they
    /// stand in a column of their own, of lines that are one account's own.
    pub fn to_csv(&self, face: &Face) -> String {
        let heads = match &self.columns[..] {
            [_] => vec!["Amount".to_owned()],
            columns => columns.iter().map(Column::full_head).collect(),
        };
        let number = |text: &str| self.is_numbered.then(|| text.to_owned());
        let label = |head: &str, text: &str| number(head).into_iter().chain([text.to_owned()]);
        let mut text = csv_record(label("Number", "Account").chain(heads));
        for line in &self.lines {
            let cells = self.cells(line.amounts.as_deref()).into_iter();
            let figures = cells.map(|cell| cell.to_plain(self.currency));
            let number = line.number.as_deref().unwrap_or_default();
            text += &csv_record(label(number, &line.full_label).chain(figures));
        }
        text + &face.csv_foot(self.kind.title())
    }

    /// As the JSON that scripts rely on. `amount`, `total` and `totals` are of what the report is
    /// about; where there is more than one column, `cells` beside them follow `columns`, null where
    /// nothing stands.
    pub fn json<'a>(&'a self, face: &'a Face) -> impl Serialize + 'a {
        let columns = (self.columns.len() > 1).then(|| self.columns.iter().map(|column| self.column_json(column)));
        let sections = self.sections.iter().map(|section| SectionJson {
            name: section.key.name(),
            rows: section
                .rows
                .iter()
                .map(|row| RowJson {
                    number: row.number.clone(),
                    account: row.account.clone(),
                    amount: self.amount(&row.amounts),
                    cells: self.cells_json(&row.amounts),
                })
                .collect(),
            total: self.amount(&section.total),
            total_cells: self.cells_json(&section.total),
        });
        let totals = self
            .totals
            .iter()
            .map(|(name, amounts)| (name.key(), self.amount(amounts)));
        let cells = self
            .totals
            .iter()
            .filter_map(|(name, amounts)| Some((name.key(), self.cells_json(amounts)?)));
        let equity = self.section(crate::accounts::AccountType::Equity);
        let equity = equity.map(|section| ("equity", self.amount(&section.total)));
        StatementJson {
            face: face.json(self.kind.title()),
            columns: columns.map(Iterator::collect),
            sections: sections.collect(),
            totals: totals.chain(equity).collect(),
            total_cells: Some(cells.collect::<BTreeMap<_, _>>()).filter(|cells| !cells.is_empty()),
        }
    }

    fn amount(&self, amounts: &[i64]) -> Amount {
        Amount {
            minor: amounts.first().copied().unwrap_or(0),
            currency: self.currency,
        }
    }

    fn cells_json(&self, amounts: &[i64]) -> Option<Vec<Option<String>>> {
        let cell = |cell: Cell| (cell != Cell::Blank).then(|| cell.to_plain(self.currency));
        (self.columns.len() > 1).then(|| self.cells(Some(amounts)).into_iter().map(cell).collect())
    }

    fn column_json(&self, column: &Column) -> ColumnJson {
        let (ColumnKind::Amount(place)
        | ColumnKind::Change { of: place, .. }
        | ColumnKind::PercentChange { of: place, .. }
        | ColumnKind::PercentOfIncome(place)) = column.kind;
        let measure = self.measures[place];
        ColumnJson {
            head: column.full_head(),
            kind: column.kind_code(),
            from: self.kind.shows_period().then(|| format_iso(measure.from)),
            to: format_iso(measure.to),
        }
    }
}

#[derive(Serialize)]
struct StatementJson<'a> {
    #[serde(flatten)]
    face: FaceJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<Vec<ColumnJson>>,
    sections: Vec<SectionJson>,
    totals: BTreeMap<&'static str, Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_cells: Option<BTreeMap<&'static str, Vec<Option<String>>>>,
}

#[derive(Serialize)]
struct ColumnJson {
    head: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    to: String,
}

#[derive(Serialize)]
struct SectionJson {
    name: &'static str,
    rows: Vec<RowJson>,
    total: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_cells: Option<Vec<Option<String>>>,
}

#[derive(Serialize)]
struct RowJson {
    number: Option<String>,
    account: String,
    amount: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<Vec<Option<String>>>,
}

/// The heads of columns as rows of text: none over a single column, two where columns belong together.
fn heads(columns: &[Column]) -> Vec<Vec<String>> {
    if columns.len() < 2 {
        return Vec::new();
    }
    let mut rows = Vec::new();
    let mut last = None;
    if columns.iter().any(|column| column.group.is_some()) {
        let groups = columns.iter().map(|column| {
            let is_new = column.group != last;
            last.clone_from(&column.group);
            column.group.clone().filter(|_| is_new).unwrap_or_default()
        });
        rows.push(std::iter::once(String::new()).chain(groups).collect());
    }
    let names = columns.iter().map(|column| column.head.clone());
    rows.push(std::iter::once(String::new()).chain(names).collect());
    rows
}

/// Rows in aligned columns, two spaces apart; the columns of `right` are aligned right.
/// Control characters become spaces, so that no name can move a terminal's cursor.
pub(super) fn text_table(rows: &[Vec<String>], right: impl RangeBounds<usize>) -> String {
    let mut widths = vec![0; rows.iter().map(Vec::len).max().unwrap_or(0)];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut printed = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            if column > 0 {
                printed.push_str("  ");
            }
            let cell = cell.replace(char::is_control, " ");
            if right.contains(&column) {
                printed.push_str(&format!("{cell:>width$}"));
            } else {
                printed.push_str(&format!("{cell:<width$}"));
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
        let rows = [["Café", "1.00"], ["Rent\u{1b}[2J", "(10.00)"], ["Total", ""]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(text_table(&rows, 1..), "Café         1.00\nRent [2J  (10.00)\nTotal\n");
    }

    #[test]
    fn a_share_is_printed_with_a_minus_and_one_decimal() {
        for (tenths, printed, plain) in [
            (150, "15.0%", "15.0"),
            (-418, "-41.8%", "-41.8"),
            (-3, "-0.3%", "-0.3"),
            (12_345_678, "1,234,567.8%", "1234567.8"),
        ] {
            let cell = Cell::Percent(tenths);
            assert_eq!(cell.to_report(Currency::USD), printed);
            assert_eq!(cell.to_plain(Currency::USD), plain);
        }
    }
}
