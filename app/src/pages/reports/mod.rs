//! Reports: the list, statements, what a total sums, an account's ledger.

mod account_ledger;
mod general_ledger;
mod journal;
mod lines;
mod list;
mod paper;
mod statement;
mod statement_form;

pub use account_ledger::{RegisterPage, RegisterPageProps};
pub use general_ledger::{GeneralLedgerPage, GeneralLedgerPageProps};
pub use journal::{JournalReportPage, JournalReportPageProps};
pub use list::{ReportListPage, ReportListPageProps};
#[cfg(feature = "ssr")]
pub(crate) use statement::Statement;
pub use statement::{StatementPage, StatementPageProps, TotalPage, TotalPageProps};

use leptos::prelude::*;

use crate::components::{Notice, Tone};
use crate::view::report::Waiting;

/// When and of what a report was made, and what is not in it. On paper it says the notes and warnings too, which stand above on a
/// screen.
fn provenance(notes: Vec<String>, made: String, waiting: Option<Waiting>) -> impl IntoView {
    let notes = notes
        .into_iter()
        .map(|note| view! { <span class="on-paper">{format!("{note} ")}</span> })
        .collect_view();
    view! {
        <p class="provenance" title=CHAIN>
            {notes} {made}
            {waiting.map(|waiting| view! { " " <a href=waiting.href>{waiting.lines}</a> {format!(" {}", waiting.rest)} })}
        </p>
    }
}

/// What the chain in the foot of a report is, for who asks.
const CHAIN: &str = "Every change of the books seals the one before it. The chain’s letters are the seal of the last change in this report: \
    as long as the audit log shows the same at that change, nothing before it was altered.";

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
