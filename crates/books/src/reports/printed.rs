//! Reports of lines as text and as JSON, written part by part while they are read: no report is too long, and none is in memory
//! whole. Where a part ends makes no difference to what is written.

use ledger::statements::Face;
use serde::Serialize;

use super::Adjusting;

/// How a report of lines is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrintedAs {
    /// For a terminal: columns at fixed places, negatives in parentheses.
    Text,
    /// For scripts: one object, each line of the report on a line of its own, amounts as decimal strings.
    Json,
}

/// What stands over a report of lines: its name, and which entries it leaves out.
pub(super) const fn title(adjusting: Adjusting, [among, only, left_out]: [&'static str; 3]) -> &'static str {
    match adjusting {
        Adjusting::Among => among,
        Adjusting::Only => only,
        Adjusting::LeftOut => left_out,
    }
}

/// A column of text, by its width in letters. What is longer pushes what follows it, in its own row alone.
#[derive(Clone, Copy)]
pub(super) enum Column {
    Left(usize),
    Right(usize),
}

/// A row of text. Control characters become spaces, so that no name can move a terminal's cursor.
pub(super) fn text_row<Cell: AsRef<str>>(columns: &[Column], cells: impl IntoIterator<Item = Cell>) -> String {
    let mut row = String::new();
    for (place, (column, cell)) in columns.iter().zip(cells).enumerate() {
        if place > 0 {
            row.push_str("  ");
        }
        let cell = cell.as_ref().replace(char::is_control, " ");
        row += &match column {
            Column::Left(width) => format!("{cell:<width$}"),
            Column::Right(width) => format!("{cell:>width$}"),
        };
    }
    row.truncate(row.trim_end().len());
    row + "\n"
}

/// How far a list of JSON that is under way has come.
#[derive(Debug, Default)]
pub(super) struct JsonList {
    is_begun: bool,
}

impl JsonList {
    /// What stands before the next item: the comma after the one before it, and the next line.
    pub(super) fn before_item(&mut self, indent: usize) -> String {
        let comma = if self.is_begun { "," } else { "" };
        self.is_begun = true;
        format!("{comma}\n{:indent$}", "")
    }

    /// The end of the list; it then is ready for another one.
    pub(super) fn end(&mut self, indent: usize) -> String {
        match std::mem::take(&mut self.is_begun) {
            true => format!("\n{:indent$}]", ""),
            false => "]".to_owned(),
        }
    }
}

/// An object without its end, at an indent, so that more fields follow.
pub(super) fn json_open(object: &impl Serialize, indent: usize) -> serde_json::Result<String> {
    let text = serde_json::to_string_pretty(object)?;
    let fields = text.trim_end_matches('}').trim_end();
    Ok(fields.replace('\n', &format!("\n{:indent$}", "")))
}

/// The fields of an object without its braces, at an indent.
pub(super) fn json_fields(object: &impl Serialize, indent: usize) -> serde_json::Result<String> {
    let text = json_open(object, indent)?;
    Ok(text.trim_start_matches('{').to_owned())
}

/// A report's face and the name of its list, which is open then.
pub(super) fn json_begin(face: &Face, title: &'static str, list: &str) -> serde_json::Result<String> {
    Ok(format!("{},\n  \"{list}\": [", json_open(&face.to_json(title), 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_is_too_long_pushes_only_what_follows_it_in_its_row() {
        let columns = [Column::Left(6), Column::Right(8), Column::Left(0)];
        let row = |cells: [&str; 3]| text_row(&columns, cells);
        assert_eq!(row(["Rent", "10.00", "May"]), "Rent       10.00  May\n");
        assert_eq!(row(["Café", "10.00", ""]), "Café       10.00\n");
        assert_eq!(row(["Equipment", "10.00", "x\u{1b}y"]), "Equipment     10.00  x y\n");
    }

    #[test]
    fn a_list_of_json_is_one_whatever_parts_it_is_written_in() {
        let mut list = JsonList::default();
        let text: String = ["1", "2"].map(|item| list.before_item(2) + item).concat() + &list.end(0);
        assert_eq!(text, "\n  1,\n  2\n]");
        assert_eq!(list.end(0), "]");
    }
}
