//! What an entry, or a template of entries, says beside its lines.

use leptos::prelude::*;

use crate::components::{CheckBox, Control, DateInput, Select, SelectOption, TextInput};
use crate::help;
use crate::view::accounting::opening::DIFFERENCE_TO_EQUITY;
use crate::view::journal::{FAR_AHEAD, Layout, REVERSE_ON, mark};
use crate::view::recurring::{KEEPS_DRAFTS, POSTS, field};

/// What stands above the lines.
#[component]
pub fn Heads(layout: Layout) -> impl IntoView {
    match layout {
        Layout::Journal => view! {
            <div class="fields">
                <DateInput name="date" label="Date" />
                <TextInput
                    name="reference"
                    label="Reference"
                    optional=true
                    max_length=100
                    class="short"
                    hint=help::field("journal", "reference")
                />
                <TextInput
                    name="memo"
                    label="Memo"
                    optional=true
                    max_length=4000
                    class="long"
                    hint=help::field("journal", "memo")
                />
            </div>
            <FarAhead />
        }
        .into_any(),
        Layout::Template => view! { <TemplateHeads /> }.into_any(),
        Layout::Opening => ().into_any(),
    }
}

/// The box that confirms a day far ahead: there once it is asked for.
#[component]
fn FarAhead() -> impl IntoView {
    let control = Control::new(FAR_AHEAD, false);
    let is_asked = control.is_refused() || !control.value().is_empty();
    view! {
        <div id=control.id() tabindex="-1" hidden=!is_asked>
            <CheckBox name=FAR_AHEAD label="The date is right: it is more than a year ahead" />
            {control.message()}
        </div>
    }
    .into_any()
}

/// The name of a template, and when it is due.
#[component]
fn TemplateHeads() -> impl IntoView {
    let units = vec![
        SelectOption::new("", "By hand only"),
        SelectOption::new("week", "Weeks"),
        SelectOption::new("month", "Months"),
        SelectOption::new("year", "Years"),
    ];
    let makes = vec![
        SelectOption::new(POSTS, "Post the entry"),
        SelectOption::new(KEEPS_DRAFTS, "Keep a draft to look at"),
    ];
    view! {
        <div class="fields">
            <TextInput name=field::NAME label="Name of the template" max_length=100 class="long" />
            <TextInput name="reference" label="Reference" optional=true max_length=100 class="short" />
            <TextInput name="memo" label="Memo" optional=true max_length=4000 class="long" />
        </div>
        <fieldset class="schedule">
            <legend>"When it is due"</legend>
            <div class="fields">
                <TextInput name=field::STEP label="Every" input_class="num" max_length=2 class="tiny" />
                <Select
                    name=field::UNIT
                    label="Unit"
                    options=units
                    class="short"
                    hint=help::field("template", field::UNIT)
                />
                <DateInput name=field::STARTS_ON label="First day" hint=help::field("template", field::STARTS_ON) />
                <DateInput
                    name=field::ENDS_ON
                    label="Last day"
                    optional=true
                    hint=help::field("template", field::ENDS_ON)
                />
                <Select name=field::MAKES label="When due" options=makes hint=help::field("template", field::MAKES) />
            </div>
            <p class="hint" role="status" data-live="preview"></p>
            <p class="small muted">
                "Counted from the first day: the 31st is the last day of shorter months. Days that have passed are entered at once. What an \
                entry leaves owed is due on its own day."
            </p>
        </fieldset>
    }
    .into_any()
}

/// What stands below the lines: marks, and a reversal.
#[component]
pub fn Options(layout: Layout, is_new: bool) -> impl IntoView {
    let marks = || {
        view! {
            <CheckBox
                name=mark::ADJUSTING
                label="Adjusting entry"
                hint="Made at the end of a period to set its reports right. The trial balance shows it in columns of its own."
            />
            <CheckBox
                name=mark::ACCRUAL_ONLY
                label="Accrual only"
                hint="Reports on the cash basis leave it out."
            />
        }
    };
    match layout {
        Layout::Opening => view! {
            <CheckBox
                name=DIFFERENCE_TO_EQUITY
                label="Put the difference on Opening Balance Equity"
                hint="Save what you have now and find the rest later: the set-up is complete when that account is back at zero."
            />
        }
        .into_any(),
        Layout::Journal => view! {
            <div class="entry-options">
                {marks()}
                {is_new
                    .then(|| {
                        view! {
                            <TextInput
                                name=REVERSE_ON
                                label="Reverse on"
                                optional=true
                                placeholder="MM/DD/YYYY"
                                max_length=20
                                hint="For an accrual: a second entry takes this one back that day."
                            />
                        }
                    })}
            </div>
        }
        .into_any(),
        Layout::Template => view! {
            <div class="entry-options">
                {marks()}
                <CheckBox
                    name=field::REVERSING
                    label="Reverse each one"
                    hint="For accruals: a second entry takes each one back on the first day of the month after it."
                />
            </div>
        }
        .into_any(),
    }
}
