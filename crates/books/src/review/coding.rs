//! Coding a line: saying what it was for.

use std::collections::HashMap;

use ledger::accounts::AccountType;
use ledger::money::{AmountOverflow, format_amount, sum_checked};
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};

use super::{LineAccepted, OpenLine, accept_as};
use crate::bank_accounts::is_bank_or_card;
use crate::documents::{ContentLine, DocumentKind, LINES_MAX};
use crate::{Error, Problem, fields};

/// The most parts of a line: a document's lines but for the bank's own.
pub const SPLITS_MAX: usize = LINES_MAX - 1;

const DESCRIPTION_CHARS_MAX: usize = 1_000;

/// What a line was for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coding {
    /// The account: any but a bank or card account, to which money is transferred.
    pub account_id: i64,
    /// The customer or vendor; required on receivable and payable accounts.
    pub contact_id: Option<i64>,
    /// What it was, in a person's words; the bank's words where it is empty.
    pub description: String,
}

/// A part of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Split {
    /// What it was for.
    pub coding: Coding,
    /// Minor units in the sign of the line: of -100.00, -60.00 and -40.00.
    pub amount: i64,
}

/// Codes a line to one account.
///
/// # Errors
/// At `account`, `contact` or `description`; at `date` where the bank's day is locked; of the form as a whole where the line is
/// not, or no longer, to be accepted.
pub async fn line_code(cx: &Cx, line_id: i64, coding: &Coding, key: &RequestKey) -> Result<LineAccepted, Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    let line = OpenLine::read(&mut tx, line_id).await?;
    let split = Split {
        coding: coding.clone(),
        amount: line.amount,
    };
    let accepted = code(&mut tx, &line, &[split], &|_, field| field.to_owned()).await?;
    tx.commit(&accepted).await?;
    Ok(accepted)
}

/// Codes a line to several accounts, whose amounts add up to it.
///
/// # Errors
/// As `line_code`, at `splits.N.account` and so on, N counted from 0; at the last `splits.N.amount` where they do not add up.
pub async fn line_split(cx: &Cx, line_id: i64, splits: &[Split], key: &RequestKey) -> Result<LineAccepted, Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    let line = OpenLine::read(&mut tx, line_id).await?;
    check_amounts(&line, splits)?;
    let accepted = code(&mut tx, &line, splits, &|n, field| format!("splits.{n}.{field}")).await?;
    tx.commit(&accepted).await?;
    Ok(accepted)
}

fn check_amounts(line: &OpenLine, splits: &[Split]) -> Result<(), Error> {
    if splits.is_empty() {
        return Err(Error::at("splits", "Enter at least one part."));
    }
    if splits.len() > SPLITS_MAX {
        return Err(Error::at(
            "splits",
            format!("A line is split into {SPLITS_MAX} parts at most."),
        ));
    }
    let zeros = splits.iter().enumerate().filter(|(_, split)| split.amount == 0);
    let mut problems: Vec<Problem> = zeros
        .map(|(n, _)| Problem::at(format!("splits.{n}.amount"), "Enter an amount, or remove this part."))
        .collect();
    let sum = sum_checked(splits.iter().map(|split| split.amount))?;
    if problems.is_empty() && sum != line.amount {
        // Both lie within a bigint, their difference need not.
        let missing = sum_checked([line.amount, sum.saturating_neg()])?;
        let message = format!(
            "The parts add up to {}, the line is {}: {} is missing.",
            format_amount(sum, line.currency),
            line.amount_in_words(),
            format_amount(missing, line.currency)
        );
        problems.push(Problem::at(format!("splits.{}.amount", splits.len() - 1), message));
    }
    fields::accept(problems)
}

/// Makes the expense or deposit; `field` names a part's field.
async fn code(
    tx: &mut TenantTx<Write>,
    line: &OpenLine,
    splits: &[Split],
    field: &(dyn Fn(usize, &str) -> String + Sync),
) -> Result<LineAccepted, Error> {
    let accounts = accounts(tx, splits).await?;
    let contacts = active_contacts(tx, splits).await?;
    let mut problems = Vec::new();
    let mut others = Vec::with_capacity(splits.len());
    for (n, Split { coding, amount }) in splits.iter().enumerate() {
        if let Some(message) = account_problem(accounts.get(&coding.account_id)) {
            problems.push(Problem::at(field(n, "account"), message));
        } else if coding.contact_id.is_none()
            && accounts
                .get(&coding.account_id)
                .is_some_and(ChosenAccount::needs_contact)
        {
            let message = "A receivable or payable account needs a name. Choose the customer or vendor.";
            problems.push(Problem::at(field(n, "contact"), message));
        }
        if coding.contact_id.is_some_and(|contact| !contacts.contains(&contact)) {
            problems.push(Problem::at(
                field(n, "contact"),
                "Choose a customer or vendor that is active.",
            ));
        }
        let typed = fields::optional(
            &field(n, "description"),
            &coding.description,
            DESCRIPTION_CHARS_MAX,
            &mut problems,
        );
        others.push(ContentLine {
            line_no: None,
            account_id: coding.account_id,
            contact_id: coding.contact_id,
            description: typed.unwrap_or_else(|| line.words().to_owned()),
            amount: amount.checked_neg().ok_or(AmountOverflow)?,
            due_on: None,
        });
    }
    fields::accept(problems)?;
    let kind = if line.amount < 0 {
        DocumentKind::Expense
    } else {
        DocumentKind::BankDeposit
    };
    // The document is with somebody where all its parts are with the same.
    let contact_id = splits[0]
        .coding
        .contact_id
        .filter(|first| splits.iter().all(|s| s.coding.contact_id == Some(*first)));
    accept_as(tx, line, kind, contact_id, others).await
}

struct ChosenAccount {
    account_type: String,
    active: bool,
}

impl ChosenAccount {
    fn needs_contact(&self) -> bool {
        [AccountType::AccountsReceivable, AccountType::AccountsPayable]
            .iter()
            .any(|kind| kind.code() == self.account_type)
    }
}

fn account_problem(account: Option<&ChosenAccount>) -> Option<&'static str> {
    match account {
        None => Some("Choose an account of the chart."),
        Some(account) if is_bank_or_card(&account.account_type) => {
            Some("This is a bank or card account of your own. Record a transfer instead, so that it is posted once.")
        }
        Some(account) if !account.active => {
            Some("This account is inactive. Choose another, or make it active in the chart of accounts.")
        }
        Some(_) => None,
    }
}

async fn accounts(tx: &mut TenantTx<Write>, splits: &[Split]) -> Result<HashMap<i64, ChosenAccount>, Error> {
    let ids: Vec<i64> = splits.iter().map(|split| split.coding.account_id).collect();
    let rows = sqlx::query!("select id, type, active from account where id = any ($1)", &ids)
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                row.id,
                ChosenAccount {
                    account_type: row.r#type,
                    active: row.active,
                },
            )
        })
        .collect())
}

async fn active_contacts(tx: &mut TenantTx<Write>, splits: &[Split]) -> Result<Vec<i64>, Error> {
    let ids: Vec<i64> = splits.iter().filter_map(|split| split.coding.contact_id).collect();
    Ok(
        sqlx::query_scalar!("select id from contact where id = any ($1) and active", &ids)
            .fetch_all(&mut **tx)
            .await?,
    )
}
