//! One entry: what it is, its lines, what can be done with it, its postings and its history.

use ledger::money::{Currency, format_amount};
use leptos::prelude::*;

use super::{AccountingTabs, DifferenceTable, Tab};
use crate::components::{Confirm, DateInput, Form, Money, Panel, SubmitButton, Tag, TextInput};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::accounting::entry::{
    EntryActions, EntryLine, EntryPosting, EntryState, EntryView, HistoryItem, Link, VoidForm, action,
};
use crate::view::frame::FrameView;

/// The page of an entry.
#[component]
pub fn EntryPage(frame: FrameView, view: EntryView) -> impl IntoView {
    let currency = view.currency;
    let line = view.state_words();
    let actions = view.actions.clone();
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug.clone() current=Tab::Journal />
            <PageHead title=view.title.clone() line explain=help::pages::ENTRY>
                <Tag tone=view.state.tone() text=view.state.label() />
                {actions.copy.map(|href| view! { <a class="btn" href=href>"Copy"</a> })}
                {actions.make_template.map(|href| view! { <a class="btn" href=href>"Make a template"</a> })}
                {actions.edit.map(|link| view! { <a class="btn" href=link.href>{link.text}</a> })}
                {actions.post.map(|form| view! { <PostDraft form /> })}
            </PageHead>
            <div class="stack">
                <div class="sheet">
                    <Facts view=view.clone() />
                    <Lines lines=view.lines total=view.total currency />
                </div>
                <Corrections actions=view.actions state=view.state />
                {(!view.postings.is_empty()).then(|| view! { <Postings postings=view.postings currency /> })}
                <History items=view.history />
            </div>
        </Frame>
    }
}

/// The button that issues a draft.
#[component]
fn PostDraft(form: FormState) -> impl IntoView {
    view! {
        <Form state=form>
            <SubmitButton action=action::POST class="primary">
                "Post the entry"
            </SubmitButton>
        </Form>
    }
}

#[component]
pub(crate) fn Facts(view: EntryView) -> impl IntoView {
    let fact = |name: &'static str, text: Option<String>| text.map(|text| view! { <dt>{name}</dt> <dd>{text}</dd> });
    let link = |name: &'static str, link: Option<Link>| {
        link.map(|link| view! { <dt>{name}</dt> <dd><a href=link.href>{link.text}</a></dd> })
    };
    view! {
        <dl class="facts">
            <dt>"Date"</dt>
            <dd>{view.date}</dd>
            {fact("Reference", view.reference)}
            {fact("Memo", view.memo)}
            {fact("Marked", view.marks)}
            {fact("Voided because", view.void_reason)}
            {link("Made from", view.template)}
            {link("Reverses", view.reverses)}
            {link("Reversed by", view.reversed_by)}
        </dl>
    }
    .into_any()
}

#[component]
pub(crate) fn Lines(lines: Vec<EntryLine>, total: i64, currency: Currency) -> impl IntoView {
    view! {
        <table class="rows entry-lines">
            <caption class="sr">"Lines"</caption>
            <thead>
                <tr>
                    <th scope="col">"Account"</th>
                    <th scope="col">"Description"</th>
                    <th scope="col" class="num">"Debit"</th>
                    <th scope="col" class="num">"Credit"</th>
                </tr>
            </thead>
            <tbody>{lines.into_iter().map(|line| view! { <LineRow line currency /> }).collect_view()}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" colspan="2">{format!("Total, {}", currency.code())}</th>
                    <td class="num debit">{format_amount(total, currency)}</td>
                    <td class="num credit">{format_amount(total, currency)}</td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}

#[component]
fn LineRow(line: EntryLine, currency: Currency) -> impl IntoView {
    let amount = format_amount(line.amount.saturating_abs(), currency);
    let (debit, credit) = if line.amount < 0 {
        (None, Some(amount))
    } else {
        (Some(amount), None)
    };
    view! {
        <tr>
            <td class="what">
                <a href=line.account.href>{line.account.text}</a>
                {line.contact.map(|contact| view! { <span class="sub">{contact}</span> })}
                {line.due.map(|due| view! { <span class="sub">{format!("due {due}")}</span> })}
            </td>
            <td class="when">{line.description}</td>
            <td class="num debit">{debit}</td>
            <td class="num credit">{credit}</td>
        </tr>
    }
    .into_any()
}

/// The steps that change the books: each asks first.
#[component]
fn Corrections(actions: EntryActions, state: EntryState) -> impl IntoView {
    let is_there = actions.void.is_some() || actions.reverse.is_some() || actions.elsewhere.is_some();
    let is_choice = actions.void.is_some() && actions.reverse.is_some();
    is_there.then(|| {
        view! {
            {is_choice
                .then(|| {
                    view! {
                        <p class="small muted no-print">
                            "Reverse what was right and is over, such as an accrual: this entry stays and a second one takes it \
                            back from a later day. Void what should never have been entered."
                        </p>
                    }
                })}
            <div class="corrections">
                {actions.reverse.map(|form| view! { <Reverse form /> })}
                {actions.void.map(|void| view! { <Void void state /> })}
                {actions
                    .elsewhere
                    .map(|(sentence, link)| {
                        view! {
                            <p>
                                {sentence} " " <a href=link.href>{link.text}</a>
                            </p>
                        }
                    })}
            </div>
        }
    })
}

#[component]
fn Reverse(form: FormState) -> impl IntoView {
    view! {
        <Form state=form>
            <Confirm
                open="Reverse…"
                question="A second entry takes this one back from the day you choose on: the same lines with debit \
                and credit exchanged. Both stay. For an accrual, that is the first day of the next period."
                button="Reverse the entry"
                action=action::REVERSE
            >
                <DateInput name="date" label="Reverse on" />
            </Confirm>
        </Form>
    }
    .into_any()
}

#[component]
fn Void(void: VoidForm, state: EntryState) -> impl IntoView {
    let (open, question, button) = match (state, &void.locked_through) {
        (EntryState::Draft, _) => (
            "Discard…",
            "The draft is given up. It never counted in any report.".to_owned(),
            "Discard the draft",
        ),
        (_, None) => (
            "Void…",
            "As if it had never been: it no longer counts on any day. Its number and its history stay.".to_owned(),
            "Void the entry",
        ),
        (_, Some(through)) => (
            "Void…",
            format!(
                "The books are locked through {through}, so the entry stays on its day and is taken back on a later \
                one. Its number and its history stay."
            ),
            "Void the entry",
        ),
    };
    let asks_day = void.locked_through.is_some();
    let releases = void.releases;
    view! {
        <Form state=void.form>
            <Confirm open question button action=action::VOID>
                {releases.map(|words| view! { <p><b>{words}</b></p> })}
                {asks_day.then(|| view! { <DateInput name="on" label="Take it back on" /> })}
                <TextInput name="reason" label="Why" max_length=500 hint="It stays with the entry." />
            </Confirm>
        </Form>
    }
    .into_any()
}

#[component]
pub(crate) fn Postings(postings: Vec<EntryPosting>, currency: Currency) -> impl IntoView {
    view! {
        <Panel title="Ledger postings" aside="what it adds to each account; credits in parentheses">
            <table class="postings">
                <caption class="sr">"Postings"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Date"</th>
                        <th scope="col">"Account"</th>
                        <th scope="col" class="num">"Amount"</th>
                    </tr>
                </thead>
                <tbody>
                    {postings
                        .into_iter()
                        .map(|posting| {
                            view! {
                                <tr>
                                    <td class="nowrap">{posting.date}</td>
                                    <td>
                                        {posting.account.text}
                                        {posting.is_matched.then(|| view! { " " <Tag text="matched to a bank line" /> })}
                                    </td>
                                    <td class="num">
                                        <Money amount=posting.amount currency href=posting.account.href />
                                    </td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </Panel>
    }
    .into_any()
}

#[component]
pub(crate) fn History(items: Vec<HistoryItem>) -> impl IntoView {
    let item = |item: HistoryItem| {
        view! {
            <li>
                <p>
                    <b>{item.what}</b>
                    <span class="muted">{format!(" {} · {} ({})", item.when, item.who, item.role)}</span>
                </p>
                {(!item.differences.is_empty()).then(|| view! { <DifferenceTable differences=item.differences /> })}
            </li>
        }
    };
    view! {
        <Panel title="History" aside="newest first">
            <ol class="history">{items.into_iter().map(item).collect_view()}</ol>
        </Panel>
    }
    .into_any()
}
