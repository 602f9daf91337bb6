//! A question before a step that cannot be taken back.

use leptos::prelude::*;

use super::field::FormContext;
use super::form::SubmitButton;

/// A button that opens the question and the button that answers it, without JavaScript. It stands inside a
/// [`Form`](super::Form), whose fields may be among the children: the reason of a void, say.
#[component]
pub fn Confirm(
    /// What opens the question: `Void…`.
    #[prop(into)]
    open: String,
    /// What happens, and what stays.
    #[prop(into)]
    question: String,
    /// The text of the button that does it: `Void this entry`.
    #[prop(into)]
    button: String,
    /// The value of the form's action.
    #[prop(into)]
    action: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    // An answer that was refused is asked again, with its message in sight.
    let is_open = use_context::<FormContext>().is_some_and(|form| form.state.is_refused());
    view! {
        <details class="disclosure confirm" open=is_open>
            <summary class="btn danger">{open}</summary>
            <div class="question">
                <p>{question}</p>
                {children.map(|children| children())}
                <div class="actions">
                    <SubmitButton action class="danger">{button}</SubmitButton>
                </div>
            </div>
        </details>
    }
}
