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
    AccountLedger, AccountLedgerExport, LedgerFilter, LedgerKey, REGISTER_COLUMNS, Report, ledger_export, natural,
    report_ledger,
};
use ledger::csv::csv_record;
use ledger::dates::format_iso;
use tenancy::{Capability, Cx};

use super::asked::Days;
use super::figures::numbered;
use super::file::Format;
use super::lines::{Asked, face, row_view};
use super::streamed::{self, Parts, Written};
use super::{known_query, profit_and_loss_address, words};
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
        return file(cx, &facts.slug, account_id, asked.filter(days)).await;
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
        change: natural(statement.moved()),
        ending: natural(statement.ending_balance),
        since_then: statement
            .ending_balance_now
            .zip(statement.changed_since)
            .map(|(now, changed)| (natural(now), natural(changed))),
        brought_forward: is_later_page.then(|| natural(statement.brought_forward)),
        is_newest_first,
        turned,
        lines: statement
            .rows()
            .into_iter()
            .map(|row| row_view(facts, statement.account_type, row, asked.has("who")))
            .collect(),
        pages: PagesView {
            first: is_later_page.then(|| asked.address(&[], &[])),
            next,
        },
        csv: asked.address(&[], &[("format", Format::Csv.code())]),
        closed: closed_years(&facts.slug, asked, statement),
    }
}

fn closed_years(slug: &str, asked: &Asked, statement: &AccountLedger) -> Option<ClosedYearsView> {
    if statement.closed_years.is_empty() {
        return None;
    }
    let natural = |amount: i64| natural(statement.account_type, amount);
    let years = statement.closed_years.iter().map(|year| {
        let earned = profit_and_loss_address(slug, Some(year.from), Some(year.to));
        let figure = Figure {
            amount: year.net_income,
            href: Some(earned + &known_query(asked.moment.change())),
        };
        (format!("Net income, {}", period_words(year.from, year.to)), figure)
    });
    Some(ClosedYearsView {
        posted: natural(statement.ending_balance),
        years: years.collect(),
        total: natural(statement.on_statements),
    })
}

/// All lines of the period as CSV.
async fn file(cx: &Cx, slug: &str, account_id: i64, filter: LedgerFilter) -> Result<Response, PageError> {
    let (from, to) = (format_iso(filter.from), format_iso(filter.to));
    let name = format!("{slug}-ledger-{account_id}-{from}-to-{to}");
    let export = ledger_export(cx, account_id, &filter).await?;
    let parts = RegisterFile {
        export,
        written: Written::Nothing,
    };
    Ok(Format::Csv.attachment(&name, streamed::body(parts)))
}

/// A register's file on its way: the balance before the lines, the lines, the balance after them.
struct RegisterFile {
    export: AccountLedgerExport,
    written: Written,
}

impl Parts for RegisterFile {
    async fn next_part(&mut self) -> Result<Option<String>, books::Error> {
        match self.written {
            Written::Nothing => {
                self.written = Written::Rows;
                return Ok(Some(
                    csv_record(REGISTER_COLUMNS) + &self.export.ledger().csv_beginning(),
                ));
            }
            Written::Rows => {}
            Written::All => return Ok(None),
        }
        let part = self.export.next_batch().await?;
        let ledger = self.export.ledger();
        Ok(Some(match part {
            Some(part) => ledger.csv_part(&part),
            None => {
                self.written = Written::All;
                ledger.csv_ending() + &self.export.csv_foot()
            }
        }))
    }
}
