//! The list as CSV: what it shows, all of its pages, sent as it is read.

use app::view::transactions::Scope;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use books::documents::{DocumentFilter, DocumentRow, DocumentSort, document_list, document_totals};
use futures::stream;
use ledger::csv::csv_record;
use ledger::dates::format_iso;
use ledger::money::{Currency, format_plain};
use tenancy::{Cx, Direction, Page, Seek};

use super::super::accounting::journal::state_of;
use super::super::accounting::{Facts, account_choice};
use super::asked::Asked;
use crate::errors::PageError;
use crate::state::AppState;
use crate::visitor::Company;

/// Most documents of a file.
const CSV_ROWS_MAX: u32 = 250_000;
/// Documents that are read at a time, each time in a transaction of its own: a slow line holds none open.
const CHUNK: u16 = 1_000;

/// The file of a list.
pub(in crate::pages) async fn answer(
    State(state): State<AppState>,
    company: Company,
    scope: Scope,
    asked: Asked,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let accounts = books::accounts::account_list(&company.cx, None).await?;
    let accounts: Vec<_> = accounts.into_iter().map(account_choice).collect();
    let (filter, form) = asked.filter(&facts, &company, scope, &accounts).await?;
    if let Some(error) = form.errors().first() {
        return Err(unprocessable(
            "filter",
            "A filter could not be read",
            error.message.clone(),
        ));
    }
    if document_totals(&company.cx, &filter, CSV_ROWS_MAX).await?.more {
        return Err(unprocessable(
            "too_many_rows",
            "That is more than one file takes",
            "A file takes up to 250,000 rows. Choose a shorter period, and take the rest as another file.".to_owned(),
        ));
    }
    let (sort, direction) = asked.sort();
    let reading = Reading {
        cx: company.cx,
        filter,
        sort,
        direction,
        currency: facts.currency,
        seek: Some(Seek::First),
    };
    let head = csv_record([
        "Date",
        "Kind",
        "Number",
        "Reference",
        "Name",
        "Memo",
        "State",
        "Adjusting",
        "Amount",
        "Currency",
    ]);
    // The first rows are read before anything is sent: an error is still a page then.
    let (first, reading) = reading.next().await?;
    let rest = stream::try_unfold(reading, async |reading| match reading.seek {
        Some(_) => reading.next().await.map(Some),
        None => Ok::<_, PageError>(None),
    });
    let beginning = stream::iter([Ok(head), Ok(first)]);
    let text = futures::StreamExt::chain(beginning, rest);
    let text = futures::StreamExt::map(text, |part| {
        part.map_err(|_| std::io::Error::other("the books could not be read on"))
    });
    let name = format!(
        "attachment; filename=\"{}-{}.csv\"",
        scope.title().to_lowercase(),
        facts.slug
    );
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(text)).into_response())
}

/// Where the file stands.
struct Reading {
    cx: Cx,
    filter: DocumentFilter,
    sort: DocumentSort,
    direction: Direction,
    currency: Currency,
    /// Where the next rows begin; none at the end.
    seek: Option<Seek>,
}

impl Reading {
    /// The next rows as text.
    async fn next(self) -> Result<(String, Self), PageError> {
        let seek = self.seek.clone().unwrap_or(Seek::First);
        let Page { rows, next, .. } =
            document_list(&self.cx, &self.filter, self.sort, self.direction, &seek, CHUNK).await?;
        let text = rows.iter().map(|row| record(row, self.currency)).collect();
        let seek = next.map(Seek::After);
        Ok((text, Self { seek, ..self }))
    }
}

fn record(row: &DocumentRow, currency: Currency) -> String {
    csv_record([
        format_iso(row.date).as_str(),
        row.kind.name(),
        row.number.as_deref().unwrap_or_default(),
        row.reference.as_deref().unwrap_or_default(),
        row.contact.as_deref().unwrap_or_default(),
        row.words.as_deref().unwrap_or_default(),
        state_of(row.state).label(),
        if row.adjusting { "Yes" } else { "" },
        &format_plain(row.total, currency),
        currency.code(),
    ])
}

fn unprocessable(code: &'static str, heading: &str, advice: String) -> PageError {
    PageError::in_words(StatusCode::UNPROCESSABLE_ENTITY, code, heading, advice)
}

#[cfg(test)]
mod tests {
    use books::documents::{DocumentKind, DocumentState};
    use time::macros::date;

    use super::*;

    #[test]
    fn a_memo_that_a_spreadsheet_would_run_is_guarded() {
        let row = DocumentRow {
            id: 1,
            kind: DocumentKind::JournalEntry,
            state: DocumentState::Issued,
            version: 1,
            date: date!(2026 - 10 - 31),
            number: Some("JE-1".to_owned()),
            reference: Some("@ref".to_owned()),
            contact: None,
            words: Some("=cmd()".to_owned()),
            total: 123_450,
            adjusting: true,
        };
        assert_eq!(
            record(&row, Currency::USD),
            "2026-10-31,Journal entry,JE-1,'@ref,,'=cmd(),Posted,Yes,1234.50,USD\r\n"
        );
    }
}
