//! Trial balance, profit and loss, balance sheet: as a page, as a file, and what one of their totals sums.

use app::forms::FormState;
use app::pages::reports::{StatementPage, StatementPageProps, TotalPage, TotalPageProps};
use app::view::days::{long_day, period_words};
use app::view::frame::{FrameView, Section};
use app::view::report::{
    Offers, ReportKind, StatementColumn, StatementPageView, StatementRow, StatementView, TotalPageView, Waiting,
};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::company::{Company as Books, company_get};
use books::reports::{
    Moment, Provenance, Report, changed_since_close, moment_find, report_calendar, report_statement,
    report_trial_balance_asked,
};
use ledger::dates::format_iso;
use ledger::statements::{Sort, Statement, StatementKind, TrialBalance, Unit};
use tenancy::Cx;

use super::asked::{self, COMPARISONS, Choices, Days, TRIAL_COLUMNS};
use super::figures::{Links, statement_columns, statement_rows, trial_balance_columns, trial_balance_rows};
use super::file::Format;
use super::presets::presets;
use super::totals::{self, Parts};
use super::words;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::pages::accounting::changed_since::{changed_address, changed_words};
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// What an address asks.
type Asked = Query<Vec<(String, String)>>;

/// `GET /c/{slug}/reports/profit-and-loss?period&from&to&columns&compare&income&sort&zero&known&now`
pub async fn profit_and_loss(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Asked,
) -> Result<Response, PageError> {
    show(
        ReportKind::ProfitAndLoss,
        &state,
        &page,
        &company,
        asked::form_of(asked),
    )
    .await
}

/// `GET /c/{slug}/reports/balance-sheet?period&as_of&from&columns&compare&sort&zero&known&now`
pub async fn balance_sheet(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Asked,
) -> Result<Response, PageError> {
    show(ReportKind::BalanceSheet, &state, &page, &company, asked::form_of(asked)).await
}

/// `GET /c/{slug}/reports/cash-flow?period&from&to&columns&compare`
pub async fn cash_flow(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Asked,
) -> Result<Response, PageError> {
    show(ReportKind::CashFlow, &state, &page, &company, asked::form_of(asked)).await
}

/// `GET /c/{slug}/reports/trial-balance?period&as_of&columns&sort&zero&known&now`
pub async fn trial_balance(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Asked,
) -> Result<Response, PageError> {
    show(ReportKind::TrialBalance, &state, &page, &company, asked::form_of(asked)).await
}

async fn show(
    kind: ReportKind,
    state: &AppState,
    page: &PageRequest,
    company: &Company,
    form: FormState,
) -> Result<Response, PageError> {
    let cx = &company.cx;
    let books = company_get(cx).await?;
    let calendar = report_calendar(cx).await?;
    let today = books.today(state.clock.now());
    let (mut form, days) = asked::days(kind, form, &calendar, today);
    let choices = Choices::read(kind, &mut form);
    let moment = refused_at_fields(moment_find(cx, form.value("known")).await, &mut form)?;
    let made = match (days, choices, moment) {
        (Some(days), Some(choices), Some(moment)) => {
            let made = Made::read(kind, cx, days, &choices, moment).await;
            refused_at_fields(made, &mut form)?.map(|made| (made, days, moment))
        }
        _ => None,
    };
    let frame = frame_for(company, Section::Reports).await?;
    let Some((made, days, moment)) = made else {
        return Ok(refused(page, frame, page_view(kind, form)));
    };
    let slug = cx.tenant().slug.clone();
    let waiting = words::waiting(&slug, frame.count(Section::Banking)).filter(|_| moment == Moment::Now);
    let from = made.provenance().from;
    let query = asked::query(kind, &form, days);
    let links = Links::new(kind, &slug, &query, from, days.to, moment.change());
    if let Some(format) = Format::parse(form.value("format")) {
        return made.file(kind, format, &slug, days);
    }
    if form.has("total") {
        let parts = made
            .parts(form.value("total"), &links)
            .ok_or(PageError::of(StatusCode::NOT_FOUND))?;
        return Ok(total(page, frame, kind, &links, parts, |rows, columns| {
            made.view(kind, &books, days, rows, columns, waiting)
        }));
    }
    let mut view = page_view(kind, form);
    view.downloads = Format::ALL
        .map(|format| (format.label(), links.file(format.code())))
        .to_vec();
    view.changed = changed(company, kind, &books, days, moment).await?;
    view.statement = Some(made.view(kind, &books, days, made.rows(&links), made.columns(), waiting));
    Ok(page.html(kind.title(), || StatementPage(StatementPageProps { frame, view })))
}

/// What changed in a closed year that the statement shows, where it shows the books as they stand: a balance holds every year before
/// its day, a period those that it touches.
async fn changed(
    company: &Company,
    kind: ReportKind,
    books: &Books,
    days: Days,
    moment: Moment,
) -> Result<Option<(String, String)>, PageError> {
    if moment != Moment::Now {
        return Ok(None);
    }
    let mut periods = changed_since_close(&company.cx, days.to).await?.unwrap_or_default();
    periods.retain(|period| !kind.shows_period() || period.to >= days.from);
    let words = changed_words(&periods, books.currency);
    Ok((!periods.is_empty()).then(|| (words, changed_address(&company.cx.tenant().slug))))
}

/// What was read, or the messages of a refusal at their fields.
fn refused_at_fields<T>(read: Result<T, books::Error>, form: &mut FormState) -> Result<Option<T>, PageError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) => {
            let problems = error.problems();
            if problems.is_empty() {
                return Err(error.into());
            }
            for problem in problems {
                form.refuse(problem.field, problem.message);
            }
            Ok(None)
        }
    }
}

/// The page before its statement was made.
fn page_view(kind: ReportKind, form: FormState) -> StatementPageView {
    let is_trial_balance = kind == ReportKind::TrialBalance;
    StatementPageView {
        kind,
        form,
        offers: Offers {
            periods: presets(kind).to_vec(),
            columns: match is_trial_balance {
                true => TRIAL_COLUMNS.to_vec(),
                false => Unit::ALL.map(|unit| (unit.code(), unit.name())).to_vec(),
            },
            comparisons: match is_trial_balance {
                true => Vec::new(),
                false => COMPARISONS.to_vec(),
            },
            sorts: Sort::ALL.map(|sort| (sort.code(), sort.label())).to_vec(),
        },
        statement: None,
        downloads: Vec::new(),
        changed: None,
    }
}

fn refused(page: &PageRequest, frame: FrameView, view: StatementPageView) -> Response {
    let title = view.kind.title();
    page.html_with(StatusCode::UNPROCESSABLE_ENTITY, title, || {
        StatementPage(StatementPageProps { frame, view })
    })
}

fn total(
    page: &PageRequest,
    frame: FrameView,
    kind: ReportKind,
    links: &Links,
    parts: Parts,
    statement: impl FnOnce(Vec<StatementRow>, Vec<StatementColumn>) -> StatementView,
) -> Response {
    let view = TotalPageView {
        kind,
        report: links.report().to_owned(),
        statement: statement(parts.rows, parts.columns),
        title: parts.title,
    };
    let title = view.title.clone();
    page.html(&title, || TotalPage(TotalPageProps { frame, view }))
}

/// A statement that was made.
enum Made {
    Statement(Report<Statement>),
    TrialBalance(Report<TrialBalance>),
}

impl Made {
    async fn read(
        kind: ReportKind,
        cx: &Cx,
        days: Days,
        choices: &Choices,
        moment: Moment,
    ) -> Result<Self, books::Error> {
        let statement = match kind {
            ReportKind::ProfitAndLoss => StatementKind::ProfitAndLoss,
            ReportKind::BalanceSheet => StatementKind::BalanceSheet,
            ReportKind::CashFlow => StatementKind::CashFlow,
            ReportKind::TrialBalance => {
                let report = report_trial_balance_asked(cx, &choices.trial_balance(days, moment)).await?;
                return Ok(Self::TrialBalance(report));
            }
        };
        let report = report_statement(cx, &choices.statement(statement, days, moment)).await?;
        Ok(Self::Statement(report))
    }

    const fn provenance(&self) -> &Provenance {
        match self {
            Self::Statement(report) => &report.provenance,
            Self::TrialBalance(report) => &report.provenance,
        }
    }

    fn rows(&self, links: &Links) -> Vec<StatementRow> {
        match self {
            Self::Statement(report) => statement_rows(&report.statement, links),
            Self::TrialBalance(report) => trial_balance_rows(&report.statement, links),
        }
    }

    fn columns(&self) -> Vec<StatementColumn> {
        match self {
            Self::Statement(report) => statement_columns(&report.statement),
            Self::TrialBalance(report) => trial_balance_columns(&report.statement),
        }
    }

    fn parts(&self, total: &str, links: &Links) -> Option<Parts> {
        match self {
            Self::Statement(report) => totals::of_statement(&report.statement, total, links),
            Self::TrialBalance(report) => totals::of_trial_balance(&report.statement, total, links),
        }
    }

    fn view(
        &self,
        kind: ReportKind,
        books: &Books,
        days: Days,
        rows: Vec<StatementRow>,
        columns: Vec<StatementColumn>,
        waiting: Option<Waiting>,
    ) -> StatementView {
        let of = self.provenance();
        let dates = if kind.shows_period() {
            period_words(days.from, days.to)
        } else {
            format!("As of {}", long_day(days.to))
        };
        StatementView {
            company: of.company.clone(),
            title: format!(
                "{}, {}, in {}",
                kind.title(),
                words::basis(of.basis),
                books.currency.code()
            ),
            dates,
            known: words::known(of),
            currency: books.currency,
            columns,
            rows,
            notes: words::notes(books, of),
            provenance: words::provenance(of, waiting.is_some() || of.known.is_some()),
            waiting,
        }
    }

    fn file(&self, kind: ReportKind, format: Format, slug: &str, days: Days) -> Result<Response, PageError> {
        let to = format_iso(days.to);
        let (name, body) = match self {
            Self::Statement(report) => {
                let Report { statement, .. } = report;
                let face = report.face();
                let report = kind.slug();
                let name = match kind.shows_period() {
                    true => format!("{slug}-{report}-{}-to-{to}", format_iso(days.from)),
                    false => format!("{slug}-{report}-{to}"),
                };
                let body = match format {
                    Format::Csv => statement.to_csv(&face),
                    Format::Text => statement.to_text(&face),
                    Format::Json => json(&statement.json(&face))?,
                };
                (name, body)
            }
            Self::TrialBalance(report) => {
                let Report { statement, .. } = report;
                let face = report.face();
                let body = match format {
                    Format::Csv => statement.to_csv(&face),
                    Format::Text => statement.to_text(&face),
                    Format::Json => json(&statement.json(&face))?,
                };
                (format!("{slug}-trial-balance-{to}"), body)
            }
        };
        Ok(format.attachment(&name, body))
    }
}

fn json(statement: &impl serde::Serialize) -> Result<String, PageError> {
    serde_json::to_string_pretty(statement).map_err(PageError::internal)
}
