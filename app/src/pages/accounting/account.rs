//! One account: what it is, what it holds, what is below it, and what happened to it.

use ledger::money::Currency;
use leptos::prelude::*;

use super::account_form::MovesBox;
use super::chart::Row;
use super::entry::History;
use super::{AccountingTabs, Tab};
use crate::components::{Confirm, Form, ListKeys, Money, Notice, Panel, SubmitButton, Tag, Tone};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::accounting::account::{AccountActions, AccountView, Moves, action};
use crate::view::accounting::chart::{ChartRow, plain_words};
use crate::view::accounting::entry::Link;
use crate::view::frame::FrameView;

/// The page of an account.
#[component]
pub fn AccountPage(frame: FrameView, view: AccountView) -> impl IntoView {
    let currency = view.currency;
    let line = format!("{}: {}.", view.account_type.name(), plain_words(view.account_type));
    let (register, actions) = (view.register.clone(), view.actions.clone());
    let state = match (view.merged_into.is_some(), view.active) {
        (true, _) => Some("merged"),
        (false, false) => Some("inactive"),
        (false, true) => None,
    };
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug.clone() current=Tab::Chart />
            <PageHead title=view.title.clone() line explain=help::pages::ACCOUNT>
                {view.purpose.map(|_| view! { <Tag tone=Tone::Info text="system account" /> })}
                {state.map(|state| view! { <Tag text=state /> })}
                <a class="btn" href=register>
                    "Register"
                </a>
                {actions.edit.map(|href| view! { <a class="btn primary" href=href>"Edit"</a> })}
            </PageHead>
            <div class="stack">
                <State merged_into=view.merged_into.clone() active=view.active />
                <div class="sheet account-facts">
                    <Facts view=view.clone() />
                    <Balance view=view.clone() />
                </div>
                <Subaccounts rows=view.subaccounts add=view.actions.add_below.clone() currency />
                <Steps actions=view.actions />
                <History items=view.history />
            </div>
        </Frame>
    }
}

#[component]
fn State(merged_into: Option<Link>, active: bool) -> impl IntoView {
    match (merged_into, active) {
        (Some(target), _) => Some(
            view! {
                <Notice tone=Tone::Info title="Merged into another account">
                    "Reports of every period show its lines with "
                    <a href=target.href>{target.text}</a>
                    ". The lines themselves stay where they were entered."
                </Notice>
            }
            .into_any(),
        ),
        (None, false) => Some(
            view! {
                <Notice title="Inactive">"It keeps its lines and stays in reports; nothing new can be entered on it."</Notice>
            }
            .into_any(),
        ),
        (None, true) => None,
    }
}

#[component]
fn Facts(view: AccountView) -> impl IntoView {
    let takes_in = view
        .takes_in
        .into_iter()
        .map(|account| view! { <li><a href=account.href>{account.text}</a></li> });
    let takes_in: Vec<_> = takes_in.collect();
    view! {
        <dl class="facts">
            {view
                .facts
                .into_iter()
                .map(|(name, text)| {
                    view! {
                        <dt>{name}</dt>
                        <dd>{text}</dd>
                    }
                })
                .collect_view()}
            {view
                .parent
                .map(|parent| {
                    view! {
                        <dt>"Subaccount of"</dt>
                        <dd>
                            <a href=parent.href>{parent.text}</a>
                        </dd>
                    }
                })}
            {view
                .purpose
                .map(|purpose| {
                    view! {
                        <dt>"CarteFi books here"</dt>
                        <dd>{purpose}</dd>
                    }
                })}
            {(!takes_in.is_empty())
                .then(|| {
                    view! {
                        <dt>"Shows also"</dt>
                        <dd>
                            <ul class="plain-list">{takes_in}</ul>
                        </dd>
                    }
                })}
        </dl>
    }
    .into_any()
}

#[component]
fn Balance(view: AccountView) -> impl IntoView {
    let currency = view.currency;
    view! {
        <div class="balance">
            <span class="label">{format!("Balance {}", view.balance_of)}</span>
            <span class="figure">
                <Money amount=view.balance currency href=view.register />
            </span>
            {view
                .with_subaccounts
                .map(|amount| {
                    view! {
                        <span class="muted small">"With its subaccounts " <Money amount=amount currency /></span>
                    }
                })}
        </div>
    }
    .into_any()
}

#[component]
fn Subaccounts(rows: Vec<ChartRow>, add: Option<String>, currency: Currency) -> impl IntoView {
    let link = add.map(|href| ("Add one below".to_owned(), href));
    match (rows.is_empty(), link) {
        (true, None) => None,
        (true, Some((text, href))) => {
            Some(view! { <p class="small no-print"><a href=href>{text}</a>" as a part of it."</p> }.into_any())
        }
        (false, link) => Some(
            view! {
                <section class="panel flush">
                    <header>
                        <h2>"Subaccounts"</h2>
                        <ListKeys review=false />
                        {link.map(|(text, href)| view! { <a class="small muted" href=href>{text}</a> })}
                    </header>
                    <table class="rows account-chart">
                        <caption class="sr">"Subaccounts"</caption>
                        <thead>
                            <tr>
                                <th scope="col" class="number">"Number"</th>
                                <th scope="col">"Name"</th>
                                <th scope="col" class="wide">"Detail type"</th>
                                <th scope="col" class="num">"Balance"</th>
                            </tr>
                        </thead>
                        <tbody>{rows.into_iter().map(|row| view! { <Row row currency /> }).collect_view()}</tbody>
                    </table>
                </section>
            }
            .into_any(),
        ),
    }
}

/// What can be done with it beside editing.
#[component]
fn Steps(actions: AccountActions) -> impl IntoView {
    let is_there = actions.merge.is_some()
        || actions.deactivate.is_some()
        || actions.activate.is_some()
        || actions.unmerge.is_some();
    let title = match actions.activate.is_some() {
        true => "Used again?",
        false => "Not used any more?",
    };
    is_there.then(|| {
        view! {
            <Panel title>
                <div class="corrections">
                    {actions.deactivate.map(|form| view! { <Step form action=action::DEACTIVATE text="Make it inactive" /> })}
                    {actions.activate.map(|form| view! { <Step form action=action::ACTIVATE text="Make it active" /> })}
                    {actions.merge.map(|href| view! { <a class="btn" href=href>"Merge into another…"</a> })}
                    {actions.unmerge.map(|(form, moves)| view! { <Unmerge form moves /> })}
                </div>
                <p class="small muted">
                    "An inactive account is no longer offered and keeps its lines. A merged one also shows with the account that \
                    took it in, in every report; that can be undone."
                </p>
            </Panel>
        }
        .into_any()
    })
}

#[component]
fn Step(form: FormState, action: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <Form state=form>
            <SubmitButton action=action>{text}</SubmitButton>
        </Form>
    }
    .into_any()
}

#[component]
fn Unmerge(form: FormState, moves: Moves) -> impl IntoView {
    let question = match &moves.what {
        Some(what) => format!("{what} It shows under its own name again, and is active."),
        None => "It stands by itself again, and is active.".to_owned(),
    };
    view! {
        <Form state=form>
            <Confirm open="Undo the merge…" question button="Undo the merge" action=action::UNMERGE>
                {moves.locked.map(|locked| view! { <MovesBox locked /> })}
            </Confirm>
        </Form>
    }
    .into_any()
}
