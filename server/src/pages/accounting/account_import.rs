//! `/c/{slug}/accounting/accounts/import`: a chart of accounts from a file, looked at before it is recorded.

use app::forms::{ACTION, FieldError, FormState};
use app::pages::accounting::account_import::{AccountImportPage, AccountImportPageProps};
use app::view::accounting::account::Moves;
use app::view::accounting::account_import::{AccountImportView, ImportPreview, ImportRow, Outcome, action, field};
use app::view::frame::Section;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::response::Response;
use books::accounts::{
    ACCOUNT_FILE_BYTES_MAX, AccountFile, AccountFileLine, FieldChange, MovedHistory, Verdict, account_import,
    account_import_preview,
};
use ledger::accounts::AccountType;
use ledger::dates::format_date;

use super::accounts::{locked_words, named};
use crate::errors::PageError;
use crate::forms::{Reply, request_key, taken};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Import a chart of accounts";

/// `GET /c/{slug}/accounting/accounts/import`
pub async fn show(page: PageRequest, company: Company) -> Result<Response, PageError> {
    let form = page.form(FormState::fresh);
    // What was about to be recorded is read and shown again.
    match form.value(field::TEXT).to_owned() {
        text if text.is_empty() => answer(&page, &company, form, None).await,
        text => shown_again(&page, &company, form.replaced(field::TEXT, ""), &text).await,
    }
}

async fn shown_again(
    page: &PageRequest,
    company: &Company,
    mut form: FormState,
    text: &str,
) -> Result<Response, PageError> {
    match read(company, field::FILE, text.as_bytes()).await {
        Ok(preview) => answer(page, company, form, Some(preview)).await,
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            answer(page, company, form, None).await
        }
    }
}

/// `POST /c/{slug}/accounting/accounts/import`: reads a file and shows what it does, or records what was shown.
pub async fn posted(page: PageRequest, company: Company, upload: Multipart) -> Result<Response, PageError> {
    let (mut form, file) = taken_in(upload).await?;
    if form.value(ACTION) == action::IMPORT {
        let text = form.value(field::TEXT).to_owned();
        let form = form.replaced(field::TEXT, "");
        return recorded(&page, &company, form, text).await;
    }
    let (at, text) = match file {
        Some(file) => (field::FILE, file),
        None => (field::PASTED, form.value(field::PASTED).as_bytes().to_vec()),
    };
    match read(&company, at, &text).await {
        Ok(preview) => answer(&page, &company, FormState::fresh(), Some(preview)).await,
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            answer(&page, &company, form, None).await
        }
    }
}

async fn recorded(
    page: &PageRequest,
    company: &Company,
    mut form: FormState,
    text: String,
) -> Result<Response, PageError> {
    let key = request_key(&form)?;
    match account_import(
        &company.cx,
        text.as_bytes(),
        form.value(field::SEEN),
        form.has(field::MOVES_LOCKED),
        &key,
    )
    .await
    {
        Ok(done) => {
            let (slug, new, changed, refused) = (&company.cx.tenant().slug, done.new, done.changed, done.refused);
            let address = format!("/c/{slug}/accounting?imported={new}.{changed}.{refused}");
            Ok(Reply::ToPerson.done(&address))
        }
        Err(error) => {
            let errors = NotRecorded::from(error).at_fields()?;
            // The box that agrees stands in the preview; the file itself does not.
            let at_form = |error: FieldError| match error.field == field::MOVES_LOCKED {
                true => error,
                false => FieldError::form(error.message),
            };
            form.refuse_all(errors.into_iter().map(at_form));
            // What it does by now is shown beside the message.
            let preview = read(company, field::FILE, text.as_bytes()).await.ok();
            answer(page, company, form, preview).await
        }
    }
}

/// What a file would do; `at` is the field that it came by.
async fn read(company: &Company, at: &str, text: &[u8]) -> Result<ImportPreview, NotRecorded> {
    if text.trim_ascii().is_empty() {
        return Err(FieldError::at(field::FILE, "Choose a file, or paste the chart.").into());
    }
    match account_import_preview(&company.cx, text).await {
        Ok(file) => Ok(preview(file, String::from_utf8_lossy(text).into_owned())),
        Err(error) => match NotRecorded::from(error) {
            NotRecorded::AtFields(errors) => {
                let errors = errors.into_iter().map(|error| FieldError::at(at, error.message));
                Err(errors.collect::<Vec<_>>().into())
            }
            whole => Err(whole),
        },
    }
}

async fn answer(
    page: &PageRequest,
    company: &Company,
    form: FormState,
    preview: Option<ImportPreview>,
) -> Result<Response, PageError> {
    let frame = frame_for(company, Section::Accounting).await?;
    let view = AccountImportView {
        slug: company.cx.tenant().slug.clone(),
        form: form.clone(),
        preview,
    };
    let shown = || AccountImportPage(AccountImportPageProps { frame, view });
    Ok(match form.is_refused() && !form.is_returned() {
        true => Reply::ToPerson.refused(page, TITLE, &form, shown),
        false => page.html(TITLE, shown),
    })
}

fn preview(file: AccountFile, text: String) -> ImportPreview {
    let counts = file.counts();
    let moves = file.moves.as_ref().map(moves);
    let mut rows: Vec<ImportRow> = file.lines.into_iter().map(row).collect();
    rows.sort_by_key(|row| (row.outcome, row.line));
    ImportPreview {
        rows,
        new: counts.new,
        changed: counts.changed,
        same: counts.same,
        refused: counts.refused,
        text,
        seen: file.seen,
        moves,
    }
}

/// What another part of the statement of cash flows moves, in sentences.
fn moves(moved: &MovedHistory) -> Moves {
    let (accounts, stand) = match moved.along.len() {
        1 => ("1 account".to_owned(), "stands"),
        several => (format!("{several} accounts"), "stand"),
    };
    let lines = match moved.lines {
        1 => "1 line".to_owned(),
        several => format!("{several} lines"),
    };
    let days = moved
        .first
        .zip(moved.last)
        .map(|(first, last)| format!(", dated {} to {}", format_date(first), format_date(last)));
    let what = format!(
        "{accounts} with {lines}{} {stand} in another part of the statement of cash flows, in every year: {}.",
        days.unwrap_or_default(),
        named(&moved.along)
    );
    Moves {
        what: Some(what),
        locked: locked_words(moved),
    }
}

fn row(line: AccountFileLine) -> ImportRow {
    let (outcome, details) = match line.verdict {
        Verdict::New => (Outcome::New, Vec::new()),
        Verdict::NewParent => (
            Outcome::New,
            vec!["No line names it: it is added as the parent of this line’s account.".to_owned()],
        ),
        Verdict::Same => (Outcome::Same, Vec::new()),
        Verdict::Changed(changes) => (Outcome::Changed, changes.iter().map(change_words).collect()),
        Verdict::Refused(message) => (Outcome::LeftOut, vec![message]),
    };
    ImportRow {
        line: line.line,
        number: line.number,
        path: line.path,
        type_name: line.account_type.map(AccountType::name),
        outcome,
        details,
    }
}

fn change_words(change: &FieldChange) -> String {
    let said = |text: &str| {
        if text.is_empty() {
            "nothing".to_owned()
        } else {
            text.to_owned()
        }
    };
    format!("{}: {} → {}", change.what, said(&change.before), said(&change.after))
}

/// The form's fields, and its file where one was chosen. Of more than a file may have only so much is kept that the books say so.
async fn taken_in(mut upload: Multipart) -> Result<(FormState, Option<Vec<u8>>), PageError> {
    let broken = |error: MultipartError| PageError::of(error.status());
    let mut pairs = Vec::new();
    let mut file = None;
    while let Some(part) = upload.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().map(|name| !name.is_empty());
        let mut bytes = part.bytes().await.map_err(broken)?.to_vec();
        bytes.truncate(ACCOUNT_FILE_BYTES_MAX + 1);
        match is_file {
            Some(true) => file = Some(bytes),
            Some(false) => {}
            None => pairs.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok((taken(pairs)?, file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_comes_first_and_a_change_says_before_and_after() {
        let line = |line: usize, verdict: Verdict| AccountFileLine {
            line,
            number: None,
            path: "Rent".to_owned(),
            account_type: Some(AccountType::Expense),
            verdict,
        };
        let change = FieldChange {
            what: "Number",
            before: String::new(),
            after: "6100".to_owned(),
        };
        let file = AccountFile {
            lines: vec![
                line(2, Verdict::Same),
                line(3, Verdict::New),
                line(4, Verdict::Changed(vec![change])),
                line(5, Verdict::Refused("Why.".to_owned())),
            ],
            seen: String::new(),
            moves: None,
        };
        let preview = preview(file, String::new());
        let lines: Vec<usize> = preview.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [5, 4, 3, 2]);
        assert_eq!(preview.rows[1].details, ["Number: nothing → 6100"]);
        assert_eq!(
            (preview.new, preview.changed, preview.same, preview.refused),
            (1, 1, 1, 1)
        );
    }
}
