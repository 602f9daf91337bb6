//! Open amounts: filters, rows by name or in another order, totals and pages.

use ledger::money::Currency;
use leptos::context::Provider;
use leptos::prelude::*;

use crate::components::{
    CarriedFields, ColumnHead, DateInput, EmptyState, FilterFold, FormContext, ListKeys, ListPages, Money, SortColumn,
    Tag, TextInput, Tone,
};
use crate::view::open_items::{ContactItems, ItemList, ItemRow, OpenItemsView, Side, Standing};

/// What is open: filtered, sorted and paged.
#[component]
pub fn Open(view: OpenItemsView) -> impl IntoView {
    let (side, currency) = (view.side, view.currency);
    let title = match side {
        Side::Sales => "Open receivables",
        Side::Purchases => "Open payables",
    };
    let (as_of, total, overdue) = (view.as_of.clone(), view.total, view.overdue);
    let list = match (view.list.is_empty(), view.is_filtered) {
        (true, false) => return view! { <NothingOpen view /> }.into_any(),
        (true, true) => {
            let text = match view.filter.is_refused() {
                true => "A filter could not be read. The message is at its field.",
                false => "Nothing passes these filters.",
            };
            let all = side.path(&view.slug);
            view! {
                <EmptyState title="Nothing to show" text>
                    <a class="btn" href=all>"Show all open amounts"</a>
                </EmptyState>
            }
            .into_any()
        }
        (false, _) => view! {
            <ListKeys review=false />
            <section class="panel flush">
                <Items view=view.clone() />
            </section>
            <ListPages pages=view.pages.clone() />
        }
        .into_any(),
    };
    view! {
        <div class="list-line">
            <h2>{title}</h2>
            <span class="muted">{format!("at the end of {as_of} in {}", currency.code())}</span>
            <span class="spacer"></span>
            <span>"Open " <b><Money amount=total currency /></b></span>
            {(overdue != 0).then(|| view! { <span class="overdue">"Overdue " <b><Money amount=overdue currency /></b></span> })}
        </div>
        <Filters view />
        {list}
    }
    .into_any()
}

#[component]
fn NothingOpen(view: OpenItemsView) -> impl IntoView {
    let text = match view.side {
        Side::Sales => {
            "No customer owes anything today. An amount appears here with its due date once it is entered on \
            Accounts Receivable: by a journal entry, or with the balances you bring along."
        }
        Side::Purchases => {
            "You owe no vendor anything today. An amount appears here with its due date once it is entered on \
            Accounts Payable: by a journal entry, or with the balances you bring along."
        }
    };
    let opening = format!("/c/{}/accounting/opening", view.slug);
    let entry = format!("/c/{}/accounting/journal/new", view.slug);
    view! {
        <EmptyState title="Nothing is open" text>
            <a class="btn" href=entry>"New entry"</a>
            <a class="btn" href=opening>"Enter what you bring along"</a>
        </EmptyState>
    }
    .into_any()
}

/// How the amounts stand as chips, the rest as a form.
#[component]
fn Filters(view: OpenItemsView) -> impl IntoView {
    let chip = |(of, href): (Option<Standing>, String)| {
        let current = (of == view.standing).then_some("true");
        view! {
            <a class="chip" href=href aria-current=current>
                {of.map_or("All", Standing::label)}
            </a>
        }
    };
    let action = view.side.path(&view.slug);
    let reset = view.is_filtered.then(|| action.clone());
    let unknown = view.filter.error("").map(str::to_owned);
    let who = match view.side {
        Side::Sales => "Customer",
        Side::Purchases => "Vendor",
    };
    view! {
        <div class="filters">
            <nav class="chips" aria-label="How they stand">
                {view.standings.clone().into_iter().map(chip).collect_view()}
            </nav>
            {unknown.map(|message| view! { <p class="error">{message}</p> })}
            <FilterFold filter=view.filter.clone() />
            <form class="filter-form" method="get" action=action novalidate role="search" aria-label="Open amounts">
                <CarriedFields pairs=view.carried />
                <Provider value=FormContext::fixed(view.filter)>
                    <TextInput name="text" label="Number, reference or words" optional=true kind="search" class="long" />
                    <TextInput name="contact" label=who optional=true />
                    <DateInput name="from" label="Due from" optional=true />
                    <DateInput name="to" label="Due to" optional=true />
                    <TextInput name="amount" label="Open amount" hint="As 1,432.17, or 100 to 500." optional=true max_length=60 />
                    <div class="filter-act">
                        <button class="btn">"Show"</button>
                        {reset.map(|href| view! { <a class="btn quiet" href=href>"Clear"</a> })}
                    </div>
                </Provider>
            </form>
        </div>
    }
    .into_any()
}

/// The list, its columns sorting it.
#[component]
fn Items(view: OpenItemsView) -> impl IntoView {
    let (side, currency, heads) = (view.side, view.currency, view.heads);
    let (name, bodies) = match view.list {
        ItemList::ByName(groups) => (
            None,
            groups
                .into_iter()
                .map(|group| view! { <Group group side currency /> })
                .collect_view()
                .into_any(),
        ),
        ItemList::Plain(rows) => {
            let rows = rows
                .into_iter()
                .map(|item| view! { <Item item currency /> })
                .collect_view();
            (Some(heads.name), view! { <tbody>{rows}</tbody> }.into_any())
        }
    };
    view! {
        <table class="rows open-items">
            <caption class="sr">"Open amounts"</caption>
            <thead>
                <tr>
                    <SortColumn text="From" head=heads.date />
                    {name.map(|head| view! { <SortColumn text="Name" head /> })}
                    <SortColumn text="Due" head=heads.due />
                    <SortColumn text="Was" class="num wide" head=heads.amount />
                    <SortColumn text="Open" class="num" head=heads.open />
                </tr>
            </thead>
            {bodies}
        </table>
    }
    .into_any()
}

/// The table of a contact's open amounts; its children are its bodies.
#[component]
pub fn ItemTable(children: Children) -> impl IntoView {
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
                    {group.is_partial.then(|| view! { <span class="sub">"in all"</span> })}
                </td>
            </tr>
            {group.items.into_iter().map(|item| view! { <Item item currency /> }).collect_view()}
        </tbody>
    }
    .into_any()
}

/// A row. It can have the focus, from which keys move on.
#[component]
pub fn Item(item: ItemRow, currency: Currency) -> impl IntoView {
    // A payment or a credit is due on no day.
    let due = (item.open >= 0).then(|| {
        let overdue = item
            .days_overdue
            .map(|days| view! { <Tag tone=Tone::Bad text=overdue_words(days) /> });
        view! { {item.due} " " {overdue} }
    });
    let contact = item
        .contact
        .map(|(name, href)| view! { <td class="whom"><a href=href>{name}</a></td> });
    view! {
        <tr data-row=item.id.to_string() tabindex="-1">
            <td class="what">
                <a href=item.href data-key="Enter">
                    {item.document}
                </a>
                <span class="sub">{item.date}</span>
            </td>
            {contact}
            <td class="when">{due}</td>
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
