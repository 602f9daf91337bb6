//! Trial balance, profit and loss, balance sheet: as a page, as a file, and what one of their totals sums.

use app::forms::FormState;
use app::pages::reports::{StatementPage, StatementPageProps, TotalPage, TotalPageProps};
use app::view::days::{long_day, period_words};
use app::view::frame::{FrameView, Section};
use app::view::report::{Preset, ReportKind, StatementPageView, StatementRow, StatementView, TotalPageView, Waiting};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::company::{Company as Books, company_get};
use books::reports::{Provenance, Report, report_balance_sheet, report_profit_and_loss, report_trial_balance};
use ledger::dates::format_iso;
use ledger::statements::{BalanceSheet, ProfitAndLoss, TrialBalance};
use tenancy::Cx;
use time::Date;

use super::asked::{self, Days, fiscal_years};
use super::figures::{Links, statement_rows, trial_balance_rows};
use super::file::Format;
use super::presets::presets;
use super::totals::{self, Parts};
use super::words;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// What an address asks.
type Asked = Query<Vec<(String, String)>>;

/// `GET /c/{slug}/reports/profit-and-loss?from&to`
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

/// `GET /c/{slug}/reports/balance-sheet?as_of`
pub async fn balance_sheet(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(asked): Asked,
) -> Result<Response, PageError> {
    show(ReportKind::BalanceSheet, &state, &page, &company, asked::form_of(asked)).await
}

/// `GET /c/{slug}/reports/trial-balance?as_of`
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
    let books = company_get(&company.cx).await?;
    let today = books.today(state.clock.now());
    let slug = company.cx.tenant().slug.clone();
    let years = fiscal_years(&books);
    let (dates, days) = if kind.shows_period() {
        asked::period(form, &years, today)
    } else {
        asked::as_of(form, &years, today)
    };
    let frame = frame_for(company, Section::Reports).await?;
    let waiting = words::waiting(&slug, frame.count(Section::Banking));
    let mut view = StatementPageView {
        kind,
        dates,
        presets: shown_presets(kind, &books, &slug, today, days),
        statement: None,
        downloads: Vec::new(),
        slug,
    };
    let Some(days) = days else {
        return Ok(refused(page, frame, view));
    };
    let links = Links::new(kind, &view.slug, days);
    let made = Made::read(kind, &company.cx, days).await?;
    if let Some(format) = Format::parse(view.dates.value("format")) {
        return made.file(format, &view.slug, days);
    }
    if view.dates.has("total") {
        let parts = made
            .parts(view.dates.value("total"), &links)
            .ok_or(PageError::of(StatusCode::NOT_FOUND))?;
        return Ok(total(page, frame, kind, &links, parts, |rows| {
            made.view(kind, &books, days, rows, vec!["Amount"], waiting)
        }));
    }
    view.downloads = Format::ALL
        .map(|format| (format.label(), links.file(format.code())))
        .to_vec();
    view.statement = Some(made.view(kind, &books, days, made.rows(&links), made.columns(), waiting));
    Ok(page.html(kind.title(), || StatementPage(StatementPageProps { frame, view })))
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
    statement: impl FnOnce(Vec<StatementRow>) -> StatementView,
) -> Response {
    let view = TotalPageView {
        kind,
        report: links.report().to_owned(),
        statement: statement(parts.rows),
        title: parts.title,
    };
    let title = view.title.clone();
    page.html(&title, || TotalPage(TotalPageProps { frame, view }))
}

fn shown_presets(kind: ReportKind, books: &Books, slug: &str, today: Date, shown: Option<Days>) -> Vec<Preset> {
    let presets = presets(kind, &fiscal_years(books), today).into_iter();
    presets
        .map(|(label, from, to)| Preset {
            label,
            href: Links::new(kind, slug, Days { from, to }).report().to_owned(),
            is_current: shown.is_some_and(|days| days.to == to && (days.from == from || !kind.shows_period())),
        })
        .collect()
}

/// A statement that was made.
enum Made {
    ProfitAndLoss(Report<ProfitAndLoss>),
    BalanceSheet(Report<BalanceSheet>),
    TrialBalance(Report<TrialBalance>),
}

impl Made {
    async fn read(kind: ReportKind, cx: &Cx, days: Days) -> Result<Self, books::Error> {
        Ok(match kind {
            ReportKind::ProfitAndLoss => Self::ProfitAndLoss(report_profit_and_loss(cx, days.from, days.to).await?),
            ReportKind::BalanceSheet => Self::BalanceSheet(report_balance_sheet(cx, days.to).await?),
            ReportKind::TrialBalance => Self::TrialBalance(report_trial_balance(cx, days.to).await?),
        })
    }

    fn provenance(&self) -> &Provenance {
        match self {
            Self::ProfitAndLoss(report) => &report.provenance,
            Self::BalanceSheet(report) => &report.provenance,
            Self::TrialBalance(report) => &report.provenance,
        }
    }

    fn rows(&self, links: &Links) -> Vec<StatementRow> {
        match self {
            Self::ProfitAndLoss(report) => statement_rows(&report.statement.lines(), links),
            Self::BalanceSheet(report) => statement_rows(&report.statement.lines(), links),
            Self::TrialBalance(report) => trial_balance_rows(&report.statement, links),
        }
    }

    fn columns(&self) -> Vec<&'static str> {
        match self {
            Self::ProfitAndLoss(_) | Self::BalanceSheet(_) => vec!["Total"],
            Self::TrialBalance(_) => vec!["Debit", "Credit"],
        }
    }

    fn parts(&self, total: &str, links: &Links) -> Option<Parts> {
        match self {
            Self::ProfitAndLoss(Report { statement, .. }) => {
                totals::of_statement(&statement.lines(), &statement.sections, total, links)
            }
            Self::BalanceSheet(Report { statement, .. }) => {
                totals::of_statement(&statement.lines(), &statement.sections, total, links)
            }
            Self::TrialBalance(report) => totals::of_trial_balance(&report.statement, total, links),
        }
    }

    fn view(
        &self,
        kind: ReportKind,
        books: &Books,
        days: Days,
        rows: Vec<StatementRow>,
        columns: Vec<&'static str>,
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
            currency: books.currency,
            columns,
            rows,
            notes: words::notes(books, of),
            provenance: words::provenance(books, of, waiting.is_some()),
            waiting,
        }
    }

    fn file(&self, format: Format, slug: &str, days: Days) -> Result<Response, PageError> {
        let to = format_iso(days.to);
        let (name, body) = match self {
            Self::ProfitAndLoss(Report { statement, .. }) => (
                format!("{slug}-profit-and-loss-{}-to-{to}", format_iso(days.from)),
                match format {
                    Format::Csv => statement.to_csv(),
                    Format::Text => statement.to_text(),
                    Format::Json => json(statement)?,
                },
            ),
            Self::BalanceSheet(Report { statement, .. }) => (
                format!("{slug}-balance-sheet-{to}"),
                match format {
                    Format::Csv => statement.to_csv(),
                    Format::Text => statement.to_text(),
                    Format::Json => json(statement)?,
                },
            ),
            Self::TrialBalance(Report { statement, .. }) => (
                format!("{slug}-trial-balance-{to}"),
                match format {
                    Format::Csv => statement.to_csv(),
                    Format::Text => statement.to_text(),
                    Format::Json => json(statement)?,
                },
            ),
        };
        Ok(format.attachment(&name, body))
    }
}

fn json(statement: &impl serde::Serialize) -> Result<String, PageError> {
    serde_json::to_string_pretty(statement).map_err(PageError::internal)
}
