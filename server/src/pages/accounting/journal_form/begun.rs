//! What an entry's form begins with: the entry as it stands, or what another one or a template gives a new one.

use app::forms::FormState;
use app::view::journal::{FIRST_LINES, JournalFormView, LINE_COUNT, LineField, mark};
use books::documents::{Document, DocumentLine, Marks, document_get};
use books::recurring::recurring_get;
use ledger::dates::format_date_input;
use ledger::money::format_amount;
use serde::Deserialize;
use time::Date;

use crate::errors::PageError;
use crate::pages::accounting::{Facts, label_of};
use crate::visitor::Company;

/// What a new entry begins with.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// The entry that is copied.
    copy: Option<i64>,
    /// The template that is used.
    template: Option<i64>,
    /// The account whose register somebody came from: the first line is on it.
    account: Option<i64>,
}

impl Asked {
    /// An entry of today, and of nothing but the account that was asked for.
    pub(super) fn form(&self, today: Date, view: &JournalFormView) -> FormState {
        let form = FormState::fresh().with("date", format_date_input(today));
        match self.account {
            Some(id) => form.with(LineField::Account.name(0), label_of(&view.accounts, id)),
            None => form,
        }
    }
}

/// What another entry or a template gives a new one: everything but the day.
pub(super) struct Begun {
    today: Date,
    reference: Option<String>,
    memo: Option<String>,
    marks: Marks,
    pub(super) lines: Vec<DocumentLine>,
}

impl Begun {
    pub(super) fn form(&self, view: &JournalFormView) -> FormState {
        let form = FormState::fresh().with("date", format_date_input(self.today));
        with_content(form, &self.reference, &self.memo, self.marks, &self.lines, view)
    }
}

pub(super) async fn begun(facts: &Facts, company: &Company, asked: &Asked) -> Result<Option<Begun>, PageError> {
    if let Some(id) = asked.copy {
        let entry = document_get(&company.cx, id).await?;
        return Ok(Some(Begun {
            today: facts.today,
            reference: entry.reference,
            memo: entry.memo,
            marks: entry.marks,
            lines: due_as_long_after(numbered_anew(entry.lines), entry.doc_date, facts.today),
        }));
    }
    let Some(id) = asked.template else { return Ok(None) };
    let template = recurring_get(&company.cx, id).await?;
    Ok(Some(Begun {
        today: facts.today,
        reference: template.reference,
        memo: template.memo,
        marks: template.marks,
        lines: template.lines,
    }))
}

/// A copy's lines are new ones: numbered from 1. A template's form has no field for the day they are due, which stays behind.
pub(in crate::pages::accounting) fn numbered_anew(lines: Vec<DocumentLine>) -> Vec<DocumentLine> {
    let anew = |(line, line_no): (DocumentLine, i32)| DocumentLine { line_no, ..line };
    lines.into_iter().zip(1..).map(anew).collect()
}

/// The lines of an entry of one day on another, each due as many days after it as it was; with its entry where it was due with it.
fn due_as_long_after(lines: Vec<DocumentLine>, from: Date, to: Date) -> Vec<DocumentLine> {
    let moved = |line: DocumentLine| DocumentLine {
        due_on: line
            .due_on
            .filter(|due_on| *due_on != from)
            .and_then(|due_on| to.checked_add(due_on - from)),
        ..line
    };
    lines.into_iter().map(moved).collect()
}

/// The form as the entry stands.
pub(super) fn form_of(entry: &Document, view: &JournalFormView) -> FormState {
    let form = FormState::fresh()
        .with_version(i64::from(entry.version))
        .with("date", format_date_input(entry.doc_date));
    let lines = due_as_long_after(entry.lines.clone(), entry.doc_date, entry.doc_date);
    with_content(form, &entry.reference, &entry.memo, entry.marks, &lines, view)
}

/// The form with what an entry says beside its day.
pub(in crate::pages::accounting) fn with_content(
    form: FormState,
    reference: &Option<String>,
    memo: &Option<String>,
    marks: Marks,
    lines: &[DocumentLine],
    view: &JournalFormView,
) -> FormState {
    let mut form = form
        .with("reference", reference.clone().unwrap_or_default())
        .with("memo", memo.clone().unwrap_or_default())
        .with(LINE_COUNT, lines.len().max(FIRST_LINES).to_string());
    for (name, is_marked) in [
        (mark::ADJUSTING, marks.adjusting),
        (mark::ACCRUAL_ONLY, marks.accrual_only),
    ] {
        if is_marked {
            form = form.with(name, "yes");
        }
    }
    lines.iter().fold(form, |form, line| with_line(form, line, view))
}

/// The form with a line that is saved: its place is its number less one.
pub(in crate::pages::accounting) fn with_line(
    form: FormState,
    line: &DocumentLine,
    view: &JournalFormView,
) -> FormState {
    let index = usize::try_from(line.line_no - 1).unwrap_or_default();
    let side = if line.amount < 0 {
        LineField::Credit
    } else {
        LineField::Debit
    };
    let amount = format_amount(line.amount.saturating_abs(), view.currency);
    form.with(
        LineField::Account.name(index),
        label_of(&view.accounts, line.account_id),
    )
    .with(LineField::Description.name(index), line.description.clone())
    .with(LineField::Name.name(index), line.contact.clone().unwrap_or_default())
    .with(
        LineField::Due.name(index),
        line.due_on.map(format_date_input).unwrap_or_default(),
    )
    .with(side.name(index), amount)
}
