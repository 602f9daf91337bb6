//! An account's number in clear: asked for by a form, shown in its answer, once.

use leptos::prelude::*;

use crate::components::{Form, SubmitButton};
use crate::frame::{Frame, PageHead};
use crate::view::banking::{NumberView, banking_path};
use crate::view::frame::FrameView;

/// The question, or the answer.
#[component]
pub fn NumberPage(frame: FrameView, view: NumberView) -> impl IntoView {
    let back = banking_path(&view.slug);
    let title = view.account.title();
    view! {
        <Frame view=frame>
            <PageHead title line="The number that the bank has for this account." />
            <div class="stack narrow">
                {match view.number {
                    Some(number) => {
                        view! {
                            <p class="secret"><code>{number}</code></p>
                            <p class="muted">
                                "It is shown this once and stays out of the browser’s cache. The audit log says who saw it and when."
                            </p>
                            <div class="actions"><a class="btn" href=back>"Back to Banking"</a></div>
                        }
                            .into_any()
                    }
                    None => {
                        view! {
                            <p>"The number is sealed. Showing it is recorded in the audit log under your name."</p>
                            <Form state=view.form>
                                <div class="actions">
                                    <SubmitButton action="reveal" class="primary">
                                        "Show the number"
                                    </SubmitButton>
                                    <a class="btn quiet" href=back>"Cancel"</a>
                                </div>
                            </Form>
                        }
                            .into_any()
                    }
                }}
            </div>
        </Frame>
    }
}
