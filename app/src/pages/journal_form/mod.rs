//! Writing an entry: a page that works as plain HTML, and an island that adds up while one types. The opening entry is
//! written in the same form, with other columns.

mod at_work;
mod heads;
mod line;
mod paste;
mod typing;

use std::collections::BTreeSet;

use ledger::money::{Currency, format_amount};
use leptos::context::Provider;
use leptos::prelude::*;

use self::at_work::EntryAtWork;
use self::heads::{Heads, Options};
use self::line::Line;
use self::paste::PasteRows;
use crate::components::{
    ChoiceList, Control, ErrorSummary, FormContext, HiddenFields, Places, ReturnedNotice, SubmitButton,
};
use crate::forms::{ACTION, PLACE, field_id};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::live_form::{RowMark, RowModel};
use crate::pages::accounting::{AccountingTabs, DifferenceTable, Tab};
use crate::view::accounting::entry::ConflictView;
use crate::view::frame::FrameView;
use crate::view::journal::{JournalFormView, LINE_COUNT, LINES, Layout, MAX_LINES, Totals, action};

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
    let slug = frame.company.slug.clone();
    view! {
        <Frame view=frame>
            <AccountingTabs slug current=Tab::Journal />
            <PageHead title line explain=help::pages::JOURNAL_FORM />
            {conflict.map(|conflict| view! { <Conflict view=conflict /> })}
            <JournalForm view />
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
    let slug = frame.company.slug.clone();
    view! {
        <Frame view=frame>
            <AccountingTabs slug current=Tab::Recurring />
            <PageHead
                title
                explain=help::pages::RECURRING
                line="Every entry of it begins with these lines. A change counts from the next entry on; those that were made stay."
            />
            {conflict.map(|conflict| view! { <Conflict view=conflict /> })}
            <JournalForm view />
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
#[component]
pub fn JournalForm(view: JournalFormView) -> impl IntoView {
    let (reader, lines, is_new) = (view.reader(), view.line_indices(), view.is_new());
    let totals = Totals::of(view.form.pairs(), view.currency);
    let due_lines = reader.due_lines(view.form.pairs());
    let errors = view.form.errors().to_vec();
    let (layout, currency, is_issued) = (view.layout, view.currency, view.is_issued);
    let places = Places::here();
    let names = names_hint(&view, places.contacts.as_deref());
    view! {
        <EntryAtWork reader>
            <form
                class="form"
                method="post"
                action=view.post_to
                novalidate
                data-keys="entry"
                data-locks=places.locks
                data-contacts=places.contacts
            >
                <HiddenFields state=view.form.clone() />
                <ReturnedNotice state=view.form.clone() />
                <ErrorSummary errors />
                <Provider value=FormContext::fixed(view.form)>
                    <div class="sheet">
                        <Heads layout />
                        <Lines lines due_lines totals currency layout />
                        {names}
                        {(layout != Layout::Opening).then(|| view! { <PasteRows layout /> })}
                        <Options layout is_new />
                    </div>
                </Provider>
                <RowModel>
                    <Line row=RowMark::model() layout />
                </RowModel>
                <ChoiceList id=line::ACCOUNTS choices=view.accounts />
                <ChoiceList id=line::CONTACTS choices=view.contacts />
                <Actions layout is_issued />
            </form>
        </EntryAtWork>
    }
    .into_any()
}

/// Where names come from, while there are none to choose from.
fn names_hint(view: &JournalFormView, contacts: Option<&str>) -> Option<impl IntoView + use<>> {
    let is_asked = view.layout != Layout::Opening && view.contacts.is_empty();
    let company = contacts.filter(|_| is_asked)?;
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

/// The lines, their totals, and whether the columns are equal.
#[component]
fn Lines(
    lines: Vec<usize>,
    /// The lines that ask when they are due.
    due_lines: BTreeSet<usize>,
    totals: Totals,
    currency: Currency,
    layout: Layout,
) -> impl IntoView {
    let whole = Control::new(LINES, false);
    let (line_count, is_full) = (lines.len().to_string(), lines.len() >= MAX_LINES);
    let (class, words) = balance(totals, currency);
    let lines = lines.into_iter().map(|index| {
        let asks_due = due_lines.contains(&index);
        view! { <Line row=RowMark::of(index) layout asks_due /> }
    });
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
            <tbody>{lines.collect_view()}</tbody>
            <tfoot>
                <tr>
                    <td colspan="4" class="tools" id=field_id(LINES) + PLACE>
                        <input type="hidden" name=LINE_COUNT value=line_count />
                        <button class="btn sm quiet" name=ACTION value=action::ADD_LINES disabled=is_full>
                            "Add five lines"
                        </button>
                        {(layout != Layout::Opening)
                            .then(|| {
                                view! {
                                    <button class="btn sm quiet" name=ACTION value=action::COPY_DOWN>
                                        "Copy descriptions down"
                                    </button>
                                }
                            })}
                        <span role="status">
                            <span class=class data-live="balance">
                                {words}
                            </span>
                        </span>
                        {whole.message()}
                    </td>
                    <td class="num" data-label="Debits" data-live="debit">
                        {format_amount(totals.debit, currency)}
                    </td>
                    <td class="num" data-label="Credits" data-live="credit">
                        {format_amount(totals.credit, currency)}
                    </td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}

/// Whether the columns are equal, in words and in how they look; empty while nothing is typed.
fn balance(totals: Totals, currency: Currency) -> (&'static str, String) {
    match totals.balance(currency) {
        Some((true, words)) => ("balance even", words),
        Some((false, words)) => ("balance uneven", words),
        None => ("", String::new()),
    }
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
    view! {
        <div class="entry-actions">
            <span class="small muted wide">
                "An amount may be a sum: 12*40. "
                // Without the island Enter sends the form, as it does everywhere.
                <span data-awake="" hidden>
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::sync::Arc;

    use hydration_context::SsrSharedContext;

    use super::*;
    use crate::view::journal::tests::view;

    #[test]
    fn the_model_of_a_row_holds_nothing_that_was_posted() {
        let posted = view(&[
            ("lines.{index}.description", "mine {number}"),
            ("lines.0.description", "first"),
        ]);
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let html = owner.with(|| view! { <JournalForm view=posted /> }.to_html());
        assert!(html.contains("first"), "{html}");
        assert!(!html.contains("mine"), "{html}");
    }
}
