//! What the fields of a form offer while one types.

use leptos::prelude::*;

use crate::forms::Choice;

/// The records that every field with this `list` offers.
#[component]
pub fn ChoiceList(id: &'static str, choices: Vec<Choice>) -> impl IntoView {
    view! {
        <datalist id=id>
            {choices.iter().map(|choice| view! { <option value=choice.label()></option> }).collect_view()}
        </datalist>
    }
}
