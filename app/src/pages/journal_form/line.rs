//! One line of the entry.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::components::Control;
use crate::view::journal::{Layout, LineField, line_no};

/// The `id` of the list of accounts, which all lines share.
pub const ACCOUNTS: &str = "accounts";
/// The `id` of the list of contacts.
pub const CONTACTS: &str = "contacts";

/// The class of a column.
pub const fn class(field: LineField) -> &'static str {
    match field {
        LineField::Account => "account",
        LineField::Description => "text",
        LineField::Name => "name",
        LineField::Due => "due",
        LineField::Debit | LineField::Credit => "money num",
    }
}

/// A row of fields. Its values are those of the form around it, for a new line none.
#[component]
pub fn Line(
    index: usize,
    layout: Layout,
    /// The lines that ask when they are due.
    due_lines: RwSignal<BTreeSet<usize>>,
) -> impl IntoView {
    let below = move |field: LineField| {
        let is_here = field == LineField::Name && layout.has_due_below_name();
        is_here.then(|| view! { <DueBelow index due_lines /> })
    };
    view! {
        <tr>
            <th scope="row" class="line-no">{line_no(index)}</th>
            {layout
                .columns()
                .map(|field| {
                    view! {
                        <td class=class(field)>
                            <LineInput index field />
                            {below(field)}
                        </td>
                    }
                })
                .collect_view()}
        </tr>
    }
}

/// The day a line is due. A stylesheet hides it on lines that do not ask for it, and only where scripts run: without them it is there.
#[component]
fn DueBelow(index: usize, due_lines: RwSignal<BTreeSet<usize>>) -> impl IntoView {
    let class = move || match due_lines.with(|lines| lines.contains(&index)) {
        true => "line-due asked",
        false => "line-due",
    };
    view! {
        <div class=class>
            <LineInput index field=LineField::Due />
        </div>
    }
}

#[component]
fn LineInput(index: usize, field: LineField) -> impl IntoView {
    let name = field.name(index);
    let control = Control::new(&name, false);
    let list = match field {
        LineField::Account => Some(ACCOUNTS),
        LineField::Name => Some(CONTACTS),
        _ => None,
    };
    let placeholder = match field {
        LineField::Account if index == 0 => Some("Number or name"),
        LineField::Name if index == 0 => Some("With whom"),
        LineField::Due => Some("MM/DD/YYYY"),
        _ => None,
    };
    view! {
        <div class="field">
            <label for=control.id()>
                {field.label()} <span class="sr">{format!(", line {}", line_no(index))}</span>
            </label>
            <input
                class=if field.is_amount() { "num" } else { "" }
                id=control.id()
                name=name
                value=control.value()
                list=list
                placeholder=placeholder
                maxlength="200"
                autocomplete="off"
                aria-invalid=control.invalid()
                aria-describedby=control.described_by()
            />
            {control.message()}
        </div>
    }
}
