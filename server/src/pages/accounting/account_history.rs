//! What happened to an account, from the audit chain: who changed what, when, before and after.

use app::view::accounting::entry::HistoryItem;
use app::view::difference::Difference;
use audit::log::{Entry, Filter};
use books::accounts::Account;
use ledger::accounts::{AccountType, CashFlow, DetailType};

use super::Facts;
use crate::errors::PageError;
use crate::visitor::Company;

/// Changes of an account that are shown, the newest; the audit log has them all.
const CHANGES_MAX: u16 = 50;

/// What is not said: what an account always has, or what the program keeps for itself.
const UNSAID: [&str; 4] = ["id", "currency", "role", "active"];

/// What happened to an account, newest first.
pub(super) async fn history(
    company: &Company,
    facts: &Facts,
    account: &Account,
    accounts: &[Account],
) -> Result<Vec<HistoryItem>, PageError> {
    let filter = Filter {
        table: Some("account".to_owned()),
        row: Some(account.id.to_string()),
        ..Filter::default()
    };
    let events = audit::log::newest(&company.cx, &filter, CHANGES_MAX).await?;
    let item = |event: Entry| HistoryItem {
        what: what(&event, accounts),
        when: facts.moment(event.at),
        who: event.actor.clone(),
        role: event.role.clone(),
        differences: differences(&event, accounts),
    };
    Ok(events.into_iter().map(item).collect())
}

/// What an event did, in a word or two.
fn what(event: &Entry, accounts: &[Account]) -> String {
    let changed = |field: &str| event.differences.iter().find(|difference| difference.field == field);
    let became = |field: &str| changed(field).map(|difference| difference.after.as_deref());
    if event.action == "insert" {
        return "Added".to_owned();
    }
    match (became("merged_into"), became("active"), changed("type")) {
        (Some(Some(target)), ..) => format!("Merged into {}", label(target, accounts)),
        (Some(None), ..) => "Merge undone".to_owned(),
        (None, Some(Some(audit::NO)), _) => "Made inactive".to_owned(),
        (None, Some(_), _) => "Made active".to_owned(),
        (None, None, Some(_)) => "Moved to another type".to_owned(),
        (None, None, None) => "Changed".to_owned(),
    }
}

fn differences(event: &Entry, accounts: &[Account]) -> Vec<Difference> {
    let is_said = |field: &str| !UNSAID.contains(&field) && field != "merged_into";
    let text = |field: &str, value: &Option<String>| value.as_deref().map(|value| words(field, value, accounts));
    event
        .differences
        .iter()
        .filter(|difference| is_said(&difference.field))
        .map(|difference| Difference {
            what: field_name(&difference.field),
            before: text(&difference.field, &difference.before),
            after: text(&difference.field, &difference.after),
        })
        .collect()
}

fn field_name(field: &str) -> String {
    match field {
        "number" => "Number",
        "name" => "Name",
        "parent_id" => "Subaccount of",
        "type" => "Type",
        "detail_type" => "Detail type",
        "description" => "Description",
        "tax_line" => "Tax line",
        "cash_flow" => "Cash flows",
        other => other,
    }
    .to_owned()
}

fn words(field: &str, value: &str, accounts: &[Account]) -> String {
    match field {
        "parent_id" => label(value, accounts),
        "type" => AccountType::parse(value).map_or_else(|_| value.to_owned(), |of| of.name().to_owned()),
        "detail_type" => {
            let account_type = DetailType::types_of(value)
                .first()
                .copied()
                .unwrap_or(AccountType::Expense);
            DetailType::words(account_type, value).into_owned()
        }
        "cash_flow" => CashFlow::parse(value).map_or_else(|_| value.to_owned(), |part| part.name().to_owned()),
        _ => value.to_owned(),
    }
}

fn label(id: &str, accounts: &[Account]) -> String {
    let account = accounts.iter().find(|account| account.id.to_string() == id);
    account.map_or_else(|| id.to_owned(), Account::label)
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::*;

    fn updated(before: &str, after: &str) -> Entry {
        Entry {
            seq: 2,
            change: 2,
            at: OffsetDateTime::UNIX_EPOCH,
            actor_kind: "person".to_owned(),
            actor: "dana@example".to_owned(),
            role: "accountant".to_owned(),
            request: "r".to_owned(),
            action: "update".to_owned(),
            table: "account".to_owned(),
            row: "1".to_owned(),
            differences: audit::differences(Some(before), Some(after)),
        }
    }

    #[test]
    fn an_account_that_is_deactivated_was_made_inactive_and_one_that_is_used_again_active() {
        let (active, inactive) = (
            r#"{"active": true, "name": "Rent"}"#,
            r#"{"active": false, "name": "Rent"}"#,
        );
        assert_eq!(what(&updated(active, inactive), &[]), "Made inactive");
        assert_eq!(what(&updated(inactive, active), &[]), "Made active");
        let renamed = updated(active, r#"{"active": true, "name": "Shop rent"}"#);
        assert_eq!(what(&renamed, &[]), "Changed");
    }
}
