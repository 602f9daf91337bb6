//! One line for each field of a form that does not explain itself, keyed by form and field. Forms show it as the field’s hint.

/// A field and its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldHelp {
    /// The form, and the control’s name in it.
    pub field: (&'static str, &'static str),
    /// The line under the control.
    pub says: &'static str,
}

const fn of(form: &'static str, name: &'static str, says: &'static str) -> FieldHelp {
    FieldHelp {
        field: (form, name),
        says,
    }
}

/// The lines.
pub const FIELDS: [FieldHelp; 16] = [
    of("journal", "reference", "The number on the paper it comes from."),
    of(
        "journal",
        "memo",
        "Why this entry: whoever reads it in a year will ask.",
    ),
    of("template", "unit", "By hand only: nothing of it is due by itself."),
    of(
        "template",
        "starts_on",
        "The first entry’s day. All others are counted from it.",
    ),
    of("template", "ends_on", "Empty: until somebody pauses it."),
    of(
        "template",
        "makes",
        "A draft counts nothing until somebody has looked at it and posts it.",
    ),
    of(
        "report",
        "columns",
        "One column for the whole period, or one for each part of it.",
    ),
    of(
        "report",
        "trial-columns",
        "Balances alone, or before and after the adjusting entries.",
    ),
    of("report", "compare", "A second figure beside each, with what changed."),
    of(
        "report",
        "sort",
        "How the accounts of a part stand one below the other.",
    ),
    of(
        "account",
        "number",
        "Sorts the chart. By custom 1000s are assets, 2000s liabilities, 3000s equity, 4000s income, from 5000 on costs.",
    ),
    of(
        "locks",
        "through",
        "The last day that is closed: mostly a month’s or a quarter’s last.",
    ),
    of(
        "locks",
        "level",
        "Close it below an accountant first, while the period is finished, and for everyone once it is filed.",
    ),
    of(
        "company",
        "entity_type",
        "As it was founded. It chooses the owners’ accounts: draws, distributions or dividends.",
    ),
    of(
        "company",
        "fiscal_year_first_month",
        "January for most. As on the tax return.",
    ),
    of(
        "company",
        "books_begin_on",
        "The first day of a fiscal year makes the first reports whole.",
    ),
];

/// The line of a field; empty for a field that has none.
pub fn field(form: &str, name: &str) -> &'static str {
    FIELDS
        .iter()
        .find(|help| help.field == (form, name))
        .map_or("", |help| help.says)
}
