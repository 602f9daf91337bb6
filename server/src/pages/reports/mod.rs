//! `/c/{slug}/reports`: statements, what their figures sum, and accounts' ledgers.

mod account_ledger;
mod asked;
mod figures;
mod file;
mod general_ledger;
mod journal;
mod lines;
mod presets;
mod statement;
mod streamed;
mod totals;
mod words;

pub use account_ledger::show as ledger;
pub(crate) use file::Format;
pub(crate) use general_ledger::GeneralLedgerFile;
pub use general_ledger::show as general_ledger;
pub(crate) use journal::JournalFile;
pub use journal::show as journal;
pub use presets::last_of_month;
pub use statement::{balance_sheet, cash_flow, profit_and_loss, trial_balance};
pub(crate) use streamed::Parts;
pub(in crate::pages) use streamed::body as streamed_body;

use app::pages::reports::{ReportListPage, ReportListPageProps};
use app::view::frame::Section;
use app::view::report::ReportKind;
use axum::response::Response;
use ledger::dates::format_iso;
use time::Date;

use crate::errors::PageError;
use crate::page::PageRequest;
use crate::pages::saved_views;
use crate::visitor::{Company, frame_for};

/// `GET /c/{slug}/reports`
pub async fn list(page: PageRequest, company: Company) -> Result<Response, PageError> {
    let frame = frame_for(&company, Section::Reports).await?;
    let views = saved_views::links(&company.cx).await?;
    Ok(page.html("Reports", || ReportListPage(ReportListPageProps { frame, views })))
}

/// The address of the profit and loss from a first to a last day; a day that is not given is the report's own choice.
pub fn profit_and_loss_address(slug: &str, from: Option<Date>, to: Option<Date>) -> String {
    let days = [("from", from), ("to", to)];
    let days: Vec<String> = days
        .into_iter()
        .filter_map(|(name, day)| Some(format!("{name}={}", format_iso(day?))))
        .collect();
    format!("{}?{}", ReportKind::ProfitAndLoss.path(slug), days.join("&"))
}

/// What an address says of the moment that the books are known at; nothing where they are as they stand.
fn known_query(change: Option<i64>) -> String {
    change.map(|n| format!("&known={n}")).unwrap_or_default()
}

/// The address of an account's ledger over a period.
pub fn ledger_address(slug: &str, account_id: i64, from: Date, to: Date) -> String {
    let (from, to) = (format_iso(from), format_iso(to));
    format!("/c/{slug}/reports/ledger?account={account_id}&from={from}&to={to}")
}
