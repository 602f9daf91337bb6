//! What an import of journal entries brings, in words.

use books::journal_import::{Brings, ImportOutcome, LineError};

/// What happened, or in a dry run would happen: the entries, the accounts and contacts that are made, what is left out, and what
/// stands against it. Names come from the file, so control characters in them become spaces.
pub(super) fn outcome_text(outcome: &ImportOutcome, dry_run: bool) -> String {
    let ImportOutcome {
        new,
        known,
        doubtful,
        errors,
        warnings,
        brings,
    } = outcome;
    let what = match (errors.is_empty(), dry_run) {
        (true, false) => "imported",
        (true, true) => "would be imported",
        (false, _) => "right by themselves; nothing is imported",
    };
    let mut text = format!("Entries: {new} {what}, {known} imported before, {doubtful} in doubt\n");
    section(&mut text, &accounts_title(brings), accounts(brings));
    let contacts = brings.contacts.iter().map(|contact| {
        let kind = match (contact.customer, contact.vendor) {
            (true, true) => "Customer and vendor",
            (true, false) => "Customer",
            (false, _) => "Vendor",
        };
        format!("{}: {kind}", contact.name)
    });
    section(
        &mut text,
        "Customers and vendors that are made",
        with_more(contacts, brings.contact_count),
    );
    section(
        &mut text,
        "Columns that are not read",
        with_more(brings.unread_columns.iter().cloned(), brings.unread_column_count),
    );
    section(&mut text, "Left out", by_line(warnings));
    section(&mut text, "What stands against it", by_line(errors));
    text
}

fn accounts_title(brings: &Brings) -> String {
    let without = brings.accounts.iter().filter(|account| account.detail_type.is_none());
    match without.count() {
        0 => "Accounts that are made".to_owned(),
        count => format!(
            "Accounts that are made, {count} without a detail type: set it in the chart of accounts, the statement of cash flows goes by it"
        ),
    }
}

fn accounts(brings: &Brings) -> Vec<String> {
    let words = brings.accounts.iter().map(|account| {
        let detail = account.detail_type.as_deref().unwrap_or("no detail type");
        format!("{}: {}, {detail}", account.account, account.account_type)
    });
    words.collect()
}

/// Those that are named, and how many more there are.
fn with_more(named: impl Iterator<Item = String>, count: usize) -> Vec<String> {
    let mut named: Vec<String> = named.collect();
    match count.saturating_sub(named.len()) {
        0 => {}
        more => named.push(format!("and {more} more")),
    }
    named
}

fn by_line(messages: &[LineError]) -> Vec<String> {
    let words = messages
        .iter()
        .map(|error| format!("Line {}: {}", error.line, error.message));
    words.collect()
}

/// A heading with its rows; nothing where there are none.
fn section(text: &mut String, title: &str, rows: Vec<String>) {
    if rows.is_empty() {
        return;
    }
    text.push_str(&format!("{title}\n"));
    for row in rows {
        text.push_str(&format!("  {}\n", row.replace(char::is_control, " ")));
    }
}
