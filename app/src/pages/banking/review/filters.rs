//! What narrows the review list. All of it ends in the address.

use leptos::context::Provider;
use leptos::prelude::*;

use crate::components::{CarriedFields, CheckBox, DateInput, FilterFold, FormContext, Select, SelectOption, TextInput};
use crate::view::banking::LineCounts;
use crate::view::banking::review::{ReviewView, Tab, list_path};

/// The states, each with how many lines stand so.
#[component]
pub fn Chips(view: ReviewView) -> impl IntoView {
    let count = |counts: LineCounts, tab: Tab| match tab {
        Tab::New => counts.new,
        Tab::Doubtful => counts.doubtful,
        Tab::Accepted => counts.accepted,
        Tab::Excluded => counts.excluded,
    };
    let chip = |(tab, href): (Tab, String)| {
        let current = (tab == view.tab).then_some("true");
        view! {
            <a class="chip" href=href aria-current=current>
                {tab.label()} " " {count(view.account.lines, tab)}
            </a>
        }
    };
    view! {
        <nav class="chips" aria-label="Lines by state">
            {view.tabs.clone().into_iter().map(chip).collect_view()}
        </nav>
    }
    .into_any()
}

/// The rest as a form.
#[component]
pub fn Filters(view: ReviewView) -> impl IntoView {
    let action = list_path(&view.slug, view.account.id);
    let reset = (view.is_narrowed || view.is_further).then(|| view.tab.address(&view.slug, view.account.id));
    let ways = vec![
        SelectOption::new("", "In and out"),
        SelectOption::new("out", "Out"),
        SelectOption::new("in", "In"),
    ];
    let is_new = view.tab == Tab::New;
    view! {
        <div class="filters">
            <FilterFold filter=view.filter.clone() />
            <form class="filter-form" method="get" action=action novalidate role="search" aria-label="These lines">
                <CarriedFields pairs=view.carried />
                <Provider value=FormContext::fixed(view.filter)>
                    <TextInput name="text" label="Bank text or check number" optional=true kind="search" class="long" />
                    <DateInput name="from" label="From" optional=true />
                    <DateInput name="to" label="To" optional=true />
                    <TextInput name="amount" label="Amount or range" placeholder="100 to 500" optional=true max_length=60 />
                    <Select name="way" label="Money" options=ways class="short" />
                    {is_new.then(|| view! { <CheckBox name="match" label="With a suggestion only" /> })}
                    <div class="filter-act">
                        <button class="btn">"Show"</button>
                        {reset.map(|href| view! { <a class="btn quiet" href=href>"Clear"</a> })}
                    </div>
                </Provider>
            </form>
        </div>
    }
    .into_any()
}
