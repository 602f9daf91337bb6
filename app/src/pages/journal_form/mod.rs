//! Writing an entry: a page that works as plain HTML, and an island that adds up while one types. The opening entry is
//! written in the same form, with other columns.

mod heads;
mod line;
mod paste;
mod typing;

use std::collections::BTreeSet;

use ledger::money::{Currency, format_amount};
use leptos::context::Provider;
use leptos::ev;
use leptos::prelude::*;

use self::heads::{Heads, Options};
use self::line::Line;
use self::paste::{PasteRows, rows_at_line};
use crate::components::{
    ChoiceList, ContactsAddress, Control, ErrorSummary, HiddenFields, LocksAddress, ReturnedNotice, SubmitButton,
};
use crate::forms::{ACTION, FieldError, field_id};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::live_form::{LiveForm, move_on_with_enter, post_with_enter};
use crate::pages::accounting::{AccountingTabs, DifferenceTable, Tab};
use crate::view::accounting::entry::ConflictView;
use crate::view::frame::FrameView;
use crate::view::journal::{
    Filled, JournalFormView, LINE_COUNT, LINES, Layout, LineField, MAX_LINES, MORE_LINES, PASTED, Totals, action,
    copied_down, filled,
};
use crate::view::recurring::{Preview, read_schedule};

/// The page around the form.
#[component]
pub fn JournalFormPage(
    frame: FrameView,
    #[prop(into)] title: String,
    #[prop(into)] line: String,
    view: JournalFormView,
    /// What somebody else saved meanwhile.
    conflict: Option<ConflictView>,
) -> impl IntoView {
    let (slug, locks) = (frame.company.slug.clone(), frame.locks.clone());
    let company = company_address(&frame);
    view! {
        <Frame view=frame>
            <AccountingTabs slug current=Tab::Journal />
            <PageHead title line explain=help::pages::JOURNAL_FORM />
            {conflict.map(|conflict| view! { <Conflict view=conflict /> })}
            <JournalForm view locks company />
        </Frame>
    }
}

/// The page around the form of a template.
#[component]
pub fn TemplateFormPage(
    frame: FrameView,
    #[prop(into)] title: String,
    view: JournalFormView,
    /// What somebody else saved meanwhile.
    conflict: Option<ConflictView>,
) -> impl IntoView {
    let (slug, locks) = (frame.company.slug.clone(), frame.locks.clone());
    let company = company_address(&frame);
    view! {
        <Frame view=frame>
            <AccountingTabs slug current=Tab::Recurring />
            <PageHead
                title
                explain=help::pages::RECURRING
                line="Every entry of it begins with these lines. A change counts from the next entry on; those that were made stay."
            />
            {conflict.map(|conflict| view! { <Conflict view=conflict /> })}
            <JournalForm view locks company />
        </Frame>
    }
}

/// What is saved now beside what was typed, and the choice between them.
#[component]
pub fn Conflict(view: ConflictView) -> impl IntoView {
    view! {
        <div class="notice warn" role="alert">
            <b>{view.what}</b>
            <p>
                "Nothing of yours is lost, and nothing of it is saved. Look at both: saving now puts what you typed, below, in the \
                place of what is saved."
            </p>
            <DifferenceTable differences=view.differences before="Saved now" after="Yours" />
            <p><a href=view.discard>"Give up mine and edit what is saved"</a></p>
        </div>
    }
}

/// The form of an entry.
#[island]
pub fn JournalForm(
    view: JournalFormView,
    /// Where the locks are moved, for those who may.
    locks: Option<String>,
    /// The company's address, for those who may add customers and vendors to it.
    company: Option<String>,
) -> impl IntoView {
    provide_context(LocksAddress(locks));
    let names = names_hint(&view, company.as_deref());
    provide_context(ContactsAddress(company));
    let currency = view.currency;
    let live = LiveForm::new(&view.form);
    let lines = RwSignal::new(view.line_indices());
    let totals = RwSignal::new(Totals::of(view.form.pairs(), currency));
    let preview = RwSignal::new(String::new());
    let due_lines = RwSignal::new(view.due_lines(view.form.pairs()));
    let stored = StoredValue::new(view.clone());

    let add_up = move || {
        if let Some(pairs) = live.pairs() {
            totals.set(Totals::of(borrowed(&pairs), currency));
            let due = stored.with_value(|view| view.due_lines(borrowed(&pairs)));
            if due_lines.with_untracked(|before| *before != due) {
                due_lines.set(due);
            }
            let words = stored.with_value(|view| preview_words(view, &pairs));
            if preview.with_untracked(|before| *before != words) {
                preview.set(words);
            }
        }
    };
    // What the browser restored, or was typed before the island woke, counts too.
    Effect::new(move |_| add_up());

    let on_input = move |event: ev::Event| {
        add_up();
        let typed_in = live.typed(&event, LINES).and_then(|name| LineField::parse(&name));
        let is_last = typed_in.is_some_and(|(index, _)| lines.with_untracked(|lines| lines.last() == Some(&index)));
        if is_last {
            add_lines(lines, 1);
        }
    };
    let on_change = move |event: ev::Event| {
        live.left(&event, |name, value| {
            stored.with_value(|view| typing::completed(view, name, value))
        });
        // An account written out from its beginning may be one whose amounts are due.
        add_up();
    };
    // What cannot be read of the rows gets its message where it stands, as if it had been typed.
    let fill = move |at: Option<(usize, LineField)>, text: &str| -> Result<(), String> {
        let pairs = live.pairs().unwrap_or_default();
        let drawn = lines.get_untracked();
        let layout = stored.with_value(|view| view.layout);
        let Filled { lines: all, fields } = filled(borrowed(&pairs), layout, &drawn, at, text)?;
        lines.set(all);
        add_lines(lines, 1);
        request_animation_frame(move || {
            let completed = |name: &str, value: &str| stored.with_value(|view| typing::completed(view, name, value));
            live.fill(fields, completed);
            add_up();
        });
        Ok(())
    };
    let on_paste = move |event: ev::ClipboardEvent| {
        if let Some((at, text)) = rows_at_line(&event) {
            event.prevent_default();
            if let Err(message) = fill(Some(at), &text) {
                live.refuse(FieldError::at(LINES, message));
            }
        }
    };
    let add_pasted = move || {
        let pairs = live.pairs().unwrap_or_default();
        let text = pairs
            .iter()
            .find(|(name, _)| name == PASTED)
            .map(|(_, text)| text.as_str());
        match fill(None, text.unwrap_or_default()) {
            Ok(()) => live.fill(vec![(PASTED.to_owned(), String::new())], |_, _| Ok(None)),
            Err(message) => live.refuse(FieldError::at(PASTED, message)),
        }
    };
    let copy_down = move || {
        let pairs = live.pairs().unwrap_or_default();
        live.fill(copied_down(borrowed(&pairs)), |_, _| Ok(None));
    };

    let hidden = view.form.clone();
    let is_new = view.is_new();
    let context = live.context(view.form);
    let (layout, is_issued) = (view.layout, view.is_issued);
    view! {
        <form
            class="form"
            method="post"
            action=view.post_to
            novalidate
            node_ref=live.element
            aria-busy=move || live.busy()
            on:input=on_input
            on:change=on_change
            on:paste=on_paste
            data-keys="entry"
            on:keydown=move |event| {
                move_on_with_enter(&event);
                post_with_enter(&event);
            }
            on:submit=move |event| live.submit(&event)
        >
            <HiddenFields state=hidden.clone() />
            <ReturnedNotice state=hidden />
            <ErrorSummary errors=live.refused />
            <Provider value=context>
                <div class="sheet">
                    <Heads layout preview />
                    <Lines lines due_lines totals currency layout copy_down />
                    {names}
                    {(layout != Layout::Opening).then(|| view! { <PasteRows layout on_add=add_pasted /> })}
                    <Options layout is_new />
                </div>
            </Provider>
            <ChoiceList id=line::ACCOUNTS choices=view.accounts />
            <ChoiceList id=line::CONTACTS choices=view.contacts />
            <Actions layout is_issued />
        </form>
    }
}

/// The company's address, where whoever looks may add customers and vendors.
fn company_address(frame: &FrameView) -> Option<String> {
    frame.may_import.then(|| format!("/c/{}", frame.company.slug))
}

/// Where names come from, while there are none to choose from.
fn names_hint(view: &JournalFormView, company: Option<&str>) -> Option<impl IntoView + use<>> {
    let is_asked = view.layout != Layout::Opening && view.contacts.is_empty();
    let company = company.filter(|_| is_asked)?;
    let [sales, purchases] = ["sales", "purchases"].map(|side| format!("{company}/{side}#contacts"));
    Some(view! {
        <p class="small muted">
            "Nobody is in your lists yet: customers are added under "
            <a href=sales target="_blank" rel="noopener">"Sales"</a>
            ", vendors under "
            <a href=purchases target="_blank" rel="noopener">"Purchases"</a>
            "."
        </p>
    })
}

fn borrowed(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

/// When a template would be due, as its fields stand; nothing while they cannot be read.
fn preview_words(view: &JournalFormView, pairs: &[(String, String)]) -> String {
    if view.layout != Layout::Template {
        return String::new();
    }
    let value = |name: &str| {
        borrowed(pairs)
            .find(|(of, _)| *of == name)
            .map_or("", |(_, value)| value)
    };
    match read_schedule(value, view.today) {
        Ok(Some(schedule)) => Preview::of(schedule.days_after(None), view.today).words(),
        Ok(None) => "Used by hand: nothing is due by itself.".to_owned(),
        Err(_) => String::new(),
    }
}

/// The lines, their totals, and whether the columns are equal.
#[component]
fn Lines(
    lines: RwSignal<Vec<usize>>,
    due_lines: RwSignal<BTreeSet<usize>>,
    totals: RwSignal<Totals>,
    currency: Currency,
    layout: Layout,
    copy_down: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let whole = Control::new(LINES, false);
    let line_count = move || lines.with(Vec::len).to_string();
    let is_full = move || lines.with(|lines| lines.len() >= MAX_LINES);
    let balance = move || {
        let (is_even, words) = totals.get().balance(currency)?;
        let class = if is_even { "balance even" } else { "balance uneven" };
        Some(view! { <span class=class>{words}</span> })
    };
    view! {
        <table class="rows lines" id=field_id(LINES) tabindex="-1">
            <caption class="sr">"Lines of the entry"</caption>
            <thead>
                <tr>
                    <th scope="col" class="line-no">
                        <span class="sr">"Line"</span>
                    </th>
                    {layout
                        .columns()
                        .map(|field| view! { <th scope="col" class=line::class(field)>{field.label()}</th> })
                        .collect_view()}
                </tr>
            </thead>
            <tbody>
                <For each=move || lines.get() key=|index| *index let:index>
                    <Line index layout due_lines />
                </For>
            </tbody>
            <tfoot>
                <tr>
                    <td colspan="4" class="tools">
                        <input type="hidden" name=LINE_COUNT value=line_count />
                        <button
                            class="btn sm quiet"
                            name=ACTION
                            value=action::ADD_LINES
                            disabled=is_full
                            on:click=move |event| {
                                event.prevent_default();
                                add_lines(lines, MORE_LINES);
                            }
                        >
                            "Add five lines"
                        </button>
                        {(layout != Layout::Opening)
                            .then(|| {
                                view! {
                                    <button
                                        class="btn sm quiet"
                                        name=ACTION
                                        value=action::COPY_DOWN
                                        on:click=move |event| {
                                            event.prevent_default();
                                            copy_down();
                                        }
                                    >
                                        "Copy descriptions down"
                                    </button>
                                }
                            })}
                        <span role="status">{balance}</span>
                        {whole.message()}
                    </td>
                    <td class="num" data-label="Debits">
                        {move || format_amount(totals.get().debit, currency)}
                    </td>
                    <td class="num" data-label="Credits">
                        {move || format_amount(totals.get().credit, currency)}
                    </td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}

#[component]
fn Actions(layout: Layout, is_issued: bool) -> impl IntoView {
    let post = match layout {
        Layout::Opening => "Save the opening entry",
        Layout::Template => "Save the template",
        Layout::Journal if is_issued => "Save the change",
        Layout::Journal => "Post the entry",
    };
    let keeps_drafts = layout == Layout::Journal && !is_issued;
    // Without the island Enter sends the form, as it does everywhere.
    let is_awake = RwSignal::new(false);
    Effect::new(move |_| is_awake.set(true));
    view! {
        <div class="entry-actions">
            <span class="small muted wide">
                "An amount may be a sum: 12*40. "
                <span hidden=move || !is_awake.get()>
                    <kbd>"Enter"</kbd>
                    " moves on, "
                    <kbd>"Ctrl Enter"</kbd>
                    " posts."
                </span>
            </span>
            <span class="spacer"></span>
            {keeps_drafts
                .then(|| view! { <SubmitButton action=action::SAVE_DRAFT>"Save as draft"</SubmitButton> })}
            <SubmitButton action=action::POST class="primary">
                {post}
            </SubmitButton>
        </div>
    }
    .into_any()
}

fn add_lines(lines: RwSignal<Vec<usize>>, count: usize) {
    lines.update(|lines| {
        let next = lines.last().map_or(0, |last| last + 1);
        let room = MAX_LINES.saturating_sub(lines.len()).min(count);
        lines.extend(next..next + room);
    });
}
