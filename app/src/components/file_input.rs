//! A file to send.

use leptos::prelude::*;

use super::field::{Control, Field};

/// A file. A browser never gets one back: it is chosen again after a refusal. It stands in a [`Form`](super::Form) with `upload`.
#[component]
pub fn FileInput(
    /// The control's name.
    #[prop(into)]
    name: String,
    /// What the control is called.
    #[prop(into)]
    label: String,
    /// The endings and types that the browser offers: `.csv,text/csv`.
    accept: &'static str,
    /// What it may be, and how much of it.
    #[prop(into)]
    hint: String,
    /// Whether the form can do without.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let control = Control::new(&name, true);
    view! {
        <Field name=name.clone() label hint optional>
            <input
                type="file"
                id=control.id()
                name=name
                accept=accept
                required=!optional
                aria-invalid=control.invalid()
                aria-describedby=control.described_by()
            />
        </Field>
    }
    .into_any()
}
