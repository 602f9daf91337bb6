//! The pages of the section Accounting, and what they share.

pub mod account;
pub mod account_form;
pub mod account_import;
pub mod account_merge;
pub mod changed_since;
pub mod chart;
pub mod entry;
pub mod journal_import;
pub mod locks;
pub mod opening;
mod periods;
pub mod recurring;
pub mod year;
pub mod years;

use leptos::prelude::*;

use crate::view::difference::Difference;

/// The pages of the section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The chart of accounts.
    Chart,
    /// Every document.
    Transactions,
    /// Journal entries.
    Journal,
    /// Templates of entries.
    Recurring,
    /// The balances the books begin with.
    Opening,
    /// Locks, fiscal years, and what changed since they were closed.
    Locks,
    /// Who did what.
    Audit,
}

impl Tab {
    const ALL: [Self; 7] = [
        Self::Chart,
        Self::Transactions,
        Self::Journal,
        Self::Recurring,
        Self::Opening,
        Self::Locks,
        Self::Audit,
    ];

    const fn label(self) -> &'static str {
        match self {
            Self::Chart => "Chart of accounts",
            Self::Transactions => "Transactions",
            Self::Journal => "Journal",
            Self::Recurring => "Recurring",
            Self::Opening => "Opening balances",
            Self::Locks => "Periods",
            Self::Audit => "Audit log",
        }
    }

    fn path(self, slug: &str) -> String {
        match self {
            Self::Chart => format!("/c/{slug}/accounting"),
            Self::Transactions => format!("/c/{slug}/transactions"),
            Self::Journal => format!("/c/{slug}/accounting/journal"),
            Self::Recurring => format!("/c/{slug}/accounting/recurring"),
            Self::Opening => format!("/c/{slug}/accounting/opening"),
            Self::Locks => format!("/c/{slug}/accounting/locks"),
            Self::Audit => format!("/c/{slug}/audit"),
        }
    }
}

/// The way from one page of the section to another.
#[component]
pub fn AccountingTabs(#[prop(into)] slug: String, current: Tab) -> impl IntoView {
    let link = |tab: Tab| {
        let aria_current = (tab == current).then_some("page");
        view! {
            <li>
                <a href=tab.path(&slug) aria-current=aria_current>
                    {tab.label()}
                </a>
            </li>
        }
    };
    view! {
        <nav class="tabs" aria-label="Accounting">
            <ul class="tab-list">{Tab::ALL.map(link).collect_view()}</ul>
        </nav>
    }
    .into_any()
}

/// What differs between two versions, one thing a row.
#[component]
pub fn DifferenceTable(
    differences: Vec<Difference>,
    /// The head over what was.
    #[prop(default = "Before")]
    before: &'static str,
    /// The head over what became.
    #[prop(default = "After")]
    after: &'static str,
) -> impl IntoView {
    let cell = |text: Option<String>| match text {
        Some(text) => view! { <span>{text}</span> }.into_any(),
        None => view! { <span class="muted">"nothing"</span> }.into_any(),
    };
    view! {
        <table class="differences">
            <caption class="sr">"What differs"</caption>
            <thead>
                <tr>
                    <th scope="col">"What"</th>
                    <th scope="col">{before}</th>
                    <th scope="col">{after}</th>
                </tr>
            </thead>
            <tbody>
                {differences
                    .into_iter()
                    .map(|difference| {
                        view! {
                            <tr>
                                <th scope="row">{difference.what}</th>
                                <td data-label=before>{cell(difference.before)}</td>
                                <td data-label=after>{cell(difference.after)}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}
