//! What is done with several entries of a list at once: all of it in one change, or nothing.

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

/// Issues drafts, the earliest first, so that their numbers follow their days; gives how many.
///
/// # Errors
/// `Invalid` at `select.ID` for each that refuses, where ID is the entry's id; nothing is issued then. Of the form where none or more
/// than 100 are chosen.
pub async fn journal_issue_selected(cx: &Cx, selected: &[Selected], key: &RequestKey) -> Result<usize, Error> {
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
    finish(tx, selected.len(), refused).await
}

/// Voids entries for one reason, the newest first, so that a reversal goes before what it reversed; gives how many. What lies in a
/// lock is reversed on the day `on` instead; drafts are given up.
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
) -> Result<usize, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    bounded(selected)?;
    if reason.trim().is_empty() {
        return Err(Error::at("reason", "Say why: the reason stays with the numbers."));
    }
    let mut selected = selected.to_vec();
    selected.sort_by_key(|entry| std::cmp::Reverse(entry.id));
    let mut refused = Vec::new();
    for entry in &selected {
        let voided = void_in(&mut tx, entry.id, entry.version, on, reason).await;
        if let Err(error) = voided {
            refused.push(problem(entry, error)?);
        }
    }
    finish(tx, selected.len(), refused).await
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
        (Error::Invalid(_), Some(problem)) => Ok(Problem::at(field, problem.message)),
        (Error::Tenancy(tenancy::Error::Refused(_)), Some(problem)) => Err(Error::at(field, problem.message)),
        (error, _) => Err(error),
    }
}

async fn finish(tx: TenantTx<Write>, count: usize, refused: Vec<Problem>) -> Result<usize, Error> {
    crate::fields::accept(refused)?;
    tx.commit(&count).await?;
    Ok(count)
}
