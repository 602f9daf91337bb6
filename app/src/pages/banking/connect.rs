//! Connecting an account of the chart to the bank's.

use leptos::prelude::*;

use crate::components::{EmptyState, Form, Select, SubmitButton, TextInput};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::banking::{ConnectView, banking_path};
use crate::view::frame::FrameView;

/// The form.
#[component]
pub fn ConnectPage(frame: FrameView, view: ConnectView) -> impl IntoView {
    let chart = format!("/c/{}/accounting", view.slug);
    let back = banking_path(&view.slug);
    let has_accounts = !view.accounts.is_empty();
    view! {
        <Frame view=frame>
            <PageHead
                title="Connect an account"
                explain=help::pages::BANKING
                line="Statements of this account then find their place in the books by themselves."
            />
            {if has_accounts {
                view! {
                    <div class="narrow">
                        <Form state=view.form>
                            <Select
                                name="account"
                                label="Account of the books"
                                options=view.accounts
                                hint="Accounts of type Bank or Credit Card. One that is connected already gets the new number."
                            />
                            <TextInput
                                name="bank_number"
                                label="Number at the bank"
                                optional=true
                                max_length=64
                                hint="As the bank writes it. It is sealed: everybody sees its end, and showing it whole is recorded. \
                                The first import brings it by itself."
                            />
                            <div class="actions">
                                <SubmitButton action="connect" class="primary">
                                    "Connect the account"
                                </SubmitButton>
                                <a class="btn quiet" href=back>"Cancel"</a>
                            </div>
                        </Form>
                        <p class="small muted">"Not in the list? " <a href=chart>"Add it to the chart of accounts"</a>" first."</p>
                    </div>
                }
                    .into_any()
            } else {
                view! {
                    <EmptyState
                        title="The chart has no bank or card account"
                        text="Add one of type Bank or Credit Card to the chart of accounts, then connect it here."
                    >
                        <a class="btn primary" href=chart>"To the chart of accounts"</a>
                    </EmptyState>
                }
                    .into_any()
            }}
        </Frame>
    }
}
