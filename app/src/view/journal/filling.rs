//! Filling lines: rows pasted from a spreadsheet, and a description copied to the lines below it. The form does it without
//! JavaScript, the island as one types; both by these rules.

use ledger::paste::{PastedRow, parse_pasted};

use super::{JournalFormView, LINE_COUNT, LINES, LineField, MAX_LINES};
use crate::forms::FormState;

/// The field that rows are pasted into.
pub const PASTED: &str = "pasted";

impl LineField {
    /// What a pasted row has for this column.
    fn pasted(self, row: &PastedRow) -> &str {
        match self {
            Self::Account => &row.account,
            Self::Description => &row.description,
            Self::Name => &row.name,
            Self::Debit => &row.debit,
            Self::Credit => &row.credit,
            Self::Due => "",
        }
    }
}

/// The line that pasted rows may begin at: after the last one with something in it.
pub fn first_free_line<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> usize {
    let used = pairs
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .filter_map(|(name, _)| LineField::parse(name));
    used.map(|(index, _)| index + 1).max().unwrap_or(0)
}

/// The fields that pasted rows fill, from line `start` on.
pub fn pasted_fields(rows: &[PastedRow], start: usize) -> Vec<(String, String)> {
    let fields = |(index, row): (usize, &PastedRow)| {
        LineField::ALL
            .map(|field| (field.name(index), field.pasted(row).to_owned()))
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect::<Vec<_>>()
    };
    rows.iter()
        .zip(start..)
        .map(|(row, index)| fields((index, row)))
        .collect::<Vec<_>>()
        .concat()
}

/// Why rows do not fit: an entry has 500 lines at most. `used` of them are taken.
pub fn too_many_rows(rows: usize, used: usize) -> Option<String> {
    (used + rows > MAX_LINES).then(|| {
        format!(
            "These are {rows} rows, and the entry has room for {}. Split them into entries of at most {MAX_LINES} lines.",
            MAX_LINES.saturating_sub(used)
        )
    })
}

/// The form with the rows of its field [`PASTED`] as lines after those that are there. What does not fit, or holds no row, stays in
/// that field with a message.
#[must_use]
pub fn with_pasted_rows(view: JournalFormView) -> JournalFormView {
    let rows = parse_pasted(view.form.value(PASTED));
    let start = first_free_line(view.form.pairs());
    let used = view.form.rows(LINES).range(..start).count();
    let refusal = match rows.len() {
        0 => Some("Paste the rows of a spreadsheet here: account, debit, credit, description, name.".to_owned()),
        count => too_many_rows(count, used),
    };
    let mut form = view.form.clone();
    if let Some(message) = refusal {
        form.refuse(PASTED, message);
        return JournalFormView { form, ..view };
    }
    let form = pasted_fields(&rows, start)
        .into_iter()
        .fold(form, |form, (name, value)| form.replaced(&name, value));
    // Lines that were drawn empty after the last row would be lines too many in a full entry.
    let count = view.line_indices().len().max(used + rows.len()).min(MAX_LINES);
    let form = form.replaced(PASTED, "").replaced(LINE_COUNT, count.to_string());
    JournalFormView { form, ..view }
}

/// The descriptions that are still empty on lines with an account or amount, each filled with the nearest one above, or with the
/// entry's memo where there is none above.
pub fn copied_down<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    let mut memo = "";
    let mut lines: std::collections::BTreeMap<usize, (bool, &str)> = std::collections::BTreeMap::new();
    for (name, value) in pairs {
        let value = value.trim();
        match LineField::parse(name) {
            Some((index, LineField::Description)) => lines.entry(index).or_default().1 = value,
            Some((index, _)) if !value.is_empty() => lines.entry(index).or_default().0 = true,
            None if name == "memo" => memo = value,
            _ => {}
        }
    }
    let mut above = memo;
    let mut copied = Vec::new();
    for (index, (is_used, description)) in lines {
        if !description.is_empty() {
            above = description;
        } else if is_used && !above.is_empty() {
            copied.push((LineField::Description.name(index), above.to_owned()));
        }
    }
    copied
}

/// The form with its descriptions copied down.
#[must_use]
pub fn with_copied_descriptions(view: JournalFormView) -> JournalFormView {
    let form: FormState = copied_down(view.form.pairs())
        .into_iter()
        .fold(view.form.clone(), |form, (name, value)| form.replaced(&name, value));
    JournalFormView { form, ..view }
}

#[cfg(test)]
mod tests {
    use super::super::tests::view;
    use super::*;

    #[test]
    fn pasted_rows_follow_the_lines_that_are_there() {
        let filled = with_pasted_rows(view(&[
            ("lines.0.account", "Rent"),
            ("lines.1.account", ""),
            (PASTED, "6100\t12\t\tNovember\nPayroll\t\t12\n"),
        ]));
        assert_eq!(filled.form.value("lines.1.account"), "6100");
        assert_eq!(filled.form.value("lines.1.description"), "November");
        assert_eq!(
            filled.form.value("lines.2.account"),
            "Payroll",
            "an unknown account stays as it is"
        );
        assert_eq!(filled.form.value("lines.2.credit"), "12");
        assert_eq!(filled.form.value(PASTED), "");
        assert!(!filled.form.is_refused());
    }

    #[test]
    fn five_hundred_rows_fit_and_one_more_stays_where_it_was_pasted() {
        let rows = |count: usize| "6100\t1\n".repeat(count);
        let full = with_pasted_rows(view(&[("lines.0.account", ""), (PASTED, &rows(MAX_LINES))]));
        assert_eq!((full.line_indices().len(), full.form.is_refused()), (MAX_LINES, false));
        let beyond = with_pasted_rows(view(&[("lines.0.account", "Rent"), (PASTED, &rows(MAX_LINES))]));
        let message = beyond.form.error(PASTED).expect("it does not fit");
        assert!(
            message.starts_with("These are 500 rows, and the entry has room for 499."),
            "{message}"
        );
        assert_eq!(beyond.form.value(PASTED), rows(MAX_LINES));
        assert!(with_pasted_rows(view(&[(PASTED, " \n")])).form.error(PASTED).is_some());
    }

    #[test]
    fn a_description_is_copied_to_the_empty_ones_below_it() {
        let copied = with_copied_descriptions(view(&[
            ("memo", "October"),
            ("lines.0.account", "Rent"),
            ("lines.0.description", ""),
            ("lines.1.account", "Rent"),
            ("lines.1.description", "Shop"),
            ("lines.2.credit", "5"),
            ("lines.2.description", ""),
            ("lines.3.account", ""),
            ("lines.3.description", ""),
        ]));
        let descriptions = [0, 1, 2, 3].map(|index| copied.form.value(&LineField::Description.name(index)).to_owned());
        assert_eq!(descriptions, ["October", "Shop", "Shop", ""]);
    }
}
