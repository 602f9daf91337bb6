//! What is pressed and typed into.

use leptos::context::Provider;
use leptos::prelude::*;

use super::Both;
use crate::components::{
    AmountInput, CheckBox, ChoiceList, Confirm, DateInput, ErrorSummary, Field, FileInput, Form, FormContext, Select,
    SelectOption, SubmitButton, TextArea, TextInput,
};
use crate::forms::{ACTION, Choice, FieldError, FormState, field_id};

const CHOICES: [&str; 2] = ["light-choices", "dark-choices"];

#[component]
pub fn Controls() -> impl IntoView {
    view! {
        <section id="controls">
            <h2>"Controls"</h2>
            <Both title="Buttons" draw=|_| view! { <Buttons /> } />
            <Both title="Fields: empty, filled, read only, disabled" draw=|theme| view! { <Fields theme /> } />
            <Both title="A form that was refused" draw=|theme| view! { <Refused theme /> } />
            <Both title="A question before what cannot be taken back" draw=|theme| view! { <Question theme /> } />
            <Both title="Chips and keys" draw=|_| view! { <Chips /> } />
        </section>
    }
    .into_any()
}

#[component]
fn Buttons() -> impl IntoView {
    view! {
        <div class="stack">
            <div class="row">
                <SubmitButton action="none" class="primary">"Primary"</SubmitButton>
                <SubmitButton action="none">"Plain"</SubmitButton>
                <SubmitButton action="none" class="danger">"Danger"</SubmitButton>
                <SubmitButton action="none" class="quiet">"Quiet"</SubmitButton>
            </div>
            <div class="row">
                <button class="btn primary" disabled>"Disabled"</button>
                <button class="btn" disabled>"Disabled"</button>
                <button class="btn" aria-busy="true">"Busy"</button>
            </div>
            <div class="row">
                <SubmitButton action="none" class="primary sm">"Small"</SubmitButton>
                <SubmitButton action="none" class="sm">"Small"</SubmitButton>
                <SubmitButton action="none" class="primary lg">"Large"</SubmitButton>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Fields(theme: &'static str) -> impl IntoView {
    let name = move |of: &str| format!("{theme}-{of}");
    let list = if theme == "light" { CHOICES[0] } else { CHOICES[1] };
    let state = FormState::default()
        .with(name("filled"), "Juniper Cycles LLC")
        .with(name("amount"), "1,204.50")
        .with(name("select"), "llc")
        .with(name("checked"), "yes")
        .with(name("note"), "Paid by check.\nSecond line.");
    let (fixed, off) = (field_id(&name("fixed")), field_id(&name("off")));
    let options = vec![SelectOption::new("", "Choose…"), SelectOption::new("llc", "LLC")];
    let choice = |id, number: &str, name: &str| Choice {
        id,
        number: Some(number.to_owned()),
        name: name.to_owned(),
    };
    let choices = vec![choice(1, "1000", "Business Checking"), choice(2, "6200", "Rent")];
    view! {
        <Provider value=FormContext::fixed(state)>
            <div class="stack">
                <div class="fields">
                    <TextInput name=name("empty") label="Empty" placeholder="What stands in it" optional=true />
                    <TextInput name=name("filled") label="Filled" hint="A hint says what belongs here." />
                </div>
                <div class="fields">
                    <AmountInput name=name("amount") label="Amount" />
                    <DateInput name=name("date") label="Date" optional=true />
                    <Select name=name("select") label="One of a few" options />
                </div>
                <div class="fields">
                    <TextInput name=name("list") label="One of many" list optional=true />
                    <Field name=name("fixed") label="Read only">
                        <input id=fixed value="JE-14" readonly />
                    </Field>
                    <Field name=name("off") label="Disabled">
                        <input id=off value="Cannot be changed" disabled />
                    </Field>
                </div>
                <TextArea name=name("note") label="Several lines" optional=true />
                <FileInput name=name("file") label="A file" accept=".csv,text/csv" hint="At most 1 MB." optional=true />
                <CheckBox name=name("checked") label="Checked" hint="What it means to check it." />
                <CheckBox name=name("unchecked") label="Not checked" />
                <ChoiceList id=list choices />
            </div>
        </Provider>
    }
    .into_any()
}

#[component]
fn Refused(theme: &'static str) -> impl IntoView {
    let date = format!("{theme}-refused-date");
    let amount = format!("{theme}-refused-amount");
    let errors = vec![
        FieldError::at(
            &date,
            "February 2026 has only 28 days. Use 02/28/2026 or an earlier day.",
        ),
        FieldError::at(&amount, "This is no amount. Use digits, as in 1,204.50."),
    ];
    let mut state = FormState::default().with(&date, "02/31/2026").with(&amount, "twelve");
    state.refuse_all(errors.clone());
    view! {
        <div class="stack">
            <ErrorSummary errors />
            <Provider value=FormContext::fixed(state)>
                <div class="fields">
                    <DateInput name=date label="Date" />
                    <AmountInput name=amount label="Amount" hint="In US dollars." />
                </div>
            </Provider>
        </div>
    }
    .into_any()
}

#[component]
fn Question(theme: &'static str) -> impl IntoView {
    let mut refused = FormState::default().with(ACTION, "none");
    refused.refuse("", "Say why. It stays in the history.");
    let states = [FormState::default(), refused];
    states
        .into_iter()
        .enumerate()
        .map(|(n, state)| {
            let name = format!("{theme}-reason-{n}");
            view! {
                <Form state>
                    <Confirm
                        open="Void…"
                        question="The entry keeps its number and its lines and counts nothing from then on."
                        button="Void this entry"
                        action="none"
                    >
                        <TextInput name label="Why" />
                    </Confirm>
                </Form>
            }
        })
        .collect_view()
}

#[component]
fn Chips() -> impl IntoView {
    view! {
        <div class="stack">
            <div class="chips">
                <a class="chip" href="#controls" aria-current="true">"Chosen"</a>
                <a class="chip" href="#controls">"To review 22"</a>
                <a class="chip" href="#controls">"Excluded"</a>
            </div>
            <p><kbd>"g"</kbd> " then " <kbd>"r"</kbd> " goes to Reports"</p>
        </div>
    }
    .into_any()
}
