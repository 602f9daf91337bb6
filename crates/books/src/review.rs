//! The review list: what the bank says, line by line, until each is in the books or left out.
//!
//! A line is accepted by a match to the posting that stands for it, on its own account and of its own amount. Coding a line
//! makes a document (money out an expense, money in a deposit, between own accounts a transfer) whose first line is the bank's
//! leg, and matches that. Such a document lives as long as a bank line is matched to it: undoing the last one voids it, unless
//! somebody changed it meanwhile.

mod coding;
mod count;
mod list;
mod selected;
mod taken_back;
mod transfer;

use ledger::dates::format_date;
use ledger::money::{Currency, format_amount};
use serde::{Deserialize, Serialize};
use tenancy::{TenantTx, Write};
use time::Date;

use crate::Error;
use crate::documents::{Content, ContentLine, DocumentKind, Marks, NewDocument, Source, Written, create};
use crate::fields::known;

pub use coding::{Coding, SPLITS_MAX, Split, line_code, line_split};
pub use count::{REVIEW_COUNT_MAX, review_count};
pub use list::{LINE_TOTALS_MAX, LineFilter, LineSort, Way, review_line_get, review_list, review_totals};
pub use selected::{SELECTED_LINES_MAX, SelectedLine, line_exclude_selected, line_match_selected, line_undo_selected};
pub(crate) use taken_back::{LineDocument, line_documents, release};
pub use taken_back::{line_exclude, line_undo};
pub use transfer::{line_match, line_transfer};

/// The most lines that a page of the list has.
pub const PAGE_LINES_MAX: u16 = 100;
/// How many days before or after a line its posting may be to be proposed for it.
pub const MATCH_DAYS_MAX: i32 = 10;
/// The most candidates that a line shows, nearest first.
pub const CANDIDATES_MAX: i64 = 5;

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// To be reviewed.
    New,
    /// In the books.
    Accepted,
    /// Left out on purpose.
    Excluded,
    /// Its import was undone.
    Withdrawn,
    /// Read, but not to be accepted as it is.
    Doubtful,
}

impl LineState {
    const ALL: [Self; 5] = [
        Self::New,
        Self::Accepted,
        Self::Excluded,
        Self::Withdrawn,
        Self::Doubtful,
    ];

    /// The text that the database holds.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Accepted => "accepted",
            Self::Excluded => "excluded",
            Self::Withdrawn => "withdrawn",
            Self::Doubtful => "doubtful",
        }
    }

    /// The state of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The state of a text that the database checked.
    fn of(code: &str) -> Result<Self, Error> {
        known(Self::parse(code).ok_or(()))
    }
}

/// A line of the bank's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ReviewLine {
    /// Its id.
    pub id: i64,
    /// The bank's day.
    pub posted_on: Date,
    /// Minor units, money in positive; none where the amount is in doubt.
    pub amount: Option<i64>,
    /// The decimal as given.
    pub amount_text: String,
    /// Its currency.
    pub currency: String,
    /// Who was paid or who paid.
    pub name: String,
    /// What the bank says about it.
    pub memo: String,
    /// The number of a check.
    pub check_number: Option<String>,
    /// Where it stands.
    pub state: LineState,
    /// Why it cannot be accepted as it is.
    pub doubt: Option<String>,
    /// What it is in the books.
    pub accepted_as: Option<AcceptedAs>,
    /// What in the books it may be already; only for new lines.
    pub candidates: Vec<Candidate>,
}

/// What an accepted line is in the books.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AcceptedAs {
    /// The document.
    pub document_id: i64,
    /// What it is.
    pub kind: DocumentKind,
    /// The accounts on its other side, by number and name.
    pub accounts: String,
}

/// A posting on the line's account, of the same amount and not matched, within 10 days.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Candidate {
    /// The posting, which `line_match` takes.
    pub posting_id: i64,
    /// Its document.
    pub document_id: i64,
    /// What that is.
    pub kind: DocumentKind,
    /// The posting's day.
    pub posted_on: Date,
    /// Why it may be the one, in plain words.
    pub reason: String,
}

/// What accepting a line did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LineAccepted {
    /// The document that the line is now.
    pub document_id: i64,
    /// Whether the line made it; otherwise it was in the books already.
    pub made: bool,
}

/// A line that may be accepted, with the account it is on.
struct OpenLine {
    id: i64,
    account_id: i64,
    currency: Currency,
    posted_on: Date,
    amount: i64,
    name: String,
    memo: String,
    check_number: Option<String>,
}

impl OpenLine {
    /// The line, if it waits for review.
    ///
    /// # Errors
    /// Of the form as a whole: what became of the line meanwhile, or why it cannot be accepted as it is.
    async fn read(tx: &mut TenantTx<Write>, line_id: i64) -> Result<Self, Error> {
        let line = sqlx::query!(
            "select l.id, b.account_id, a.currency, l.posted_on, l.amount, l.name, l.memo, l.check_number, l.state, l.doubt
             from bank_line l join bank_account b on b.id = l.bank_account_id join account a on a.id = b.account_id where l.id = $1",
            line_id
        )
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("that bank line"))?;
        let refused = match LineState::of(&line.state)? {
            LineState::New => None,
            LineState::Accepted => {
                Some("This line is in the books already. Undo that first if it is to become something else.".to_owned())
            }
            LineState::Excluded => Some("This line is excluded. Undo that first.".to_owned()),
            LineState::Withdrawn => Some("The import that brought this line was undone.".to_owned()),
            LineState::Doubtful => Some(format!(
                "{} It cannot be accepted as it is: exclude it and enter what it stands for by hand.",
                line.doubt.unwrap_or_default()
            )),
        };
        if let Some(message) = refused {
            return Err(Error::of_form(message));
        }
        let Some(amount) = line.amount.filter(|amount| *amount != 0) else {
            return Err(Error::of_form("This line moves no money. Exclude it."));
        };
        Ok(Self {
            id: line.id,
            account_id: line.account_id,
            currency: known(Currency::parse(&line.currency))?,
            posted_on: line.posted_on,
            amount,
            name: line.name,
            memo: line.memo,
            check_number: line.check_number,
        })
    }

    /// The bank's words for it.
    fn words(&self) -> &str {
        if self.name.is_empty() { &self.memo } else { &self.name }
    }

    fn amount_in_words(&self) -> String {
        format_amount(self.amount, self.currency)
    }
}

/// Makes the document that a line stands for, the bank's leg first, and matches the line to that leg.
async fn accept_as(
    tx: &mut TenantTx<Write>,
    line: &OpenLine,
    kind: DocumentKind,
    contact_id: Option<i64>,
    others: Vec<ContentLine>,
) -> Result<LineAccepted, Error> {
    let bank_leg = ContentLine {
        line_no: None,
        account_id: line.account_id,
        contact_id: None,
        description: line.words().to_owned(),
        amount: line.amount,
        due_on: None,
    };
    let content = Content {
        doc_date: line.posted_on,
        contact_id,
        reference: line.check_number.clone(),
        memo: Some(line.memo.clone()).filter(|memo| !memo.is_empty()),
        marks: Marks::default(),
        lines: std::iter::once(bank_leg).chain(others).collect(),
    };
    let new = NewDocument {
        kind,
        number: None,
        source: Source::BankLine,
        reverses_id: None,
        issue: true,
        content,
    };
    let through = sqlx::query_scalar!("select lock_through()")
        .fetch_one(&mut **tx)
        .await?;
    if let Some(through) = through.filter(|through| line.posted_on <= *through) {
        let message = format!(
            "The bank's day is {}, and the books are locked through {}. Match the line to an entry, exclude it, or have the lock moved.",
            format_date(line.posted_on),
            format_date(through)
        );
        return Err(Error::at("date", message));
    }
    let Written { id: document_id, .. } = create(tx, &new).await?;
    let posting_id = sqlx::query_scalar!(
        "select id from posting where document_id = $1 and retired_in is null order by line_no limit 1",
        document_id
    )
    .fetch_one(&mut **tx)
    .await?;
    match_line(tx, line, posting_id).await?;
    Ok(LineAccepted {
        document_id,
        made: true,
    })
}

/// Matches a line to a posting of its whole amount; the database refuses any other.
async fn match_line(tx: &mut TenantTx<Write>, line: &OpenLine, posting_id: i64) -> Result<(), Error> {
    let change = tx.change();
    sqlx::query!(
        "insert into bank_match (bank_line_id, posting_id, amount, made_in) values ($1, $2, $3, $4)",
        line.id,
        posting_id,
        line.amount,
        change
    )
    .execute(&mut **tx)
    .await?;
    sqlx::query!("update bank_line set state = 'accepted' where id = $1", line.id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
