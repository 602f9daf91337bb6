//! `/c/{slug}/accounting/opening/file`: reading the opening balances from a file. Nothing is saved here: the form of
//! the opening entry comes filled with what was read.

use app::forms::{Choice, FieldError, FormState};
use app::pages::accounting::opening::{OpeningFilePage, OpeningFilePageProps};
use app::view::accounting::opening::{FileReadView, OpeningFileView};
use app::view::frame::{FrameView, Section};
use app::view::journal::{LINE_COUNT, LineField};
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::opening::{OpeningFile, OpeningLine, opening_parse};
use ledger::dates::format_date_input;
use ledger::money::{Currency, format_amount};
use leptos::IntoView;

use super::opening::{Opening, TITLE, opening_page};
use super::{Facts, choices, label_of};
use crate::errors::PageError;
use crate::forms::taken;
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const FILE_TITLE: &str = "Opening balances from a file";

/// `GET /c/{slug}/accounting/opening/file`
pub async fn show(page: PageRequest, company: Company) -> Result<Response, PageError> {
    let frame = frame_for(&company, Section::Accounting).await?;
    let form = page.form(FormState::fresh);
    Ok(page.html(FILE_TITLE, || file_page(frame, &company, form)))
}

/// `POST /c/{slug}/accounting/opening/file`: a file, or a text that was pasted.
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    multipart: Multipart,
) -> Result<Response, PageError> {
    let (source, mut form) = source(multipart).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    let facts = Facts::read(&state, &company).await?;
    match read(&facts, &company, &source).await {
        Ok(file) => {
            let opening = Opening::read(&state, &company).await?;
            let (accounts, _) = choices(&company, &[]).await?;
            let form = filled(opening.fresh_form(), &file, &accounts, facts.currency);
            let view = opening.view(&company, Some(form), Some(file_view(file))).await?;
            Ok(page.html(TITLE, || opening_page(frame, view)))
        }
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page.html_with(status, FILE_TITLE, || file_page(frame, &company, form)))
        }
    }
}

fn file_page(frame: FrameView, company: &Company, form: FormState) -> impl IntoView + use<> {
    let slug = company.cx.tenant().slug.clone();
    OpeningFilePage(OpeningFilePageProps {
        frame,
        view: OpeningFileView { slug, form },
    })
}

/// What was sent: the file where one was chosen, else what was pasted.
struct Source {
    field: &'static str,
    bytes: Vec<u8>,
}

async fn source(mut multipart: Multipart) -> Result<(Source, FormState), PageError> {
    let unreadable = |error: axum::extract::multipart::MultipartError| PageError::of(error.status());
    let mut file = Vec::new();
    let mut pasted = String::new();
    while let Some(field) = multipart.next_field().await.map_err(unreadable)? {
        match field.name() {
            Some("file") => file = field.bytes().await.map_err(unreadable)?.to_vec(),
            Some("pasted") => pasted = field.text().await.map_err(unreadable)?,
            _ => {}
        }
    }
    let form = taken(vec![("pasted".to_owned(), pasted.clone())])?;
    let source = match file.is_empty() {
        false => Source {
            field: "file",
            bytes: file,
        },
        true => Source {
            field: "pasted",
            bytes: pasted.into_bytes(),
        },
    };
    Ok((source, form))
}

async fn read(facts: &Facts, company: &Company, source: &Source) -> Result<OpeningFile, NotRecorded> {
    if source.bytes.trim_ascii().is_empty() {
        return Err(FieldError::at("file", "Choose a file, or paste the trial balance.").into());
    }
    let read = opening_parse(&company.cx, &source.bytes, facts.today).await;
    read.map_err(|error| match NotRecorded::from(error) {
        NotRecorded::AtFields(errors) => {
            let errors = errors
                .into_iter()
                .map(|error| FieldError::at(source.field, error.message));
            errors.collect::<Vec<_>>().into()
        }
        whole => whole,
    })
}

/// The form of the opening entry with what was read.
fn filled(form: FormState, file: &OpeningFile, accounts: &[Choice], currency: Currency) -> FormState {
    let form = form.with(LINE_COUNT, file.lines.len().to_string());
    let with_line = |form: FormState, (index, line): (usize, &OpeningLine)| {
        let side = if line.amount < 0 {
            LineField::Credit
        } else {
            LineField::Debit
        };
        form.with(LineField::Account.name(index), label_of(accounts, line.account_id))
            .with(LineField::Name.name(index), line.contact.clone().unwrap_or_default())
            .with(
                LineField::Due.name(index),
                line.due_on.map(format_date_input).unwrap_or_default(),
            )
            .with(side.name(index), format_amount(line.amount.saturating_abs(), currency))
    };
    file.lines.iter().enumerate().fold(form, with_line)
}

fn file_view(file: OpeningFile) -> FileReadView {
    FileReadView {
        lines: file.lines.len(),
        debits: file.debits,
        credits: file.credits,
        problems: file
            .problems
            .into_iter()
            .map(|problem| (problem.line, problem.message))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn what_was_read_fills_the_form_line_by_line() {
        let accounts = [Choice {
            id: 7,
            number: Some("1100".to_owned()),
            name: "Accounts Receivable".to_owned(),
        }];
        let file = OpeningFile {
            lines: vec![OpeningLine {
                account_id: 7,
                contact: Some("Northside".to_owned()),
                amount: -84_000,
                due_on: Some(date!(2026 - 01 - 15)),
            }],
            ..OpeningFile::default()
        };
        let form = filled(FormState::new("k"), &file, &accounts, Currency::USD);
        assert_eq!(form.value("lines.0.account"), "1100 Accounts Receivable");
        assert_eq!(form.value("lines.0.name"), "Northside");
        assert_eq!(form.value("lines.0.due"), "01/15/2026");
        assert_eq!(form.value("lines.0.credit"), "840.00");
        assert!(!form.has("lines.0.debit"));
    }
}
