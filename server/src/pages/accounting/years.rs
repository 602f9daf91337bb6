//! `/c/{slug}/accounting/years`: the fiscal years, beginning them in another month, setting a short one.

use app::forms::{ACTION, FieldError, FormState};
use app::pages::accounting::years::{YearsPage, YearsPageProps};
use app::view::accounting::entry::Link;
use app::view::accounting::periods::PeriodsPage;
use app::view::accounting::years::{PreviewView, Standing, YearRowView, YearsView, action};
use app::view::frame::Section;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::company::company_get;
use books::fiscal_years::{
    FirstMonthPreview, YearRow, YearState, fiscal_year_add, fiscal_year_first_month_preview,
    fiscal_year_first_month_set, fiscal_year_list, fiscal_year_remove,
};
use books::reports::{ChangedPeriod, HeldAs, changed_since_close};
use ledger::dates::{FiscalYear, format_date, format_date_input, format_iso, parse_date};
use serde::Deserialize;
use tenancy::Capability;
use time::{Date, Month};

use super::Facts;
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Fiscal years";

/// What the address asks.
#[derive(Deserialize, Debug, Default)]
pub struct Asked {
    #[serde(default)]
    first_month: String,
    #[serde(default)]
    done: String,
}

impl Asked {
    /// What the form was made from that sets the first month.
    fn of_month(form: &FormState) -> Self {
        Self {
            first_month: form.value("first_month").to_owned(),
            done: String::new(),
        }
    }
}

/// `GET /c/{slug}/accounting/years?first_month`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let posted = page.returned_form().unwrap_or_default();
    let asked = match posted.value(ACTION) {
        action::FIRST_MONTH => Asked::of_month(&posted),
        _ => asked,
    };
    let view = years_view(&facts, &company, &asked, posted).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html(TITLE, || YearsPage(YearsPageProps { frame, view })))
}

/// `POST /c/{slug}/accounting/years`
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    match record(&facts, &company, &form).await {
        Ok(done) => Ok(reply.done(&format!("{}?done={done}", PeriodsPage::Years.path(&facts.slug)))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?.into_iter().map(at_field_of_form));
            let asked = match form.value(ACTION) {
                action::FIRST_MONTH => Asked::of_month(&form),
                _ => Asked::default(),
            };
            let view = years_view(&facts, &company, &asked, form.clone()).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            Ok(reply.refused(&page, TITLE, &form, || YearsPage(YearsPageProps { frame, view })))
        }
    }
}

/// The books call the month by its column; the form has a shorter name.
fn at_field_of_form(error: FieldError) -> FieldError {
    match error.field.as_str() {
        "fiscal_year_first_month" => FieldError::at("first_month", error.message),
        _ => error,
    }
}

/// Records what was asked, and gives the word for it.
async fn record(facts: &Facts, company: &Company, form: &FormState) -> Result<&'static str, NotRecorded> {
    let (cx, key) = (&company.cx, request_key(form)?);
    match form.value(ACTION) {
        action::FIRST_MONTH => {
            let month = form.value("first_month").parse().unwrap_or(0);
            fiscal_year_first_month_set(cx, month, &key).await?;
            Ok("month")
        }
        action::ADD => {
            let mut errors = Vec::new();
            let mut day = |field: &str| {
                parse_date(form.value(field), facts.today)
                    .inspect_err(|error| errors.push(FieldError::at(field, error.to_string())))
            };
            let (Ok(starts_on), Ok(ends_on)) = (day("starts_on"), day("ends_on")) else {
                return Err(errors.into());
            };
            fiscal_year_add(cx, starts_on, ends_on, form.value("reason"), &key).await?;
            Ok("set")
        }
        action::REMOVE => {
            let id = form
                .value("year")
                .parse()
                .map_err(|_| PageError::of(StatusCode::NOT_FOUND))?;
            fiscal_year_remove(cx, id, &key).await?;
            Ok("removed")
        }
        _ => Err(PageError::of(StatusCode::BAD_REQUEST).into()),
    }
}

/// The form for a first year that begins with the books, where they begin within a regular one.
async fn first_year(company: &Company) -> Result<FormState, PageError> {
    let form = FormState::fresh();
    let Some(begin) = company_get(&company.cx).await?.books_begin_on else {
        return Ok(form);
    };
    let year = books::reports::report_year_start(&company.cx, begin).await?;
    Ok(match year == begin {
        true => form,
        false => form.with("starts_on", format_date_input(begin)),
    })
}

/// What the page shows; `posted` is what was posted to it, if anything was.
async fn years_view(
    facts: &Facts,
    company: &Company,
    asked: &Asked,
    posted: FormState,
) -> Result<YearsView, PageError> {
    let cx = &company.cx;
    let may_set = cx.may(Capability::Lock);
    let first_month = company_get(cx).await?.fiscal_year_first_month;
    let years = fiscal_year_list(cx, facts.today).await?;
    let changed = changed_since_close(cx, Date::MAX).await?.unwrap_or_default();
    let wanted: Option<u8> = asked.first_month.parse().ok();
    let wanted = wanted.filter(|month| may_set && (1..=12).contains(month) && *month != first_month);
    let preview = match wanted {
        Some(month) => {
            let preview = fiscal_year_first_month_preview(cx, month).await?;
            Some(preview_view(
                &preview,
                &years,
                month,
                posted_as(&posted, action::FIRST_MONTH),
            ))
        }
        None => None,
    };
    let mut month = FormState::default().with("first_month", wanted.unwrap_or(first_month).to_string());
    if let Some(refused) = posted_as(&posted, action::FIRST_MONTH) {
        month.refuse_all(refused.errors().to_vec());
    }
    let add = match posted.value(ACTION) {
        "" | action::FIRST_MONTH | action::REMOVE => first_year(company).await?,
        _ => posted.clone(),
    };
    Ok(YearsView {
        slug: facts.slug.clone(),
        currency: facts.currency,
        first_month: month_name(first_month),
        years: years
            .into_iter()
            .map(|year| year_row(facts, may_set, year, &changed, &posted))
            .collect(),
        month: may_set.then_some(month),
        preview,
        add: may_set.then_some(add),
        done: match asked.done.as_str() {
            "month" => Some("The fiscal years begin in another month. Closed and locked ones stay as they were."),
            "set" => Some("The year’s days are set."),
            "removed" => Some("Its days follow from the first month again."),
            _ => None,
        },
    })
}

/// What was posted, where that is what was asked for.
fn posted_as<'a>(posted: &'a FormState, action: &str) -> Option<&'a FormState> {
    Some(posted).filter(|posted| posted.value(ACTION) == action)
}

/// `July`
fn month_name(month: u8) -> String {
    Month::try_from(month).map_or_else(|_| String::new(), |month| month.to_string())
}

/// `Jan 1 to Dec 31, 2025`
fn days_words(year: FiscalYear) -> String {
    format!("{} to {}", format_date(year.starts_on), format_date(year.ends_on))
}

/// Where a year has its page.
pub(super) fn year_address(slug: &str, ends_on: Date) -> String {
    format!("{}/{}", PeriodsPage::Years.path(slug), format_iso(ends_on))
}

pub(super) fn standing(row: &YearRow) -> Standing {
    match row.state {
        YearState::Closed => Standing::Closed,
        YearState::Locked => Standing::Locked,
        YearState::Open if row.closing.is_some() => Standing::Reopened,
        YearState::Open => Standing::Open,
    }
}

fn year_row(facts: &Facts, may_set: bool, row: YearRow, changed: &[ChangedPeriod], posted: &FormState) -> YearRowView {
    let is_changed = changed
        .iter()
        .any(|period| period.held_as == HeldAs::ClosedYear && period.to == row.year.ends_on);
    let standing = standing(&row);
    let id = row.set_as.as_ref().map(|(id, _)| id.to_string());
    // A locked year keeps its days; where that was refused just now, its form says why.
    let may_remove = may_set && matches!(standing, Standing::Open | Standing::Reopened);
    let remove = id.and_then(|id| {
        let own = posted_as(posted, action::REMOVE).filter(|posted| posted.value("year") == id);
        own.cloned()
            .or_else(|| may_remove.then(|| FormState::fresh().with("year", id)))
    });
    YearRowView {
        name: Link {
            text: row.year.to_string(),
            href: year_address(&facts.slug, row.year.ends_on),
        },
        days: days_words(row.year),
        standing,
        short: row.year.is_short().then(|| row.year.days()),
        set: row.set_because,
        is_changed,
        remove,
        net_income: row.net_income,
        is_now: row.year.contains(facts.today),
    }
}

fn preview_view(preview: &FirstMonthPreview, years: &[YearRow], month: u8, posted: Option<&FormState>) -> PreviewView {
    let first = years.last().map(|row| row.year.starts_on);
    let last = years.first().map(|row| row.year.ends_on);
    let bounds = first.zip(last);
    let mut after = bounds.map_or_else(Vec::new, |(first, last)| preview.after.years_between(first, last));
    after.reverse();
    let kept = match preview.kept_through {
        Some(through) => format!(
            "What is locked stays: no day through {} moves to another year, and what was reported of them stands.",
            format_date(through)
        ),
        None => "Nothing is closed or locked for everyone, so every year begins in the new month, also those that were reported. Lock or \
                 close what should stay as it was first."
            .to_owned(),
    };
    PreviewView {
        month: month_name(month),
        years: after
            .into_iter()
            .map(|year| {
                let note = match years.iter().any(|row| row.year == year) {
                    true => "as it is",
                    false if year.is_short() => "a short year",
                    false => "new",
                };
                (format!("{}, {}", year, days_words(year)), note)
            })
            .collect(),
        kept,
        form: match posted {
            Some(posted) => posted.clone(),
            None => FormState::fresh().with("first_month", month.to_string()),
        },
    }
}
