//! Splitting a line: a page that works as plain HTML, and an island that says while one types what remains.

use ledger::money::{Currency, format_amount, parse_amount_or_sum};
use leptos::context::Provider;
use leptos::ev;
use leptos::prelude::*;

use crate::components::{ChoiceList, Control, ErrorSummary, HiddenFields, LocksAddress, ReturnedNotice, SubmitButton};
use crate::forms::{ACTION, Choice, FieldError, find_choice};
use crate::frame::{Frame, PageHead};
use crate::live_form::{LiveForm, move_on_with_enter};
use crate::view::banking::split::{
    MAX_PARTS, MORE_PARTS, PART_COUNT, PARTS, PartField, SplitFormView, action, remaining, remaining_words,
};
use crate::view::frame::FrameView;

const ACCOUNTS: &str = "accounts";
const CONTACTS: &str = "contacts";

/// The page around the form.
#[component]
pub fn SplitPage(
    frame: FrameView,
    #[prop(into)] title: String,
    #[prop(into)] line: String,
    view: SplitFormView,
) -> impl IntoView {
    let locks = frame.locks.clone();
    view! {
        <Frame view=frame>
            <PageHead title line />
            <SplitForm view locks />
        </Frame>
    }
}

/// The form of a split.
#[island]
pub fn SplitForm(
    view: SplitFormView,
    /// Where the locks are moved, for those who may.
    locks: Option<String>,
) -> impl IntoView {
    provide_context(LocksAddress(locks));
    let (currency, total) = (view.currency, view.total);
    let live = LiveForm::new(&view.form);
    let parts = RwSignal::new(view.part_indices());
    let rest = RwSignal::new(remaining(total, currency, view.form.pairs()));

    let add_up = move || {
        if let Some(pairs) = live.pairs() {
            let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            rest.set(remaining(total, currency, pairs));
        }
    };
    // What the browser restored, or was typed before the island woke, counts too.
    Effect::new(move |_| add_up());

    let on_input = move |event: ev::Event| {
        add_up();
        live.typed(&event, PARTS);
    };
    let stored = StoredValue::new(view.clone());
    let on_change = move |event: ev::Event| {
        live.left(&event, |name, value| {
            stored.with_value(|view| completed(view, name, value))
        });
    };

    let hidden = view.form.clone();
    let context = live.context(view.form);
    let back = view.back;
    view! {
        <form
            class="form"
            method="post"
            novalidate
            node_ref=live.element
            aria-busy=move || live.busy()
            on:input=on_input
            on:change=on_change
            on:keydown=move |event| move_on_with_enter(&event)
            on:submit=move |event| live.submit(&event)
        >
            <HiddenFields state=hidden.clone() />
            <ReturnedNotice state=hidden />
            <ErrorSummary errors=live.refused />
            <Provider value=context>
                <div class="sheet">
                    <Parts parts rest total currency />
                </div>
            </Provider>
            <ChoiceList id=ACCOUNTS choices=view.accounts />
            <ChoiceList id=CONTACTS choices=view.contacts />
            <div class="entry-actions">
                <span class="small muted wide">"An amount may be a sum: 12*40."</span>
                <span class="spacer"></span>
                <a class="btn quiet" href=back>"Cancel"</a>
                <SubmitButton action=action::SPLIT class="primary">
                    "Add the split"
                </SubmitButton>
            </div>
        </form>
    }
}

/// The parts, and what they leave.
#[component]
fn Parts(parts: RwSignal<Vec<usize>>, rest: RwSignal<i64>, total: i64, currency: Currency) -> impl IntoView {
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    let count = move || parts.with(Vec::len).to_string();
    let is_full = move || parts.with(|parts| parts.len() >= MAX_PARTS);
    let words = move || {
        let (is_even, words) = remaining_words(rest.get(), currency);
        let class = if is_even { "balance even" } else { "balance uneven" };
        view! { <span class=class>{words}</span> }
    };
    view! {
        <table class="rows lines parts">
            <caption class="sr">"Parts of the line"</caption>
            <thead>
                <tr>
                    <th scope="col" class="line-no"><span class="sr">"Part"</span></th>
                    {PartField::ALL.map(|field| view! { <th scope="col" class=class(field)>{field.label()}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody>
                <For each=move || parts.get() key=|index| *index let:index>
                    <Part index />
                </For>
            </tbody>
            <tfoot>
                <tr>
                    <td colspan="4" class="tools">
                        <input type="hidden" name=PART_COUNT value=count />
                        <button
                            class="btn sm quiet"
                            name=ACTION
                            value=action::ADD_PARTS
                            disabled=is_full
                            on:click=move |event| {
                                event.prevent_default();
                                add_parts(parts);
                            }
                        >
                            "Add two parts"
                        </button>
                        // With the island the sum is always current.
                        <button class="btn sm quiet" name=ACTION value=action::RECALCULATE hidden=move || is_awake.get()>
                            "Recalculate"
                        </button>
                        <span role="status">{words}</span>
                    </td>
                    <td class="num" data-label="The line">{format_amount(total, currency)}</td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}

const fn class(field: PartField) -> &'static str {
    match field {
        PartField::Account => "account",
        PartField::Description => "text",
        PartField::Contact => "name",
        PartField::Amount => "money num",
    }
}

#[component]
fn Part(index: usize) -> impl IntoView {
    view! {
        <tr>
            <th scope="row" class="line-no">{index + 1}</th>
            {PartField::ALL
                .map(|field| {
                    view! {
                        <td class=class(field)>
                            <PartInput index field />
                        </td>
                    }
                })
                .collect_view()}
        </tr>
    }
}

#[component]
fn PartInput(index: usize, field: PartField) -> impl IntoView {
    let name = field.name(index);
    let control = Control::new(&name, false);
    let list = match field {
        PartField::Account => Some(ACCOUNTS),
        PartField::Contact => Some(CONTACTS),
        PartField::Description | PartField::Amount => None,
    };
    let placeholder = match field {
        PartField::Account if index == 0 => Some("Number or name"),
        PartField::Contact if index == 0 => Some("With whom"),
        _ => None,
    };
    view! {
        <div class="field">
            <label for=control.id()>
                {field.label()} <span class="sr">{format!(", part {}", index + 1)}</span>
            </label>
            <input
                class=if field == PartField::Amount { "num" } else { "" }
                id=control.id()
                name=name
                value=control.value()
                list=list
                placeholder=placeholder
                maxlength="200"
                autocomplete="off"
                aria-invalid=control.invalid()
                aria-describedby=control.described_by()
            />
            {control.message()}
        </div>
    }
}

fn add_parts(parts: RwSignal<Vec<usize>>) {
    parts.update(|parts| {
        let next = parts.last().map_or(0, |last| last + 1);
        let room = MAX_PARTS.saturating_sub(next).min(MORE_PARTS);
        parts.extend(next..next + room);
    });
}

/// The field's value written out as one leaves it; none when it stays as it was typed.
fn completed(view: &SplitFormView, name: &str, typed: &str) -> Result<Option<String>, FieldError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let choose = |choices: &[Choice], kind| {
        find_choice(choices, typed)
            .map(Choice::label)
            .map_err(|error| error.message(kind))
    };
    let completed = match PartField::parse(name) {
        Some((_, PartField::Account)) => choose(&view.accounts, "a category"),
        Some((_, PartField::Contact)) => choose(&view.contacts, "a customer or vendor"),
        Some((_, PartField::Amount)) => parse_amount_or_sum(typed, view.currency)
            .map(|amount| format_amount(amount, view.currency))
            .map_err(|error| error.to_string()),
        Some((_, PartField::Description)) | None => return Ok(None),
    };
    completed.map(Some).map_err(|message| FieldError::at(name, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::FormState;

    #[test]
    fn leaving_a_field_of_a_part_writes_out_what_was_meant_or_says_what_is_wrong() {
        let choice = |id, name: &str| Choice {
            id,
            number: None,
            name: name.to_owned(),
        };
        let view = SplitFormView {
            total: 10_000,
            is_out: true,
            currency: Currency::USD,
            accounts: vec![choice(1, "Meals"), choice(2, "Supplies")],
            contacts: vec![choice(9, "Cedar Property")],
            back: "/".to_owned(),
            form: FormState::new("k"),
        };
        let completed = |name, typed| completed(&view, name, typed);
        assert_eq!(completed("splits.0.account", "sup"), Ok(Some("Supplies".to_owned())));
        assert_eq!(
            completed("splits.1.contact", "property"),
            Ok(Some("Cedar Property".to_owned()))
        );
        assert_eq!(completed("splits.0.amount", "12*5"), Ok(Some("60.00".to_owned())));
        assert_eq!(completed("splits.0.description", "12*5"), Ok(None));
        for (name, typed) in [("splits.0.account", "Payroll"), ("splits.0.amount", "abc")] {
            assert!(completed(name, typed).is_err_and(|error| error.field == name));
        }
    }
}
