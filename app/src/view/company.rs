//! A company: in a list, and as a form whose text is read here.

use ledger::accounts::EntityType;
use ledger::dates::{format_date_input, parse_date};
use ledger::money::Currency;
use ledger::statements::Basis;
use serde::{Deserialize, Serialize};
use time::Date;

use crate::forms::{FieldError, FormState};

/// A company that somebody may enter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyRow {
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// As what: a role's code.
    pub role: String,
}

/// The form of a company, new or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyFormView {
    /// What is in the form.
    pub form: FormState,
    /// The names that a time zone can have.
    pub time_zones: Vec<String>,
}

/// What can be typed of a company, at its creation and later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedCompany {
    /// Its legal name.
    pub name: String,
    /// Its legal form.
    pub entity_type: EntityType,
    /// The name of its time zone.
    pub time_zone: String,
    /// Which reports it looks at first.
    pub basis: Basis,
    /// The month its fiscal year begins in, or 0 where none was chosen.
    pub fiscal_year_first_month: u8,
    /// The first day of its books.
    pub books_begin_on: Option<Date>,
}

impl TypedCompany {
    /// The form that shows this.
    pub fn fill(&self, form: FormState) -> FormState {
        let begin = self.books_begin_on.map(format_date_input).unwrap_or_default();
        form.with("name", &self.name)
            .with("entity_type", self.entity_type.code())
            .with("time_zone", &self.time_zone)
            .with("basis", self.basis.code())
            .with("fiscal_year_first_month", self.fiscal_year_first_month.to_string())
            .with("books_begin_on", begin)
    }
}

/// Reads what was typed. Whether it makes a company is for the books to say.
///
/// # Errors
/// A message at each field that cannot be read.
pub fn read_company(form: &FormState, today: Date) -> Result<TypedCompany, Vec<FieldError>> {
    let mut errors = Vec::new();
    let entity_type = EntityType::parse(form.value("entity_type"))
        .map_err(|_| errors.push(FieldError::at("entity_type", "Choose the legal form.")));
    let basis =
        Basis::parse(form.value("basis")).map_err(|_| errors.push(FieldError::at("basis", "Choose accrual or cash.")));
    let begin = form.value("books_begin_on");
    let books_begin_on = match begin.trim() {
        "" => Ok(None),
        typed => parse_date(typed, today)
            .map(Some)
            .map_err(|error| errors.push(FieldError::at("books_begin_on", error.to_string()))),
    };
    match (entity_type, basis, books_begin_on) {
        (Ok(entity_type), Ok(basis), Ok(books_begin_on)) => Ok(TypedCompany {
            name: form.value("name").to_owned(),
            entity_type,
            time_zone: form.value("time_zone").to_owned(),
            basis,
            fiscal_year_first_month: form.value("fiscal_year_first_month").parse().unwrap_or(0),
            books_begin_on,
        }),
        _ => Err(errors),
    }
}

/// Reads the currency of a new company.
///
/// # Errors
/// A message at the field.
pub fn read_currency(form: &FormState) -> Result<Currency, Vec<FieldError>> {
    Currency::parse(form.value("currency")).map_err(|error| vec![FieldError::at("currency", error.to_string())])
}

/// The months of a fiscal year that begins in this one: `FY Jan–Dec`.
pub fn fiscal_year_words(first_month: u8) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = |number: u8| MONTHS[usize::from((number + 11) % 12)];
    format!("FY {}–{}", month(first_month), month(first_month + 11))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 10 - 31);

    fn typed() -> TypedCompany {
        TypedCompany {
            name: "Juniper Cycles LLC".to_owned(),
            entity_type: EntityType::Llc,
            time_zone: "America/Los_Angeles".to_owned(),
            basis: Basis::Accrual,
            fiscal_year_first_month: 7,
            books_begin_on: Some(date!(2026 - 01 - 01)),
        }
    }

    #[test]
    fn a_company_is_read_as_it_was_written_into_the_form() {
        let form = typed().fill(FormState::new("k"));
        assert_eq!(form.value("books_begin_on"), "01/01/2026");
        assert_eq!(read_company(&form, TODAY), Ok(typed()));
        let open = form.replaced("books_begin_on", " ");
        assert_eq!(
            read_company(&open, TODAY).map(|company| company.books_begin_on),
            Ok(None)
        );
    }

    #[test]
    fn every_field_that_cannot_be_read_has_its_message() {
        let form = FormState::new("k").with("books_begin_on", "02/31/2026");
        let errors = read_company(&form, TODAY).expect_err("nothing was chosen");
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["entity_type", "basis", "books_begin_on"]);
        assert!(read_currency(&form.with("currency", "XYZ")).is_err());
    }

    #[test]
    fn a_fiscal_year_is_named_by_its_first_and_last_month() {
        assert_eq!(fiscal_year_words(1), "FY Jan–Dec");
        assert_eq!(fiscal_year_words(7), "FY Jul–Jun");
        assert_eq!(fiscal_year_words(12), "FY Dec–Nov");
    }
}
