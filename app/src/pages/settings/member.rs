//! One member: the role, and the way out.

use ledger::dates::format_date;
use leptos::prelude::*;

use super::{RoleChoice, SettingsFrame};
use crate::components::{Confirm, Form, SubmitButton};
use crate::view::frame::FrameView;
use crate::view::people::{MemberView, action};
use crate::view::settings::{SettingsNav, SettingsRoom};

/// The page of one member.
#[component]
pub fn MemberPage(frame: FrameView, nav: SettingsNav, view: MemberView) -> impl IntoView {
    let back = SettingsRoom::People.path(&view.slug);
    let leave = format!("/c/{}/settings/leave", view.slug);
    let member = view.member;
    let line = format!(
        "{} · in the company since {} · last signed in {}",
        member.email,
        format_date(member.since),
        format_date(member.signed_in_on)
    );
    let removal = view! {
        <Confirm
            open=format!("Remove {}…", member.name)
            question=format!(
                "{} cannot enter the company any more, from the next page on. What they recorded stays under their name, and invitations they made are withdrawn.",
                member.name,
            )
            button="Remove from the company"
            action=action::REMOVE
        />
    };
    view! {
        <SettingsFrame frame nav title=member.name.clone() line>
            <Form state=view.form>
                <div class="sheet">
                    <RoleChoice />
                    <p class="hint">"Another role holds from their next page on."</p>
                </div>
                <div class="actions">
                    <SubmitButton action=action::CHANGE_ROLE class="primary">
                        "Save the role"
                    </SubmitButton>
                    <a class="btn quiet" href=back>"Back to people"</a>
                </div>
                {if member.is_self {
                    view! { <p><a href=leave>"Leave the company…"</a></p> }.into_any()
                } else {
                    removal.into_any()
                }}
            </Form>
        </SettingsFrame>
    }
}
