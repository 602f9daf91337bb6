//! `/c/{slug}/reports/ledger?account&from&to`: the lines behind a figure, as a page or as CSV.

use app::pages::reports::{LedgerPage, LedgerPageProps};
use app::view::days::period_words;
use app::view::frame::Section;
use app::view::report::{ClosedYearsView, Figure, LedgerLineView, LedgerPageView, LedgerView, Waiting};
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::company::{Company as Books, company_get};
use books::documents::DocumentKind;
use books::reports::{AccountLedger, LEDGER_LINES_MAX, LedgerKey, LedgerLine, Report, report_ledger};
use futures::stream;
use ledger::accounts::{AccountType, Side};
use ledger::csv::csv_record;
use ledger::dates::{format_date, format_iso};
use ledger::money::{Currency, format_plain};
use tenancy::Cx;

use super::asked::{self, Days, fiscal_years};
use super::figures::numbered;
use super::file::Format;
use super::{ledger_address, profit_and_loss_address, words};
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// Lines of one page.
const PAGE_LINES: i64 = 100;

/// `GET /c/{slug}/reports/ledger?account&from&to&after&format`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let not_there = || PageError::of(StatusCode::NOT_FOUND);
    let cx = &company.cx;
    let books = company_get(cx).await?;
    let today = books.today(state.clock.now());
    let (filter, days) = asked::period(asked::form_of(query), &fiscal_years(&books), today);
    let account_id: i64 = filter.value("account").parse().map_err(|_| not_there())?;
    let after = match filter.value("after") {
        "" => None,
        key => Some(key.parse::<LedgerKey>().map_err(|_| not_there())?),
    };
    // A refused period still shows whose lines were asked for.
    let read = days.unwrap_or(Days { from: today, to: today });
    let report = report_ledger(cx, account_id, read.from, read.to, after, PAGE_LINES).await?;
    let slug = cx.tenant().slug.clone();
    if days.is_some() && Format::parse(filter.value("format")) == Some(Format::Csv) {
        let name = format!(
            "{slug}-ledger-{account_id}-{}-to-{}",
            format_iso(read.from),
            format_iso(read.to)
        );
        return Ok(Format::Csv.attachment(&name, all_lines(cx.clone(), account_id, read)));
    }
    let frame = frame_for(&company, Section::Reports).await?;
    let waiting = words::waiting(&slug, frame.count(Section::Banking));
    let view = LedgerPageView {
        account: numbered(report.statement.number.as_deref(), &report.statement.account),
        account_type: report.statement.account_type,
        filter,
        ledger: days.map(|days| shown(&slug, &books, days, after.is_some(), &report, waiting)),
    };
    let status = if days.is_some() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let title = view.account.clone();
    Ok(page.html_with(status, &title, || LedgerPage(LedgerPageProps { frame, view })))
}

/// An amount with the sign that is usual for the account.
fn natural(account_type: AccountType, amount: i64) -> i64 {
    match account_type.normal_side() {
        Side::Debit => amount,
        Side::Credit => -amount,
    }
}

fn shown(
    slug: &str,
    books: &Books,
    days: Days,
    is_later_page: bool,
    report: &Report<AccountLedger>,
    waiting: Option<Waiting>,
) -> LedgerView {
    let Report { statement, provenance } = report;
    let natural = |amount: i64| natural(statement.account_type, amount);
    let here = ledger_address(slug, statement.account_id, days.from, days.to);
    let before = match statement.lines.first() {
        Some(line) => line.balance - line.amount,
        None => statement.ending_balance,
    };
    LedgerView {
        company: provenance.company.clone(),
        period: period_words(days.from, days.to),
        currency: statement.currency,
        beginning: natural(statement.beginning_balance),
        debit: statement.total_debit,
        credit: statement.total_credit,
        change: natural(statement.total_debit - statement.total_credit),
        ending: natural(statement.ending_balance),
        brought_forward: is_later_page.then(|| natural(before)),
        lines: statement
            .lines
            .iter()
            .map(|line| line_view(slug, line, natural(line.balance)))
            .collect(),
        first: is_later_page.then(|| here.clone()),
        next: statement.next.map(|key| format!("{here}&after={key}")),
        csv: format!("{here}&format={}", Format::Csv.code()),
        closed: closed_years(slug, statement),
        notes: words::notes(books, provenance),
        provenance: words::provenance(books, provenance, waiting.is_some()),
        waiting,
    }
}

fn line_view(slug: &str, line: &LedgerLine, balance: i64) -> LedgerLineView {
    let href = match line.kind {
        DocumentKind::JournalEntry => format!("/c/{slug}/accounting/journal/{}", line.document_id),
        _ => format!("/c/{slug}/documents/{}", line.document_id),
    };
    LedgerLineView {
        date: format_date(line.posted_on),
        document: document_words(line),
        href,
        is_void: line.voided,
        memo: memo_of(line).to_owned(),
        contact: line.contact.clone(),
        other_side: line.other_side.clone(),
        amount: line.amount,
        balance,
    }
}

fn document_words(line: &LedgerLine) -> String {
    match &line.number {
        Some(number) => format!("{} {number}", line.kind.name()),
        None => line.kind.name().to_owned(),
    }
}

/// The line's own words, or else those of its document.
fn memo_of(line: &LedgerLine) -> &str {
    if line.description.is_empty() {
        line.memo.as_deref().unwrap_or_default()
    } else {
        &line.description
    }
}

fn closed_years(slug: &str, statement: &AccountLedger) -> Option<ClosedYearsView> {
    if statement.closed_years.is_empty() {
        return None;
    }
    let posted = natural(statement.account_type, statement.ending_balance);
    let earned: i64 = statement.closed_years.iter().map(|year| year.net_income).sum();
    let years = statement.closed_years.iter().map(|year| {
        let figure = Figure {
            amount: year.net_income,
            href: Some(profit_and_loss_address(slug, Some(year.from), Some(year.to))),
        };
        (format!("Net income, {}", period_words(year.from, year.to)), figure)
    });
    Some(ClosedYearsView {
        posted,
        years: years.collect(),
        total: posted + earned,
    })
}

/// Where the file is: its head, the lines after a key, or its end.
enum Written {
    Nothing,
    Through(LedgerKey),
    All,
}

/// All lines of the period as CSV, read page by page while it is sent: no file is too long. A page that cannot be read breaks
/// the transfer off, so that no browser keeps half a file as a whole one.
fn all_lines(cx: Cx, account_id: i64, days: Days) -> Body {
    let pages = stream::try_unfold((cx, Written::Nothing), move |(cx, written)| async move {
        let (head, after) = match written {
            Written::Nothing => (csv_record(CSV_HEAD), None),
            Written::Through(key) => (String::new(), Some(key)),
            Written::All => return Ok(None),
        };
        let report = report_ledger(&cx, account_id, days.from, days.to, after, LEDGER_LINES_MAX)
            .await
            .inspect_err(|error| tracing::error!(%error, "a ledger's file was broken off"))?;
        let text = head + &csv_lines(&report.statement, after.is_none());
        let written = report.statement.next.map_or(Written::All, Written::Through);
        Ok::<_, books::Error>(Some((text, (cx, written))))
    });
    Body::from_stream(pages)
}

const CSV_HEAD: [&str; 10] = [
    "Date",
    "Type",
    "Number",
    "Name",
    "Memo",
    "Other side",
    "Debit",
    "Credit",
    "Balance",
    "Document",
];

/// A page's lines, with the beginning balance before the first and the ending balance after the last.
fn csv_lines(statement: &AccountLedger, is_first: bool) -> String {
    let currency = statement.currency;
    let balance = |words: &str, amount: i64| {
        let amount = format_plain(natural(statement.account_type, amount), currency);
        csv_record(["", words, "", "", "", "", "", "", amount.as_str(), ""])
    };
    let mut text = String::new();
    if is_first {
        text += &balance("Beginning balance", statement.beginning_balance);
    }
    for line in &statement.lines {
        text += &csv_line(line, statement.account_type, currency);
    }
    if statement.next.is_none() {
        text += &balance("Ending balance", statement.ending_balance);
    }
    text
}

fn csv_line(line: &LedgerLine, account_type: AccountType, currency: Currency) -> String {
    let side = |amount: i64| {
        if amount > 0 {
            format_plain(amount, currency)
        } else {
            String::new()
        }
    };
    csv_record([
        format_iso(line.posted_on).as_str(),
        line.kind.name(),
        line.number.as_deref().unwrap_or_default(),
        line.contact.as_deref().unwrap_or_default(),
        memo_of(line),
        line.other_side.as_str(),
        side(line.amount).as_str(),
        side(-line.amount).as_str(),
        format_plain(natural(account_type, line.balance), currency).as_str(),
        line.document_id.to_string().as_str(),
    ])
}
