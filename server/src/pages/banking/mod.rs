//! `/c/{slug}/banking` and what is under it.

pub mod connect;
pub mod import;
pub mod number;
pub mod overview;
pub mod preview;
pub mod review;
mod row_forms;
pub mod split;
pub mod undo_import;

use app::components::SelectOption;
use app::forms::Choice;
use app::view::banking::{BankAccountView, LineCounts, banking_path};
use axum::http::StatusCode;
use books::accounts::{Account, account_list};
use books::bank_accounts::{BankAccount, bank_account_list};
use ledger::accounts::AccountType;
use ledger::money::Currency;

use crate::errors::PageError;
use crate::visitor::Company;

/// What a line may be coded to, the own accounts that money is transferred to and from, and the account that the line is on.
struct Choices {
    categories: Vec<Choice>,
    own_accounts: Vec<Choice>,
    itself: Choice,
}

impl Choices {
    /// The active accounts of the chart; the one that lines are on, of course, is no other account.
    async fn read(company: &Company, itself: i64) -> Result<Self, PageError> {
        let (mut on, others): (Vec<Account>, Vec<Account>) = account_list(&company.cx, None)
            .await?
            .into_iter()
            .partition(|account| account.id == itself);
        let (own, others): (Vec<Account>, Vec<Account>) = others
            .into_iter()
            .filter(|account| account.active)
            .partition(|account| is_own(account.account_type));
        Ok(Self {
            categories: others.into_iter().map(choice).collect(),
            own_accounts: own.into_iter().map(choice).collect(),
            itself: on.pop().map(choice).ok_or(PageError::of(StatusCode::NOT_FOUND))?,
        })
    }
}

fn choice(account: Account) -> Choice {
    Choice {
        id: account.id,
        number: account.number,
        name: account.path,
    }
}

/// The bank and card accounts of the chart, to choose from, under words for none of them.
async fn own_account_options(company: &Company, none: &str) -> Result<Vec<SelectOption>, PageError> {
    let accounts = account_list(&company.cx, None).await?.into_iter();
    let own = accounts.filter(|account| account.active && is_own(account.account_type));
    let options = own.map(|account| SelectOption::new(account.id.to_string(), account.label()));
    Ok([SelectOption::new("", none)].into_iter().chain(options).collect())
}

fn is_own(account_type: AccountType) -> bool {
    matches!(account_type, AccountType::Bank | AccountType::CreditCard)
}

fn path(company: &Company) -> String {
    banking_path(&company.cx.tenant().slug)
}

/// The connected account of that id.
async fn bank_account(company: &Company, id: i64) -> Result<BankAccount, PageError> {
    let accounts = bank_account_list(&company.cx).await?;
    accounts
        .into_iter()
        .find(|account| account.id == id)
        .ok_or(PageError::of(StatusCode::NOT_FOUND))
}

fn account_view(account: BankAccount) -> Result<BankAccountView, PageError> {
    Ok(BankAccountView {
        id: account.id,
        account: account.account,
        is_card: account.account_type == AccountType::CreditCard,
        currency: Currency::parse(&account.currency).map_err(PageError::internal)?,
        mask: account.mask,
        stated: account.stated_balance.zip(account.stated_on),
        book_balance: account.book_balance,
        waiting_amount: account.waiting_amount,
        lines: LineCounts {
            new: account.lines.new,
            doubtful: account.lines.doubtful,
            accepted: account.lines.accepted,
            excluded: account.lines.excluded,
        },
    })
}
