//! Adding an account, and the checks of its texts that a change of it shares.

use ledger::accounts::{AccountType, CashFlow, DetailType};
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};

use super::{
    ACCOUNTS_MAX, Chart, DESCRIPTION_CHARS_MAX, DETAIL_TYPE_CHARS_MAX, NAME_CHARS_MAX, NUMBER_CHARS_MAX,
    TAX_LINE_CHARS_MAX,
};
use crate::fields::{accept, optional, required};
use crate::{Error, Problem};

/// An account to be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewAccount {
    /// Its number, at most 20 characters; empty for none.
    pub number: String,
    /// Its own name, 1 to 100 characters without a colon.
    pub name: String,
    /// Its type.
    pub account_type: AccountType,
    /// QuickBooks' detail type by its code or words, or a text of its own; empty for the type's usual one.
    pub detail_type: String,
    /// The account it is a subaccount of, which has the same type.
    pub parent_id: Option<i64>,
    /// What it is for, at most 1,000 characters; empty for nothing.
    pub description: String,
    /// The tax form's line it usually goes to, at most 40 characters; empty for none.
    pub tax_line: String,
    /// Where it stands in the statement of cash flows, where that is not what its type says.
    pub cash_flow: Option<CashFlow>,
}

impl NewAccount {
    /// An account of that name and type, and no more.
    pub fn named(name: impl Into<String>, account_type: AccountType) -> Self {
        Self {
            number: String::new(),
            name: name.into(),
            account_type,
            detail_type: String::new(),
            parent_id: None,
            description: String::new(),
            tax_line: String::new(),
            cash_flow: None,
        }
    }
}

/// The texts of an account as they are kept.
pub(super) struct Texts {
    pub(super) number: Option<String>,
    pub(super) name: String,
    pub(super) detail_type: String,
    pub(super) description: Option<String>,
    pub(super) tax_line: Option<String>,
}

impl Texts {
    pub(super) fn checked(new: &NewAccount, problems: &mut Vec<Problem>) -> Self {
        Self {
            number: optional("number", &new.number, NUMBER_CHARS_MAX, problems),
            name: checked_name(&new.name, problems),
            detail_type: checked_detail_type(new.account_type, &new.detail_type, problems),
            description: optional("description", &new.description, DESCRIPTION_CHARS_MAX, problems),
            tax_line: optional("tax_line", &new.tax_line, TAX_LINE_CHARS_MAX, problems),
        }
    }
}

/// Adds an account and gives its id.
///
/// # Errors
/// `Invalid` at `number`, `name`, `detail_type`, `parent`, `description` or `tax_line`.
pub async fn account_create(cx: &Cx, new: &NewAccount, key: &RequestKey) -> Result<i64, Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let id = create(&mut tx, new).await?;
    tx.commit(&id).await?;
    Ok(id)
}

async fn create(tx: &mut TenantTx<Write>, new: &NewAccount) -> Result<i64, Error> {
    let chart = Chart::load(tx).await?;
    let mut problems = Vec::new();
    let texts = Texts::checked(new, &mut problems);
    if chart.accounts().len() >= ACCOUNTS_MAX {
        problems.push(Problem::of_form(format!(
            "A company has at most {ACCOUNTS_MAX} accounts. Use one that is there."
        )));
    }
    problems.extend(chart.parent_problem(None, new.account_type, new.parent_id));
    accept(problems)?;
    let id = sqlx::query_scalar!(
        "insert into account (number, name, parent_id, type, detail_type, description, tax_line, cash_flow, currency)
         select $1, $2, $3, $4, $5, $6, $7, $8, c.currency from company c returning id",
        texts.number,
        texts.name,
        new.parent_id,
        new.account_type.code(),
        texts.detail_type,
        texts.description,
        texts.tax_line,
        new.cash_flow.map(CashFlow::code)
    )
    .fetch_optional(&mut **tx)
    .await?;
    id.ok_or(Error::NotFound("the company"))
}

fn checked_name(name: &str, problems: &mut Vec<Problem>) -> String {
    let name = required("name", name, NAME_CHARS_MAX, "Enter the account's name.", problems);
    if name.contains(':') {
        problems.push(Problem::at(
            "name",
            "A colon stands between an account and its subaccount. Choose a name without one.",
        ));
    }
    name
}

/// The detail type as it is stored: the code where it is one of the type's, the usual one where nothing is said, else the text.
fn checked_detail_type(account_type: AccountType, text: &str, problems: &mut Vec<Problem>) -> String {
    let Some(text) = optional("detail_type", text, DETAIL_TYPE_CHARS_MAX, problems) else {
        return DetailType::usual(account_type).to_owned();
    };
    if let Some(detail) = DetailType::find(account_type, &text) {
        return detail.code.to_owned();
    }
    if let Some(other) = DetailType::types_of(&text).first() {
        problems.push(Problem::at(
            "detail_type",
            format!(
                "“{text}” is a detail type of {}, not of {}. Choose one of this type's.",
                other.name(),
                account_type.name()
            ),
        ));
    }
    text
}
