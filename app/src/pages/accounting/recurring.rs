//! Templates of entries: the list of them, and one with what it made.

use ledger::money::Currency;
use leptos::prelude::*;

use super::entry::Lines;
use super::{AccountingTabs, Tab};
use crate::components::{
    ColumnHead, Confirm, DataTable, EmptyState, ErrorSummary, Form, Money, Notice, Panel, SubmitButton, Tag, Tone,
};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::recurring::{
    OccurrenceRow, RecurringActions, RecurringListView, RecurringRow, RecurringView, action, field,
};

/// The list of templates.
#[component]
pub fn RecurringListPage(frame: FrameView, view: RecurringListView) -> impl IntoView {
    let new = format!("/c/{}/accounting/recurring/new", view.slug);
    let first = new.clone();
    let is_empty = view.rows.is_empty();
    let may_write = view.may_write;
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug current=Tab::Recurring />
            <PageHead
                title="Recurring entries"
                explain=help::pages::RECURRING
                line="Templates of what is entered again and again: used by hand, or entered by themselves when they are due."
            >
                {(may_write && !is_empty)
                    .then(|| view! { <a class="btn primary" href=new>"New template"</a> })}
            </PageHead>
            {if is_empty {
                view! {
                    <EmptyState
                        title="No templates yet"
                        text="Rent, depreciation, a monthly accrual: write it once. Or open an entry and choose “Make a template”."
                    >
                        {may_write.then(|| view! { <a class="btn primary" href=first>"New template"</a> })}
                    </EmptyState>
                }
                    .into_any()
            } else {
                view! { <Templates rows=view.rows currency=view.currency may_write /> }.into_any()
            }}
        </Frame>
    }
}

#[component]
fn Templates(rows: Vec<RecurringRow>, currency: Currency, may_write: bool) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Template" />
            <ColumnHead text="When" />
            <ColumnHead text="Next" />
            <ColumnHead text="Amount" class="num" />
            <ColumnHead text="Action" hidden=true />
        }
    };
    let row = move |row: RecurringRow| {
        view! {
            <tr class=(!row.is_active).then_some("inactive")>
                <td class="what">
                    <a href=row.href>{row.name.clone()}</a>
                    {row.problem.map(|problem| view! { <p class="error">{problem}</p> })}
                </td>
                <td class="why">{row.when}</td>
                <td class="when nowrap">
                    {match (row.is_active, row.next) {
                        (false, _) => view! { <Tag text="Paused" /> }.into_any(),
                        (true, next) => next.into_any(),
                    }}
                </td>
                <td class="num how-much">
                    <Money amount=row.total currency />
                </td>
                <td class="act">
                    {may_write
                        .then(|| {
                            view! {
                                <a class="btn sm" href=row.use_now aria-label=format!("Use now: {}", row.name)>
                                    "Use now"
                                </a>
                            }
                        })}
                </td>
            </tr>
        }
    };
    view! {
        <DataTable caption="Templates, active ones first" head=head>
            {rows.into_iter().map(row).collect_view()}
        </DataTable>
    }
    .into_any()
}

/// One template.
#[component]
pub fn RecurringPage(frame: FrameView, view: RecurringView) -> impl IntoView {
    let actions = view.actions.clone();
    let state = if view.is_active { "Active" } else { "Paused" };
    let tone = if view.is_active { Tone::Good } else { Tone::Plain };
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug.clone() current=Tab::Recurring />
            <PageHead
                title=view.name.clone()
                explain=help::pages::RECURRING
                line="Made once here, entered again and again: each entry can still be changed by itself."
            >
                <Tag tone text=state />
                {actions.edit.map(|href| view! { <a class="btn" href=href>"Edit"</a> })}
                {actions.use_now.map(|href| view! { <a class="btn primary" href=href>"Use now"</a> })}
            </PageHead>
            <div class="stack">
                <ErrorSummary errors=actions.refused />
                {view
                    .problem
                    .clone()
                    .map(|problem| {
                        view! {
                            <Notice tone=Tone::Bad title="The next entry could not be made.">
                                <p>{problem}</p>
                                <p>"It is tried again every few minutes. Put right what it says, or skip that day."</p>
                            </Notice>
                        }
                    })}
                <div class="sheet">
                    <Facts view=view.clone() />
                    <Lines lines=view.lines total=view.total currency=view.currency />
                </div>
                <Steps actions=view.actions />
                {(!view.occurrences.is_empty()).then(|| view! { <Occurrences rows=view.occurrences /> })}
            </div>
        </Frame>
    }
}

#[component]
fn Facts(view: RecurringView) -> impl IntoView {
    let fact = |name: &'static str, text: Option<String>| text.map(|text| view! { <dt>{name}</dt> <dd>{text}</dd> });
    view! {
        <dl class="facts">
            {fact("When", Some(view.when))}
            {fact("When due", view.makes)}
            {fact("Days", view.next)}
            {fact("Reference", view.reference)}
            {fact("Memo", view.memo)}
            {fact("Marked", view.marks)}
        </dl>
    }
    .into_any()
}

/// What can be done beside changing it.
#[component]
fn Steps(actions: RecurringActions) -> impl IntoView {
    view! {
        <div class="corrections">
            {actions
                .run
                .map(|form| {
                    view! {
                        <Form state=form>
                            <SubmitButton action=action::RUN>"Enter what is due now"</SubmitButton>
                        </Form>
                    }
                })} {actions.skip.map(|(form, day)| view! { <Skip form day /> })}
            {actions
                .pause
                .map(|form| {
                    view! {
                        <Form state=form>
                            <SubmitButton action=action::PAUSE>"Pause"</SubmitButton>
                        </Form>
                    }
                })}
            {actions
                .resume
                .map(|form| {
                    view! {
                        <Form state=form>
                            <SubmitButton action=action::RESUME class="primary">
                                "Go on"
                            </SubmitButton>
                        </Form>
                        <p class="small muted">"The days of the pause are skipped."</p>
                    }
                })}
        </div>
    }
    .into_any()
}

#[component]
fn Skip(form: FormState, day: String) -> impl IntoView {
    let period = form.value(field::PERIOD).to_owned();
    view! {
        <Form state=form>
            <Confirm
                open=format!("Skip {day}…")
                question=format!("No entry is made for {day}. The next day follows as planned.")
                button="Skip it"
                action=action::SKIP
            >
                <input type="hidden" name=field::PERIOD value=period />
            </Confirm>
        </Form>
    }
    .into_any()
}

#[component]
fn Occurrences(rows: Vec<OccurrenceRow>) -> impl IntoView {
    let row = |row: OccurrenceRow| {
        view! {
            <tr>
                <td class="nowrap">{row.day}</td>
                <td>{row.entry.map(|link| view! { <a href=link.href>{link.text}</a> })}</td>
                <td>{row.state}</td>
            </tr>
        }
    };
    view! {
        <Panel title="Made so far" aside="newest first">
            <table class="postings">
                <caption class="sr">"What was made or skipped"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Day"</th>
                        <th scope="col">"Entry"</th>
                        <th scope="col">"State"</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </Panel>
    }
    .into_any()
}
