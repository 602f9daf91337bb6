//! Filling lines: rows pasted from a spreadsheet, and a description copied to the lines below it. The form does it without
//! JavaScript, the island as one types; both by these rules.

use std::collections::{BTreeMap, BTreeSet};

use ledger::paste::{PastedColumn, PastedRow, parse_pasted};

use super::{JournalFormView, LINE_COUNT, Layout, LineField, MAX_LINES};
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
            Self::Due => &row.due,
        }
    }

    const fn pasted_column(self) -> PastedColumn {
        match self {
            Self::Account => PastedColumn::Account,
            Self::Description => PastedColumn::Description,
            Self::Name => PastedColumn::Name,
            Self::Debit => PastedColumn::Debit,
            Self::Credit => PastedColumn::Credit,
            Self::Due => PastedColumn::Due,
        }
    }
}

impl Layout {
    /// What the cells are of rows that are pasted into a column: that column and those to its right, as the form shows them.
    fn pasted_columns(self, from: LineField) -> Vec<PastedColumn> {
        if from == LineField::Due && self.has_due_below_name() {
            return vec![PastedColumn::Due];
        }
        self.columns()
            .into_iter()
            .skip_while(|column| *column != from)
            .map(LineField::pasted_column)
            .collect()
    }
}

/// What pasted rows make of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The indices of the lines to draw, ascending.
    pub lines: Vec<usize>,
    /// The fields that are filled, by name.
    pub fields: Vec<(String, String)>,
}

/// The form's lines with the rows of a text: from the field `at` on in the columns as they are shown, or, without one, whole rows below
/// the last line with something in it. `drawn` are the lines that the form shows now, ascending.
///
/// Rows with their accounts never replace what stands in a field: they begin below the last line then. Columns that are put beside
/// accounts replace it, as a spreadsheet does.
///
/// # Errors
/// Why the rows are not taken, in a sentence; nothing is filled then.
pub fn filled<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    layout: Layout,
    drawn: &[usize],
    at: Option<(usize, LineField)>,
    text: &str,
) -> Result<Filled, String> {
    let first = at.map_or(LineField::Account, |(_, field)| field);
    let rows = parse_pasted(text, &layout.pasted_columns(first)).map_err(|error| error.to_string())?;
    if rows.is_empty() {
        return Err(format!(
            "Paste the rows of a spreadsheet here: {}.",
            columns_words(layout)
        ));
    }
    let typed: BTreeMap<&str, &str> = pairs
        .into_iter()
        .map(|(name, value)| (name, value.trim()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let used: BTreeSet<usize> = typed
        .keys()
        .filter_map(|name| Some(LineField::parse(name)?.0))
        .collect();
    let free = used.last().map_or(0, |last| last + 1);
    let mut lines = lines_from(drawn, at.map_or(free, |(index, _)| index), rows.len());
    let mut fields = fields_of(&rows, &lines);
    let has_accounts = rows.iter().any(|row| !row.account.is_empty());
    let replaces = |(name, value): &(String, String)| typed.get(name.as_str()).is_some_and(|before| before != value);
    if has_accounts && fields.iter().any(replaces) {
        lines = lines_from(drawn, free, rows.len());
        fields = fields_of(&rows, &lines);
    }
    // Empty lines below the rows give way to them; those above keep their place.
    let start = lines.first().copied().unwrap_or_default();
    let kept = drawn.iter().filter(|index| **index < start || used.contains(index));
    let all: BTreeSet<usize> = kept.chain(&lines).copied().collect();
    if all.len() > MAX_LINES {
        return Err(too_many_rows(
            rows.len(),
            MAX_LINES.saturating_sub(all.len() - lines.len()),
        ));
    }
    Ok(Filled {
        lines: all.into_iter().collect(),
        fields,
    })
}

/// The columns of a form in words: `account, description, name, debit, credit`.
pub fn columns_words(layout: Layout) -> String {
    layout.columns().map(|column| column.label().to_lowercase()).join(", ")
}

/// So many lines from an index on: those that are drawn, and new ones after them.
fn lines_from(drawn: &[usize], start: usize, count: usize) -> Vec<usize> {
    let next = drawn.last().map_or(0, |last| last + 1).max(start);
    let here = drawn.iter().copied().filter(|index| *index >= start);
    here.chain(next..).take(count).collect()
}

/// The fields that rows fill on these lines. An empty cell leaves its field as it is.
fn fields_of(rows: &[PastedRow], lines: &[usize]) -> Vec<(String, String)> {
    let fields = |(row, index): (&PastedRow, &usize)| {
        LineField::ALL
            .map(|field| (field.name(*index), field.pasted(row).to_owned()))
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect::<Vec<_>>()
    };
    rows.iter().zip(lines).map(fields).collect::<Vec<_>>().concat()
}

/// Why rows do not fit: an entry has 500 lines at most.
fn too_many_rows(rows: usize, room: usize) -> String {
    format!(
        "These are {rows} rows, and the entry has room for {room}. Split them into entries of at most {MAX_LINES} lines."
    )
}

/// The form with the rows of its field [`PASTED`] as lines after those that are there. What does not fit, or holds no row, stays in
/// that field with a message.
#[must_use]
pub fn with_pasted_rows(view: JournalFormView) -> JournalFormView {
    let drawn = view.line_indices();
    let mut form = view.form.clone();
    match filled(view.form.pairs(), view.layout, &drawn, None, view.form.value(PASTED)) {
        Ok(filled) => {
            let count = drawn.len().max(filled.lines.len()).min(MAX_LINES);
            form = filled
                .fields
                .into_iter()
                .fold(form, |form, (name, value)| form.replaced(&name, value))
                .replaced(PASTED, "")
                .replaced(LINE_COUNT, count.to_string());
        }
        Err(message) => form.refuse(PASTED, message),
    }
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
            (PASTED, "6100\tNovember\tCedar Property\t12\nPayroll\t\t\t\t12\n"),
        ]));
        assert_eq!(filled.form.value("lines.1.account"), "6100");
        assert_eq!(filled.form.value("lines.1.description"), "November");
        assert_eq!(filled.form.value("lines.1.name"), "Cedar Property");
        assert_eq!(filled.form.value("lines.1.debit"), "12");
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
        let rows = |count: usize| "6100\t\t\t1\n".repeat(count);
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

    /// The fields that a text fills which is pasted into a field of a form with these values.
    fn pasted(values: &[(&'static str, &'static str)], at: (usize, LineField), text: &str) -> Vec<(String, String)> {
        let view = view(values);
        let filled = filled(view.form.pairs(), view.layout, &view.line_indices(), Some(at), text);
        filled.expect("the rows fit").fields
    }

    fn fields(of: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        of.iter().map(owned).collect()
    }

    #[test]
    fn a_column_of_amounts_pasted_into_debit_goes_down_the_debits_beside_the_accounts_that_stand_there() {
        let values = [
            ("lines.0.account", "Rent"),
            ("lines.0.debit", "7"),
            ("lines.1.account", "Rent"),
            ("lines.2.account", "Rent"),
        ];
        assert_eq!(
            pasted(&values, (0, LineField::Debit), "1200\n100\n50\n"),
            fields(&[
                ("lines.0.debit", "1200"),
                ("lines.1.debit", "100"),
                ("lines.2.debit", "50")
            ])
        );
        assert_eq!(
            pasted(
                &values,
                (1, LineField::Name),
                "Cedar Property\t\t5\n\nCedar Property\t6\n"
            ),
            fields(&[
                ("lines.1.name", "Cedar Property"),
                ("lines.1.credit", "5"),
                ("lines.3.name", "Cedar Property"),
                ("lines.3.debit", "6")
            ])
        );
    }

    #[test]
    fn whole_rows_go_in_the_order_of_the_columns_shown_and_replace_nothing_that_stands_there() {
        let rows = "Rent\tNovrent\tCedar Property\t5\t\nChecking\t\t\t\t5\n";
        let filled = |from: usize| {
            fields(&[
                (&LineField::Account.name(from), "Rent"),
                (&LineField::Description.name(from), "Novrent"),
                (&LineField::Name.name(from), "Cedar Property"),
                (&LineField::Debit.name(from), "5"),
                (&LineField::Account.name(from + 1), "Checking"),
                (&LineField::Credit.name(from + 1), "5"),
            ])
        };
        assert_eq!(pasted(&[], (1, LineField::Account), rows), filled(1));
        let values = [("lines.1.account", "Payroll"), ("lines.3.debit", "9")];
        assert_eq!(pasted(&values, (0, LineField::Account), rows), filled(4));
    }

    #[test]
    fn due_dates_come_with_rows_that_name_their_columns_or_as_a_column_by_themselves() {
        assert_eq!(
            pasted(
                &[],
                (0, LineField::Account),
                "Account\tDue date\tCredit\nPayables\t12/01/2026\t5\n"
            ),
            fields(&[
                ("lines.0.account", "Payables"),
                ("lines.0.due", "12/01/2026"),
                ("lines.0.credit", "5")
            ])
        );
        let values = [("lines.0.account", "Payables"), ("lines.1.account", "Payables")];
        assert_eq!(
            pasted(&values, (0, LineField::Due), "12/01/2026\n12/15/2026\n"),
            fields(&[("lines.0.due", "12/01/2026"), ("lines.1.due", "12/15/2026")])
        );
    }

    #[test]
    fn a_cell_without_a_column_and_a_text_too_long_are_refused_in_words() {
        let view = view(&[]);
        let refused = |field, text: &str| {
            filled(
                view.form.pairs(),
                view.layout,
                &view.line_indices(),
                Some((0, field)),
                text,
            )
            .expect_err("refused")
        };
        let wide = refused(LineField::Debit, "1\t2\tNovember\n");
        assert!(wide.starts_with("Row 1 has 3 cells, and there is room for 2"), "{wide}");
        let long = refused(LineField::Account, &"Rent\n".repeat(40_001));
        assert!(long.starts_with("These are 200005 characters"), "{long}");
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
