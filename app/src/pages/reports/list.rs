//! The reports there are.

use leptos::prelude::*;

use crate::frame::{Frame, PageHead};
use crate::view::frame::FrameView;
use crate::view::report::ReportKind;

/// The list of reports, each with a sentence.
#[component]
pub fn ReportListPage(frame: FrameView) -> impl IntoView {
    let slug = frame.company.slug.clone();
    view! {
        <Frame view=frame>
            <PageHead title="Reports" line="On the accrual basis, at any date. Every figure opens the lines behind it." />
            <ul class="panel report-list">
                {ReportKind::ALL
                    .map(|kind| {
                        view! {
                            <li>
                                <a href=kind.path(&slug)>{kind.title()}</a>
                                <p class="muted">{kind.sentence()}</p>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </Frame>
    }
}
