//! What the pages about periods share.

use ledger::money::{Currency, format_report};
use leptos::prelude::*;

use super::{AccountingTabs, Tab};
use crate::components::{ColumnHead, DataTable, Notice, Tone};
use crate::view::accounting::periods::{ChangedAccountRow, ChangedDocumentRow, ChangedView, PeriodsPage};

/// The way through the section and through its pages about periods.
#[component]
pub fn PeriodsTabs(#[prop(into)] slug: String, current: PeriodsPage) -> impl IntoView {
    let link = |page: PeriodsPage| {
        view! {
            <a class="chip" href=page.path(&slug) aria-current=(page == current).then_some("page")>
                {page.label()}
            </a>
        }
    };
    let links = PeriodsPage::ALL.map(link).collect_view();
    view! {
        <AccountingTabs slug=slug.clone() current=Tab::Locks />
        <nav class="chips presets no-print" aria-label="Periods">{links}</nav>
    }
    .into_any()
}

/// What changed in earlier years since a period was closed or locked.
#[component]
pub fn ChangedEarlier(earlier: Vec<String>) -> impl IntoView {
    let year = |words: String| view! { <li>{words}</li> };
    (!earlier.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Warn title="An earlier year changed since.">
                "The balances that this period began with are others now:"
                <ul>{earlier.into_iter().map(year).collect_view()}</ul>
            </Notice>
        }
    })
}

/// What changed in one period: its net income then and now, the documents and the accounts.
#[component]
pub fn ChangedDetails(view: ChangedView) -> impl IntoView {
    let currency = view.currency;
    let [then, now, difference] = view.net_income.map(|amount| format_report(amount, currency));
    let statements = view
        .statements
        .into_iter()
        .map(|link| view! { <a href=link.href>{link.text}</a> })
        .collect_view();
    view! {
        <div class="changed-figures">
            <div><span class="label">"Net income then"</span><b class="num">{then}</b></div>
            <div><span class="label">"Now"</span><b class="num">{now}</b></div>
            <div><span class="label">"Difference"</span><b class="num">{difference}</b></div>
        </div>
        <p class="row small">{statements}</p>
        {(!view.documents.is_empty()).then(|| view! { <Documents rows=view.documents currency /> })}
        {view
            .cut_at
            .map(|listed| {
                let words = format!("Only the newest {listed} changes are listed; the difference counts all of them.");
                view! { <p class="small muted">{words}</p> }
            })}
        {(!view.accounts.is_empty()).then(|| view! { <Accounts rows=view.accounts /> })}
    }
    .into_any()
}

#[component]
fn Documents(rows: Vec<ChangedDocumentRow>, currency: Currency) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Document" />
            <ColumnHead text="What was done" />
            <ColumnHead text="When and who" />
            <ColumnHead text="Net income" class="num" />
        }
    };
    view! {
        <DataTable caption="Documents that were entered, changed or taken back since" head=head>
            {rows
                .into_iter()
                .map(|row| {
                    view! {
                        <tr>
                            <td class="what">
                                <a href=row.document.href>{row.document.text}</a>
                                <span class="sub">{format!("{} {}", row.on, row.memo)}</span>
                            </td>
                            <td class="why">{row.what}</td>
                            <td class="when">{row.when} <span class="sub">{row.who}</span></td>
                            <td class="how-much num">{format_report(row.difference, currency)}</td>
                        </tr>
                    }
                })
                .collect_view()}
        </DataTable>
    }
    .into_any()
}

#[component]
fn Accounts(rows: Vec<ChangedAccountRow>) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Account" />
            <ColumnHead text="What was done" />
            <ColumnHead text="When and who" />
        }
    };
    view! {
        <DataTable caption="Accounts that stand elsewhere in the reports since" head=head>
            {rows
                .into_iter()
                .map(|row| {
                    view! {
                        <tr>
                            <td class="what"><a href=row.account.href>{row.account.text}</a></td>
                            <td class="why">
                                {row.what.into_iter().map(|what| view! { <span class="sub">{what}</span> }).collect_view()}
                            </td>
                            <td class="when">{row.when} <span class="sub">{row.who}</span></td>
                        </tr>
                    }
                })
                .collect_view()}
        </DataTable>
    }
    .into_any()
}
