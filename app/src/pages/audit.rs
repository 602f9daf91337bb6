//! The audit log of a company.

use leptos::context::Provider;
use leptos::prelude::*;

use super::accounting::{AccountingTabs, DifferenceTable, Tab};
use crate::components::{
    CarriedFields, DateInput, EmptyState, FilterFold, Form, FormContext, ListPages, Panel, Select, SelectOption,
    SubmitButton, TextInput,
};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::audit::{AuditView, ChangeView, EventView, HeadView, VERIFY, Verdict};
use crate::view::frame::FrameView;

/// The page of the log.
#[component]
pub fn AuditPage(frame: FrameView, view: AuditView) -> impl IntoView {
    let all = format!("/c/{}/audit", view.slug);
    let is_empty = view.changes.is_empty();
    let empty = match view.filter.is_refused() {
        true => "A filter could not be read. The message is at its field.",
        false => "No change passes these filters.",
    };
    let csv = (!is_empty).then(|| view.csv.clone());
    let orders = view.orders.into_iter().map(|(words, href, is_now)| {
        view! {
            <a class="chip" href=href aria-current=is_now.then_some("true")>
                {words}
            </a>
        }
    });
    let orders = orders.collect_view();
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug.clone() current=Tab::Audit />
            <PageHead
                title="Audit log"
                explain=help::pages::AUDIT
                line="Everything that was ever written to these books: who, when, what it was before and what it \
                became. Nobody can edit it."
            >
                {csv.map(|href| view! { <a class="btn" href=href download="">"CSV"</a> })}
            </PageHead>
            <div class="stack">
                <Chain head=view.head form=view.verify verdict=view.verdict />
                <div class="filters">
                    <nav class="chips" aria-label="Order">
                        {orders}
                    </nav>
                    <Filters
                        action=all.clone()
                        tables=view.tables
                        actions=view.actions
                        filter=view.filter
                        carried=view.carried
                        is_filtered=view.is_filtered
                    />
                </div>
                {match is_empty {
                    true => {
                        view! {
                            <EmptyState title="Nothing fits" text=empty>
                                <a class="btn" href=all>"Show everything"</a>
                            </EmptyState>
                        }
                            .into_any()
                    }
                    false => {
                        view! {
                            <ol class="changes">
                                {view.changes.into_iter().map(|change| view! { <Change change /> }).collect_view()}
                            </ol>
                            <ListPages pages=view.pages />
                        }
                            .into_any()
                    }
                }}
            </div>
        </Frame>
    }
}

/// Where the chain stands, and the question whether it holds.
#[component]
fn Chain(head: HeadView, form: FormState, verdict: Option<Verdict>) -> impl IntoView {
    view! {
        <Panel title="The chain" aside="each event seals the one before it">
            <p>
                {format!("{} in {}. ", counted(&head.seq, "event"), counted(&head.change, "change"))}
                "Keep the last link somewhere else, and it proves later that nothing up to here was touched:"
            </p>
            <p>
                <code>{head.hash}</code>
            </p>
            {verdict.map(|verdict| view! { <VerdictNotice verdict /> })}
            <Form state=form>
                <div class="row">
                    <SubmitButton action=VERIFY>"Verify now"</SubmitButton>
                    <span class="small muted">"Reads every event and compares every row of the books with it."</span>
                </div>
            </Form>
        </Panel>
    }
    .into_any()
}

/// `1 change`, `1,204 events`: a count as it is written, and the plural of what is counted.
fn counted(count: &str, what: &str) -> String {
    let plural = if count == "1" { "" } else { "s" };
    format!("{count} {what}{plural}")
}

#[component]
fn VerdictNotice(verdict: Verdict) -> impl IntoView {
    let (class, title) = match verdict.holds {
        true => ("notice good", "The record holds"),
        false => ("notice bad", "The record does not hold"),
    };
    view! {
        <div class=class role="status">
            <b>{title}</b>
            {verdict.sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn Filters(
    action: String,
    tables: Vec<SelectOption>,
    actions: Vec<SelectOption>,
    filter: FormState,
    carried: Vec<(&'static str, String)>,
    is_filtered: bool,
) -> impl IntoView {
    let row = filter.value("row").to_owned();
    let all = action.clone();
    let reset = is_filtered.then(|| action.clone());
    view! {
        <FilterFold filter=filter.clone() />
        <form class="filter-form" method="get" action=action novalidate role="search" aria-label="This log">
            <CarriedFields pairs=carried />
            {(!row.is_empty())
                .then(|| {
                    view! {
                        <p class="filter-line">
                            {format!("The history of row {row} alone. ")} <a href=all>"Show everything"</a>
                            <input type="hidden" name="row" value=row />
                        </p>
                    }
                })}
            <Provider value=FormContext::fixed(filter)>
                <Select name="table" label="What" options=tables class="short" />
                <Select name="act" label="What was done" options=actions class="short" />
                <TextInput name="person" label="Who, by e-mail" optional=true max_length=320 class="long" />
                <DateInput name="from" label="From" optional=true />
                <DateInput name="to" label="To" optional=true />
                <TextInput name="change" label="Change number" optional=true max_length=20 />
            </Provider>
            <div class="filter-act">
                <button class="btn">"Show"</button>
                {reset.map(|href| view! { <a class="btn quiet" href=href>"Clear"</a> })}
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Change(change: ChangeView) -> impl IntoView {
    let summary = change.summary();
    let events = view! {
        <ul class="events">{change.events.into_iter().map(|event| view! { <Event event /> }).collect_view()}</ul>
    };
    let events = match summary {
        None => events.into_any(),
        Some(summary) => view! {
            <details class="many">
                <summary>{summary}</summary>
                {events}
            </details>
        }
        .into_any(),
    };
    view! {
        <li class="change">
            <header>
                <b>{change.when}</b>
                <span>{change.who}</span>
                <span class="muted">{change.role}</span>
                <span class="muted change-no">{format!("change {}", change.change)}</span>
            </header>
            {events}
        </li>
    }
    .into_any()
}

#[component]
fn Event(event: EventView) -> impl IntoView {
    let is_short = event.is_short();
    let head = view! {
        <span>
            {event.row.clone()} " " <span class="muted">{event.action}</span>
            {event.about.map(|about| view! { <span class="about">{about}</span> })}
        </span>
    };
    let history = view! {
        <a class="small muted" href=event.row_history>
            "Its history" <span class="sr">{format!(": {}", event.row)}</span>
        </a>
    };
    if event.differences.is_empty() {
        return view! { <li class="event">{head} {history}</li> }.into_any();
    }
    view! {
        <li class="event">
            <details open=is_short>
                <summary>{head}</summary>
                <DifferenceTable differences=event.differences />
            </details>
            {history}
        </li>
    }
    .into_any()
}
