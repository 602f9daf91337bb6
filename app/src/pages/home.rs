//! A company's first page: cash, what was earned, and what needs doing.

use ledger::money::{Currency, format_report};
use leptos::prelude::*;

use crate::components::Panel;
use crate::components::charts::{BarChart, LineChart};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::forecast::forecast_path;
use crate::view::frame::{FrameView, Section};
use crate::view::home::{FiguresView, HomeView, OwedView, SpendingRow, ToDoItem, change_words, with_currency};
use crate::view::report::ReportKind;

/// What an owner wants to know first.
#[component]
pub fn HomePage(frame: FrameView, view: HomeView) -> impl IntoView {
    let slug = view.slug;
    let begin = view.figures.is_none().then(|| view! { <Begin frame=frame.clone() /> });
    let may_act = frame.may_import || frame.may_write_journal;
    let to_do = (view.figures.is_some() || !view.to_do.is_empty()).then(|| view! { <ToDo items=view.to_do may_act /> });
    view! {
        <Frame view=frame>
            <PageHead title=view.greeting line=view.line explain=help::pages::HOME />
            <div class="grid">
                {begin} {view.figures.clone().map(|figures| view! { <Cash slug=slug.clone() figures /> })} {to_do}
                {view.figures.map(|figures| view! { <Figures slug figures /> })}
            </div>
        </Frame>
    }
}

/// What was earned and spent, and what is owed on both sides.
#[component]
fn Figures(slug: String, figures: FiguresView) -> impl IntoView {
    let currency = figures.currency;
    let [customers, vendors] = [Section::Sales, Section::Purchases].map(|section| section.path(&slug));
    let owed = figures.owed.clone().map(|owed| {
        view! { <Owed title="Owed to you" link=("Customers".to_owned(), customers) caption="Owed to you by days past due" owed currency /> }
    });
    let owing = figures.owing.clone().map(|owed| {
        view! { <Owed title="You owe" link=("Vendors".to_owned(), vendors) caption="You owe, by when it is due" owed currency /> }
    });
    // One panel beside the months, the other beside what they cost: where one is missing, the next one takes its place.
    let mut beside = [owed.map(IntoAny::into_any), owing.map(IntoAny::into_any)]
        .into_iter()
        .flatten();
    let (first, second) = (beside.next(), beside.next());
    let spending = (!figures.spending.is_empty())
        .then(|| view! { <Spending rows=figures.spending.clone() report=figures.profit_and_loss.clone() currency /> });
    view! {
        <Earned figures /> {first} {spending} {second}
    }
    .into_any()
}

#[component]
fn Cash(slug: String, figures: FiguresView) -> impl IntoView {
    let change = figures.cash_change.map(|change| match change {
        0 => view! { <p class="delta">"No change in the last 30 days"</p> }.into_any(),
        change => {
            let direction = if change < 0 { "delta down" } else { "delta up" };
            view! { <p class=direction>{format!("{} in the last 30 days", change_words(change, figures.currency))}</p> }
                .into_any()
        }
    });
    let beside = (!figures.beside.is_empty())
        .then(|| view! { <p class="delta">{format!("Not in it: {}", figures.beside.join(", "))}</p> });
    view! {
        <Panel
            title="Cash"
            aside=figures.banks
            link=("Forecast".to_owned(), forecast_path(&slug))
            class="c8"
        >
            <p class="figure">
                <a href=figures.balance_sheet title="Balance sheet">{with_currency(figures.cash, figures.currency)}</a>
            </p>
            {change}
            {beside}
            <LineChart
                title="Cash week by week, with what is due in the next six weeks"
                points=figures.cash_by_week
                ahead=figures.expected
                ahead_words="what is due"
                currency=figures.currency
            />
            <p class="small muted">{figures.expected_words}</p>
        </Panel>
    }
}

#[component]
fn Earned(figures: FiguresView) -> impl IntoView {
    let [income, expense, net] = figures.earned().map(|amount| with_currency(amount, figures.currency));
    view! {
        <Panel
            title="Income and expense"
            link=(ReportKind::ProfitAndLoss.title().to_owned(), figures.profit_and_loss)
            class="c8"
        >
            <BarChart
                title="Income and expense by month"
                periods=figures.months
                hrefs=figures.month_reports
                series=figures.earnings.to_vec()
                currency=figures.currency
            />
            <p class="small muted">
                {format!("Last 12 months: income {income}, expense {expense}, ")} <b class="nowrap">{format!("net {net}")}</b>
            </p>
        </Panel>
    }
}

#[component]
fn ToDo(
    items: Vec<ToDoItem>,
    /// Whether any of it may be this person's to do.
    may_act: bool,
) -> impl IntoView {
    let title = if may_act {
        "What needs doing"
    } else {
        "What waits for others"
    };
    let body = if items.is_empty() {
        view! {
            <p class="muted">
                "Nothing. Every bank line is coded, nobody is overdue, no entry is a draft, and the opening balances are in."
            </p>
        }
        .into_any()
    } else {
        let items = items.into_iter().map(to_do_item).collect_view();
        view! { <ul class="todo">{items}</ul> }.into_any()
    };
    view! { <Panel title class="c4">{body}</Panel> }
}

fn to_do_item(item: ToDoItem) -> impl IntoView {
    view! {
        <li>
            <div>
                <b>{item.what.clone()}</b>
                " "
                {item.rest}
                <span class="sub">{item.why}</span>
            </div>
            <a class="btn sm" href=item.href>{item.action} <span class="sr">{format!(": {}", item.what)}</span></a>
        </li>
    }
}

/// What is owed on one side, with bars for its parts.
#[component]
fn Owed(
    title: &'static str,
    link: (String, String),
    caption: &'static str,
    owed: OwedView,
    currency: Currency,
) -> impl IntoView {
    let rows = owed
        .ages
        .iter()
        .zip(owed.percents())
        .map(|(age, percent)| {
            view! {
                <tr>
                    <th scope="row">{age.label}</th>
                    <td aria-hidden="true"><Meter percent is_alarming=age.is_alarming /></td>
                    <td class="num">{format_report(age.amount, currency)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Panel title class="c4" link>
            <p class="figure">{with_currency(owed.total, currency)}</p>
            <p class="delta">{owed.line}</p>
            <table class="ages">
                <caption class="sr">{caption}</caption>
                <tbody>{rows}</tbody>
            </table>
        </Panel>
    }
}

/// The largest expenses, each a link to its lines.
#[component]
fn Spending(rows: Vec<SpendingRow>, report: String, currency: Currency) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let name = match row.href {
                Some(href) => view! { <a href=href>{row.name}</a> }.into_any(),
                None => row.name.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">
                        {name}
                        {row.parent.map(|parent| view! { <span class="muted">{format!(" in {parent}")}</span> })}
                    </th>
                    <td aria-hidden="true"><Meter percent=row.percent is_alarming=false /></td>
                    <td class="num percent muted">{format!("{}%", row.percent)}</td>
                    <td class="num">{format_report(row.amount, currency)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Panel
            title="Where the money goes"
            aside="last 12 months"
            link=(ReportKind::ProfitAndLoss.title().to_owned(), report)
            class="c8"
        >
            <table class="ages spending">
                <caption class="sr">"The largest expenses of the last 12 months, with their part of all expenses"</caption>
                <tbody>{rows}</tbody>
            </table>
        </Panel>
    }
}

/// A short bar beside an amount.
#[component]
fn Meter(percent: i64, is_alarming: bool) -> impl IntoView {
    let color = if is_alarming { "bar alarming" } else { "bar" };
    view! {
        <svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none">
            <rect class="track" width="100" height="8" rx="2" />
            <rect class=color width=percent.to_string() height="8" rx="2" />
        </svg>
    }
}

/// What to do first in books where nothing was ever posted: only what the person's role may do.
#[component]
fn Begin(frame: FrameView) -> impl IntoView {
    let slug = frame.company.slug;
    let [import, opening, entry] =
        ["banking/import", "accounting/opening", "accounting/journal/new"].map(|path| format!("/c/{slug}/{path}"));
    let step = |may: bool, title: &'static str, text: &'static str, action: &'static str, href: String| {
        may.then(|| {
            view! {
                <li>
                    <div>
                        <b>{title}</b>
                        <span class="sub">{text}</span>
                    </div>
                    <a class="btn sm" href=href>{action}</a>
                </li>
            }
        })
    };
    let may_begin = frame.may_import || frame.may_write_journal;
    let words = if may_begin {
        "Nothing was ever posted here, so there is nothing to draw yet. Begin with whichever of these you have at hand; the order does not matter."
    } else {
        "Nothing was ever posted here, so there is nothing to draw yet. An editor, accountant or admin of the company can begin."
    };
    view! {
        <Panel title="These books are empty" class="c8">
            <p class="muted">{words}</p>
            <ol class="todo">
                {step(
                    frame.may_import,
                    "Import a bank statement",
                    "An OFX, QFX or QBO file from your bank. You then say what each line was.",
                    "Import",
                    import,
                )}
                {step(
                    frame.may_write_journal,
                    "Enter the opening balances",
                    "What every account held when these books begin: the last trial balance of the old ones.",
                    "Enter",
                    opening,
                )}
                {step(
                    frame.may_write_journal,
                    "Post a journal entry",
                    "Debits and credits, as your accountant writes them.",
                    "Post",
                    entry,
                )}
            </ol>
        </Panel>
    }
}
