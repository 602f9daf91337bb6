//! Where a person is signed in, with the ways to end it, and their sign-ins of the past.

use leptos::prelude::*;

use crate::components::{ColumnHead, Confirm, DataTable, Form, Notice, Panel, SubmitButton, Tag, Tone};
use crate::frame::{PageHead, PlainFrame};
use crate::help;
use crate::theme::Theme;
use crate::view::sessions::{Moment, SessionRow, SessionsView, SignInRow, action};

/// A person's own page, outside any company.
#[component]
pub fn SessionsPage(
    view: SessionsView,
    /// The name of who is signed in.
    person: String,
    theme: Theme,
) -> impl IntoView {
    let count = view.sessions.len();
    let line = match (count, view.is_cut) {
        (1, _) => "In this browser, and nowhere else.".to_owned(),
        (several, false) => format!("In {several} browsers. End those that you do not know."),
        (several, true) => format!("In more than {several} browsers; these were seen last."),
    };
    view! {
        <PlainFrame theme address="/account/sessions" person>
            <div class="medium stack sessions">
                <PageHead title="Where you are signed in" line explain=help::pages::SESSIONS>
                    <a class="btn" href="/companies">"Your companies"</a>
                </PageHead>
                {view.notice.map(|title| view! { <Notice tone=Tone::Good title /> })}
                <Form state=view.form>
                    <SessionTable sessions=view.sessions />
                    <div class="row ends">
                        {(count > 1)
                            .then(|| {
                                view! {
                                    <SubmitButton action=action::OTHERS>"Sign out everywhere else"</SubmitButton>
                                }
                            })}
                        <Confirm
                            open="Sign out everywhere…"
                            question="Every browser is signed out at its next click, this one at once. What somebody is \
                            typing just then is kept for an hour and comes back when they sign in again. Nothing in your books changes."
                            button="Sign out everywhere"
                            action=action::ALL
                        />
                    </div>
                </Form>
                <Meaning />
                <History history=view.history />
            </div>
        </PlainFrame>
    }
}

#[component]
fn SessionTable(sessions: Vec<SessionRow>) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Device" />
            <ColumnHead text="Signed in" />
            <ColumnHead text="Last seen" />
            <ColumnHead text="End it" hidden=true />
        }
    };
    view! {
        <DataTable caption="Browsers in which you are signed in" head>
            {sessions.into_iter().map(|row| view! { <Session row /> }).collect_view()}
        </DataTable>
    }
    .into_any()
}

#[component]
fn Session(row: SessionRow) -> impl IntoView {
    let end = format!("{}{}", action::ONE, row.handle);
    let of = format!(": {}", row.device);
    view! {
        <tr>
            <th scope="row" class="what">
                {row.device} {row.is_this.then(|| view! { " " <Tag tone=Tone::Good text="this browser" /> })}
                <span class="sub">{row.how}</span>
            </th>
            <td class="when">
                <span class="on-card">"Signed in "</span>
                <Time at=row.since />
            </td>
            <td class="why seen">
                <span class="on-card">"Last seen "</span>
                <Time at=row.last_seen />
            </td>
            <td class="act">
                <SubmitButton action=end class="sm">
                    {if row.is_this { "Sign out" } else { "End" }}
                    <span class="sr">{of}</span>
                </SubmitButton>
            </td>
        </tr>
    }
    .into_any()
}

/// How long ago, and below it exactly.
#[component]
fn Time(at: Moment) -> impl IntoView {
    view! {
        <time datetime=at.machine>
            {at.words} " " <span class="sub">{at.exact}</span>
        </time>
    }
    .into_any()
}

#[component]
fn Meaning() -> impl IntoView {
    view! {
        <Panel title="What this means">
            <p>
                "The device is what the browser says of itself: a hint, no proof. A second step is shown where the sign-in service "
                "states one. A session ends by itself 15 minutes after its last click and at the latest after 8 hours."
            </p>
            <p>
                "Somebody there whom you do not know? End it, then change your password at the sign-in service: CarteFi keeps none."
            </p>
        </Panel>
    }
    .into_any()
}

#[component]
fn History(history: Vec<SignInRow>) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Device" />
            <ColumnHead text="When" />
            <ColumnHead text="How" />
        }
    };
    view! {
        <h2>"Your sign-ins"</h2>
        <p class="muted">"The last 50, those that were refused too. They stay recorded and nobody can remove them."</p>
        <DataTable caption="Your sign-ins, the latest first" head>
            {history
                .into_iter()
                .map(|row| {
                    view! {
                        <tr>
                            <th scope="row" class="what">
                                {row.device}
                                {row.refused.is_some().then(|| view! { " " <Tag tone=Tone::Warn text="refused" /> })}
                            </th>
                            <td class="when"><Time at=row.at /></td>
                            <td class="why">{row.refused.unwrap_or(row.how)}</td>
                        </tr>
                    }
                })
                .collect_view()}
        </DataTable>
    }
    .into_any()
}
