//! What the form of an entry shows, and what was typed into it, read. Journal entries and the opening entry share it.

mod filling;
mod reading;

use std::collections::BTreeSet;
use std::fmt::Display;

use ledger::money::{Currency, format_amount, parse_amount_or_sum};
use serde::{Deserialize, Serialize};
use time::Date;

use crate::forms::{Choice, FormState};

pub use filling::{Filled, PASTED, columns_words, copied_down, filled, with_copied_descriptions, with_pasted_rows};
pub(crate) use reading::each_line;
pub use reading::{TypedLine, read_lines};

/// The group of names that the lines' fields have: `lines.0.account`.
pub const LINES: &str = "lines";
/// Lines of a new entry.
pub const FIRST_LINES: usize = 5;
/// Lines that 'Add five lines' adds.
pub const MORE_LINES: usize = 5;
/// The most lines of one entry.
pub const MAX_LINES: usize = 500;
/// The form's actions.
pub mod action {
    /// Adds lines and changes nothing else; without JavaScript it comes back from the server.
    pub const ADD_LINES: &str = "add_lines";
    /// Adds the rows that were pasted as lines.
    pub const PASTE: &str = "paste";
    /// Fills the empty descriptions from those above them.
    pub const COPY_DOWN: &str = "copy_down";
    /// Keeps the entry as a draft: no number, no postings.
    pub const SAVE_DRAFT: &str = "draft";
    /// Issues the entry: it gets its number and its postings. Of an issued one, keeps the change.
    pub const POST: &str = "post";
}
/// The boxes that mark an entry.
pub mod mark {
    /// Made at the end of a period, so that its reports are right.
    pub const ADJUSTING: &str = "adjusting";
    /// Left out of the cash basis.
    pub const ACCRUAL_ONLY: &str = "accrual_only";
}
/// The day on which a new entry is reversed; empty for never.
pub const REVERSE_ON: &str = "reverse_on";
/// The box that confirms a day more than a year ahead.
pub const FAR_AHEAD: &str = "far_ahead";
/// The hidden field with the number of lines drawn.
pub const LINE_COUNT: &str = "line_count";

/// Which entry the form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// A journal entry: a date, a memo, and lines with words.
    Journal,
    /// The opening entry: balances, of which some are with somebody and due on a day.
    Opening,
    /// A template of journal entries.
    Template,
}

impl Layout {
    /// Whether a line has a field for the day it is due in no column of its own: below the name, where the line asks for it.
    pub const fn has_due_below_name(self) -> bool {
        matches!(self, Self::Journal)
    }

    /// The columns of a line, in order.
    pub const fn columns(self) -> [LineField; 5] {
        use LineField::{Account, Credit, Debit, Description, Due, Name};
        match self {
            Self::Journal | Self::Template => [Account, Description, Name, Debit, Credit],
            Self::Opening => [Account, Name, Due, Debit, Credit],
        }
    }
}

/// What reads the fields of an entry as one types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryReader {
    /// Which entry it is for.
    pub layout: Layout,
    /// Today in the company's time zone: what `t` means in a date.
    pub today: Date,
    /// The company's currency, in which every amount is.
    pub currency: Currency,
    /// The accounts that may be posted to.
    pub accounts: Vec<Choice>,
    /// Those of the accounts whose amounts are due on a day: receivable and payable ones.
    pub due_accounts: Vec<i64>,
    /// The contacts that a line may name.
    pub contacts: Vec<Choice>,
}

impl EntryReader {
    /// The lines that ask when they are due: those on an account whose amounts are, and those where a day is typed.
    pub fn due_lines<'a>(&self, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> BTreeSet<usize> {
        let is_due = |account: &&Choice| self.due_accounts.contains(&account.id);
        let due: Vec<&Choice> = self.accounts.iter().filter(is_due).collect();
        let asks = |(name, typed): (&str, &str)| {
            let typed = typed.trim();
            match LineField::parse(name)? {
                _ if typed.is_empty() => None,
                (index, LineField::Account) if due.iter().any(|account| account.is_called(typed)) => Some(index),
                (index, LineField::Due) => Some(index),
                _ => None,
            }
        };
        pairs.into_iter().filter_map(asks).collect()
    }
}

/// The form of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalFormView {
    /// Which entry it is for.
    pub layout: Layout,
    /// Where it is posted, when that is not the page's own address.
    pub post_to: Option<String>,
    /// Today in the company's time zone: what `t` means in a date.
    pub today: Date,
    /// The company's currency, in which every amount is.
    pub currency: Currency,
    /// The accounts that may be posted to.
    pub accounts: Vec<Choice>,
    /// Those of the accounts whose amounts are due on a day: receivable and payable ones.
    pub due_accounts: Vec<i64>,
    /// The contacts that a line may name.
    pub contacts: Vec<Choice>,
    /// Whether the entry is issued already: then there is nothing to keep as a draft.
    pub is_issued: bool,
    /// What is in the form.
    pub form: FormState,
}

/// One column of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineField {
    /// The account by number or name.
    Account,
    /// What the line is for.
    Description,
    /// The customer or vendor.
    Name,
    /// When the amount is due.
    Due,
    /// The amount, when it is a debit.
    Debit,
    /// The amount, when it is a credit.
    Credit,
}

impl LineField {
    /// All of them; a [`Layout`] has five columns.
    pub const ALL: [Self; 6] = [
        Self::Account,
        Self::Description,
        Self::Name,
        Self::Due,
        Self::Debit,
        Self::Credit,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Description => "description",
            Self::Name => "name",
            Self::Due => "due",
            Self::Debit => "debit",
            Self::Credit => "credit",
        }
    }

    /// The head of the column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Account => "Account",
            Self::Description => "Description",
            Self::Name => "Name",
            Self::Due => "Due",
            Self::Debit => "Debit",
            Self::Credit => "Credit",
        }
    }

    /// The name of this column's field in a line: `lines.3.debit`.
    pub fn name(self, index: impl Display) -> String {
        format!("{LINES}.{index}.{}", self.code())
    }

    /// The index and the column of a field's name.
    pub fn parse(name: &str) -> Option<(usize, Self)> {
        let (index, code) = name.strip_prefix(LINES)?.strip_prefix('.')?.split_once('.')?;
        let field = Self::ALL.into_iter().find(|field| field.code() == code)?;
        Some((index.parse().ok()?, field))
    }

    /// Whether it takes an amount.
    pub const fn is_amount(self) -> bool {
        matches!(self, Self::Debit | Self::Credit)
    }
}

/// The line that the books call `line_no`: a line keeps its number through revisions, so its index in the form is the
/// number less one, and a removed line leaves a gap.
pub const fn line_no(index: usize) -> i32 {
    // Reading a form bounds the index far below i32.
    index as i32 + 1
}

impl JournalFormView {
    /// Whether it is for an entry that is not saved yet.
    pub fn is_new(&self) -> bool {
        self.form.version().is_none()
    }

    /// What reads its fields as one types.
    pub fn reader(&self) -> EntryReader {
        EntryReader {
            layout: self.layout,
            today: self.today,
            currency: self.currency,
            accounts: self.accounts.clone(),
            due_accounts: self.due_accounts.clone(),
            contacts: self.contacts.clone(),
        }
    }

    /// The lines to draw: those with values, and empty ones up to the number asked for; never more than an entry may have, however
    /// many were posted.
    pub fn line_indices(&self) -> Vec<usize> {
        let mut indices = self.form.rows(LINES);
        let asked: usize = self.form.value(LINE_COUNT).parse().unwrap_or(FIRST_LINES);
        let mut next = 0;
        while indices.len() < asked.min(MAX_LINES) {
            indices.insert(next);
            next += 1;
        }
        indices.into_iter().take(MAX_LINES).collect()
    }

    fn has_too_many_lines(&self) -> bool {
        self.form.rows(LINES).len() > MAX_LINES
    }
}

/// The form again with more empty lines: the answer to [`action::ADD_LINES`]. Of more lines than an entry may have it shows the first,
/// and says so as reading them does.
#[must_use]
pub fn with_more_lines(view: JournalFormView) -> JournalFormView {
    let refused = if view.has_too_many_lines() {
        read_lines(&view).err()
    } else {
        None
    };
    let count = (view.line_indices().len() + MORE_LINES).min(MAX_LINES);
    let mut form = view.form.replaced(LINE_COUNT, count.to_string());
    form.refuse_all(refused.unwrap_or_default());
    JournalFormView { form, ..view }
}

/// Both columns, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Minor units.
    pub debit: i64,
    /// Minor units.
    pub credit: i64,
}

impl Totals {
    /// Adds up what can be read. A field that cannot be read counts as nothing here; sending the form says so.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>, currency: Currency) -> Self {
        let mut totals = Self::default();
        for (name, value) in pairs {
            let Some((_, field)) = LineField::parse(name) else {
                continue;
            };
            let sum = match field {
                LineField::Debit => &mut totals.debit,
                LineField::Credit => &mut totals.credit,
                _ => continue,
            };
            let amount = parse_amount_or_sum(value, currency).unwrap_or_default();
            *sum = sum.saturating_add(amount);
        }
        totals
    }

    /// What the two columns lack to be equal, in words; none while nothing is typed.
    pub fn balance(self, currency: Currency) -> Option<(bool, String)> {
        let difference = self.debit.saturating_sub(self.credit);
        let amount = || format_amount(difference.saturating_abs(), currency);
        match difference {
            0 if self.debit == 0 => None,
            0 => Some((true, "In balance".to_owned())),
            1.. => Some((false, format!("Credits are {} short", amount()))),
            _ => Some((false, format!("Debits are {} short", amount()))),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use time::macros::date;

    use super::*;

    /// The form of a journal entry with these values.
    pub(crate) fn view(values: &[(&str, &str)]) -> JournalFormView {
        let choice = |id, number: Option<&str>, name: &str| Choice {
            id,
            number: number.map(str::to_owned),
            name: name.to_owned(),
        };
        JournalFormView {
            layout: Layout::Journal,
            post_to: None,
            today: date!(2026 - 10 - 31),
            currency: Currency::USD,
            accounts: vec![
                choice(1, Some("1010"), "Checking"),
                choice(2, Some("6100"), "Rent"),
                choice(3, Some("2000"), "Payables"),
            ],
            due_accounts: vec![3],
            contacts: vec![choice(9, None, "Cedar Property")],
            is_issued: false,
            form: values
                .iter()
                .fold(FormState::new("k"), |form, (name, value)| form.with(*name, *value)),
        }
    }

    #[test]
    fn totals_add_up_what_can_be_read_and_say_which_side_is_short() {
        let of = |pairs: &[(&'static str, &'static str)]| Totals::of(pairs.iter().copied(), Currency::USD);
        let totals = of(&[
            ("lines.0.debit", "1,000"),
            ("lines.1.credit", "999.99"),
            ("lines.2.debit", "abc"),
            ("memo", "5"),
        ]);
        assert_eq!(
            totals,
            Totals {
                debit: 100_000,
                credit: 99_999
            }
        );
        assert_eq!(
            totals.balance(Currency::USD),
            Some((false, "Credits are 0.01 short".to_owned()))
        );
        assert_eq!(of(&[]).balance(Currency::USD), None);
        assert_eq!(
            of(&[("lines.0.debit", "5"), ("lines.1.credit", "5")]).balance(Currency::USD),
            Some((true, "In balance".to_owned()))
        );
    }

    #[test]
    fn a_line_asks_when_it_is_due_on_an_account_whose_amounts_are_and_where_a_day_stands() {
        let view = view(&[
            ("lines.0.account", "1010 Checking"),
            ("lines.1.account", "2000"),
            ("lines.2.account", "payables "),
            ("lines.3.account", "Rent"),
            ("lines.3.due", "12/1"),
            ("lines.4.account", ""),
            ("lines.4.due", " "),
        ]);
        let asking: Vec<usize> = view.reader().due_lines(view.form.pairs()).into_iter().collect();
        assert_eq!(asking, [1, 2, 3]);
    }

    #[test]
    fn adding_lines_keeps_what_is_there_and_stops_at_the_limit() {
        let grown = with_more_lines(view(&[("lines.7.account", "Rent")]));
        assert_eq!(grown.line_indices(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(grown.form.value("lines.7.account"), "Rent");
        let full = with_more_lines(view(&[(LINE_COUNT, "9999")]));
        assert_eq!(full.line_indices().len(), MAX_LINES);
        assert!(!full.form.is_refused());
    }

    #[test]
    fn of_more_lines_than_an_entry_may_have_the_first_are_drawn_and_one_message_says_how_many() {
        let names: Vec<String> = (0..2 * MAX_LINES).map(|index| format!("lines.{index}.x")).collect();
        let values: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        let many = view(&values);
        assert_eq!(many.line_indices(), (0..MAX_LINES).collect::<Vec<_>>());
        let grown = with_more_lines(many);
        assert_eq!(grown.line_indices().len(), MAX_LINES);
        assert_eq!(
            grown.form.errors(),
            read_lines(&grown).expect_err("too many lines"),
            "the message is that of sending the form"
        );
        assert!(
            grown
                .form
                .error("")
                .is_some_and(|message| message.contains("at most 500 lines"))
        );
    }
}
