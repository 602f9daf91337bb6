//! A document's lines as they are written: numbered, in columns, and within the limits.

use std::collections::{HashMap, HashSet};

use tenancy::{TenantTx, Write};
use time::Date;

use super::{Content, ContentLine, LINES_MAX};
use crate::Error;

pub(super) struct NumberedLine {
    pub(super) line_no: i32,
    pub(super) position: i32,
    pub(super) account_id: i64,
    pub(super) contact_id: Option<i64>,
    pub(super) description: String,
    pub(super) amount: i64,
    pub(super) due_on: Option<Date>,
}

/// Keeps the numbers that lines bring, and gives new lines the next ones: a number is never used for another line.
pub(super) fn numbered(lines: &[ContentLine], last: i32) -> Vec<NumberedLine> {
    let mut next = lines
        .iter()
        .filter_map(|line| line.line_no)
        .chain([last])
        .max()
        .unwrap_or(0);
    lines
        .iter()
        .zip(1..)
        .map(|(line, position)| NumberedLine {
            line_no: line.line_no.unwrap_or_else(|| {
                next += 1;
                next
            }),
            position,
            account_id: line.account_id,
            contact_id: line.contact_id,
            description: line.description.clone(),
            amount: line.amount,
            due_on: line.due_on,
        })
        .collect()
}

/// The columns that `unnest` takes.
pub(super) struct LineColumns {
    pub(super) line_no: Vec<i32>,
    pub(super) position: Vec<i32>,
    pub(super) account_id: Vec<i64>,
    pub(super) contact_id: Vec<Option<i64>>,
    pub(super) description: Vec<String>,
    pub(super) amount: Vec<i64>,
    pub(super) due_on: Vec<Option<Date>>,
}

impl LineColumns {
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a NumberedLine> + Clone) -> Self {
        Self {
            line_no: lines.clone().map(|line| line.line_no).collect(),
            position: lines.clone().map(|line| line.position).collect(),
            account_id: lines.clone().map(|line| line.account_id).collect(),
            contact_id: lines.clone().map(|line| line.contact_id).collect(),
            description: lines.clone().map(|line| line.description.clone()).collect(),
            amount: lines.clone().map(|line| line.amount).collect(),
            due_on: lines.clone().map(|line| line.due_on).collect(),
        }
    }
}

/// The accounts of these lines on which every leg is an open item; true where it has a due date, which receivables and payables do.
pub(super) async fn control_accounts(
    tx: &mut TenantTx<Write>,
    lines: &[NumberedLine],
) -> Result<HashMap<i64, bool>, Error> {
    let accounts: HashSet<i64> = lines.iter().map(|line| line.account_id).collect();
    let accounts: Vec<i64> = accounts.into_iter().collect();
    let rows = sqlx::query!(
        r#"select id, type in ('accounts_receivable', 'accounts_payable') as "ageing!" from account
           where id = any ($1) and (type in ('accounts_receivable', 'accounts_payable') or role in ('undeposited_funds', 'stripe_clearing'))"#,
        &accounts
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.ageing)).collect())
}

/// The sum of the debits, which lists show as the document's amount. Bounded: the caller's lines were checked to fit.
pub(super) fn total(content: &Content) -> i64 {
    content
        .lines
        .iter()
        .filter(|line| line.amount > 0)
        .fold(0_i64, |sum, line| sum.saturating_add(line.amount))
}

pub(super) fn check_size(content: &Content) -> Result<(), Error> {
    if content.lines.is_empty() {
        return Err(Error::at("lines", "Enter at least one line."));
    }
    if content.lines.len() > LINES_MAX {
        return Err(Error::at(
            "lines",
            format!("A document has at most {LINES_MAX} lines. Split it into several."),
        ));
    }
    let debits = content
        .lines
        .iter()
        .filter(|line| line.amount > 0)
        .try_fold(0_i64, |sum, line| sum.checked_add(line.amount));
    if debits.is_none() {
        return Err(Error::at("lines", "The amounts are too large to add up."));
    }
    Ok(())
}
