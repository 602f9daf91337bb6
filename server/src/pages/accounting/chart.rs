//! `/c/{slug}/accounting`: the chart of accounts.

use std::collections::HashMap;

use app::pages::accounting::chart::{ChartPage, ChartPageProps};
use app::view::accounting::chart::{ChartRow, ChartSection, ChartView, detail_words};
use app::view::frame::Section;
use axum::extract::{Query, State};
use axum::response::Response;
use books::accounts::{Account, account_list};
use books::reports::{report_trial_balance, report_year_start};
use ledger::accounts::Side;
use ledger::dates::format_date;
use serde::Deserialize;
use tenancy::Capability;
use time::Date;

use super::Facts;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// What the address asks for.
#[derive(Debug, Deserialize)]
pub struct Shown {
    /// Shows inactive accounts too, whatever it says.
    inactive: Option<String>,
}

/// `GET /c/{slug}/accounting`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(shown): Query<Shown>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let accounts = account_list(&company.cx, Some(facts.today)).await?;
    let year_start = report_year_start(&company.cx, facts.today).await?;
    let this_year = this_year(&company, facts.today).await?;
    let shows_inactive = shown.inactive.is_some();
    let inactive = accounts.iter().filter(|account| !account.active).count();
    let view = ChartView {
        currency: facts.currency,
        as_of: format_date(facts.today),
        year_start: format_date(year_start),
        inactive,
        shows_inactive,
        may_edit: company.cx.may(Capability::Journal),
        sections: sections(accounts, shows_inactive, |account| {
            row(&facts, year_start, &this_year, account)
        }),
        slug: facts.slug,
    };
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html("Chart of accounts", || ChartPage(ChartPageProps { frame, view })))
}

/// What income and expenses amount to since the fiscal year began, by account; debit positive.
async fn this_year(company: &Company, today: Date) -> Result<HashMap<i64, i64>, PageError> {
    let report = report_trial_balance(&company.cx, today).await?;
    let rows = report.statement.rows.into_iter();
    Ok(rows
        .filter_map(|row| Some((row.account_id?, row.debit.minor.saturating_sub(row.credit.minor))))
        .collect())
}

/// The accounts under their types, in whose order they come.
fn sections(accounts: Vec<Account>, shows_inactive: bool, row: impl Fn(Account) -> ChartRow) -> Vec<ChartSection> {
    let mut sections: Vec<ChartSection> = Vec::new();
    for account in accounts.into_iter().filter(|account| account.active || shows_inactive) {
        let account_type = account.account_type;
        let row = row(account);
        match sections
            .last_mut()
            .filter(|section| section.account_type == account_type)
        {
            Some(section) => section.accounts.push(row),
            None => sections.push(ChartSection {
                account_type,
                accounts: vec![row],
            }),
        }
    }
    sections
}

fn row(facts: &Facts, year_start: Date, this_year: &HashMap<i64, i64>, account: Account) -> ChartRow {
    let balance = account.balance.or_else(|| this_year.get(&account.id).copied());
    let usual = |amount: i64| match account.account_type.normal_side() {
        Side::Debit => amount,
        Side::Credit => amount.saturating_neg(),
    };
    ChartRow {
        id: account.id,
        balance: usual(balance.unwrap_or_default()),
        number: account.number,
        name: account.name,
        depth: account.depth,
        detail_type: account.detail_type.as_deref().map(detail_words),
        active: account.active,
        lines: facts.account_lines(account.id, year_start, facts.today),
    }
}
