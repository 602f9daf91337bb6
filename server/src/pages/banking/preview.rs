//! `/c/{slug}/banking/import/{id}`: what a file would bring, and the button that brings it.

use app::forms::{ACTION, FieldError, FormState};
use app::pages::banking::preview::{PreviewPage, PreviewPageProps};
use app::view::banking::import::{FILE, FileAccountView, FileLineView, PreviewView, account_field, action};
use app::view::banking::review::Tab;
use app::view::frame::Section;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use books::company::company_get;
use books::statements::{
    AccountPreview, LinePreview, StatementChoice, StatementImported, StatementPreview, StatementSource,
    statement_import, statement_preview,
};
use ledger::money::{Currency, format_amount, parse_amount};

use super::import::{TITLE, upload_page};
use super::{own_account_options, path};
use crate::errors::PageError;
use crate::forms::{PostedForm, Reply, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::visitor::{Company, frame_for};

/// What the names of the fields begin with that say which account is which.
const ACCOUNTS: &str = "accounts.";

/// `GET /c/{slug}/banking/import/{id}`
pub async fn show(
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let form = page.form(FormState::fresh);
    preview_page(&page, &company, id, form).await
}

/// `POST /c/{slug}/banking/import/{id}`
pub async fn posted(
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    match form.value(ACTION) {
        action::COMPARE => preview_page(&page, &company, id, form).await,
        action::IMPORT => match imported(&company, id, &form).await {
            Ok(done) => Ok(reply.done(&seen_at(&company, &done))),
            Err(refusal) => {
                form.refuse_all(refusal.at_fields()?.into_iter().map(at_account));
                preview_page(&page, &company, id, form).await
            }
        },
        _ => Err(PageError::of(StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

async fn imported(company: &Company, id: i64, form: &FormState) -> Result<StatementImported, NotRecorded> {
    let is_unset = |(name, value): (&str, &str)| name.starts_with(ACCOUNTS) && value.is_empty();
    if form.pairs().any(is_unset) {
        all_chosen(company, id, form).await?;
    }
    let source = StatementSource::Staged(id);
    Ok(statement_import(&company.cx, source, &choices(form), &request_key(form)?).await?)
}

/// That every account of the file is chosen or known. The books would say so too, by the numbers in full, which a page never
/// shows.
async fn all_chosen(company: &Company, id: i64, form: &FormState) -> Result<(), NotRecorded> {
    let preview = statement_preview(&company.cx, id, &choices(form)).await?;
    let missing: Vec<FieldError> = preview
        .accounts
        .iter()
        .enumerate()
        .filter(|(_, account)| account.account_id.is_none())
        .map(|(n, account)| {
            let message = format!("Choose the account of the books that {} is.", title_of(account));
            FieldError::at(account_field(n), message)
        })
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing.into())
    }
}

/// What the form says of the file's accounts.
fn choices(form: &FormState) -> Vec<StatementChoice> {
    let chosen = |(name, value): (&str, &str)| {
        let n: usize = name.strip_prefix(ACCOUNTS)?.parse().ok()?;
        Some(StatementChoice {
            of_file: format!("#{}", n.checked_add(1)?),
            account_id: value.parse().ok()?,
        })
    };
    form.pairs().filter_map(chosen).collect()
}

/// A file of one account has its message at `account`, which here is the first field. A message at `accounts` names the
/// file's accounts by their numbers in full, so that other words stand here.
fn at_account(error: FieldError) -> FieldError {
    match error.field.as_str() {
        "account" => FieldError::at(account_field(0), error.message),
        "accounts" => FieldError::form("Say of each account of the file which one of the books it is."),
        _ => error,
    }
}

/// Where the result of an import is seen: at the lines to review, at those in doubt where it brought no others, or where it
/// brought none, among the accounts.
fn seen_at(company: &Company, imported: &StatementImported) -> String {
    let banking = path(company);
    let tab = match (imported.counts.new, imported.counts.doubtful) {
        (0, 1..) => Tab::Doubtful,
        _ => Tab::New,
    };
    match (imported.import_id, imported.bank_account_id) {
        (Some(import), Some(account)) => format!("{banking}/{account}?state={}&imported={import}", tab.code()),
        _ => format!("{banking}?done=known"),
    }
}

/// The preview; a file that is no longer kept has to be chosen again.
async fn preview_page(
    page: &PageRequest,
    company: &Company,
    id: i64,
    mut form: FormState,
) -> Result<Response, PageError> {
    let preview = match compared(company, id, &choices(&form)).await? {
        Ok(preview) => preview,
        // A choice that cannot be: the lines are shown without it, and the message at it.
        Err(errors) if !errors.iter().any(|error| error.field == FILE) => {
            if !form.is_refused() {
                form.refuse_all(errors.into_iter().map(at_account));
            }
            match compared(company, id, &[]).await? {
                Ok(preview) => preview,
                Err(errors) => return gone(page, company, errors).await,
            }
        }
        Err(errors) => return gone(page, company, errors).await,
    };
    for (n, account) in preview.accounts.iter().enumerate() {
        if let (false, Some(known)) = (form.has(&account_field(n)), account.account_id) {
            form = form.with(account_field(n), known.to_string());
        }
    }
    let own_accounts = own_account_options(company, "Choose an account").await?;
    let frame = frame_for(company, Section::Banking).await?;
    let view = PreviewView {
        slug: company.cx.tenant().slug.clone(),
        file_name: preview.file_name,
        accounts: preview.accounts.into_iter().map(account_view).collect(),
        counts: [preview.counts.new, preview.counts.known, preview.counts.doubtful],
        bank_errors: preview
            .counts
            .errors
            .into_iter()
            .map(|error| (error.line, error.message))
            .collect(),
        complete: preview.complete,
        books_begin_on: company_get(&company.cx).await?.books_begin_on,
        own_accounts,
        form: form.clone(),
    };
    let shown = || PreviewPage(PreviewPageProps { frame, view });
    if form.is_refused() {
        Ok(Reply::ToPerson.refused(page, TITLE, &form, shown))
    } else {
        Ok(page.html(TITLE, shown))
    }
}

async fn compared(
    company: &Company,
    id: i64,
    choices: &[StatementChoice],
) -> Result<Result<StatementPreview, Vec<FieldError>>, PageError> {
    match statement_preview(&company.cx, id, choices).await {
        Ok(preview) => Ok(Ok(preview)),
        // Only what the file or a choice is to blame for; a crowd is told as one.
        Err(error @ books::Error::Invalid(_)) => Ok(Err(NotRecorded::from(error).at_fields()?)),
        Err(error) => Err(error.into()),
    }
}

async fn gone(page: &PageRequest, company: &Company, errors: Vec<FieldError>) -> Result<Response, PageError> {
    let mut form = FormState::fresh();
    form.refuse_all(errors);
    upload_page(page, company, form).await
}

/// What an account of the file is called: by its words and the end of its number.
fn title_of(account: &AccountPreview) -> String {
    let mut title = account.description.clone().unwrap_or_else(|| account.kind.to_owned());
    if !account.mask.is_empty() {
        title.push_str(&format!(" ••{}", account.mask));
    }
    title
}

fn account_view(account: AccountPreview) -> FileAccountView {
    FileAccountView {
        title: title_of(&account),
        account: account.account,
        other_number: account.other_number,
        line_count: account.line_count,
        lines: account.lines.into_iter().map(line_view).collect(),
    }
}

fn line_view(line: LinePreview) -> FileLineView {
    // What is in doubt is shown as the bank wrote it.
    let amount = Currency::parse(&line.currency)
        .ok()
        .filter(|_| line.doubt.is_none())
        .and_then(|currency| Some(format_amount(parse_amount(&line.amount_text, currency).ok()?, currency)));
    FileLineView {
        posted_on: line.posted_on,
        name: line.name,
        memo: line.memo,
        amount_text: amount.unwrap_or(line.amount_text),
        known: line.known,
        doubt: line.doubt,
    }
}
