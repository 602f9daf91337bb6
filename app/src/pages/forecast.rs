//! The cash forecast: its rule in words, and everything it counts.

use ledger::money::{Currency, format_report};
use leptos::prelude::*;

use crate::components::charts::LineChart;
use crate::components::{ColumnHead, DataTable, EmptyState, Panel, Tag, Tone};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::forecast::{ForecastRow, ForecastView};
use crate::view::frame::FrameView;
use crate::view::home::with_currency;

/// What is due in the next weeks, if everybody pays on the day.
#[component]
pub fn ForecastPage(frame: FrameView, view: ForecastView) -> impl IntoView {
    let currency = view.currency;
    let line = format!("What is due through {}, if everybody pays on the day", view.through);
    view! {
        <Frame view=frame>
            <PageHead title="Cash forecast" line explain=help::pages::FORECAST />
            <div class="grid">
                <Weeks view=view.clone() />
                <Rule />
            </div>
            <Items rows=view.rows is_cut=view.is_cut through=view.through currency />
        </Frame>
    }
}

#[component]
fn Weeks(view: ForecastView) -> impl IntoView {
    let currency = view.currency;
    let mut now = view.weeks;
    let ahead = now.split_off(now.len().min(1));
    let amount = move |amount| with_currency(amount, currency);
    let (lowest, on) = view.lowest;
    let lowest_class = if lowest < 0 { "num overdue" } else { "num" };
    view! {
        <Panel title="The next six weeks" class="c8">
            <dl class="facts amounts">
                <dt>"Cash today"</dt>
                <dd class="num"><a href=view.balance_sheet>{amount(view.cash)}</a></dd>
                <dt>"Comes in"</dt>
                <dd class="num">{amount(view.money_in)}</dd>
                <dt>"Goes out"</dt>
                <dd class="num">{amount(view.money_out)}</dd>
                <dt>{format!("Cash on {}", view.through.clone())}</dt>
                <dd class="num"><b>{amount(view.then)}</b></dd>
                <dt>{format!("Least, on {on}")}</dt>
                <dd class=lowest_class>{amount(lowest)}</dd>
            </dl>
            <LineChart
                title="Cash at the end of each of the next six weeks"
                points=now
                ahead
                ahead_words="what is due"
                currency
            />
        </Panel>
    }
}

/// The rule of `ledger::forecast`, as a person reads it.
#[component]
fn Rule() -> impl IntoView {
    view! {
        <Panel title="How this is made" class="c4">
            <p>"One rule, and nothing guessed. It starts from the cash in your bank accounts today as the books have it, without bank lines that still wait \
                for review, and counts"</p>
            <ul class="plain-list">
                <li>"what customers owe you, on the day it is due,"</li>
                <li>"what you owe vendors, on the day it is due,"</li>
                <li>"entries already made with a day still to come, where they move money,"</li>
                <li>"recurring entries on their next days,"</li>
                <li>"money received that is not in the bank yet."</li>
            </ul>
            <p>"What was due by today and is not paid is expected tomorrow."</p>
            <p class="muted">
                "Sales you have not billed, bills you have not entered and what you owe on cards are not in it."
            </p>
        </Panel>
    }
}

#[component]
fn Items(rows: Vec<ForecastRow>, is_cut: bool, through: String, currency: Currency) -> impl IntoView {
    if rows.is_empty() {
        let text = format!("Nobody owes you anything, you owe nobody, and nothing recurs through {through}.");
        return view! { <EmptyState title="Nothing is due" text /> }.into_any();
    }
    let head = || {
        view! {
            <ColumnHead text="Expected" />
            <ColumnHead text="What" />
            <ColumnHead text="In" class="num" />
            <ColumnHead text="Out" class="num" />
            <ColumnHead text="Cash then" class="num" />
        }
    };
    view! {
        <h2 class="list-line">"What comes in and goes out"</h2>
        <DataTable caption="What comes in and goes out, first expected first" head>
            {rows.into_iter().map(|row| view! { <Item row currency /> }).collect_view()}
        </DataTable>
        {is_cut
            .then(|| {
                view! { <p class="small muted">"These are the first by day; the figures above count the rest too."</p> }
            })}
    }
    .into_any()
}

#[component]
fn Item(row: ForecastRow, currency: Currency) -> impl IntoView {
    // None, and not an empty text: a phone shows only the cell that has an amount.
    let (money_in, money_out) = match row.amount {
        0.. => (Some(format_report(row.amount, currency)), None),
        amount => (None, Some(format_report(amount.saturating_neg(), currency))),
    };
    view! {
        <tr class="coming">
            <td class="when">
                {row.expected} " " {row.was_due.map(|words| view! { <Tag tone=Tone::Bad text=words /> })}
            </td>
            <td class="what">
                <a href=row.href>{row.what}</a>
                <span class="sub">{row.source}</span>
            </td>
            <td class="num how-much money-in">{money_in}</td>
            <td class="num how-much money-out">{money_out}</td>
            <td class="num cash-then muted">{format_report(row.cash, currency)}</td>
        </tr>
    }
    .into_any()
}
