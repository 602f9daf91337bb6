//! The rows, each with a box to select it, and what is done with those that are.

use ledger::money::Currency;
use leptos::context::Provider;
use leptos::prelude::*;

use crate::components::{
    ColumnHead, Confirm, DataTable, ErrorSummary, FormContext, HiddenFields, Money, ReturnedNotice, SubmitButton, Tag,
    TextInput, Tone,
};
use crate::forms::{ACTION, FormState, error_id, field_id};
use crate::view::accounting::entry::EntryState;
use crate::view::transactions::{SELECT, Scope, SortHead, TransactionListView, TransactionRow, action};

/// The list, in a form where the person may write.
#[component]
pub fn Rows(view: TransactionListView) -> impl IntoView {
    if !view.may_write {
        return view! { <Table view /> }.into_any();
    }
    let selection = view.selection.clone();
    let address = view.address.clone();
    let bar = view! { <SelectionBar view=view.clone() /> };
    view! {
        <form class="selection" method="post" action=address novalidate>
            <HiddenFields state=selection.clone() />
            <ReturnedNotice state=selection.clone() />
            <ErrorSummary errors=selection.errors().to_vec() />
            <Provider value=FormContext::fixed(selection)>{bar} <Table view /></Provider>
        </form>
    }
    .into_any()
}

/// What is done with the rows that are selected.
#[component]
fn SelectionBar(view: TransactionListView) -> impl IntoView {
    let is_any = view.selection.has(SELECT);
    let words = if is_any {
        "Select none"
    } else {
        "Select all on this page"
    };
    // The question stays open only where it was its answer that was refused.
    let asked = match view.selection.value(ACTION) {
        action::VOID => view.selection.clone(),
        _ => FormState::default(),
    };
    view! {
        <div class="selection-bar">
            <a class="btn sm quiet" href=view.select_all data-select-all="">
                {words}
            </a>
            <span class="selection-acts">
                <SubmitButton action=action::POST class="sm">
                    "Post the selected drafts"
                </SubmitButton>
                <Provider value=FormContext::fixed(asked)><Confirm
                    open="Void the selected…"
                    question="Voided entries keep their numbers and this reason, and nothing of them stays posted. Drafts are given up."
                    button="Void them"
                    action=action::VOID
                >
                    <TextInput name="reason" label="Reason" max_length=500 />
                </Confirm></Provider>
            </span>
        </div>
    }
    .into_any()
}

#[component]
fn Table(view: TransactionListView) -> impl IntoView {
    let heads = view.heads.clone();
    let (may_write, scope) = (view.may_write, view.scope);
    let head = move || {
        let sorting = |text: &'static str, class: &'static str, head: &SortHead| {
            let (href, sorted) = (head.href.clone(), head.sorted);
            view! { <ColumnHead text class sort_href=href nostrip:sorted=sorted /> }
        };
        view! {
            {may_write.then(|| view! { <ColumnHead text="Select" hidden=true /> })}
            {sorting("Date", "", &heads.date)}
            {sorting("Number", "", &heads.number)}
            {(scope == Scope::All).then(|| sorting("Name", "", &heads.name))}
            <ColumnHead text="Memo" />
            <ColumnHead text="State" />
            {sorting("Amount", "num", &heads.amount)}
        }
    };
    let caption = match scope {
        Scope::All => "Transactions",
        Scope::Journal => "Journal entries",
    };
    let currency = view.currency;
    let rows: Vec<_> = view
        .rows
        .iter()
        .map(|row| {
            let error = view.selection.error(&row.select_field()).map(str::to_owned);
            let select = may_write.then(|| {
                let (row, is_selected) = (row.clone(), view.is_selected(row));
                view! { <SelectCell row is_selected is_refused=error.is_some() /> }
            });
            view! { <Row row=row.clone() select error scope currency /> }
        })
        .collect();
    view! {
        <DataTable caption head=head>
            {rows}
        </DataTable>
    }
    .into_any()
}

/// A row. It can have the focus, from which keys move on.
#[component]
fn Row<Select: IntoView + 'static>(
    row: TransactionRow,
    /// The cell with its box, where the person may select.
    #[prop(optional_no_strip)]
    select: Option<Select>,
    /// Why what was to be done with it was refused.
    #[prop(optional_no_strip)]
    error: Option<String>,
    scope: Scope,
    currency: Currency,
) -> impl IntoView {
    let muted = (row.state == EntryState::Void).then_some("inactive");
    let name = row.name();
    let kind = (scope == Scope::All).then(|| view! { <span class="sub">{row.kind}</span> });
    let contact = (scope == Scope::All).then(|| view! { <td class="whom">{row.contact.clone()}</td> });
    let reference = row.reference.map(|reference| format!("Ref. {reference}"));
    let reference = reference.map(|reference| view! { <span class="sub">{reference}</span> });
    let message = error.map(|message| {
        let id = error_id(&format!("{SELECT}.{}", row.id));
        view! { <p class="error" id=id>{message}</p> }
    });
    view! {
        <tr class=muted data-row=row.id.to_string() tabindex="-1">
            {select}
            <td class="when">{row.date}</td>
            <td class="what nowrap">
                <a href=row.href data-key="Enter">
                    {name}
                </a>
                {kind}
            </td>
            {contact}
            <td class="why">{row.words} {reference} {message}</td>
            <td class="state">
                <Tag tone=row.state.tone() text=row.state.label() />
                {row.is_adjusting.then(|| view! { " " <Tag tone=Tone::Info text="Adjusting" /> })}
            </td>
            <td class="num how-much">
                <Money amount=row.total currency />
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn SelectCell(row: TransactionRow, is_selected: bool, is_refused: bool) -> impl IntoView {
    let field = row.select_field();
    let value = row.select_value();
    let label = format!("Select {} of {}", row.name(), row.date);
    let (invalid, described_by) = match is_refused {
        true => (Some("true"), Some(error_id(&field))),
        false => (None, None),
    };
    view! {
        <td class="select">
            {(row.is_entry && row.state != EntryState::Void)
                .then(|| {
                    view! {
                        <input
                            type="checkbox"
                            id=field_id(&field)
                            name=SELECT
                            value=value
                            checked=is_selected
                            aria-label=label
                            aria-invalid=invalid
                            aria-describedby=described_by
                            data-key="x"
                        />
                    }
                })}
        </td>
    }
    .into_any()
}
