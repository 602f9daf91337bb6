//! Reading the form of an entry, and putting a refusal of the books at its fields.

use app::forms::{Choice, FieldError, FormState};
use app::view::journal::{FAR_AHEAD, JournalFormView, LineField, PASTED, REVERSE_ON, TypedLine, mark, read_lines};
use books::accounts::{Account, account_list};
use books::documents::Marks;
use books::journal::{JournalInput, JournalInputLine};
use ledger::dates::{format_date, parse_date};
use time::Date;

use crate::errors::PageError;
use crate::pages::accounting::account_choice;
use crate::refusals::NotRecorded;
use crate::visitor::Company;

/// The day on which a new entry is to be reversed.
pub(super) fn reverse_on(view: &JournalFormView) -> Result<Option<Date>, FieldError> {
    match view.form.value(REVERSE_ON).trim() {
        "" => Ok(None),
        typed => parse_date(typed, view.today)
            .map(Some)
            .map_err(|error| FieldError::at(REVERSE_ON, error.to_string())),
    }
}

/// The days ahead from which on a day is more likely mistyped than meant.
const FAR_AHEAD_DAYS: i64 = 366;

/// Asks once whether a day more than a year ahead is meant.
pub(super) fn far_ahead(view: &JournalFormView, date: Date) -> Result<(), FieldError> {
    let is_far = (date - view.today).whole_days() > FAR_AHEAD_DAYS;
    if !is_far || view.form.has(FAR_AHEAD) {
        return Ok(());
    }
    let message = format!(
        "{} is more than a year ahead. Correct the date, or say that it is right.",
        format_date(date)
    );
    Err(FieldError::at(FAR_AHEAD, message))
}

/// Reads the form: the entry, and its lines as they were typed.
pub(super) fn read(view: &JournalFormView) -> Result<(JournalInput, Vec<TypedLine>), NotRecorded> {
    let date =
        parse_date(view.form.value("date"), view.today).map_err(|error| FieldError::at("date", error.to_string()));
    let (date, lines) = match (date, read_lines(view), not_added(&view.form)) {
        (Ok(date), Ok(lines), None) => (date, lines),
        (date, lines, not_added) => {
            let errors = date
                .err()
                .into_iter()
                .chain(lines.err().unwrap_or_default())
                .chain(not_added);
            return Err(errors.collect::<Vec<_>>().into());
        }
    };
    let input = JournalInput {
        date,
        memo: view.form.value("memo").to_owned(),
        reference: view.form.value("reference").to_owned(),
        marks: marks_of(&view.form),
        lines: lines.iter().map(input_line).collect(),
    };
    Ok((input, lines))
}

pub(in crate::pages::accounting) fn input_line(line: &TypedLine) -> JournalInputLine {
    JournalInputLine {
        line_no: Some(line.line_no),
        account_id: line.account_id,
        contact_id: line.contact_id,
        description: line.description.clone(),
        amount: line.amount,
        due_on: line.due_on,
    }
}

/// Rows that were pasted and would be lost, as they are no lines yet.
pub(in crate::pages::accounting) fn not_added(form: &FormState) -> Option<FieldError> {
    let is_left = !form.value(PASTED).trim().is_empty();
    is_left.then(|| FieldError::at(PASTED, "These rows are not lines yet. Add them, or clear this field."))
}

/// What the boxes of a form mark.
pub(in crate::pages::accounting) fn marks_of(form: &FormState) -> Marks {
    Marks {
        adjusting: !form.value(mark::ADJUSTING).is_empty(),
        accrual_only: !form.value(mark::ACCRUAL_ONLY).is_empty(),
    }
}

/// The refusal at the fields of the form.
pub(in crate::pages::accounting) fn at_fields(error: books::Error, lines: &[TypedLine]) -> NotRecorded {
    let place = |n: usize| {
        let line = lines.get(n)?;
        Some((usize::try_from(line.line_no - 1).ok()?, line.amount))
    };
    match NotRecorded::from(error) {
        NotRecorded::AtFields(errors) => errors
            .into_iter()
            .map(|error| at_line(error, place))
            .collect::<Vec<_>>()
            .into(),
        whole => whole,
    }
}

/// The message at the field of the form. The books count the lines they are given and speak of amounts; the form has
/// places, of which some are empty, and two columns. `place` gives a line's place and amount.
pub(in crate::pages::accounting) fn at_line(
    error: FieldError,
    place: impl Fn(usize) -> Option<(usize, i64)>,
) -> FieldError {
    let parts = error.field.strip_prefix("lines.").and_then(|rest| rest.split_once('.'));
    let Some((index, amount)) = parts.and_then(|(n, _)| place(n.parse().ok()?)) else {
        return error;
    };
    let field = match parts.map(|(_, field)| field) {
        Some("account") => LineField::Account,
        Some("contact") => LineField::Name,
        Some("description") => LineField::Description,
        Some("due") => LineField::Due,
        _ if amount < 0 => LineField::Credit,
        _ => LineField::Debit,
    };
    error.moved_to(field.name(index))
}

/// The refusals, where an account that was typed is one that is not in use any more in words that say so: the form offers active
/// accounts alone, and somebody may have changed that meanwhile.
pub(in crate::pages::accounting) async fn naming_inactive(
    company: &Company,
    form: &FormState,
    errors: Vec<FieldError>,
) -> Result<Vec<FieldError>, PageError> {
    let account_of = |error: &FieldError| {
        let (_, field) = LineField::parse(&error.field)?;
        (field == LineField::Account).then(|| form.value(&error.field).trim().to_owned())
    };
    if errors.iter().all(|error| account_of(error).is_none()) {
        return Ok(errors);
    }
    let accounts = account_list(&company.cx, None).await?;
    let label_of = |id: i64| accounts.iter().find(|account| account.id == id).map(Account::label);
    // Each with what it was merged into: that is the one to choose, as nobody makes a merged account active again.
    let inactive: Vec<(Choice, Option<String>)> = accounts
        .iter()
        .filter(|account| !account.active)
        .map(|account| (account_choice(account.clone()), account.merged_into.and_then(label_of)))
        .collect();
    let named = |error: FieldError| {
        let typed = account_of(&error).unwrap_or_default();
        match inactive.iter().find(|(account, _)| account.is_called(&typed)) {
            Some((account, Some(target))) => FieldError::at(
                error.field,
                format!("{} was merged into {target}. Choose that one.", account.label()),
            ),
            Some((account, None)) => FieldError::at(
                error.field,
                format!(
                    "{} is inactive. Choose another account, or make it active in the chart of accounts.",
                    account.label()
                ),
            ),
            None => error,
        }
    };
    Ok(errors.into_iter().map(named).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_shown_in_the_column_and_at_the_place_that_was_typed() {
        let places = [(0, 48_000), (4, -48_000)];
        let shown = |field: &str| at_line(FieldError::at(field, "no"), |n| places.get(n).copied()).field;
        assert_eq!(shown("lines.1.account"), "lines.4.account");
        assert_eq!(shown("lines.1.contact"), "lines.4.name");
        assert_eq!(shown("lines.1.due"), "lines.4.due");
        assert_eq!(shown("lines.0.amount"), "lines.0.debit");
        assert_eq!(shown("lines.1.amount"), "lines.4.credit");
        assert_eq!(shown("lines.9.amount"), "lines.9.amount");
        assert_eq!(shown("lines"), "lines");
        assert_eq!(shown("date"), "date");
    }
}
