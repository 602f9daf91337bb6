//! The search as a page: what the dialog shows while one types.

use leptos::prelude::*;

use crate::components::{EmptyState, SearchResults, nothing_found};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::search::{QUERY_CHARS_MAX, SearchView};

/// The page.
#[component]
pub fn SearchPage(frame: FrameView, view: SearchView) -> impl IntoView {
    let slug = frame.company.slug.clone();
    let query = view.query.clone();
    let help_page = format!("/c/{slug}/help");
    let is_nothing = view.groups.is_empty();
    let everything = view.everything.clone().filter(|_| !is_nothing);
    view! {
        <Frame view=frame>
            <PageHead
                title="Search"
                explain=help::pages::SEARCH
                line="Numbers and references from their beginning, names, words of memos, exact amounts, and every page."
            >
                {everything.map(|href| view! { <a class="btn" href=href>"All transactions with this"</a> })}
            </PageHead>
            <form class="search-form" method="get" action=format!("/c/{slug}/search") role="search" aria-label="These books again">
                <label class="sr" for="search-again">
                    "What to find"
                </label>
                <input
                    id="search-again"
                    type="search"
                    name="q"
                    value=query.clone()
                    maxlength=QUERY_CHARS_MAX.to_string()
                    autocomplete="off"
                />
                <button class="btn primary">"Search"</button>
            </form>
            {match is_nothing {
                true => view! {
                    <EmptyState title="Nothing found" text=nothing_found(&query)>
                        <a class="btn" href=help_page>"Look in Help"</a>
                    </EmptyState>
                }
                    .into_any(),
                false => view! { <SearchResults view /> }.into_any(),
            }}
        </Frame>
    }
}
