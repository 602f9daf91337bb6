//! What changed in closed years and locked days after they were closed or locked.

use leptos::prelude::*;

use super::periods::{ChangedDetails, ChangedEarlier, PeriodsTabs};
use crate::components::{EmptyState, Panel};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::accounting::periods::{ChangedPageView, ChangedView, PeriodsPage};
use crate::view::frame::FrameView;

/// The page.
#[component]
pub fn ChangedSincePage(frame: FrameView, view: ChangedPageView) -> impl IntoView {
    let years = PeriodsPage::Years.path(&view.slug);
    view! {
        <Frame view=frame>
            <PeriodsTabs slug=view.slug current=PeriodsPage::Changed />
            <PageHead
                title="Changed since close"
                explain=help::pages::CHANGED_SINCE
                line="A closed year should stay as it was reported. What came into it nevertheless, through an exception or while it \
                was open again, is listed here, with what it did to the year’s net income."
            />
            {if view.periods.is_empty() {
                view! {
                    <EmptyState
                        title="Nothing is closed or locked"
                        text="Once a fiscal year is closed, or days are locked for everyone, this page shows what changes in them."
                    >
                        <a class="btn" href=years>"Fiscal years"</a>
                    </EmptyState>
                }
                    .into_any()
            } else {
                let periods = view.periods.into_iter().map(|period| view! { <Period view=period /> }).collect_view();
                view! { <div class="stack">{periods}</div> }.into_any()
            }}
        </Frame>
    }
}

#[component]
fn Period(view: ChangedView) -> impl IntoView {
    let (title, since, earlier) = (view.title.clone(), view.since.clone(), view.earlier.clone());
    let body = if view.is_changed() {
        view! { <ChangedDetails view /> }.into_any()
    } else {
        view! { <p class="muted">"Nothing changed since."</p> }.into_any()
    };
    view! { <Panel title aside=since>{body} <ChangedEarlier earlier /></Panel> }.into_any()
}
