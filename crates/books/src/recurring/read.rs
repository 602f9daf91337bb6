//! Templates as they stand, and what was made of them.

use ledger::schedule::{Schedule, Unit};
use sqlx::PgConnection;
use tenancy::{Capability, Cx};
use time::Date;

use super::{TEMPLATES_MAX, TemplateInput};
use crate::Error;
use crate::documents::{DocumentLine, DocumentState, Marks};
use crate::journal::JournalInputLine;

/// Most occurrences that a template's page lists, newest first.
pub const OCCURRENCES_LISTED_MAX: i64 = 24;

/// A template in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TemplateRow {
    /// Its id.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// When it is due; none where it is used by hand only.
    pub schedule: Option<Schedule>,
    /// Whether a due entry is issued, or kept as a draft.
    pub issues: bool,
    /// Whether each entry is reversed on the first of the next month.
    pub reversing: bool,
    /// Whether it is in use; a paused one makes nothing.
    pub active: bool,
    /// Why its last due entry could not be made.
    pub problem: Option<String>,
    /// The sum of its debits, minor units.
    pub total: i64,
    /// The last day that was made or skipped.
    pub last: Option<Date>,
}

impl TemplateRow {
    /// The days it is due on from now on, in order: the next is the first. None of one that is paused or used by hand.
    pub fn next_days(&self) -> impl Iterator<Item = Date> + use<> {
        let schedule = self.schedule.filter(|_| self.active);
        let last = self.last;
        schedule.into_iter().flat_map(move |schedule| schedule.days_after(last))
    }
}

/// A template, whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    /// What the list shows of it.
    pub row: TemplateRow,
    /// Its version, which a form is made from.
    pub version: i32,
    /// The memo of its entries.
    pub memo: Option<String>,
    /// The reference of its entries.
    pub reference: Option<String>,
    /// What is marked on its entries.
    pub marks: Marks,
    /// Its lines in order.
    pub lines: Vec<DocumentLine>,
    /// What was made or skipped, newest first; at most [`OCCURRENCES_LISTED_MAX`].
    pub occurrences: Vec<Occurrence>,
}

/// A day that was made or skipped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Occurrence {
    /// The day.
    pub period: Date,
    /// The entry that was made; none where the day was skipped.
    pub entry: Option<OccurrenceEntry>,
}

/// The entry of a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OccurrenceEntry {
    /// Its id.
    pub id: i64,
    /// Its number, once issued.
    pub number: Option<String>,
    /// Where it stands.
    pub state: DocumentState,
}

impl Template {
    /// What it would be typed as.
    pub(super) fn input(&self) -> TemplateInput {
        let line = |line: &DocumentLine| JournalInputLine {
            line_no: None,
            account_id: line.account_id,
            contact_id: line.contact_id,
            description: line.description.clone(),
            amount: line.amount,
            // What a template makes is due on its own day, as its lines hold no days.
            due_on: None,
        };
        TemplateInput {
            name: self.row.name.clone(),
            memo: self.memo.clone().unwrap_or_default(),
            reference: self.reference.clone().unwrap_or_default(),
            marks: self.marks,
            schedule: self.row.schedule,
            issues: self.row.issues,
            reversing: self.row.reversing,
            lines: self.lines.iter().map(line).collect(),
        }
    }
}

/// Every template, active ones first, by name; at most 1,000.
pub async fn recurring_list(cx: &Cx) -> Result<Vec<TemplateRow>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let rows = sqlx::query!(
        r#"select t.id, t.name, t.unit, t.step, t.starts_on, t.ends_on, t.issues, t.reversing, t.active, t.problem,
            (select coalesce(sum(l.amount), 0)::bigint from recurring_template_line l
             where l.template_id = t.id and l.version = t.version and l.amount > 0) as "total!",
            (select max(o.period) from recurring_occurrence o where o.template_id = t.id) as last
           from recurring_template t order by t.active desc, lower(t.name), t.id limit $1"#,
        TEMPLATES_MAX
    )
    .fetch_all(&mut *tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| TemplateRow {
            id: row.id,
            name: row.name,
            schedule: schedule(row.unit.as_deref(), row.step, row.starts_on, row.ends_on),
            issues: row.issues,
            reversing: row.reversing,
            active: row.active,
            problem: row.problem,
            total: row.total,
            last: row.last,
        })
        .collect())
}

/// A template by its id.
///
/// # Errors
/// `NotFound`.
pub async fn recurring_get(cx: &Cx, id: i64) -> Result<Template, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    load(&mut tx, id).await
}

/// A template in a transaction that the caller opened.
pub(super) async fn load(connection: &mut PgConnection, id: i64) -> Result<Template, Error> {
    let head = sqlx::query!(
        r#"select t.name, t.memo, t.reference, t.adjusting, t.accrual_only, t.reversing, t.unit, t.step, t.starts_on, t.ends_on, t.issues,
            t.active, t.version, t.problem, (select max(o.period) from recurring_occurrence o where o.template_id = t.id) as last
           from recurring_template t where t.id = $1"#,
        id
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(Error::NotFound("that template"))?;
    let lines = sqlx::query!(
        r#"select l.position, l.account_id, concat_ws(' ', a.number, a.name) as "account!", l.contact_id, c.name as "contact?",
            l.description, l.amount
           from recurring_template_line l join account a on a.id = l.account_id left join contact c on c.id = l.contact_id
           where l.template_id = $1 and l.version = $2 order by l.position"#,
        id,
        head.version
    )
    .fetch_all(&mut *connection)
    .await?;
    let lines: Vec<DocumentLine> = lines
        .into_iter()
        .map(|line| DocumentLine {
            line_no: line.position,
            account_id: line.account_id,
            account: line.account,
            contact_id: line.contact_id,
            contact: line.contact,
            description: line.description,
            amount: line.amount,
            due_on: None,
        })
        .collect();
    Ok(Template {
        row: TemplateRow {
            id,
            name: head.name,
            schedule: schedule(head.unit.as_deref(), head.step, head.starts_on, head.ends_on),
            issues: head.issues,
            reversing: head.reversing,
            active: head.active,
            problem: head.problem,
            total: lines.iter().map(|line| line.amount.max(0)).sum(),
            last: head.last,
        },
        version: head.version,
        memo: head.memo,
        reference: head.reference,
        marks: Marks {
            adjusting: head.adjusting,
            accrual_only: head.accrual_only,
        },
        lines,
        occurrences: occurrences(connection, id).await?,
    })
}

async fn occurrences(connection: &mut PgConnection, template_id: i64) -> Result<Vec<Occurrence>, Error> {
    let rows = sqlx::query!(
        r#"select o.period, d.id as "document_id?", d.number as "number?", d.state as "state?"
           from recurring_occurrence o left join document d on d.id = o.document_id
           where o.template_id = $1 order by o.period desc limit $2"#,
        template_id,
        OCCURRENCES_LISTED_MAX
    )
    .fetch_all(connection)
    .await?;
    let entry = |id: i64, number: Option<String>, state: Option<String>| OccurrenceEntry {
        id,
        number,
        state: DocumentState::of(&state.unwrap_or_default()),
    };
    Ok(rows
        .into_iter()
        .map(|row| Occurrence {
            period: row.period,
            entry: row.document_id.map(|id| entry(id, row.number, row.state)),
        })
        .collect())
}

/// A schedule of its columns; none without a unit.
pub(super) fn schedule(unit: Option<&str>, step: i16, starts_on: Date, ends_on: Option<Date>) -> Option<Schedule> {
    Some(Schedule {
        unit: Unit::parse(unit?)?,
        step: u8::try_from(step).ok()?,
        starts_on,
        ends_on,
    })
}
