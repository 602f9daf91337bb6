//! Creating a company, and the fields that it shares with its settings.

use ledger::accounts::EntityType;
use leptos::prelude::*;

use crate::components::{DateInput, Form, Select, SelectOption, SubmitButton, TextInput};
use crate::frame::{PageHead, PlainFrame};
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
                            <TextInput name="currency" label="Currency" hint="Three letters, as USD." max_length=3 class="short" />
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
            <Select name="entity_type" label="Legal form" options=entity_types() />
        </div>
        <div class="fields">
            <Select name="fiscal_year_first_month" label="Fiscal year begins in" options=months() />
            <Select
                name="basis"
                label="Basis"
                options=vec![
                    SelectOption::new("accrual", "Accrual: when earned and owed"),
                    SelectOption::new("cash", "Cash: when money moves"),
                ]
                hint="How the company reports. Today’s reports are all accrual."
            />
        </div>
        <div class="fields">
            <Select name="time_zone" label="Time zone" options=zones(time_zones) hint="It decides which day it is." />
            <DateInput name="books_begin_on" label="Books begin on" optional=true />
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
