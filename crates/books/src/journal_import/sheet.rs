//! The file as rows of texts: bytes, lines, columns and cells, and nothing yet of what they mean.

use csv::{ReaderBuilder, StringRecord};
use ledger::csv::unguard;

use super::LineError;

/// Largest file.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Most rows of a file.
pub const FILE_LINES_MAX: usize = 100_000;
/// Most characters that are told of the name of a column that is not read.
const COLUMN_NAME_CHARS_MAX: usize = 100;

/// A row with its cells as texts; an empty one where the file does not have the column.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Row {
    /// The line of the file that it begins on.
    pub(super) line: usize,
    pub(super) number: String,
    pub(super) date: String,
    pub(super) account: String,
    pub(super) account_type: String,
    pub(super) debit: String,
    pub(super) credit: String,
    pub(super) description: String,
    pub(super) name: String,
    pub(super) currency: String,
    pub(super) due: String,
}

/// What a file holds.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Sheet {
    pub(super) rows: Vec<Row>,
    /// The names of the columns that are not read, as the file has them.
    pub(super) unread: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Number,
    Date,
    Account,
    AccountType,
    Debit,
    Credit,
    Description,
    Name,
    Currency,
    Due,
}

impl Column {
    const NEEDED: [(Self, &str); 5] = [
        (Self::Number, "Journal No."),
        (Self::Date, "Journal Date"),
        (Self::Account, "Account Name"),
        (Self::Debit, "Debits"),
        (Self::Credit, "Credits"),
    ];

    /// Only letters count: `*JournalNo`, `Journal No.` and `JOURNAL NO` are one.
    fn of(header: &str) -> Option<Self> {
        let letters: String = header
            .chars()
            .filter(|c| c.is_alphabetic())
            .flat_map(char::to_lowercase)
            .collect();
        Some(match letters.as_str() {
            "journalno" | "journalnumber" => Self::Number,
            "journaldate" => Self::Date,
            "accountname" | "account" => Self::Account,
            "accounttype" => Self::AccountType,
            "debits" | "debit" => Self::Debit,
            "credits" | "credit" => Self::Credit,
            "description" => Self::Description,
            "name" => Self::Name,
            "currency" => Self::Currency,
            "duedate" | "dueon" | "due" => Self::Due,
            _ => return None,
        })
    }
}

/// Reads the file's rows; empty ones are passed over.
pub(super) fn read(file: &[u8]) -> Result<Sheet, LineError> {
    if file.len() > FILE_BYTES_MAX {
        return Err(LineError::new(1, "The file is larger than 20 MB. Split it by date."));
    }
    let text = text_of(file)?;
    if let Some(line) = unclosed_quote(text) {
        return Err(LineError::new(
            line,
            "A quote that begins on this line is not closed, so the rest of the file would be one cell. Close or remove it.",
        ));
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut lines = Lines::of(text);
    let mut record = StringRecord::new();
    let mut columns: Option<Vec<Option<Column>>> = None;
    let (mut rows, mut unread) = (Vec::new(), Vec::new());
    while next(&mut reader, &mut record)? {
        let line = lines.at(record.position().map_or(0, |position| position.byte()));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(columns) = &columns else {
            let named = header(&record, line)?;
            unread = unread_of(&record, &named);
            columns = Some(named);
            continue;
        };
        if rows.len() == FILE_LINES_MAX {
            return Err(LineError::new(
                line,
                "The file has more than 100,000 rows. Split it by date.",
            ));
        }
        rows.push(row(&record, columns, line)?);
    }
    if columns.is_none() {
        return Err(LineError::new(
            1,
            "The file is empty. Its first line names the columns, beginning with Journal No.",
        ));
    }
    Ok(Sheet { rows, unread })
}

fn text_of(file: &[u8]) -> Result<&str, LineError> {
    let bytes = file.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(file);
    let bad = |at: usize| {
        let line = bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
        LineError::new(
            line,
            "This is not UTF-8 text. Save the file as “CSV UTF-8” and import that.",
        )
    };
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(bad(at));
    }
    std::str::from_utf8(bytes).map_err(|error| bad(error.valid_up_to()))
}

/// The line on which a quote begins that nothing closes: everything behind it would be read as one cell.
fn unclosed_quote(text: &str) -> Option<usize> {
    let (mut line, mut opened) = (1, None);
    let mut begins_cell = true;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, opened) {
            (b'"', Some(_)) if bytes.peek() == Some(&b'"') => {
                bytes.next();
            }
            (b'"', Some(_)) => opened = None,
            (b'"', None) if begins_cell => opened = Some(line),
            _ => {}
        }
        begins_cell = opened.is_none() && matches!(byte, b',' | b'\n' | b'\r');
        if byte == b'\n' || (byte == b'\r' && bytes.peek() != Some(&b'\n')) {
            line += 1;
        }
    }
    opened
}

fn next(reader: &mut csv::Reader<&[u8]>, record: &mut StringRecord) -> Result<bool, LineError> {
    // The text is UTF-8 and rows may differ in length: nothing else can be wrong.
    reader.read_record(record).map_err(|error| {
        let line = error.position().map_or(1, |position| position.line());
        LineError::new(
            usize::try_from(line).unwrap_or(1),
            "This line cannot be read. Save the file as “CSV UTF-8” and import that.",
        )
    })
}

fn header(record: &StringRecord, line: usize) -> Result<Vec<Option<Column>>, LineError> {
    let columns: Vec<Option<Column>> = record.iter().map(Column::of).collect();
    for (needed, name) in Column::NEEDED {
        if !columns.contains(&Some(needed)) {
            return Err(LineError::new(
                line,
                format!("There is no column “{name}”. The first line names the columns."),
            ));
        }
    }
    for (at, column) in columns.iter().enumerate() {
        if column.is_some() && columns[..at].contains(column) {
            let name = record.get(at).unwrap_or_default().trim();
            return Err(LineError::new(
                line,
                format!("The column “{name}” is there twice. Remove one."),
            ));
        }
    }
    Ok(columns)
}

/// The names of the columns that are not read; a column without a name holds nothing that anybody could miss by it.
fn unread_of(record: &StringRecord, columns: &[Option<Column>]) -> Vec<String> {
    let unread = record.iter().zip(columns).filter(|(_, column)| column.is_none());
    let names = unread.map(|(name, _)| {
        unguard(name.trim())
            .trim()
            .chars()
            .take(COLUMN_NAME_CHARS_MAX)
            .collect()
    });
    names.filter(|name: &String| !name.is_empty()).collect()
}

fn row(record: &StringRecord, columns: &[Option<Column>], line: usize) -> Result<Row, LineError> {
    let mut row = Row { line, ..Row::default() };
    for (at, cell) in record.iter().enumerate() {
        let text = unguard(cell.trim()).trim();
        let field = match columns.get(at) {
            Some(Some(Column::Number)) => &mut row.number,
            Some(Some(Column::Date)) => &mut row.date,
            Some(Some(Column::Account)) => &mut row.account,
            Some(Some(Column::AccountType)) => &mut row.account_type,
            Some(Some(Column::Debit)) => &mut row.debit,
            Some(Some(Column::Credit)) => &mut row.credit,
            Some(Some(Column::Description)) => &mut row.description,
            Some(Some(Column::Name)) => &mut row.name,
            Some(Some(Column::Currency)) => &mut row.currency,
            Some(Some(Column::Due)) => &mut row.due,
            Some(None) => continue,
            // Also where it is empty: 1,234.50 without quotes would otherwise be read as another amount.
            None => {
                return Err(LineError::new(
                    line,
                    "This line has more cells than there are columns. Put quotes around what holds a comma.",
                ));
            }
        };
        text.clone_into(field);
    }
    Ok(row)
}

/// Counts lines up to where a record begins. The CSV reader's own count leaves out line ends that it has still to pass over.
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
            let ends_line = matches!(first, b'\n' | b'\r');
            if self.passed >= byte && !ends_line {
                break;
            }
            // A carriage return with a line feed behind it is one end, counted at the line feed.
            if *first == b'\n' || (*first == b'\r' && rest.first() != Some(&b'\n')) {
                self.line += 1;
            }
            self.rest = rest;
            self.passed += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Journal No.,Journal Date,Account Name,Debits,Credits,Description,Name";

    fn lines_of(text: &str) -> Vec<(usize, String)> {
        let sheet = read(text.as_bytes()).expect("the file is readable");
        sheet.rows.into_iter().map(|row| (row.line, row.number)).collect()
    }

    fn refusal(text: &str) -> (usize, String) {
        let error = read(text.as_bytes()).expect_err("the file is not readable");
        (error.line, error.message)
    }

    #[test]
    fn rows_know_their_lines_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = [HEADER, "1,,,,,,", "", "2,,,,\"two\nlines\",,", "3,,,,,,", ""].join(end);
            let lines: Vec<usize> = lines_of(&text).into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, [2, 4, 6], "{end:?}");
        }
    }

    #[test]
    fn a_byte_order_mark_and_the_template_s_spellings_are_read() {
        let text = "\u{feff}*JournalNo,*JournalDate,*AccountName,*Debits,*Credits,Description,Name,Location\r\n7,01/02/2026,Cash,5.00,,x,Ann,Here\r\n";
        let Sheet { rows, unread } = read(text.as_bytes()).expect("the file is readable");
        assert_eq!(unread, ["Location"], "what is not read is named");
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].number.as_str(), rows[0].debit.as_str(), rows[0].name.as_str()),
            ("7", "5.00", "Ann")
        );
    }

    #[test]
    fn a_long_name_of_a_column_that_is_not_read_is_cut_at_a_whole_character() {
        let exact = "é".repeat(COLUMN_NAME_CHARS_MAX);
        let text = format!("{HEADER},{exact},{exact}é,  \n1,01/02/2026,Cash,5.00,,x,Ann,,,\n");
        let unread = read(text.as_bytes()).expect("the file is readable").unread;
        assert_eq!(unread, [exact.as_str(), exact.as_str()]);
    }

    #[test]
    fn a_guarded_cell_is_unguarded() {
        let file = format!("{HEADER}\n1,,,,,'=SUM(A1),'+1 555 0100\n");
        let rows = read(file.as_bytes()).expect("the file is readable").rows;
        assert_eq!(
            (rows[0].description.as_str(), rows[0].name.as_str()),
            ("=SUM(A1)", "+1 555 0100")
        );
    }

    #[test]
    fn a_missing_or_doubled_column_is_named() {
        assert_eq!(
            refusal("Journal No.,Journal Date,Account Name,Credits\n").1,
            "There is no column “Debits”. The first line names the columns."
        );
        assert_eq!(
            refusal(&format!("{HEADER},NAME\n")).1,
            "The column “NAME” is there twice. Remove one."
        );
        assert!(refusal("\n\n").1.starts_with("The file is empty."));
    }

    #[test]
    fn an_unquoted_comma_is_not_read_as_another_amount() {
        let (line, message) = refusal(&format!("{HEADER}\n1,01/02/2026,Cash,1,234.50,,,\n"));
        assert_eq!(line, 2);
        assert!(message.starts_with("This line has more cells"), "{message}");
    }

    #[test]
    fn a_quote_that_nothing_closes_is_named_at_the_line_it_begins_on() {
        let (line, message) = refusal(&format!("{HEADER}\n1,01/02/2026,\"Cash\",5,,\"an open one,\n2,,,,,,\n"));
        assert_eq!(line, 2);
        assert!(
            message.starts_with("A quote that begins on this line is not closed"),
            "{message}"
        );
        let closed = format!("{HEADER}\n1,,5\" pipe,,,\"a \"\"b\"\"\n\",\n3,,,,,,\n");
        assert_eq!(lines_of(&closed).len(), 2);
    }

    #[test]
    fn text_that_is_not_utf_8_is_refused_at_its_line() {
        let mut file = format!("{HEADER}\n1,,,,,").into_bytes();
        file.extend(b"Caf\xe9,\n");
        let error = read(&file).expect_err("windows-1252");
        assert_eq!(error.line, 2);
    }

    #[test]
    fn a_file_of_more_than_100_000_rows_or_20_mb_is_refused() {
        let rows = "1,,,,,,\n".repeat(FILE_LINES_MAX);
        assert_eq!(
            read(format!("{HEADER}\n{rows}").as_bytes()).map(|sheet| sheet.rows.len()),
            Ok(FILE_LINES_MAX)
        );
        assert_eq!(refusal(&format!("{HEADER}\n{rows}1,,,,,,\n")).0, FILE_LINES_MAX + 2);
        assert!(read(&vec![b' '; FILE_BYTES_MAX + 1]).is_err());
    }
}
