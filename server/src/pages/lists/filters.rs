//! What narrows a list, as it was typed. What cannot be read is refused at its field, and the list shows nothing then.

use app::forms::FormState;
use axum::http::StatusCode;
use books::contacts::contact_list;
use ledger::dates::parse_date;
use ledger::money::{Currency, parse_amount};
use tenancy::Cx;
use time::Date;

use crate::errors::PageError;

/// Longest text of a filter.
const TEXT_CHARS_MAX: usize = 200;

/// The filters' form, as it was asked for; with a message where a text is too long to be looked for.
pub(in crate::pages) fn form(filters: &[(&'static str, &str)]) -> FormState {
    let mut form = FormState::new("");
    for (name, value) in filters {
        form = form.with(*name, *value);
    }
    let unreadable = |value: &str| value.contains('\0') || value.chars().count() > TEXT_CHARS_MAX;
    for (name, _) in filters.iter().filter(|(_, value)| unreadable(value)) {
        form.refuse(
            *name,
            "This cannot be looked for. Type it anew, in at most 200 letters.",
        );
    }
    form
}

/// What was typed, if anything was.
pub(in crate::pages) fn given(typed: &str) -> Option<String> {
    Some(typed.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A first and a last day, in that order.
pub(in crate::pages) fn days(
    form: &mut FormState,
    [from, to]: [(&'static str, &str); 2],
    today: Date,
) -> (Option<Date>, Option<Date>) {
    let mut day = |(field, typed): (&'static str, &str)| match parse_date(typed, today) {
        _ if typed.trim().is_empty() => None,
        Ok(day) => Some(day),
        Err(error) => {
            form.refuse(field, error.to_string());
            None
        }
    };
    let (first, last) = (day(from), day(to));
    if first.zip(last).is_some_and(|(first, last)| first > last) {
        form.refuse(
            to.0,
            "This day lies before the first one. Choose a later day, or leave it empty.",
        );
    }
    (first, last)
}

/// The customer or vendor who is called so, or the only one whose name begins so.
pub(in crate::pages) async fn contact(
    cx: &Cx,
    form: &mut FormState,
    (field, typed): (&'static str, &str),
) -> Result<Option<i64>, PageError> {
    let Some(name) = given(typed).filter(|_| form.error(field).is_none()) else {
        return Ok(None);
    };
    let found = contact_list(cx, &name, None).await?.contacts;
    let exact = found.iter().find(|contact| contact.name.eq_ignore_ascii_case(&name));
    match (exact, found.as_slice()) {
        (Some(contact), _) | (None, [contact]) => return Ok(Some(contact.id)),
        (None, []) => form.refuse(field, format!("No customer or vendor is called “{name}”.")),
        (None, [one, other, ..]) => form.refuse(
            field,
            format!(
                "Several names begin so, as {} and {}. Type the whole name.",
                one.name, other.name
            ),
        ),
    }
    Ok(None)
}

/// An amount, or a range of them: `1,432.17`, `100 to 500`, `100 to`, `to 500`.
pub(in crate::pages) fn amounts(
    form: &mut FormState,
    (field, typed): (&'static str, &str),
    currency: Currency,
) -> (Option<i64>, Option<i64>) {
    range(typed, currency).unwrap_or_else(|message| {
        form.refuse(field, message);
        (None, None)
    })
}

fn range(typed: &str, currency: Currency) -> Result<(Option<i64>, Option<i64>), String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok((None, None));
    }
    let one = |text: &str| match text.trim() {
        "" => Ok(None),
        text => parse_amount(text, currency)
            .map(Some)
            .map_err(|error| error.to_string()),
    };
    let spaced = format!(" {typed} ");
    let range = spaced
        .split_once(" to ")
        .or_else(|| spaced.split_once(".."))
        .or_else(|| spaced.split_once('–'));
    let Some((least, most)) = range else {
        let exact = one(typed)?;
        return Ok((exact, exact));
    };
    match (one(least)?, one(most)?) {
        (None, None) => Err("Write an amount as 1,432.17, or a range as 100 to 500.".to_owned()),
        (Some(least), Some(most)) if least > most => {
            Err("The first amount of the range is the larger one. Turn them round.".to_owned())
        }
        range => Ok(range),
    }
}

/// The status of a page whose filters these are.
pub(in crate::pages) fn status(form: &FormState) -> StatusCode {
    match form.is_refused() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    }
}

/// A file has no fields: a filter that cannot be read is said on a page of its own.
pub(in crate::pages) fn whole(form: &FormState) -> Result<(), PageError> {
    match form.errors().first() {
        None => Ok(()),
        Some(error) => Err(PageError::in_words(
            StatusCode::UNPROCESSABLE_ENTITY,
            "filter",
            "A filter could not be read",
            error.message.clone(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn an_amount_is_one_or_a_range() {
        let of = |typed| range(typed, Currency::USD);
        assert_eq!(of("1,432.17"), Ok((Some(143_217), Some(143_217))));
        assert_eq!(of("$12"), Ok((Some(1_200), Some(1_200))));
        assert_eq!(of("100 to 500"), Ok((Some(10_000), Some(50_000))));
        assert_eq!(of("100..500"), Ok((Some(10_000), Some(50_000))));
        assert_eq!(of("100 to"), Ok((Some(10_000), None)));
        assert_eq!(of("to 500"), Ok((None, Some(50_000))));
        assert!(of("to").is_err());
    }

    #[test]
    fn days_that_cannot_be_read_or_come_in_the_wrong_order_say_so_at_their_field() {
        for (from, to, field) in [
            ("02/31/2026", "", "from"),
            ("", "soon", "to"),
            ("10/2/2026", "10/1/2026", "to"),
        ] {
            let mut form = form(&[("from", from), ("to", to)]);
            days(&mut form, [("from", from), ("to", to)], date!(2026 - 10 - 31));
            assert!(form.error(field).is_some(), "{from} {to}: {:?}", form.errors());
            assert_eq!(form.value("from"), from, "what was typed stays");
            assert_eq!(status(&form), StatusCode::UNPROCESSABLE_ENTITY);
            assert!(whole(&form).is_err());
        }
    }
}
