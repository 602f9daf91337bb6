//! What narrows the list. All of it ends in the address.

use leptos::context::Provider;
use leptos::prelude::*;

use crate::components::{
    CarriedFields, CheckBox, ChoiceList, DateInput, FilterFold, FoldHead, FormContext, Select, TextInput,
};
use crate::view::accounting::entry::EntryState;
use crate::view::transactions::{Scope, TransactionListView};

/// The `id` of the list that the account field offers.
const ACCOUNTS: &str = "filter-accounts";

/// States as chips, the rest as a form; what is asked for less often stands under More.
#[component]
pub fn Filters(view: TransactionListView) -> impl IntoView {
    let chip = |(of, href): (Option<EntryState>, String)| {
        let current = (of == view.state).then_some("true");
        view! {
            <a class="chip" href=href aria-current=current>
                {of.map_or("All", EntryState::label)}
            </a>
        }
    };
    let action = view.scope.path(&view.slug);
    let reset = view.is_filtered.then(|| action.clone());
    let unknown = view.filter.error("").map(str::to_owned);
    view! {
        <div class="filters">
            <nav class="chips" aria-label="State">
                {view.states.clone().into_iter().map(chip).collect_view()}
            </nav>
            {unknown.map(|message| view! { <p class="error">{message}</p> })}
            <FilterFold filter=view.filter.clone() />
            <form class="filter-form" method="get" action=action novalidate role="search" aria-label="This list">
                <CarriedFields pairs=view.carried />
                <Provider value=FormContext::fixed(view.filter)>
                    <TextInput name="text" label="Number, reference or words" optional=true kind="search" class="long" />
                    {(view.scope == Scope::All)
                        .then(|| view! { <Select name="kind" label="Kind" options=view.kinds class="short" /> })}
                    <DateInput name="from" label="From" optional=true />
                    <DateInput name="to" label="To" optional=true />
                    <div class="filter-act">
                        <button class="btn">"Show"</button>
                        {reset.map(|href| view! { <a class="btn quiet" href=href>"Clear"</a> })}
                    </div>
                    <details class="disclosure filter-more" open=view.has_more_filters>
                        <FoldHead text="More filters" />
                        <div class="body filter-form">
                            <TextInput name="account" label="Account" optional=true list=ACCOUNTS />
                            <TextInput name="contact" label="Customer or vendor" optional=true />
                            <TextInput
                                name="amount"
                                label="Amount"
                                hint="As 1,432.17, or 100 to 500."
                                optional=true
                                max_length=60
                            />
                            <TextInput name="by" label="Entered by" optional=true hint="Part of an e-mail address." />
                            <CheckBox name="adjusting" label="Adjusting entries only" />
                        </div>
                    </details>
                </Provider>
                <ChoiceList id=ACCOUNTS choices=view.accounts />
            </form>
        </div>
    }
    .into_any()
}
