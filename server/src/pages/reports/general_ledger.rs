//! `/c/{slug}/reports/general-ledger?from&to`: the general ledger, as a page or as CSV.

use app::forms::Choice;
use app::pages::reports::{GeneralLedgerPage, GeneralLedgerPageProps};
use app::view::frame::Section;
use app::view::ledger::{GeneralLedgerPageView, GeneralLedgerView, LedgerAccountView, PagesView};
use app::view::report::Waiting;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::accounts::{Account, account_list};
use books::company::{Company as Books, company_get};
use books::reports::{
    GENERAL_LEDGER_ACCOUNTS_MAX, GENERAL_LEDGER_COLUMNS, GeneralLedger, GeneralLedgerExport, GeneralLedgerKey,
    LedgerAccount, LedgerFilter, Report, general_ledger_export, natural, report_general_ledger,
};
use ledger::csv::csv_record;
use ledger::dates::format_iso;

use super::asked::Days;
use super::figures::numbered;
use super::file::Format;
use super::lines::{Asked, face, row_view};
use super::streamed::{self, Parts, Written};
use super::words;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::pages::accounting::Facts;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "General ledger";

/// Lines of one page.
const PAGE_LINES: i64 = 100;

/// Most accounts that the form offers.
const ACCOUNTS_LISTED_MAX: usize = 1_000;

/// `GET /c/{slug}/reports/general-ledger?from&to&account&contact&adjusting&known&since&who&after&format`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let cx = &company.cx;
    let books = company_get(cx).await?;
    let facts = Facts::read(&state, &company).await?;
    let path = format!("/c/{}/reports/general-ledger", facts.slug);
    let mut asked = Asked::read(cx, path, query, facts.today).await?;
    let chosen = chosen(&mut asked);
    let after = asked.after::<GeneralLedgerKey>()?;
    if let Some(days) = asked.days
        && Format::parse(asked.state.value("format")) == Some(Format::Csv)
    {
        return file(&company, &asked, days, &chosen).await;
    }
    let accounts = account_list(cx, None).await?;
    let frame = frame_for(&company, Section::Reports).await?;
    let waiting = words::waiting(&facts.slug, frame.count(Section::Banking));
    let ledger = match asked.days {
        Some(days) => {
            let report = report_general_ledger(cx, &asked.filter(days), &chosen, after, PAGE_LINES).await?;
            let narrowed = asked.narrowed(&account_words(&accounts, &chosen));
            Some(shown(
                &facts,
                &books,
                &asked,
                days,
                after.is_some(),
                report,
                narrowed,
                waiting,
            ))
        }
        None => None,
    };
    let status = match ledger {
        Some(_) => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let view = GeneralLedgerPageView {
        filter: asked.form(),
        accounts: offered(accounts, &chosen),
        ledger,
    };
    Ok(page.html_with(status, TITLE, || {
        GeneralLedgerPage(GeneralLedgerPageProps { frame, view })
    }))
}

/// The accounts that were asked for.
fn chosen(asked: &mut Asked) -> Vec<i64> {
    let chosen: Vec<i64> = asked.state.values("account").filter_map(|id| id.parse().ok()).collect();
    if chosen.len() > GENERAL_LEDGER_ACCOUNTS_MAX {
        let message = format!("Choose at most {GENERAL_LEDGER_ACCOUNTS_MAX} accounts, or none for all of them.");
        asked.state.refuse("account", message);
        asked.days = None;
    }
    chosen
}

fn offered(accounts: Vec<Account>, chosen: &[i64]) -> Vec<(Choice, bool)> {
    accounts
        .into_iter()
        .filter(|account| account.merged_into.is_none())
        .take(ACCOUNTS_LISTED_MAX)
        .map(|account| {
            let is_chosen = chosen.contains(&account.id);
            let choice = Choice {
                id: account.id,
                number: account.number,
                name: account.path,
            };
            (choice, is_chosen)
        })
        .collect()
}

/// The accounts that were asked for, in words.
fn account_words(accounts: &[Account], chosen: &[i64]) -> Vec<String> {
    let names = accounts.iter().filter(|account| chosen.contains(&account.id));
    match chosen.len() {
        0 => Vec::new(),
        1..=3 => names.map(Account::label).collect(),
        several => vec![format!("{several} accounts")],
    }
}

#[expect(clippy::too_many_arguments, reason = "each is one thing that a page shows")]
fn shown(
    facts: &Facts,
    books: &Books,
    asked: &Asked,
    days: Days,
    is_later_page: bool,
    report: Report<GeneralLedger>,
    narrowed: Option<String>,
    waiting: Option<Waiting>,
) -> GeneralLedgerView {
    let Report { statement, provenance } = report;
    let shows_who = asked.has("who");
    GeneralLedgerView {
        face: face(TITLE, books, days, &provenance, narrowed, waiting),
        accounts_in_all: statement.accounts_in_all,
        accounts: statement
            .accounts
            .iter()
            .map(|account| account_view(facts, asked, days, account, shows_who))
            .collect(),
        pages: PagesView {
            first: is_later_page.then(|| asked.address(&[], &[])),
            next: statement
                .next
                .map(|key| asked.address(&[], &[("after", &key.to_string())])),
        },
        csv: asked.address(&[], &[("format", Format::Csv.code())]),
    }
}

fn account_view(
    facts: &Facts,
    asked: &Asked,
    days: Days,
    account: &LedgerAccount,
    shows_who: bool,
) -> LedgerAccountView {
    let natural = |amount: i64| natural(account.account_type, amount);
    LedgerAccountView {
        name: numbered(account.number.as_deref(), &account.account),
        account_type: account.account_type,
        href: asked.register(&facts.slug, account.account_id, days),
        is_continued: account.is_continued,
        brought_forward: natural(account.brought_forward),
        of_earlier_years: account.of_earlier_years.map(natural),
        lines: account
            .rows()
            .into_iter()
            .map(|row| row_view(facts, account.account_type, row, shows_who))
            .collect(),
        end: account
            .end
            .map(|end| (end.total_debit, end.total_credit, natural(end.ending_balance))),
    }
}

/// The whole as CSV.
async fn file(company: &Company, asked: &Asked, days: Days, chosen: &[i64]) -> Result<Response, PageError> {
    let filter = asked.filter(days);
    let name = format!(
        "{}-general-ledger-{}-to-{}",
        company.cx.tenant().slug,
        format_iso(days.from),
        format_iso(days.to)
    );
    let export = general_ledger_export(&company.cx, &filter, chosen).await?;
    Ok(Format::Csv.attachment(&name, streamed::body(GeneralLedgerFile::new(export, &filter))))
}

/// A general ledger's file on its way.
pub(crate) struct GeneralLedgerFile {
    export: GeneralLedgerExport,
    from: time::Date,
    written: Written,
}

impl GeneralLedgerFile {
    /// The file of an export that was opened with this filter.
    pub(crate) fn new(export: GeneralLedgerExport, filter: &LedgerFilter) -> Self {
        Self {
            export,
            from: filter.from,
            written: Written::Nothing,
        }
    }
}

impl Parts for GeneralLedgerFile {
    async fn next_part(&mut self) -> Result<Option<String>, books::Error> {
        let mut text = match self.written {
            Written::Nothing => csv_record(GENERAL_LEDGER_COLUMNS),
            Written::Rows => String::new(),
            Written::All => return Ok(None),
        };
        self.written = Written::Rows;
        let currency = self.export.currency();
        match self.export.next_batch().await? {
            Some(accounts) => text.extend(accounts.iter().map(|account| account.to_csv(self.from, currency))),
            None => {
                self.written = Written::All;
                text += &self.export.csv_foot();
            }
        }
        Ok(Some(text))
    }
}
