//! `/c/{slug}/accounting/journal`: the list of journal entries, and the same list as CSV.

use app::forms::FormState;
use app::pages::accounting::journal_list::{JournalListPage, JournalListPageProps};
use app::view::accounting::entry::EntryState;
use app::view::accounting::journal_list::{JournalListRow, JournalListView};
use app::view::frame::Section;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use books::documents::DocumentState;
use books::journal::{JOURNAL_PAGE_MAX, JournalFilter, JournalPosition, JournalRow, journal_list};
use books::opening::opening_status;
use ledger::csv::csv_record;
use ledger::dates::{format_date, format_iso, parse_date};
use ledger::money::{Currency, format_plain};
use serde::Deserialize;
use tenancy::{Capability, Cx};
use time::Date;
use url::form_urlencoded;

use super::Facts;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// Most entries of a CSV file.
const CSV_ENTRIES_MAX: usize = 10_000;

/// What the address asks for, as it stands there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    from: String,
    to: String,
    text: String,
    after: String,
}

impl Asked {
    /// What the list is narrowed by, and the form that shows it: what cannot be read narrows nothing and says so.
    fn filter(&self, today: Date) -> (JournalFilter, FormState) {
        let mut form = FormState::new("")
            .with("from", &self.from)
            .with("to", &self.to)
            .with("text", &self.text);
        let mut day = |field: &str, typed: &str| match parse_date(typed, today) {
            _ if typed.trim().is_empty() => None,
            Ok(day) => Some(day),
            Err(error) => {
                form.refuse(field, error.to_string());
                None
            }
        };
        let filter = JournalFilter {
            state: EntryState::parse(&self.state).map(in_books),
            from: day("from", &self.from),
            to: day("to", &self.to),
            account_id: None,
            text: Some(self.text.clone()).filter(|text| !text.trim().is_empty()),
        };
        (filter, form)
    }

    /// The address of `path` with what narrows the list.
    fn address(&self, path: &str) -> String {
        let pairs = [
            ("state", &self.state),
            ("from", &self.from),
            ("to", &self.to),
            ("text", &self.text),
            ("after", &self.after),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    fn after(&self) -> Option<JournalPosition> {
        let (date, id) = self.after.split_once('.')?;
        Some(JournalPosition {
            date: parse_date(date, Date::MIN).ok()?,
            id: id.parse().ok()?,
        })
    }

    fn with_state(&self, state: Option<EntryState>) -> Self {
        Self {
            state: state.map(EntryState::code).unwrap_or_default().to_owned(),
            after: String::new(),
            ..self.clone()
        }
    }

    fn beginning_after(&self, after: Option<JournalPosition>) -> Self {
        let after = after.map(|position| format!("{}.{}", format_iso(position.date), position.id));
        Self {
            after: after.unwrap_or_default(),
            ..self.clone()
        }
    }
}

/// `GET /c/{slug}/accounting/journal`
pub async fn list(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let (filter, form) = asked.filter(facts.today);
    let found = journal_list(&company.cx, &filter, asked.after(), JOURNAL_PAGE_MAX).await?;
    let path = format!("/c/{}/accounting/journal", facts.slug);
    let is_bare = found.entries.is_empty() && asked.after.is_empty() && filter == JournalFilter::default();
    let has_opening = is_bare && opening_status(&company.cx).await?.entry.is_some();
    let states = [None].into_iter().chain(EntryState::ALL.map(Some));
    let view = JournalListView {
        currency: facts.currency,
        entries: found.entries.into_iter().map(|row| list_row(&facts, row)).collect(),
        states: states.map(|of| (of, asked.with_state(of).address(&path))).collect(),
        state: EntryState::parse(&asked.state),
        is_filtered: filter != JournalFilter::default() || form.is_refused() || !asked.after.is_empty(),
        filter: form,
        first: (!asked.after.is_empty()).then(|| asked.beginning_after(None).address(&path)),
        next: found.next.map(|next| asked.beginning_after(Some(next)).address(&path)),
        csv: asked.beginning_after(None).address(&format!("{path}.csv")),
        has_opening,
        may_write: company.cx.may(Capability::Journal),
        slug: facts.slug,
    };
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html("Journal", || JournalListPage(JournalListPageProps { frame, view })))
}

/// `GET /c/{slug}/accounting/journal.csv`: all pages of the list in one file.
pub async fn csv(
    State(state): State<AppState>,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let (filter, _) = asked.filter(facts.today);
    let rows = all_rows(&company.cx, &filter).await?;
    let mut file = csv_record(["Date", "Number", "Memo", "State", "Amount", "Currency"]);
    for row in rows {
        file.push_str(&csv_line(&row, facts.currency));
    }
    let name = format!("attachment; filename=\"journal-{}.csv\"", facts.slug);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, file).into_response())
}

async fn all_rows(cx: &Cx, filter: &JournalFilter) -> Result<Vec<JournalRow>, PageError> {
    let mut rows = Vec::new();
    let mut after = None;
    while rows.len() < CSV_ENTRIES_MAX {
        let found = journal_list(cx, filter, after, JOURNAL_PAGE_MAX).await?;
        rows.extend(found.entries);
        after = found.next;
        if after.is_none() {
            return Ok(rows);
        }
    }
    Err(PageError::in_words(
        StatusCode::UNPROCESSABLE_ENTITY,
        "too_many_entries",
        format!("These are more than {CSV_ENTRIES_MAX} entries"),
        "One file takes no more. Choose a shorter period on the Journal page, and take the rest as another file.",
    ))
}

fn csv_line(row: &JournalRow, currency: Currency) -> String {
    csv_record([
        format_iso(row.date).as_str(),
        row.number.as_deref().unwrap_or_default(),
        row.memo.as_deref().unwrap_or_default(),
        state_of(row.state).label(),
        &format_plain(row.total, currency),
        currency.code(),
    ])
}

fn list_row(facts: &Facts, row: JournalRow) -> JournalListRow {
    JournalListRow {
        href: facts.document(row.id),
        date: format_date(row.date),
        number: row.number,
        memo: row.memo,
        total: row.total,
        state: state_of(row.state),
    }
}

/// Where a document stands, as pages say it.
pub(super) fn state_of(state: DocumentState) -> EntryState {
    match state {
        DocumentState::Draft | DocumentState::Submitted => EntryState::Draft,
        DocumentState::Issued => EntryState::Posted,
        DocumentState::Void => EntryState::Void,
    }
}

fn in_books(state: EntryState) -> DocumentState {
    match state {
        EntryState::Draft => DocumentState::Draft,
        EntryState::Posted => DocumentState::Issued,
        EntryState::Void => DocumentState::Void,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn the_address_reproduces_the_list() {
        let asked = Asked {
            state: "posted".to_owned(),
            from: "10/1/2026".to_owned(),
            text: "rent & co".to_owned(),
            ..Asked::default()
        };
        assert_eq!(
            asked.address("/j"),
            "/j?state=posted&from=10%2F1%2F2026&text=rent+%26+co"
        );
        assert_eq!(Asked::default().address("/j"), "/j");
        let position = JournalPosition {
            date: date!(2026 - 10 - 31),
            id: 17,
        };
        assert_eq!(asked.beginning_after(Some(position)).after(), Some(position));
    }

    #[test]
    fn a_day_that_cannot_be_read_narrows_nothing_and_says_so() {
        let asked = Asked {
            from: "02/31/2026".to_owned(),
            ..Asked::default()
        };
        let (filter, form) = asked.filter(date!(2026 - 10 - 31));
        assert_eq!(filter, JournalFilter::default());
        assert!(form.error("from").is_some());
    }

    #[test]
    fn a_memo_that_a_spreadsheet_would_run_is_guarded() {
        let row = JournalRow {
            id: 1,
            date: date!(2026 - 10 - 31),
            number: Some("JE-1".to_owned()),
            memo: Some("=cmd()".to_owned()),
            total: 123_450,
            state: DocumentState::Issued,
        };
        assert_eq!(
            csv_line(&row, Currency::USD),
            "2026-10-31,JE-1,'=cmd(),Posted,1234.50,USD\r\n"
        );
    }
}
