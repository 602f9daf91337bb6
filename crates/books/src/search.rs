//! Finding anything in the books by what one remembers of it: a number, a name, a word of a memo, an amount.
//!
//! Each group reads an index of its own and is short; the list of transactions has all of them.

mod documents;
mod names;

use ledger::accounts::AccountType;
use ledger::money::{Currency, parse_amount};
use tenancy::{Capability, Cx, Read, TenantTx};
use time::Date;

use crate::Error;
use crate::documents::{DocumentKind, DocumentState};
use crate::fields::known;
use crate::words::{FigureAndWords, Sought};

/// Most results of a group.
pub const SEARCH_GROUP_MAX: i64 = 8;
/// Longest text that is looked for; of a longer one the beginning.
pub const SEARCH_CHARS_MAX: usize = 100;

/// Most documents with an amount or number that are looked through for the words beside it, the newest first.
pub const SEARCH_FIGURE_MAX: i64 = 1_000;

/// What was found, group by group; within a group the best first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// Documents that have an amount or number of the text and all its other words, newest first.
    pub both: Vec<FoundDocument>,
    /// Documents whose number or reference begins with the text.
    pub numbers: Vec<FoundDocument>,
    /// Customers and vendors by their names.
    pub contacts: Vec<FoundContact>,
    /// Accounts by their names and numbers.
    pub accounts: Vec<FoundAccount>,
    /// Documents of the amount that the text is, as a whole or in a line, newest first.
    pub amounts: Vec<FoundDocument>,
    /// Documents whose memo or lines hold the text, newest first.
    pub words: Vec<FoundDocument>,
}

/// A document that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundDocument {
    /// Its id.
    pub id: i64,
    /// What it is.
    pub kind: DocumentKind,
    /// Where it stands.
    pub state: DocumentState,
    /// Its number, once issued or as imported.
    pub number: Option<String>,
    /// Somebody else's number.
    pub reference: Option<String>,
    /// Its day.
    pub date: Date,
    /// The sum of its debits, minor units.
    pub total: i64,
    /// The one it is with.
    pub contact: Option<String>,
    /// The memo or line that holds the text; its memo where it was found otherwise.
    pub words: Option<String>,
}

/// A customer or vendor that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundContact {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Whether it can owe.
    pub customer: bool,
    /// Whether it can be owed.
    pub vendor: bool,
    /// Whether it is offered for new entries.
    pub active: bool,
}

/// An account that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundAccount {
    /// Its id.
    pub id: i64,
    /// Its number.
    pub number: Option<String>,
    /// Its name.
    pub name: String,
    /// The account above it.
    pub parent: Option<String>,
    /// Its type.
    pub account_type: AccountType,
    /// Whether it can be posted to.
    pub active: bool,
}

/// What the text finds; nothing for an empty one. Names are found misspelled too, other words as they are written.
pub async fn search_books(cx: &Cx, text: &str) -> Result<Found, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let text: String = text.chars().filter(|c| *c != '\0').take(SEARCH_CHARS_MAX).collect();
    let Some(sought) = Sought::of(&text) else {
        return Ok(Found::default());
    };
    let currency = currency(&mut tx).await?;
    let amounts = match amount_of(&sought, currency) {
        Some(amount) => documents::of_amount(&mut tx, amount).await?,
        None => Vec::new(),
    };
    let mut both = Vec::new();
    for meant in FigureAndWords::of(&text) {
        if both.is_empty() {
            both = documents::of_figure(&mut tx, amount_of(&meant.figure, currency), &meant).await?;
        }
    }
    // How much a misspelled name shares with what is meant: one letter wrong in a short name is still found.
    sqlx::query!("set local pg_trgm.word_similarity_threshold = 0.45")
        .execute(&mut *tx)
        .await?;
    let words = match &sought.pattern {
        Some(pattern) => documents::holding(&mut tx, pattern).await?,
        None => Vec::new(),
    };
    Ok(Found {
        both,
        numbers: documents::numbered(&mut tx, &sought).await?,
        contacts: names::contacts(&mut tx, &sought).await?,
        accounts: names::accounts(&mut tx, &sought).await?,
        amounts,
        words,
    })
}

async fn currency(tx: &mut TenantTx<Read>) -> Result<Currency, Error> {
    let currency = sqlx::query_scalar!("select currency from company")
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("the company"))?;
    known(Currency::parse(&currency))
}

/// The amount that the text is, without its sign; none for other texts and for zero.
fn amount_of(sought: &Sought, currency: Currency) -> Option<i64> {
    let amount = parse_amount(&sought.text, currency).ok()?;
    amount.checked_abs().filter(|amount| *amount > 0)
}
