//! The audit log as CSV: what the page shows, all of its pages, a row for everything that an event changed.

use app::view::difference::Difference;
use audit::log::{Entry, Filter, PAGE_MAX, page, totals};
use audit::plain_name;
use axum::response::Response;
use ledger::csv::csv_record;
use tenancy::{Direction, Page, Seek};

use super::asked::Asked;
use super::readable::Names;
use super::{action_words, role_words};
use crate::errors::PageError;
use crate::pages::accounting::Facts;
use crate::pages::lists::file::{self, CSV_ROWS_MAX, Rows};
use crate::pages::lists::filters;
use crate::visitor::Company;

/// The file of the log.
pub(super) async fn answer(facts: Facts, company: Company, asked: &Asked) -> Result<Response, PageError> {
    let company = company.apart();
    let cx = company.cx.clone();
    let (filter, form) = asked.filter(&facts);
    filters::whole(&form)?;
    file::bounded(totals(&company.cx, &filter, CSV_ROWS_MAX).await?)?;
    let head = csv_record([
        "Event", "Change", "When", "Who", "Role", "What", "Row", "About", "Action", "Field", "Before", "After",
    ]);
    let name = format!("audit-log-{}", facts.slug);
    let reading = Reading {
        facts,
        company,
        filter,
        direction: asked.direction(),
        seek: Some(Seek::First),
    };
    file::answer(&cx, &name, head, reading).await
}

/// Where the file stands.
struct Reading {
    facts: Facts,
    company: Company,
    filter: Filter,
    direction: Direction,
    /// Where the next events begin; none at the end.
    seek: Option<Seek>,
}

impl Rows for Reading {
    async fn next_rows(&mut self) -> Result<Option<String>, PageError> {
        let Some(seek) = self.seek.take() else {
            return Ok(None);
        };
        let Page { rows, next, .. } = page(&self.company.cx, &self.filter, self.direction, &seek, PAGE_MAX).await?;
        let names = Names::read(&self.company, self.facts.currency, &rows).await?;
        self.seek = next.map(Seek::After);
        let record = |entry: Entry| records(&names, &self.facts.moment(entry.at), entry);
        Ok(Some(rows.into_iter().map(record).collect()))
    }
}

/// An event: a row for each thing it changed, or one that says that it was.
fn records(names: &Names, when: &str, entry: Entry) -> String {
    let about = names.about(&entry).unwrap_or_default();
    let (event, change) = (entry.seq.to_string(), entry.change.to_string());
    let (what, role) = (plain_name(&entry.table), role_words(&entry).to_owned());
    let record = |difference: Option<&Difference>| {
        let of = |text: Option<&String>| text.cloned().unwrap_or_default();
        csv_record([
            event.as_str(),
            &change,
            when,
            &entry.actor,
            &role,
            &what,
            &entry.row,
            &about,
            action_words(&entry.action),
            difference.map_or("", |difference| &difference.what),
            &of(difference.and_then(|difference| difference.before.as_ref())),
            &of(difference.and_then(|difference| difference.after.as_ref())),
        ])
    };
    let differences = entry.differences.iter().cloned();
    let differences: Vec<Difference> = differences
        .filter_map(|difference| names.readable(difference))
        .collect();
    match differences.as_slice() {
        [] => record(None),
        several => several.iter().map(|difference| record(Some(difference))).collect(),
    }
}
