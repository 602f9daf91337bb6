//! Splitting a line: what the form shows, and what was typed into it, read.

use std::fmt::Display;

use ledger::money::{Currency, format_amount, parse_amount_or_sum};
use serde::{Deserialize, Serialize};

use crate::forms::{Choice, FieldError, FormState, find_choice};

/// The group of names that the parts' fields have: `splits.0.account`.
pub const PARTS: &str = "splits";
/// Parts of a new split.
pub const FIRST_PARTS: usize = 2;
/// Parts that 'Add two parts' adds.
pub const MORE_PARTS: usize = 2;
/// The most parts of one line.
pub const MAX_PARTS: usize = 499;
/// The hidden field with the number of parts drawn.
pub const PART_COUNT: &str = "part_count";

/// The form's actions.
pub mod action {
    /// Adds parts and changes nothing else; without JavaScript it comes back from the server.
    pub const ADD_PARTS: &str = "add_parts";
    /// Says what remains; without JavaScript it comes back from the server.
    pub const RECALCULATE: &str = "recalculate";
    /// Records the split.
    pub const SPLIT: &str = "split";
}

/// What reads the fields of a split as one types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartReader {
    /// The line's amount without its sign.
    pub total: i64,
    /// What the amounts are in.
    pub currency: Currency,
    /// What a part may be coded to.
    pub accounts: Vec<Choice>,
    /// The customers and vendors that a part may name.
    pub contacts: Vec<Choice>,
}

/// The form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitFormView {
    /// The line's amount without its sign: parts are typed so.
    pub total: i64,
    /// Whether the money went out.
    pub is_out: bool,
    /// What the amounts are in.
    pub currency: Currency,
    /// What a part may be coded to.
    pub accounts: Vec<Choice>,
    /// The customers and vendors that a part may name.
    pub contacts: Vec<Choice>,
    /// Where Cancel leads.
    pub back: String,
    /// What is in the form.
    pub form: FormState,
}

/// One column of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartField {
    /// The account by number or name.
    Account,
    /// What the part was for.
    Description,
    /// The customer or vendor.
    Contact,
    /// The amount, positive in the line's direction.
    Amount,
}

impl PartField {
    /// The columns in order.
    pub const ALL: [Self; 4] = [Self::Account, Self::Description, Self::Contact, Self::Amount];

    const fn code(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Description => "description",
            Self::Contact => "contact",
            Self::Amount => "amount",
        }
    }

    /// The head of the column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Account => "Category",
            Self::Description => "Description",
            Self::Contact => "Name",
            Self::Amount => "Amount",
        }
    }

    /// The name of this column's field in a part: `splits.3.amount`.
    pub fn name(self, index: impl Display) -> String {
        format!("{PARTS}.{index}.{}", self.code())
    }

    /// The index and the column of a field's name.
    pub fn parse(name: &str) -> Option<(usize, Self)> {
        let (index, code) = name.strip_prefix(PARTS)?.strip_prefix('.')?.split_once('.')?;
        let field = Self::ALL.into_iter().find(|field| field.code() == code)?;
        Some((index.parse().ok()?, field))
    }
}

impl SplitFormView {
    /// What reads its fields as one types.
    pub fn reader(&self) -> PartReader {
        PartReader {
            total: self.total,
            currency: self.currency,
            accounts: self.accounts.clone(),
            contacts: self.contacts.clone(),
        }
    }

    /// The parts to draw: those with values, and empty ones up to the number asked for; never more than a line may have, however many
    /// were posted.
    pub fn part_indices(&self) -> Vec<usize> {
        let mut indices = self.form.rows(PARTS);
        let asked: usize = self.form.value(PART_COUNT).parse().unwrap_or(FIRST_PARTS);
        let mut next = 0;
        while indices.len() < asked.min(MAX_PARTS) {
            indices.insert(next);
            next += 1;
        }
        indices.into_iter().take(MAX_PARTS).collect()
    }

    /// The form again with more empty parts: the answer to [`action::ADD_PARTS`].
    #[must_use]
    pub fn with_more_parts(self) -> Self {
        let count = (self.part_indices().len() + MORE_PARTS).min(MAX_PARTS);
        let form = self.form.replaced(PART_COUNT, count.to_string());
        Self { form, ..self }.recalculated()
    }

    /// The form again as it was typed: the answer to [`action::RECALCULATE`]. Of more parts than a line may have it shows the first,
    /// and says so.
    #[must_use]
    pub fn recalculated(mut self) -> Self {
        let refused = self.too_many_parts();
        self.form.refuse_all(refused);
        self
    }

    /// The message where there are more parts than a line may have, in the words of the books.
    fn too_many_parts(&self) -> Option<FieldError> {
        let has_too_many = self.form.rows(PARTS).len() > MAX_PARTS;
        has_too_many.then(|| FieldError::form(format!("A line is split into {MAX_PARTS} parts at most.")))
    }
}

/// What the parts leave of the line. A field that cannot be read counts as nothing here; sending the form says so.
pub fn remaining<'a>(total: i64, currency: Currency, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> i64 {
    pairs
        .into_iter()
        .filter(|(name, _)| matches!(PartField::parse(name), Some((_, PartField::Amount))))
        .filter_map(|(_, typed)| parse_amount_or_sum(typed, currency).ok())
        .fold(total, i64::saturating_sub)
}

/// What remains, in words, and whether it is nothing.
pub fn remaining_words(remaining: i64, currency: Currency) -> (bool, String) {
    let amount = || format_amount(remaining.saturating_abs(), currency);
    match remaining {
        0 => (true, "All of it is split".to_owned()),
        1.. => (false, format!("{} remains", amount())),
        _ => (false, format!("{} too much", amount())),
    }
}

/// A part as it was typed, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedPart {
    /// Its index in the form, by which a message finds it.
    pub index: usize,
    /// The account chosen.
    pub account_id: i64,
    /// The customer or vendor chosen.
    pub contact_id: Option<i64>,
    /// What it was for.
    pub description: String,
    /// Minor units in the sign of the bank's line.
    pub amount: i64,
}

/// Reads the parts, which add up to the line; empty ones are left out.
///
/// # Errors
/// A message at each field that cannot be read; one for the form where there are too many parts to read.
pub fn read_parts(view: &SplitFormView) -> Result<Vec<TypedPart>, Vec<FieldError>> {
    if let Some(error) = view.too_many_parts() {
        return Err(vec![error]);
    }
    let mut parts = Vec::new();
    let mut errors = Vec::new();
    for index in view.form.rows(PARTS) {
        let typed = |field: PartField| view.form.value(&field.name(index)).trim();
        if PartField::ALL.into_iter().all(|field| typed(field).is_empty()) {
            continue;
        }
        match read_part(view, index, typed) {
            Ok(part) => parts.push(part),
            Err(mut of_part) => errors.append(&mut of_part),
        }
    }
    if parts.is_empty() && errors.is_empty() {
        let first = view.part_indices().first().copied().unwrap_or_default();
        errors.push(FieldError::at(
            PartField::Account.name(first),
            "Enter at least one part.",
        ));
    }
    if let (Some(last), true) = (parts.last(), errors.is_empty()) {
        let rest = remaining(view.total, view.currency, view.form.pairs());
        if rest != 0 {
            let (_, words) = remaining_words(rest, view.currency);
            let message = format!("The parts do not add up to the line: {words}.");
            errors.push(FieldError::at(PartField::Amount.name(last.index), message));
        }
    }
    if errors.is_empty() { Ok(parts) } else { Err(errors) }
}

fn read_part<'a>(
    view: &SplitFormView,
    index: usize,
    typed: impl Fn(PartField) -> &'a str,
) -> Result<TypedPart, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut refuse = |field: PartField, message: String| errors.push(FieldError::at(field.name(index), message));
    let account_id = match typed(PartField::Account) {
        "" => {
            refuse(PartField::Account, "Choose a category.".to_owned());
            None
        }
        account => find_choice(&view.accounts, account)
            .map_err(|error| refuse(PartField::Account, error.message("a category")))
            .ok()
            .map(|account| account.id),
    };
    let contact_id = match typed(PartField::Contact) {
        "" => None,
        name => find_choice(&view.contacts, name)
            .map_err(|error| refuse(PartField::Contact, error.message("a customer or vendor")))
            .ok()
            .map(|contact| contact.id),
    };
    let amount = match typed(PartField::Amount) {
        "" => {
            refuse(PartField::Amount, "Enter an amount.".to_owned());
            None
        }
        amount => parse_amount_or_sum(amount, view.currency)
            .map_err(|error| refuse(PartField::Amount, error.to_string()))
            .ok(),
    };
    match (account_id, amount) {
        (Some(account_id), Some(amount)) if errors.is_empty() => Ok(TypedPart {
            index,
            account_id,
            contact_id,
            description: typed(PartField::Description).to_owned(),
            // Nothing that saturates adds up to a line.
            amount: if view.is_out { amount.saturating_neg() } else { amount },
        }),
        _ => Err(errors),
    }
}

/// A message about the N-th part that was sent, at that part's own fields.
pub fn at_part(field: &str, parts: &[TypedPart]) -> String {
    match PartField::parse(field) {
        Some((n, column)) => parts.get(n).map_or_else(String::new, |part| column.name(part.index)),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(values: &[(&str, &str)]) -> SplitFormView {
        let choice = |id, name: &str| Choice {
            id,
            number: None,
            name: name.to_owned(),
        };
        SplitFormView {
            total: 10_000,
            is_out: true,
            currency: Currency::USD,
            accounts: vec![choice(1, "Rent"), choice(2, "Supplies")],
            contacts: vec![choice(9, "Cedar Property")],
            back: "/".to_owned(),
            form: values
                .iter()
                .fold(FormState::new("k"), |form, (name, value)| form.with(*name, *value)),
        }
    }

    #[test]
    fn parts_of_money_out_are_typed_without_a_sign_and_read_with_it() {
        let parts = read_parts(&view(&[
            ("splits.0.account", "rent"),
            ("splits.0.amount", "12*5"),
            ("splits.2.account", "Supplies"),
            ("splits.2.amount", "40"),
            ("splits.2.contact", "cedar"),
            ("splits.3.account", ""),
        ]))
        .expect("both parts can be read");
        let read: Vec<_> = parts
            .iter()
            .map(|part| (part.index, part.account_id, part.contact_id, part.amount))
            .collect();
        assert_eq!(read, [(0, 1, None, -6_000), (2, 2, Some(9), -4_000)]);
        assert_eq!(
            at_part("splits.1.amount", &parts),
            "splits.2.amount",
            "a message finds its part over the gap"
        );
        assert_eq!(at_part("date", &parts), "");
    }

    #[test]
    fn every_field_of_a_part_that_cannot_be_read_gets_its_message() {
        let refused = |values: &[(&str, &str)]| -> Vec<String> {
            let errors = read_parts(&view(values)).expect_err("refused");
            errors.into_iter().map(|error| error.field).collect()
        };
        assert_eq!(
            refused(&[("splits.1.account", "Payroll"), ("splits.1.contact", "Nobody")]),
            ["splits.1.account", "splits.1.contact", "splits.1.amount"]
        );
        assert_eq!(refused(&[]), ["splits.0.account"]);
        assert_eq!(
            refused(&[("splits.4.account", "Rent"), ("splits.4.amount", "99.99")]),
            ["splits.4.amount"]
        );
    }

    #[test]
    fn what_remains_is_the_line_less_what_can_be_read() {
        let of = |pairs: &[(&'static str, &'static str)]| remaining(10_000, Currency::USD, pairs.iter().copied());
        assert_eq!(
            of(&[("splits.0.amount", "60"), ("splits.1.amount", "abc"), ("memo", "5")]),
            4_000
        );
        assert_eq!(
            remaining_words(of(&[("splits.0.amount", "100")]), Currency::USD),
            (true, "All of it is split".to_owned())
        );
        assert_eq!(remaining_words(-50, Currency::USD), (false, "0.50 too much".to_owned()));
    }

    #[test]
    fn of_more_parts_than_a_line_may_have_the_first_are_drawn_and_one_message_says_how_many() {
        let names: Vec<String> = (0..2 * MAX_PARTS).map(|index| format!("splits.{index}.x")).collect();
        let values: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        let message = [FieldError::form("A line is split into 499 parts at most.")];
        assert_eq!(view(&values).part_indices(), (0..MAX_PARTS).collect::<Vec<_>>());
        assert_eq!(read_parts(&view(&values)), Err(message.to_vec()));
        assert_eq!(view(&values).recalculated().form.errors(), message);
        let grown = view(&values).with_more_parts();
        assert_eq!(grown.part_indices().len(), MAX_PARTS);
        assert_eq!(grown.form.errors(), message);
    }

    #[test]
    fn adding_parts_keeps_what_is_there() {
        let grown = view(&[("splits.3.account", "Rent")]).with_more_parts();
        assert_eq!(grown.part_indices(), [0, 1, 2, 3]);
        assert_eq!(grown.form.value("splits.3.account"), "Rent");
    }
}
