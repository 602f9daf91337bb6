//! Making the entries that are due.

use std::time::{Duration, Instant};

use ledger::dates::{format_date, format_iso};
use ledger::schedule::first_of_next_month;
use serde::{Deserialize, Serialize};
use tenancy::{Capability, Cx, RequestKey};
use time::Date;

use super::read::{TemplateRow, load, recurring_get, recurring_list};
use super::write::clear_problem;
use crate::Error;
use crate::documents::Source;
use crate::entry_facts::Completeness;
use crate::journal::{create, reverse_in};

/// Most entries that one run makes in a company; the next run goes on.
pub const DUE_MADE_MAX: usize = 400;
/// Longest that a run works on a company, but for the entry under way: the others wait for it. The next run goes on.
pub const DUE_TIME_MAX: Duration = Duration::from_secs(5);
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
/// again. At most [`DUE_MADE_MAX`] entries a run, and none is begun once `time_max` is over but the first.
///
/// # Errors
/// Those of every writing function; what was made until then stays.
pub async fn recurring_due(cx: &Cx, today: Date, time_max: Duration) -> Result<DueOutcome, Error> {
    cx.require(Capability::Journal)?;
    let run = Run::of(time_max);
    let mut outcome = DueOutcome::default();
    for template in recurring_list(cx).await? {
        due_of(cx, &template, today, &run, &mut outcome).await?;
        if outcome.more {
            break;
        }
    }
    Ok(outcome)
}

/// Makes every entry of one template that is due through `today`, as [`recurring_due`] does of all.
///
/// # Errors
/// Those of every writing function; what was made until then stays. `NotFound`.
pub async fn recurring_due_one(cx: &Cx, id: i64, today: Date) -> Result<DueOutcome, Error> {
    cx.require(Capability::Journal)?;
    let template = recurring_get(cx, id).await?;
    let mut outcome = DueOutcome::default();
    due_of(cx, &template.row, today, &Run::of(DUE_TIME_MAX), &mut outcome).await?;
    Ok(outcome)
}

/// How long a run goes on.
struct Run {
    begun: Instant,
    time_max: Duration,
}

impl Run {
    fn of(time_max: Duration) -> Self {
        Self {
            begun: Instant::now(),
            time_max,
        }
    }

    /// Whether it makes no further entry. The first is always made, so that every run gets on.
    fn is_over(&self, made: usize) -> bool {
        made >= DUE_MADE_MAX || (made > 0 && self.begun.elapsed() >= self.time_max)
    }
}

/// Makes what is due of a template, until a day cannot be made or the run is over.
async fn due_of(
    cx: &Cx,
    template: &TemplateRow,
    today: Date,
    run: &Run,
    outcome: &mut DueOutcome,
) -> Result<(), Error> {
    for period in template.next_days().take_while(|day| *day <= today) {
        if run.is_over(outcome.made) {
            outcome.more = true;
            return Ok(());
        }
        match made(cx, template.id, period).await {
            Ok(true) => outcome.made += 1,
            // Somebody else made it, skipped it or changed the template meanwhile: the next run sees what is due now.
            Ok(false) => return Ok(()),
            Err(error) => {
                stopped(cx, template.id, template.problem.as_deref(), period, error).await?;
                outcome.stopped += 1;
                return Ok(());
            }
        }
    }
    Ok(())
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
