//! What shows records and figures.

use ledger::money::Currency;
use ledger::statements::Cell;
use leptos::prelude::*;

use super::Both;
use crate::components::charts::{BarChart, ChartPoint, LineChart, Series};
use crate::components::{
    CarriedFields, ColumnHead, DataTable, FilterFold, FoldHead, ListKeys, ListPages, Money, Pagination, SelectCell,
    SelectError, SortColumn, Tag, Tone,
};
use crate::forms::FormState;
use crate::pages::reports::Statement;
use crate::view::lists::{Pages, SortHead};
use crate::view::report::{RowKind, StatementColumn, StatementFigure, StatementRow, StatementView};

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
                    label="Pages of lines"
                    shown="100 of 1,204 lines"
                    first=Some("#lists".to_owned())
                    previous=Some("#lists".to_owned())
                    next=Some("#lists".to_owned())
                />
                <ListPages pages=Pages {
                    totals: "1,204 entries, 48,211.07 USD in all".to_owned(),
                    next: Some("#lists".to_owned()),
                    ..Pages::default()
                } />
                <ListKeys review=false />
            </section>
            <section class="specimen-pair">
                <h3>"Filters, behind a button on a phone, which keep what else the list is asked"</h3>
                <div class="filters">
                    <FilterFold filter=FormState::fresh() />
                    <form action="#lists" class="filter-form">
                        <CarriedFields pairs=vec![("sort", "date".to_owned())] />
                        <details class="disclosure filter-more">
                            <FoldHead text="More filters" />
                            <p class="body">"What is asked for less often."</p>
                        </details>
                        <div class="filter-act">
                            <button class="btn">"Show"</button>
                        </div>
                    </form>
                </div>
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
            <ColumnHead text="Select" hidden=true />
            <SortColumn text="Entry" head=sort_head(Some("ascending")) />
            <SortColumn text="Day" head=sort_head(None) />
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
            "posted",
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
    // Each theme's rows are other rows.
    let first_id = if theme == "dark" { 100 } else { 1 };
    view! {
        <DataTable caption head>
            {rows
                .into_iter()
                .zip(first_id..)
                .map(|((number, day, memo, amount, tone, state, is_selected), id)| {
                    let is_refused = tone == Tone::Bad;
                    let label = format!("Select {number}, {theme}");
                    view! {
                        <tr aria-selected=is_selected.then_some("true")>
                            <SelectCell id value=Some(id.to_string()) label is_selected is_refused />
                            <th scope="row" class="what">
                                <a href="#lists">{number}</a> " " <Tag tone text=state />
                                {is_refused.then(|| view! { <SelectError id message="It is void already.".to_owned() /> })}
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

fn sort_head(sorted: Option<&'static str>) -> SortHead {
    SortHead {
        href: "#lists".to_owned(),
        sorted,
    }
}

#[component]
fn StatementSample(theme: &'static str) -> impl IntoView {
    let row = |kind: RowKind, depth: usize, words: &str, amounts: Option<[i64; 2]>| StatementRow {
        kind,
        label: words.to_owned(),
        depth,
        figures: match amounts {
            Some(amounts) => amounts.map(amount_figure).into(),
            None => vec![StatementFigure::BLANK; 2],
        },
        adjusted_by: Vec::new(),
    };
    let column = |head: &str, is_soft: bool| StatementColumn {
        group: None,
        head: head.to_owned(),
        is_soft,
    };
    let statement = StatementView {
        company: format!("Juniper Cycles, {theme}"),
        title: "Profit and loss, accrual basis, in USD".to_owned(),
        dates: "Jan 1 to Oct 31, 2026".to_owned(),
        known: Some("As known at change 48,211".to_owned()),
        currency: USD,
        columns: vec![column("2026", false), column("2025", true)],
        rows: vec![
            row(RowKind::Group, 0, "Income", None),
            row(RowKind::Line, 1, "Sales of services", Some([4_821_107, 3_960_000])),
            row(RowKind::Line, 1, "Discounts and refunds given", Some([-120_450, 0])),
            row(RowKind::Total, 0, "Total income", Some([4_700_657, 3_960_000])),
            row(RowKind::Line, 1, "Rent", Some([1_200_000, 1_200_000])),
            row(RowKind::Subtotal, 1, "Total rent", Some([1_200_000, 1_200_000])),
            row(RowKind::Grand, 0, "Net income", Some([3_500_657, 2_760_000])),
            row(RowKind::Check, 0, "Difference", Some([0, 0])),
        ],
        notes: vec!["A note that a reader must know.".to_owned()],
        provenance: "Made Nov 22, 2026, 9:14 AM PST from everything up to change 48,211.".to_owned(),
        waiting: None,
    };
    view! { <Statement statement warning=None /> }.into_any()
}

fn amount_figure(amount: i64) -> StatementFigure {
    StatementFigure {
        cell: Cell::Amount(amount),
        href: Some("#lists".to_owned()),
    }
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
    let hrefs = vec!["#lists".to_owned(); periods.len()];
    view! {
        <BarChart title=format!("Income and expense, {theme}") periods=periods.clone() series=series.clone() currency=USD />
        <BarChart title=format!("The same, each month a link, {theme}") periods hrefs series currency=USD />
    }
    .into_any()
}

#[component]
fn Line(theme: &'static str) -> impl IntoView {
    let amounts = [
        ("Aug 1", 1_840_000),
        ("Sep 1", 1_215_000),
        ("Oct 1", -102_000),
        ("Nov 1", 2_100_733),
    ];
    let ahead = [("Nov 8", 1_840_200), ("Nov 15", 940_000), ("Nov 22", -210_000)];
    let points = |of: &[(&str, i64)]| -> Vec<ChartPoint> {
        of.iter()
            .map(|(label, amount)| ChartPoint {
                label: (*label).to_owned(),
                amount: *amount,
            })
            .collect()
    };
    view! {
        <LineChart title=format!("Cash, {theme}") points=points(&amounts) currency=USD />
        <LineChart
            title=format!("Cash and what is due, {theme}")
            points=points(&amounts)
            ahead=points(&ahead)
            ahead_words="what is due"
            currency=USD
        />
    }
    .into_any()
}
