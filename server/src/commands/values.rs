//! How arguments are read: the error says what is wanted.

use ledger::accounts::EntityType;
use ledger::money::Currency;
use time::Date;
use time::macros::format_description;

/// A day as YYYY-MM-DD.
pub fn date(text: &str) -> Result<Date, String> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map_err(|_| format!("{text} is no day written as YYYY-MM-DD"))
}

/// A legal form by its code.
pub fn entity_type(text: &str) -> Result<EntityType, String> {
    EntityType::parse(text).map_err(|_| {
        let codes: Vec<&str> = EntityType::ALL.iter().map(|form| form.code()).collect();
        format!("{text} is none of {}", codes.join(", "))
    })
}

/// A currency by its three letters.
pub fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(text).map_err(|error| error.to_string())
}
