//! What changed in a period after it was closed or locked.
//!
//! Retained earnings are computed, so a late entry in an earlier year alters them silently (accounting.md 4.3). A closed year is locked,
//! and what still comes into it came through an exception or while it was open again. Each posting names the changes that made and
//! retired it, which is what is counted here; accounts that were retyped, placed elsewhere, merged or put into another part of the cash
//! flows are found in the record.
//!
//! A closed year counts from its closing. Other locked days count from the first lock that has covered them without a break, so that a
//! lock that moves on from month to month forgets nothing.

mod accounts;
mod documents;
mod periods;

use ledger::accounts::CashFlow;
use ledger::dates::FiscalYear;
use sqlx::PgConnection;
use tenancy::{Capability, Cx};
use time::{Date, OffsetDateTime};

use self::accounts::AccountChanges;
use self::documents::{changed_days_before, changed_documents, difference};
use self::periods::{HeldPeriod, held_periods};
use crate::documents::DocumentKind;
use crate::fiscal_years::net_income;
use crate::{Error, fiscal_years};

/// Most documents and accounts that are listed of a period, newest change first.
pub const CHANGED_LIST_MAX: i64 = 200;
/// Most changes of accounts that are looked through, the newest.
const CHANGED_ACCOUNTS_READ_MAX: i64 = 10_000;
/// Most days before a period that are looked through for changes, the last ones.
const CHANGED_DAYS_READ_MAX: i64 = 10_000;

/// Why a period should stay as it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeldAs {
    /// It is a closed fiscal year.
    ClosedYear,
    /// A lock for everyone covers it, and no closed year does.
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
    /// How many accounts with postings up to its end were retyped, placed elsewhere, merged or put into another part of the cash flows
    /// since.
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
    /// The earlier fiscal years that something came into since, newest first: the period's own lines are as they were, and its balances
    /// are not.
    pub earlier: Vec<ChangedEarlier>,
}

/// What changed in an earlier fiscal year since a period was closed or locked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChangedEarlier {
    /// The year.
    pub year: FiscalYear,
    /// By how much its net income is more now than then.
    pub difference: i64,
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
    /// The part of the statement of cash flows it stands in, before and after, where that changed.
    pub flows: Option<(CashFlow, CashFlow)>,
    /// Who.
    pub actor: String,
    /// When, UTC.
    pub at: OffsetDateTime,
    /// The change.
    pub change: i64,
}

/// What changed since it was closed in the years that end on or before a day or hold it, and since they were locked in the locked days
/// of no closed year: what a statement through that day should say of itself. None where nothing changed.
///
/// Cheap where nothing did: no posting is read of a period that no exception and no lowered lock ever opened.
pub async fn changed_since_close(cx: &Cx, day: Date) -> Result<Option<Vec<ChangedPeriod>>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let mut held = held_periods(&mut tx).await?;
    held.retain(|held| held.from.is_none_or(|from| from <= day));
    let accounts = account_changes(&mut tx, &held).await?;
    let mut changed = Vec::new();
    for held in held {
        let period = counted(&mut tx, &held, &accounts).await?;
        if period.is_changed() {
            changed.push(period);
        }
    }
    Ok(Some(changed).filter(|changed| !changed.is_empty()))
}

/// Every period that should stay as it was, newest first, with what changed in it one by one. Locked days that follow each other
/// stand together where nothing changed, and those before a closed year only where something did.
pub async fn changed_since_list(cx: &Cx) -> Result<Vec<ChangedDetails>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let held = held_periods(&mut tx).await?;
    let accounts = account_changes(&mut tx, &held).await?;
    let mut periods = Vec::new();
    for held in held {
        let period = counted(&mut tx, &held, &accounts).await?;
        periods.push((held, period));
    }
    let years = fiscal_years::load(&mut tx).await?;
    let mut list = Vec::new();
    for (held, period) in standing_together(periods) {
        let net_income_now = net_income(&mut tx, held.first_day(), held.to).await?;
        let documents = match period.documents {
            0 => Vec::new(),
            _ => changed_documents(&mut tx, &held).await?,
        };
        let mut earlier: Vec<ChangedEarlier> = Vec::new();
        if held.was_opened {
            for (day, difference) in changed_days_before(&mut tx, &held).await? {
                match earlier.last_mut().filter(|earlier| earlier.year.contains(day)) {
                    Some(earlier) => earlier.difference = earlier.difference.saturating_add(difference),
                    None => earlier.push(ChangedEarlier {
                        year: years.year_of(day),
                        difference,
                    }),
                }
            }
        }
        list.push(ChangedDetails {
            net_income_then: net_income_now.saturating_sub(period.difference),
            net_income_now,
            documents,
            accounts: accounts.list(&held),
            earlier,
            period,
        });
    }
    Ok(list)
}

/// The periods as they are listed: unchanged locked days join those that follow them, which were locked later.
fn standing_together(periods: Vec<(HeldPeriod, ChangedPeriod)>) -> Vec<(HeldPeriod, ChangedPeriod)> {
    let is_quiet =
        |(held, period): &(HeldPeriod, ChangedPeriod)| held.held_as == HeldAs::Locked && !period.is_changed();
    let last_closed = periods.iter().find(|(held, _)| held.held_as == HeldAs::ClosedYear);
    let last_closed = last_closed.map(|(held, _)| held.to);
    let mut list: Vec<(HeldPeriod, ChangedPeriod)> = Vec::new();
    for one in periods {
        if is_quiet(&one) {
            if last_closed.is_some_and(|closed| one.0.to < closed) {
                continue;
            }
            let follows = one.0.to.next_day();
            if let Some((held, period)) = list.last_mut().filter(|last| is_quiet(last) && last.0.from == follows) {
                (held.from, period.from) = (one.0.from, one.0.from);
                held.was_opened |= one.0.was_opened;
                continue;
            }
        }
        list.push(one);
    }
    list
}

/// What was done to accounts since the first of the periods was closed or locked.
async fn account_changes(connection: &mut PgConnection, held: &[HeldPeriod]) -> Result<AccountChanges, Error> {
    match held.iter().map(|held| held.change).min() {
        Some(first) => AccountChanges::read(connection, first).await,
        None => Ok(AccountChanges::default()),
    }
}

async fn counted(
    connection: &mut PgConnection,
    held: &HeldPeriod,
    accounts: &AccountChanges,
) -> Result<ChangedPeriod, Error> {
    let (documents, difference) = match held.was_opened {
        true => difference(connection, held).await?,
        false => (0, 0),
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
        accounts: accounts.count(held),
    })
}
