//! What changed in a period after it was closed or locked.
//!
//! Retained earnings are computed, so a late entry in an earlier year alters them silently (accounting.md 4.3). A closed year is locked,
//! and what still comes into it came through an exception or while it was open again. Each posting names the changes that made and
//! retired it, which is what is counted here; accounts that were retyped, placed elsewhere or merged are found in the record.

mod accounts;
mod documents;
mod periods;

use tenancy::{Capability, Cx};
use time::{Date, OffsetDateTime};

use self::accounts::{account_count, changed_accounts};
use self::documents::{changed_documents, difference};
use self::periods::{HeldPeriod, held_periods};
use crate::Error;
use crate::documents::DocumentKind;
use crate::fiscal_years::net_income;

/// Most documents and accounts that are listed of a period, newest change first.
pub const CHANGED_LIST_MAX: i64 = 200;

/// Why a period should stay as it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeldAs {
    /// It is a closed fiscal year.
    ClosedYear,
    /// The newest lock for everyone covers it, after the last closed year.
    Locked,
}

/// A period that should stay as it was, and what changed in it nevertheless. Amounts in minor units, a profit is positive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangedPeriod {
    /// Its first day; none where a lock reaches back to the beginning of the books.
    pub from: Option<Date>,
    /// Its last day.
    pub to: Date,
    /// Why it should stay.
    pub held_as: HeldAs,
    /// The change that closed or locked it.
    pub change: i64,
    /// When, UTC.
    pub at: OffsetDateTime,
    /// Who closed or locked it.
    pub actor: String,
    /// By how much its net income is more now than then.
    pub difference: i64,
    /// How many documents have postings in it that were made or retired since.
    pub documents: i64,
    /// How many accounts with postings up to its end were retyped, placed elsewhere or merged since.
    pub accounts: i64,
}

impl ChangedPeriod {
    /// Whether anything changed.
    pub fn is_changed(&self) -> bool {
        self.documents > 0 || self.accounts > 0
    }
}

/// The same with what changed, one by one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangedDetails {
    /// The period.
    pub period: ChangedPeriod,
    /// What it earned when it was closed or locked.
    pub net_income_then: i64,
    /// What it earns now.
    pub net_income_now: i64,
    /// The documents, newest change first; at most 200.
    pub documents: Vec<ChangedDocument>,
    /// The accounts, newest change first; at most 200.
    pub accounts: Vec<ChangedAccount>,
}

/// What one change did to one document's postings in the period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangedDocument {
    /// The document.
    pub document_id: i64,
    /// What it is.
    pub kind: DocumentKind,
    /// Its number.
    pub number: Option<String>,
    /// The day it is on.
    pub doc_date: Date,
    /// Its note.
    pub memo: Option<String>,
    /// What was done.
    pub what: ChangedHow,
    /// How much more the period earns by it.
    pub difference: i64,
    /// Who.
    pub actor: String,
    /// When, UTC.
    pub at: OffsetDateTime,
    /// The change.
    pub change: i64,
}

/// What was done to a document's postings in the period.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChangedHow {
    /// They were made.
    Made,
    /// Some were retired and others made.
    Revised,
    /// They were retired.
    TakenBack,
}

/// What one change did to an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangedAccount {
    /// The account.
    pub account_id: i64,
    /// Its name now.
    pub name: String,
    /// Its type before and after, where that changed: the codes of the database.
    pub retyped: Option<(String, String)>,
    /// The parent's name before and after, where that changed.
    pub placed: Option<(Option<String>, Option<String>)>,
    /// The name of the account it was merged into, before and after, where that changed.
    pub merged: Option<(Option<String>, Option<String>)>,
    /// Who.
    pub actor: String,
    /// When, UTC.
    pub at: OffsetDateTime,
    /// The change.
    pub change: i64,
}

/// What changed since it was closed in the years that end on or before a day or hold it, and since it was locked in the locked days
/// after them: what a statement through that day should say of itself. None where nothing changed.
///
/// Cheap where nothing did: no posting is read of a period that no exception and no lowered lock ever opened.
pub async fn changed_since_close(cx: &Cx, day: Date) -> Result<Option<Vec<ChangedPeriod>>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let mut changed = Vec::new();
    for held in held_periods(&mut tx).await? {
        if held.from.is_some_and(|from| from > day) || !(held.was_opened || held.accounts_touched) {
            continue;
        }
        let period = counted(&mut tx, &held).await?;
        if period.is_changed() {
            changed.push(period);
        }
    }
    Ok(Some(changed).filter(|changed| !changed.is_empty()))
}

/// Every period that should stay as it was, newest first, with what changed in it one by one.
pub async fn changed_since_list(cx: &Cx) -> Result<Vec<ChangedDetails>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let mut list = Vec::new();
    for held in held_periods(&mut tx).await? {
        let period = counted(&mut tx, &held).await?;
        let net_income_now = net_income(&mut tx, held.first_day(), held.to).await?;
        let documents = match period.documents {
            0 => Vec::new(),
            _ => changed_documents(&mut tx, &held).await?,
        };
        let accounts = match period.accounts {
            0 => Vec::new(),
            _ => changed_accounts(&mut tx, &held).await?,
        };
        list.push(ChangedDetails {
            net_income_then: net_income_now.saturating_sub(period.difference),
            net_income_now,
            documents,
            accounts,
            period,
        });
    }
    Ok(list)
}

async fn counted(connection: &mut sqlx::PgConnection, held: &HeldPeriod) -> Result<ChangedPeriod, Error> {
    let (documents, difference) = match held.was_opened {
        true => difference(&mut *connection, held).await?,
        false => (0, 0),
    };
    let accounts = match held.accounts_touched {
        true => account_count(connection, held).await?,
        false => 0,
    };
    Ok(ChangedPeriod {
        from: held.from,
        to: held.to,
        held_as: held.held_as,
        change: held.change,
        at: held.at,
        actor: held.actor.clone(),
        difference,
        documents,
        accounts,
    })
}
