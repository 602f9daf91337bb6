//! One line of the entry.

use leptos::prelude::*;

use crate::components::Control;
use crate::live_form::RowMark;
use crate::view::journal::{Layout, LineField};

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
    row: RowMark,
    layout: Layout,
    /// Whether it asks when it is due.
    #[prop(optional)]
    asks_due: bool,
) -> impl IntoView {
    let fields = layout.columns().map(|field| {
        let is_above_due = field == LineField::Name && layout.has_due_below_name();
        view! {
            <td class=class(field)>
                <LineInput row=row.clone() field />
                {is_above_due.then(|| view! { <DueBelow row=row.clone() asks_due /> })}
            </td>
        }
    });
    view! {
        <tr data-index=row.index.clone()>
            <th scope="row" class="line-no">{row.number.clone()}</th>
            {fields.collect_view()}
        </tr>
    }
}

/// The day a line is due. A stylesheet hides it on lines that do not ask for it, and only where scripts run: without them it is there.
#[component]
fn DueBelow(row: RowMark, asks_due: bool) -> impl IntoView {
    view! {
        <div class=due_class(asks_due)>
            <LineInput row field=LineField::Due />
        </div>
    }
}

/// The class of [`DueBelow`], by whether its line asks for the day.
pub const fn due_class(asks_due: bool) -> &'static str {
    match asks_due {
        true => "line-due asked",
        false => "line-due",
    }
}

#[component]
fn LineInput(row: RowMark, field: LineField) -> impl IntoView {
    let name = field.name(&row.index);
    let control = Control::new(&name, false);
    let list = match field {
        LineField::Account => Some(ACCOUNTS),
        LineField::Name => Some(CONTACTS),
        _ => None,
    };
    let placeholder = match field {
        LineField::Account if row.is_first() => Some("Number or name"),
        LineField::Name if row.is_first() => Some("With whom"),
        LineField::Due => Some("MM/DD/YYYY"),
        _ => None,
    };
    view! {
        <div class="field">
            <label for=control.id()>
                {field.label()} <span class="sr">{format!(", line {}", row.number)}</span>
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::live_form::drawn_and_made;

    #[test]
    fn the_day_is_in_every_line_and_shown_as_asked_for() {
        let drawn = |asks_due| {
            let row = RowMark::of(3);
            Owner::new().with(|| view! { <Line row layout=Layout::Journal asks_due /> }.to_html())
        };
        for asks_due in [false, true] {
            let html = drawn(asks_due);
            assert!(html.contains(r#"name="lines.3.due""#), "{html}");
            assert!(html.contains(&format!(r#"class="{}""#, due_class(asks_due))), "{html}");
        }
    }

    #[test]
    fn a_line_that_the_browser_adds_is_one_that_the_server_would_draw() {
        for layout in [Layout::Journal, Layout::Opening, Layout::Template] {
            let (drawn, made) = drawn_and_made(11, |row| view! { <Line row layout /> });
            assert_eq!(made, drawn);
            assert!(
                drawn.contains(r#"name="lines.11.debit""#) && drawn.contains(", line 12"),
                "{drawn}"
            );
        }
    }
}
