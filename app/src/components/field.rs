//! Fields of a form. Each knows only its name and its label: the value and the message come from the [`FormContext`]
//! that the enclosing form provides. Where an island keeps the form company, `live_form` changes the messages as they are written here.

use std::sync::Arc;

use leptos::prelude::*;

use super::message::words;
use crate::forms::{FieldError, FormState, HINT, error_id, field_id};

/// What the fields inside a form find in it: its values and messages.
#[derive(Clone, Debug)]
pub struct FormContext {
    /// The values and messages.
    pub state: Arc<FormState>,
}

impl FormContext {
    /// The context of a form.
    pub fn fixed(state: FormState) -> Self {
        Self { state: Arc::new(state) }
    }
}

/// One control in its form.
#[derive(Clone, Debug)]
pub(crate) struct Control {
    name: String,
    has_hint: bool,
    form: FormContext,
}

impl Control {
    /// The control of this name; outside a form it is empty and right.
    pub fn new(name: &str, has_hint: bool) -> Self {
        Self {
            name: name.to_owned(),
            has_hint,
            form: use_context().unwrap_or_else(|| FormContext::fixed(FormState::default())),
        }
    }

    pub fn id(&self) -> String {
        field_id(&self.name)
    }

    /// The value to begin with.
    pub fn value(&self) -> String {
        self.form.state.value(&self.name).to_owned()
    }

    /// `aria-invalid`.
    pub fn invalid(&self) -> Option<&'static str> {
        self.error().map(|_| "true")
    }

    /// `aria-describedby`: the hint and the message, where they are.
    pub fn described_by(&self) -> Option<String> {
        let hint = self.has_hint.then(|| hint_id(&self.name));
        let error = self.error().map(|_| error_id(&self.name));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (hint, error) => hint.or(error),
        }
    }

    /// The message under the control.
    pub fn message(&self) -> impl IntoView + use<> {
        let words = words(self.error()?.clone());
        Some(view! { <p class="error" id=error_id(&self.name)>{words}</p> })
    }

    /// Whether there is a message at it.
    pub fn is_refused(&self) -> bool {
        self.error().is_some()
    }

    fn error(&self) -> Option<&FieldError> {
        let is_own = |error: &&FieldError| error.field == self.name;
        self.form.state.errors().iter().find(is_own)
    }
}

fn hint_id(name: &str) -> String {
    field_id(name) + HINT
}

/// A label, a control as the child, a hint, and the message when the form was refused at this name.
#[component]
pub fn Field(
    /// The control's name.
    #[prop(into)]
    name: String,
    /// What the control is called.
    #[prop(into)]
    label: String,
    /// A line under the control.
    #[prop(into, optional)]
    hint: String,
    /// Says "optional" beside the label.
    #[prop(optional)]
    optional: bool,
    /// `short` or `long` in a row of fields.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let control = Control::new(&name, !hint.is_empty());
    view! {
        <div class=format!("field {class}")>
            <label for=control.id()>
                {label} {optional.then(|| view! { <span class="optional">" (optional)"</span> })}
            </label>
            {children()}
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id(&name)>{hint}</p> })}
            {control.message()}
        </div>
    }
    .into_any()
}

/// One line of text.
#[component]
pub fn TextInput(
    /// The control's name.
    #[prop(into)]
    name: String,
    /// What the control is called.
    #[prop(into)]
    label: String,
    /// A line under the control.
    #[prop(into, optional)]
    hint: String,
    /// Says "optional" beside the label; else the field is required.
    #[prop(optional)]
    optional: bool,
    /// `text`, `email`, `search`, …
    #[prop(default = "text")]
    kind: &'static str,
    /// What a browser may fill in, as `organization`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The most characters that are taken.
    #[prop(default = 200)]
    max_length: u32,
    /// What the control looks like, as `num`.
    #[prop(optional)]
    input_class: &'static str,
    /// What stands in the empty control.
    #[prop(optional)]
    placeholder: Option<&'static str>,
    /// The [`ChoiceList`](super::ChoiceList) that it offers.
    #[prop(optional)]
    list: Option<&'static str>,
    /// `short` or `long` in a row of fields.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let control = Control::new(&name, !hint.is_empty());
    view! {
        <Field name=name.clone() label hint optional class>
            <input
                type=kind
                class=input_class
                id=control.id()
                name=name
                value=control.value()
                required=!optional
                maxlength=max_length.to_string()
                placeholder=placeholder
                list=list
                autocomplete=autocomplete
                aria-invalid=control.invalid()
                aria-describedby=control.described_by()
            />
        </Field>
    }
}

/// An amount of money as it is typed: `1,234.50`, `12*40`.
#[component]
pub fn AmountInput(
    /// The control's name.
    #[prop(into)]
    name: String,
    /// What the control is called.
    #[prop(into)]
    label: String,
    /// A line under the control.
    #[prop(into, optional)]
    hint: String,
    /// Says "optional" beside the label; else the field is required.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    view! { <TextInput name label hint optional input_class="num" max_length=60 class="short" /> }
}

/// A date as it is typed: `10/31/2026`, `t` for today, `+30`.
#[component]
pub fn DateInput(
    /// The control's name.
    #[prop(into)]
    name: String,
    /// What the control is called.
    #[prop(into)]
    label: String,
    /// A line under the control.
    #[prop(into, optional)]
    hint: String,
    /// Says "optional" beside the label; else the field is required.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    view! { <TextInput name label hint optional placeholder="MM/DD/YYYY" max_length=20 class="short" /> }
}

/// One option of a [`Select`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl SelectOption {
    /// An option that posts `value` and reads `label`.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// One of a few.
#[component]
pub fn Select(
    /// The control's name.
    #[prop(into)]
    name: String,
    /// What the control is called.
    #[prop(into)]
    label: String,
    /// What can be chosen.
    options: Vec<SelectOption>,
    /// A line under the control.
    #[prop(into, optional)]
    hint: String,
    /// `short` or `long` in a row of fields.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let control = Control::new(&name, !hint.is_empty());
    let chosen = control.value();
    view! {
        <Field name=name.clone() label hint class>
            <select
                id=control.id()
                name=name
                aria-invalid=control.invalid()
                aria-describedby=control.described_by()
            >
                {options
                    .into_iter()
                    .map(|option| {
                        let selected = option.value == chosen;
                        view! { <option value=option.value selected=selected>{option.label}</option> }
                    })
                    .collect_view()}
            </select>
        </Field>
    }
}

/// A box to check. It posts `yes`, or nothing.
#[component]
pub fn CheckBox(
    /// The control's name.
    #[prop(into)]
    name: String,
    /// What checking it means.
    #[prop(into)]
    label: String,
    /// A line under the label.
    #[prop(into, optional)]
    hint: String,
) -> impl IntoView {
    let checked = !Control::new(&name, false).value().is_empty();
    view! {
        <label class="check">
            <input type="checkbox" name=name value="yes" checked=checked />
            <span>{label} {(!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> })}</span>
        </label>
    }
}
