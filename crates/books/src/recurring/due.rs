//! Making the entries that are due.

use ledger::dates::{format_date, format_iso};
use ledger::schedule::first_of_next_month;
use serde::{Deserialize, Serialize};
use tenancy::{Capability, Cx, RequestKey};
use time::Date;

use super::read::{load, recurring_list};
use super::write::clear_problem;
use crate::Error;
use crate::documents::Source;
use crate::entry_facts::Completeness;
use crate::journal::{create, reverse_in};

/// Most entries that one run makes in a company; the next run goes on.
pub const DUE_MADE_MAX: usize = 400;
/// Longest reason that a template keeps.
const PROBLEM_CHARS_MAX: usize = 1_000;

/// What a run did in a company.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct DueOutcome {
    /// Entries that were made, without their reversals.
    pub made: usize,
    /// Templates whose next entry could not be made; each says why, and is tried again.
    pub stopped: usize,
    /// Whether more is due than one run makes.
    pub more: bool,
}

/// Makes every entry that is due through `today`, each in a change of its own, in the order of its template's days. Where one cannot
/// be made, as its period is locked or an account inactive, the template keeps the reason and its later days wait; the next run tries
/// again. At most [`DUE_MADE_MAX`] entries a run.
///
/// # Errors
/// Those of every writing function; what was made until then stays.
pub async fn recurring_due(cx: &Cx, today: Date) -> Result<DueOutcome, Error> {
    cx.require(Capability::Journal)?;
    let mut outcome = DueOutcome::default();
    for template in recurring_list(cx).await? {
        for period in template.next_days().take_while(|day| *day <= today) {
            if outcome.made == DUE_MADE_MAX {
                outcome.more = true;
                return Ok(outcome);
            }
            match made(cx, template.id, period).await {
                Ok(true) => outcome.made += 1,
                // Somebody else made it, skipped it or changed the template meanwhile: the next run sees what is due now.
                Ok(false) => break,
                Err(error) => {
                    stopped(cx, template.id, template.problem.as_deref(), period, error).await?;
                    outcome.stopped += 1;
                    break;
                }
            }
        }
    }
    Ok(outcome)
}

/// Makes the entry of a day; false where that day is not the next one any more.
async fn made(cx: &Cx, id: i64, period: Date) -> Result<bool, Error> {
    let key = RequestKey::parse(&format!("recurring {id} {}", format_iso(period)))?;
    let mut tx = change!(cx, Capability::Journal, &key);
    let template = load(&mut tx, id).await?;
    if template.row.next_days().next() != Some(period) {
        return Ok(false);
    }
    let input = template.input();
    let wanted = match input.issues {
        true => Completeness::Issued,
        false => Completeness::Draft,
    };
    let written = create(&mut tx, &input.entry(period), Source::Template, wanted).await?;
    if input.issues && input.reversing {
        reverse_in(
            &mut tx,
            written.id,
            first_of_next_month(period),
            "date",
            Source::Template,
        )
        .await?;
    }
    let change = tx.change();
    sqlx::query!(
        "insert into recurring_occurrence (template_id, period, document_id, made_in) values ($1, $2, $3, $4)",
        id,
        period,
        written.id,
        change
    )
    .execute(&mut *tx)
    .await?;
    clear_problem(&mut tx, &template).await?;
    tx.commit(&true).await?;
    Ok(true)
}

/// Keeps the reason with the template, unless it is known already. What is nobody's mistake stays an error.
async fn stopped(cx: &Cx, id: i64, before: Option<&str>, period: Date, error: Error) -> Result<(), Error> {
    let is_for_later = matches!(
        error,
        Error::Tenancy(tenancy::Error::Busy | tenancy::Error::Crowded | tenancy::Error::Unavailable(_))
    );
    let problems = error.problems();
    if is_for_later || problems.is_empty() {
        return Err(error);
    }
    let mut messages: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
    messages.dedup();
    let problem: String = format!("{}: {}", format_date(period), messages.join(" "))
        .chars()
        .take(PROBLEM_CHARS_MAX)
        .collect();
    if before == Some(problem.as_str()) {
        return Ok(());
    }
    keep_problem(cx, id, &problem).await
}

async fn keep_problem(cx: &Cx, id: i64, problem: &str) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Journal, &RequestKey::fresh());
    sqlx::query!("update recurring_template set problem = $2 where id = $1", id, problem)
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit(&()).await?)
}
