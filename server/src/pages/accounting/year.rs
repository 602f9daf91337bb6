//! `/c/{slug}/accounting/years/{last day}`: one fiscal year, closing it and reopening it.

use app::forms::{ACTION, FormState};
use app::pages::accounting::year::{YearPage, YearPageProps};
use app::view::accounting::entry::Link;
use app::view::accounting::years::{CheckView, Standing, YearView, action};
use app::view::days::{long_day, period_words};
use app::view::frame::Section;
use app::view::home::with_currency;
use app::view::report::ReportKind;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::fiscal_years::{
    CloseChecks, YearClose, YearRow, fiscal_year_close, fiscal_year_close_checks, fiscal_year_list, fiscal_year_reopen,
};
use books::reports::changed_since_list;
use ledger::dates::{FiscalYear, format_date, format_iso, parse_date};
use tenancy::Capability;
use time::Date;

use super::Facts;
use super::changed_since::changed_view;
use super::years::{standing, year_address};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::pages::reports::profit_and_loss_address;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// `GET /c/{slug}/accounting/years/{last day}`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, day)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let row = year_of(&facts, &company, &day).await?;
    let view = year_view(
        &facts,
        &company,
        row,
        page.form(FormState::fresh),
        super::done_of(&page),
    )
    .await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    let title = view.name.clone();
    Ok(page.html(&title, || YearPage(YearPageProps { frame, view })))
}

/// `POST /c/{slug}/accounting/years/{last day}`
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, day)): Path<(String, String)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    let row = year_of(&facts, &company, &day).await?;
    match record(&facts, &company, row.year.ends_on, &form).await {
        Ok(done) => Ok(reply.done(&format!("{}?done={done}", year_address(&facts.slug, row.year.ends_on)))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let view = year_view(&facts, &company, row, form.clone(), None).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            let title = view.name.clone();
            Ok(reply.refused(&page, &title, &form, || YearPage(YearPageProps { frame, view })))
        }
    }
}

/// The year whose last day stands in the address.
async fn year_of(facts: &Facts, company: &Company, day: &str) -> Result<YearRow, PageError> {
    let not_found = || PageError::of(StatusCode::NOT_FOUND);
    let day = parse_date(day, facts.today)
        .ok()
        .filter(|parsed| format_iso(*parsed) == day)
        .ok_or_else(not_found)?;
    let years = fiscal_year_list(&company.cx, facts.today).await?;
    years
        .into_iter()
        .find(|row| row.year.ends_on == day)
        .ok_or_else(not_found)
}

async fn record(
    facts: &Facts,
    company: &Company,
    ends_on: Date,
    form: &FormState,
) -> Result<&'static str, NotRecorded> {
    let (cx, key) = (&company.cx, request_key(form)?);
    match form.value(ACTION) {
        action::CLOSE => {
            let close = YearClose {
                ends_on,
                today: facts.today,
                reason: form.value("reason").to_owned(),
                anyway: !form.value("anyway").is_empty(),
            };
            fiscal_year_close(cx, &close, &key).await?;
            Ok("closed")
        }
        action::REOPEN => {
            fiscal_year_reopen(cx, ends_on, form.value("reason"), &key).await?;
            Ok("reopened")
        }
        _ => Err(PageError::of(StatusCode::BAD_REQUEST).into()),
    }
}

async fn year_view(
    facts: &Facts,
    company: &Company,
    row: YearRow,
    form: FormState,
    done: Option<String>,
) -> Result<YearView, PageError> {
    let cx = &company.cx;
    let may_close = cx.may(Capability::Lock);
    let (year, stands) = (row.year, standing(&row));
    let is_closed = stands == Standing::Closed;
    let checks = match is_closed || year.ends_on >= facts.today {
        true => None,
        false => Some(fiscal_year_close_checks(cx, year.ends_on).await?),
    };
    let changed = match is_closed {
        true => {
            let mut list = changed_since_list(cx).await?.into_iter();
            list.find(|one| one.period.to == year.ends_on && one.period.from == Some(year.starts_on))
        }
        false => None,
    };
    let asks_anyway = checks.as_ref().is_some_and(CloseChecks::is_something_open);
    Ok(YearView {
        slug: facts.slug.clone(),
        name: year.to_string(),
        days: match year.is_short() {
            true => format!(
                "{}: a short year of {} days",
                period_words(year.starts_on, year.ends_on),
                year.days()
            ),
            false => period_words(year.starts_on, year.ends_on),
        },
        currency: facts.currency,
        standing: stands,
        net_income: row.net_income,
        facts: stands_words(facts, &row, stands),
        notes: notes(year, checks.as_ref(), may_close, stands),
        close: (may_close && checks.is_some()).then(|| form.clone()),
        checks: checks.map(|checks| check_rows(facts, &checks)).unwrap_or_default(),
        asks_anyway,
        reopen: (may_close && is_closed).then_some(form),
        reopens: reopens_words(year),
        statements: statements(facts, &row, is_closed),
        changed: changed.map(|details| changed_view(facts, details)),
        done: match done.as_deref() {
            Some("closed") => Some("The year is closed, and the books are locked for everyone through its last day."),
            Some("reopened") => Some("The year is open again. Close it once its corrections are in."),
            _ => None,
        },
    })
}

fn stands_words(facts: &Facts, row: &YearRow, stands: Standing) -> Vec<(&'static str, String)> {
    let mut words = vec![(
        "Means",
        match stands {
            Standing::Open => "Entries of these days can be added and changed, as far as no lock covers them.",
            Standing::Reopened => "It was closed, and is open again: its entries can be added and changed.",
            Standing::Locked => "The books are locked for everyone through its last day. It is not closed.",
            Standing::Closed => "Its figures are final, and its days are locked for everyone.",
        }
        .to_owned(),
    )];
    if let Some(reason) = &row.set_because {
        words.push(("Days set", reason.clone()));
    }
    if let Some(closing) = &row.closing {
        let what = match stands {
            Standing::Closed => "Closed",
            _ => "Was closed",
        };
        words.push((what, format!("{}, {}", closing.actor, facts.moment(closing.at))));
        words.push(("Why", closing.reason.clone()));
        words.push((
            "Closed with",
            format!("the books as known at change {}", closing.change),
        ));
    }
    if let Some(reopening) = &row.reopening {
        let who = format!("{}, {}", reopening.actor, facts.moment(reopening.at));
        words.push(("Reopened", who));
        words.push(("Reopened because", reopening.reason.clone()));
    }
    words
}

fn notes(year: FiscalYear, checks: Option<&CloseChecks>, may_close: bool, stands: Standing) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some((_, earlier)) = checks.and_then(|checks| checks.years.split_last())
        && !earlier.is_empty()
    {
        let names: Vec<String> = earlier.iter().map(FiscalYear::to_string).collect();
        notes.push(format!(
            "The years before it that are open close with it: {}.",
            names.join(", ")
        ));
    }
    if checks.is_none() && stands != Standing::Closed {
        notes.push(format!(
            "It can be closed once it is over, from the day after {}.",
            long_day(year.ends_on)
        ));
    }
    if !may_close {
        notes.push("Accountants and admins of the company may close a year and reopen it.".to_owned());
    }
    notes
}

fn reopens_words(year: FiscalYear) -> String {
    let lock = match year.starts_on.previous_day() {
        Some(day) => format!("The lock for everyone moves back to {}", format_date(day)),
        None => "Everything is opened".to_owned(),
    };
    format!(
        "{lock}, so that entries of this year and of later days can be added and changed again. The figures it was closed \
        with can still be seen."
    )
}

fn check_rows(facts: &Facts, checks: &CloseChecks) -> Vec<CheckView> {
    let at = |text: &str, path: &str| {
        Some(Link {
            text: text.to_owned(),
            href: format!("/c/{}/{path}", facts.slug),
        })
    };
    let counted = |count: i64, good: &str, one: &str, several: &str| match count {
        0 => good.to_owned(),
        1 => one.to_owned(),
        count => several.replace("{n}", &count.to_string()),
    };
    let opening = checks.opening_balance_equity;
    // What is checked is the end of the last year, and the days of all that close together.
    let days = checks.years.first().zip(checks.years.last());
    let (trial_balance, drafts) = match days {
        Some((first, last)) => {
            let (from, to) = (format_iso(first.starts_on), format_iso(last.ends_on));
            (
                format!("reports/trial-balance?as_of={to}"),
                format!("accounting/journal?state=draft&from={from}&to={to}"),
            )
        }
        None => (
            "reports/trial-balance".to_owned(),
            "accounting/journal?state=draft".to_owned(),
        ),
    };
    let row = |is_good: bool, what: &'static str, found: String, link: Option<Link>| CheckView {
        is_good,
        what,
        found,
        link: link.filter(|_| !is_good),
    };
    vec![
        row(
            checks.trial_balance == 0,
            "Debits equal credits",
            match checks.trial_balance {
                0 => "The trial balance of its last day is equal.".to_owned(),
                difference => format!(
                    "The trial balance differs by {}: the books are damaged.",
                    with_currency(difference, facts.currency)
                ),
            },
            at("Look", &trial_balance),
        ),
        row(
            checks.bank_lines == 0,
            "Bank lines reviewed",
            counted(
                checks.bank_lines,
                "No line of your bank waits for review.",
                "1 line of your bank is not in the books yet: say what it was.",
                "{n} lines of your bank are not in the books yet: say what each was.",
            ),
            at("Review", "banking"),
        ),
        row(
            checks.uncategorized_lines == 0,
            "Nothing uncategorized",
            counted(
                checks.uncategorized_lines,
                "Every line has an account that says what it was.",
                "1 line stands on an uncategorized account: move it to the account it belongs to.",
                "{n} lines stand on uncategorized accounts: move each to the account it belongs to.",
            ),
            at("Look", &trial_balance),
        ),
        row(
            checks.drafts == 0,
            "No drafts",
            counted(
                checks.drafts,
                "No journal entry of these days is a draft.",
                "1 journal entry is a draft: post it or leave it out. After the close it can no longer be posted on its day.",
                "{n} journal entries are drafts: post them or leave them out. After the close they can no longer be posted on \
                their days.",
            ),
            at("Open", &drafts),
        ),
        row(
            opening == 0,
            "Opening balances assigned",
            match opening {
                0 => "Opening Balance Equity is zero.".to_owned(),
                held => format!(
                    "Opening Balance Equity holds {}: a part of the opening balances is still to be assigned.",
                    with_currency(held, facts.currency)
                ),
            },
            at("See", "accounting/opening"),
        ),
    ]
}

fn statements(facts: &Facts, row: &YearRow, is_closed: bool) -> Vec<Link> {
    let earned = profit_and_loss_address(&facts.slug, Some(row.year.starts_on), Some(row.year.ends_on));
    let sheet = format!(
        "{}?as_of={}",
        ReportKind::BalanceSheet.path(&facts.slug),
        format_iso(row.year.ends_on)
    );
    let mut links = vec![
        Link {
            text: "Profit and loss".to_owned(),
            href: earned.clone(),
        },
        Link {
            text: "Balance sheet".to_owned(),
            href: sheet.clone(),
        },
    ];
    if let Some(closing) = &row.closing {
        let known = format!("&known={}", closing.change);
        let what = if is_closed { "as it closed" } else { "as it had closed" };
        links.push(Link {
            text: format!("Profit and loss {what}"),
            href: format!("{earned}{known}"),
        });
        links.push(Link {
            text: format!("Balance sheet {what}"),
            href: format!("{sheet}{known}"),
        });
    }
    links
}
