//! The form that asks what a statement shows. Its values stand in the address, so that a link reproduces the report.

use leptos::context::Provider;
use leptos::prelude::*;

use crate::components::{CheckBox, DateInput, FoldHead, FormContext, Select, SelectOption, TextInput};
use crate::forms::FormState;
use crate::help;
use crate::view::report::{Offers, ReportKind};

/// What is seldom asked: it stays folded away until it is.
const SELDOM: [&str; 5] = ["income", "sort", "zero", "known", "now"];

/// What a statement is asked. Days of one's own have fields that show once they are chosen, also without JavaScript.
#[component]
pub fn StatementForm(kind: ReportKind, state: FormState, offers: Offers) -> impl IntoView {
    let is_open = SELDOM
        .into_iter()
        .any(|name| !state.value(name).is_empty() && (name, state.value(name)) != ("sort", "number"));
    let is_earned = kind == ReportKind::ProfitAndLoss;
    let columns_help = match kind {
        ReportKind::TrialBalance => "trial-columns",
        _ => "columns",
    };
    let days = match kind.shows_period() {
        true => [("from", "First day"), ("to", "Last day")],
        false => [("as_of", "At the end of"), ("from", "Columns from")],
    };
    let days = match kind {
        ReportKind::TrialBalance => days[..1].to_vec(),
        _ => days.to_vec(),
    };
    view! {
        <form class="dates asks no-print" method="get" novalidate>
            <Provider value=FormContext::fixed(state)>
                <div class="fields">
                    <Select name="period" label=if kind.shows_period() { "Period" } else { "As of" } options=options(offers.periods) />
                    <div class="own-days">
                        {days.into_iter().map(|(name, label)| view! { <DateInput name label /> }).collect_view()}
                    </div>
                    <Select
                        name="columns"
                        label="Columns"
                        options=options(offers.columns)
                        hint=help::field("report", columns_help)
                    />
                    {(!offers.comparisons.is_empty())
                        .then(|| {
                            view! {
                                <Select
                                    name="compare"
                                    label="Compare with"
                                    options=options(offers.comparisons)
                                    hint=help::field("report", "compare")
                                />
                            }
                        })}
                    <button class="btn">"Show"</button>
                </div>
                <details class="disclosure" open=is_open>
                    <FoldHead text="More choices" />
                    <div class="body fields">
                        <Select
                            name="sort"
                            label="Order of accounts"
                            options=options(offers.sorts)
                            hint=help::field("report", "sort")
                        />
                        <TextInput
                            name="known"
                            label="As known at"
                            hint="The books as they stood: a day, a time like 10/31/2026 5:00 PM, or the number of a change. Empty is now."
                            optional=true
                            max_length=40
                            class="long"
                        />
                        <div class="checks">
                            <CheckBox name="now" label="Beside it, now and the difference" />
                            {is_earned.then(|| view! { <CheckBox name="income" label="Percent of income" /> })}
                            <CheckBox name="zero" label="Accounts without an amount" />
                        </div>
                    </div>
                </details>
            </Provider>
        </form>
    }
}

fn options(of: Vec<(&'static str, &'static str)>) -> Vec<SelectOption> {
    of.into_iter()
        .map(|(value, label)| SelectOption::new(value, label))
        .collect()
}
