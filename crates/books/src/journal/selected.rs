//! What is done with several entries of a list at once: all of it in one change, or nothing.

use ledger::money::Currency;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::Date;

use super::{issue_in, void_in};
use crate::{Error, Problem};

/// Most entries of one action: a page of a list.
pub const SELECTED_MAX: usize = 100;

/// An entry that was chosen in a list, as it was seen there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Selected {
    /// Its id.
    pub id: i64,
    /// The revision that was shown.
    pub version: i32,
}

/// How many of the entries that were chosen are in a currency, and what they add up to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SelectedSum {
    /// The currency.
    pub currency: Currency,
    /// How many.
    pub entries: usize,
    /// How many of them are drafts.
    pub drafts: usize,
    /// The sum of their debits, minor units.
    pub total: i64,
}

/// How many drafts were posted at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DraftsPosted {
    /// How many.
    pub drafts_posted: usize,
}

/// How many entries are chosen and what they add up to, a row for each currency: what is asked before they are voided. What is no
/// journal entry, or is void, does not count.
///
/// # Errors
/// `Invalid` of the form where none or more than 100 are chosen.
pub async fn journal_selected_sums(cx: &Cx, selected: &[Selected]) -> Result<Vec<SelectedSum>, Error> {
    let mut tx = cx.read(Capability::Journal).await?;
    let ids = bounded(selected)?;
    sums(&mut tx, &ids).await
}

async fn sums(tx: &mut PgConnection, ids: &[i64]) -> Result<Vec<SelectedSum>, Error> {
    let rows = sqlx::query!(
        r#"select d.currency, count(*) as "entries!", count(*) filter (where d.state = 'draft') as "drafts!",
                  sum(r.total)::bigint as "total!"
           from document d join revision r on r.document_id = d.id and r.retired_in is null
           where d.id = any ($1) and d.kind = 'journal_entry' and d.state <> 'void'
           group by d.currency order by d.currency"#,
        ids
    )
    .fetch_all(tx)
    .await?;
    let sum = |currency: &str, entries: i64, drafts: i64, total| {
        Ok(SelectedSum {
            currency: Currency::parse(currency).map_err(|error| Error::of_form(error.to_string()))?,
            entries: usize::try_from(entries).unwrap_or_default(),
            drafts: usize::try_from(drafts).unwrap_or_default(),
            total,
        })
    };
    rows.into_iter()
        .map(|row| sum(&row.currency, row.entries, row.drafts, row.total))
        .collect()
}

/// Issues drafts, the earliest first, so that their numbers follow their days; gives how many.
///
/// # Errors
/// `Invalid` at `select.ID` for each that refuses, where ID is the entry's id; nothing is issued then. Of the form where none or more
/// than 100 are chosen.
pub async fn journal_issue_selected(cx: &Cx, selected: &[Selected], key: &RequestKey) -> Result<DraftsPosted, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let ids = bounded(selected)?;
    let by_day = sqlx::query_scalar!(
        "select document_id from revision where retired_in is null and document_id = any ($1) order by doc_date, document_id",
        &ids
    )
    .fetch_all(&mut *tx)
    .await?;
    let place = |entry: &Selected| by_day.iter().position(|id| *id == entry.id);
    let mut selected = selected.to_vec();
    selected.sort_by_key(place);
    let mut refused = Vec::new();
    for entry in &selected {
        let issued = issue_in(&mut tx, entry.id, entry.version).await;
        if let Err(error) = issued {
            refused.push(problem(entry, error)?);
        }
    }
    let drafts_posted = selected.len();
    finish(tx, DraftsPosted { drafts_posted }, refused).await
}

/// Voids entries for one reason, the newest first, so that a reversal goes before what it reversed; gives how many they were and what
/// they added up to. What lies in a lock is reversed on the day `on` instead; drafts are given up.
///
/// # Errors
/// `Invalid` at `reason`, or at `select.ID` for each that refuses, where ID is the entry's id; nothing is voided then. Of the form
/// where none or more than 100 are chosen.
pub async fn journal_void_selected(
    cx: &Cx,
    selected: &[Selected],
    on: Date,
    reason: &str,
    key: &RequestKey,
) -> Result<Vec<SelectedSum>, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let ids = bounded(selected)?;
    if reason.trim().is_empty() {
        return Err(Error::at("reason", "Say why: the reason stays with the numbers."));
    }
    let mut selected = selected.to_vec();
    selected.sort_by_key(|entry| std::cmp::Reverse(entry.id));
    let voided = sums(&mut tx, &ids).await?;
    let mut refused = Vec::new();
    for entry in &selected {
        if let Err(error) = void_in(&mut tx, entry.id, entry.version, on, reason).await {
            refused.push(problem(entry, error)?);
        }
    }
    finish(tx, voided, refused).await
}

/// The ids of what was chosen.
fn bounded(selected: &[Selected]) -> Result<Vec<i64>, Error> {
    if selected.is_empty() {
        return Err(Error::of_form(
            "Nothing is selected. Check the boxes of the entries you mean.",
        ));
    }
    if selected.len() > SELECTED_MAX {
        return Err(Error::of_form(format!(
            "At most {SELECTED_MAX} entries are taken at once. Select fewer."
        )));
    }
    Ok(selected.iter().map(|entry| entry.id).collect())
}

/// What refused, at its row. What the database refused has ended the transaction, and nothing more can be looked at.
fn problem(entry: &Selected, error: Error) -> Result<Problem, Error> {
    let field = format!("select.{}", entry.id);
    let first = error.problems().into_iter().next();
    match (error, first) {
        (Error::Stale { .. }, _) => Ok(Problem::at(
            field,
            "Somebody changed this meanwhile. What is saved now is shown here: look at it again.",
        )),
        (Error::NotFound(_), _) => Ok(Problem::at(
            field,
            "Only journal entries are posted and voided from the list. Open this one to see what can be done.",
        )),
        (Error::Invalid(_), Some(problem)) => Ok(Problem { field, ..problem }),
        (Error::Tenancy(tenancy::Error::Refused(_)), Some(problem)) => {
            Err(Error::Invalid(vec![Problem { field, ..problem }]))
        }
        (error, _) => Err(error),
    }
}

async fn finish<Answer: Serialize>(
    tx: TenantTx<Write>,
    answer: Answer,
    refused: Vec<Problem>,
) -> Result<Answer, Error> {
    crate::fields::accept(refused)?;
    tx.commit(&answer).await?;
    Ok(answer)
}
