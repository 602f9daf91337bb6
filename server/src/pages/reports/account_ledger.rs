//! `/c/{slug}/reports/ledger?account&from&to`: an account's register, which is also the lines behind a figure; as a page or as CSV.

use app::pages::reports::{RegisterPage, RegisterPageProps};
use app::view::days::period_words;
use app::view::frame::Section;
use app::view::ledger::{ClosedYearsView, PagesView, RegisterPageView, RegisterView};
use app::view::report::{Figure, Waiting};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::accounts::account_get;
use books::company::{Company as Books, company_get};
use books::reports::{
    AccountLedger, LEDGER_LINES_MAX, LedgerFilter, LedgerKey, LedgerLine, Report, natural, report_ledger,
};
use ledger::csv::csv_record;
use ledger::dates::format_iso;
use ledger::money::{Currency, format_plain};
use tenancy::{Capability, Cx};

use super::asked::Days;
use super::figures::numbered;
use super::file::Format;
use super::lines::{Asked, face, line_view};
use super::streamed::{self, Parts};
use super::{profit_and_loss_address, words};
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::pages::accounting::Facts;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// Lines of one page.
const PAGE_LINES: i64 = 100;

/// `GET /c/{slug}/reports/ledger?account&from&to&contact&adjusting&known&since&who&order&after&format`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let cx = &company.cx;
    let books = company_get(cx).await?;
    let facts = Facts::read(&state, &company).await?;
    let path = format!("/c/{}/reports/ledger", facts.slug);
    let asked = Asked::read(cx, path, query, facts.today).await?;
    let account_id: i64 = asked
        .state
        .value("account")
        .parse()
        .map_err(|_| PageError::of(StatusCode::NOT_FOUND))?;
    let account = account_get(cx, account_id).await?;
    let after = asked.after::<LedgerKey>()?;
    if let Some(days) = asked.days
        && Format::parse(asked.state.value("format")) == Some(Format::Csv)
    {
        return Ok(file(cx, &facts.slug, account_id, asked.filter(days)));
    }
    let frame = frame_for(&company, Section::Reports).await?;
    let waiting = words::waiting(&facts.slug, frame.count(Section::Banking));
    let register = match asked.days {
        Some(days) => {
            let report = report_ledger(cx, account_id, &asked.filter(days), after, PAGE_LINES).await?;
            Some(shown(&facts, &books, &asked, days, after.is_some(), &report, waiting))
        }
        None => None,
    };
    let new_entry = (cx.may(Capability::Journal) && account.active)
        .then(|| format!("/c/{}/accounting/journal/new?account={account_id}", facts.slug));
    let status = match register {
        Some(_) => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let view = RegisterPageView {
        account: numbered(account.number.as_deref(), &account.path),
        account_type: account.account_type,
        filter: asked.form(),
        new_entry,
        register,
    };
    let title = view.account.clone();
    Ok(page.html_with(status, &title, || RegisterPage(RegisterPageProps { frame, view })))
}

fn shown(
    facts: &Facts,
    books: &Books,
    asked: &Asked,
    days: Days,
    is_later_page: bool,
    report: &Report<AccountLedger>,
    waiting: Option<Waiting>,
) -> RegisterView {
    let Report { statement, provenance } = report;
    let natural = |amount: i64| natural(statement.account_type, amount);
    let is_newest_first = asked.filter(days).newest_first;
    let next = statement
        .next
        .map(|key| asked.address(&[], &[("after", &key.to_string())]));
    let title = format!(
        "Register of {}",
        numbered(statement.number.as_deref(), &statement.account)
    );
    let turned = match is_newest_first {
        true => asked.address(&["order"], &[]),
        false => asked.address(&[], &[("order", "newest")]),
    };
    RegisterView {
        face: face(&title, books, days, provenance, asked.narrowed(&[]), waiting),
        beginning: natural(statement.beginning_balance),
        debit: statement.total_debit,
        credit: statement.total_credit,
        change: natural(statement.total_debit - statement.total_credit),
        ending: natural(statement.ending_balance),
        ending_now: statement.ending_balance_now.map(natural),
        brought_forward: is_later_page.then(|| natural(brought_forward(statement, is_newest_first))),
        is_newest_first,
        turned,
        lines: statement
            .lines
            .iter()
            .map(|line| line_view(facts, statement.account_type, line, asked.has("who")))
            .collect(),
        pages: PagesView {
            first: is_later_page.then(|| asked.address(&[], &[])),
            next,
        },
        csv: asked.address(&[], &[("format", Format::Csv.code())]),
        closed: closed_years(&facts.slug, statement),
    }
}

/// The balance on the side where a page begins.
fn brought_forward(statement: &AccountLedger, is_newest_first: bool) -> i64 {
    match statement.lines.first() {
        Some(line) if is_newest_first => line.balance,
        Some(line) => line.balance - line.counted(),
        None if is_newest_first => statement.beginning_balance,
        None => statement.ending_balance,
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

/// All lines of the period as CSV.
fn file(cx: &Cx, slug: &str, account_id: i64, filter: LedgerFilter) -> Response {
    let (from, to) = (format_iso(filter.from), format_iso(filter.to));
    let name = format!("{slug}-ledger-{account_id}-{from}-to-{to}");
    let parts = RegisterFile {
        cx: cx.clone(),
        account_id,
        filter: LedgerFilter {
            newest_first: false,
            ..filter
        },
        written: Written::Nothing,
    };
    Format::Csv.attachment(&name, streamed::body(parts))
}

/// A register's file on its way: its pages one after another.
struct RegisterFile {
    cx: Cx,
    account_id: i64,
    filter: LedgerFilter,
    written: Written,
}

/// Where the file is: before its head, after a line, or at its end.
enum Written {
    Nothing,
    Through(LedgerKey),
    All,
}

impl Parts for RegisterFile {
    async fn next_part(&mut self) -> Result<Option<String>, books::Error> {
        let after = match self.written {
            Written::Nothing => None,
            Written::Through(key) => Some(key),
            Written::All => return Ok(None),
        };
        let report = report_ledger(&self.cx, self.account_id, &self.filter, after, LEDGER_LINES_MAX).await?;
        self.written = report.statement.next.map_or(Written::All, Written::Through);
        let head = if after.is_none() {
            csv_record(CSV_HEAD)
        } else {
            String::new()
        };
        Ok(Some(head + &csv_lines(&report.statement, after.is_none())))
    }
}

const CSV_HEAD: [&str; 12] = [
    "Date",
    "Type",
    "Number",
    "Adjusting",
    "Name",
    "Memo",
    "Other side",
    "Debit",
    "Credit",
    "Balance",
    "Matched",
    "Document",
];

/// A page's lines, with the beginning balance before the first and the ending balance after the last.
fn csv_lines(statement: &AccountLedger, is_first: bool) -> String {
    let currency = statement.currency;
    let balance = |words: &str, amount: i64| {
        let amount = format_plain(natural(statement.account_type, amount), currency);
        csv_record(["", words, "", "", "", "", "", "", "", amount.as_str(), "", ""])
    };
    let mut text = String::new();
    if is_first {
        text += &balance("Beginning balance", statement.beginning_balance);
    }
    for line in &statement.lines {
        text += &csv_line(statement, line, currency);
    }
    if statement.next.is_none() {
        text += &balance("Ending balance", statement.ending_balance);
    }
    text
}

fn csv_line(statement: &AccountLedger, line: &LedgerLine, currency: Currency) -> String {
    let side = |amount: i64| {
        if amount > 0 {
            format_plain(amount, currency)
        } else {
            String::new()
        }
    };
    let yes = |is: bool| if is { "yes" } else { "" };
    csv_record([
        format_iso(line.posted_on).as_str(),
        line.kind.name(),
        line.number.as_deref().unwrap_or_default(),
        yes(line.adjusting),
        line.contact.as_deref().unwrap_or_default(),
        line.words(),
        line.other_side.as_str(),
        side(line.amount).as_str(),
        side(line.amount.saturating_neg()).as_str(),
        format_plain(natural(statement.account_type, line.balance), currency).as_str(),
        yes(line.matched),
        line.document_id.to_string().as_str(),
    ])
}
