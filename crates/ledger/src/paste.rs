//! Rows copied from a spreadsheet, as the lines of an entry: account, debit, credit, memo, name. Nothing is judged here; what a cell
//! says is read where the form's own fields are.

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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Account,
    Debit,
    Credit,
    /// One column for both sides: credits are negative.
    Amount,
    Description,
    Name,
}

impl Column {
    /// The order of the columns where no row names them.
    const UNNAMED: [Self; 5] = [Self::Account, Self::Debit, Self::Credit, Self::Description, Self::Name];

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
            _ => return None,
        })
    }
}

/// Reads what was pasted: cells apart by tabs, or by commas where there is no tab; quotes around a cell as spreadsheets write them.
/// A first row that names an account column says which column is which, and other columns are left out; else they are account,
/// debit, credit, memo, name. Empty rows are left out.
pub fn parse_pasted(text: &str) -> Vec<PastedRow> {
    let separator = if text.contains('\t') { '\t' } else { ',' };
    let mut rows = cells(text, separator).into_iter();
    let mut columns: Vec<Option<Column>> = Column::UNNAMED.map(Some).into();
    let mut read = Vec::new();
    if let Some(first) = rows.next() {
        let named: Vec<Option<Column>> = first.iter().map(|cell| Column::of(cell)).collect();
        if named.contains(&Some(Column::Account)) && named.len() > 1 {
            columns = named;
        } else {
            read.extend(row(&first, &columns));
        }
    }
    read.extend(rows.filter_map(|cells| row(&cells, &columns)));
    read
}

fn row(cells: &[String], columns: &[Option<Column>]) -> Option<PastedRow> {
    let mut row = PastedRow::default();
    for (cell, column) in cells.iter().zip(columns) {
        let cell = cell.trim();
        match column {
            Some(Column::Account) => cell.clone_into(&mut row.account),
            Some(Column::Description) => row.description = cell.split_whitespace().collect::<Vec<_>>().join(" "),
            Some(Column::Name) => cell.clone_into(&mut row.name),
            Some(Column::Debit) => row.debit = amount(cell),
            Some(Column::Credit) => row.credit = amount(cell),
            Some(Column::Amount) => match negated(&amount(cell)) {
                Some(credit) => row.credit = credit,
                None => row.debit = amount(cell),
            },
            None => {}
        }
    }
    (row != PastedRow::default()).then_some(row)
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

/// The cells of each row. A quote that is not closed closes with the text, so that nothing is lost.
fn cells(text: &str, separator: char) -> Vec<Vec<String>> {
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
            c if c == separator && !is_quoted => {
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
    use super::*;

    fn row(account: &str, debit: &str, credit: &str, description: &str, name: &str) -> PastedRow {
        PastedRow {
            account: account.to_owned(),
            debit: debit.to_owned(),
            credit: credit.to_owned(),
            description: description.to_owned(),
            name: name.to_owned(),
        }
    }

    #[test]
    fn rows_of_a_spreadsheet_are_lines_of_an_entry() {
        let rows = parse_pasted("6100\t$1,200.00\t\tNovember rent\tCedar Property\r\nChecking\t\t1,200.00\r\n\r\n");
        assert_eq!(
            rows,
            [
                row("6100", "1,200.00", "", "November rent", "Cedar Property"),
                row("Checking", "", "1,200.00", "", "")
            ]
        );
    }

    #[test]
    fn a_first_row_of_names_says_which_column_is_which() {
        let rows =
            parse_pasted("Date\tMemo\tAccount\tDebit\tCredit\n1/1\tRent\t6100\t5\t0.00\n1/1\t\t1000\t -   \t5\n");
        assert_eq!(rows, [row("6100", "5", "", "Rent", ""), row("1000", "", "5", "", "")]);
    }

    #[test]
    fn one_column_of_amounts_has_credits_below_zero() {
        let rows = parse_pasted("Account,Amount\nRent,5.00\nChecking,-3.00\nCash,(2.00)\n");
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
    fn quoted_cells_keep_commas_quotes_and_line_breaks() {
        let rows = parse_pasted("Rent,\"1,200.00\",,\"the \"\"big\"\" shop\nand yard\",\"Cedar, Inc.\"\nCash,,1200");
        assert_eq!(
            rows[0],
            row("Rent", "1,200.00", "", "the \"big\" shop and yard", "Cedar, Inc.")
        );
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn nothing_that_was_pasted_is_lost() {
        assert_eq!(parse_pasted("Rent,\"5"), [row("Rent", "5", "", "", "")]);
        assert_eq!(parse_pasted("Total,abc,x"), [row("Total", "abc", "x", "", "")]);
        assert_eq!(parse_pasted("Account"), [row("Account", "", "", "", "")]);
        assert_eq!(parse_pasted(" \n\t\t\n"), []);
    }
}
