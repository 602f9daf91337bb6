//! Locking periods, so that what was reported stays as it was.

use leptos::prelude::*;

use super::{AccountingTabs, Tab};
use crate::components::{ColumnHead, DataTable, DateInput, Form, Notice, SubmitButton, TextInput, Tone};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::view::accounting::locks::{LockRow, LocksView, action};
use crate::view::frame::FrameView;

const WHO_MAY: &str = "Accountants and admins of the company may lock a period and open it again.";

/// The page of locks.
#[component]
pub fn LocksPage(frame: FrameView, view: LocksView) -> impl IntoView {
    let is_locked = view.through.is_some();
    let may_lock = view.form.is_some();
    let title = match &view.through {
        Some(through) => format!("Locked through {through}"),
        None => "Nothing is locked".to_owned(),
    };
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug current=Tab::Locks />
            <PageHead
                title="Locks"
                line="Lock a period once it is reported or filed: nothing dated in it can be added, changed or taken \
                back, by anybody."
            />
            <div class="stack">
                <Notice tone=if is_locked { Tone::Info } else { Tone::Plain } title>
                    {match is_locked {
                        true => "What reports show through that day stays as it is. Later days are open.",
                        false => "Entries of any day can still be added and changed.",
                    }}
                    {view.notice.map(|notice| view! { <p>{notice}</p> })}
                    {(!may_lock).then(|| view! { <p>{WHO_MAY}</p> })}
                </Notice>
                {view.form.map(|form| view! { <LockForm form is_locked /> })}
                {(!view.history.is_empty()).then(|| view! { <History rows=view.history /> })}
            </div>
        </Frame>
    }
}

#[component]
fn LockForm(form: FormState, is_locked: bool) -> impl IntoView {
    let lock = if is_locked { "Move the lock" } else { "Lock the period" };
    view! {
        <Form state=form>
            <div class="sheet stack narrow">
                <div class="fields">
                    <DateInput name="through" label="Locked through" />
                    <TextInput
                        name="reason"
                        label="Why"
                        max_length=500
                        class="long"
                        hint=if is_locked {
                            "For moving the lock and for opening everything alike. It stays in the history."
                        } else {
                            "Such as: sales tax return filed. It stays in the history."
                        }
                    />
                </div>
                <div class="actions">
                    <SubmitButton action=action::LOCK class="primary">
                        {lock}
                    </SubmitButton>
                    {is_locked
                        .then(|| {
                            view! {
                                <SubmitButton action=action::OPEN class="danger">
                                    "Open everything"
                                </SubmitButton>
                            }
                        })}
                </div>
                <p class="small muted">{WHO_MAY}</p>
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn History(rows: Vec<LockRow>) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="When" />
            <ColumnHead text="What" />
            <ColumnHead text="Why" />
            <ColumnHead text="Who" />
        }
    };
    view! {
        <h2>"History"</h2>
        <DataTable caption="Every lock and opening, newest first" head=head>
            {rows
                .into_iter()
                .map(|row| {
                    let what = match row.through {
                        Some(through) => format!("Locked through {through}"),
                        None => "Opened everything".to_owned(),
                    };
                    view! {
                        <tr>
                            <td class="when">{row.when}</td>
                            <td class="what">{what}</td>
                            <td class="why">{row.reason}</td>
                            <td class="who muted">{row.who}</td>
                        </tr>
                    }
                })
                .collect_view()}
        </DataTable>
    }
    .into_any()
}
