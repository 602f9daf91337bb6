//! Adding an account to the chart, and changing one.

use leptos::prelude::*;

use super::{AccountingTabs, Tab};
use crate::components::{
    CheckBox, ChoiceList, Control, Field, Form, Notice, Select, SubmitButton, TextArea, TextInput, Tone,
};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::pages::journal_form::Conflict;
use crate::view::accounting::account::{AccountFormView, ExistingAccount, KindGroup, cash_flow_options};
use crate::view::frame::FrameView;

const PARENTS: &str = "parents";

/// The page around the form.
#[component]
pub fn AccountFormPage(frame: FrameView, #[prop(into)] title: String, view: AccountFormView) -> impl IntoView {
    let line = match &view.account {
        Some(_) => "A new name or number shows everywhere at once, also in reports of earlier periods.",
        None => "An account collects amounts of one kind. Its type decides where it stands in reports.",
    };
    let (save, back) = match &view.account {
        Some(account) => ("Save the change", account.href.clone()),
        None => ("Add the account", format!("/c/{}/accounting", view.slug)),
    };
    let is_system = view.account.as_ref().is_some_and(|account| account.purpose.is_some());
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug.clone() current=Tab::Chart />
            <PageHead title line explain=help::pages::CHART />
            {view.conflict.map(|conflict| view! { <Conflict view=conflict /> })}
            <div class="narrow">
                <Form state=view.form>
                    <div class="sheet stack">
                        <KindSelect
                            kinds=view.kinds
                            hint=match (is_system, view.account.is_some()) {
                                (true, _) => "CarteFi itself books to this account, so it keeps its type.",
                                (false, true) => "Another type moves all its lines to that part of every report, with its subaccounts. Only types \
                                of the same statement are offered: to make an expense an asset, move its amount with a journal \
                                entry in the open year.",
                                (false, false) => "The type in bold, below it its detail types: a finer kind, as QuickBooks names it.",
                            }
                        />
                        {view.account.clone().map(|account| view! { <Moving account /> })}
                        <div class="fields">
                            <TextInput
                                name="number"
                                label="Number"
                                optional=true
                                max_length=20
                                class="short"
                                hint=help::field("account", "number")
                            />
                            <TextInput name="name" label="Name" max_length=100 class="long" />
                        </div>
                        <TextInput
                            name="parent"
                            label="Subaccount of"
                            optional=true
                            list=PARENTS
                            hint="An account of the same type that this one is part of. Reports add it up there."
                        />
                        <TextArea
                            name="description"
                            label="Description"
                            optional=true
                            max_length=1000
                            hint="What belongs here, for whoever codes a line."
                        />
                        <div class="fields">
                            <TextInput
                                name="tax_line"
                                label="Tax line"
                                optional=true
                                max_length=40
                                class="short"
                                hint="The tax form’s line, such as Schedule C 18."
                            />
                            <Select
                                name="cash_flow"
                                label="Statement of cash flows"
                                options=cash_flow_options()
                                hint="Change it for what its type says wrong: a loan due within a year, or the gain on a sale of equipment, which is investing."
                            />
                        </div>
                        <Existing account=view.account />
                    </div>
                    <ChoiceList id=PARENTS choices=view.parents />
                    <div class="actions">
                        <SubmitButton action="save" class="primary">
                            {save}
                        </SubmitButton>
                        <a class="btn quiet" href=back>
                            "Back"
                        </a>
                    </div>
                </Form>
            </div>
        </Frame>
    }
}

/// Type and detail type in one choice, so that they always fit each other.
#[component]
fn KindSelect(kinds: Vec<KindGroup>, hint: &'static str) -> impl IntoView {
    let control = Control::new("kind", true);
    let chosen = control.value();
    let group = move |group: KindGroup| {
        view! {
            <optgroup label=group.label>
                {group
                    .options
                    .into_iter()
                    .map(|option| {
                        let selected = option.value == chosen;
                        view! {
                            <option value=option.value selected=selected>
                                {option.label}
                            </option>
                        }
                    })
                    .collect_view()}
            </optgroup>
        }
    };
    view! {
        <Field name="kind" label="Type and detail type" hint>
            <select
                id=control.id()
                name="kind"
                aria-invalid=control.invalid()
                aria-describedby=control.described_by()
            >
                {kinds.into_iter().map(group).collect_view()}
            </select>
        </Field>
    }
    .into_any()
}

/// What another type moves, said before it is asked for, and the box that agrees to it.
#[component]
fn Moving(account: ExistingAccount) -> impl IntoView {
    // A system account keeps its type, but not its place in the cash flows.
    let what = account.moves.what.filter(|_| account.purpose.is_none() || account.asks);
    what.map(|what| {
        let locked = account.moves.locked.clone().unwrap_or_default();
        match account.asks {
            true => view! {
                <Notice tone=Tone::Warn title="This moves history in the reports">
                    <p>{what}</p>
                    <MovesBox locked />
                </Notice>
            }
            .into_any(),
            false => view! { <p class="hint">{format!("{what} {locked}")}</p> }.into_any(),
        }
    })
}

/// The box that agrees to what moves, with its message; the summary of errors leads to it.
#[component]
pub(super) fn MovesBox(
    /// What of it lies in locked periods.
    #[prop(into)]
    locked: String,
) -> impl IntoView {
    let control = Control::new("moves_locked", false);
    view! {
        <div id=control.id() tabindex="-1">
            <CheckBox name="moves_locked" label="Move all of it" hint=locked />
            {control.message()}
        </div>
    }
    .into_any()
}

/// Whether the account is still used: asked only where the answer may be no.
#[component]
fn Existing(account: Option<ExistingAccount>) -> impl IntoView {
    account.map(|account| match account.purpose {
        Some(purpose) => view! {
            <p class="hint">
                {format!("CarteFi itself books to this account: {purpose}. So it stays active; you can rename and renumber it.")}
            </p>
        }
        .into_any(),
        None => view! {
            {account.open.map(|words| view! { <Notice tone=Tone::Info title=words /> })}
            <CheckBox
                name="active"
                label="Active"
                hint="An inactive account keeps its lines and stays in reports, and nothing new can be entered on it."
            />
        }
        .into_any(),
    })
}
