//! A template as it is saved beside what was typed of it, in words that can be compared and read.

use app::view::difference::Difference;
use app::view::journal::JournalFormView;
use app::view::recurring::{KEEPS_DRAFTS, field, read_schedule};
use books::recurring::Template;
use ledger::dates::format_date;
use ledger::schedule::Schedule;

use super::label_of;
use super::recurring::{makes, when_words};
use super::texts::{Saved, of_saved, of_typed};

/// What differs in what was typed: its name and schedule, then what its entries say.
pub(super) fn differences(template: &Template, typed: &JournalFormView) -> Vec<Difference> {
    let (row, form) = (&template.row, &typed.form);
    let schedule = read_schedule(|name| form.value(name), typed.today).unwrap_or_default();
    let issues = form.value(field::MAKES) != KEEPS_DRAFTS;
    let reversing = !form.value(field::REVERSING).is_empty();
    let heads = [
        ("Name", row.name.clone(), form.value(field::NAME).trim().to_owned()),
        ("When", when(row.schedule), when(schedule)),
        (
            "When due",
            makes_words(row.schedule, row.issues, row.reversing),
            makes_words(schedule, issues, reversing),
        ),
    ];
    let heads = heads
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(what, before, after)| Difference {
            what: what.to_owned(),
            before: said(before),
            after: said(after),
        });
    heads.chain(of_entries(template, typed)).collect()
}

/// What differs in the entries it makes. A template has no day.
fn of_entries(template: &Template, typed: &JournalFormView) -> Vec<Difference> {
    let saved = Saved {
        date: typed.today,
        reference: template.reference.as_deref(),
        memo: template.memo.as_deref(),
        marks: template.marks,
        lines: &template.lines,
    };
    let mut saved = of_saved(&saved, typed.currency, |line| {
        label_of(&typed.accounts, line.account_id)
    });
    let typed = of_typed(typed);
    saved.date.clone_from(&typed.date);
    saved.differences(&typed)
}

/// When it is due, with the first day, which its words leave open.
fn when(schedule: Option<Schedule>) -> String {
    match schedule {
        Some(of) => format!("{}, from {}", when_words(schedule), format_date(of.starts_on)),
        None => when_words(None),
    }
}

fn makes_words(schedule: Option<Schedule>, issues: bool, reversing: bool) -> String {
    schedule.map(|_| makes(issues, reversing)).unwrap_or_default()
}

fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
