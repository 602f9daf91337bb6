//! Words that explain, where they are needed: opened on demand, without JavaScript, by keyboard.

use leptos::prelude::*;

use crate::help::{Piece, Topic, help_path, pieces};

/// Where Help is, for what stands inside a company's frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpAddress(pub String);

impl Default for HelpAddress {
    fn default() -> Self {
        Self(help_path(None))
    }
}

/// A text of the help, its marked words leading to the glossary.
#[component]
pub fn Prose(
    text: &'static str,
    /// The Help page’s address; empty on the Help page itself.
    #[prop(into)]
    help: String,
) -> impl IntoView {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.to_owned().into_any(),
            Piece::Link { words, anchor } => {
                let href = format!("{help}#{anchor}");
                view! { <a class="term" href=href>{words.to_owned()}</a> }.into_any()
            }
        })
        .collect_view()
}

/// What a report or page says, how to read it, what to check: closed until it is asked for.
#[component]
pub fn Explain(topic: Topic) -> impl IntoView {
    let HelpAddress(help) = use_context().unwrap_or_default();
    let more = format!("{help}#{}", topic.anchor);
    view! {
        <details class="disclosure explain no-print">
            <summary>
                <span class="mark" aria-hidden="true">"?"</span>
                "How to read this"
                <span class="sr">{format!(": {}", topic.title)}</span>
            </summary>
            <div class="body">
                <TopicText topic help />
                <p class="small"><a href=more>"In Help, with all the words"</a></p>
            </div>
        </details>
    }
    .into_any()
}

/// A topic's paragraphs and what to check.
#[component]
pub fn TopicText(
    topic: Topic,
    /// The Help page’s address; empty on the Help page itself.
    #[prop(into)]
    help: String,
) -> impl IntoView {
    let (says, checks) = (help.clone(), help);
    view! {
        {topic
            .says
            .iter()
            .map(|&text| view! { <p><Prose text help=says.clone() /></p> })
            .collect_view()}
        <p class="to-check">"What to check"</p>
        <ul>
            {topic
                .check
                .iter()
                .map(|&text| view! { <li><Prose text help=checks.clone() /></li> })
                .collect_view()}
        </ul>
    }
    .into_any()
}
