//! One customer or vendor: what is open, and settling one amount with another.

use ledger::money::Currency;
use leptos::prelude::*;

use super::list::{Item, ItemTable};
use crate::components::{
    AmountInput, ColumnHead, DataTable, DateInput, EmptyState, Form, Money, Panel, Select, SubmitButton,
};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::open_items::{ContactView, SettleForm, SettlementRow, Side, action};

/// The page of a contact.
#[component]
pub fn ContactPage(frame: FrameView, view: ContactView) -> impl IntoView {
    let currency = view.currency;
    let line = match view.side {
        Side::Sales => format!("What this customer owes you at the end of {}.", view.as_of),
        Side::Purchases => format!("What you owe this vendor at the end of {}.", view.as_of),
    };
    let (back, back_to) = match view.side {
        Side::Sales => (view.side.path(&view.slug), "All of Sales"),
        Side::Purchases => (view.side.path(&view.slug), "All of Purchases"),
    };
    view! {
        <Frame view=frame>
            <PageHead title=view.name line explain=help::pages::OPEN_ITEMS>
                <a class="btn" href=back>{back_to}</a>
            </PageHead>
            <div class="stack">
                {if view.items.is_empty() {
                    let text = "Everything entered on this name is settled, or nothing was entered yet.";
                    view! { <EmptyState title="Nothing is open" text /> }.into_any()
                } else {
                    view! {
                        <section class="panel flush">
                            <ItemTable>
                                <tbody>
                                    {view.items.into_iter().map(|item| view! { <Item item currency /> }).collect_view()}
                                </tbody>
                                <tfoot>
                                    <tr>
                                        <th scope="row" class="what" colspan="2">{format!("Open, {}", currency.code())}</th>
                                        <td class="wide"></td>
                                        <td class="num how-much"><Money amount=view.total currency /></td>
                                    </tr>
                                </tfoot>
                            </ItemTable>
                        </section>
                    }
                        .into_any()
                }}
                {view.settle.map(|settle| view! { <Settle settle side=view.side /> })}
                {(!view.settlements.is_empty())
                    .then(|| view! { <Settlements rows=view.settlements currency /> })}
            </div>
        </Frame>
    }
}

#[component]
fn Settle(settle: SettleForm, side: Side) -> impl IntoView {
    let (what, with) = match side {
        Side::Sales => ("Amount owed", "Credit or payment to apply"),
        Side::Purchases => ("Payment or credit to apply", "Amount owed"),
    };
    view! {
        <Panel title="Settle" aside="apply what was paid or credited to what is owed; no entry is made">
            <Form state=settle.form>
                <div class="fields">
                    <Select name="debit_item" label=what options=settle.debits class="long" />
                    <Select name="credit_item" label=with options=settle.credits class="long" />
                </div>
                <div class="fields">
                    <AmountInput name="amount" label="Amount" optional=true hint="Empty: as much as fits." />
                    <DateInput name="on" label="On" />
                </div>
                <div class="actions">
                    <SubmitButton action=action::SETTLE class="primary">
                        "Settle"
                    </SubmitButton>
                </div>
            </Form>
        </Panel>
    }
    .into_any()
}

#[component]
fn Settlements(rows: Vec<SettlementRow>, currency: Currency) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Settled" />
            <ColumnHead text="On" />
            <ColumnHead text="Amount" class="num" />
            <ColumnHead text="Undo" hidden=true />
        }
    };
    view! {
        <h2>"Settled so far"</h2>
        <DataTable caption="Settlements, newest first" head=head>
            {rows
                .into_iter()
                .map(|row| {
                    let sr = format!(": {}", row.what);
                    let taken_back = row
                        .taken_back
                        .map(|day| format!("Taken back on {day}, because the books were locked through its own day: it counts until then."));
                    let muted = taken_back.is_some().then_some("inactive");
                    view! {
                        <tr class=muted>
                            <td class="what">
                                {row.what} {taken_back.map(|words| view! { <span class="sub">{words}</span> })}
                            </td>
                            <td class="when">{row.date}</td>
                            <td class="num how-much">
                                <Money amount=row.amount currency />
                            </td>
                            <td class="act">
                                {row
                                    .undo
                                    .map(|form| {
                                        view! {
                                            <Form state=form>
                                                <input type="hidden" name="settlement" value=row.id.to_string() />
                                                <SubmitButton action=action::UNDO class="sm">
                                                    "Undo" <span class="sr">{sr}</span>
                                                </SubmitButton>
                                            </Form>
                                        }
                                    })}
                            </td>
                        </tr>
                    }
                })
                .collect_view()}
        </DataTable>
    }
    .into_any()
}
