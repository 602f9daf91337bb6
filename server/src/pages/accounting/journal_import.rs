//! `/c/{slug}/accounting/journal/import` and `…/import/{id}`: a file of journal entries, looked at and then brought in.

use app::components::SelectOption;
use app::forms::{ACTION, Choice, FieldError, FormState, find_choice};
use app::pages::accounting::journal_import::{
    JournalPreviewPage, JournalPreviewPageProps, JournalUploadPage, JournalUploadPageProps,
};
use app::view::frame::Section;
use app::view::journal_import::{
    EntryRow, FILE, MadeView, PreviewView, UNKNOWN, UnknownView, UploadView, action, field,
};
use app::view::transactions::Scope;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::journal_import::{
    ImportPreview, MadeAccount, MadeContact, Mapped, Mapping, UNKNOWN_ACCOUNTS_MAX, UnknownAccount,
    journal_import_preview, journal_import_stage, journal_import_staged,
};
use ledger::accounts::AccountType;
use ledger::dates::format_date;
use tenancy::RequestKey;

use super::{Facts, choices};
use crate::errors::PageError;
use crate::forms::{PostedForm, Reply, request_key};
use crate::page::PageRequest;
use crate::pages::banking::import::{Arrived, taken_in};
use crate::pages::lists::order;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Import journal entries";

/// `GET /c/{slug}/accounting/journal/import`
pub async fn show(page: PageRequest, company: Company) -> Result<Response, PageError> {
    upload_page(&page, &company, page.form(FormState::fresh)).await
}

/// `POST /c/{slug}/accounting/journal/import`: a file that can be read leads to its preview.
pub async fn posted(page: PageRequest, company: Company, upload: Multipart) -> Result<Response, PageError> {
    let (mut form, file) = taken_in(upload).await?;
    match staged(&company, &form, file).await {
        Ok(id) => {
            let slug = &company.cx.tenant().slug;
            Ok(Reply::ToPerson.done(&format!("/c/{slug}/accounting/journal/import/{id}")))
        }
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            upload_page(&page, &company, form).await
        }
    }
}

async fn staged(company: &Company, form: &FormState, file: Option<Arrived>) -> Result<i64, NotRecorded> {
    match file {
        Some(Arrived::Whole { name, bytes }) => {
            Ok(journal_import_stage(&company.cx, &name, &bytes, &request_key(form)?).await?)
        }
        Some(Arrived::TooLarge) => Err(FieldError::at(
            FILE,
            "The file is larger than 20 MB, and nothing of it was read. Split it by date.",
        )
        .into()),
        None => Err(FieldError::at(FILE, "Choose the CSV file with the entries.").into()),
    }
}

async fn upload_page(page: &PageRequest, company: &Company, form: FormState) -> Result<Response, PageError> {
    let frame = frame_for(company, Section::Accounting).await?;
    let view = UploadView {
        slug: company.cx.tenant().slug.clone(),
        form: form.clone(),
    };
    let shown = || JournalUploadPage(JournalUploadPageProps { frame, view });
    match form.is_refused() && !form.is_returned() {
        true => Ok(Reply::ToPerson.refused(page, TITLE, &form, shown)),
        false => Ok(page.html(TITLE, shown)),
    }
}

/// `GET /c/{slug}/accounting/journal/import/{id}`
pub async fn preview(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let form = page.form(FormState::fresh);
    preview_page(&page, &facts, &company, id, form).await
}

/// `POST /c/{slug}/accounting/journal/import/{id}`
pub async fn preview_posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    match form.value(ACTION) {
        action::COMPARE => preview_page(&page, &facts, &company, id, form).await,
        action::IMPORT => match imported(&company, id, &form).await {
            Ok(key) => Ok(reply.done(&done_at(&facts.slug, &key))),
            Err(refusal) => {
                form.refuse_all(refusal.at_fields()?);
                preview_page(&page, &facts, &company, id, form).await
            }
        },
        _ => Err(PageError::of(StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

/// The journal, which says what the request of this key brought.
fn done_at(slug: &str, key: &RequestKey) -> String {
    let done = [("done", key.as_str())].into_iter();
    order::address(&Scope::Journal.path(slug), done)
}

/// Imports the file, and gives the key by which the books know what it brought.
async fn imported(company: &Company, id: i64, form: &FormState) -> Result<RequestKey, NotRecorded> {
    let (accounts, _) = choices(company, &[]).await?;
    let (mapping, errors) = mapping(form, &accounts);
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let key = request_key(form)?;
    journal_import_staged(&company.cx, id, mapping, &key).await?;
    Ok(key)
}

/// What the form says of the file's accounts, and what of it cannot be read.
fn mapping(form: &FormState, accounts: &[Choice]) -> (Mapping, Vec<FieldError>) {
    let mut mapping = Mapping::default();
    let mut errors = Vec::new();
    for n in form.rows(UNKNOWN).into_iter().take(UNKNOWN_ACCOUNTS_MAX) {
        let name = form.value(&field::name(n));
        let typed = form.value(&field::account(n)).trim();
        if typed.is_empty() {
            match AccountType::parse(form.value(&field::kind(n))) {
                Ok(account_type) => mapping.insert(name, Mapped::New(account_type)),
                Err(_) => errors.push(FieldError::at(
                    field::kind(n),
                    "Choose a type, or one of your accounts.",
                )),
            }
        } else {
            match find_choice(accounts, typed) {
                Ok(account) => mapping.insert(name, Mapped::Existing(account.id)),
                Err(error) => errors.push(FieldError::at(field::account(n), error.message("an account"))),
            }
        }
    }
    (mapping, errors)
}

async fn preview_page(
    page: &PageRequest,
    facts: &Facts,
    company: &Company,
    id: i64,
    mut form: FormState,
) -> Result<Response, PageError> {
    let (accounts, _) = choices(company, &[]).await?;
    let (said, errors) = mapping(&form, &accounts);
    if !form.is_refused() {
        form.refuse_all(errors);
    }
    let first_look = match journal_import_preview(&company.cx, id, said.clone()).await {
        Ok(preview) => preview,
        // Only what the file is to blame for; a crowd is told as one.
        Err(error @ books::Error::Invalid(_)) => {
            let mut upload = FormState::fresh();
            upload.refuse_all(NotRecorded::from(error).at_fields()?);
            return upload_page(page, company, upload).await;
        }
        Err(error) => return Err(error.into()),
    };
    // What nobody said anything of yet is proposed, and looked at as proposed.
    let proposed = with_guesses(said, &first_look);
    let found = match first_look.unsaid {
        0 => first_look,
        _ => journal_import_preview(&company.cx, id, proposed)
            .await
            .map_err(PageError::from)?,
    };
    let form = filled(form, &found.unknown);
    let frame = frame_for(company, Section::Accounting).await?;
    let view = preview_view(facts, found, accounts, form.clone());
    let shown = || JournalPreviewPage(JournalPreviewPageProps { frame, view });
    match form.is_refused() {
        true => Ok(Reply::ToPerson.refused(page, TITLE, &form, shown)),
        false => Ok(page.html(TITLE, shown)),
    }
}

fn with_guesses(mut said: Mapping, preview: &ImportPreview) -> Mapping {
    for unknown in &preview.unknown {
        if said.of(&unknown.name).is_none() {
            said.insert(&unknown.name, Mapped::New(unknown.guess()));
        }
    }
    said
}

/// The form with a field for each unknown account: what was said of it, wherever in the list it stands now, or the guess.
fn filled(form: FormState, unknown: &[UnknownAccount]) -> FormState {
    let before: Vec<(String, String, String)> = form
        .rows(UNKNOWN)
        .into_iter()
        .map(|n| {
            let value = |name: String| form.value(&name).to_owned();
            (value(field::name(n)), value(field::account(n)), value(field::kind(n)))
        })
        .collect();
    let is_same_list = before
        .iter()
        .map(|(name, _, _)| name)
        .eq(unknown.iter().map(|unknown| &unknown.name));
    if is_same_list {
        return form;
    }
    unknown
        .iter()
        .take(UNKNOWN_ACCOUNTS_MAX)
        .enumerate()
        .fold(form, |form, (n, unknown)| {
            let said = before.iter().find(|(name, _, _)| *name == unknown.name);
            let (account, kind) = match said {
                Some((_, account, kind)) => (account.clone(), kind.clone()),
                None => (String::new(), unknown.guess().code().to_owned()),
            };
            form.replaced(&field::name(n), unknown.name.clone())
                .replaced(&field::account(n), account)
                .replaced(&field::kind(n), kind)
        })
}

fn preview_view(facts: &Facts, found: ImportPreview, accounts: Vec<Choice>, form: FormState) -> PreviewView {
    let mut problems: Vec<(usize, String)> = found
        .outcome
        .errors
        .iter()
        .map(|error| (error.line, error.message.clone()))
        .collect();
    if found.unknown.len() > UNKNOWN_ACCOUNTS_MAX {
        let message = format!(
            "The file names {} accounts that your books do not have, and this page takes {UNKNOWN_ACCOUNTS_MAX}. Import the chart of \
             accounts first, or add the column Account Type.",
            found.unknown.len()
        );
        problems.insert(0, (1, message));
    }
    let unknown = |unknown: &UnknownAccount| UnknownView {
        name: unknown.name.clone(),
        place: match unknown.lines {
            1 => format!("line {}", unknown.first_line),
            lines => format!("{lines} lines, the first is line {}", unknown.first_line),
        },
    };
    PreviewView {
        slug: facts.slug.clone(),
        currency: facts.currency,
        file_name: found.file_name,
        counts: [found.outcome.new, found.outcome.known, found.outcome.doubtful],
        days: found.days.map(|(first, last)| match first == last {
            true => format!(", on {}", format_date(first)),
            false => format!(", from {} to {}", format_date(first), format_date(last)),
        }),
        problems,
        unknown: found.unknown.iter().take(UNKNOWN_ACCOUNTS_MAX).map(unknown).collect(),
        warnings: found
            .outcome
            .warnings
            .iter()
            .map(|warning| (warning.line, warning.message.clone()))
            .collect(),
        unread: found.unread,
        unread_count: found.unread_count,
        made: found.made.into_iter().map(made_view).collect(),
        contacts: found.contacts.into_iter().map(contact_words).collect(),
        contact_count: found.contact_count,
        entries: found
            .entries
            .into_iter()
            .map(|entry| EntryRow {
                number: entry.number,
                date: format_date(entry.date),
                lines: entry.lines,
                total: entry.total,
            })
            .collect(),
        accounts,
        types: AccountType::ALL
            .map(|of| SelectOption::new(of.code(), of.name()))
            .into(),
        form,
    }
}

fn made_view(made: MadeAccount) -> MadeView {
    MadeView {
        name: made.name,
        kind: made.account_type.name().to_owned(),
        detail: made.detail_type.map(|detail| detail.name.to_owned()),
    }
}

fn contact_words(made: MadeContact) -> (String, String) {
    let what = match (made.customer, made.vendor) {
        (true, true) => "Customer and vendor",
        (true, false) => "Customer",
        (false, _) => "Vendor",
    };
    (made.name, what.to_owned())
}
