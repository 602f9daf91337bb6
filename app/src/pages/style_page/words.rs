//! What a page says: panels, notices, empty states, help, dialogs, what a search found.

use leptos::prelude::*;

use super::Both;
use crate::components::{EmptyState, Explain, KeyGroup, Notice, Panel, Prose, SearchResults, Tag, Tone, TopicText};
use crate::help;
use crate::keys::Scope;
use crate::view::search::{SearchGroup, SearchHit, SearchView, marked};

const TONES: [(Tone, &str); 5] = [
    (Tone::Plain, "Nothing is locked"),
    (Tone::Good, "Saved."),
    (
        Tone::Warn,
        "This was not recorded: you were signed out before you sent it.",
    ),
    (Tone::Bad, "The record does not hold"),
    (Tone::Info, "Locked through September 30, 2026"),
];

#[component]
pub fn Words() -> impl IntoView {
    view! {
        <section id="words">
            <h2>"Words"</h2>
            <Both title="Notices and tags" draw=|_| view! { <Notices /> } />
            <Both title="Panels" draw=|_| view! { <Panels /> } />
            <Both title="An empty list" draw=|_| view! { <Empty /> } />
            <Both title="Explained on demand" draw=|_| view! { <Explained /> } />
            <Both title="A dialog" draw=|_| view! { <DialogSample /> } />
            <Both title="What a search found" draw=|_| view! { <Found /> } />
        </section>
    }
    .into_any()
}

#[component]
fn Notices() -> impl IntoView {
    view! {
        <div class="stack tight">
            {TONES
                .map(|(tone, title)| view! { <Notice tone title>"What it means, and what to do."</Notice> })
                .collect_view()}
            <Notice title="Words alone" />
            <div class="row">
                {TONES
                    .into_iter()
                    .zip(["draft", "posted", "to review", "void", "system account"])
                    .map(|((tone, _), text)| view! { <Tag tone text /> })
                    .collect_view()}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Panels() -> impl IntoView {
    view! {
        <div class="stack">
            <Panel title="Cash" aside="in two accounts" link=("All accounts".to_owned(), "#words".to_owned())>
                <p class="figure">"$48,211.07"</p>
                <p class="delta up">"$1,204.50 more than a month ago"</p>
            </Panel>
            <div class="sheet">
                <dl class="facts">
                    <dt>"Type"</dt>
                    <dd>"Bank"</dd>
                    <dt>"Detail type"</dt>
                    <dd>"Checking"</dd>
                </dl>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Empty() -> impl IntoView {
    view! {
        <EmptyState title="No entries yet" text="Entries come from bank lines that you review, and from what you write by hand.">
            <a class="btn primary" href="#words">"Import a statement"</a>
            <a class="btn" href="#words">"Write an entry"</a>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Explained() -> impl IntoView {
    view! {
        <div class="stack">
            <Explain topic=help::reports::BALANCE_SHEET />
            <details class="disclosure explain" open>
                <summary>
                    <span class="mark" aria-hidden="true">"?"</span>
                    "Opened"
                </summary>
                <div class="body">
                    <TopicText topic=help::pages::LOCKS help="/help" />
                </div>
            </details>
            <p><Prose text="A word of the glossary in a text: [net income]." help="/help" /></p>
        </div>
    }
    .into_any()
}

/// A dialog stands in front of its page; here it stands in it.
#[component]
fn DialogSample() -> impl IntoView {
    view! {
        <div class="as-dialog">
            <header>
                <h4>"Keys"</h4>
            </header>
            <KeyGroup scope=Scope::List />
            <footer>
                <button type="button" class="btn">"Close"</button>
            </footer>
        </div>
    }
    .into_any()
}

#[component]
fn Found() -> impl IntoView {
    let hit = |title: &str, detail: &str, aside: &str, amount: Option<&str>| SearchHit {
        href: "#words".to_owned(),
        title: marked(title, "rent"),
        detail: marked(detail, "rent"),
        aside: aside.to_owned(),
        amount: amount.map(str::to_owned),
    };
    let view = SearchView {
        query: "rent".to_owned(),
        groups: vec![
            SearchGroup {
                title: "Accounts".to_owned(),
                hits: vec![hit("6200 Rent", "Expense", "Account", None)],
            },
            SearchGroup {
                title: "Entries".to_owned(),
                hits: vec![hit(
                    "JE-13",
                    "Rent for October",
                    "Journal entry · Oct 15, 2026",
                    Some("2,150.00"),
                )],
            },
        ],
        everything: None,
    };
    view! { <SearchResults view /> }.into_any()
}
