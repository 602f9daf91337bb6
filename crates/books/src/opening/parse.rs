//! A trial balance as a file: `Account, Debit, Credit` and perhaps `Name` and `Due`, as spreadsheets and other programs write it.
//! Reading it changes nothing; what it gives can be looked at, corrected and saved.

use std::ops::Range;

use csv::{ReaderBuilder, StringRecord, Trim};
use ledger::csv::unguard;
use ledger::dates::parse_date;
use ledger::money::{Currency, parse_amount, sum_checked};
use tenancy::{Capability, Cx};
use time::Date;

use super::OpeningLine;
use crate::Error;
use crate::accounts::Chart;
use crate::documents::LINES_MAX;
use crate::fields::known;

/// Largest file that is read.
pub const OPENING_FILE_BYTES_MAX: usize = 1_000_000;

/// Lines above the heading that are passed over: titles, dates, empty lines.
const TITLE_LINES_MAX: usize = 20;

/// What is wrong with a line of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineProblem {
    /// The line in the file, counted from 1; 0 for the file as a whole.
    pub line: u64,
    /// What happened and what to do.
    pub message: String,
}

/// A trial balance as it was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OpeningFile {
    /// The balances that could be read.
    pub lines: Vec<OpeningLine>,
    /// Every line that could not.
    pub problems: Vec<LineProblem>,
    /// The sum of the debits that could be read, minor units.
    pub debits: i64,
    /// The sum of the credits that could be read, minor units, positive.
    pub credits: i64,
}

/// Reads a trial balance and says what each line means, or why it means nothing. Nothing is saved. `today` is what a due date
/// with a year of two digits is near.
///
/// # Errors
/// `Invalid` at `file` when it is no text, too large, or has no heading.
pub async fn opening_parse(cx: &Cx, file: &[u8], today: Date) -> Result<OpeningFile, Error> {
    if file.len() > OPENING_FILE_BYTES_MAX {
        return Err(Error::at(
            "file",
            format!(
                "The file is larger than {} kB. A trial balance has a line an account.",
                OPENING_FILE_BYTES_MAX / 1_000
            ),
        ));
    }
    let text = std::str::from_utf8(file).map_err(|_| {
        Error::at(
            "file",
            "This is not a text file in UTF-8. Save the trial balance as CSV.",
        )
    })?;
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let currency = sqlx::query_scalar!("select currency from company")
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(Error::NotFound("the company"))?;
    let reader = Reader {
        chart: Chart::load(&mut tx).await?,
        currency: known(Currency::parse(&currency))?,
        today,
    };
    // The csv reader counts a line that ends in CR LF only once the next one begins.
    reader.read(&text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

struct Reader {
    chart: Chart,
    currency: Currency,
    today: Date,
}

/// Where each column stands.
struct Columns {
    account: usize,
    debit: usize,
    credit: usize,
    name: Option<usize>,
    due: Option<usize>,
}

impl Columns {
    /// The columns of a heading; none where the record is no heading. Other programs leave the head of the accounts empty.
    fn of(record: &StringRecord) -> Option<Self> {
        let find = |names: &[&str]| {
            record
                .iter()
                .position(|cell| names.iter().any(|name| cell.eq_ignore_ascii_case(name)))
        };
        Some(Self {
            debit: find(&["debit", "debits"])?,
            credit: find(&["credit", "credits"])?,
            account: find(&["account", "account name", ""])?,
            name: find(&["name", "customer", "vendor", "customer/vendor"]),
            due: find(&["due", "due date"]),
        })
    }
}

impl Reader {
    fn read(&self, text: &str) -> Result<OpeningFile, Error> {
        let mut file = OpeningFile::default();
        let mut columns: Option<Columns> = None;
        let mut above: Range<usize> = 0..TITLE_LINES_MAX;
        for record in ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .from_reader(text.as_bytes())
            .records()
        {
            let record =
                record.map_err(|error| Error::at("file", format!("The file cannot be read as CSV: {error}.")))?;
            let Some(columns) = &columns else {
                columns = Columns::of(&record);
                if columns.is_none() && above.next().is_none() {
                    break;
                }
                continue;
            };
            if file.lines.len() + file.problems.len() >= LINES_MAX {
                file.problems.push(LineProblem {
                    line: 0,
                    message: format!("An opening entry has at most {LINES_MAX} lines."),
                });
                break;
            }
            match self.line(columns, &record) {
                Ok(line) => file.lines.extend(line),
                Err(message) => file.problems.push(LineProblem {
                    line: record.position().map_or(0, csv::Position::line),
                    message,
                }),
            }
        }
        if columns.is_none() {
            return Err(Error::at(
                "file",
                "There is no heading. The first line names the columns: Account, Debit, Credit, and perhaps Name and Due.",
            ));
        }
        let too_large = |_| Error::at("file", "The amounts are too large to add up.");
        file.debits = sum_checked(file.lines.iter().map(|line| line.amount.max(0))).map_err(too_large)?;
        file.credits =
            sum_checked(file.lines.iter().map(|line| line.amount.min(0).saturating_neg())).map_err(too_large)?;
        Ok(file)
    }

    /// The balance of a line; none where it has no amount or is the total.
    fn line(&self, columns: &Columns, record: &StringRecord) -> Result<Option<OpeningLine>, String> {
        let cell = |column: usize| unguard(record.get(column).unwrap_or_default());
        let optional = |column: Option<usize>| column.map(cell).filter(|text| !text.is_empty());
        let name = cell(columns.account);
        let account = self.chart.find_in_use(name);
        if account.is_none() && name.eq_ignore_ascii_case("total") {
            return Ok(None);
        }
        let debit = self.amount(cell(columns.debit))?;
        let credit = self.amount(cell(columns.credit))?;
        if debit != 0 && credit != 0 {
            return Err("A balance is a debit or a credit, not both.".to_owned());
        }
        let amount = debit.checked_sub(credit).ok_or("The amount is too large.")?;
        if amount == 0 {
            return Ok(None);
        }
        let account = account.ok_or_else(|| {
            format!(
                "There is no account “{name}”. Write its number or its full name, as in Parent:Sub, or add it first."
            )
        })?;
        if !account.active {
            return Err(format!("{} is inactive. Make it active first.", account.label()));
        }
        let due_on = optional(columns.due)
            .map(|text| parse_date(text, self.today))
            .transpose()
            .map_err(|error| error.to_string())?;
        Ok(Some(OpeningLine {
            account_id: account.id,
            contact: optional(columns.name).map(str::to_owned),
            amount,
            due_on,
        }))
    }

    fn amount(&self, text: &str) -> Result<i64, String> {
        if text.is_empty() {
            Ok(0)
        } else {
            parse_amount(text, self.currency).map_err(|error| error.to_string())
        }
    }
}
