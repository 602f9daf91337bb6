//! `/c/{slug}/transactions`: every document, filtered and sorted; what is done with several of them; the same list as CSV. The
//! journal's page is this list of one kind.

pub mod asked;
mod done;
mod file;
mod selection;

use app::components::SelectOption;
use app::forms::{ACTION, FieldError, FormState};
use app::pages::transactions::{TransactionListPage, TransactionListPageProps};
use app::view::accounting::entry::EntryState;
use app::view::frame::Section;
use app::view::lists::{Pages, SELECT};
use app::view::transactions::{Scope, TransactionListView, TransactionRow, action};
use axum::extract::{Query, State};
use axum::response::Response;
use books::accounts::account_list;
use books::documents::{
    DOCUMENT_PAGE_MAX, DOCUMENT_TOTALS_MAX, DocumentFilter, DocumentKind, DocumentRow, document_list, document_totals,
};
use books::opening::opening_status;
use ledger::dates::format_date;
use tenancy::{Capability, Page};

use self::asked::Asked;
use super::accounting::journal::state_of;
use super::accounting::{Facts, account_choice};
use super::lists::{filters, totals_words};
use crate::errors::PageError;
use crate::forms::{PostedForm, Reply};
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// `GET /c/{slug}/transactions`
pub async fn list(
    state: State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    show(state, page, company, Scope::All, asked).await
}

/// `POST /c/{slug}/transactions`: posts or voids what is selected.
pub async fn posted(
    state: State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    take(state, page, company, Scope::All, asked, posted).await
}

/// `GET /c/{slug}/transactions.csv`
pub async fn csv(state: State<AppState>, company: Company, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    file::answer(state, company, Scope::All, asked).await
}

pub(super) use file::answer as csv_of;

/// The page of a list. What cannot be read in the address is said at its field, with status 422, and nothing is listed.
pub(super) async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    scope: Scope,
    asked: Asked,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let selection = page.form(FormState::fresh);
    let view = list_view(&facts, &company, scope, &asked, selection).await?;
    let status = filters::status(&view.filter);
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html_with(status, scope.title(), || {
        TransactionListPage(TransactionListPageProps { frame, view })
    }))
}

/// What was asked of the selected rows: done, or the list again with each message at its row.
pub(super) async fn take(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    scope: Scope,
    asked: Asked,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    if form.value(ACTION) == action::ASK_VOID {
        return ask(&facts, &page, &company, (scope, &asked), form, reply).await;
    }
    match selection::act(&facts, &company, &form).await {
        Ok(key) => Ok(reply.done(&asked.with_done(&key).address(&scope.path(&facts.slug)))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let view = list_view(&facts, &company, scope, &asked, form.clone()).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            Ok(reply.refused_whole(&page, scope.title(), || {
                TransactionListPage(TransactionListPageProps { frame, view })
            }))
        }
    }
}

/// The list with the question whether what is selected is to be voided. Nothing is recorded by it.
async fn ask(
    facts: &Facts,
    page: &PageRequest,
    company: &Company,
    (scope, asked): (Scope, &Asked),
    mut form: FormState,
    reply: Reply,
) -> Result<Response, PageError> {
    if let Err(refusal) = selection::question(facts, company, &form).await {
        form.refuse_all(refusal.at_fields()?);
    }
    let is_refused = form.is_refused();
    let view = list_view(facts, company, scope, asked, form).await?;
    let frame = frame_for(company, Section::Accounting).await?;
    let shown = || TransactionListPage(TransactionListPageProps { frame, view });
    Ok(match is_refused {
        true => reply.refused_whole(page, scope.title(), shown),
        false => page.html(scope.title(), shown),
    })
}

async fn list_view(
    facts: &Facts,
    company: &Company,
    scope: Scope,
    asked: &Asked,
    selection: FormState,
) -> Result<TransactionListView, PageError> {
    let accounts = account_list(&company.cx, None).await?;
    let accounts = accounts.into_iter().map(account_choice).collect::<Vec<_>>();
    let (filter, form) = asked.filter(facts, company, scope, &accounts).await?;
    let (sort, direction) = asked.sort();
    let (found, totals) = match form.is_refused() {
        true => (None, None),
        false => {
            let seek = asked.seek();
            let found = document_list(&company.cx, &filter, sort, direction, &seek, DOCUMENT_PAGE_MAX).await?;
            let totals = document_totals(&company.cx, &filter, DOCUMENT_TOTALS_MAX).await?;
            (Some(found), Some(totals))
        }
    };
    let Page { rows, previous, next } = found.unwrap_or(Page {
        rows: Vec::new(),
        previous: None,
        next: None,
    });
    let path = scope.path(&facts.slug);
    let is_narrowed = filter != asked::unfiltered(scope) || form.is_refused();
    let has_opening = rows.is_empty() && !is_narrowed && opening_status(&company.cx).await?.entry.is_some();
    let rows: Vec<TransactionRow> = rows.into_iter().map(|row| list_row(facts, row)).collect();
    let address = asked.address(&path);
    let selection = match asked.selects_all() && !selection.is_refused() {
        true => all_of(&rows, selection),
        false => selection,
    };
    let is_any = selection.has(SELECT);
    let may_write = company.cx.may(Capability::Journal);
    let is_asked = may_write && [action::ASK_VOID, action::VOID].contains(&selection.value(ACTION));
    let question = match is_asked {
        // What cannot be asked was refused with its message.
        true => selection::question(facts, company, &selection).await.ok(),
        false => None,
    };
    let states = [None].into_iter().chain(EntryState::ALL.map(Some));
    Ok(TransactionListView {
        currency: facts.currency,
        scope,
        states: states.map(|of| (of, asked.with_state(of).address(&path))).collect(),
        state: asked.state(),
        kinds: kinds(),
        accounts,
        has_more_filters: asked.has_more_filters() || form.errors().iter().any(is_under_more),
        filter: form,
        carried: asked.carried(),
        heads: asked.heads(&path),
        is_filtered: is_narrowed || asked.is_further(),
        pages: Pages {
            totals: totals
                .map(|totals| totals_words(totals, scope.names(), Some(facts.currency)))
                .unwrap_or_default(),
            first: asked.is_further().then(|| asked.at_first().address(&path)),
            previous: previous.map(|place| asked.before(&place).address(&path)),
            next: next.map(|place| asked.after(&place).address(&path)),
        },
        csv: asked.at_first().address(&format!("{path}.csv")),
        select_all: asked.with_all(!is_any).address(&path),
        address,
        selection,
        done: done::words(company, asked.done()).await?,
        question,
        has_opening,
        may_write,
        rows,
        slug: facts.slug.clone(),
    })
}

fn is_under_more(error: &FieldError) -> bool {
    ["account", "contact", "amount", "by"].contains(&error.field.as_str())
}

fn all_of(rows: &[TransactionRow], selection: FormState) -> FormState {
    let selectable = rows.iter().filter_map(TransactionRow::select_value);
    selectable.fold(selection, |form, value| form.with(SELECT, value))
}

fn kinds() -> Vec<SelectOption> {
    let all = SelectOption::new("", "Every kind");
    let kinds = DocumentKind::ALL.map(|kind| SelectOption::new(kind.code(), kind.name()));
    [all].into_iter().chain(kinds).collect()
}

fn list_row(facts: &Facts, row: DocumentRow) -> TransactionRow {
    TransactionRow {
        id: row.id,
        version: row.version,
        href: facts.document(row.id),
        date: format_date(row.date),
        kind: row.kind.name(),
        is_entry: row.kind == DocumentKind::JournalEntry,
        number: row.number,
        reference: row.reference,
        contact: Some(row.contact.words())
            .filter(|words| !words.is_empty())
            .map(str::to_owned),
        words: row.words,
        total: row.total,
        state: state_of(row.state),
        is_adjusting: row.adjusting,
    }
}

/// What lists nothing but what the page is about.
fn scoped(scope: Scope) -> DocumentFilter {
    DocumentFilter {
        kind: match scope {
            Scope::All => None,
            Scope::Journal => Some(DocumentKind::JournalEntry),
        },
        ..DocumentFilter::default()
    }
}
