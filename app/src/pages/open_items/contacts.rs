//! The list of customers or vendors, and adding one.

use leptos::prelude::*;

use crate::components::{
    CarriedFields, CheckBox, ColumnHead, DataTable, Form, Pagination, Panel, SubmitButton, Tag, TextInput,
};
use crate::forms::FormState;
use crate::view::open_items::{ContactRow, OpenItemsView, Side, action};

/// The contacts, and adding one.
#[component]
pub fn Contacts(view: OpenItemsView) -> impl IntoView {
    let (title, empty) = match view.side {
        Side::Sales => (
            "Customers",
            "Nobody is in the list of customers yet. Add the first one here.",
        ),
        Side::Purchases => (
            "Vendors",
            "Nobody is in the list of vendors yet. Add the first one here.",
        ),
    };
    let is_searched = !view.prefix.is_empty();
    let (side, path) = (view.side, view.side.path(&view.slug));
    let first = is_searched.then(|| path.clone());
    let add_class = if view.add.is_some() { "c8" } else { "c12" };
    view! {
        <div class="grid" id="contacts">
            <div class=format!("stack tight {add_class}")>
                <div class="list-line">
                    <h2>{title}</h2>
                    <span class="spacer"></span>
                    <form class="search" method="get" action=format!("{path}#contacts") role="search" aria-label=title>
                        <CarriedFields pairs=view.list_asked />
                        <label class="sr" for="contact-search">"Names that begin with"</label>
                        <input id="contact-search" type="search" name="name" value=view.prefix placeholder="Names \
                        that begin with" maxlength="200" />
                        <button class="btn">"Find"</button>
                    </form>
                </div>
                {if view.contacts.is_empty() {
                    let text = if is_searched { "No name begins like that." } else { empty };
                    view! { <p class="muted">{text}</p> }.into_any()
                } else {
                    let shown = match view.contacts.len() {
                        1 => "1 name".to_owned(),
                        many => format!("{many} names"),
                    };
                    view! {
                        <ContactTable rows=view.contacts caption=title />
                        <Pagination shown first next=view.next label="Pages of names" />
                    }
                        .into_any()
                }}
            </div>
            {view.add.map(|form| view! { <AddContact form side /> })}
        </div>
    }
    .into_any()
}

#[component]
fn ContactTable(rows: Vec<ContactRow>, caption: &'static str) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Name" />
            <ColumnHead text="Kind" />
        }
    };
    view! {
        <DataTable caption head=head>
            {rows
                .into_iter()
                .map(|row| {
                    view! {
                        <tr class=(!row.active).then_some("inactive")>
                            <td class="what">
                                <a href=row.href>{row.name}</a>
                                {(!row.active).then(|| view! { " " <Tag text="inactive" /> })}
                            </td>
                            <td class="how-much muted">{row.kind}</td>
                        </tr>
                    }
                })
                .collect_view()}
        </DataTable>
    }
    .into_any()
}

#[component]
fn AddContact(form: FormState, side: Side) -> impl IntoView {
    let (title, other, label) = match side {
        Side::Sales => ("Add a customer", "vendor", "Also a vendor"),
        Side::Purchases => ("Add a vendor", "customer", "Also a customer"),
    };
    view! {
        <Panel title class="c4">
            <Form state=form>
                <TextInput name="name" label="Name" max_length=200 autocomplete="organization" />
                <CheckBox name=other label />
                <div class="actions">
                    <SubmitButton action=action::ADD_CONTACT class="primary">
                        {title}
                    </SubmitButton>
                </div>
            </Form>
        </Panel>
    }
    .into_any()
}
