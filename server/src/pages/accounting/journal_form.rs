//! `/c/{slug}/accounting/journal/new` and `…/journal/{id}/edit`: writing a journal entry.

use app::forms::{ACTION, FieldError, FormState};
use app::pages::journal_form::{JournalFormPage, JournalFormPageProps};
use app::view::accounting::entry::ConflictView;
use app::view::frame::{FrameView, Section};
use app::view::journal::{
    FIRST_LINES, JournalFormView, LINE_COUNT, Layout, LineField, TypedLine, action, read_lines, with_more_lines,
};
use axum::extract::{Path, State};
use axum::response::Response;
use books::documents::{
    Document, DocumentKind, DocumentLine, DocumentState, Written, document_get, document_revisions,
};
use books::journal::{
    JournalInput, JournalInputLine, journal_create_issued, journal_issue, journal_save_draft, journal_update,
};
use ledger::dates::{format_date_input, parse_date};
use ledger::money::format_amount;
use leptos::IntoView;
use tenancy::RequestKey;

use super::texts::{self, Saved};
use super::{Facts, choices, label_of};
use crate::errors::PageError;
use crate::forms::{PostedForm, Reply, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const NEW: &str = "New journal entry";
const NEW_LINE: &str = "It gets its number when you post it. A draft has none and counts for nothing.";

/// `GET /c/{slug}/accounting/journal/new`
pub async fn new(State(state): State<AppState>, page: PageRequest, company: Company) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let form = page.form(|| FormState::fresh().with("date", format_date_input(facts.today)));
    let shown = Shown {
        title: NEW.to_owned(),
        line: NEW_LINE,
        view: form_view(&facts, &company, &[], false, form).await?,
        conflict: None,
    };
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html(NEW, || shown.page(frame)))
}

/// `POST /c/{slug}/accounting/journal/new`
pub async fn create(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    let mut shown = Shown {
        title: NEW.to_owned(),
        line: NEW_LINE,
        view: form_view(&facts, &company, &[], false, form).await?,
        conflict: None,
    };
    if shown.view.form.value(ACTION) == action::ADD_LINES {
        return shown.with_more_lines(&page, &company).await;
    }
    match created(&company, &shown.view).await {
        Ok(written) => Ok(reply.done(&facts.document(written.id))),
        Err(refusal) => {
            shown.view.form.refuse_all(refusal.at_fields()?);
            shown.refused(&page, &company, reply).await
        }
    }
}

/// `GET /c/{slug}/accounting/journal/{id}/edit`
pub async fn edit(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let entry = editable(&company, id).await?;
    let mut shown = Shown::edit(&facts, &company, &entry, FormState::default()).await?;
    shown.view.form = page.form(|| form_of(&entry, &shown.view));
    let frame = frame_for(&company, Section::Accounting).await?;
    let title = shown.title.clone();
    Ok(page.html(&title, || shown.page(frame)))
}

/// `POST /c/{slug}/accounting/journal/{id}/edit`
pub async fn save(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    let entry = editable(&company, id).await?;
    let mut shown = Shown::edit(&facts, &company, &entry, form).await?;
    if shown.view.form.value(ACTION) == action::ADD_LINES {
        return shown.with_more_lines(&page, &company).await;
    }
    match saved(&company, &entry, &shown.view).await {
        Ok(()) => Ok(reply.done(&facts.document(id))),
        Err(NotSaved::Refused(refusal)) => {
            shown.view.form.refuse_all(refusal.at_fields()?);
            shown.refused(&page, &company, reply).await
        }
        Err(NotSaved::DraftNotPosted(version, refusal)) => {
            shown.view.form = shown.view.form.renewed(i64::from(version));
            shown.view.form.refuse_all(refusal.at_fields()?);
            shown.refused_whole(&page, &company, reply).await
        }
        Err(NotSaved::Stale) => {
            shown.conflict = Some(conflict(&facts, &company, &entry, &shown.view).await?);
            shown.view.form = shown.view.form.with_version(i64::from(entry.version));
            shown.refused_whole(&page, &company, reply).await
        }
    }
}

/// A page with the form of an entry.
struct Shown {
    title: String,
    line: &'static str,
    view: JournalFormView,
    conflict: Option<ConflictView>,
}

impl Shown {
    async fn edit(facts: &Facts, company: &Company, entry: &Document, form: FormState) -> Result<Self, PageError> {
        let is_issued = entry.state == DocumentState::Issued;
        Ok(Self {
            title: match &entry.number {
                Some(number) => format!("Edit {number}"),
                None => "Edit the draft".to_owned(),
            },
            line: match is_issued {
                true => "Saving makes a new version; every earlier one stays in the history.",
                false => NEW_LINE,
            },
            view: form_view(facts, company, &entry.lines, is_issued, form).await?,
            conflict: None,
        })
    }

    fn page(self, frame: FrameView) -> impl IntoView {
        JournalFormPage(JournalFormPageProps {
            frame,
            title: self.title,
            line: self.line.to_owned(),
            view: self.view,
            conflict: self.conflict,
        })
    }

    async fn with_more_lines(mut self, page: &PageRequest, company: &Company) -> Result<Response, PageError> {
        self.view = with_more_lines(self.view);
        let frame = frame_for(company, Section::Accounting).await?;
        let title = self.title.clone();
        Ok(page.html(&title, || self.page(frame)))
    }

    async fn refused(self, page: &PageRequest, company: &Company, reply: Reply) -> Result<Response, PageError> {
        let frame = frame_for(company, Section::Accounting).await?;
        let (title, form) = (self.title.clone(), self.view.form.clone());
        Ok(reply.refused(page, &title, &form, || self.page(frame)))
    }

    async fn refused_whole(self, page: &PageRequest, company: &Company, reply: Reply) -> Result<Response, PageError> {
        let frame = frame_for(company, Section::Accounting).await?;
        let title = self.title.clone();
        Ok(reply.refused_whole(page, &title, || self.page(frame)))
    }
}

/// A journal entry that can still be changed.
async fn editable(company: &Company, id: i64) -> Result<Document, PageError> {
    let entry = document_get(&company.cx, id).await?;
    let is_entry = entry.kind == DocumentKind::JournalEntry;
    if is_entry && entry.state != DocumentState::Void {
        Ok(entry)
    } else {
        Err(books::Error::NotFound("an entry that can be changed").into())
    }
}

async fn form_view(
    facts: &Facts,
    company: &Company,
    lines: &[DocumentLine],
    is_issued: bool,
    form: FormState,
) -> Result<JournalFormView, PageError> {
    let (accounts, contacts) = choices(company, lines).await?;
    Ok(JournalFormView {
        layout: Layout::Journal,
        post_to: None,
        today: facts.today,
        currency: facts.currency,
        accounts,
        contacts,
        is_issued,
        form,
    })
}

/// The form as the entry stands.
fn form_of(entry: &Document, view: &JournalFormView) -> FormState {
    let lines = entry.lines.len().max(FIRST_LINES);
    let form = FormState::fresh()
        .with_version(i64::from(entry.version))
        .with("date", format_date_input(entry.doc_date))
        .with("reference", entry.reference.clone().unwrap_or_default())
        .with("memo", entry.memo.clone().unwrap_or_default())
        .with(LINE_COUNT, lines.to_string());
    entry.lines.iter().fold(form, |form, line| with_line(form, line, view))
}

/// The form with a line that is saved: its place is its number less one.
pub(super) fn with_line(form: FormState, line: &DocumentLine, view: &JournalFormView) -> FormState {
    let index = usize::try_from(line.line_no - 1).unwrap_or_default();
    let side = if line.amount < 0 {
        LineField::Credit
    } else {
        LineField::Debit
    };
    let amount = format_amount(line.amount.saturating_abs(), view.currency);
    form.with(
        LineField::Account.name(index),
        label_of(&view.accounts, line.account_id),
    )
    .with(LineField::Description.name(index), line.description.clone())
    .with(LineField::Name.name(index), line.contact.clone().unwrap_or_default())
    .with(
        LineField::Due.name(index),
        line.due_on.map(format_date_input).unwrap_or_default(),
    )
    .with(side.name(index), amount)
}

async fn created(company: &Company, view: &JournalFormView) -> Result<Written, NotRecorded> {
    let (input, lines) = read(view)?;
    let key = request_key(&view.form)?;
    let written = match view.form.value(ACTION) {
        action::SAVE_DRAFT => journal_save_draft(&company.cx, &input, &key).await,
        _ => journal_create_issued(&company.cx, &input, &key).await,
    };
    written.map_err(|error| at_fields(error, &lines))
}

/// Why a change of an entry was not recorded, or not all of it.
enum NotSaved {
    Refused(NotRecorded),
    /// The draft was saved as this version; what keeps it from being posted.
    DraftNotPosted(i32, NotRecorded),
    /// Somebody else saved another version meanwhile.
    Stale,
}

async fn saved(company: &Company, entry: &Document, view: &JournalFormView) -> Result<(), NotSaved> {
    let (input, lines) = read(view).map_err(NotSaved::Refused)?;
    let not_saved = |error: books::Error| match error {
        books::Error::Stale { .. } => NotSaved::Stale,
        error => NotSaved::Refused(at_fields(error, &lines)),
    };
    let key = request_key(&view.form).map_err(|error| NotSaved::Refused(error.into()))?;
    let version = view.form.version().and_then(|version| i32::try_from(version).ok());
    let written = journal_update(&company.cx, entry.id, version.unwrap_or_default(), &input, &key).await;
    let written = written.map_err(not_saved)?;
    let is_to_be_posted = entry.state != DocumentState::Issued && view.form.value(ACTION) != action::SAVE_DRAFT;
    if is_to_be_posted {
        let not_posted = |refusal| NotSaved::DraftNotPosted(written.version, refusal);
        // Saving and posting are two changes, and each of them happens once.
        let key = RequestKey::parse(&format!("{} post", key.as_str()))
            .map_err(|error| not_posted(books::Error::from(error).into()))?;
        let posted = journal_issue(&company.cx, entry.id, written.version, &key).await;
        posted.map_err(|error| not_posted(at_fields(error, &lines)))?;
    }
    Ok(())
}

/// Reads the form: the entry, and its lines as they were typed.
fn read(view: &JournalFormView) -> Result<(JournalInput, Vec<TypedLine>), NotRecorded> {
    let date =
        parse_date(view.form.value("date"), view.today).map_err(|error| FieldError::at("date", error.to_string()));
    let (date, lines) = match (date, read_lines(view)) {
        (Ok(date), Ok(lines)) => (date, lines),
        (date, lines) => {
            let errors = date.err().into_iter().chain(lines.err().unwrap_or_default());
            return Err(errors.collect::<Vec<_>>().into());
        }
    };
    let line = |line: &TypedLine| JournalInputLine {
        line_no: Some(line.line_no),
        account_id: line.account_id,
        contact_id: line.contact_id,
        description: line.description.clone(),
        amount: line.amount,
    };
    let input = JournalInput {
        date,
        memo: view.form.value("memo").to_owned(),
        reference: view.form.value("reference").to_owned(),
        lines: lines.iter().map(line).collect(),
    };
    Ok((input, lines))
}

/// The refusal at the fields of the form.
fn at_fields(error: books::Error, lines: &[TypedLine]) -> NotRecorded {
    let place = |n: usize| {
        let line = lines.get(n)?;
        Some((usize::try_from(line.line_no - 1).ok()?, line.amount))
    };
    match NotRecorded::from(error) {
        NotRecorded::AtFields(errors) => errors
            .into_iter()
            .map(|error| at_line(error, place))
            .collect::<Vec<_>>()
            .into(),
        whole => whole,
    }
}

/// The message at the field of the form. The books count the lines they are given and speak of amounts; the form has
/// places, of which some are empty, and two columns. `place` gives a line's place and amount.
pub(super) fn at_line(error: FieldError, place: impl Fn(usize) -> Option<(usize, i64)>) -> FieldError {
    let parts = error.field.strip_prefix("lines.").and_then(|rest| rest.split_once('.'));
    let Some((index, amount)) = parts.and_then(|(n, _)| place(n.parse().ok()?)) else {
        return error;
    };
    let field = match parts.map(|(_, field)| field) {
        Some("account") => LineField::Account,
        Some("contact") => LineField::Name,
        Some("description") => LineField::Description,
        Some("due") => LineField::Due,
        _ if amount < 0 => LineField::Credit,
        _ => LineField::Debit,
    };
    FieldError::at(field.name(index), error.message)
}

/// What is saved now beside what was typed.
async fn conflict(
    facts: &Facts,
    company: &Company,
    entry: &Document,
    view: &JournalFormView,
) -> Result<ConflictView, PageError> {
    let saved = saved_text(entry, view);
    Ok(ConflictView {
        what: newest_version(facts, company, entry).await?,
        differences: saved.differences(&texts::of_typed(view)),
        discard: format!("{}/edit", facts.document(entry.id)),
    })
}

/// The entry as it is saved, its accounts called as the form calls them.
pub(super) fn saved_text(entry: &Document, view: &JournalFormView) -> app::view::difference::EntryText {
    let saved = Saved {
        date: entry.doc_date,
        reference: entry.reference.as_deref(),
        memo: entry.memo.as_deref(),
        lines: &entry.lines,
    };
    texts::of_saved(&saved, view.currency, |line| label_of(&view.accounts, line.account_id))
}

/// Who saved the newest version, and when.
pub(super) async fn newest_version(facts: &Facts, company: &Company, entry: &Document) -> Result<String, PageError> {
    let newest = document_revisions(&company.cx, entry.id).await?.into_iter().next();
    Ok(match newest {
        Some(newest) => {
            let (who, when) = (newest.actor, facts.moment(newest.at));
            format!(
                "{who} saved version {} on {when}, while you were editing.",
                newest.version
            )
        }
        None => "Somebody saved this while you were editing.".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_shown_in_the_column_and_at_the_place_that_was_typed() {
        let places = [(0, 48_000), (4, -48_000)];
        let shown = |field: &str| at_line(FieldError::at(field, "no"), |n| places.get(n).copied()).field;
        assert_eq!(shown("lines.1.account"), "lines.4.account");
        assert_eq!(shown("lines.1.contact"), "lines.4.name");
        assert_eq!(shown("lines.0.amount"), "lines.0.debit");
        assert_eq!(shown("lines.1.amount"), "lines.4.credit");
        assert_eq!(shown("lines.9.amount"), "lines.9.amount");
        assert_eq!(shown("lines"), "lines");
        assert_eq!(shown("date"), "date");
    }
}
