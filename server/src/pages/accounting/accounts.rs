//! `/c/{slug}/accounting/accounts/new` and `/c/{slug}/accounting/accounts/{id}`: one account of the chart.

use app::forms::{Choice, FieldError, FormState, find_choice};
use app::pages::accounting::account_form::{AccountFormPage, AccountFormPageProps};
use app::view::accounting::chart::{AccountFormView, ExistingAccount, detail_words};
use app::view::frame::Section;
use axum::extract::{Path, State};
use axum::response::Response;
use books::accounts::{Account, AccountChange, NewAccount, account_create, account_get, account_list, account_update};
use books::reports::report_year_start;
use ledger::accounts::AccountType;

use super::{Facts, account_choice, label_of};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const NEW: &str = "New account";

/// `GET /c/{slug}/accounting/accounts/new`
pub async fn new(page: PageRequest, company: Company) -> Result<Response, PageError> {
    let form = page.form(|| FormState::fresh().with("type", AccountType::Expense.code()));
    let parents = parents(&company, None).await?;
    let (frame, view) = (
        frame_for(&company, Section::Accounting).await?,
        new_view(&company, parents, form),
    );
    Ok(page.html(NEW, || {
        AccountFormPage(AccountFormPageProps {
            frame,
            title: NEW.to_owned(),
            view,
        })
    }))
}

/// `POST /c/{slug}/accounting/accounts/new`
pub async fn create(page: PageRequest, company: Company, posted: PostedForm) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let parents = parents(&company, None).await?;
    match added(&company, &parents, &form).await {
        Ok(()) => Ok(reply.done(&chart(&company))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let frame = frame_for(&company, Section::Accounting).await?;
            let view = new_view(&company, parents, form.clone());
            Ok(reply.refused(&page, NEW, &form, || {
                AccountFormPage(AccountFormPageProps {
                    frame,
                    title: NEW.to_owned(),
                    view,
                })
            }))
        }
    }
}

/// `GET /c/{slug}/accounting/accounts/{id}`
pub async fn edit(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let account = account_get(&company.cx, id).await?;
    let parents = parents(&company, Some(&account)).await?;
    let form = page.form(|| {
        let form = FormState::fresh()
            .with("number", account.number.clone().unwrap_or_default())
            .with("name", account.name.clone())
            .with(
                "parent",
                account
                    .parent_id
                    .map(|parent| label_of(&parents, parent))
                    .unwrap_or_default(),
            );
        if account.active {
            form.with("active", "yes")
        } else {
            form
        }
    });
    let title = account.label();
    let view = edit_view(&state, &company, account, parents, form).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html(&title, || {
        AccountFormPage(AccountFormPageProps {
            frame,
            title: title.clone(),
            view,
        })
    }))
}

/// `POST /c/{slug}/accounting/accounts/{id}`
pub async fn save(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let account = account_get(&company.cx, id).await?;
    let parents = parents(&company, Some(&account)).await?;
    match changed(&company, &account, &parents, &form).await {
        Ok(()) => Ok(reply.done(&chart(&company))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let title = account.label();
            let view = edit_view(&state, &company, account, parents, form.clone()).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            Ok(reply.refused(&page, &title, &form, || {
                AccountFormPage(AccountFormPageProps {
                    frame,
                    title: title.clone(),
                    view,
                })
            }))
        }
    }
}

fn chart(company: &Company) -> String {
    Section::Accounting.path(&company.cx.tenant().slug)
}

/// The accounts that one can be a subaccount of: active ones, of its own type once it has one. The books refuse the
/// rest.
async fn parents(company: &Company, of: Option<&Account>) -> Result<Vec<Choice>, PageError> {
    let accounts = account_list(&company.cx, None).await?;
    let fits = |account: &Account| match of {
        Some(child) => {
            let is_parent = child.parent_id == Some(account.id);
            is_parent || (account.active && account.account_type == child.account_type && account.id != child.id)
        }
        None => account.active,
    };
    Ok(accounts.into_iter().filter(fits).map(account_choice).collect())
}

async fn added(company: &Company, parents: &[Choice], form: &FormState) -> Result<(), NotRecorded> {
    let account_type = AccountType::parse(form.value("type"));
    let new = NewAccount {
        number: form.value("number").to_owned(),
        name: form.value("name").to_owned(),
        account_type: account_type.map_err(|_| FieldError::at("type", "Choose the account's type."))?,
        detail_type: form.value("detail_type").to_owned(),
        parent_id: parent(parents, form)?,
    };
    account_create(&company.cx, &new, &request_key(form)?).await?;
    Ok(())
}

async fn changed(
    company: &Company,
    account: &Account,
    parents: &[Choice],
    form: &FormState,
) -> Result<(), NotRecorded> {
    let change = AccountChange {
        number: form.value("number").to_owned(),
        name: form.value("name").to_owned(),
        parent_id: parent(parents, form)?,
        // The form of a system account does not ask.
        active: account.role.is_some() || form.has("active"),
    };
    Ok(account_update(&company.cx, account.id, &change, &request_key(form)?).await?)
}

fn parent(parents: &[Choice], form: &FormState) -> Result<Option<i64>, FieldError> {
    match form.value("parent").trim() {
        "" => Ok(None),
        typed => find_choice(parents, typed)
            .map(|parent| Some(parent.id))
            .map_err(|error| FieldError::at("parent", error.message("an account of this type"))),
    }
}

fn new_view(company: &Company, parents: Vec<Choice>, form: FormState) -> AccountFormView {
    AccountFormView {
        slug: company.cx.tenant().slug.clone(),
        account: None,
        parents,
        form,
    }
}

async fn edit_view(
    state: &AppState,
    company: &Company,
    account: Account,
    parents: Vec<Choice>,
    form: FormState,
) -> Result<AccountFormView, PageError> {
    let facts = Facts::read(state, company).await?;
    let year_start = report_year_start(&company.cx, facts.today).await?;
    Ok(AccountFormView {
        account: Some(ExistingAccount {
            account_type: account.account_type,
            is_system: account.role.is_some(),
            lines: facts.account_lines(account.id, year_start, facts.today),
            detail_type: account.detail_type.as_deref().map(detail_words),
        }),
        slug: facts.slug,
        parents,
        form,
    })
}
