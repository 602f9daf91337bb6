//! Choosing a record by typing: an account by its number or name, a contact by name.

use serde::{Deserialize, Serialize};

use super::{FieldError, LeadsTo};

/// Something that a field offers to choose: an account, a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The record's id inside the company.
    pub id: i64,
    /// The account's number, where it has one.
    pub number: Option<String>,
    /// The name; a sub-account's is its full path, as `Travel:Lodging`.
    pub name: String,
}

impl Choice {
    /// What the list shows and the field keeps: `1010 Business Checking`.
    pub fn label(&self) -> String {
        match &self.number {
            Some(number) => format!("{number} {}", self.name),
            None => self.name.clone(),
        }
    }

    /// Whether it is called just that: by its label, its number or its name, in any case.
    pub fn is_called(&self, typed: &str) -> bool {
        let number = self.number.as_deref();
        number.is_some_and(|number| number.eq_ignore_ascii_case(typed))
            || same_text(&self.name, typed)
            || same_text(&self.label(), typed)
    }

    fn begins_with(&self, typed: &str) -> bool {
        let typed = typed.to_lowercase();
        let leaf = self.name.rsplit(':').next().unwrap_or_default();
        [self.label().as_str(), self.name.as_str(), leaf]
            .iter()
            .any(|text| text.to_lowercase().starts_with(&typed))
    }

    /// Whether a word inside the name begins so, with what follows it.
    fn has_word(&self, typed: &str) -> bool {
        let (name, typed) = (self.name.to_lowercase(), typed.to_lowercase());
        name.match_indices(&typed)
            .any(|(at, _)| !name[..at].ends_with(char::is_alphanumeric))
    }
}

/// Why what was typed names no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChoiceError {
    /// Nothing is called so.
    Unknown(String),
    /// Several records could be meant; the first three.
    Several(String, Vec<String>),
}

impl ChoiceError {
    /// The message at a field that chooses a customer or vendor: one that nobody is called by leads to where one is added.
    pub fn at_contact(self, field: impl Into<String>) -> FieldError {
        let message = self.message("a contact");
        match self {
            Self::Unknown(typed) if !typed.is_empty() => {
                FieldError::at(field, message).leading_to(LeadsTo::NewContact(typed))
            }
            _ => FieldError::at(field, message),
        }
    }

    /// The sentence at the field; `kind` is the record's name with its article, as `an account`.
    pub fn message(&self, kind: &str) -> String {
        match self {
            Self::Unknown(typed) => {
                format!("“{typed}” is not {kind} of this company. Choose one from the list.")
            }
            Self::Several(typed, labels) => {
                format!("“{typed}” could be {}. Choose one from the list.", labels.join(" or "))
            }
        }
    }
}

/// The choice that was typed: by its label, its number or its name in any case, or by a beginning that fits only one; where none
/// begins so, by the beginning of a word inside the name.
///
/// # Errors
/// [`ChoiceError`] when nothing or more than one fits.
pub fn find_choice<'a>(choices: &'a [Choice], typed: &str) -> Result<&'a Choice, ChoiceError> {
    let typed = typed.trim();
    let fits: [fn(&Choice, &str) -> bool; 3] = [Choice::is_called, Choice::begins_with, Choice::has_word];
    let found = fits.iter().filter(|_| !typed.is_empty()).find_map(|fits| {
        let found: Vec<_> = choices.iter().filter(|choice| fits(choice, typed)).collect();
        (!found.is_empty()).then_some(found)
    });
    match found.unwrap_or_default().as_slice() {
        [] => Err(ChoiceError::Unknown(typed.to_owned())),
        [only] => Ok(only),
        several => Err(ChoiceError::Several(
            typed.to_owned(),
            several.iter().take(3).map(|choice| choice.label()).collect(),
        )),
    }
}

fn same_text(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts() -> Vec<Choice> {
        [
            (1, Some("1010"), "Business Checking"),
            (2, Some("6100"), "Rent"),
            (3, Some("6110"), "Rent:Equipment"),
            (4, None, "Travel:Lodging"),
        ]
        .map(|(id, number, name)| Choice {
            id,
            number: number.map(str::to_owned),
            name: name.to_owned(),
        })
        .into()
    }

    fn id_of(typed: &str) -> Result<i64, ChoiceError> {
        find_choice(&accounts(), typed).map(|choice| choice.id)
    }

    #[test]
    fn an_account_is_found_by_label_number_name_or_a_beginning_that_fits_one() {
        assert_eq!(id_of("1010 Business Checking"), Ok(1));
        assert_eq!(id_of(" 1010 "), Ok(1));
        assert_eq!(id_of("rent"), Ok(2), "an exact name wins over a longer one");
        assert_eq!(id_of("bus"), Ok(1));
        assert_eq!(id_of("lodging"), Ok(4), "a sub-account is found by its own name");
    }

    #[test]
    fn a_word_inside_the_name_is_enough_where_no_name_begins_so() {
        assert_eq!(id_of("checking"), Ok(1));
        assert_eq!(id_of("equip"), Ok(3));
        assert!(id_of("hecking").is_err(), "a word is known by its beginning");
        let several = [(1, "Business Checking"), (2, "Payroll Checking")].map(|(id, name)| Choice {
            id,
            number: None,
            name: name.to_owned(),
        });
        let ambiguous = find_choice(&several, "check").expect_err("two are checking accounts");
        assert_eq!(
            ambiguous.message("an account"),
            "“check” could be Business Checking or Payroll Checking. Choose one from the list."
        );
    }

    #[test]
    fn what_fits_several_accounts_or_none_is_refused_with_a_sentence() {
        let several = id_of("61").expect_err("two accounts begin with 61");
        assert_eq!(
            several.message("an account"),
            "“61” could be 6100 Rent or 6110 Rent:Equipment. Choose one from the list."
        );
        let unknown = id_of("Payroll").expect_err("there is no such account");
        assert_eq!(
            unknown.message("an account"),
            "“Payroll” is not an account of this company. Choose one from the list."
        );
        assert_eq!(id_of(""), Err(ChoiceError::Unknown(String::new())));
    }
}
