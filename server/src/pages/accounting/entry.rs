//! `/c/{slug}/accounting/journal/{id}`: one document of the ledger, and what can be done with it.

use app::forms::{ACTION, FieldError, FormState};
use app::pages::accounting::entry::{EntryPage, EntryPageProps};
use app::view::accounting::entry::{EntryActions, EntryLine, EntryPosting, EntryView, Link, VoidForm, action};
use app::view::frame::Section;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use books::documents::{Document, DocumentKind, DocumentState, document_get};
use books::journal::{journal_issue, journal_reverse, journal_void};
use books::locks::lock_get;
use books::settlements::settlement_applied;
use ledger::dates::{format_date, format_date_input, parse_date};
use ledger::schedule::first_of_next_month;
use tenancy::Capability;
use time::Date;

use super::Facts;
use super::history::history;
use super::journal::state_of;
use super::released::released_words;
use super::texts::marks_words;
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// `GET /c/{slug}/accounting/journal/{id}`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let document = document_get(&company.cx, id).await?;
    if !is_entry(&document) {
        // What came from a bank line has a page beside it.
        let address = format!("/c/{}/documents/{id}", facts.slug);
        return Ok(Redirect::to(&address).into_response());
    }
    let view = entry_view(&facts, &company, id, page.form(FormState::default)).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    let title = view.title.clone();
    Ok(page.html(&title, || EntryPage(EntryPageProps { frame, view })))
}

/// `POST /c/{slug}/accounting/journal/{id}`: posts the draft, voids or reverses the entry.
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    let done = match form.value(ACTION) {
        action::POST => post(&company, id, &form).await,
        action::VOID => void(&facts, &company, id, &form).await,
        action::REVERSE => reverse(&facts, &company, id, &form).await,
        _ => Err(PageError::of(axum::http::StatusCode::BAD_REQUEST).into()),
    };
    match done {
        Ok(shown) => Ok(reply.done(&facts.document(shown))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let view = entry_view(&facts, &company, id, form.clone()).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            let title = view.title.clone();
            Ok(reply.refused(&page, &title, &form, || EntryPage(EntryPageProps { frame, view })))
        }
    }
}

async fn post(company: &Company, id: i64, form: &FormState) -> Result<i64, NotRecorded> {
    let issued = journal_issue(&company.cx, id, version(form), &request_key(form)?).await;
    let issued = issued.map_err(looked_at_anew)?;
    Ok(issued.id)
}

async fn void(facts: &Facts, company: &Company, id: i64, form: &FormState) -> Result<i64, NotRecorded> {
    // The day is asked for only where a lock covers the entry.
    let on = match form.has("on") {
        true => day(facts, form, "on")?,
        false => facts.today,
    };
    let reason = form.value("reason");
    let voided = journal_void(&company.cx, id, version(form), on, reason, &request_key(form)?).await;
    Ok(voided.map_err(looked_at_anew)?.id)
}

async fn reverse(facts: &Facts, company: &Company, id: i64, form: &FormState) -> Result<i64, NotRecorded> {
    let on = day(facts, form, "date")?;
    Ok(journal_reverse(&company.cx, id, on, &request_key(form)?).await?.id)
}

fn day(facts: &Facts, form: &FormState, field: &str) -> Result<Date, FieldError> {
    parse_date(form.value(field), facts.today).map_err(|error| FieldError::at(field, error.to_string()))
}

fn version(form: &FormState) -> i32 {
    form.version()
        .and_then(|version| i32::try_from(version).ok())
        .unwrap_or_default()
}

/// A refusal of what the person saw: the page comes back with the entry as it is now. A line that cannot be posted
/// has no field here, so its message stands at the form.
fn looked_at_anew(error: books::Error) -> NotRecorded {
    if let books::Error::Stale { .. } = error {
        let message =
            "Somebody changed this entry meanwhile. What is saved now is shown here: look at it, then send this again.";
        return FieldError::form(message).into();
    }
    match NotRecorded::from(error) {
        NotRecorded::AtFields(errors) => errors.into_iter().map(off_the_lines).collect::<Vec<_>>().into(),
        whole => whole,
    }
}

fn off_the_lines(error: FieldError) -> FieldError {
    match error.field.as_str() {
        "reason" | "on" => error,
        _ => error.moved_to(""),
    }
}

fn is_entry(document: &Document) -> bool {
    matches!(document.kind, DocumentKind::JournalEntry | DocumentKind::OpeningEntry)
}

/// What the page shows; `form` is what was posted to it, if anything was.
pub(crate) async fn entry_view(
    facts: &Facts,
    company: &Company,
    id: i64,
    form: FormState,
) -> Result<EntryView, PageError> {
    let document = document_get(&company.cx, id).await?;
    let history = history(company, facts, &document).await?;
    let actions = actions(facts, company, &document, form).await?;
    let account = |id: i64, text: &str| Link {
        text: text.to_owned(),
        href: facts.account_lines(id, document.doc_date, facts.today.max(document.doc_date)),
    };
    // What is void and posted has two days: its own, and the one on which it was taken back.
    let last_day = document.postings.iter().map(|posting| posting.posted_on).max();
    let counts_until = last_day
        .filter(|_| document.state == DocumentState::Void)
        .map(format_date);
    let is_due_apart = |due: &Date| *due != document.doc_date;
    Ok(EntryView {
        slug: facts.slug.clone(),
        currency: facts.currency,
        title: match &document.number {
            Some(number) => format!("{} {number}", document.kind.name()),
            None if document.state == DocumentState::Draft => format!("{}, draft", document.kind.name()),
            None => document.kind.name().to_owned(),
        },
        state: state_of(document.state),
        date: format_date(document.doc_date),
        reverses: link(facts, company, document.reverses_id).await?,
        reversed_by: link(facts, company, document.reversed_by_id).await?,
        lines: document
            .lines
            .iter()
            .map(|line| EntryLine {
                account: account(line.account_id, &line.account),
                contact: line.contact.clone(),
                description: line.description.clone(),
                due: line.due_on.filter(is_due_apart).map(format_date),
                amount: line.amount,
            })
            .collect(),
        total: document.total,
        postings: document
            .postings
            .iter()
            .map(|posting| EntryPosting {
                date: format_date(posting.posted_on),
                account: account(posting.account_id, &posting.account),
                amount: posting.amount,
                is_matched: posting.matched,
            })
            .collect(),
        reference: document.reference,
        memo: document.memo,
        marks: Some(marks_words(document.marks)).filter(|words| !words.is_empty()),
        template: document.template.map(|template| Link {
            text: template.name,
            href: facts.template(template.id),
        }),
        void_reason: document.void_reason,
        counts_until,
        history,
        actions,
    })
}

/// A link to a document by its number.
async fn link(facts: &Facts, company: &Company, id: Option<i64>) -> Result<Option<Link>, PageError> {
    let Some(id) = id else { return Ok(None) };
    let document = document_get(&company.cx, id).await?;
    let text = document.number.unwrap_or_else(|| document.kind.name().to_owned());
    let href = facts.document(id);
    Ok(Some(Link { text, href }))
}

async fn actions(
    facts: &Facts,
    company: &Company,
    document: &Document,
    posted: FormState,
) -> Result<EntryActions, PageError> {
    if document.kind != DocumentKind::JournalEntry {
        return Ok(EntryActions {
            elsewhere: elsewhere(facts, document),
            ..EntryActions::default()
        });
    }
    if !company.cx.may(Capability::Journal) {
        return Ok(EntryActions::default());
    }
    let again = EntryActions {
        copy: Some(format!("/c/{}/accounting/journal/new?copy={}", facts.slug, document.id)),
        make_template: Some(format!(
            "/c/{}/accounting/recurring/new?entry={}",
            facts.slug, document.id
        )),
        ..EntryActions::default()
    };
    if document.state == DocumentState::Void {
        return Ok(again);
    }
    let is_issued = document.state == DocumentState::Issued;
    let through = lock_get(&company.cx).await?.through;
    let locked_through = through.filter(|through| is_issued && document.doc_date <= *through);
    // Each form is new, or the one that was just refused; a refused one is about what is saved now.
    let form = |action: &str, new: &dyn Fn(FormState) -> FormState| {
        let form = match posted.value(ACTION) == action {
            true => posted.clone(),
            false => new(FormState::fresh()),
        };
        form.with_version(i64::from(document.version))
    };
    let void = VoidForm {
        form: form(action::VOID, &|form| match locked_through {
            Some(_) => form.with("on", format_date_input(facts.today)),
            None => form,
        }),
        locked_through: locked_through.map(format_date),
        releases: match is_issued {
            true => released_words(
                &settlement_applied(&company.cx, &[document.id]).await?,
                "it",
                facts.currency,
            ),
            false => None,
        },
    };
    let reverse_on = format_date_input(first_of_next_month(document.doc_date));
    let may_reverse = is_issued && document.reversed_by_id.is_none();
    Ok(EntryActions {
        edit: Some(Link {
            text: "Edit".to_owned(),
            href: format!("{}/edit", facts.document(document.id)),
        }),
        post: (!is_issued).then(|| form(action::POST, &|form| form)),
        void: Some(void),
        reverse: may_reverse.then(|| form(action::REVERSE, &|form| form.with("date", &reverse_on))),
        elsewhere: None,
        ..again
    })
}

/// Where the opening entry is changed.
fn elsewhere(facts: &Facts, document: &Document) -> Option<(String, Link)> {
    let page = Link {
        text: "Opening balances".to_owned(),
        href: format!("/c/{}/accounting/opening", facts.slug),
    };
    let sentence = "These balances are changed on the page they were entered on:".to_owned();
    (document.kind == DocumentKind::OpeningEntry).then_some((sentence, page))
}
