//! Help: how to begin, every report and page explained, the words, the keys. One page, so that the browser's own search finds
//! everything.

use leptos::prelude::*;

use crate::components::{KeyGroup, Prose, TopicText};
use crate::frame::{Frame, PageHead, PlainFrame};
use crate::help::glossary::{GLOSSARY, Term};
use crate::help::pages::PAGES;
use crate::help::reports::REPORTS;
use crate::help::start::{STEPS, Step};
use crate::help::{Topic, anchor};
use crate::keys::Scope;
use crate::theme::Theme;
use crate::view::frame::FrameView;

const LINE: &str = "How to begin, what each report says, what the words mean, and the keys.";
/// The page's parts, with their anchors.
const PARTS: [(&str, &str); 5] = [
    ("start", "Getting started"),
    ("reports", "The reports"),
    ("pages", "The pages"),
    ("glossary", "The words"),
    ("keys", "The keys"),
];

/// Help inside a company: its steps lead to the company's pages.
#[component]
pub fn HelpPage(frame: FrameView) -> impl IntoView {
    let company = format!("/c/{}", frame.company.slug);
    view! {
        <Frame view=frame>
            <PageHead title="Help" line=LINE />
            <HelpText company=Some(company) />
        </Frame>
    }
}

/// Help outside any company.
#[component]
pub fn PlainHelpPage(
    /// The name of who is signed in, if anybody.
    #[prop(optional_no_strip)]
    person: Option<String>,
    theme: Theme,
) -> impl IntoView {
    let text = || {
        view! {
            <PageHead title="Help" line=LINE />
            <HelpText company=None />
        }
    };
    match person {
        Some(person) => view! { <PlainFrame theme address="/help" person>{text()}</PlainFrame> }.into_any(),
        None => view! { <PlainFrame theme address="/help">{text()}</PlainFrame> }.into_any(),
    }
}

#[component]
fn HelpText(company: Option<String>) -> impl IntoView {
    view! {
        <div class="help">
            <nav class="help-parts" aria-label="On this page">
                <ul class="chips">
                    {PARTS
                        .map(|(anchor, title)| view! { <li><a class="chip" href=format!("#{anchor}")>{title}</a></li> })
                        .collect_view()}
                </ul>
                <p class="small muted">"Looking for a word? Your browser searches this page: Ctrl F, or ⌘ F."</p>
            </nav>
            <section id="start">
                <h2>"Getting started"</h2>
                <ol class="steps">
                    {STEPS.map(|step| view! { <StepLine step company=company.clone() /> }).collect_view()}
                </ol>
            </section>
            <section id="reports">
                <h2>"The reports"</h2>
                <p class="muted">
                    "Each states its company, period and basis, and when it was made. Every figure opens the lines behind it, and each \
                    line its entry."
                </p>
                {REPORTS.map(|topic| view! { <TopicSection topic /> }).collect_view()}
            </section>
            <section id="pages">
                <h2>"The pages"</h2>
                {PAGES.map(|topic| view! { <TopicSection topic /> }).collect_view()}
            </section>
            <section id="glossary">
                <h2>"The words"</h2>
                <dl class="glossary">{GLOSSARY.iter().map(|term| view! { <TermLine term=*term /> }).collect_view()}</dl>
            </section>
            <section id="keys">
                <h2>"The keys"</h2>
                <p class="muted">
                    "Press ? on a page for those that work there. On a Mac, Ctrl is the Command key. Everything works without keys too."
                </p>
                <div class="key-groups">
                    {Scope::ALL.map(|scope| view! { <KeyGroup scope /> }).collect_view()}
                </div>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn StepLine(step: Step, company: Option<String>) -> impl IntoView {
    let link = company.zip(step.path).map(|(company, path)| {
        view! { <a class="btn sm" href=format!("{company}{path}")>{step.link}</a> }
    });
    view! {
        <li>
            <div>
                <h3>{step.title}</h3>
                <p><Prose text=step.says help="" /></p>
            </div>
            {link}
        </li>
    }
    .into_any()
}

#[component]
fn TopicSection(topic: Topic) -> impl IntoView {
    view! {
        <section class="topic" id=topic.anchor>
            <h3>{topic.title}</h3>
            <TopicText topic help="" />
        </section>
    }
    .into_any()
}

#[component]
fn TermLine(term: Term) -> impl IntoView {
    view! {
        <div id=anchor(term.word)>
            <dt>{term.word}</dt>
            <dd><Prose text=term.says help="" /></dd>
        </div>
    }
    .into_any()
}
