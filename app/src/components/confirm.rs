//! A question before a step that cannot be taken back.

use leptos::prelude::*;

use super::field::FormContext;
use super::form::SubmitButton;
use crate::forms::{ACTION, FormState};

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
    // An answer that was refused is asked again, with its message in sight; what else the form was sent for opens no question.
    let is_own = |state: &FormState| state.is_refused() && state.value(ACTION) == action;
    let is_open = use_context::<FormContext>().is_some_and(|form| is_own(&form.state));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::Form;

    fn drawn(state: FormState) -> String {
        let form = || {
            view! {
                <Form state>
                    <Confirm open="Remove…" question="It is gone then." button="Remove it" action="remove" />
                </Form>
            }
            .to_html()
        };
        Owner::new().with(form)
    }

    #[test]
    fn a_question_stands_open_where_its_own_answer_was_refused_and_nowhere_else() {
        let refused = |action: &str| {
            let mut state = FormState::new("k").with(ACTION, action);
            state.refuse("", "It is in use.");
            state
        };
        let stands_open = |state| {
            let html = drawn(state);
            let (_, from_details) = html.split_once("<details").expect("a question");
            let (attributes, _) = from_details.split_once('>').expect("a tag");
            attributes.split_whitespace().any(|word| word == "open")
        };
        assert!(stands_open(refused("remove")));
        assert!(!stands_open(FormState::new("k").with(ACTION, "remove")));
        assert!(!stands_open(refused("rename")));
    }
}
