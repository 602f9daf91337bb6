//! The list of journal entries.

use ledger::money::Currency;
use leptos::context::Provider;
use leptos::prelude::*;

use super::{AccountingTabs, Tab};
use crate::components::{ColumnHead, DataTable, DateInput, EmptyState, FormContext, Money, Pagination, Tag, TextInput};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::view::accounting::entry::EntryState;
use crate::view::accounting::journal_list::{JournalListRow, JournalListView};
use crate::view::frame::FrameView;

/// The page of the list.
#[component]
pub fn JournalListPage(frame: FrameView, view: JournalListView) -> impl IntoView {
    let slug = view.slug.clone();
    let new = format!("/c/{slug}/accounting/journal/new");
    let is_empty = view.entries.is_empty();
    let is_bare = is_empty && !view.is_filtered;
    view! {
        <Frame view=frame>
            <AccountingTabs slug=slug.clone() current=Tab::Journal />
            <PageHead
                title="Journal"
                line="Entries written by hand: what no bank line or document says, such as depreciation or a \
                correction."
            >
                {(!is_empty).then(|| view! { <a class="btn" href=view.csv download="">"CSV"</a> })}
                {(view.may_write && !is_bare).then(|| view! { <a class="btn primary" href=new.clone()>"New entry"</a> })}
            </PageHead>
            {(!is_bare)
                .then(|| view! { <Filters slug=slug.clone() states=view.states state=view.state filter=view.filter /> })}
            {match (is_bare, is_empty) {
                (true, _) => view! { <FirstEntry slug has_opening=view.has_opening may_write=view.may_write /> }.into_any(),
                (_, true) => {
                    view! {
                        <EmptyState title="No entry fits" text="Nothing in the journal passes these filters.">
                            <a class="btn" href=format!("/c/{slug}/accounting/journal")>"Show all entries"</a>
                        </EmptyState>
                    }
                        .into_any()
                }
                _ => {
                    let shown = match view.entries.len() {
                        1 => "1 entry".to_owned(),
                        count => format!("{count} entries"),
                    };
                    view! {
                        <Entries entries=view.entries currency=view.currency />
                        <Pagination shown first=view.first next=view.next />
                    }
                        .into_any()
                }
            }}
        </Frame>
    }
}

#[component]
fn FirstEntry(slug: String, has_opening: bool, may_write: bool) -> impl IntoView {
    let text = if has_opening {
        "The balances you bring along are entered, on a page of their own. Most books need few entries besides: bank \
        lines are coded on the Banking page."
    } else {
        "Most books need few: bank lines are coded on the Banking page. Begin with the balances you bring along, or \
        write an entry."
    };
    view! {
        <EmptyState title="No journal entries yet" text>
            <a class="btn" href=format!("/c/{slug}/accounting/opening")>"Opening balances"</a>
            {may_write
                .then(|| {
                    view! { <a class="btn primary" href=format!("/c/{slug}/accounting/journal/new")>"New entry"</a> }
                })}
        </EmptyState>
    }
    .into_any()
}

/// States as chips, period and text as a form: all of it ends in the address.
#[component]
fn Filters(
    slug: String,
    states: Vec<(Option<EntryState>, String)>,
    state: Option<EntryState>,
    filter: FormState,
) -> impl IntoView {
    let chip = |(of, href): (Option<EntryState>, String)| {
        let current = (of == state).then_some("true");
        view! {
            <a class="chip" href=href aria-current=current>
                {of.map_or("All", EntryState::label)}
            </a>
        }
    };
    view! {
        <div class="filters">
            <nav class="chips" aria-label="State">
                {states.into_iter().map(chip).collect_view()}
            </nav>
            <form class="filter-form" method="get" action=format!("/c/{slug}/accounting/journal") novalidate>
                {state.map(|state| view! { <input type="hidden" name="state" value=state.code() /> })}
                <Provider value=FormContext::fixed(filter)>
                    <DateInput name="from" label="From" optional=true />
                    <DateInput name="to" label="To" optional=true />
                    <TextInput name="text" label="Number, reference or memo" optional=true kind="search" class="long" />
                </Provider>
                <button class="btn">"Show"</button>
            </form>
        </div>
    }
    .into_any()
}

#[component]
fn Entries(entries: Vec<JournalListRow>, currency: Currency) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Date" />
            <ColumnHead text="Number" />
            <ColumnHead text="Memo" />
            <ColumnHead text="State" />
            <ColumnHead text="Amount" class="num" />
        }
    };
    view! {
        <DataTable caption="Journal entries, newest first" head=head>
            {entries
                .into_iter()
                .map(|row| {
                    let muted = (row.state == EntryState::Void).then_some("inactive");
                    let number = row.number.unwrap_or_else(|| "Draft".to_owned());
                    view! {
                        <tr class=muted>
                            <td class="when">{row.date}</td>
                            <td class="what nowrap">
                                <a href=row.href>{number}</a>
                            </td>
                            <td class="why">{row.memo}</td>
                            <td class="state">
                                <Tag tone=row.state.tone() text=row.state.label() />
                            </td>
                            <td class="num how-much">
                                <Money amount=row.total currency />
                            </td>
                        </tr>
                    }
                })
                .collect_view()}
        </DataTable>
    }
    .into_any()
}
