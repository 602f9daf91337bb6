//! What shows records and figures.

use ledger::money::Currency;
use leptos::prelude::*;

use super::Both;
use crate::components::charts::{BarChart, ChartPoint, LineChart, Series};
use crate::components::{ColumnHead, DataTable, ListKeys, Money, Pagination, Tag, Tone};

const USD: Currency = Currency::USD;

#[component]
pub fn Lists() -> impl IntoView {
    view! {
        <section id="lists">
            <h2>"Lists and figures"</h2>
            <Both title="A list: its rows are cards on a phone" whole_width=true draw=|theme| view! { <List theme /> } />
            <section class="specimen-pair">
                <h3>"The pages of a list, and its keys"</h3>
                <Pagination
                    shown="100 of 1,204 lines"
                    first=Some("#lists".to_owned())
                    next=Some("#lists".to_owned())
                />
                <ListKeys review=false />
            </section>
            <Both title="A statement" draw=|theme| view! { <StatementSample theme /> } />
            <Both title="Income and expense" draw=|theme| view! { <Bars theme /> } />
            <Both title="An amount over time" draw=|theme| view! { <Line theme /> } />
        </section>
    }
    .into_any()
}

#[component]
fn List(theme: &'static str) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Entry" sort_href="#lists" sorted="ascending" />
            <ColumnHead text="Day" sort_href="#lists" />
            <ColumnHead text="Memo" />
            <ColumnHead text="Amount" class="num" />
            <ColumnHead text="What to do" hidden=true />
        }
    };
    let rows = [
        (
            "JE-14",
            "Oct 31, 2026",
            "Depreciation for October",
            120_450,
            Tone::Good,
            "issued",
            false,
        ),
        (
            "JE-13",
            "Oct 15, 2026",
            "Rent, corrected",
            -215_000,
            Tone::Warn,
            "draft",
            true,
        ),
        (
            "JE-12",
            "Oct 2, 2026",
            "A memo so long that it needs more than the one line which it is given here",
            123_456_789,
            Tone::Bad,
            "void",
            false,
        ),
    ];
    let caption = format!("Entries, {theme}");
    view! {
        <DataTable caption head>
            {rows
                .into_iter()
                .map(|(number, day, memo, amount, tone, state, selected)| {
                    view! {
                        <tr aria-selected=selected.then_some("true")>
                            <th scope="row" class="what">
                                <a href="#lists">{number}</a> " " <Tag tone text=state />
                            </th>
                            <td class="when">{day}</td>
                            <td class="why">{memo}</td>
                            <td class="num how-much"><Money amount currency=USD href="#lists" /></td>
                            <td class="act"><button type="button" class="btn sm">"Open"</button></td>
                        </tr>
                    }
                })
                .collect_view()}
        </DataTable>
    }
    .into_any()
}

#[component]
fn StatementSample(theme: &'static str) -> impl IntoView {
    let lines = [
        ("section in-0", "Income", None),
        ("line in-1", "Sales of services", Some(4_821_107)),
        ("line in-1", "Discounts and refunds given", Some(-120_450)),
        ("total in-0", "Total income", Some(4_700_657)),
        ("line in-1", "Rent", Some(1_200_000)),
        ("grand in-0", "Net income", Some(3_500_657)),
    ];
    view! {
        <div class="sheet statement">
            <table>
                <caption class="sr">{format!("Profit and loss, {theme}")}</caption>
                <tbody>
                    {lines
                        .into_iter()
                        .map(|(class, words, amount)| {
                            view! {
                                <tr class=class>
                                    <th scope="row">{words}</th>
                                    <td class="num">{amount.map(|amount| view! { <Money amount currency=USD /> })}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Bars(theme: &'static str) -> impl IntoView {
    let periods = ["Jul", "Aug", "Sep", "Oct"].map(str::to_owned).to_vec();
    let series = vec![
        Series {
            name: "Income".to_owned(),
            amounts: vec![912_000, 1_248_000, 801_550, 1_430_000],
        },
        Series {
            name: "Expense".to_owned(),
            amounts: vec![700_000, 825_000, 990_000, -25_000],
        },
    ];
    view! { <BarChart title=format!("Income and expense, {theme}") periods series currency=USD /> }.into_any()
}

#[component]
fn Line(theme: &'static str) -> impl IntoView {
    let amounts = [
        ("Aug 1", 1_840_000),
        ("Sep 1", 1_215_000),
        ("Oct 1", -102_000),
        ("Nov 1", 2_100_733),
    ];
    let points = amounts
        .into_iter()
        .map(|(label, amount)| ChartPoint {
            label: label.to_owned(),
            amount,
        })
        .collect();
    view! { <LineChart title=format!("Cash, {theme}") points currency=USD /> }.into_any()
}
