//! The chart of accounts: every account by type, with its balance.

use ledger::money::Currency;
use leptos::prelude::*;

use super::{AccountingTabs, Tab};
use crate::components::{Money, Tag};
use crate::frame::{Frame, PageHead};
use crate::view::accounting::chart::{ChartRow, ChartSection, ChartView, plain_words};
use crate::view::frame::FrameView;

/// The page of the chart.
#[component]
pub fn ChartPage(frame: FrameView, view: ChartView) -> impl IntoView {
    let slug = view.slug.clone();
    let (currency, may_edit) = (view.currency, view.may_edit);
    let count: usize = view.sections.iter().map(|section| section.accounts.len()).sum();
    let new = format!("/c/{slug}/accounting/accounts/new");
    view! {
        <Frame view=frame>
            <AccountingTabs slug=slug.clone() current=Tab::Chart />
            <PageHead
                title="Chart of accounts"
                line="The list of everything the business owns, owes, earns and spends. Each balance opens the lines \
                behind it."
            >
                {may_edit.then(|| view! { <a class="btn primary" href=new>"New account"</a> })}
            </PageHead>
            <div class="list-line">
                <span class="muted">
                    {format!(
                        "{count} accounts. Balances at the end of {} in {}; income and expenses since {}.",
                        view.as_of,
                        currency.code(),
                        view.year_start,
                    )}
                </span>
                <span class="spacer"></span>
                <InactiveSwitch slug=slug.clone() inactive=view.inactive shown=view.shows_inactive />
            </div>
            <section class="panel flush">
                <table class="rows account-chart">
                    <caption class="sr">"Accounts by type"</caption>
                    <thead>
                        <tr>
                            <th scope="col" class="number">"Number"</th>
                            <th scope="col">"Name"</th>
                            <th scope="col" class="wide">"Detail type"</th>
                            <th scope="col" class="num">"Balance"</th>
                        </tr>
                    </thead>
                    {view
                        .sections
                        .into_iter()
                        .map(|section| view! { <Section slug=slug.clone() section currency may_edit /> })
                        .collect_view()}
                </table>
            </section>
        </Frame>
    }
}

/// Shows the inactive accounts too, or hides them again.
#[component]
fn InactiveSwitch(slug: String, inactive: usize, shown: bool) -> impl IntoView {
    (inactive > 0).then(|| match shown {
        true => view! { <a href=format!("/c/{slug}/accounting")>"Hide inactive accounts"</a> }.into_any(),
        false => {
            let href = format!("/c/{slug}/accounting?inactive=yes");
            view! { <a href=href>{format!("Show {inactive} inactive")}</a> }.into_any()
        }
    })
}

#[component]
fn Section(slug: String, section: ChartSection, currency: Currency, may_edit: bool) -> impl IntoView {
    view! {
        <tbody>
            <tr class="group">
                <th scope="rowgroup" colspan="4">
                    {section.account_type.section()}
                    <span class="plain-words">{plain_words(section.account_type)}</span>
                </th>
            </tr>
            {section
                .accounts
                .into_iter()
                .map(|row| view! { <Row slug=slug.clone() row currency may_edit /> })
                .collect_view()}
        </tbody>
    }
    .into_any()
}

#[component]
fn Row(slug: String, row: ChartRow, currency: Currency, may_edit: bool) -> impl IntoView {
    let level = format!("what depth-{}", row.depth);
    let name = match may_edit {
        true => view! { <a href=format!("/c/{slug}/accounting/accounts/{}", row.id)>{row.name}</a> }.into_any(),
        false => row.name.into_any(),
    };
    view! {
        <tr class=(!row.active).then_some("inactive")>
            <td class="number">{row.number}</td>
            <td class=level>
                {name} {(!row.active).then(|| view! { " " <Tag text="inactive" /> })}
            </td>
            <td class="wide muted">{row.detail_type}</td>
            <td class="num how-much">
                <Money amount=row.balance currency href=row.lines />
            </td>
        </tr>
    }
    .into_any()
}
