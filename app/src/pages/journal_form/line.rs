//! One line of the entry.

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
pub fn Line(index: usize, layout: Layout) -> impl IntoView {
    view! {
        <tr>
            <th scope="row" class="line-no">{line_no(index)}</th>
            {layout
                .columns()
                .map(|field| {
                    view! {
                        <td class=class(field)>
                            <LineInput index field />
                        </td>
                    }
                })
                .collect_view()}
        </tr>
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
