//! A company's first page: cash, what was earned, and what needs doing.

use ledger::money::format_report;
use leptos::prelude::*;

use crate::components::Panel;
use crate::components::charts::{BarChart, LineChart};
use crate::frame::{Frame, PageHead};
use crate::view::frame::{FrameView, Section};
use crate::view::home::{FiguresView, HomeView, OwedView, ToDoItem, change_words, with_currency};
use crate::view::report::ReportKind;

/// What an owner wants to know first.
#[component]
pub fn HomePage(frame: FrameView, view: HomeView) -> impl IntoView {
    let slug = view.slug;
    let begin = view.figures.is_none().then(|| view! { <Begin frame=frame.clone() /> });
    let may_act = frame.may_import || frame.may_write_journal;
    let owed = view
        .figures
        .as_ref()
        .and_then(|figures| Some((figures.owed.clone()?, figures.currency)));
    view! {
        <Frame view=frame>
            <PageHead title=view.greeting line=view.line />
            <div class="grid">
                {begin}
                {view.figures.clone().map(|figures| view! { <Cash slug=slug.clone() figures /> })}
                {(view.figures.is_some() || !view.to_do.is_empty()).then(|| view! { <ToDo items=view.to_do may_act /> })}
                {view.figures.map(|figures| view! { <Earned figures /> })}
                {owed
                    .map(|(owed, currency)| {
                        view! {
                            <Panel title="Owed to you" class="c4" link=("Customers".to_owned(), Section::Sales.path(&slug))>
                                <p class="figure">{with_currency(owed.total, currency)}</p>
                                <p class="delta">"by days past due"</p>
                                <Ages owed currency />
                            </Panel>
                        }
                    })}
            </div>
        </Frame>
    }
}

#[component]
fn Cash(slug: String, figures: FiguresView) -> impl IntoView {
    let change = figures.cash_change.map(|change| match change {
        0 => view! { <p class="delta">"No change in 30 days"</p> }.into_any(),
        change => {
            let direction = if change < 0 { "delta down" } else { "delta up" };
            view! { <p class=direction>{format!("{} in 30 days", change_words(change, figures.currency))}</p> }
                .into_any()
        }
    });
    view! {
        <Panel
            title="Cash"
            aside="bank accounts and undeposited funds"
            link=("Balance sheet".to_owned(), ReportKind::BalanceSheet.path(&slug))
            class="c8"
        >
            <p class="figure">{with_currency(figures.cash, figures.currency)}</p>
            {change}
            <LineChart title="Cash at the end of each of the last 12 weeks" points=figures.cash_by_week currency=figures.currency />
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
                "Nothing. Every bank line is coded, no entry is a draft and the opening balances are spoken for."
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

#[component]
fn Ages(owed: OwedView, currency: ledger::money::Currency) -> impl IntoView {
    let rows = owed
        .ages
        .iter()
        .map(|age| {
            let color = if age.is_alarming { "bar alarming" } else { "bar" };
            view! {
                <tr>
                    <th scope="row">{age.label}</th>
                    <td aria-hidden="true">
                        <svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none">
                            <rect class="track" width="100" height="8" rx="2" />
                            <rect class=color width=owed.percent(age.amount).to_string() height="8" rx="2" />
                        </svg>
                    </td>
                    <td class="num">{format_report(age.amount, currency)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="ages">
            <caption class="sr">"Owed to you by days past due"</caption>
            <tbody>{rows}</tbody>
        </table>
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
