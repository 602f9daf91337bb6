//! Creating a company, and the fields that it shares with its settings.

use std::sync::LazyLock;

use ledger::accounts::EntityType;
use ledger::money::Currency;
use leptos::prelude::*;

use crate::components::{DateInput, Form, Select, SelectOption, SubmitButton, TextInput};
use crate::frame::{PageHead, PlainFrame};
use crate::help;
use crate::theme::Theme;
use crate::view::company::CompanyFormView;

/// The zones of most of our companies, which the list begins with.
const FIRST_ZONES: [(&str, &str); 7] = [
    ("America/New_York", "Eastern (New York)"),
    ("America/Chicago", "Central (Chicago)"),
    ("America/Denver", "Mountain (Denver)"),
    ("America/Phoenix", "Mountain without daylight saving (Phoenix)"),
    ("America/Los_Angeles", "Pacific (Los Angeles)"),
    ("America/Anchorage", "Alaska (Anchorage)"),
    ("Pacific/Honolulu", "Hawaii (Honolulu)"),
];

/// The currencies of most of our companies, which the list begins with.
const FIRST_CURRENCIES: [(&str, &str); 5] = [
    ("USD", "US dollar"),
    ("CAD", "Canadian dollar"),
    ("EUR", "euro"),
    ("GBP", "pound sterling"),
    ("MXN", "Mexican peso"),
];

/// The form of a new company.
#[component]
pub fn CompanyNewPage(
    view: CompanyFormView,
    /// The name of who is signed in.
    person: String,
    theme: Theme,
) -> impl IntoView {
    view! {
        <PlainFrame theme address="/companies/new" person>
            <div class="medium">
                <PageHead
                    title="New company"
                    line="It begins with a chart of accounts for its legal form. All but the currency can be changed later."
                />
                <Form state=view.form.clone()>
                    <div class="sheet">
                        <CompanyFields time_zones=view.time_zones />
                        <div class="fields">
                            <Select
                                name="currency"
                                label="Currency"
                                options=currencies()
                                hint="Every amount of these books is in it."
                            />
                        </div>
                    </div>
                    <div class="actions">
                        <SubmitButton action="create" class="primary">
                            "Create the company"
                        </SubmitButton>
                        <a class="btn quiet" href="/companies">"Cancel"</a>
                    </div>
                </Form>
            </div>
        </PlainFrame>
    }
}

/// The fields of a company that can be changed.
#[component]
pub fn CompanyFields(
    /// The names that a time zone can have.
    time_zones: Vec<String>,
) -> impl IntoView {
    view! {
        <div class="fields">
            <TextInput name="name" label="Legal name" autocomplete="organization" class="long" />
            <Select
                name="entity_type"
                label="Legal form"
                options=entity_types()
                hint=help::field("company", "entity_type")
            />
        </div>
        <div class="fields">
            <Select
                name="fiscal_year_first_month"
                label="Fiscal year begins in"
                options=months()
                hint=help::field("company", "fiscal_year_first_month")
            />
            <Select
                name="basis"
                label="Basis"
                options=vec![
                    SelectOption::new("accrual", "Accrual: when earned and owed"),
                    SelectOption::new("cash", "Cash: when money moves"),
                ]
                hint="Kept for later: it is shown beside the company’s name, and today every report is accrual."
            />
        </div>
        <div class="fields">
            <Select name="time_zone" label="Time zone" options=zones(time_zones) hint="It decides which day it is." />
            <DateInput
                name="books_begin_on"
                label="Books begin on"
                hint=help::field("company", "books_begin_on")
                optional=true
            />
        </div>
        <p class="hint">
            "Nothing is posted before the day the books begin; what was there the day before comes in as the opening entry. "
            "Left empty, any date may be posted."
        </p>
    }
    .into_any()
}

fn entity_types() -> Vec<SelectOption> {
    EntityType::ALL
        .iter()
        .map(|form| SelectOption::new(form.code(), form.name()))
        .collect()
}

fn months() -> Vec<SelectOption> {
    (1_u8..=12)
        .filter_map(|number| Some((number, time::Month::try_from(number).ok()?)))
        .map(|(number, month)| SelectOption::new(number.to_string(), month.to_string()))
        .collect()
}

fn currencies() -> Vec<SelectOption> {
    let first = FIRST_CURRENCIES.map(|(code, name)| SelectOption::new(code, format!("{code}, {name}")));
    let rest = KNOWN_CURRENCIES
        .iter()
        .filter(|code| FIRST_CURRENCIES.iter().all(|(first, _)| first != *code))
        .map(|code| SelectOption::new(*code, *code));
    first.into_iter().chain(rest).collect()
}

/// Every code that the ledger reads. It tells by reading alone, and all words of three letters are few enough to try.
static KNOWN_CURRENCIES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let letters = || 'A'..='Z';
    letters()
        .flat_map(|first| letters().map(move |second| (first, second)))
        .flat_map(|(first, second)| letters().map(move |third| String::from_iter([first, second, third])))
        .filter_map(|code| Currency::parse(&code).ok())
        .map(Currency::code)
        .collect()
});

fn zones(names: Vec<String>) -> Vec<SelectOption> {
    let rest = names
        .into_iter()
        .filter(|name| FIRST_ZONES.iter().all(|(first, _)| first != name))
        .map(|name| SelectOption::new(name.clone(), name.replace('_', " ")));
    FIRST_ZONES
        .iter()
        .map(|(name, label)| SelectOption::new(*name, *label))
        .chain(rest)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_currency_that_the_ledger_knows_is_offered_once_and_the_dollar_first() {
        let offered: Vec<String> = currencies().into_iter().map(|option| option.value).collect();
        assert_eq!(offered.first().map(String::as_str), Some("USD"));
        for code in ["JPY", "KWD", "CHF", "ZMW"] {
            assert_eq!(offered.iter().filter(|offered| *offered == code).count(), 1, "{code}");
        }
        assert!(offered.iter().all(|code| Currency::parse(code).is_ok()));
        assert!(offered.len() > 150);
    }
}
