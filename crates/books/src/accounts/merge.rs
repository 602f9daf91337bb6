//! Merging an account into another, and undoing it. Postings stay where they were made; reports show them with the target.

use ledger::accounts::AccountType;
use tenancy::{Capability, Cx, RequestKey};

use super::chart::MERGES_IN_A_ROW_MAX;
use super::{Account, Chart, moved};
use crate::fields::accept;
use crate::{Error, Problem};

/// Merges an account into another of its type: it becomes inactive, and every report shows its postings with the target, also
/// those of earlier periods. `moves_locked` says that somebody agreed to what moves in locked periods.
///
/// # Errors
/// `Invalid` at `into`, or at `moves_locked` where history of a locked period would move unasked; `NotFound`.
pub async fn account_merge(cx: &Cx, id: i64, into: i64, moves_locked: bool, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let chart = Chart::load(&mut tx).await?;
    let account = chart.get(id).ok_or(Error::NotFound("that account"))?;
    let problem = chart.merge_problem(account, into);
    accept(problem.into_iter().collect())?;
    if !moves_locked {
        moved::refuse_locked(&mut tx, &chart.merges().ids_shown_as(id)).await?;
    }
    sqlx::query!(
        "update account set merged_into = $2, active = false where id = $1",
        id,
        into
    )
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit(&()).await?)
}

/// Why an account cannot be merged into any other, and what to do instead; none where it can.
///
/// # Errors
/// `NotFound`.
pub async fn account_merge_obstacle(cx: &Cx, id: i64) -> Result<Option<String>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let chart = Chart::load(&mut tx).await?;
    let account = chart.get(id).ok_or(Error::NotFound("that account"))?;
    Ok(chart.merge_obstacle(account))
}

/// Undoes a merge: the account is active again, and reports show its postings under its own name.
///
/// # Errors
/// `Invalid` at the form where its name or number was given away meanwhile or its parent is inactive, or at `moves_locked`;
/// `NotFound` where it is not merged.
pub async fn account_unmerge(cx: &Cx, id: i64, moves_locked: bool, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Journal, key);
    let chart = Chart::load(&mut tx).await?;
    let account = chart.get(id).ok_or(Error::NotFound("that account"))?;
    if account.merged_into.is_none() {
        return Err(Error::NotFound("a merge of that account"));
    }
    accept(chart.unmerge_problems(account))?;
    if !moves_locked {
        moved::refuse_locked(&mut tx, &chart.merges().ids_shown_as(id)).await?;
    }
    sqlx::query!("update account set merged_into = null, active = true where id = $1", id)
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit(&()).await?)
}

impl Chart {
    /// Why an account cannot be merged into any other.
    fn merge_obstacle(&self, account: &Account) -> Option<String> {
        if let Some(role) = account.role {
            return Some(format!(
                "CarteFi itself books to {}: {}. It is not merged away; you can rename it.",
                account.name,
                role.purpose()
            ));
        }
        if account.account_type.carries_open_items() {
            return Some(format!(
                "{} carries what is open by name, which stays with it. Make it inactive instead.",
                account.name
            ));
        }
        if let Some(merged) = account.merged_into.and_then(|target| self.get(target)) {
            return Some(format!("It is merged into {} already.", merged.label()));
        }
        let below = |other: &&Account| other.parent_id == Some(account.id) && other.merged_into.is_none();
        if let Some(child) = self.accounts().iter().find(below) {
            return Some(format!(
                "{} is below it. Move its subaccounts to another parent first.",
                child.name
            ));
        }
        None
    }

    /// Why an account cannot be merged into `into`.
    fn merge_problem(&self, account: &Account, into: i64) -> Option<Problem> {
        let at = |message: String| Some(Problem::at("into", message));
        if let Some(message) = self.merge_obstacle(account) {
            return at(message);
        }
        let Some(target) = self.get(into) else {
            return at("Choose the account that takes it in.".to_owned());
        };
        if target.id == account.id {
            return at("An account is not merged into itself. Choose another.".to_owned());
        }
        if !target.active {
            return at(format!(
                "{} is inactive. Choose an account that is in use.",
                target.name
            ));
        }
        if target.account_type != account.account_type {
            return at(different_types(account, target));
        }
        // The target is in use, so it was merged into nothing: the row ends there.
        if self.merges().in_a_row_into(account.id) >= MERGES_IN_A_ROW_MAX {
            return at(format!(
                "{MERGES_IN_A_ROW_MAX} merges follow one another into {} already, which is the most. Undo the last of them, and merge that account into {} itself.",
                account.name, target.name
            ));
        }
        None
    }

    /// What stands in the way of undoing a merge.
    fn unmerge_problems(&self, account: &Account) -> Vec<Problem> {
        let mut problems = Vec::new();
        let others = || {
            self.accounts()
                .iter()
                .filter(|other| other.active && other.id != account.id)
        };
        let parent = account.parent_id.and_then(|parent| self.get(parent));
        if let Some(parent) = parent.filter(|parent| !parent.active) {
            problems.push(Problem::of_form(format!(
                "It stands below {}, which is inactive. Make that active first.",
                parent.name
            )));
        }
        let name = account.name.to_lowercase();
        if others().any(|other| other.parent_id == account.parent_id && other.name.to_lowercase() == name) {
            problems.push(Problem::of_form(format!(
                "Another account is called {} by now. Rename that one first, then undo the merge.",
                account.path
            )));
        }
        if let Some(other) = others().find(|other| other.number.is_some() && other.number == account.number) {
            problems.push(Problem::of_form(format!(
                "{} has its number by now. Change that number first, then undo the merge.",
                other.label()
            )));
        }
        problems
    }
}

fn different_types(account: &Account, target: &Account) -> String {
    let [of, to]: [AccountType; 2] = [account.account_type, target.account_type];
    let way = match of.becomes(to) {
        true => "Change the type of one of them first.",
        false => "Choose one of the same type.",
    };
    format!(
        "{} is of type {}, and {} is of type {}. {way}",
        account.name,
        of.name(),
        target.name,
        to.name()
    )
}
