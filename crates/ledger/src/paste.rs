//! Rows copied from a spreadsheet, as the lines of an entry. Nothing is judged here; what a cell says is read where the form's own
//! fields are.

/// The most characters of one paste: 500 rows of two long cells each.
pub const PASTED_CHARS_MAX: usize = 200_000;

/// Why rows are not taken. The words say it to the person who pasted them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasteError {
    /// The text is too long; how many characters it has.
    #[error("These are {0} characters, and at most {PASTED_CHARS_MAX} are taken at once. Paste fewer rows at a time.")]
    TooLong(usize),
    /// A row has something in a cell beyond the last column.
    #[error(
        "Row {row} has {cells} cells, and there is room for {columns} from this column on. Paste the rows further left, or give \
        them a first row that names their columns."
    )]
    TooWide {
        /// Which row, from 1.
        row: usize,
        /// How many cells it has, up to the last one that says something.
        cells: usize,
        /// How many columns there are.
        columns: usize,
    },
}

/// A row as it was copied. Amounts are as they were typed, but a zero is nothing and a currency sign is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastedRow {
    /// The account's number or name.
    pub account: String,
    /// The amount, where it is a debit.
    pub debit: String,
    /// The amount, where it is a credit.
    pub credit: String,
    /// What the line is for.
    pub description: String,
    /// The customer or vendor.
    pub name: String,
    /// When the amount is due.
    pub due: String,
}

/// What a cell is of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PastedColumn {
    /// The account's number or name.
    Account,
    /// An amount that is a debit.
    Debit,
    /// An amount that is a credit.
    Credit,
    /// One column for both sides: credits are negative.
    Amount,
    /// What the line is for.
    Description,
    /// The customer or vendor.
    Name,
    /// When the amount is due.
    Due,
}

impl PastedColumn {
    /// Only letters count, as spreadsheets write these names in many ways.
    fn of(head: &str) -> Option<Self> {
        let letters: String = head.chars().filter(|c| c.is_alphabetic()).collect();
        Some(match letters.to_lowercase().as_str() {
            "account" | "accountname" | "accountnumber" | "accountno" => Self::Account,
            "debit" | "debits" | "dr" => Self::Debit,
            "credit" | "credits" | "cr" => Self::Credit,
            "amount" => Self::Amount,
            "memo" | "description" | "memodescription" => Self::Description,
            "name" | "customer" | "vendor" | "customervendor" => Self::Name,
            "due" | "dueon" | "duedate" => Self::Due,
            _ => return None,
        })
    }
}

/// Reads what was pasted: cells apart by tabs; quotes around a cell as spreadsheets write them. Where there is no tab, commas part the
/// cells of rows that begin with the account or with a row of names; amounts and words of one column keep theirs.
///
/// A first row that names columns, with other rows after it, says which column is which, and columns that it names otherwise are left
/// out; else they are those of `unnamed`, in this order. Empty rows are left out where rows have an account; where they are columns to
/// be put beside accounts, a row without one keeps its place.
///
/// # Errors
/// Where the text is longer than [`PASTED_CHARS_MAX`], or a row has more than `unnamed` has room for.
pub fn parse_pasted(text: &str, unnamed: &[PastedColumn]) -> Result<Vec<PastedRow>, PasteError> {
    // A form sends a line break as two characters.
    let chars = text.chars().filter(|c| *c != '\r').count();
    if chars > PASTED_CHARS_MAX {
        return Err(PasteError::TooLong(chars));
    }
    let begins_with_account = unnamed.first() == Some(&PastedColumn::Account);
    let mut rows = match text.contains('\t') {
        true => cells(text, Some('\t')),
        false => {
            let parted = cells(text, Some(','));
            match begins_with_account || (heading(&parted).is_some() && parted.first().is_some_and(|row| row.len() > 1))
            {
                true => parted,
                false => cells(text, None),
            }
        }
    };
    let columns = match heading(&rows) {
        Some(named) => {
            rows.remove(0);
            named
        }
        None => {
            room_for(&rows, unnamed.len())?;
            unnamed.iter().copied().map(Some).collect()
        }
    };
    let mut read: Vec<PastedRow> = rows.iter().map(|cells| row(cells, &columns)).collect();
    let is_empty = |row: &PastedRow| *row == PastedRow::default();
    match columns.contains(&Some(PastedColumn::Account)) {
        true => read.retain(|row| !is_empty(row)),
        false => read.truncate(read.iter().rposition(|row| !is_empty(row)).map_or(0, |last| last + 1)),
    }
    Ok(read)
}

/// The columns that the first row names: it names the account and another, or is names and nothing else, and rows follow it.
fn heading(rows: &[Vec<String>]) -> Option<Vec<Option<PastedColumn>>> {
    let (first, rest) = rows.split_first()?;
    let named: Vec<Option<PastedColumn>> = first.iter().map(|cell| PastedColumn::of(cell)).collect();
    let has_account = named.contains(&Some(PastedColumn::Account)) && named.iter().flatten().count() > 1;
    let is_named = |(cell, column): (&String, &Option<PastedColumn>)| column.is_some() || cell.trim().is_empty();
    let is_all_names = named.iter().any(Option::is_some) && first.iter().zip(&named).all(is_named);
    let has_rows = rest.iter().flatten().any(|cell| !cell.trim().is_empty());
    (has_account || (is_all_names && has_rows)).then_some(named)
}

/// That no row has something beyond so many columns.
fn room_for(rows: &[Vec<String>], columns: usize) -> Result<(), PasteError> {
    for (row, number) in rows.iter().zip(1..) {
        let cells = row
            .iter()
            .rposition(|cell| !cell.trim().is_empty())
            .map_or(0, |last| last + 1);
        if cells > columns {
            return Err(PasteError::TooWide {
                row: number,
                cells,
                columns,
            });
        }
    }
    Ok(())
}

/// The cells in their columns. Where two are named alike, as an account's number and its name, the first that says something counts.
fn row(cells: &[String], columns: &[Option<PastedColumn>]) -> PastedRow {
    let mut row = PastedRow::default();
    for (cell, column) in cells.iter().zip(columns) {
        let cell = cell.trim();
        let (field, value) = match column {
            Some(PastedColumn::Account) => (&mut row.account, cell.to_owned()),
            Some(PastedColumn::Description) => {
                let words = cell.split_whitespace().collect::<Vec<_>>().join(" ");
                (&mut row.description, words)
            }
            Some(PastedColumn::Name) => (&mut row.name, cell.to_owned()),
            Some(PastedColumn::Due) => (&mut row.due, cell.to_owned()),
            Some(PastedColumn::Debit) => (&mut row.debit, amount(cell)),
            Some(PastedColumn::Credit) => (&mut row.credit, amount(cell)),
            Some(PastedColumn::Amount) => match negated(&amount(cell)) {
                Some(credit) => (&mut row.credit, credit),
                None => (&mut row.debit, amount(cell)),
            },
            None => continue,
        };
        if field.is_empty() {
            *field = value;
        }
    }
    row
}

/// An amount without its currency sign; nothing for a zero, which a spreadsheet writes where there is no amount.
fn amount(cell: &str) -> String {
    let plain: String = cell.chars().filter(|c| *c != '$' && !c.is_whitespace()).collect();
    let is_nothing = plain.chars().all(|c| matches!(c, '0' | '.' | ',' | '-'));
    if is_nothing { String::new() } else { plain }
}

/// The amount without its sign, where it is negative: `-5.00`, `(5.00)`.
fn negated(amount: &str) -> Option<String> {
    let inner = amount.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inner.or_else(|| amount.strip_prefix('-')).map(str::to_owned)
}

/// The cells of each row; without a separator a row is one cell. A quote that is not closed closes with the text, so that nothing is lost.
fn cells(text: &str, separator: Option<char>) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) else {
            break;
        };
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            '\r' => {}
            '\n' if !is_quoted => rows.push(vec![String::new()]),
            c if Some(c) == separator && !is_quoted => {
                if let Some(row) = rows.last_mut() {
                    row.push(String::new());
                }
            }
            c => cell.push(c),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use PastedColumn::{Account, Credit, Debit, Description, Due, Name};

    use super::*;

    /// The columns of a journal entry as its form shows them.
    const SHOWN: [PastedColumn; 5] = [Account, Description, Name, Debit, Credit];

    fn parsed(text: &str) -> Vec<PastedRow> {
        parse_pasted(text, &SHOWN).expect("rows")
    }

    fn row(account: &str, debit: &str, credit: &str, description: &str, name: &str) -> PastedRow {
        PastedRow {
            account: account.to_owned(),
            debit: debit.to_owned(),
            credit: credit.to_owned(),
            description: description.to_owned(),
            name: name.to_owned(),
            due: String::new(),
        }
    }

    #[test]
    fn rows_of_a_spreadsheet_are_lines_of_an_entry_in_the_order_that_the_form_shows() {
        let rows = parsed("6100\tNovrent\tCedar Property\t$1,200.00\t\r\nChecking\t\t\t\t1,200.00\r\n\r\n");
        assert_eq!(
            rows,
            [
                row("6100", "1,200.00", "", "Novrent", "Cedar Property"),
                row("Checking", "", "1,200.00", "", "")
            ]
        );
    }

    #[test]
    fn a_column_of_amounts_keeps_the_rows_that_have_none_and_the_commas_of_thousands() {
        let amounts = parse_pasted("1,200.00\n\n100\n0.00\n", &[Debit, Credit]).expect("amounts");
        let debits: Vec<&str> = amounts.iter().map(|row| row.debit.as_str()).collect();
        assert_eq!(debits, ["1,200.00", "", "100"]);
        let both = parse_pasted("1200\t\n\t1200\n", &[Debit, Credit]).expect("amounts");
        assert_eq!(both, [row("", "1200", "", "", ""), row("", "", "1200", "", "")]);
        let names = parse_pasted("Cedar, Inc.\nBirch, LLC", &[Name, Debit, Credit]).expect("names");
        assert_eq!(
            names,
            [row("", "", "", "", "Cedar, Inc."), row("", "", "", "", "Birch, LLC")]
        );
    }

    #[test]
    fn a_first_row_of_names_says_which_column_is_which() {
        let rows = parsed("Date\tMemo\tAccount\tDebit\tCredit\n1/1\tRent\t6100\t5\t0.00\n1/1\t\t1000\t -   \t5\n");
        assert_eq!(rows, [row("6100", "5", "", "Rent", ""), row("1000", "", "5", "", "")]);
        let turned = parse_pasted("Credit\tDebit\n\t7\n8\t\n", &[Debit, Credit]).expect("amounts");
        assert_eq!(turned, [row("", "7", "", "", ""), row("", "", "8", "", "")]);
        let owed = parse_pasted("Account\tDue date\tDebit\nReceivable\t11/30/2026\t5\n", &SHOWN).expect("rows");
        assert_eq!(
            (owed[0].account.as_str(), owed[0].due.as_str()),
            ("Receivable", "11/30/2026")
        );
        assert_eq!(
            parse_pasted("Cedar\t11/30/2026", &[Name, Due]).expect("rows")[0].due,
            "11/30/2026"
        );
    }

    #[test]
    fn one_column_of_amounts_has_credits_below_zero() {
        let rows = parsed("Account,Amount\nRent,5.00\nChecking,-3.00\nCash,(2.00)\n");
        assert_eq!(
            rows,
            [
                row("Rent", "5.00", "", "", ""),
                row("Checking", "", "3.00", "", ""),
                row("Cash", "", "2.00", "", "")
            ]
        );
    }

    #[test]
    fn an_account_named_by_number_and_name_is_the_number() {
        let rows = parsed("Account no.\tAccount name\tDebit\n6100\tRent\t5\n\tChecking\t6\n");
        assert_eq!(rows, [row("6100", "5", "", "", ""), row("Checking", "6", "", "", "")]);
    }

    #[test]
    fn quoted_cells_keep_commas_quotes_and_line_breaks() {
        let rows = parsed("Rent,\"the \"\"big\"\" shop\nand yard\",\"Cedar, Inc.\",\"1,200.00\"\nCash,,,,1200");
        assert_eq!(
            rows[0],
            row("Rent", "1,200.00", "", "the \"big\" shop and yard", "Cedar, Inc.")
        );
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn nothing_that_was_pasted_is_lost() {
        assert_eq!(parsed("Rent,\"5"), [row("Rent", "", "", "5", "")]);
        assert_eq!(parsed("Total,abc,x"), [row("Total", "", "", "abc", "x")]);
        assert_eq!(parsed("Account"), [row("Account", "", "", "", "")]);
        assert_eq!(parsed(" \n\t\t\n"), []);
        let wide = parse_pasted("5\t\tNovember\n", &[Debit, Credit]).expect_err("a third cell");
        let expected = PasteError::TooWide {
            row: 1,
            cells: 3,
            columns: 2,
        };
        assert_eq!(wide, expected);
    }

    #[test]
    fn a_text_of_200_000_characters_is_taken_and_one_more_is_refused_whole() {
        let text = "é".repeat(PASTED_CHARS_MAX);
        assert_eq!(parsed(&text)[0].account, text);
        let error = parse_pasted(&format!("{text}.\n"), &SHOWN).expect_err("too long");
        assert_eq!(
            error.to_string(),
            "These are 200002 characters, and at most 200000 are taken at once. Paste fewer rows at a time."
        );
    }
}
