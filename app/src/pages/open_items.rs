//! Sales and Purchases as they are today: what is open with whom, and the list of customers and vendors.

mod contact;

use ledger::money::Currency;
use leptos::prelude::*;

pub use contact::{ContactPage, ContactPageProps};

use crate::components::{
    CheckBox, ColumnHead, DataTable, EmptyState, Form, Money, Pagination, Panel, SubmitButton, Tag, TextInput, Tone,
};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::open_items::{ContactItems, ContactRow, ItemRow, OpenItemsView, Side, action};

/// The page of a side.
#[component]
pub fn OpenItemsPage(frame: FrameView, view: OpenItemsView) -> impl IntoView {
    let (title, line) = match view.side {
        Side::Sales => (
            "Sales",
            "What customers owe you (accounts receivable), from the opening balances, the journal and imports. \
            Invoices are not here yet.",
        ),
        Side::Purchases => (
            "Purchases",
            "What you owe vendors (accounts payable), from the opening balances, the journal and imports. Bills are \
            not here yet.",
        ),
    };
    view! {
        <Frame view=frame>
            <PageHead title line explain=help::pages::OPEN_ITEMS />
            <div class="stack">
                <Open view=view.clone() />
                <Contacts view />
            </div>
        </Frame>
    }
}

#[component]
fn Open(view: OpenItemsView) -> impl IntoView {
    let (side, currency) = (view.side, view.currency);
    if view.groups.is_empty() {
        let text = match side {
            Side::Sales => {
                "No customer owes anything today. An amount appears here with its due date once it is entered on \
                Accounts Receivable."
            }
            Side::Purchases => {
                "You owe no vendor anything today. An amount appears here with its due date once it is entered on \
                Accounts Payable."
            }
        };
        let opening = format!("/c/{}/accounting/opening", view.slug);
        return view! {
            <EmptyState title="Nothing is open" text>
                <a class="btn" href=opening>"Enter what you bring along"</a>
            </EmptyState>
        }
        .into_any();
    }
    let title = match side {
        Side::Sales => "Open receivables",
        Side::Purchases => "Open payables",
    };
    let overdue = view.overdue;
    view! {
        <div class="list-line">
            <h2>{title}</h2>
            <span class="muted">{format!("at the end of {} in {}", view.as_of, currency.code())}</span>
            <span class="spacer"></span>
            <span>"Open " <b><Money amount=view.total currency /></b></span>
            {(overdue != 0).then(|| view! { <span class="overdue">"Overdue " <b><Money amount=overdue currency /></b></span> })}
        </div>
        <section class="panel flush">
            <ItemTable>
                {view.groups.into_iter().map(|group| view! { <Group group side currency /> }).collect_view()}
            </ItemTable>
        </section>
        {view
            .is_cut
            .then(|| view! { <p class="small muted">"These are the first by due date; more are open after them."</p> })}
    }
    .into_any()
}

/// The table of open amounts; its children are its bodies.
#[component]
fn ItemTable(children: Children) -> impl IntoView {
    view! {
        <table class="rows open-items">
            <caption class="sr">"Open amounts, first due first"</caption>
            <thead>
                <tr>
                    <ColumnHead text="From" />
                    <ColumnHead text="Due" />
                    <ColumnHead text="Was" class="num wide" />
                    <ColumnHead text="Open" class="num" />
                </tr>
            </thead>
            {children()}
        </table>
    }
}

#[component]
fn Group(group: ContactItems, side: Side, currency: Currency) -> impl IntoView {
    let settle = group.can_settle.then(|| {
        let words = match side {
            Side::Sales => "has a credit that can be applied",
            Side::Purchases => "has a payment that can be applied",
        };
        view! { <span class="plain-words">{words}</span> }
    });
    view! {
        <tbody>
            <tr class="group">
                <th scope="rowgroup" colspan="2" class="what">
                    <a href=group.href>{group.name}</a>
                    {settle}
                </th>
                <td class="wide"></td>
                <td class="num how-much">
                    <b><Money amount=group.total currency /></b>
                </td>
            </tr>
            {group.items.into_iter().map(|item| view! { <Item item currency /> }).collect_view()}
        </tbody>
    }
    .into_any()
}

#[component]
fn Item(item: ItemRow, currency: Currency) -> impl IntoView {
    view! {
        <tr>
            <td class="what">
                <a href=item.href>{item.document}</a>
                <span class="sub">{item.date}</span>
            </td>
            <td class="when">
                {item.due} " "
                {item.days_overdue.map(|days| view! { <Tag tone=Tone::Bad text=overdue_words(days) /> })}
            </td>
            <td class="num wide muted">
                <Money amount=item.amount currency />
            </td>
            <td class="num how-much">
                <Money amount=item.open currency />
            </td>
        </tr>
    }
    .into_any()
}

fn overdue_words(days: i64) -> String {
    match days {
        1 => "1 day overdue".to_owned(),
        days => format!("{days} days overdue"),
    }
}

/// The contacts, and adding one.
#[component]
fn Contacts(view: OpenItemsView) -> impl IntoView {
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
                    <form class="search" method="get" action=format!("{path}#contacts") role="search">
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
                        <Pagination shown first next=view.next />
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
