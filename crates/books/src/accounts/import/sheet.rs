//! The file as rows of texts: bytes, lines, columns and cells, and nothing yet of what they mean.

use csv::{ReaderBuilder, StringRecord, Trim};
use ledger::csv::unguard;

use crate::Error;

/// Largest file.
pub const ACCOUNT_FILE_BYTES_MAX: usize = 1_000_000;
/// Most rows of a file: as many as a company can have accounts.
pub const ACCOUNT_FILE_ROWS_MAX: usize = crate::accounts::ACCOUNTS_MAX;
/// Lines above the heading that are passed over: titles, dates, empty lines.
const TITLE_LINES_MAX: usize = 20;

/// A row with its cells as texts; an empty one where the file does not have the column.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Row {
    /// The line of the file that it begins on.
    pub(super) line: usize,
    pub(super) number: String,
    pub(super) name: String,
    pub(super) account_type: String,
    pub(super) detail_type: String,
    pub(super) description: String,
    /// Whether it has more cells than there are columns.
    pub(super) too_wide: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Number,
    Name,
    Type,
    DetailType,
    Description,
}

impl Column {
    /// Only letters count: `Account #`, `Account No.` and `ACCOUNT NUMBER` are read.
    fn of(header: &str) -> Option<Self> {
        let letters: String = header
            .chars()
            .filter(|c| c.is_alphabetic() || *c == '#')
            .flat_map(char::to_lowercase)
            .collect();
        Some(match letters.as_str() {
            "accountnumber" | "number" | "accountno" | "no" | "account#" | "#" => Self::Number,
            "accountname" | "fullname" | "name" | "account" => Self::Name,
            "type" | "accounttype" => Self::Type,
            "detailtype" => Self::DetailType,
            "description" => Self::Description,
            _ => return None,
        })
    }
}

/// Reads the file's rows; empty ones are passed over, and a total at the end.
pub(super) fn read(file: &[u8]) -> Result<Vec<Row>, Error> {
    if file.len() > ACCOUNT_FILE_BYTES_MAX {
        return Err(refusal(format!(
            "The file is larger than {} kB, and nothing of it was read. A chart has a line an account.",
            ACCOUNT_FILE_BYTES_MAX / 1_000
        )));
    }
    let text = std::str::from_utf8(file)
        .ok()
        .filter(|text| !text.contains('\0'))
        .ok_or_else(|| refusal("This is not a text file in UTF-8. Save the chart as “CSV UTF-8” and import that."))?;
    let text = text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut lines = Lines::of(&text);
    let mut columns: Option<Vec<Option<Column>>> = None;
    let mut passed = 0;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| refusal(format!("The file cannot be read as CSV: {error}.")))?;
        let line = lines.at(record.position().map_or(0, csv::Position::byte));
        if record.iter().all(str::is_empty) {
            continue;
        }
        let Some(columns) = &columns else {
            columns = heading(&record)?;
            passed += 1;
            if columns.is_none() && passed > TITLE_LINES_MAX {
                break;
            }
            continue;
        };
        let row = row(&record, columns, line);
        if row.name.is_empty() && row.account_type.is_empty() {
            // A total, or a line of the report's foot.
            continue;
        }
        if rows.len() == ACCOUNT_FILE_ROWS_MAX {
            return Err(refusal(format!(
                "The file has more than {ACCOUNT_FILE_ROWS_MAX} accounts, as many as a company can have."
            )));
        }
        rows.push(row);
    }
    match (columns, rows.is_empty()) {
        (None, _) => Err(refusal(
            "There is no heading. A line above the accounts names the columns: Account Number, Account Name, Type, Detail Type, \
             Description.",
        )),
        (Some(_), true) => Err(refusal("There is no account below the heading.")),
        (Some(_), false) => Ok(rows),
    }
}

fn refusal(message: impl Into<String>) -> Error {
    Error::at("file", message)
}

/// The columns of a heading; none where the record is no heading, which names at least the accounts and their types.
fn heading(record: &StringRecord) -> Result<Option<Vec<Option<Column>>>, Error> {
    let columns: Vec<Option<Column>> = record.iter().map(Column::of).collect();
    if !columns.contains(&Some(Column::Name)) || !columns.contains(&Some(Column::Type)) {
        return Ok(None);
    }
    for (at, column) in columns.iter().enumerate() {
        if column.is_some() && columns[..at].contains(column) {
            let name = record.get(at).unwrap_or_default();
            return Err(refusal(format!("The column “{name}” is there twice. Remove one.")));
        }
    }
    Ok(Some(columns))
}

fn row(record: &StringRecord, columns: &[Option<Column>], line: usize) -> Row {
    let mut row = Row { line, ..Row::default() };
    for (at, cell) in record.iter().enumerate() {
        let field = match columns.get(at) {
            Some(Some(Column::Number)) => &mut row.number,
            Some(Some(Column::Name)) => &mut row.name,
            Some(Some(Column::Type)) => &mut row.account_type,
            Some(Some(Column::DetailType)) => &mut row.detail_type,
            Some(Some(Column::Description)) => &mut row.description,
            Some(None) => continue,
            None => {
                row.too_wide |= !cell.is_empty();
                continue;
            }
        };
        unguard(cell).trim().clone_into(field);
    }
    row
}

/// Counts lines up to where a record begins. The CSV reader's own count leaves out empty lines that it has still to pass over.
struct Lines<'a> {
    rest: &'a [u8],
    passed: u64,
    line: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rest: text.as_bytes(),
            passed: 0,
            line: 1,
        }
    }

    /// The line of the first character at or after `byte` that does not end a line; calls go forward.
    fn at(&mut self, byte: u64) -> usize {
        while let [first, rest @ ..] = self.rest {
            let ends_line = *first == b'\n';
            if self.passed >= byte && !ends_line {
                break;
            }
            self.line += usize::from(ends_line);
            self.rest = rest;
            self.passed += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: &str = "Account Number,Account Name,Type,Detail Type,Description,Balance";

    fn rows(text: &str) -> Vec<Row> {
        read(text.as_bytes()).expect("the file is readable")
    }

    fn message(file: &[u8]) -> String {
        read(file).expect_err("the file is not readable").to_string()
    }

    #[test]
    fn quickbooks_account_list_is_read_below_its_titles_with_the_lines_of_the_file() {
        let text = format!(
            "\u{feff}Juniper Cycles,,,,,\r\nAccount List,,,,,\r\n\r\n{HEADING}\r\n\r\n6100,Rent,Expenses,,Shop,1.00\r\n,Cash,Bank,,,\r\n"
        );
        let read = rows(&text);
        let short: Vec<_> = read
            .iter()
            .map(|row| (row.line, row.name.as_str(), row.number.as_str()))
            .collect();
        assert_eq!(short, [(6, "Rent", "6100"), (7, "Cash", "")]);
        assert_eq!(
            (read[0].account_type.as_str(), read[0].description.as_str()),
            ("Expenses", "Shop")
        );
    }

    #[test]
    fn a_guarded_cell_is_unguarded_and_a_foot_is_passed_over() {
        let read = rows(&format!(
            "{HEADING}\n,'=Rent(),Expenses,,'-soon,\n,,,,,\n,,,,,\"Total, 5.00\"\n"
        ));
        assert_eq!(read.len(), 1);
        assert_eq!(
            (read[0].name.as_str(), read[0].description.as_str()),
            ("=Rent()", "-soon")
        );
    }

    #[test]
    fn a_line_with_more_cells_than_columns_says_so() {
        assert!(rows(&format!("{HEADING}\n1,Rent,Expense,,a,b,c\n"))[0].too_wide);
        assert!(!rows(&format!("{HEADING}\n1,Rent,Expense,,a,b,,\n"))[0].too_wide);
    }

    #[test]
    fn what_is_no_chart_is_refused_in_words() {
        assert!(message(b"").contains("There is no heading"));
        assert!(message(b"Debit,Credit\n1,2\n").contains("There is no heading"));
        assert!(message(HEADING.as_bytes()).contains("no account below the heading"));
        assert!(message(b"Name,Type,Account Name\nx,Bank,x\n").contains("is there twice"));
        assert!(message(b"Name,Type\nCaf\xe9,Bank\n").contains("UTF-8"));
        assert!(message(&vec![b' '; ACCOUNT_FILE_BYTES_MAX + 1]).contains("larger than"));
        let many = format!("Name,Type\n{}", "x,Bank\n".repeat(ACCOUNT_FILE_ROWS_MAX + 1));
        assert!(message(many.as_bytes()).contains("more than 5000 accounts"));
    }
}
