//! The company's tax id: masked, shown in clear once, set.

use leptos::prelude::*;

use super::SettingsFrame;
use crate::components::{Form, HiddenFields, Notice, SubmitButton, TextInput, Tone};
use crate::forms::ACTION;
use crate::view::frame::FrameView;
use crate::view::settings::{SettingsNav, TaxIdView, action};

/// The room of the tax id.
#[component]
pub fn TaxIdPage(frame: FrameView, nav: SettingsNav, view: TaxIdView) -> impl IntoView {
    let is_set = view.masked.is_some();
    view! {
        <SettingsFrame
            frame
            nav
            title="Tax id"
            line="Sealed under the company’s own key. Each look at it is recorded in the history."
        >
            {view.is_saved.then(|| view! { <Notice tone=Tone::Good title="Saved." /> })}
            <div class="sheet">
                {match (view.revealed, view.masked) {
                    (Some(number), _) => {
                        view! {
                            <p class="figure">{number}</p>
                            <p class="muted">"That you saw it is recorded. Leave this page and it is masked again."</p>
                        }
                            .into_any()
                    }
                    (None, Some(masked)) => {
                        view! {
                            <p class="figure">
                                <span aria-hidden="true">{masked.clone()}</span>
                                <span class="sr">
                                    {format!("Masked. It ends in {}", masked.trim_start_matches('•'))}
                                </span>
                            </p>
                            <form method="post">
                                <HiddenFields state=view.reveal />
                                <button class="btn" name=ACTION value=action::REVEAL>
                                    "Show it"
                                </button>
                            </form>
                        }
                            .into_any()
                    }
                    (None, None) => view! { <p class="muted">"No tax id is set."</p> }.into_any(),
                }}
            </div>
            {view
                .may_set
                .then(|| {
                    view! {
                        <Form state=view.form>
                            <div class="sheet">
                                <div class="fields">
                                    <TextInput
                                        name="tax_id"
                                        label=if is_set { "Another tax id" } else { "Tax id" }
                                        optional=true
                                        max_length=20
                                        hint="An EIN, as 12-3456789, or a Social Security number. Empty removes it."
                                    />
                                </div>
                            </div>
                            <div class="actions">
                                <SubmitButton action=action::SET class="primary">
                                    "Save the tax id"
                                </SubmitButton>
                            </div>
                        </Form>
                    }
                })}
        </SettingsFrame>
    }
}
