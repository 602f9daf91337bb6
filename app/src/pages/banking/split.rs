//! Splitting a line: a page that works as plain HTML, and an island that says while one types what remains.

mod at_work;

use ledger::money::{Currency, format_amount};
use leptos::context::Provider;
use leptos::prelude::*;

use self::at_work::SplitAtWork;
use crate::components::{
    ChoiceList, Control, ErrorSummary, FormContext, HiddenFields, Places, ReturnedNotice, SubmitButton,
};
use crate::forms::ACTION;
use crate::frame::{Frame, PageHead};
use crate::live_form::{RowMark, RowModel};
use crate::view::banking::split::{
    MAX_PARTS, PART_COUNT, PartField, SplitFormView, action, remaining, remaining_words,
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
    view! {
        <Frame view=frame>
            <PageHead title line />
            <SplitForm view />
        </Frame>
    }
}

/// The form of a split.
#[component]
pub fn SplitForm(view: SplitFormView) -> impl IntoView {
    let (reader, parts) = (view.reader(), view.part_indices());
    let (currency, total) = (view.currency, view.total);
    let rest = remaining(total, currency, view.form.pairs());
    let errors = view.form.errors().to_vec();
    view! {
        <SplitAtWork reader>
            <form class="form" method="post" novalidate data-split="" data-locks=Places::here().locks>
                <HiddenFields state=view.form.clone() />
                <ReturnedNotice state=view.form.clone() />
                <ErrorSummary errors />
                <Provider value=FormContext::fixed(view.form)>
                    <div class="sheet">
                        <Parts parts rest total currency />
                    </div>
                </Provider>
                <RowModel>
                    <Part row=RowMark::model() />
                </RowModel>
                <ChoiceList id=ACCOUNTS choices=view.accounts />
                <ChoiceList id=CONTACTS choices=view.contacts />
                <div class="entry-actions">
                    <span class="small muted wide">"An amount may be a sum: 12*40."</span>
                    <span class="spacer"></span>
                    <a class="btn quiet" href=view.back>"Cancel"</a>
                    <SubmitButton action=action::SPLIT class="primary">
                        "Add the split"
                    </SubmitButton>
                </div>
            </form>
        </SplitAtWork>
    }
    .into_any()
}

/// The parts, and what they leave.
#[component]
fn Parts(parts: Vec<usize>, rest: i64, total: i64, currency: Currency) -> impl IntoView {
    let (count, is_full) = (parts.len().to_string(), parts.len() >= MAX_PARTS);
    let (class, words) = rest_words(rest, currency);
    view! {
        <table class="rows lines parts">
            <caption class="sr">"Parts of the line"</caption>
            <thead>
                <tr>
                    <th scope="col" class="line-no"><span class="sr">"Part"</span></th>
                    {PartField::ALL.map(|field| view! { <th scope="col" class=class_of(field)>{field.label()}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody>{parts.into_iter().map(|index| view! { <Part row=RowMark::of(index) /> }).collect_view()}</tbody>
            <tfoot>
                <tr>
                    <td colspan="4" class="tools">
                        <input type="hidden" name=PART_COUNT value=count />
                        <button class="btn sm quiet" name=ACTION value=action::ADD_PARTS disabled=is_full>
                            "Add two parts"
                        </button>
                        // With the island the sum is always current.
                        <button class="btn sm quiet" name=ACTION value=action::RECALCULATE data-awake="">
                            "Recalculate"
                        </button>
                        <span role="status">
                            <span class=class data-live="rest">
                                {words}
                            </span>
                        </span>
                    </td>
                    <td class="num" data-label="The line">{format_amount(total, currency)}</td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}

/// What the parts leave, in words and in how they look.
fn rest_words(rest: i64, currency: Currency) -> (&'static str, String) {
    let (is_even, words) = remaining_words(rest, currency);
    (if is_even { "balance even" } else { "balance uneven" }, words)
}

const fn class_of(field: PartField) -> &'static str {
    match field {
        PartField::Account => "account",
        PartField::Description => "text",
        PartField::Contact => "name",
        PartField::Amount => "money num",
    }
}

#[component]
fn Part(row: RowMark) -> impl IntoView {
    let fields = PartField::ALL.map(|field| {
        view! {
            <td class=class_of(field)>
                <PartInput row=row.clone() field />
            </td>
        }
    });
    view! {
        <tr data-index=row.index.clone()>
            <th scope="row" class="line-no">{row.number.clone()}</th>
            {fields.collect_view()}
        </tr>
    }
}

#[component]
fn PartInput(row: RowMark, field: PartField) -> impl IntoView {
    let name = field.name(&row.index);
    let control = Control::new(&name, false);
    let list = match field {
        PartField::Account => Some(ACCOUNTS),
        PartField::Contact => Some(CONTACTS),
        PartField::Description | PartField::Amount => None,
    };
    let placeholder = match field {
        PartField::Account if row.is_first() => Some("Number or name"),
        PartField::Contact if row.is_first() => Some("With whom"),
        _ => None,
    };
    view! {
        <div class="field">
            <label for=control.id()>
                {field.label()} <span class="sr">{format!(", part {}", row.number)}</span>
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::live_form::drawn_and_made;

    #[test]
    fn a_part_that_the_browser_adds_is_one_that_the_server_would_draw() {
        let (drawn, made) = drawn_and_made(3, |row| view! { <Part row /> });
        assert_eq!(made, drawn);
        assert!(
            drawn.contains(r#"name="splits.3.amount""#) && drawn.contains(", part 4"),
            "{drawn}"
        );
    }
}
