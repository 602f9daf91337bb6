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
use crate::view::report::Waiting;

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

/// When and of what a report was made, and what is not in it. On paper it says the notes too, which stand above on a screen.
fn provenance(notes: Vec<String>, made: String, waiting: Option<Waiting>) -> impl IntoView {
    let notes = notes
        .into_iter()
        .map(|note| view! { <span class="on-paper">{format!("{note} ")}</span> })
        .collect_view();
    view! {
        <p class="provenance">
            {notes} {made}
            {waiting.map(|waiting| view! { " " <a href=waiting.href>{waiting.lines}</a> {format!(" {}", waiting.rest)} })}
        </p>
    }
}

/// What a reader must know before the figures.
fn notes(notes: Vec<String>) -> impl IntoView {
    notes
        .into_iter()
        .map(|note| view! { <Notice tone=Tone::Info title=note /> })
        .collect_view()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_foot_of_a_report_leads_to_the_lines_that_are_not_in_it() {
        let waiting = Waiting {
            lines: "22 bank lines wait for review".to_owned(),
            rest: "and are not in these figures.",
            href: "/c/juniper/banking".to_owned(),
        };
        let html = Owner::new().with(|| {
            let notes = vec!["These books begin on January 1, 2026.".to_owned()];
            provenance(notes, "Made today.".to_owned(), Some(waiting)).to_html()
        });
        assert!(
            html.contains(r#"<a href="/c/juniper/banking">22 bank lines wait for review</a>"#),
            "{html}"
        );
        assert!(
            html.contains(r#"<span class="on-paper">These books begin on January 1, 2026. </span>"#),
            "{html}"
        );
    }
}
