//! `/c/{slug}/accounting/recurring`: the templates of entries, and one of them.

use app::forms::{ACTION, FieldError, FormState};
use app::pages::accounting::recurring::{RecurringListPage, RecurringListPageProps, RecurringPage, RecurringPageProps};
use app::view::accounting::entry::{EntryLine, Link};
use app::view::frame::Section;
use app::view::recurring::{
    OccurrenceRow, Preview, RecurringActions, RecurringListView, RecurringRow, RecurringView, action, field,
    schedule_words,
};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::recurring::{
    Occurrence, Template, TemplateRow, recurring_due_one, recurring_get, recurring_list, recurring_pause,
    recurring_resume, recurring_skip,
};
use ledger::dates::{format_date, format_iso, parse_date};
use ledger::schedule::Schedule;
use tenancy::Capability;

use super::Facts;
use super::journal::state_of;
use super::texts::marks_words;
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Recurring entries";

/// `GET /c/{slug}/accounting/recurring`
pub async fn list(State(state): State<AppState>, page: PageRequest, company: Company) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let templates = recurring_list(&company.cx).await?;
    let may_write = company.cx.may(Capability::Journal);
    let view = RecurringListView {
        currency: facts.currency,
        rows: templates.iter().map(|template| list_row(&facts, template)).collect(),
        may_write,
        slug: facts.slug,
    };
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html(TITLE, || RecurringListPage(RecurringListPageProps { frame, view })))
}

fn list_row(facts: &Facts, template: &TemplateRow) -> RecurringRow {
    RecurringRow {
        name: template.name.clone(),
        href: facts.template(template.id),
        when: when(template),
        next: template.next_days().next().map(format_date),
        problem: template.problem.clone(),
        total: template.total,
        is_active: template.active,
        use_now: use_now(facts, template.id),
    }
}

fn when(template: &TemplateRow) -> String {
    when_words(template.schedule)
}

/// When a template is due.
pub(super) fn when_words(schedule: Option<Schedule>) -> String {
    schedule.as_ref().map_or_else(|| "By hand".to_owned(), schedule_words)
}

fn use_now(facts: &Facts, id: i64) -> String {
    format!("/c/{}/accounting/journal/new?template={id}", facts.slug)
}

/// `GET /c/{slug}/accounting/recurring/{id}`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let view = recurring_view(&facts, &company, id, page.form(FormState::default)).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    let title = view.name.clone();
    Ok(page.html(&title, || RecurringPage(RecurringPageProps { frame, view })))
}

/// `POST /c/{slug}/accounting/recurring/{id}`: pauses the template or goes on with it, skips its next day, or makes what is due.
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    match done(&facts, &company, id, &form).await {
        Ok(()) => Ok(reply.done(&facts.template(id))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let view = recurring_view(&facts, &company, id, form.clone()).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            let title = view.name.clone();
            Ok(reply.refused(&page, &title, &form, || {
                RecurringPage(RecurringPageProps { frame, view })
            }))
        }
    }
}

async fn done(facts: &Facts, company: &Company, id: i64, form: &FormState) -> Result<(), NotRecorded> {
    let cx = &company.cx;
    match form.value(ACTION) {
        action::PAUSE => recurring_pause(cx, id, &request_key(form)?).await?,
        action::RESUME => recurring_resume(cx, id, facts.today, &request_key(form)?).await?,
        action::SKIP => {
            let period = parse_date(form.value(field::PERIOD), facts.today)
                .map_err(|error| FieldError::form(error.to_string()))?;
            recurring_skip(cx, id, period, &request_key(form)?).await?;
        }
        // What keeps an entry from being made stands at its template.
        action::RUN => {
            recurring_due_one(cx, id, facts.today).await?;
        }
        _ => return Err(PageError::of(StatusCode::BAD_REQUEST).into()),
    }
    Ok(())
}

async fn recurring_view(
    facts: &Facts,
    company: &Company,
    id: i64,
    posted: FormState,
) -> Result<RecurringView, PageError> {
    let template = recurring_get(&company.cx, id).await?;
    let row = &template.row;
    let preview = row
        .schedule
        .filter(|_| row.active)
        .map(|_| Preview::of(row.next_days(), facts.today));
    Ok(RecurringView {
        slug: facts.slug.clone(),
        currency: facts.currency,
        name: row.name.clone(),
        is_active: row.active,
        when: when(row),
        makes: row.schedule.map(|_| makes(row.issues, row.reversing)),
        next: preview.as_ref().map(Preview::words),
        problem: row.problem.clone(),
        marks: Some(marks_words(template.marks)).filter(|words| !words.is_empty()),
        lines: lines(facts, &template),
        total: row.total,
        occurrences: template
            .occurrences
            .iter()
            .map(|each| occurrence_row(facts, each))
            .collect(),
        actions: actions(facts, company, &template, preview, posted),
        memo: template.memo,
        reference: template.reference,
    })
}

/// What becomes of an entry that is due.
pub(super) fn makes(issues: bool, reversing: bool) -> String {
    let words = match (issues, reversing) {
        (false, _) => "Kept as a draft to look at",
        (true, false) => "Posted",
        (true, true) => "Posted, and reversed on the first of the next month",
    };
    words.to_owned()
}

fn lines(facts: &Facts, template: &Template) -> Vec<EntryLine> {
    let line = |line: &books::documents::DocumentLine| EntryLine {
        account: Link {
            text: line.account.clone(),
            href: facts.account_lines(line.account_id, facts.today, facts.today),
        },
        contact: line.contact.clone(),
        description: line.description.clone(),
        due: None,
        amount: line.amount,
    };
    template.lines.iter().map(line).collect()
}

fn occurrence_row(facts: &Facts, occurrence: &Occurrence) -> OccurrenceRow {
    let entry = occurrence.entry.as_ref();
    OccurrenceRow {
        day: format_date(occurrence.period),
        entry: entry.map(|entry| Link {
            text: entry.number.clone().unwrap_or_else(|| "Draft".to_owned()),
            href: facts.document(entry.id),
        }),
        state: entry
            .map_or("Skipped", |entry| state_of(entry.state).label())
            .to_owned(),
    }
}

fn actions(
    facts: &Facts,
    company: &Company,
    template: &Template,
    preview: Option<Preview>,
    posted: FormState,
) -> RecurringActions {
    let row = &template.row;
    if !company.cx.may(Capability::Journal) {
        return RecurringActions::default();
    }
    let next = row.next_days().next();
    let skip = next.map(|day| {
        let form = FormState::fresh().with(field::PERIOD, format_iso(day));
        (form, format_date(day))
    });
    let is_due = preview.is_some_and(|preview| preview.passed > 0);
    RecurringActions {
        edit: Some(format!("{}/edit", facts.template(row.id))),
        use_now: Some(use_now(facts, row.id)),
        pause: (row.active && row.schedule.is_some()).then(FormState::fresh),
        resume: (!row.active).then(FormState::fresh),
        skip,
        run: is_due.then(FormState::fresh),
        refused: posted.errors().to_vec(),
    }
}
