//! Making, changing and pausing templates.

use ledger::schedule::{STEP_MAX, Schedule};
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::Date;
use time::macros::date;

use super::read::{Template, load};
use super::{TEMPLATES_MAX, TemplateInput};
use crate::documents::ContentLine;
use crate::entry_facts::{Completeness, EntryFacts};
use crate::fields::{accept, optional, required};
use crate::journal::{MEMO_CHARS_MAX, REFERENCE_CHARS_MAX};
use crate::{Error, Problem};

const NAME_CHARS_MAX: usize = 100;
/// The first day of a template that is used by hand: the column wants one, and nothing reads it.
const NO_DAY: Date = date!(2000 - 01 - 01);

/// Makes a template and gives its id. Days of its schedule that have passed are due at once.
///
/// # Errors
/// `Invalid` where [`TemplateInput`] says.
pub async fn recurring_create(cx: &Cx, input: &TemplateInput, key: &RequestKey) -> Result<i64, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let head = checked(&mut tx, input).await?;
    let count = sqlx::query_scalar!(r#"select count(*) as "n!" from recurring_template"#)
        .fetch_one(&mut *tx)
        .await?;
    if count >= TEMPLATES_MAX {
        return Err(Error::of_form(format!(
            "A company has at most {TEMPLATES_MAX} templates. Change one that is paused."
        )));
    }
    let when = Columns::of(input.schedule);
    let id = sqlx::query_scalar!(
        "insert into recurring_template
            (kind, name, memo, reference, adjusting, accrual_only, reversing, unit, step, starts_on, ends_on, issues, active, version)
         values ('journal_entry', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, true, 1) returning id",
        head.name,
        head.memo,
        head.reference,
        input.marks.adjusting,
        input.marks.accrual_only,
        input.reversing,
        when.unit,
        when.step,
        when.starts_on,
        when.ends_on,
        input.issues
    )
    .fetch_one(&mut *tx)
    .await?;
    insert_lines(&mut tx, id, 1, input).await?;
    tx.commit(&id).await?;
    Ok(id)
}

/// Changes what a template says from now on; what it made stays. A problem it had is tried again.
///
/// # Errors
/// `Invalid` where [`TemplateInput`] says; `Stale` when `version` is not the live one; `NotFound`.
pub async fn recurring_update(
    cx: &Cx,
    id: i64,
    version: i32,
    input: &TemplateInput,
    key: &RequestKey,
) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let template = load(&mut tx, id).await?;
    if template.version != version {
        return Err(Error::Stale {
            live: i64::from(template.version),
        });
    }
    let head = checked(&mut tx, input).await?;
    let when = Columns::of(input.schedule);
    sqlx::query!(
        "update recurring_template set name = $2, memo = $3, reference = $4, adjusting = $5, accrual_only = $6, reversing = $7,
            unit = $8, step = $9, starts_on = $10, ends_on = $11, issues = $12, version = version + 1, problem = null where id = $1",
        id,
        head.name,
        head.memo,
        head.reference,
        input.marks.adjusting,
        input.marks.accrual_only,
        input.reversing,
        when.unit,
        when.step,
        when.starts_on,
        when.ends_on,
        input.issues
    )
    .execute(&mut *tx)
    .await?;
    insert_lines(&mut tx, id, version + 1, input).await?;
    Ok(tx.commit(&()).await?)
}

/// Pauses a template: nothing of it is due any more.
///
/// # Errors
/// `NotFound`.
pub async fn recurring_pause(cx: &Cx, id: i64, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    load(&mut tx, id).await?;
    set_active(&mut tx, id, false).await?;
    Ok(tx.commit(&()).await?)
}

/// Goes on with a paused template, with the first day that is not before `today`: the days of the pause are skipped.
///
/// # Errors
/// `Invalid` at `name` where an active template has it now; `NotFound`.
pub async fn recurring_resume(cx: &Cx, id: i64, today: Date, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let template = load(&mut tx, id).await?;
    if !template.row.active {
        set_active(&mut tx, id, true).await?;
        let passed = template.row.schedule.and_then(|schedule| {
            schedule
                .days_after(template.row.last)
                .take_while(|day| *day < today)
                .last()
        });
        if let Some(passed) = passed {
            skip(&mut tx, id, passed).await?;
        }
    }
    Ok(tx.commit(&()).await?)
}

/// Leaves out the day `period`, which has to be the next one of the template.
///
/// # Errors
/// `Invalid` of the form when it is not the next any more; `NotFound`.
pub async fn recurring_skip(cx: &Cx, id: i64, period: Date, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let template = load(&mut tx, id).await?;
    if template.row.next_days().next() != Some(period) {
        return Err(Error::of_form(
            "That day is not the next one any more: it was made or skipped meanwhile. Look at the template again.",
        ));
    }
    skip(&mut tx, id, period).await?;
    clear_problem(&mut tx, &template).await?;
    Ok(tx.commit(&()).await?)
}

/// Takes away the problem of a template, where it has one.
pub(super) async fn clear_problem(tx: &mut TenantTx<Write>, template: &Template) -> Result<(), Error> {
    if template.row.problem.is_some() {
        sqlx::query!(
            "update recurring_template set problem = null where id = $1",
            template.row.id
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

async fn set_active(tx: &mut TenantTx<Write>, id: i64, active: bool) -> Result<(), Error> {
    sqlx::query!(
        "update recurring_template set active = $2, problem = null where id = $1",
        id,
        active
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn skip(tx: &mut TenantTx<Write>, template_id: i64, period: Date) -> Result<(), Error> {
    let change = tx.change();
    sqlx::query!(
        "insert into recurring_occurrence (template_id, period, made_in) values ($1, $2, $3)",
        template_id,
        period,
        change
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Its texts, trimmed.
struct Head {
    name: String,
    memo: Option<String>,
    reference: Option<String>,
}

/// Checks everything there is to check of a template, as strictly as what it makes has to be.
async fn checked(tx: &mut TenantTx<Write>, input: &TemplateInput) -> Result<Head, Error> {
    let mut problems = Vec::new();
    let head = Head {
        name: required(
            "name",
            &input.name,
            NAME_CHARS_MAX,
            "Give the template a name.",
            &mut problems,
        ),
        memo: optional("memo", &input.memo, MEMO_CHARS_MAX, &mut problems),
        reference: optional("reference", &input.reference, REFERENCE_CHARS_MAX, &mut problems),
    };
    if let Some(schedule) = input.schedule {
        problems.extend(schedule_problem(&schedule));
    }
    if input.reversing && !input.issues {
        problems.push(Problem::at(
            "reversing",
            "Only what is posted can be reversed. Have due entries posted, or reverse each by hand.",
        ));
    }
    if input.lines.is_empty() {
        problems.push(Problem::at("lines", "Enter at least one line."));
    }
    let lines: Vec<ContentLine> = input
        .lines
        .iter()
        .map(|line| ContentLine {
            line_no: None,
            account_id: line.account_id,
            contact_id: line.contact_id,
            description: line.description.clone(),
            amount: line.amount,
            due_on: None,
        })
        .collect();
    let facts = EntryFacts::load(tx, &lines, &[]).await?;
    let wanted = match input.schedule.is_some() && input.issues {
        true => Completeness::Issued,
        false => Completeness::Draft,
    };
    problems.extend(facts.line_problems(&lines, wanted));
    accept(problems)?;
    Ok(head)
}

fn schedule_problem(schedule: &Schedule) -> Option<Problem> {
    if !(1..=STEP_MAX).contains(&schedule.step) {
        return Some(Problem::at("step", format!("Enter a number from 1 to {STEP_MAX}.")));
    }
    let ends_on = schedule.ends_on?;
    (ends_on < schedule.starts_on).then(|| {
        Problem::at(
            "ends_on",
            "The last day is before the first. Choose a later one, or leave it empty.",
        )
    })
}

/// A schedule as its columns.
struct Columns {
    unit: Option<&'static str>,
    step: i16,
    starts_on: Date,
    ends_on: Option<Date>,
}

impl Columns {
    fn of(schedule: Option<Schedule>) -> Self {
        match schedule {
            Some(schedule) => Self {
                unit: Some(schedule.unit.code()),
                step: i16::from(schedule.step),
                starts_on: schedule.starts_on,
                ends_on: schedule.ends_on,
            },
            None => Self {
                unit: None,
                step: 1,
                starts_on: NO_DAY,
                ends_on: None,
            },
        }
    }
}

async fn insert_lines(tx: &mut TenantTx<Write>, id: i64, version: i32, input: &TemplateInput) -> Result<(), Error> {
    let account_id: Vec<i64> = input.lines.iter().map(|line| line.account_id).collect();
    let contact_id: Vec<Option<i64>> = input.lines.iter().map(|line| line.contact_id).collect();
    let description: Vec<String> = input
        .lines
        .iter()
        .map(|line| line.description.trim().to_owned())
        .collect();
    let amount: Vec<i64> = input.lines.iter().map(|line| line.amount).collect();
    sqlx::query!(
        "insert into recurring_template_line (template_id, version, position, account_id, contact_id, description, amount)
         select $1, $2, u.position, u.account_id, u.contact_id, u.description, u.amount
         from unnest($3::bigint[], $4::bigint[], $5::text[], $6::bigint[]) with ordinality
             as u (account_id, contact_id, description, amount, position)",
        id,
        version,
        &account_id,
        &contact_id as &[Option<i64>],
        &description,
        &amount
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
