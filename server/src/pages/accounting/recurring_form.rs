//! `/c/{slug}/accounting/recurring/new` and `…/{id}/edit`: writing a template.

use app::forms::FormState;
use app::pages::journal_form::{TemplateFormPage, TemplateFormPageProps};
use app::view::accounting::entry::ConflictView;
use app::view::frame::{FrameView, Section};
use app::view::journal::{JournalFormView, Layout, TypedLine, read_lines};
use app::view::recurring::{KEEPS_DRAFTS, POSTS, field, read_schedule};
use audit::log::Entry;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use books::documents::{DocumentLine, Marks, document_get};
use books::recurring::{Template, TemplateInput, recurring_create, recurring_get, recurring_update};
use ledger::dates::format_date_input;
use ledger::schedule::Schedule;
use leptos::IntoView;
use serde::Deserialize;

use super::journal_form::{
    at_fields, form_view, input_line, is_about_lines, marks_of, naming_inactive, not_added, numbered_anew, status_of,
    with_content, with_lines,
};
use super::recurring_differences::differences;
use super::{Facts, last_changed};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const NEW: &str = "New template";

/// What a new template begins with.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// The entry that it is made of.
    entry: Option<i64>,
}

/// `GET /c/{slug}/accounting/recurring/new`
pub async fn new(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let entry = match asked.entry {
        Some(id) => Some(document_get(&company.cx, id).await?),
        None => None,
    };
    let lines = entry
        .as_ref()
        .map(|entry| numbered_anew(entry.lines.clone()))
        .unwrap_or_default();
    let mut view = template_view(&facts, &company, &lines, FormState::default()).await?;
    view.form = page.form(|| {
        let form =
            with_when(FormState::fresh(), None, true, false).with(field::STARTS_ON, format_date_input(facts.today));
        match &entry {
            Some(entry) => {
                let name = entry
                    .memo
                    .clone()
                    .unwrap_or_default()
                    .chars()
                    .take(100)
                    .collect::<String>();
                let form = form.with(field::NAME, name);
                with_content(form, &entry.reference, &entry.memo, entry.marks, &lines, &view)
            }
            None => form,
        }
    });
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html(NEW, || form_page(frame, NEW, view)))
}

/// `POST /c/{slug}/accounting/recurring/new`
pub async fn create(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let (form, reply) = posted.into_parts();
    let mut view = template_view(&facts, &company, &[], form).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    if is_about_lines(&view) {
        let view = with_lines(view);
        return Ok(page.html_with(status_of(&view.form), NEW, || form_page(frame, NEW, view)));
    }
    match created(&company, &view).await {
        Ok(id) => Ok(reply.done(&facts.template(id))),
        Err(refusal) => {
            let errors = naming_inactive(&company, &view.form, refusal.at_fields()?).await?;
            view.form.refuse_all(errors);
            let form = view.form.clone();
            Ok(reply.refused(&page, NEW, &form, || form_page(frame, NEW, view)))
        }
    }
}

/// `GET /c/{slug}/accounting/recurring/{id}/edit`
pub async fn edit(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let template = recurring_get(&company.cx, id).await?;
    let mut view = template_view(&facts, &company, &template.lines, FormState::default()).await?;
    view.form = page.form(|| form_of(&template, &facts, &view));
    let frame = frame_for(&company, Section::Accounting).await?;
    let title = title_of(&template);
    Ok(page.html(&title, || form_page(frame, &title, view)))
}

/// `POST /c/{slug}/accounting/recurring/{id}/edit`
pub async fn save(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let (form, reply) = posted.into_parts();
    let template = recurring_get(&company.cx, id).await?;
    let title = title_of(&template);
    let mut view = template_view(&facts, &company, &template.lines, form).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    if is_about_lines(&view) {
        let view = with_lines(view);
        return Ok(page.html_with(status_of(&view.form), &title, || form_page(frame, &title, view)));
    }
    match saved(&company, id, &view).await {
        Ok(()) => Ok(reply.done(&facts.template(id))),
        Err(NotSaved::Refused(refusal)) => {
            let errors = naming_inactive(&company, &view.form, refusal.at_fields()?).await?;
            view.form.refuse_all(errors);
            let form = view.form.clone();
            Ok(reply.refused(&page, &title, &form, || form_page(frame, &title, view)))
        }
        Err(NotSaved::Stale) => {
            let conflict = conflict(&facts, &company, &template, &view).await?;
            view.form = view.form.with_version(i64::from(template.version));
            Ok(reply.refused_whole(&page, &title, || form_page_beside(frame, &title, view, Some(conflict))))
        }
    }
}

fn form_page(frame: FrameView, title: &str, view: JournalFormView) -> impl IntoView + use<> {
    form_page_beside(frame, title, view, None)
}

/// The page with what somebody else saved meanwhile above the form.
fn form_page_beside(
    frame: FrameView,
    title: &str,
    view: JournalFormView,
    conflict: Option<ConflictView>,
) -> impl IntoView + use<> {
    TemplateFormPage(TemplateFormPageProps {
        frame,
        title: title.to_owned(),
        view,
        conflict,
    })
}

/// What is saved now beside what was typed.
async fn conflict(
    facts: &Facts,
    company: &Company,
    template: &Template,
    view: &JournalFormView,
) -> Result<ConflictView, PageError> {
    // A pause, or an entry that could not be made, is a change of the row and none of what it says.
    let is_version = |change: &Entry| {
        change
            .differences
            .iter()
            .any(|difference| difference.field == "version")
    };
    let newest = last_changed(facts, company, "recurring_template", template.row.id, is_version).await?;
    Ok(ConflictView {
        what: match newest {
            Some((who, when)) => format!("{who} changed this template on {when}, while you were editing."),
            None => "Somebody changed this template while you were editing.".to_owned(),
        },
        differences: differences(template, view),
        discard: format!("{}/edit", facts.template(template.row.id)),
    })
}

fn title_of(template: &Template) -> String {
    format!("Edit {}", template.row.name)
}

async fn template_view(
    facts: &Facts,
    company: &Company,
    lines: &[DocumentLine],
    form: FormState,
) -> Result<JournalFormView, PageError> {
    let view = form_view(facts, company, lines, false, form).await?;
    Ok(JournalFormView {
        layout: Layout::Template,
        ..view
    })
}

fn form_of(template: &Template, facts: &Facts, view: &JournalFormView) -> FormState {
    let row = &template.row;
    let form = FormState::fresh()
        .with_version(i64::from(template.version))
        .with(field::NAME, row.name.clone());
    let form = with_when(form, row.schedule, row.issues, row.reversing);
    let form = match row.schedule {
        Some(_) => form,
        None => form.with(field::STARTS_ON, format_date_input(facts.today)),
    };
    with_content(
        form,
        &template.reference,
        &template.memo,
        template.marks,
        &template.lines,
        view,
    )
}

fn with_when(form: FormState, schedule: Option<Schedule>, issues: bool, reversing: bool) -> FormState {
    let form = form.with(field::MAKES, if issues { POSTS } else { KEEPS_DRAFTS });
    let form = match reversing {
        true => form.with(field::REVERSING, "yes"),
        false => form,
    };
    match schedule {
        Some(schedule) => form
            .with(field::UNIT, schedule.unit.code())
            .with(field::STEP, schedule.step.to_string())
            .with(field::STARTS_ON, format_date_input(schedule.starts_on))
            .with(
                field::ENDS_ON,
                schedule.ends_on.map(format_date_input).unwrap_or_default(),
            ),
        None => form.with(field::STEP, "1"),
    }
}

async fn created(company: &Company, view: &JournalFormView) -> Result<i64, NotRecorded> {
    let (input, lines) = read(view)?;
    let created = recurring_create(&company.cx, &input, &request_key(&view.form)?).await;
    created.map_err(|error| at_fields(error, &lines))
}

/// Why a change of a template was not recorded.
enum NotSaved {
    Refused(NotRecorded),
    /// Somebody else saved another version meanwhile.
    Stale,
}

async fn saved(company: &Company, id: i64, view: &JournalFormView) -> Result<(), NotSaved> {
    let (input, lines) = read(view).map_err(NotSaved::Refused)?;
    let version = view.form.version().and_then(|version| i32::try_from(version).ok());
    let key = request_key(&view.form).map_err(|error| NotSaved::Refused(error.into()))?;
    let saved = recurring_update(&company.cx, id, version.unwrap_or_default(), &input, &key).await;
    saved.map_err(|error| match error {
        books::Error::Stale { .. } => NotSaved::Stale,
        error => NotSaved::Refused(at_fields(error, &lines)),
    })
}

/// Reads the form: the template, and its lines as they were typed.
fn read(view: &JournalFormView) -> Result<(TemplateInput, Vec<TypedLine>), NotRecorded> {
    let form = &view.form;
    let schedule = read_schedule(|name| form.value(name), view.today);
    let (schedule, lines) = match (schedule, read_lines(view), not_added(form)) {
        (Ok(schedule), Ok(lines), None) => (schedule, lines),
        (schedule, lines, not_added) => {
            let errors = schedule.err().into_iter().flatten();
            let errors = errors.chain(lines.err().unwrap_or_default()).chain(not_added);
            return Err(errors.collect::<Vec<_>>().into());
        }
    };
    let marks: Marks = marks_of(form);
    let input = TemplateInput {
        name: form.value(field::NAME).to_owned(),
        memo: form.value("memo").to_owned(),
        reference: form.value("reference").to_owned(),
        marks,
        schedule,
        issues: form.value(field::MAKES) != KEEPS_DRAFTS,
        reversing: !form.value(field::REVERSING).is_empty(),
        lines: lines.iter().map(input_line).collect(),
    };
    Ok((input, lines))
}
