//! One fiscal year: what to look at before it closes, closing it, reopening it, and what changed since.

use leptos::prelude::*;

use super::periods::{ChangedDetails, ChangedEarlier, PeriodsTabs};
use super::years::standing_tag;
use crate::components::{CheckBox, Confirm, Form, Notice, Panel, SubmitButton, Tag, TextInput, Tone};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::accounting::periods::{ChangedView, PeriodsPage};
use crate::view::accounting::years::{CheckView, YearView, action};
use crate::view::frame::FrameView;
use crate::view::home::with_currency;

/// The page of one year.
#[component]
pub fn YearPage(frame: FrameView, view: YearView) -> impl IntoView {
    let years = PeriodsPage::Years.path(&view.slug);
    let asks_anyway = view.asks_anyway;
    let name = view.name.clone();
    view! {
        <Frame view=frame>
            <PeriodsTabs slug=view.slug current=PeriodsPage::Years />
            <PageHead title=view.name line=view.days explain=help::pages::YEARS>
                <a class="btn" href=years>"All years"</a>
            </PageHead>
            <div class="stack">
                {view.done.map(|done| view! { <Notice tone=Tone::Good title=done /> })}
                <div class="grid">
                    <Panel title="Net income" class="c4">
                        <p class="figure">{with_currency(view.net_income, view.currency)}</p>
                        <p class="row small">
                            {view
                                .statements
                                .into_iter()
                                .map(|link| view! { <a href=link.href>{link.text}</a> })
                                .collect_view()}
                        </p>
                    </Panel>
                    <Panel title="How it stands" class="c8">
                        <p>{standing_tag(view.standing)}</p>
                        <dl class="facts">
                            {view.facts.into_iter().map(|(term, fact)| view! { <dt>{term}</dt><dd>{fact}</dd> }).collect_view()}
                        </dl>
                    </Panel>
                </div>
                {view.changed.map(|changed| view! { <Changed view=changed /> })}
                {(!view.checks.is_empty()).then(|| view! { <Checks rows=view.checks /> })}
                {view.notes.into_iter().map(|note| view! { <p class="muted">{note}</p> }).collect_view()}
                {view.close.map(|form| view! { <CloseForm form asks_anyway name=name.clone() /> })}
                {view
                    .reopen
                    .map(|form| {
                        view! {
                            <Form state=form>
                                <Confirm open="Reopen the year…" question=view.reopens button="Reopen the year" action=action::REOPEN>
                                    <TextInput name="reason" label="Why" max_length=500 hint="It stays in the history." />
                                </Confirm>
                            </Form>
                        }
                    })}
            </div>
        </Frame>
    }
}

#[component]
fn Changed(view: ChangedView) -> impl IntoView {
    let earlier = view.earlier.clone();
    if !view.is_changed() && earlier.is_empty() {
        return view! {
            <Notice tone=Tone::Good title="Nothing changed since it was closed.">"Its figures are those it was closed with."</Notice>
        }
        .into_any();
    }
    if !view.is_changed() {
        return view! { <ChangedEarlier earlier /> }.into_any();
    }
    let since = view.since.clone();
    view! {
        <ChangedEarlier earlier />
        <Notice tone=Tone::Warn title="This year changed after it was closed.">
            "What was reported from it and what its statements say now are not the same."
        </Notice>
        <Panel title="Changed since close" aside=since>
            <ChangedDetails view />
        </Panel>
    }
    .into_any()
}

#[component]
fn Checks(rows: Vec<CheckView>) -> impl IntoView {
    let row = |row: CheckView| {
        let (tone, word) = if row.is_good {
            (Tone::Good, "Good")
        } else {
            (Tone::Warn, "To settle")
        };
        view! {
            <li>
                <Tag tone text=word />
                <div>
                    <b>{row.what}</b>
                    <span class="sub">{row.found}</span>
                </div>
                {row.link.map(|link| view! { <a class="btn sm" href=link.href>{link.text}</a> })}
            </li>
        }
    };
    view! {
        <Panel title="Before it closes">
            <ul class="todo">{rows.into_iter().map(row).collect_view()}</ul>
        </Panel>
    }
    .into_any()
}

#[component]
fn CloseForm(form: FormState, asks_anyway: bool, name: String) -> impl IntoView {
    let message = form.error("anyway").map(str::to_owned);
    view! {
        <Form state=form>
            <div class="sheet stack narrow">
                <h2>{format!("Close {name}")}</h2>
                <p>
                    "Closing says that the figures are final. Nothing is posted. The books are locked for everyone through \
                    the year’s last day, and \
                    the figures as they are now can be seen at any time; what changes later is shown."
                </p>
                <TextInput
                    name="reason"
                    label="Why"
                    max_length=500
                    hint="Such as: the return is filed, agreed with the accountant. It stays in the history."
                />
                {asks_anyway
                    .then(|| {
                        view! {
                            <div class="field" id="field-anyway" tabindex="-1">
                                <CheckBox name="anyway" label="Close it although something above is open" />
                                {message.map(|message| view! { <p class="error" id="field-anyway-error">{message}</p> })}
                            </div>
                        }
                    })}
                <div class="actions">
                    <SubmitButton action=action::CLOSE class="primary">
                        "Close the year"
                    </SubmitButton>
                </div>
            </div>
        </Form>
    }
    .into_any()
}
