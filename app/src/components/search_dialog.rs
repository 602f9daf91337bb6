//! Search in the top bar: a field that works as a form, and a dialog that finds while one types.

mod found;
mod listening;

use leptos::prelude::*;

use crate::view::search::{Piece, QUERY_CHARS_MAX, SearchHit, SearchView};

/// What the field is for.
const PLACEHOLDER: &str = "Find an entry, a name, an amount…";

/// The field in the top bar. Without JavaScript it is a form whose answer is a page.
#[component]
pub fn SearchField(#[prop(into)] slug: String) -> impl IntoView {
    let action = format!("/c/{slug}/search");
    view! {
        <form class="find" method="get" action=action.clone() role="search" aria-label="These books">
            <input
                type="search"
                name="q"
                placeholder=PLACEHOLDER
                aria-label="Find an entry, a name, an amount or a page"
                maxlength=QUERY_CHARS_MAX.to_string()
                autocomplete="off"
                data-search=""
            />
            <kbd aria-hidden="true">"Ctrl K"</kbd>
        </form>
        <a class="find-small" href=action.clone() data-search="">
            <svg viewBox="0 0 20 20" aria-hidden="true">
                <circle cx="9" cy="9" r="5.5" />
                <path d="m13 13 4.5 4.5" />
            </svg>
            <span class="sr">"Search"</span>
        </a>
        <SearchDialog address=action />
    }
    .into_any()
}

/// The dialog. It opens on Ctrl K (Command K on a Mac) and by a press on the field.
#[component]
fn SearchDialog(
    /// The search page's address.
    address: String,
) -> impl IntoView {
    view! {
        <SearchAtWork address>
            <dialog class="finder" aria-label="Search and commands">
                <div class="finder-field">
                    <input
                        type="text"
                        role="combobox"
                        aria-label="Find an entry, a name, an amount or a page"
                        aria-expanded="true"
                        aria-controls="found"
                        aria-autocomplete="list"
                        placeholder=PLACEHOLDER
                        maxlength=QUERY_CHARS_MAX.to_string()
                        autocomplete="off"
                        spellcheck="false"
                    />
                    <button type="button" class="btn sm quiet">
                        <span class="sr">"Close the search"</span>
                        <kbd aria-hidden="true">"Esc"</kbd>
                    </button>
                </div>
                <p class="sr" role="status"></p>
                <p class="finder-none" hidden></p>
                <div id="found" class="found" role="listbox" aria-label="What was found"></div>
                <p class="finder-none" hidden></p>
            </dialog>
        </SearchAtWork>
    }
}

/// Opens the dialog, and finds while one types in it.
#[island]
pub fn SearchAtWork(address: String, children: Children) -> impl IntoView {
    Effect::new(move |_| listening::begin(address.clone()));
    children()
}

/// The results on the search page.
#[component]
pub fn SearchResults(view: SearchView) -> impl IntoView {
    let groups = view
        .groups
        .into_iter()
        .map(|group| {
            let hits = group.hits.into_iter().map(|hit| {
                view! { <li><a class="find-hit" href=hit.href.clone()>{hit_parts(&hit)}</a></li> }
            });
            view! {
                <section class="panel flush">
                    <h2 class="found-title">{group.title}</h2>
                    <ul>{hits.collect_view()}</ul>
                </section>
            }
        })
        .collect_view();
    view! { <div class="found">{groups}</div> }.into_any()
}

fn hit_parts(hit: &SearchHit) -> impl IntoView + use<> {
    let amount = hit
        .amount
        .clone()
        .map(|amount| view! { <span class="hit-amount num">{amount}</span> });
    let detail = (!hit.detail.is_empty()).then(|| view! { <span class="hit-detail">{pieces(&hit.detail)}</span> });
    view! {
        <span class="hit-title">{pieces(&hit.title)}</span>
        {detail}
        <span class="hit-aside">{hit.aside.clone()}</span>
        {amount}
    }
}

fn pieces(pieces: &[Piece]) -> Vec<AnyView> {
    pieces
        .iter()
        .cloned()
        .map(|piece| match piece.is_hit {
            true => view! { <mark>{piece.text}</mark> }.into_any(),
            false => piece.text.into_any(),
        })
        .collect()
}

/// What to try when nothing was found.
pub(crate) fn nothing_found(query: &str) -> String {
    format!(
        "Nothing is called “{query}”. Try a number, a part of a name, three letters of a memo, or an amount as 1,432.17."
    )
}
