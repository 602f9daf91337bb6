//! `/c/{slug}/accounting/journal/new` and `…/journal/{id}/edit`: writing a journal entry.

mod begun;
mod reading;

use app::forms::{ACTION, FieldError, FormState};
use app::pages::journal_form::{JournalFormPage, JournalFormPageProps};
use app::view::accounting::entry::ConflictView;
use app::view::frame::{FrameView, Section};
use app::view::journal::{
    JournalFormView, Layout, REVERSE_ON, action, with_copied_descriptions, with_more_lines, with_pasted_rows,
};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::documents::{
    Document, DocumentKind, DocumentLine, DocumentState, Written, document_get, document_revisions,
};
use books::journal::{
    journal_create_issued, journal_create_reversing, journal_issue, journal_save_draft, journal_update,
};
use leptos::IntoView;
use tenancy::RequestKey;

use super::texts::{self, Saved};
use super::{Facts, choices_and_due, label_of};
use crate::errors::PageError;
use crate::forms::{PostedForm, Reply, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

use self::begun::{Asked, begun, form_of};
use self::reading::{far_ahead, read, reverse_on};

pub(super) use self::begun::{numbered_anew, with_content, with_line};
pub(super) use self::reading::{at_fields, at_line, input_line, marks_of, naming_inactive, not_added};

const NEW: &str = "New journal entry";
const NEW_LINE: &str = "It gets its number when you post it. A draft has none and counts for nothing.";

/// `GET /c/{slug}/accounting/journal/new`
pub async fn new(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let begun = begun(&facts, &company, &asked).await?;
    let lines = begun.as_ref().map(|begun| begun.lines.as_slice()).unwrap_or_default();
    let mut shown = Shown {
        title: NEW.to_owned(),
        line: NEW_LINE,
        view: form_view(&facts, &company, lines, false, FormState::default()).await?,
        conflict: None,
    };
    shown.view.form = page.form(|| match &begun {
        Some(begun) => begun.form(&shown.view),
        None => asked.form(facts.today, &shown.view),
    });
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
    if is_about_lines(&shown.view) {
        return shown.with_lines(&page, &company).await;
    }
    match created(&company, &shown.view).await {
        Ok(written) => Ok(reply.done(&facts.document(written.id))),
        Err(refusal) => {
            let errors = naming_inactive(&company, &shown.view.form, refusal.at_fields()?).await?;
            shown.view.form.refuse_all(errors);
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
    if is_about_lines(&shown.view) {
        return shown.with_lines(&page, &company).await;
    }
    match saved(&company, &entry, &shown.view).await {
        Ok(()) => Ok(reply.done(&facts.document(id))),
        Err(NotSaved::Refused(refusal)) => {
            let errors = naming_inactive(&company, &shown.view.form, refusal.at_fields()?).await?;
            shown.view.form.refuse_all(errors);
            shown.refused(&page, &company, reply).await
        }
        Err(NotSaved::DraftNotPosted(version, refusal)) => {
            shown.view.form = shown.view.form.renewed(i64::from(version));
            let errors = naming_inactive(&company, &shown.view.form, refusal.at_fields()?).await?;
            shown.view.form.refuse_all(errors);
            shown.refused_whole(&page, &company, reply).await
        }
        Err(NotSaved::Stale) => {
            shown.conflict = Some(conflict(&facts, &company, &entry, &shown.view).await?);
            shown.view.form = shown.view.form.with_version(i64::from(entry.version));
            shown.refused_whole(&page, &company, reply).await
        }
    }
}

/// Whether a form asks for lines, and for nothing to be saved.
pub(super) fn is_about_lines(view: &JournalFormView) -> bool {
    [action::ADD_LINES, action::PASTE, action::COPY_DOWN].contains(&view.form.value(ACTION))
}

/// The form with the lines that it asks for.
pub(super) fn with_lines(view: JournalFormView) -> JournalFormView {
    match view.form.value(ACTION) {
        action::PASTE => with_pasted_rows(view),
        action::COPY_DOWN => with_copied_descriptions(view),
        _ => with_more_lines(view),
    }
}

/// The status of a page whose form may be refused.
pub(super) fn status_of(form: &FormState) -> StatusCode {
    match form.is_refused() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
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

    async fn with_lines(mut self, page: &PageRequest, company: &Company) -> Result<Response, PageError> {
        self.view = with_lines(self.view);
        let frame = frame_for(company, Section::Accounting).await?;
        let title = self.title.clone();
        Ok(page.html_with(status_of(&self.view.form), &title, || self.page(frame)))
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

pub(super) async fn form_view(
    facts: &Facts,
    company: &Company,
    lines: &[DocumentLine],
    is_issued: bool,
    form: FormState,
) -> Result<JournalFormView, PageError> {
    let offered = choices_and_due(company, lines).await?;
    Ok(JournalFormView {
        layout: Layout::Journal,
        post_to: None,
        today: facts.today,
        currency: facts.currency,
        accounts: offered.accounts,
        due_accounts: offered.due_accounts,
        contacts: offered.contacts,
        is_issued,
        form,
    })
}

async fn created(company: &Company, view: &JournalFormView) -> Result<Written, NotRecorded> {
    let (input, lines) = read(view)?;
    let key = request_key(&view.form)?;
    let is_draft = view.form.value(ACTION) == action::SAVE_DRAFT;
    if !is_draft {
        far_ahead(view, input.date)?;
    }
    let written = match (is_draft, reverse_on(view)?) {
        (true, Some(_)) => {
            let message =
                "A draft is not posted, so there is nothing to reverse yet. Post the entry, or leave this empty.";
            return Err(FieldError::at(REVERSE_ON, message).into());
        }
        (true, None) => journal_save_draft(&company.cx, &input, &key).await,
        (false, Some(on)) => journal_create_reversing(&company.cx, &input, on, &key).await,
        (false, None) => journal_create_issued(&company.cx, &input, &key).await,
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
    let is_draft = entry.state != DocumentState::Issued && view.form.value(ACTION) == action::SAVE_DRAFT;
    // An issued entry that stays on its day was asked about it.
    let is_settled = entry.state == DocumentState::Issued && entry.doc_date == input.date;
    if !is_draft && !is_settled {
        far_ahead(view, input.date).map_err(|error| NotSaved::Refused(error.into()))?;
    }
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
        marks: entry.marks,
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
