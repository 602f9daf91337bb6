//! `/c/{slug}/accounting/accounts/new` and `/c/{slug}/accounting/accounts/{id}/edit`: the form of an account.

use app::forms::{Choice, FieldError, FormState, find_choice};
use app::pages::accounting::account_form::{AccountFormPage, AccountFormPageProps};
use app::view::accounting::account::{AccountFormView, ExistingAccount, Moves, kind_of, kind_parse, kinds};
use app::view::accounting::entry::ConflictView;
use app::view::frame::Section;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use books::accounts::{
    Account, AccountChange, AccountOpen, MovedHistory, NewAccount, account_create, account_get, account_list,
    account_moved_by_merge, account_moved_by_retype, account_open_get, account_update,
};
use books::reports::natural;
use ledger::accounts::{AccountType, CashFlow, DetailType};
use ledger::dates::format_date;
use ledger::money::{Currency, format_report};
use serde::Deserialize;

use super::account_differences::differences;
use super::{Facts, account_choice, last_changed};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const NEW: &str = "New account";
/// The names of the accounts that move along which are said; the rest is counted.
const ALONG_NAMED: usize = 5;

/// What the address of a new account asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Below {
    /// The account it is to be below.
    below: Option<i64>,
}

/// `GET /c/{slug}/accounting/accounts/new`
pub async fn new(page: PageRequest, company: Company, Query(below): Query<Below>) -> Result<Response, PageError> {
    let accounts = account_list(&company.cx, None).await?;
    let above = accounts.iter().find(|account| Some(account.id) == below.below);
    let form = page.form(|| match above {
        Some(above) => FormState::fresh()
            .with("kind", kind_below(above))
            .with("parent", account_choice(above.clone()).label()),
        None => FormState::fresh().with("kind", usual_kind(AccountType::Expense)),
    });
    let view = new_view(&company, &accounts, form);
    let frame = frame_for(&company, Section::Accounting).await?;
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
    let accounts = account_list(&company.cx, None).await?;
    match added(&company, &accounts, &form).await {
        Ok(id) => Ok(reply.done(&format!("/c/{}/accounting/accounts/{id}", company.cx.tenant().slug))),
        Err(refusal) => {
            form.refuse_all(at_fields_of_form(refusal)?);
            let frame = frame_for(&company, Section::Accounting).await?;
            let view = new_view(&company, &accounts, form.clone());
            Ok(reply.refused_whole(&page, NEW, || {
                AccountFormPage(AccountFormPageProps {
                    frame,
                    title: NEW.to_owned(),
                    view,
                })
            }))
        }
    }
}

/// `GET /c/{slug}/accounting/accounts/{id}/edit`
pub async fn edit(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let account = account_get(&company.cx, id).await?;
    let accounts = account_list(&company.cx, None).await?;
    let form = page.form(|| form_of(&account, &accounts));
    let title = format!("Edit {}", account.label());
    let view = edit_view(&state, &company, &account, &accounts, form).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html(&title, || {
        AccountFormPage(AccountFormPageProps {
            frame,
            title: title.clone(),
            view,
        })
    }))
}

/// `POST /c/{slug}/accounting/accounts/{id}/edit`
pub async fn save(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let account = account_get(&company.cx, id).await?;
    let accounts = account_list(&company.cx, None).await?;
    let is_stale = match changed(&company, &account, &accounts, &form).await {
        Ok(()) => return Ok(reply.done(&format!("/c/{}/accounting/accounts/{id}", company.cx.tenant().slug))),
        Err(NotSaved::Stale) => true,
        Err(NotSaved::Refused(refusal)) => {
            form.refuse_all(at_fields_of_form(refusal)?);
            false
        }
    };
    let title = format!("Edit {}", account.label());
    let mut view = edit_view(&state, &company, &account, &accounts, form).await?;
    if is_stale {
        let facts = Facts::read(&state, &company).await?;
        view.conflict = Some(conflict(&facts, &company, &account, &accounts, &view).await?);
        view.form = view.form.with_version(account.version.unwrap_or_default());
    }
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(reply.refused_whole(&page, &title, || {
        AccountFormPage(AccountFormPageProps {
            frame,
            title: title.clone(),
            view,
        })
    }))
}

/// What is saved now beside what was typed.
async fn conflict(
    facts: &Facts,
    company: &Company,
    account: &Account,
    accounts: &[Account],
    view: &AccountFormView,
) -> Result<ConflictView, PageError> {
    let newest = last_changed(facts, company, "account", account.id, |_| true).await?;
    let saved = form_of(account, accounts);
    Ok(ConflictView {
        what: match newest {
            Some((who, when)) => format!("{who} changed this account on {when}, while you were editing."),
            None => "Somebody changed this account while you were editing.".to_owned(),
        },
        differences: differences(&saved, &view.form, &view.parents, account.role.is_none()),
        discard: format!("{}/edit", facts.account(account.id)),
    })
}

/// The books speak of a type and a detail type; the form has one choice for both.
fn at_fields_of_form(refusal: NotRecorded) -> Result<Vec<FieldError>, PageError> {
    let at_kind = |error: FieldError| match error.field.as_str() {
        "type" | "detail_type" => FieldError::at("kind", error.message),
        _ => error,
    };
    Ok(refusal.at_fields()?.into_iter().map(at_kind).collect())
}

fn usual_kind(account_type: AccountType) -> String {
    kind_of(account_type, DetailType::usual(account_type))
}

/// The kind of an account; one without a detail type keeps none.
fn kind(account: &Account) -> String {
    kind_of(account.account_type, account.detail_type.as_deref().unwrap_or_default())
}

/// The kind that a new account begins with below another one.
fn kind_below(above: &Account) -> String {
    match above.detail_type {
        Some(_) => kind(above),
        None => usual_kind(above.account_type),
    }
}

fn form_of(account: &Account, accounts: &[Account]) -> FormState {
    let parent = account
        .parent_id
        .and_then(|id| accounts.iter().find(|other| other.id == id));
    let form = FormState::fresh()
        .with_version(account.version.unwrap_or_default())
        .with("kind", kind(account))
        .with("number", account.number.clone().unwrap_or_default())
        .with("name", account.name.clone())
        .with("parent", parent.map(Account::label).unwrap_or_default())
        .with("description", account.description.clone().unwrap_or_default())
        .with("tax_line", account.tax_line.clone().unwrap_or_default())
        .with("cash_flow", account.cash_flow.map(CashFlow::code).unwrap_or_default());
    match account.active {
        true => form.with("active", "yes"),
        false => form,
    }
}

/// The accounts that one can be a subaccount of: active ones, and the one it is below. The books refuse the rest.
fn parents(accounts: &[Account], of: Option<&Account>) -> Vec<Choice> {
    let fits = |account: &&Account| match of {
        Some(child) => {
            let is_parent = child.parent_id == Some(account.id);
            is_parent || (account.active && child.account_type.becomes(account.account_type) && account.id != child.id)
        }
        None => account.active,
    };
    accounts.iter().filter(fits).cloned().map(account_choice).collect()
}

async fn added(company: &Company, accounts: &[Account], form: &FormState) -> Result<i64, NotRecorded> {
    let new = read(form, &parents(accounts, None))?;
    Ok(account_create(&company.cx, &new, &request_key(form)?).await?)
}

/// What the form says.
fn read(form: &FormState, parents: &[Choice]) -> Result<NewAccount, FieldError> {
    let (account_type, detail_type) =
        kind_parse(form.value("kind")).ok_or_else(|| FieldError::at("kind", "Choose the account's type."))?;
    let cash_flow = match form.value("cash_flow") {
        "" => None,
        code => Some(CashFlow::parse(code).map_err(|_| FieldError::at("cash_flow", "Choose one of the list."))?),
    };
    Ok(NewAccount {
        number: form.value("number").to_owned(),
        name: form.value("name").to_owned(),
        account_type,
        detail_type: detail_type.to_owned(),
        parent_id: parent(parents, form)?,
        description: form.value("description").to_owned(),
        tax_line: form.value("tax_line").to_owned(),
        cash_flow,
    })
}

/// Why a change of an account was not recorded.
enum NotSaved {
    Refused(NotRecorded),
    /// Somebody else changed it meanwhile.
    Stale,
}

impl<E: Into<NotRecorded>> From<E> for NotSaved {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

async fn changed(company: &Company, account: &Account, accounts: &[Account], form: &FormState) -> Result<(), NotSaved> {
    let new = read(form, &parents(accounts, Some(account)))?;
    let moves_locked = form.has("moves_locked");
    // Of what somebody else changed meanwhile nothing is asked: the other type may be theirs.
    let is_as_seen = form.version() == account.version;
    if is_as_seen && new.account_type != account.account_type && !moves_locked {
        let moved = account_moved_by_retype(&company.cx, account.id).await?;
        if moved.lines > 0 && account.account_type.becomes(new.account_type) && account.role.is_none() {
            let message = format!("Another type moves {} lines. Say that you want it.", moved.lines);
            return Err(FieldError::at("moves_locked", message).into());
        }
    }
    let change = AccountChange {
        number: new.number,
        name: new.name,
        account_type: new.account_type,
        detail_type: new.detail_type,
        parent_id: new.parent_id,
        description: new.description,
        tax_line: new.tax_line,
        cash_flow: new.cash_flow,
        // The form of a system account does not ask.
        active: account.role.is_some() || form.has("active"),
        moves_locked,
        version: Some(form.version().unwrap_or_default()),
    };
    match account_update(&company.cx, account.id, &change, &request_key(form)?).await {
        Err(books::Error::Stale { .. }) => Err(NotSaved::Stale),
        updated => Ok(updated?),
    }
}

fn parent(parents: &[Choice], form: &FormState) -> Result<Option<i64>, FieldError> {
    match form.value("parent").trim() {
        "" => Ok(None),
        typed => find_choice(parents, typed)
            .map(|parent| Some(parent.id))
            .map_err(|error| FieldError::at("parent", error.message("an account of this type"))),
    }
}

fn new_view(company: &Company, accounts: &[Account], form: FormState) -> AccountFormView {
    AccountFormView {
        slug: company.cx.tenant().slug.clone(),
        account: None,
        kinds: kinds(&AccountType::ALL, None),
        parents: parents(accounts, None),
        conflict: None,
        form,
    }
}

async fn edit_view(
    state: &AppState,
    company: &Company,
    account: &Account,
    accounts: &[Account],
    form: FormState,
) -> Result<AccountFormView, PageError> {
    let facts = Facts::read(state, company).await?;
    let asks = form.error("moves_locked").is_some() || form.has("moves_locked");
    let is_retyped = kind_parse(form.value("kind")).is_some_and(|(of, _)| of != account.account_type);
    // Another place in the cash flows moves the account's own history, as a merge does.
    let moved = match asks && !is_retyped {
        true => account_moved_by_merge(&company.cx, account.id).await?,
        false => account_moved_by_retype(&company.cx, account.id).await?,
    };
    let may_become = |other: &AccountType| match account.role {
        Some(_) => *other == account.account_type,
        None => account.account_type.becomes(*other),
    };
    let types: Vec<AccountType> = AccountType::ALL.into_iter().filter(may_become).collect();
    let own = (account.account_type, account.detail_type.as_deref().unwrap_or_default());
    Ok(AccountFormView {
        account: Some(ExistingAccount {
            href: facts.account(account.id),
            purpose: account.role.map(|role| role.purpose()),
            moves: moves(&moved, account.account_type, facts.currency),
            asks,
            open: match account.active {
                true => open_words(
                    account.account_type,
                    &account_open_get(&company.cx, account.id).await?,
                    facts.currency,
                ),
                false => None,
            },
        }),
        slug: facts.slug,
        kinds: kinds(&types, Some(own)),
        parents: parents(accounts, Some(account)),
        conflict: None,
        form,
    })
}

/// What is open on an account: `650.00 is open on it with 2 customers. …`; none where nothing is.
fn open_words(account_type: AccountType, open: &AccountOpen, currency: Currency) -> Option<String> {
    if open.items == 0 {
        return None;
    }
    let who = match account_type {
        AccountType::AccountsPayable => "vendor",
        AccountType::AccountsReceivable => "customer",
        _ => "name",
    };
    let with = match open.contacts {
        0 => String::new(),
        1 => format!(" with 1 {who}"),
        several => format!(" with {several} {who}s"),
    };
    let amount = format_report(natural(account_type, open.amount), currency);
    Some(format!(
        "{amount} is open on it{with}. Once it is inactive, a payment on it would be refused: settle what is open first."
    ))
}

/// What moves, in sentences.
pub(super) fn moves(moved: &MovedHistory, account_type: AccountType, currency: Currency) -> Moves {
    let along = match moved.along.as_slice() {
        [] => String::new(),
        names => format!(" With it: {}.", named(names)),
    };
    let what = match (moved.lines, moved.first, moved.last) {
        (0, ..) | (_, None, _) | (_, _, None) => Some(along.trim_start().to_owned()).filter(|along| !along.is_empty()),
        (lines, Some(first), Some(last)) => Some(format!(
            "{} adding up to {} {} in the reports, dated {} to {}.{along}",
            if lines == 1 {
                "1 line".to_owned()
            } else {
                format!("{lines} lines")
            },
            format_report(natural(account_type, moved.amount), currency),
            if lines == 1 { "moves" } else { "move" },
            format_date(first),
            format_date(last)
        )),
    };
    let locked = locked_words(moved);
    Moves { what, locked }
}

/// The first of some names, and how many more there are.
pub(super) fn named(names: &[String]) -> String {
    let more = names.len().saturating_sub(ALONG_NAMED);
    let named = names[..names.len() - more].join(", ");
    match more {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// What of a history lies in locked periods; none where nothing does.
pub(super) fn locked_words(moved: &MovedHistory) -> Option<String> {
    let through = moved.locked_through?;
    let years = match moved.locked_years {
        1 => "a locked year".to_owned(),
        years => format!("{years} locked years"),
    };
    Some(format!(
        "Some lie in {years}: the books are locked through {}.",
        format_date(through)
    ))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn what_is_open_on_an_account_is_said_before_it_is_made_inactive() {
        let open = AccountOpen {
            amount: 65_000,
            items: 3,
            contacts: 2,
        };
        let words = |open: &AccountOpen, of| open_words(of, open, Currency::USD);
        let warning = words(&open, AccountType::AccountsReceivable).expect("something is open");
        assert!(
            warning.starts_with("650.00 is open on it with 2 customers. Once it is inactive, a payment"),
            "{warning}"
        );
        let owed = AccountOpen {
            amount: -65_000,
            items: 1,
            contacts: 1,
        };
        let warning = words(&owed, AccountType::AccountsPayable).expect("something is open");
        assert!(warning.starts_with("650.00 is open on it with 1 vendor."), "{warning}");
        assert_eq!(words(&AccountOpen::default(), AccountType::AccountsReceivable), None);
    }

    #[test]
    fn what_moves_is_said_with_its_amount_its_days_and_the_locked_years() {
        let moved = MovedHistory {
            along: vec!["Travel:Air".to_owned()],
            lines: 12,
            amount: -420_000,
            first: Some(date!(2025 - 01 - 05)),
            last: Some(date!(2026 - 10 - 03)),
            locked_through: Some(date!(2025 - 12 - 31)),
            locked_years: 1,
        };
        let words = moves(&moved, AccountType::Income, Currency::USD);
        assert_eq!(
            words.what.as_deref(),
            Some(
                "12 lines adding up to 4,200.00 move in the reports, dated Jan 5, 2025 to Oct 3, 2026. With it: Travel:Air."
            )
        );
        assert_eq!(
            words.locked.as_deref(),
            Some("Some lie in a locked year: the books are locked through Dec 31, 2025.")
        );
        assert_eq!(
            moves(&MovedHistory::default(), AccountType::Income, Currency::USD),
            Moves::default()
        );
    }
}
