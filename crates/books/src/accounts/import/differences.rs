//! What a line of a file changes of an account that is there.

use ledger::accounts::{AccountType, CashFlow, DetailType};

use super::FieldChange;
use super::plan::Planned;
use crate::accounts::Account;

/// The part of the statement of cash flows that an account stands in with its type and detail type of the file.
pub(super) fn flows_after(before: &Account, after: &Planned) -> CashFlow {
    let usual = || CashFlow::usual(after.account_type, after.detail_type.as_deref());
    before.cash_flow.unwrap_or_else(usual)
}

/// The fields of an account that a line of the file changes.
pub(super) fn differences(before: &Account, after: &Planned) -> Vec<FieldChange> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let detail = |account_type: AccountType, text: &Option<String>| {
        text.as_deref()
            .map(|text| DetailType::words(account_type, text).into_owned())
            .unwrap_or_default()
    };
    let active = |active: bool| if active { "active" } else { "inactive" }.to_owned();
    let all = [
        ("Number", text(&before.number), text(&after.number)),
        ("Name", before.name.clone(), after.name.clone()),
        (
            "Type",
            before.account_type.name().to_owned(),
            after.account_type.name().to_owned(),
        ),
        (
            "Detail type",
            detail(before.account_type, &before.detail_type),
            detail(after.account_type, &after.detail_type),
        ),
        (
            "Cash flow statement",
            before.flows().name().to_owned(),
            flows_after(before, after).name().to_owned(),
        ),
        ("Description", text(&before.description), text(&after.description)),
        ("State", active(before.active), active(after.active)),
    ];
    all.into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(what, before, after)| FieldChange { what, before, after })
        .collect()
}
