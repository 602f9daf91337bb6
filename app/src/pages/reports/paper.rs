//! A statement of many columns on paper: what is wider than a sheet is cut between its columns, and every part has the names of the
//! accounts again.

use std::ops::Range;

use ledger::money::Currency;
use leptos::prelude::*;

use super::statement::{grouped, heads, statement_row};
use crate::view::report::{EntryReference, StatementColumn, StatementFigure, StatementRow, StatementView};

/// How much of a sheet's long side figures of a size take, in tenths of a millimeter.
#[derive(Clone, Copy, Debug)]
struct Size {
    /// A character, as wide as the widest digit.
    character: usize,
    /// What stands empty beside the figures of a column.
    padding: usize,
    /// What is left beside the names of the accounts, on letter paper: A4 is longer.
    room: usize,
}

/// At 8.5 points, as style/print.css sets `broad`.
const BROAD: Size = Size {
    character: 18,
    padding: 24,
    room: 2130,
};

/// At 6.8 points, as style/print.css sets `dense`.
const DENSE: Size = Size {
    character: 15,
    padding: 16,
    room: 2210,
};

/// The most columns that are set upright.
const UPRIGHT: usize = 4;
/// The most columns that are set at [`BROAD`].
const BROAD_COLUMNS: usize = 8;

/// How a statement is set, and the columns of each sheet that it takes on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    /// The classes of its panel.
    pub(super) class: &'static str,
    /// The columns of each part; one part is the whole.
    pub(super) parts: Vec<Range<usize>>,
}

impl Setting {
    /// Of these columns: upright, on the long side of a sheet, or small on the long sides of as many sheets as it needs.
    pub(super) fn of(columns: &[StatementColumn], rows: &[StatementRow], currency: Currency) -> Self {
        let whole = |class| Self {
            class,
            parts: std::iter::once(0..columns.len()).collect(),
        };
        let blocks = |size: Size| blocks(columns, rows, currency, size);
        if columns.len() <= UPRIGHT {
            return whole("");
        }
        if columns.len() <= BROAD_COLUMNS && width(&blocks(BROAD)) <= BROAD.room {
            return whole("broad");
        }
        Self {
            class: "broad dense",
            parts: evenly(&blocks(DENSE), DENSE.room),
        }
    }
}

/// Columns that stand together on one sheet: how many, and how wide.
type Block = (usize, usize);

fn width(blocks: &[Block]) -> usize {
    blocks.iter().map(|(_, width)| width).sum()
}

/// A column, or the columns under one head.
fn blocks(columns: &[StatementColumn], rows: &[StatementRow], currency: Currency, size: Size) -> Vec<Block> {
    let set = |characters: usize| characters * size.character + size.padding;
    let column = |(place, column): (usize, &StatementColumn)| {
        let figures = rows.iter().filter_map(|row| row.figures.get(place));
        let longest = figures
            .map(|figure| figure.cell.to_report(currency).chars().count())
            .max();
        set(longest.unwrap_or_default().max(column.head.chars().count()))
    };
    let widths: Vec<usize> = columns.iter().enumerate().map(column).collect();
    let mut rest = widths.into_iter();
    let mut blocks = Vec::new();
    for (group, count) in grouped(columns) {
        match group {
            None => blocks.extend(rest.by_ref().take(count).map(|width| (1, width))),
            Some(words) => {
                let width: usize = rest.by_ref().take(count).sum();
                blocks.push((count, width.max(set(words.chars().count()))));
            }
        }
    }
    blocks
}

/// The fewest parts that fit in a room, as even as they come: no sheet is left with one column where its neighbor has many.
fn evenly(blocks: &[Block], room: usize) -> Vec<Range<usize>> {
    let fewest = cut(blocks, room);
    let even = width(blocks).div_ceil(fewest.len().max(1));
    (even..room)
        .step_by(10)
        .map(|room| cut(blocks, room))
        .find(|parts| parts.len() == fewest.len())
        .unwrap_or(fewest)
}

/// Neighbors in parts that each fit in a room. A block that is wider than that is a part of its own.
fn cut(blocks: &[Block], room: usize) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut filled = 0;
    for (count, width) in blocks {
        match parts.last_mut() {
            Some(part) if filled + width <= room => {
                part.end += count;
                filled += width;
            }
            _ => {
                let start = parts.last().map_or(0, |part| part.end);
                parts.push(start..start + count);
                filled = *width;
            }
        }
    }
    parts
}

/// The parts of a statement that no sheet holds whole, which only paper shows. They open nothing.
pub(super) fn sheets(statement: &StatementView, parts: &[Range<usize>]) -> impl IntoView + use<> {
    let sheets: Vec<_> = match parts {
        [_] => Vec::new(),
        parts => parts.iter().map(|part| sheet(statement, part)).collect(),
    };
    sheets.into_iter().collect_view()
}

fn sheet(statement: &StatementView, part: &Range<usize>) -> impl IntoView + use<> {
    let columns = statement.columns.get(part.clone()).unwrap_or_default().to_vec();
    let soft: Vec<bool> = columns.iter().map(|column| column.is_soft).collect();
    let in_all = statement.columns.len();
    let caption = match part.len() {
        1 => format!("Column {} of {in_all}", part.end),
        _ => format!("Columns {} to {} of {in_all}", part.start + 1, part.end),
    };
    let rows: Vec<_> = statement
        .rows
        .iter()
        .map(|row| statement_row(figures_of(row, part), &soft, statement.currency))
        .collect();
    view! {
        <table class="sheet-part on-paper">
            <caption>{caption}</caption>
            <thead>{heads(columns)}</thead>
            <tbody>{rows.into_iter().collect_view()}</tbody>
        </table>
    }
}

/// A line with the figures of one part alone.
fn figures_of(row: &StatementRow, part: &Range<usize>) -> StatementRow {
    let figures = row.figures.get(part.clone()).unwrap_or_default().iter();
    StatementRow {
        kind: row.kind,
        label: row.label.clone(),
        depth: row.depth,
        figures: figures
            .map(|figure| StatementFigure {
                cell: figure.cell,
                href: None,
            })
            .collect(),
        adjusted_by: row
            .adjusted_by
            .iter()
            .map(|entry| EntryReference {
                href: None,
                ..entry.clone()
            })
            .collect(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use ledger::statements::Cell;

    use super::*;
    use crate::view::report::RowKind;

    fn columns(count: usize, group: impl Fn(usize) -> Option<String>) -> Vec<StatementColumn> {
        let column = |place| StatementColumn {
            group: group(place),
            head: "Oct 2026".to_owned(),
            is_soft: false,
        };
        (0..count).map(column).collect()
    }

    fn total(columns: usize, amount: i64) -> StatementRow {
        let figure = StatementFigure {
            cell: Cell::Amount(amount),
            href: Some("/c/juniper/reports".to_owned()),
        };
        StatementRow {
            kind: RowKind::Grand,
            label: "Net Income".to_owned(),
            depth: 0,
            figures: vec![figure; columns],
            adjusted_by: Vec::new(),
        }
    }

    fn setting(count: usize, amount: i64, group: impl Fn(usize) -> Option<String>) -> Setting {
        Setting::of(&columns(count, group), &[total(count, amount)], Currency::USD)
    }

    #[test]
    fn twelve_months_and_their_total_stand_on_one_sheet() {
        let twelve = setting(13, 98_765_432, |_| None);
        assert_eq!((twelve.class, twelve.parts.len()), ("broad dense", 1));
        assert_eq!(setting(4, 1, |_| None).class, "");
        assert_eq!(setting(6, 98_765_432, |_| None).class, "broad");
    }

    #[test]
    fn what_no_sheet_holds_is_cut_into_parts_that_are_even() {
        assert_eq!(setting(26, 98_765_432, |_| None).parts, [0..13, 13..26]);
        let millions = setting(13, 123_456_789, |_| None);
        assert_eq!(millions.parts, [0..7, 7..13]);
        assert_eq!(setting(8, 987_654_321_000, |_| None).class, "broad dense");
    }

    #[test]
    fn columns_under_one_head_stay_together() {
        let of_quarter = |place: usize| Some(format!("Quarter {}", place / 4 + 1));
        let parts = setting(20, 12_345_678, of_quarter).parts;
        assert!(
            parts.len() > 1 && parts.iter().all(|part| part.start % 4 == 0),
            "{parts:?}"
        );
    }

    #[test]
    fn every_part_has_the_names_and_its_own_figures_and_opens_nothing() {
        let statement = StatementView {
            company: "Juniper Cycles LLC".to_owned(),
            title: "Profit and loss".to_owned(),
            dates: "2026".to_owned(),
            known: None,
            currency: Currency::USD,
            columns: columns(3, |_| None),
            rows: vec![total(3, 100)],
            notes: Vec::new(),
            provenance: String::new(),
            waiting: None,
        };
        let (parts, whole) = (vec![0..2, 2..3], std::iter::once(0..3).collect::<Vec<_>>());
        let [split, one] = Owner::new().with(|| [parts, whole].map(|parts| sheets(&statement, &parts).to_html()));
        assert_eq!(
            (split.matches("Net Income").count(), split.matches("1.00").count()),
            (2, 3)
        );
        assert!(split.contains("Column 3 of 3") && !split.contains("href"), "{split}");
        assert!(!one.contains("table"), "{one}");
    }
}
