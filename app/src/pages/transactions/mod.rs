//! The list of transactions: filters, rows to select, what is done with them, totals and pages. The journal is the same list.

mod filters;
mod rows;

use leptos::prelude::*;

use self::filters::Filters;
use self::rows::Rows;
use super::accounting::{AccountingTabs, Tab};
use crate::components::{EmptyState, ListKeys, ListPages, Notice, Tone};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::transactions::{Scope, TransactionListView};

/// The page of the list.
#[component]
pub fn TransactionListPage(frame: FrameView, view: TransactionListView) -> impl IntoView {
    let slug = view.slug.clone();
    let (tab, line) = match view.scope {
        Scope::All => (
            Tab::Transactions,
            "Everything that is in the books or waits to be: what was entered by hand, and what came from the bank.",
        ),
        Scope::Journal => (
            Tab::Journal,
            "Entries written by hand: what no bank line or document says, such as depreciation or a correction.",
        ),
    };
    let new = format!("/c/{slug}/accounting/journal/new");
    let import =
        (view.may_write && view.scope == Scope::Journal).then(|| format!("/c/{slug}/accounting/journal/import"));
    let is_empty = view.rows.is_empty();
    let is_bare = is_empty && !view.is_filtered;
    let list = match (is_bare, is_empty) {
        (true, _) => view! { <FirstEntry view=view.clone() /> }.into_any(),
        (_, true) => {
            let text = match view.filter.is_refused() {
                true => "A filter could not be read. The message is at its field.",
                false => "Nothing passes these filters.",
            };
            let (_, names) = view.scope.names();
            let all = view.scope.path(&slug);
            view! {
                <EmptyState title="Nothing to show" text>
                    <a class="btn" href=all>
                        {format!("Show all {names}")}
                    </a>
                </EmptyState>
            }
            .into_any()
        }
        _ => view! {
            {view
                .heads
                .name
                .sorted
                .map(|_| {
                    view! {
                        <p class="small muted">
                            "Entries that name somebody in their lines alone, as those of the journal do, come after those that are \
                             with somebody as a whole. To find all of one customer or vendor, filter by the name."
                        </p>
                    }
                })}
            <Rows view=view.clone() />
            <ListPages pages=view.pages.clone() />
        }
        .into_any(),
    };
    let csv = (!is_empty).then(|| view.csv.clone());
    let begin = (view.may_write && !is_bare).then_some(new);
    let (title, done) = (view.scope.title(), view.done.clone());
    let filters = (!is_bare).then(|| view! { <Filters view /> });
    view! {
        <Frame view=frame>
            <AccountingTabs slug current=tab />
            <PageHead title line explain=help::pages::TRANSACTIONS>
                {import.map(|href| view! { <a class="btn" href=href>"Import"</a> })}
                {csv.map(|href| view! { <a class="btn" href=href download="">"CSV"</a> })}
                {begin.map(|href| view! { <a class="btn primary" href=href data-key="n">"New entry"</a> })}
            </PageHead>
            {done.map(|done| view! { <Notice tone=Tone::Good title=done /> })}
            {filters}
            {(!is_bare).then(|| view! { <ListKeys review=false /> })}
            {list}
        </Frame>
    }
}

#[component]
fn FirstEntry(view: TransactionListView) -> impl IntoView {
    let slug = view.slug;
    let (title, text) = match (view.scope, view.has_opening) {
        (Scope::All, _) => (
            "Nothing is in the books yet",
            "Import a statement of your bank, begin with the balances you bring along, or write an entry.",
        ),
        (Scope::Journal, true) => (
            "No journal entries yet",
            "The balances you bring along are entered, on a page of their own. Most books need few entries besides: bank \
            lines are coded on the Banking page.",
        ),
        (Scope::Journal, false) => (
            "No journal entries yet",
            "Most books need few: bank lines are coded on the Banking page. Begin with the balances you bring along, or \
            write an entry.",
        ),
    };
    view! {
        <EmptyState title text>
            <a class="btn" href=format!("/c/{slug}/accounting/opening")>"Opening balances"</a>
            {view
                .may_write
                .then(|| {
                    view! { <a class="btn primary" href=format!("/c/{slug}/accounting/journal/new")>"New entry"</a> }
                })}
        </EmptyState>
    }
    .into_any()
}
