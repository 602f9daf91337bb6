//! The chart of accounts: every account by type, with its balance.

use ledger::accounts::AccountType;
use ledger::money::Currency;
use leptos::context::Provider;
use leptos::prelude::*;

use super::{AccountingTabs, Tab};
use crate::components::{
    CheckBox, ColumnHead, EmptyState, FormContext, ListKeys, Money, Notice, Select, SelectOption, Tag, TextInput, Tone,
};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::accounting::chart::{
    ChartOrder, ChartRow, ChartSection, ChartShow, ChartView, plain_words, type_filter_options,
};
use crate::view::accounting::entry::Link;
use crate::view::frame::FrameView;

/// The page of the chart.
#[component]
pub fn ChartPage(frame: FrameView, view: ChartView) -> impl IntoView {
    let slug = view.slug.clone();
    let new = format!("/c/{slug}/accounting/accounts/new");
    let import = format!("/c/{slug}/accounting/accounts/import");
    let (may_edit, csv, imported) = (view.may_edit, view.csv.clone(), view.imported.clone());
    let filter = view! { <Filter slug=slug.clone() filter=view.filter.clone() order=view.order /> };
    let list = match view.sections.is_empty() {
        true => view! { <Nothing slug=slug.clone() /> }.into_any(),
        false => view! { <Accounts view /> }.into_any(),
    };
    view! {
        <Frame view=frame>
            <AccountingTabs slug=slug.clone() current=Tab::Chart />
            <PageHead
                title="Chart of accounts"
                explain=help::pages::CHART
                line="The list of everything the business owns, owes, earns and spends. Each balance opens the lines \
                behind it."
            >
                <a class="btn" href=csv download="">
                    "CSV"
                </a>
                {may_edit
                    .then(|| {
                        view! {
                            <a class="btn" href=import>
                                "Import"
                            </a>
                            <a class="btn primary" href=new data-key="n">
                                "New account"
                            </a>
                        }
                    })}
            </PageHead>
            {imported.map(|words| view! { <div class="list-line"><Notice tone=Tone::Good title=words /></div> })}
            {filter}
            {list}
        </Frame>
    }
}

#[component]
fn Nothing(slug: String) -> impl IntoView {
    view! {
        <EmptyState title="No account fits" text="Nothing in the chart passes these filters.">
            <a class="btn" href=format!("/c/{slug}/accounting")>
                "Show the whole chart"
            </a>
        </EmptyState>
    }
    .into_any()
}

/// What narrows the list; all of it ends in the address.
#[component]
fn Filter(slug: String, filter: FormState, order: ChartOrder) -> impl IntoView {
    let shows = ChartShow::ALL.map(|show| SelectOption::new(show.code(), show.label()));
    view! {
        <form class="filter-form filters" method="get" action=format!("/c/{slug}/accounting") role="search">
            {(order != ChartOrder::default()).then(|| view! { <input type="hidden" name="sort" value=order.code() /> })}
            <Provider value=FormContext::fixed(filter)>
                <TextInput name="text" label="Number, name or description" optional=true kind="search" class="long" />
                <Select name="type" label="Type" options=type_filter_options() />
                <Select name="show" label="Show" options=shows.into() />
                <CheckBox name="balance" label="With a balance" />
            </Provider>
            <button class="btn">"Show"</button>
        </form>
    }
    .into_any()
}

#[component]
fn Accounts(view: ChartView) -> impl IntoView {
    let currency = view.currency;
    let count: usize = view.sections.iter().map(|section| section.accounts.len()).sum();
    let net_income = view.net_income;
    let head = |order: ChartOrder, text: &'static str, class: &'static str, direction: &'static str| {
        let href = view
            .orders
            .iter()
            .find(|(of, _)| *of == order)
            .map(|(_, href)| href.clone());
        let sorted = (order == view.order).then_some(direction);
        match sorted {
            Some(sorted) => {
                view! { <ColumnHead text class sort_href=href.unwrap_or_default() sorted=sorted /> }.into_any()
            }
            None => view! { <ColumnHead text class sort_href=href.unwrap_or_default() /> }.into_any(),
        }
    };
    view! {
        <div class="list-line">
            <span class="muted">
                {format!(
                    "{}. Balances at the end of {} in {}; income and expenses since {}.",
                    if count == 1 { "1 account".to_owned() } else { format!("{count} accounts") },
                    view.as_of,
                    currency.code(),
                    view.year_start,
                )}
            </span>
            <span class="spacer"></span>
            <ListKeys review=false />
            {(view.hidden > 0 && !view.is_filtered)
                .then(|| view! { <a href=view.everything.clone()>{format!("Show {} inactive or merged", view.hidden)}</a> })}
            {view
                .is_filtered
                .then(|| view! { <a href=format!("/c/{}/accounting", view.slug)>"Show the whole chart"</a> })}
        </div>
        <section class="panel flush">
            <table class="rows account-chart">
                <caption class="sr">"Accounts by type"</caption>
                <thead>
                    <tr>
                        {head(ChartOrder::Number, "Number", "number", "ascending")}
                        {head(ChartOrder::Name, "Name", "", "ascending")} <th scope="col" class="wide">"Detail type"</th>
                        {head(ChartOrder::Balance, "Balance", "num", "descending")}
                    </tr>
                </thead>
                {view
                    .sections
                    .into_iter()
                    .map(|section| view! { <Section section currency net_income /> })
                    .collect_view()}
            </table>
        </section>
    }
    .into_any()
}

#[component]
fn Section(section: ChartSection, currency: Currency, net_income: Option<i64>) -> impl IntoView {
    let account_type = section.account_type;
    let earned = net_income.filter(|earned| *earned != 0 && account_type == AccountType::Equity);
    view! {
        <tbody>
            <tr class="group">
                <th scope="rowgroup" colspan="4">
                    {account_type.section()} <span class="plain-words">{plain_words(account_type)}</span>
                </th>
            </tr>
            {section.accounts.into_iter().map(|row| view! { <Row row currency /> }).collect_view()}
            <tr class="section-total">
                <td class="number"></td>
                <th scope="row" class="what" colspan="2">
                    {format!("Total {}", account_type.section())}
                    {earned
                        .map(|_| {
                            view! {
                                <span class="sub">
                                    "The balance sheet adds this year’s net income so far."
                                </span>
                            }
                        })}
                </th>
                <td class="num how-much">
                    <Money amount=section.total currency />
                    {earned.map(|earned| view! { <span class="sub"><Money amount=earned currency /></span> })}
                </td>
            </tr>
        </tbody>
    }
    .into_any()
}

/// An account; also on the page of the account above it.
#[component]
pub(super) fn Row(row: ChartRow, currency: Currency) -> impl IntoView {
    let level = format!("what depth-{}", row.depth.min(4));
    let state = match (row.merged, row.active) {
        (true, _) => Some("merged"),
        (false, false) => Some("inactive"),
        (false, true) => None,
    };
    view! {
        <tr class=(!row.active).then_some("inactive") data-row=row.id.to_string() tabindex="-1">
            <td class="number">{row.number}</td>
            <td class=level>
                <a href=row.href data-key="Enter">{row.name}</a>
                {state.map(|state| view! { " " <Tag text=state /> })}
                {(!row.takes_in.is_empty()).then(|| view! { <TakesIn accounts=row.takes_in /> })}
            </td>
            <td class="wide muted">{row.detail_type}</td>
            <td class="num how-much">
                <Money amount=row.balance currency href=row.lines />
            </td>
        </tr>
    }
    .into_any()
}

/// What was merged into an account.
#[component]
fn TakesIn(accounts: Vec<Link>) -> impl IntoView {
    let links = accounts.into_iter().enumerate().map(|(n, account)| {
        let comma = if n == 0 { "with " } else { ", " };
        view! {
            {comma}
            <a href=account.href>{account.text}</a>
        }
    });
    view! { <span class="sub">{links.collect_view()}</span> }.into_any()
}
