//! `/c/{slug}/accounting/accounts/{id}`: one account, and what can be done with it.

use app::forms::{ACTION, FormState};
use app::pages::accounting::account::{AccountPage, AccountPageProps};
use app::view::accounting::account::{AccountActions, AccountView, action};
use app::view::frame::Section;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::accounts::{
    Account, AccountChange, account_get, account_list, account_moved_by_merge, account_unmerge, account_update,
    balance_with_subaccounts,
};
use books::reports::report_year_start;
use ledger::accounts::{CashFlow, DetailType, Statement};
use ledger::dates::format_date;
use tenancy::Capability;
use time::Date;

use super::account_history::history;
use super::accounts::moves;
use super::chart::Links;
use super::{Facts, account_choice};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// `GET /c/{slug}/accounting/accounts/{id}`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let view = view(&facts, &company, id, page.form(FormState::default)).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    let title = view.title.clone();
    Ok(page.html(&title, || AccountPage(AccountPageProps { frame, view })))
}

/// `POST /c/{slug}/accounting/accounts/{id}`: makes it active or inactive, or undoes its merge.
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let done = match form.value(ACTION) {
        action::DEACTIVATE => set_active(&company, id, false, &form).await,
        action::ACTIVATE => set_active(&company, id, true, &form).await,
        action::UNMERGE => unmerge(&company, id, &form).await,
        _ => Err(PageError::of(StatusCode::BAD_REQUEST).into()),
    };
    match done {
        Ok(()) => Ok(reply.done(&format!("/c/{}/accounting/accounts/{id}", company.cx.tenant().slug))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let facts = Facts::read(&state, &company).await?;
            let view = view(&facts, &company, id, form.clone()).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            let title = view.title.clone();
            Ok(reply.refused(&page, &title, &form, || AccountPage(AccountPageProps { frame, view })))
        }
    }
}

async fn set_active(company: &Company, id: i64, active: bool, form: &FormState) -> Result<(), NotRecorded> {
    let account = account_get(&company.cx, id).await?;
    let change = AccountChange {
        active,
        ..AccountChange::of(&account)
    };
    Ok(account_update(&company.cx, id, &change, &request_key(form)?).await?)
}

async fn unmerge(company: &Company, id: i64, form: &FormState) -> Result<(), NotRecorded> {
    let moves_locked = form.has("moves_locked");
    Ok(account_unmerge(&company.cx, id, moves_locked, &request_key(form)?).await?)
}

/// What the page shows; `form` is what was posted to it, if anything was.
async fn view(facts: &Facts, company: &Company, id: i64, form: FormState) -> Result<AccountView, PageError> {
    let accounts = account_list(&company.cx, Some(facts.today)).await?;
    let year_start = report_year_start(&company.cx, facts.today).await?;
    let account = accounts
        .iter()
        .find(|account| account.id == id)
        .ok_or(PageError::of(StatusCode::NOT_FOUND))?;
    let links = Links { facts, year_start };
    let link_to = |id: Option<i64>| {
        let other = accounts.iter().find(|other| Some(other.id) == id)?;
        Some(links.account(other))
    };
    let subaccounts = accounts
        .iter()
        .filter(|other| other.parent_id == Some(id) && other.merged_into.is_none())
        .map(|other| links.row(other, other.name.clone(), 0, &accounts));
    Ok(AccountView {
        slug: facts.slug.clone(),
        currency: facts.currency,
        title: account.label(),
        account_type: account.account_type,
        facts: facts_of(account),
        parent: link_to(account.parent_id),
        merged_into: link_to(account.merged_into),
        purpose: account.role.map(|role| role.purpose()),
        active: account.active,
        balance_of: balance_of(account, facts.today, year_start),
        balance: account.natural_balance(),
        with_subaccounts: balance_with_subaccounts(account, &accounts).map_err(books::Error::from)?,
        register: facts.account_lines(id, year_start, facts.today),
        subaccounts: subaccounts.collect(),
        takes_in: accounts
            .iter()
            .filter(|other| other.merged_into == Some(id))
            .map(|other| links.account(other))
            .collect(),
        history: history(company, facts, account, &accounts).await?,
        actions: actions(facts, company, account, &accounts, form).await?,
    })
}

fn balance_of(account: &Account, today: Date, year_start: Date) -> String {
    match account.account_type.statement() {
        Statement::BalanceSheet => format!("at the end of {}", format_date(today)),
        Statement::ProfitAndLoss => format!("since {}, when the fiscal year began", format_date(year_start)),
    }
}

fn facts_of(account: &Account) -> Vec<(&'static str, String)> {
    let detail = account
        .detail_type
        .as_deref()
        .map(|detail| DetailType::words(account.account_type, detail).into_owned());
    let usual = CashFlow::usual(account.account_type, account.detail_type.as_deref());
    let cash_flow = match account.cash_flow {
        Some(part) => part.name().to_owned(),
        None => format!("{}, as its type says", usual.name()),
    };
    let is_moved = account.account_type.statement() == Statement::BalanceSheet || account.cash_flow.is_some();
    let facts = [
        ("Description", account.description.clone()),
        ("Detail type", detail),
        ("Tax line", account.tax_line.clone()),
        ("Cash flows", is_moved.then_some(cash_flow)),
    ];
    facts
        .into_iter()
        .filter_map(|(name, text)| Some((name, text?)))
        .collect()
}

async fn actions(
    facts: &Facts,
    company: &Company,
    account: &Account,
    accounts: &[Account],
    posted: FormState,
) -> Result<AccountActions, PageError> {
    if !company.cx.may(Capability::Journal) {
        return Ok(AccountActions::default());
    }
    // Each form is new, or the one that was just refused.
    let form = |action: &str| match posted.value(ACTION) == action {
        true => posted.clone(),
        false => FormState::fresh(),
    };
    let page = facts.account(account.id);
    if account.merged_into.is_some() {
        let moved = account_moved_by_merge(&company.cx, account.id).await?;
        let moves = moves(&moved, account.account_type, facts.currency);
        return Ok(AccountActions {
            unmerge: Some((form(action::UNMERGE), moves)),
            ..AccountActions::default()
        });
    }
    let has_subaccounts = accounts
        .iter()
        .any(|other| other.parent_id == Some(account.id) && other.merged_into.is_none());
    let may_merge = account.role.is_none() && !account.account_type.carries_open_items() && !has_subaccounts;
    let may_stop = account.active && account.role.is_none();
    let below = format!("/c/{}/accounting/accounts/new?below={}", facts.slug, account.id);
    Ok(AccountActions {
        edit: Some(format!("{page}/edit")),
        add_below: account.active.then_some(below),
        merge: may_merge.then(|| format!("{page}/merge")),
        deactivate: may_stop.then(|| form(action::DEACTIVATE)),
        activate: (!account.active).then(|| form(action::ACTIVATE)),
        unmerge: None,
    })
}

/// The accounts that can take one in: active ones of its type.
pub(super) fn targets(account: &Account, accounts: &[Account]) -> Vec<app::forms::Choice> {
    let fits = |other: &&Account| other.active && other.account_type == account.account_type && other.id != account.id;
    accounts.iter().filter(fits).cloned().map(account_choice).collect()
}
