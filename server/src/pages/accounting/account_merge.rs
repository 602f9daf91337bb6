//! `/c/{slug}/accounting/accounts/{id}/merge`: merging an account into another.

use app::forms::{FieldError, FormState, find_choice};
use app::pages::accounting::account_merge::{AccountMergePage, AccountMergePageProps};
use app::view::accounting::account::MergeView;
use app::view::frame::Section;
use axum::extract::{Path, State};
use axum::response::Response;
use books::accounts::{
    Account, account_get, account_list, account_merge, account_merge_obstacle, account_moved_by_merge,
};

use super::Facts;
use super::account::targets;
use super::accounts::moves;
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// `GET /c/{slug}/accounting/accounts/{id}/merge`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let account = account_get(&company.cx, id).await?;
    let form = page.form(FormState::fresh);
    let view = view(&state, &company, &account, form).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    let title = title(&account);
    Ok(page.html(&title, || {
        AccountMergePage(AccountMergePageProps {
            frame,
            title: title.clone(),
            view,
        })
    }))
}

/// `POST /c/{slug}/accounting/accounts/{id}/merge`: on to the account that took it in.
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let account = account_get(&company.cx, id).await?;
    match merged(&company, &account, &form).await {
        Ok(into) => Ok(reply.done(&format!("/c/{}/accounting/accounts/{into}", company.cx.tenant().slug))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?.into_iter().map(at_target));
            let view = view(&state, &company, &account, form.clone()).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            let title = title(&account);
            Ok(reply.refused(&page, &title, &form, || {
                AccountMergePage(AccountMergePageProps {
                    frame,
                    title: title.clone(),
                    view,
                })
            }))
        }
    }
}

fn title(account: &Account) -> String {
    format!("Merge {}", account.label())
}

async fn merged(company: &Company, account: &Account, form: &FormState) -> Result<i64, NotRecorded> {
    let accounts = account_list(&company.cx, None).await?;
    let typed = form.value("into").trim();
    if typed.is_empty() {
        return Err(FieldError::at("into", "Choose the account that takes this one in.").into());
    }
    let targets = targets(account, &accounts);
    let kind = format!("another account of type {}", account.account_type.name());
    let into = find_choice(&targets, typed).map_err(|error| FieldError::at("into", error.message(&kind)))?;
    let moves_locked = form.has("moves_locked");
    account_merge(&company.cx, account.id, into.id, moves_locked, &request_key(form)?).await?;
    Ok(into.id)
}

/// What the database refuses of an account's type has its field here.
fn at_target(error: FieldError) -> FieldError {
    match error.field.as_str() {
        "type" => FieldError::at("into", error.message),
        _ => error,
    }
}

async fn view(state: &AppState, company: &Company, account: &Account, form: FormState) -> Result<MergeView, PageError> {
    let facts = Facts::read(state, company).await?;
    let accounts = account_list(&company.cx, None).await?;
    let moved = account_moved_by_merge(&company.cx, account.id).await?;
    Ok(MergeView {
        account: account.label(),
        back: facts.account(account.id),
        obstacle: account_merge_obstacle(&company.cx, account.id).await?,
        type_name: account.account_type.name(),
        targets: targets(account, &accounts),
        moves: moves(&moved, account.account_type, facts.currency),
        slug: facts.slug,
        form,
    })
}
