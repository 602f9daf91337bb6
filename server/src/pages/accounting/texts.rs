//! An entry in texts that can be compared: what is saved, and what was typed.

use std::collections::BTreeMap;

use app::view::difference::EntryText;
use app::view::journal::{JournalFormView, LINES, LineField, Totals, line_no};
use books::documents::{DocumentLine, Marks};
use ledger::dates::{format_date, parse_date};
use ledger::money::{Currency, format_amount};
use time::Date;

use super::journal_form::marks_of;

/// What is saved of an entry, now or in an earlier revision.
pub(super) struct Saved<'a> {
    pub(super) date: Date,
    pub(super) reference: Option<&'a str>,
    pub(super) memo: Option<&'a str>,
    pub(super) marks: Marks,
    pub(super) lines: &'a [DocumentLine],
}

/// What is saved, each account called as `account` says.
pub(super) fn of_saved(saved: &Saved<'_>, currency: Currency, account: impl Fn(&DocumentLine) -> String) -> EntryText {
    let line = |line: &DocumentLine| {
        let due = line.due_on.filter(|due| *due != saved.date).map(format_date);
        sentence([
            Some(&account(line)),
            Some(&side(line.amount, currency)),
            line.contact.as_deref(),
            due.as_ref().map(|due| format!("due {due}")).as_deref(),
            Some(&line.description),
        ])
    };
    EntryText {
        date: format_date(saved.date),
        reference: saved.reference.unwrap_or_default().to_owned(),
        memo: saved.memo.unwrap_or_default().to_owned(),
        marks: marks_words(saved.marks),
        lines: saved.lines.iter().map(|each| (each.line_no, line(each))).collect(),
    }
}

/// What a form says, once every field in it can be read.
pub(super) fn of_typed(view: &JournalFormView) -> EntryText {
    let day = |typed: &str| parse_date(typed, view.today).map_or_else(|_| typed.to_owned(), format_date);
    let date = day(view.form.value("date"));
    let mut lines = BTreeMap::new();
    for index in view.form.rows(LINES) {
        let typed = |field: LineField| view.form.value(&field.name(index)).trim();
        let amounts = [LineField::Debit, LineField::Credit].map(|field| (field.name(index), typed(field)));
        let totals = Totals::of(
            amounts.iter().map(|(name, value)| (name.as_str(), *value)),
            view.currency,
        );
        let due = Some(typed(LineField::Due)).filter(|due| !due.is_empty()).map(day);
        let due = due.filter(|due| *due != date);
        let text = sentence([
            Some(typed(LineField::Account)),
            Some(&side(totals.debit.saturating_sub(totals.credit), view.currency)),
            Some(typed(LineField::Name)),
            due.map(|due| format!("due {due}")).as_deref(),
            Some(typed(LineField::Description)),
        ]);
        if !typed(LineField::Account).is_empty() {
            lines.insert(line_no(index), text);
        }
    }
    EntryText {
        date,
        reference: view.form.value("reference").trim().to_owned(),
        memo: view.form.value("memo").trim().to_owned(),
        marks: marks_words(marks_of(&view.form)),
        lines,
    }
}

/// What is marked on an entry, in words; empty for nothing.
pub(super) fn marks_words(marks: Marks) -> String {
    let words = match (marks.adjusting, marks.accrual_only) {
        (false, false) => "",
        (true, false) => "Adjusting entry",
        (false, true) => "Accrual only",
        (true, true) => "Adjusting entry, accrual only",
    };
    words.to_owned()
}

fn side(amount: i64, currency: Currency) -> String {
    let side = if amount < 0 { "credit" } else { "debit" };
    format!("{side} {}", format_amount(amount.saturating_abs(), currency))
}

fn sentence(parts: [Option<&str>; 5]) -> String {
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use app::forms::FormState;
    use app::view::journal::Layout;
    use time::macros::date;

    use super::*;

    #[test]
    fn what_is_saved_and_the_same_typed_read_alike() {
        let line = |line_no, account: &str, contact: Option<&str>, amount| DocumentLine {
            line_no,
            account_id: 1,
            account: account.to_owned(),
            contact_id: contact.map(|_| 9),
            contact: contact.map(str::to_owned),
            description: "November".to_owned(),
            amount,
            due_on: None,
        };
        let lines = [
            line(1, "6100 Rent", Some("Cedar"), 48_000),
            line(3, "1000 Checking", None, -48_000),
        ];
        let saved = Saved {
            date: date!(2026 - 10 - 31),
            reference: None,
            memo: Some("Rent"),
            marks: Marks {
                adjusting: true,
                accrual_only: false,
            },
            lines: &lines,
        };
        let saved = of_saved(&saved, Currency::USD, |line| line.account.clone());
        let form = FormState::new("k")
            .with("date", "10/31/26")
            .with("memo", " Rent ")
            .with("adjusting", "yes")
            .with("lines.0.account", "6100 Rent")
            .with("lines.0.name", "Cedar")
            .with("lines.0.debit", "12*40")
            .with("lines.0.description", "November")
            .with("lines.1.account", "")
            .with("lines.2.account", "1000 Checking")
            .with("lines.2.credit", "480")
            .with("lines.2.description", "November");
        let typed = of_typed(&JournalFormView {
            layout: Layout::Journal,
            post_to: None,
            today: date!(2026 - 10 - 31),
            currency: Currency::USD,
            accounts: vec![],
            due_accounts: vec![],
            contacts: vec![],
            is_issued: true,
            form,
        });
        assert_eq!(saved, typed);
        assert_eq!(typed.lines[&1], "6100 Rent, debit 480.00, Cedar, November");
    }
}
