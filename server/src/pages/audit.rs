//! `/c/{slug}/audit`: who did what, when, and what it changed; and whether the record holds.

mod readable;

use app::components::SelectOption;
use app::forms::FormState;
use app::pages::audit::{AuditPage, AuditPageProps};
use app::view::audit::{AuditView, ChangeView, EventView, HeadView, Verdict};
use app::view::frame::Section;
use audit::log::{Entry, Filter};
use audit::{AuditError, Verified, plain_name};
use axum::extract::{Query, State};
use axum::response::Response;
use ledger::dates::parse_date;
use serde::Deserialize;
use time::Date;
use url::form_urlencoded;

use self::readable::Names;
use super::accounting::Facts;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Audit log";
/// Events of a page.
const EVENTS_MAX: i64 = 100;

/// What the address asks for, as it stands there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    table: String,
    row: String,
    person: String,
    from: String,
    to: String,
    before: String,
}

/// `GET /c/{slug}/audit`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    answer(&state, &page, &company, asked, None).await
}

/// `POST /c/{slug}/audit`: verifies the record and says what was found. It reads, and changes nothing.
pub async fn verify(State(state): State<AppState>, page: PageRequest, company: Company) -> Result<Response, PageError> {
    let _leave = company.cx.heavy_work().await?;
    let verdict = match audit::verify(&company.cx).await {
        Ok(verified) => holds(&verified),
        Err(AuditError::Findings(findings)) => Verdict {
            holds: false,
            sentences: findings.to_string().lines().skip(1).map(str::to_owned).collect(),
        },
        Err(error) => return Err(unreadable(error)),
    };
    answer(&state, &page, &company, Asked::default(), Some(verdict)).await
}

fn holds(verified: &Verified) -> Verdict {
    let Verified {
        events,
        changes,
        tables,
        rows,
        ..
    } = verified;
    Verdict {
        holds: true,
        sentences: vec![
            format!("{events} events in {changes} changes are linked without a gap."),
            format!("Replayed, they give exactly the {rows} rows of {tables} tables that are there now."),
        ],
    }
}

/// A record that could not be read at all.
pub(super) fn unreadable(error: AuditError) -> PageError {
    match error {
        AuditError::Tenancy(error) => error.into(),
        error => PageError::internal(error),
    }
}

async fn answer(
    state: &AppState,
    page: &PageRequest,
    company: &Company,
    asked: Asked,
    verdict: Option<Verdict>,
) -> Result<Response, PageError> {
    let facts = Facts::read(state, company).await?;
    let (filter, form) = asked.filter(&facts);
    let before = asked.before.parse().ok();
    let found = audit::log::page(&company.cx, &filter, before, EVENTS_MAX)
        .await
        .map_err(unreadable)?;
    let names = Names::read(company, facts.currency, &found.entries).await?;
    let path = format!("/c/{}/audit", facts.slug);
    let view = AuditView {
        head: head(company).await?,
        verify: FormState::fresh(),
        verdict,
        tables: tables(company).await?,
        filter: form,
        changes: changes(&facts, &names, &path, found.entries),
        newest: before.map(|_| asked.before(None).address(&path)),
        older: found.older.map(|seq| asked.before(Some(seq)).address(&path)),
        slug: facts.slug,
    };
    let frame = frame_for(company, Section::Accounting).await?;
    Ok(page.html(TITLE, || AuditPage(AuditPageProps { frame, view })))
}

impl Asked {
    /// What narrows the list, and the form that shows it: what cannot be read narrows nothing and says so.
    fn filter(&self, facts: &Facts) -> (Filter, FormState) {
        let mut form = FormState::new("")
            .with("table", &self.table)
            .with("row", &self.row)
            .with("person", &self.person)
            .with("from", &self.from)
            .with("to", &self.to);
        let mut day = |field: &str, typed: &str| match parse_date(typed, facts.today) {
            _ if typed.trim().is_empty() => None,
            Ok(day) => Some(day),
            Err(error) => {
                form.refuse(field, error.to_string());
                None
            }
        };
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let filter = Filter {
            table: given(&self.table),
            row: given(&self.row),
            actor: given(&self.person),
            from: day("from", &self.from).map(|day| facts.day_begins(day)),
            to: day("to", &self.to)
                .and_then(Date::next_day)
                .map(|day| facts.day_begins(day)),
        };
        (filter, form)
    }

    fn before(&self, seq: Option<i64>) -> Self {
        Self {
            before: seq.map(|seq| seq.to_string()).unwrap_or_default(),
            ..self.clone()
        }
    }

    fn address(&self, path: &str) -> String {
        let pairs = [
            ("table", &self.table),
            ("row", &self.row),
            ("person", &self.person),
            ("from", &self.from),
            ("to", &self.to),
            ("before", &self.before),
        ];
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        format!("{path}?{}", query.finish())
    }
}

async fn head(company: &Company) -> Result<HeadView, PageError> {
    let head = audit::log::head(&company.cx).await.map_err(unreadable)?;
    Ok(HeadView {
        seq: head.seq.to_string(),
        change: head.change.to_string(),
        hash: hex::encode(head.hash),
    })
}

async fn tables(company: &Company) -> Result<Vec<SelectOption>, PageError> {
    let names = audit::log::tables(&company.cx).await.map_err(unreadable)?;
    let everything = SelectOption::new("", "Everything");
    let tables = names.into_iter().map(|name| {
        let label = plain_name(&name);
        SelectOption::new(name, label)
    });
    Ok([everything].into_iter().chain(tables).collect())
}

/// The events under their changes, in whose order they come.
fn changes(facts: &Facts, names: &Names, path: &str, entries: Vec<Entry>) -> Vec<ChangeView> {
    let mut changes: Vec<ChangeView> = Vec::new();
    for entry in entries {
        if changes.last().is_none_or(|change| change.change != entry.change) {
            changes.push(ChangeView {
                change: entry.change,
                when: facts.moment(entry.at),
                who: entry.actor.clone(),
                role: match entry.actor_kind.as_str() {
                    "person" => entry.role.clone(),
                    kind => kind.to_owned(),
                },
                events: Vec::new(),
            });
        }
        if let Some(change) = changes.last_mut() {
            change.events.push(event(names, path, entry));
        }
    }
    changes
}

fn event(names: &Names, path: &str, entry: Entry) -> EventView {
    let asked = Asked {
        table: entry.table.clone(),
        row: entry.row.clone(),
        ..Asked::default()
    };
    EventView {
        seq: entry.seq,
        action: action_words(&entry.action),
        kind: plain_name(&entry.table),
        about: names.about(&entry),
        row: format!("{} {}", plain_name(&entry.table), entry.row),
        row_history: asked.address(path),
        differences: entry
            .differences
            .into_iter()
            .filter_map(|difference| names.readable(difference))
            .collect(),
    }
}

fn action_words(action: &str) -> &'static str {
    match action {
        "insert" => "added",
        "update" => "changed",
        "delete" => "removed",
        "reveal" => "shown in clear",
        "export" => "taken out",
        _ => "opened",
    }
}
