//! What becomes of a field when one leaves it: a sum is worked out, a number becomes its account, `t` becomes today.

use ledger::dates::{format_date_input, parse_date};
use ledger::money::format_amount;

use crate::forms::{Choice, FieldError, find_choice};
use crate::view::journal::{EntryReader, Layout, LineField, REVERSE_ON};
use crate::view::recurring::field;

/// The field's value written out; none when it stays as it was typed.
///
/// # Errors
/// The message at the field when it cannot be read. The server would say the same.
pub fn completed(reader: &EntryReader, name: &str, typed: &str) -> Result<Option<String>, FieldError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let is_day = ["date", REVERSE_ON, field::STARTS_ON, field::ENDS_ON].contains(&name);
    let completed = if is_day {
        day(reader, typed)
    } else {
        match LineField::parse(name) {
            Some((_, LineField::Account)) => choose(&reader.accounts, typed, "an account"),
            // The opening entry adds the customers and vendors it names.
            Some((_, LineField::Name)) if reader.layout == Layout::Opening => return Ok(None),
            Some((_, LineField::Name)) => {
                let contact = find_choice(&reader.contacts, typed).map(Choice::label);
                return contact.map(Some).map_err(|error| error.at_contact(name));
            }
            Some((_, LineField::Due)) => day(reader, typed),
            Some((_, side @ (LineField::Debit | LineField::Credit))) => side
                .read_amount(typed, reader.currency)
                .map(|amount| format_amount(amount, reader.currency)),
            Some((_, LineField::Description)) | None => return Ok(None),
        }
    };
    completed.map(Some).map_err(|message| FieldError::at(name, message))
}

fn choose(choices: &[Choice], typed: &str, kind: &str) -> Result<String, String> {
    find_choice(choices, typed)
        .map(Choice::label)
        .map_err(|error| error.message(kind))
}

fn day(reader: &EntryReader, typed: &str) -> Result<String, String> {
    parse_date(typed, reader.today)
        .map(format_date_input)
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use ledger::money::Currency;
    use time::macros::date;

    use super::*;

    #[test]
    fn leaving_a_field_writes_out_what_was_meant() {
        let reader = EntryReader {
            layout: Layout::Journal,
            today: date!(2026 - 10 - 31),
            currency: Currency::USD,
            accounts: vec![Choice {
                id: 1,
                number: Some("6100".to_owned()),
                name: "Rent".to_owned(),
            }],
            due_accounts: vec![],
            contacts: vec![],
        };
        let completed = |name, typed| completed(&reader, name, typed);
        assert_eq!(completed("lines.0.debit", "12*40"), Ok(Some("480.00".to_owned())));
        assert_eq!(completed("lines.0.account", "6100"), Ok(Some("6100 Rent".to_owned())));
        assert_eq!(completed("date", "t"), Ok(Some("10/31/2026".to_owned())));
        assert_eq!(completed("lines.0.due", "11/30/26"), Ok(Some("11/30/2026".to_owned())));
        assert_eq!(completed("memo", "12*40"), Ok(None));
        assert_eq!(completed("lines.0.debit", " "), Ok(None));
        let nobody = completed("lines.0.name", "Nobody").expect_err("no contact is called so");
        assert_eq!(
            nobody.leads_to,
            Some(crate::forms::LeadsTo::NewContact("Nobody".to_owned()))
        );
        let negative = completed("lines.0.credit", "-50").expect_err("the column says the side");
        assert_eq!(
            negative.message,
            "A credit cannot be negative: write 50.00 in the debit column."
        );
    }
}
