//! Adding an account to the chart, and changing one.

use leptos::prelude::*;

use super::{AccountingTabs, Tab};
use crate::components::{CheckBox, ChoiceList, Form, Select, SubmitButton, TextInput};
use crate::frame::{Frame, PageHead};
use crate::view::accounting::chart::{AccountFormView, ExistingAccount, plain_words, type_options};
use crate::view::frame::FrameView;

const PARENTS: &str = "parents";

/// The page around the form.
#[component]
pub fn AccountFormPage(frame: FrameView, #[prop(into)] title: String, view: AccountFormView) -> impl IntoView {
    let chart = format!("/c/{}/accounting", view.slug);
    let line = match &view.account {
        Some(_) => "A new name or number shows everywhere at once, also in reports of earlier periods.",
        None => "An account collects amounts of one kind. Its type decides where it stands in reports.",
    };
    let lines = view.account.as_ref().map(|account| account.lines.clone());
    let save = if view.account.is_some() {
        "Save the change"
    } else {
        "Add the account"
    };
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug.clone() current=Tab::Chart />
            <PageHead title line>
                {lines.map(|href| view! { <a class="btn" href=href>"Its lines"</a> })}
            </PageHead>
            <div class="narrow">
                <Form state=view.form>
                    <div class="sheet stack">
                        <Type account=view.account.clone() />
                        <div class="fields">
                            <TextInput name="number" label="Number" optional=true max_length=20 class="short" />
                            <TextInput name="name" label="Name" max_length=100 class="long" />
                        </div>
                        <TextInput
                            name="parent"
                            label="Subaccount of"
                            optional=true
                            list=PARENTS
                            hint="An account of the same type that this one is part of. Reports add it up there."
                        />
                        <Existing account=view.account />
                    </div>
                    <ChoiceList id=PARENTS choices=view.parents />
                    <div class="actions">
                        <SubmitButton action="save" class="primary">
                            {save}
                        </SubmitButton>
                        <a class="btn quiet" href=chart>"Back to the chart"</a>
                    </div>
                </Form>
            </div>
        </Frame>
    }
}

/// The type: chosen once, then a fact.
#[component]
fn Type(account: Option<ExistingAccount>) -> impl IntoView {
    match account {
        None => view! {
            <Select name="type" label="Type" options=type_options() hint="It cannot be changed later." />
            <TextInput
                name="detail_type"
                label="Detail type"
                optional=true
                max_length=60
                hint="A finer kind in your own words, such as Savings or Supplies."
            />
        }
        .into_any(),
        Some(account) => view! {
            <dl class="facts">
                <dt>"Type"</dt>
                <dd>
                    {account.account_type.name()}
                    <span class="muted">{format!(": {}", plain_words(account.account_type))}</span>
                </dd>
                {account.detail_type.map(|detail| view! { <dt>"Detail type"</dt> <dd>{detail}</dd> })}
            </dl>
        }
        .into_any(),
    }
}

/// Whether the account is still used: asked only where the answer may be no.
#[component]
fn Existing(account: Option<ExistingAccount>) -> impl IntoView {
    account.map(|account| match account.is_system {
        true => view! {
            <p class="hint">
                "CarteFi itself books to this account, so it stays active. You can rename and renumber it."
            </p>
        }
        .into_any(),
        false => view! {
            <CheckBox
                name="active"
                label="Active"
                hint="An inactive account keeps its lines and stays in reports, and nothing new can be entered on it."
            />
        }
        .into_any(),
    })
}
