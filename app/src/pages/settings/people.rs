//! Who may enter the company, and who is invited.

use ledger::dates::format_date;
use leptos::prelude::*;

use super::{RoleChoice, SettingsFrame};
use crate::components::{ColumnHead, DataTable, Form, HiddenFields, Notice, Panel, SubmitButton, Tag, TextInput, Tone};
use crate::forms::{ACTION, FormState};
use crate::view::frame::FrameView;
use crate::view::people::{InvitationRow, InvitationStanding, MemberRow, PeopleView, action, role_words};
use crate::view::settings::SettingsNav;

/// Members, the form of an invitation, invitations.
#[component]
pub fn PeoplePage(frame: FrameView, nav: SettingsNav, view: PeopleView) -> impl IntoView {
    let form = view.form;
    let withdrawal = form.clone();
    view! {
        <SettingsFrame frame nav title="People" line="Who may enter the company, and as what.">
            {view.done.map(|title| view! { <Notice tone=Tone::Good title /> })}
            {view.link.map(|link| view! { <NewLink link /> })}
            <Members members=view.members slug=view.slug />
            <Panel title="Invite somebody" aside="A link that lets one person in, for seven days">
                <Form state=form>
                    <RoleChoice />
                    <div class="fields">
                        <TextInput
                            name="email"
                            kind="email"
                            label="Only for this e-mail address"
                            optional=true
                            max_length=320
                            hint="Without one, whoever has the link can take it."
                        />
                    </div>
                    <div class="actions">
                        <SubmitButton action=action::INVITE class="primary">
                            "Make the link"
                        </SubmitButton>
                    </div>
                </Form>
            </Panel>
            {(!view.invitations.is_empty())
                .then(|| view! { <Invitations invitations=view.invitations form=withdrawal /> })}
        </SettingsFrame>
    }
}

/// The link just made. It is in a field, so that it can be selected whole.
#[component]
fn NewLink(link: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Good title="The invitation is made. Send this link to the person yourself.">
            <div class="field">
                <label for="invitation-link">"Link, shown this once"</label>
                <input class="code" id="invitation-link" readonly=true value=link />
            </div>
            <p class="small">
                "CarteFi keeps only a fingerprint of it. If it is lost, withdraw the invitation below and make another."
            </p>
        </Notice>
    }
}

#[component]
fn Members(members: Vec<MemberRow>, slug: String) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Name" />
            <ColumnHead text="Role" />
            <ColumnHead text="Since" />
            <ColumnHead text="Last signed in" class="wide" />
        }
    };
    view! {
        <DataTable caption="Members" head>
            {members
                .into_iter()
                .map(|member| {
                    let href = format!("/c/{slug}/settings/people/{}", member.id);
                    view! {
                        <tr>
                            <th scope="row" class="what">
                                <a href=href>{member.name}</a>
                                {member.is_self.then(|| view! { " " <Tag text="you" /> })}
                                <span class="sub">{member.email}</span>
                            </th>
                            <td class="how-much">{role_name(&member.role)}</td>
                            <td class="when">
                                <span class="on-phone-only">"Since "</span>
                                {format_date(member.since)}
                            </td>
                            <td class="wide nowrap muted">{format_date(member.signed_in_on)}</td>
                        </tr>
                    }
                })
                .collect_view()}
        </DataTable>
    }
}

#[component]
fn Invitations(invitations: Vec<InvitationRow>, form: FormState) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Invitation" />
            <ColumnHead text="Role" />
            <ColumnHead text="State" />
            <ColumnHead text="Actions" hidden=true />
        }
    };
    view! {
        <h2>"Invitations"</h2>
        <DataTable caption="Invitations" head>
            {invitations
                .into_iter()
                .map(|invitation| view! { <Invitation invitation form=form.clone() /> })
                .collect_view()}
        </DataTable>
    }
}

#[component]
fn Invitation(invitation: InvitationRow, form: FormState) -> impl IntoView {
    let whom = invitation.email.unwrap_or_else(|| "Whoever has the link".to_owned());
    let is_open = matches!(invitation.standing, InvitationStanding::Open(_));
    let (tone, tag, words) = match invitation.standing {
        InvitationStanding::Open(until) => (Tone::Info, "open", format!("until {}", format_date(until))),
        InvitationStanding::Used(by) => (Tone::Good, "accepted", format!("by {by}")),
        InvitationStanding::Withdrawn => (Tone::Plain, "withdrawn", String::new()),
        InvitationStanding::Expired(on) => (Tone::Plain, "expired", format!("on {}", format_date(on))),
    };
    view! {
        <tr>
            <th scope="row" class="what">
                {whom.clone()} <span class="sub">{format!("Invited by {}", invitation.invited_by)}</span>
            </th>
            <td class="how-much">{role_name(&invitation.role)}</td>
            <td class="why">
                <Tag tone text=tag />
                " "
                <span class="small muted">{words}</span>
            </td>
            <td class="act">
                {is_open
                    .then(|| {
                        view! {
                            <form method="post">
                                <HiddenFields state=form />
                                <input type="hidden" name="invitation" value=invitation.id />
                                <button class="btn sm" name=ACTION value=action::WITHDRAW>
                                    "Withdraw"
                                    <span class="sr">{format!(" the invitation for {whom}")}</span>
                                </button>
                            </form>
                        }
                    })}
            </td>
        </tr>
    }
}

fn role_name(code: &str) -> &'static str {
    role_words(code).map_or("", |role| role.name)
}
