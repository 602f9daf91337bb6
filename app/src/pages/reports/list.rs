//! The reports there are, and the views of them that somebody saved.

use leptos::prelude::*;

use crate::components::Panel;
use crate::frame::{Frame, PageHead};
use crate::view::frame::FrameView;
use crate::view::report::ReportKind;
use crate::view::saved_views::{ViewLink, views_path};

/// The reports that list lines: name in addresses, title, what each answers.
const OF_LINES: [(&str, &str, &str); 2] = [
    (
        "general-ledger",
        "General ledger",
        "Every account with its lines, and its balance before them, after each, and at the end of a period.",
    ),
    (
        "journal",
        "Journal report",
        "Every entry of a period with its lines, debits and credits, whatever document made it.",
    ),
];

/// The list of reports, each with a sentence.
#[component]
pub fn ReportListPage(frame: FrameView, views: Vec<ViewLink>) -> impl IntoView {
    let slug = frame.company.slug.clone();
    let statements = ReportKind::ALL.map(|kind| (kind.path(&slug), kind.title(), kind.sentence()));
    let lines = OF_LINES.map(|(path, title, sentence)| (format!("/c/{slug}/reports/{path}"), title, sentence));
    let row = |(href, title, sentence): (String, &'static str, &'static str)| {
        view! {
            <li>
                <a href=href>{title}</a>
                <p class="muted">{sentence}</p>
            </li>
        }
    };
    view! {
        <Frame view=frame>
            <PageHead title="Reports" line="On the accrual basis, at any date. Every figure opens the lines behind it." />
            <ul class="panel report-list">
                {statements.into_iter().chain(lines).map(row).collect_view()}
                <li>
                    <a href=format!("/c/{slug}/accounting")>"Account registers"</a>
                    <p class="muted">"One account's lines with the balance after each: open its balance in the chart of accounts."</p>
                </li>
            </ul>
            <SavedViews slug views />
        </Frame>
    }
}

#[component]
fn SavedViews(slug: String, views: Vec<ViewLink>) -> impl IntoView {
    (!views.is_empty()).then(|| {
        let link = ("Rename or remove".to_owned(), views_path(&slug));
        view! {
            <Panel title="Saved views" link=link class="view-links">
                <ul>
                    {views
                        .into_iter()
                        .map(|view| view! { <li><a href=view.href>{view.name}</a></li> })
                        .collect_view()}
                </ul>
            </Panel>
        }
    })
}
