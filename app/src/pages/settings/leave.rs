//! Leaving a company.

use leptos::prelude::*;

use super::SettingsFrame;
use crate::components::{Form, SubmitButton};
use crate::forms::FormState;
use crate::view::frame::FrameView;
use crate::view::people::action;
use crate::view::settings::{SettingsNav, SettingsRoom};

/// The question whether to leave.
#[component]
pub fn LeavePage(frame: FrameView, nav: SettingsNav, form: FormState) -> impl IntoView {
    let back = SettingsRoom::Company.path(&frame.company.slug);
    let title = format!("Leave {}", frame.company.name);
    view! {
        <SettingsFrame frame nav title line="The company and its books stay; you cannot enter them any more.">
            <Form state=form>
                <div class="sheet">
                    <p>
                        "What you recorded stays under your name. Invitations that you made and nobody took are withdrawn. "
                        "To come back, an admin of the company has to invite you again."
                    </p>
                </div>
                <div class="actions">
                    <SubmitButton action=action::LEAVE class="danger">
                        "Leave the company"
                    </SubmitButton>
                    <a class="btn quiet" href=back>"Stay"</a>
                </div>
            </Form>
        </SettingsFrame>
    }
}
