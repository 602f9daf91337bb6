//! Locking periods, so that what was reported stays as it was, and letting one person through for a while.

use leptos::prelude::*;

use super::periods::PeriodsTabs;
use crate::components::{
    ColumnHead, DataTable, DateInput, Form, Notice, Panel, Select, SelectOption, SubmitButton, Tag, TextInput, Tone,
};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::accounting::locks::{
    ExceptionRow, ExceptionStanding, ExceptionView, LockRow, LockView, LocksView, Yours, action,
};
use crate::view::accounting::periods::PeriodsPage;
use crate::view::frame::FrameView;

const WHO_MAY: &str = "Accountants and admins of the company may lock a period and open it again.";

/// The page of locks.
#[component]
pub fn LocksPage(frame: FrameView, view: LocksView) -> impl IntoView {
    let may_lock = view.form.is_some();
    let is_locked = view.everyone.is_some() || view.editors.is_some();
    let changed = PeriodsPage::Changed.path(&view.slug);
    view! {
        <Frame view=frame>
            <PeriodsTabs slug=view.slug.clone() current=PeriodsPage::Locks />
            <PageHead
                title="Locks"
                explain=help::pages::LOCKS
                line="Lock a period once it is reported or filed: nothing dated in it can be added, changed or taken back."
            />
            <div class="stack">
                {view.done.map(|done| view! { <Notice tone=Tone::Good title=done /> })}
                <InForce yours=view.yours is_locked may_lock />
                {view
                    .changed
                    .map(|words| {
                        view! {
                            <Notice tone=Tone::Warn title="Something changed in what is closed or locked.">
                                <p>{words} " " <a href=changed>"See what changed"</a></p>
                            </Notice>
                        }
                    })}
                <div class="grid">
                    <Level
                        title="Everyone"
                        words="Closed for all, accountants and admins too: for what is reported, filed or agreed."
                        lock=view.everyone
                    />
                    <Level
                        title="Everybody below an accountant"
                        words="Closed for viewers and editors while accountants and admins finish the period."
                        lock=view.editors
                    />
                </div>
                {view.form.map(|form| view! { <LockForm form is_locked /> })}
                <Exceptions slug=view.slug rows=view.exceptions may_lock />
                {(!view.history.is_empty()).then(|| view! { <History rows=view.history /> })}
            </div>
        </Frame>
    }
}

#[component]
fn InForce(yours: Yours, is_locked: bool, may_lock: bool) -> impl IntoView {
    let (tone, title) = match &yours.through {
        Some(through) => (Tone::Info, format!("Locked through {through}")),
        None if is_locked => (Tone::Plain, "No day is locked for you".to_owned()),
        None => (Tone::Plain, "Nothing is locked".to_owned()),
    };
    let words = match (&yours.through, yours.but_for_exception) {
        (_, Some(without)) => {
            format!(
                "For you, because an exception lets you through. Without it you could touch nothing through {without}."
            )
        }
        (Some(_), None) => {
            "That holds for you. What reports show through that day stays as it is; later days are open. What an entry says beside its figures \
            can still be changed, and its history keeps it: memo, reference, descriptions, marks and the days its lines are due."
                .to_owned()
        }
        (None, None) if is_locked => "The lock below is for others: you can enter and change any day.".to_owned(),
        (None, None) => "Entries of any day can still be added and changed.".to_owned(),
    };
    view! {
        <Notice tone title>
            {words}
            {(!may_lock).then(|| view! { <p>{WHO_MAY}</p> })}
        </Notice>
    }
    .into_any()
}

#[component]
fn Level(title: &'static str, words: &'static str, lock: Option<LockView>) -> impl IntoView {
    let stands = match lock {
        Some(lock) => view! {
            <p class="figure">{format!("through {}", lock.through)}</p>
            <p>{lock.reason} <span class="sub">{lock.set}</span></p>
            {lock.notice.map(|notice| view! { <p class="small">{notice}</p> })}
        }
        .into_any(),
        None => view! { <p class="figure muted">"open"</p> }.into_any(),
    };
    view! {
        <Panel title class="c6">
            <p class="small muted">{words}</p>
            {stands}
        </Panel>
    }
    .into_any()
}

#[component]
fn LockForm(form: FormState, is_locked: bool) -> impl IntoView {
    let lock = if is_locked { "Move the lock" } else { "Lock the period" };
    let levels = vec![
        SelectOption::new("everyone", "Everyone"),
        SelectOption::new("editors", "Everybody below an accountant"),
    ];
    view! {
        <Form state=form>
            <div class="sheet stack narrow">
                <div class="fields">
                    <Select name="level" label="Closed for" options=levels hint=help::field("locks", "level") />
                    <DateInput name="through" label="Locked through" hint=help::field("locks", "through") />
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
                <p class="small muted">
                    "An earlier day than the present one opens what is after it. Opening everything opens what is closed for \
                    whom you chose; a "
                    "closed fiscal year is reopened on its own page first. " {WHO_MAY}
                </p>
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn Exceptions(slug: String, rows: Vec<ExceptionRow>, may_lock: bool) -> impl IntoView {
    let grant = format!("{}/exception", PeriodsPage::Locks.path(&slug));
    view! {
        <div class="list-line">
            <h2>"Exceptions"</h2>
            <span class="muted small">"One person comes through both locks, from a day on, for a while."</span>
            <span class="spacer"></span>
            {may_lock.then(|| view! { <a class="btn sm" href=grant>"Let somebody through…"</a> })}
        </div>
        {if rows.is_empty() {
            view! { <p class="muted small">"Nobody was ever let through."</p> }.into_any()
        } else {
            view! { <ExceptionTable rows /> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn ExceptionTable(rows: Vec<ExceptionRow>) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Who" />
            <ColumnHead text="State" />
            <ColumnHead text="Why" />
            <ColumnHead text="Granted" />
            <ColumnHead text="End it" hidden=true />
        }
    };
    view! {
        <DataTable caption="Every exception, newest first" head=head>
            {rows.into_iter().map(exception_row).collect_view()}
        </DataTable>
    }
    .into_any()
}

fn exception_row(row: ExceptionRow) -> impl IntoView {
    let runs = matches!(row.standing, ExceptionStanding::Running(_));
    let (tone, word, until) = match row.standing {
        ExceptionStanding::Running(until) => (Tone::Good, "Running", format!("until {until}")),
        ExceptionStanding::Expired(until) => (Tone::Plain, "Expired", until),
        ExceptionStanding::Revoked(by) => (Tone::Plain, "Ended", by),
    };
    let person = row.person.clone();
    let revoke = row.revoke.map(|form| {
        view! {
            <Form state=form>
                <input type="hidden" name="exception" value=row.id.to_string() />
                {runs
                    .then(|| {
                        view! {
                            <button class="btn sm" name="action" value=action::REVOKE>
                                "End it now"
                                <span class="sr">{format!(": {person}")}</span>
                            </button>
                        }
                    })}
            </Form>
        }
    });
    view! {
        <tr>
            <td class="what">{row.person} <span class="sub">{format!("may touch {} and later", row.from_day)}</span></td>
            <td class="state"><Tag tone text=word /> <span class="sub">{until}</span></td>
            <td class="why">{row.reason}</td>
            <td class="who muted">{row.granted}</td>
            <td class="act">{revoke}</td>
        </tr>
    }
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
                            <td class="what">{what} <span class="sub">{row.level}</span></td>
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

/// The page that lets somebody through.
#[component]
pub fn ExceptionPage(frame: FrameView, view: ExceptionView) -> impl IntoView {
    let locks = PeriodsPage::Locks.path(&view.slug);
    view! {
        <Frame view=frame>
            <PeriodsTabs slug=view.slug current=PeriodsPage::Locks />
            <PageHead
                title="Let somebody through"
                explain=help::pages::LOCKS
                line="One person may enter, change and take back what lies in the locked days, from a day on and for a while. \
                For everybody \
                else the locks hold as before."
            />
            <div class="stack">
                <Notice title=view.locked>
                    "What they do in days that are closed or locked for everyone is shown as changed since close."
                </Notice>
                <Form state=view.form>
                    <div class="sheet stack narrow">
                        <div class="fields">
                            <Select name="person" label="Whom" options=view.people class="long" />
                        </div>
                        <div class="fields">
                            <DateInput name="from_day" label="From this day on" />
                            <Select name="length" label="For" options=view.lengths hint="At most 30 days; you can end it sooner." />
                        </div>
                        <div class="fields">
                            <TextInput name="reason" label="Why" max_length=500 class="long" hint="It stays in the history." />
                        </div>
                        <div class="actions">
                            <SubmitButton action=action::GRANT class="primary">
                                "Let them through"
                            </SubmitButton>
                            <a class="btn quiet" href=locks>"Cancel"</a>
                        </div>
                    </div>
                </Form>
            </div>
        </Frame>
    }
}
