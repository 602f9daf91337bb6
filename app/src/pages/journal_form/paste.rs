//! Rows from a spreadsheet: pasted into a line they fill it and those after it, and a field takes them where there is no JavaScript.

use leptos::prelude::*;

use crate::components::{Control, TextArea};
use crate::forms::ACTION;
use crate::live_form::pasted_text;
use crate::view::journal::{Layout, LineField, PASTED, action, columns_words};

/// The field for rows, closed until it is asked for.
#[component]
pub fn PasteRows(
    /// Whose columns the rows have.
    layout: Layout,
) -> impl IntoView {
    let control = Control::new(PASTED, false);
    let is_open = !control.value().is_empty();
    let hint = format!(
        "One line a row, in the order of the columns: {}. A first row may name its columns in any order{}.",
        columns_words(layout),
        if layout.has_due_below_name() {
            ", due date among them"
        } else {
            ""
        }
    );
    view! {
        <details class="disclosure paste" open=is_open>
            <summary class="btn sm quiet">"Paste rows…"</summary>
            <div class="stack tight">
                <TextArea
                    name=PASTED
                    label="Rows from a spreadsheet"
                    hint
                    optional=true
                    any_length=true
                />
                <div class="actions">
                    <button class="btn sm" name=ACTION value=action::PASTE>
                        "Add the rows"
                    </button>
                </div>
            </div>
        </details>
    }
    .into_any()
}

/// The rows that are pasted into a field of a line, with its line and column; none where it is a text for the field itself.
pub fn rows_at_line(event: &web_sys::ClipboardEvent) -> Option<((usize, LineField), String)> {
    let (name, text) = pasted_text(event)?;
    let at = LineField::parse(&name)?;
    let has_rows = text.trim_end().contains(['\t', '\n']);
    has_rows.then_some((at, text))
}
