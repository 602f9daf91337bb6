//! The rows, each with a box to select it, and what is done with those that are.

use ledger::money::Currency;
use leptos::context::Provider;
use leptos::prelude::*;

use crate::components::{
    ColumnHead, DataTable, ErrorSummary, FormContext, HiddenFields, Money, ReturnedNotice, SelectCell, SelectError,
    SortColumn, SubmitButton, Tag, TextInput, Tone,
};
use crate::forms::ACTION;
use crate::view::accounting::entry::EntryState;
use crate::view::lists::{SELECT, is_selected, select_field};
use crate::view::transactions::{ASKED, Scope, TransactionListView, TransactionRow, VoidQuestion, action};

/// The `id` of the question before entries are voided.
const QUESTION: &str = "void-question";

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
    let (address, selection) = (view.address.clone(), view.selection.clone());
    let question = view.question.map(|question| {
        view! { <Provider value=FormContext::fixed(selection)><Question question address /></Provider> }
    });
    // The browser goes to the question, which on a phone lies below the filters.
    let ask = format!("{}#{QUESTION}", view.address);
    // While it is asked, its answer is the form's only button: Enter in the reason is no other.
    let acts = question.is_none().then(|| {
        view! {
            <span class="selection-acts">
                <SubmitButton action=action::POST class="sm">
                    "Post the selected drafts"
                </SubmitButton>
                <button class="btn sm danger" name=ACTION value=action::ASK_VOID formaction=ask>
                    "Void the selected…"
                </button>
            </span>
        }
    });
    view! {
        <div class="selection-bar">
            <a class="btn sm quiet" href=view.select_all>
                {words}
            </a>
            {acts}
        </div>
        {question}
    }
    .into_any()
}

/// The question before entries are voided: how many, how much, and why.
#[component]
fn Question(question: VoidQuestion, address: String) -> impl IntoView {
    view! {
        <div class="question void-question" id=QUESTION role="group" aria-labelledby="void-question-words">
            <p id="void-question-words"><b>{question.words}</b></p>
            {question.releases.map(|words| view! { <p>{words}</p> })}
            <p>
                "Voided entries keep their numbers and this reason, and nothing of them stays posted. Drafts are given up."
            </p>
            <input type="hidden" name=ASKED value=question.asked />
            <TextInput name="reason" label="Reason" max_length=500 />
            <div class="actions">
                <SubmitButton action=action::VOID class="danger">"Void them"</SubmitButton>
                <a class="btn quiet" href=address>"Keep them"</a>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Table(view: TransactionListView) -> impl IntoView {
    let heads = view.heads.clone();
    let (may_write, scope) = (view.may_write, view.scope);
    let head = move || {
        view! {
            {may_write.then(|| view! { <ColumnHead text="Select" hidden=true /> })}
            <SortColumn text="Date" head=heads.date.clone() />
            <SortColumn text="Number" head=heads.number.clone() />
            {(scope == Scope::All).then(|| view! { <SortColumn text="Name" head=heads.name.clone() /> })}
            <ColumnHead text="Memo" />
            <ColumnHead text="State" />
            <SortColumn text="Amount" class="num" head=heads.amount.clone() />
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
            let error = view.selection.error(&select_field(row.id)).map(str::to_owned);
            let select = may_write.then(|| {
                let (id, value) = (row.id, row.select_value());
                let label = format!("Select {} of {}", row.name(), row.date);
                let (is_selected, is_refused) = (is_selected(&view.selection, id), error.is_some());
                view! { <SelectCell id value label is_selected is_refused /> }
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
    let id = row.id;
    let message = error.map(|message| view! { <SelectError id message /> });
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
