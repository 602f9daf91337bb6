//! Merging an account into another.

use leptos::prelude::*;

use super::account_form::MovesBox;
use super::{AccountingTabs, Tab};
use crate::components::{ChoiceList, Form, Notice, SubmitButton, TextInput, Tone};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::accounting::account::{MergeView, Moves};
use crate::view::frame::FrameView;

const TARGETS: &str = "targets";

/// The page of the merge.
#[component]
pub fn AccountMergePage(frame: FrameView, #[prop(into)] title: String, view: MergeView) -> impl IntoView {
    let slug = view.slug.clone();
    let body = match view.obstacle.clone() {
        Some(words) => view! { <Obstacle words account=view.back /> }.into_any(),
        None => view! { <MergeForm view /> }.into_any(),
    };
    view! {
        <Frame view=frame>
            <AccountingTabs slug current=Tab::Chart />
            <PageHead
                title
                explain=help::pages::MERGE
                line="For an account that should never have been a second one. Every report, also of earlier periods, \
                then shows its lines with the account that takes it in."
            />
            {body}
        </Frame>
    }
}

/// Why there is nothing to choose, and what to do instead.
#[component]
fn Obstacle(words: String, account: String) -> impl IntoView {
    let edit = format!("{account}/edit");
    view! {
        <div class="stack">
            <Notice tone=Tone::Info title="This account cannot be merged into another.">{words}</Notice>
            <div class="actions">
                <a class="btn" href=edit>
                    "Change the account"
                </a>
                <a class="btn quiet" href=account>
                    "Back"
                </a>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn MergeForm(view: MergeView) -> impl IntoView {
    let hint = format!("An account that is in use, of type {} as this one.", view.type_name);
    view! {
        <div class="narrow">
            <Form state=view.form>
                <div class="sheet stack">
                    <TextInput name="into" label="Merge into" list=TARGETS hint />
                    <WhatMoves moves=view.moves />
                    <p class="hint">
                        {format!(
                            "{} becomes inactive and is no longer offered. Its lines stay where they were entered, and the merge \
                            can be undone on its page.",
                            view.account,
                        )}
                    </p>
                </div>
                <ChoiceList id=TARGETS choices=view.targets />
                <div class="actions">
                    <SubmitButton action="merge" class="primary">
                        "Merge the account"
                    </SubmitButton>
                    <a class="btn quiet" href=view.back>
                        "Back"
                    </a>
                </div>
            </Form>
        </div>
    }
    .into_any()
}

#[component]
fn WhatMoves(moves: Moves) -> impl IntoView {
    match (moves.what, moves.locked) {
        (None, _) => view! { <p class="hint">"Nothing was ever entered on it: no figure changes."</p> }.into_any(),
        (Some(what), None) => view! { <Notice tone=Tone::Info title="What moves">{what}</Notice> }.into_any(),
        (Some(what), Some(locked)) => view! {
            <Notice tone=Tone::Warn title="This changes reports of locked periods">
                <p>{what}</p>
                <MovesBox locked />
            </Notice>
        }
        .into_any(),
    }
}
