//! Several lines of text: the one place that may write `<textarea>`.

use leptos::prelude::*;

use super::field::{Control, Field};

/// Several lines of text. Leptos writes the children of `<textarea>` unescaped on the server, so its value is escaped
/// here, and a line break comes first because a browser drops the first one it finds.
#[component]
pub fn TextArea(
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
    /// The most characters that are taken.
    #[prop(default = 4000)]
    max_length: u32,
    /// Whether the browser takes any length: it cuts in silence, where a message can say what is too long.
    #[prop(optional)]
    any_length: bool,
) -> impl IntoView {
    let control = Control::new(&name, !hint.is_empty());
    let value = format!("\n{}", escape(&control.value()));
    view! {
        <Field name=name.clone() label hint optional class="long">
            <textarea
                id=control.id()
                name=name
                rows="3"
                required=!optional
                maxlength=(!any_length).then(|| max_length.to_string())
                aria-invalid=control.invalid()
                aria-describedby=control.described_by()
                inner_html=value
            ></textarea>
        </Field>
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use leptos::context::Provider;

    use super::*;
    use crate::components::FormContext;
    use crate::forms::FormState;

    #[test]
    fn what_was_typed_cannot_leave_the_text_area() {
        let typed = "first\n</textarea><script>alert(1)</script> & more";
        let owner = Owner::new();
        let html = owner.with(|| {
            let form = FormState::new("k").with("note", typed);
            view! {
                <Provider value=FormContext::fixed(form)>
                    <TextArea name="note" label="Note" />
                </Provider>
            }
            .to_html()
        });
        assert!(
            html.contains(">\nfirst\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</textarea>"),
            "{html}"
        );
        assert_eq!(html.matches("</textarea>").count(), 1);
    }
}
