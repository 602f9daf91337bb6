//! Reports: the list, statements, what a total sums, an account's ledger.

mod account_ledger;
mod list;
mod statement;

pub use account_ledger::{LedgerPage, LedgerPageProps};
pub use list::{ReportListPage, ReportListPageProps};
pub use statement::{StatementPage, StatementPageProps, TotalPage, TotalPageProps};

use leptos::context::Provider;
use leptos::prelude::*;

use crate::components::{DateInput, FormContext, Notice, Tone};
use crate::forms::FormState;

/// The form that asks for a report's dates: its values stand in the address, so that a link reproduces the report.
#[component]
fn DatesForm(
    /// The dates as they were asked for.
    state: FormState,
    /// The names and labels of the dates.
    fields: Vec<(&'static str, &'static str)>,
    /// What else stands in the address.
    #[prop(optional)]
    also: Option<&'static str>,
) -> impl IntoView {
    let hidden = also.map(|name| {
        let value = state.value(name).to_owned();
        view! { <input type="hidden" name=name value=value /> }
    });
    view! {
        <form class="dates no-print" method="get" novalidate>
            {hidden}
            <Provider value=FormContext::fixed(state)>
                <div class="fields">
                    {fields.into_iter().map(|(name, label)| view! { <DateInput name label /> }).collect_view()}
                    <button class="btn">"Show"</button>
                </div>
            </Provider>
        </form>
    }
}

/// What a reader must know before the figures.
fn notes(notes: Vec<String>) -> impl IntoView {
    notes
        .into_iter()
        .map(|note| view! { <Notice tone=Tone::Info title=note /> })
        .collect_view()
}
