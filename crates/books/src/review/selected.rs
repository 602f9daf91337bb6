//! What is done with several lines of a list at once: all of it in one change, or nothing.

use ledger::dates::format_date;
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};

use super::taken_back::{exclude_in, undo_in};
use super::transfer::match_in;
use crate::fields::accept;
use crate::{Error, Problem};

/// Most lines of one action: a page of the list.
pub const SELECTED_LINES_MAX: usize = 100;

/// A line that was chosen in a list, as it was seen there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SelectedLine {
    /// Its id.
    pub id: i64,
    /// The posting that was suggested for it, nearest first; none where nothing was.
    pub posting_id: Option<i64>,
}

/// Accepts what was suggested for each line: matches it to that posting. Gives how many were matched.
///
/// # Errors
/// `Invalid` at `select.ID` for each line that refuses, where ID is its id, named by the bank's words; nothing is matched then. Of
/// the form where none or more than 100 are chosen.
pub async fn line_match_selected(
    cx: &Cx,
    bank_account_id: i64,
    selected: &[SelectedLine],
    key: &RequestKey,
) -> Result<usize, Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    let named = named(&mut tx, bank_account_id, selected).await?;
    let mut refused = Vec::new();
    for (line, name) in selected.iter().zip(&named) {
        let matched = match line.posting_id {
            Some(posting_id) => match_in(&mut tx, line.id, posting_id).await.map(drop),
            None => Err(Error::of_form(
                "Nothing in the books fits this line. Choose its category, or exclude it.",
            )),
        };
        if let Err(error) = matched {
            refused.push(problem(line, name, error)?);
        }
    }
    finish(tx, selected.len(), refused).await
}

/// Leaves the lines out of the books: new and doubtful lines only. Gives how many were left out.
///
/// # Errors
/// As `line_match_selected`.
pub async fn line_exclude_selected(
    cx: &Cx,
    bank_account_id: i64,
    selected: &[SelectedLine],
    key: &RequestKey,
) -> Result<usize, Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    let named = named(&mut tx, bank_account_id, selected).await?;
    let mut refused = Vec::new();
    for (line, name) in selected.iter().zip(&named) {
        let excluded = exclude_in(&mut tx, line.id).await;
        if let Err(error) = excluded {
            refused.push(problem(line, name, error)?);
        }
    }
    finish(tx, selected.len(), refused).await
}

/// Puts the lines back on the list, as `line_undo` does with one. Gives how many were put back.
///
/// # Errors
/// As `line_match_selected`.
pub async fn line_undo_selected(
    cx: &Cx,
    bank_account_id: i64,
    selected: &[SelectedLine],
    key: &RequestKey,
) -> Result<usize, Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    let named = named(&mut tx, bank_account_id, selected).await?;
    let mut refused = Vec::new();
    for (line, name) in selected.iter().zip(&named) {
        let undone = undo_in(&mut tx, cx, line.id).await;
        if let Err(error) = undone {
            refused.push(problem(line, name, error)?);
        }
    }
    finish(tx, selected.len(), refused).await
}

/// What each line is called in a message: the bank's words and day. Each must be one of this bank account's.
async fn named(
    tx: &mut TenantTx<Write>,
    bank_account_id: i64,
    selected: &[SelectedLine],
) -> Result<Vec<String>, Error> {
    if selected.is_empty() {
        return Err(Error::of_form(
            "Nothing is selected. Check the boxes of the lines you mean.",
        ));
    }
    if selected.len() > SELECTED_LINES_MAX {
        return Err(Error::of_form(format!(
            "At most {SELECTED_LINES_MAX} lines are taken at once. Select fewer."
        )));
    }
    let ids: Vec<i64> = selected.iter().map(|line| line.id).collect();
    let rows = sqlx::query!(
        r#"select id, posted_on, case when name = '' then memo else name end as "words!" from bank_line
           where bank_account_id = $1 and id = any ($2)"#,
        bank_account_id,
        &ids
    )
    .fetch_all(&mut **tx)
    .await?;
    ids.iter()
        .map(|id| {
            let row = rows.iter().find(|row| row.id == *id);
            let row = row.ok_or(Error::NotFound("that bank line"))?;
            Ok(format!("{}, {}", row.words, format_date(row.posted_on)))
        })
        .collect()
}

/// What refused, at its row. What the database refused has ended the transaction, and nothing more can be looked at.
fn problem(line: &SelectedLine, name: &str, error: Error) -> Result<Problem, Error> {
    let field = format!("select.{}", line.id);
    let first = error.problems().into_iter().next();
    match (error, first) {
        (Error::NotFound(_), _) => Ok(Problem::at(
            field,
            format!("{name}: What was suggested is not in the books any more. Look at the list again."),
        )),
        (Error::Invalid(_), Some(problem)) => Ok(Problem::at(field, format!("{name}: {}", problem.message))),
        (Error::Tenancy(tenancy::Error::Refused(_)), Some(problem)) => {
            Err(Error::at(field, format!("{name}: {}", problem.message)))
        }
        (error, _) => Err(error),
    }
}

async fn finish(tx: TenantTx<Write>, count: usize, refused: Vec<Problem>) -> Result<usize, Error> {
    accept(refused)?;
    tx.commit(&count).await?;
    Ok(count)
}
