//! Panels, notices, tags and empty states.

use leptos::prelude::*;

/// What a color means. The words beside it always say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Done, paid, matched.
    Good,
    /// Needs a look.
    Warn,
    /// Wrong, overdue.
    Bad,
    /// Worth knowing.
    Info,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
        }
    }
}

/// A titled part of a page.
#[component]
pub fn Panel(
    #[prop(into)] title: String,
    /// A few muted words beside the title.
    #[prop(into, optional)]
    aside: Option<String>,
    /// A link at the end of the title's line: its text and address.
    #[prop(optional)]
    link: Option<(String, String)>,
    /// Its columns of twelve in a grid, as `c8`.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <section class=format!("panel {class}")>
            <header>
                <h2>{title}</h2>
                {aside.map(|words| view! { <span class="muted small">{words}</span> })}
                {link.map(|(text, href)| view! { <a class="small muted" href=href>{text}</a> })}
            </header>
            <div class="body">{children()}</div>
        </section>
    }
}

/// What a page has to say about itself.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    /// The first words, in bold.
    #[prop(into)]
    title: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=format!("notice {}", tone.class()) role="status">
            <b>{title}</b>
            {children.map(|children| view! { <div>{children()}</div> })}
        </div>
    }
}

/// A word about the state of a thing.
#[component]
pub fn Tag(#[prop(optional)] tone: Tone, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class=format!("tag {}", tone.class())>{text}</span> }
}

/// An empty list: why it is empty and what to do first. The children are the ways to begin.
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </div>
    }
}
