//! A document that a bank line became, or is matched to: what it is, its lines, its postings and its history.

use leptos::prelude::*;

use crate::components::Tag;
use crate::frame::{Frame, PageHead};
use crate::pages::accounting::entry::{Facts, History, Lines, Postings};
use crate::view::accounting::entry::{EntryView, Link};
use crate::view::frame::FrameView;

/// The page. It changes nothing: what was made of a bank line is taken back where the line is.
#[component]
pub fn DocumentPage(
    frame: FrameView,
    view: EntryView,
    /// Where its bank line is.
    bank: Link,
) -> impl IntoView {
    let currency = view.currency;
    let line = view.state_words();
    view! {
        <Frame view=frame>
            <PageHead title=view.title.clone() line>
                <Tag tone=view.state.tone() text=view.state.label() />
                <a class="btn" href=bank.href>{bank.text}</a>
            </PageHead>
            <div class="stack">
                <div class="sheet">
                    <Facts view=view.clone() />
                    <Lines lines=view.lines total=view.total currency />
                </div>
                {(!view.postings.is_empty()).then(|| view! { <Postings postings=view.postings currency /> })}
                <History items=view.history />
            </div>
        </Frame>
    }
}
