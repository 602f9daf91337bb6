//! The lines, each with a box to select it, and what is done with those that are.

use leptos::prelude::*;

use super::row::{Row, Selecting};
use crate::components::{ColumnHead, HiddenFields, SortColumn, SubmitButton};
use crate::view::banking::banking_path;
use crate::view::banking::review::{ReviewView, Tab, action};
use crate::view::lists::{SELECT, is_selected, select_field};

/// The `id` of the form that the rows' boxes are of: it cannot stand around the rows, which are forms themselves.
pub(super) const SELECTION: &str = "selected-lines";

/// The table, under what is done with its selected lines.
#[component]
pub fn List(view: ReviewView, today: time::Date) -> impl IntoView {
    let (base, may_code, currency) = (banking_path(&view.slug), view.may_code, view.account.currency);
    let split_base = format!("{base}/{}/lines", view.account.id);
    let documents = format!("/c/{}/documents", view.slug);
    let bar = may_code.then(|| view! { <SelectionBar view=view.clone() /> });
    let (list, heads, selection) = (view.address, view.heads, view.selection);
    let rows = view
        .lines
        .into_iter()
        .map(|line| {
            let error = selection.error(&select_field(line.id)).map(str::to_owned);
            let selecting = may_code.then(|| Selecting {
                value: line.select_value(),
                is_selected: is_selected(&selection, line.id),
                error,
            });
            view! {
                <Row
                    line
                    list=list.clone()
                    split_base=split_base.clone()
                    documents=documents.clone()
                    nostrip:selecting=selecting
                    may_code
                    today
                    currency
                />
            }
        })
        .collect_view();
    view! {
        <div class="selection">
            {bar} <section class="panel flush">
                <table class="rows review">
                    <caption class="sr">"Lines of the bank"</caption>
                    <thead>
                        <tr>
                            {may_code.then(|| view! { <ColumnHead text="Select" hidden=true /> })}
                            <SortColumn text="Date" head=heads.date />
                            <SortColumn text="Bank text" head=heads.words />
                            <SortColumn text="Out" class="num" head=heads.out />
                            <SortColumn text="In" class="num" head=heads.into />
                            <ColumnHead text="Category or match" />
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        </div>
    }
    .into_any()
}

/// What is done with the lines that are selected, by where they stand.
#[component]
fn SelectionBar(view: ReviewView) -> impl IntoView {
    let words = match view.selection.has(SELECT) {
        true => "Select none",
        false => "Select all on this page",
    };
    let acts = match view.tab {
        Tab::New => vec![
            (action::MATCH_SELECTED, "Accept the selected suggestions"),
            (action::EXCLUDE_SELECTED, "Exclude the selected"),
        ],
        Tab::Doubtful => vec![(action::EXCLUDE_SELECTED, "Exclude the selected")],
        Tab::Accepted => vec![(action::UNDO_SELECTED, "Undo the selected")],
        Tab::Excluded => vec![(action::UNDO_SELECTED, "Put the selected back")],
    };
    view! {
        <form class="selection-bar" id=SELECTION method="post" action=view.address novalidate>
            <HiddenFields state=view.selection />
            <a class="btn sm quiet" href=view.select_all>
                {words}
            </a>
            <span class="selection-acts">
                {acts
                    .into_iter()
                    .map(|(action, words)| {
                        view! {
                            <SubmitButton action class="sm">
                                {words}
                            </SubmitButton>
                        }
                    })
                    .collect_view()}
            </span>
        </form>
    }
    .into_any()
}
