//! `/c/{slug}/audit`: who did what, when, and what it changed; and whether the record holds.

mod asked;
mod file;
mod readable;

use app::components::SelectOption;
use app::forms::FormState;
use app::pages::audit::{AuditPage, AuditPageProps};
use app::view::audit::{AuditView, ChangeView, EventView, HeadView, Verdict};
use app::view::frame::Section;
use app::view::lists::Pages;
use audit::log::{ACTIONS, Entry, Filter, TOTALS_MAX, page as page_of, totals};
use audit::{AuditError, Verified, plain_name};
use axum::extract::{Query, State};
use axum::response::Response;
use tenancy::Page;

use self::asked::Asked;
use self::readable::Names;
use super::accounting::Facts;
use super::lists::{filters, totals_words};
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Audit log";
/// Events of a page.
const EVENTS_MAX: u16 = 100;

/// `GET /c/{slug}/audit`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    answer(&state, &page, &company, asked, None).await
}

/// `GET /c/{slug}/audit.csv`
pub async fn csv(
    State(state): State<AppState>,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    file::answer(facts, company, &asked).await
}

/// `POST /c/{slug}/audit`: verifies the record and says what was found. It reads, and changes nothing.
pub async fn verify(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let _leave = company.cx.heavy_work().await?;
    let verdict = match audit::verify(&company.cx).await {
        Ok(verified) => holds(&verified),
        Err(AuditError::Findings(findings)) => Verdict {
            holds: false,
            sentences: findings.to_string().lines().skip(1).map(str::to_owned).collect(),
        },
        Err(error) => return Err(error.into()),
    };
    answer(&state, &page, &company, asked, Some(verdict)).await
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
impl From<AuditError> for PageError {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::Tenancy(error) => error.into(),
            error => Self::internal(error),
        }
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
    let status = filters::status(&form);
    let (found, totals) = match form.is_refused() {
        true => (None, None),
        false => {
            let found = page_of(&company.cx, &filter, asked.direction(), &asked.seek(), EVENTS_MAX).await?;
            (Some(found), Some(totals(&company.cx, &filter, TOTALS_MAX).await?))
        }
    };
    let Page { rows, previous, next } = found.unwrap_or(Page {
        rows: Vec::new(),
        previous: None,
        next: None,
    });
    let names = Names::read(company, facts.currency, &rows).await?;
    let path = format!("/c/{}/audit", facts.slug);
    let view = AuditView {
        head: head(company).await?,
        verify: FormState::fresh(),
        verdict,
        tables: tables(company).await?,
        actions: actions(),
        filter: form,
        carried: asked.carried(),
        is_filtered: filter != Filter::default() || asked.is_further() || totals.is_none(),
        orders: asked.orders(&path),
        changes: changes(&facts, &names, &path, rows),
        pages: Pages {
            totals: totals
                .map(|totals| totals_words(totals, ("event", "events"), None))
                .unwrap_or_default(),
            first: asked.is_further().then(|| asked.at_first().address(&path)),
            previous: previous.map(|place| asked.before(&place).address(&path)),
            next: next.map(|place| asked.after(&place).address(&path)),
        },
        csv: asked.at_first().address(&format!("{path}.csv")),
        slug: facts.slug,
    };
    let frame = frame_for(company, Section::Accounting).await?;
    Ok(page.html_with(status, TITLE, || AuditPage(AuditPageProps { frame, view })))
}

async fn head(company: &Company) -> Result<HeadView, PageError> {
    let head = audit::log::head(&company.cx).await?;
    Ok(HeadView {
        seq: head.seq.to_string(),
        change: head.change.to_string(),
        hash: hex::encode(head.hash),
    })
}

async fn tables(company: &Company) -> Result<Vec<SelectOption>, PageError> {
    let names = audit::log::tables(&company.cx).await?;
    let everything = SelectOption::new("", "Everything");
    let tables = names.into_iter().map(|name| {
        let label = plain_name(&name);
        SelectOption::new(name, label)
    });
    Ok([everything].into_iter().chain(tables).collect())
}

fn actions() -> Vec<SelectOption> {
    let any = SelectOption::new("", "Anything");
    let actions = ACTIONS.map(|action| SelectOption::new(action, action_words(action)));
    [any].into_iter().chain(actions).collect()
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
                role: role_words(&entry).to_owned(),
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
    EventView {
        seq: entry.seq,
        action: action_words(&entry.action),
        kind: plain_name(&entry.table),
        about: names.about(&entry),
        row: format!("{} {}", plain_name(&entry.table), entry.row),
        row_history: Asked::of_row(&entry.table, &entry.row).address(path),
        differences: entry
            .differences
            .into_iter()
            .filter_map(|difference| names.readable(difference))
            .collect(),
    }
}

/// As what somebody acted: in their role, or as something else than a person.
fn role_words(entry: &Entry) -> &str {
    match entry.actor_kind.as_str() {
        "person" => &entry.role,
        kind => kind,
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
