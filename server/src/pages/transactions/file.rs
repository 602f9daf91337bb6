//! The list as CSV: what it shows, all of its pages, sent as it is read.

use app::view::transactions::Scope;
use axum::extract::State;
use axum::response::Response;
use books::documents::{DocumentFilter, DocumentRow, DocumentSort, document_list, document_totals};
use ledger::csv::csv_record;
use ledger::dates::format_iso;
use ledger::money::{Currency, format_plain};
use tenancy::{Cx, Direction, Page, Seek};

use super::super::accounting::journal::state_of;
use super::super::accounting::{Facts, account_choice};
use super::asked::Asked;
use crate::errors::PageError;
use crate::pages::lists::file::{self, CHUNK, CSV_ROWS_MAX, Rows};
use crate::pages::lists::filters;
use crate::state::AppState;
use crate::visitor::Company;

/// The file of a list.
pub(in crate::pages) async fn answer(
    State(state): State<AppState>,
    company: Company,
    scope: Scope,
    asked: Asked,
) -> Result<Response, PageError> {
    let company = company.apart();
    let facts = Facts::read(&state, &company).await?;
    let accounts = books::accounts::account_list(&company.cx, None).await?;
    let accounts: Vec<_> = accounts.into_iter().map(account_choice).collect();
    let (filter, form) = asked.filter(&facts, &company, scope, &accounts).await?;
    filters::whole(&form)?;
    file::bounded(document_totals(&company.cx, &filter, CSV_ROWS_MAX).await?)?;
    let (sort, direction) = asked.sort();
    let reading = Reading {
        cx: company.cx.clone(),
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
    file::answer(
        &company.cx,
        &format!("{}-{}", scope.title().to_lowercase(), facts.slug),
        head,
        reading,
    )
    .await
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

impl Rows for Reading {
    async fn next_rows(&mut self) -> Result<Option<String>, PageError> {
        let Some(seek) = self.seek.take() else {
            return Ok(None);
        };
        let Page { rows, next, .. } =
            document_list(&self.cx, &self.filter, self.sort, self.direction, &seek, CHUNK).await?;
        self.seek = next.map(Seek::After);
        Ok(Some(rows.iter().map(|row| record(row, self.currency)).collect()))
    }
}

fn record(row: &DocumentRow, currency: Currency) -> String {
    csv_record([
        format_iso(row.date).as_str(),
        row.kind.name(),
        row.number.as_deref().unwrap_or_default(),
        row.reference.as_deref().unwrap_or_default(),
        row.contact.words(),
        row.words.as_deref().unwrap_or_default(),
        state_of(row.state).label(),
        if row.adjusting { "Yes" } else { "" },
        &format_plain(row.total, currency),
        currency.code(),
    ])
}

#[cfg(test)]
mod tests {
    use books::documents::{DocumentKind, DocumentState, Whom};
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
            contact: Whom::Nobody,
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
