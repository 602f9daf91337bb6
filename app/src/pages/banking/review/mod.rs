//! The review list. Each row is a form of its own, so that everything works without JavaScript; the island only lends
//! keys to what is there.

mod filters;
mod list;
mod row;

use leptos::prelude::*;

use self::filters::{Chips, Filters};
use self::list::List;
use crate::components::{EmptyState, ErrorSummary, HiddenFields, ListKeys, ListPages, ReturnedNotice};
use crate::forms::{ACTION, Choice, FormState};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::banking::review::{Done, LINE, ReviewView, Tab, action, balance_line};
use crate::view::banking::{LineCounts, banking_path, counted};
use crate::view::frame::FrameView;

/// The `id` of the list of categories that all rows share.
pub(crate) const CATEGORIES: &str = "categories";

/// The page.
#[component]
pub fn ReviewPage(frame: FrameView, view: ReviewView, today: time::Date) -> impl IntoView {
    let base = banking_path(&view.slug);
    let line = balance_line(&view.account);
    let may_code = view.may_code;
    let is_empty = view.lines.is_empty();
    // An account without lines has nothing to filter, but for a filter that is set.
    let LineCounts {
        new,
        doubtful,
        accepted,
        excluded,
    } = view.account.lines;
    let has_filters = view.is_narrowed || new + doubtful + accepted + excluded > 0;
    let returned = view.lines.iter().map(|line| &line.form).chain([&view.selection]);
    let returned = returned.into_iter().find(|form| form.is_returned()).cloned();
    let csv = (!is_empty).then(|| view.csv.clone());
    let unexplained = view.unexplained.clone();
    let (title, done, address, errors) = (
        view.account.title(),
        view.done.clone(),
        view.address.clone(),
        view.errors.clone(),
    );
    let body = match is_empty {
        true => view! { <Empty view=view.clone() base=base.clone() /> }.into_any(),
        false => view! {
            <List view=view.clone() today />
            <ListPages pages=view.pages.clone() />
        }
        .into_any(),
    };
    let (categories, own_accounts) = (view.categories.clone(), view.own_accounts.clone());
    let filters = has_filters.then(|| view! { <Filters view=view.clone() /> });
    view! {
        <Frame view=frame>
            <PageHead title line explain=help::pages::BANKING>
                {csv.map(|href| view! { <a class="btn" href=href download="">"CSV"</a> })}
                {may_code.then(|| view! { <a class="btn" href=format!("{base}/import")>"Import a file"</a> })}
            </PageHead>
            {returned.map(|state| view! { <ReturnedNotice state /> })}
            <ErrorSummary errors />
            {done.map(|done| view! { <DoneNotice done address /> })}
            {unexplained
                .map(|(words, link)| {
                    view! {
                        <p class="list-line">
                            <span>{words} {link.map(|link| view! { " " <a href=link.href>{link.text}</a> })}</span>
                        </p>
                    }
                })}
            <div class="list-head">
                <Chips view />
                <span class="spacer"></span>
                {(may_code && !is_empty).then(|| view! { <ListKeys review=true /> })}
            </div>
            {filters}
            {body}
            <CategoryList categories own_accounts />
        </Frame>
    }
}

/// What was just done, at the foot of the window: it stays in sight wherever in the list the page comes back to.
#[component]
fn DoneNotice(done: Done, address: String) -> impl IntoView {
    view! {
        <div class="toast" role="status">
            <span>{done.words}</span>
            {done.link.map(|link| view! { <a href=link.href>{link.text}</a> })}
            {done.undo.map(|(line, form)| view! { <UndoForm form line=line.to_string() address /> })}
        </div>
    }
    .into_any()
}

#[component]
fn UndoForm(form: FormState, line: String, address: String) -> impl IntoView {
    let back = format!("{address}#line-{line}");
    view! {
        <form method="post" action=back>
            <HiddenFields state=form />
            <input type="hidden" name=LINE value=line />
            <button class="btn sm" name=ACTION value=action::UNDO data-key="z">
                "Undo"
            </button>
        </form>
    }
}

#[component]
fn Empty(view: ReviewView, base: String) -> impl IntoView {
    let LineCounts {
        new,
        doubtful,
        accepted,
        excluded,
    } = view.account.lines;
    let has_none = new + doubtful + accepted + excluded == 0;
    let (is_narrowed, is_further) = (view.is_narrowed, view.is_further);
    if is_narrowed && !is_further {
        let text = match view.filter.is_refused() {
            true => "A filter could not be read. The message is at its field.",
            false => "No line passes these filters.",
        };
        let all = view.tab.address(&view.slug, view.account.id);
        return view! {
            <EmptyState title="Nothing to show" text>
                <a class="btn" href=all>"Show all of them"</a>
            </EmptyState>
        }
        .into_any();
    }
    let in_doubt = (view.tab == Tab::New && !is_further && doubtful > 0)
        .then(|| Tab::Doubtful.address(&view.slug, view.account.id));
    let waiting_in_doubt = format!(
        "{} in doubt and still not in the books: the bank wrote something that cannot be taken as it is.",
        counted(doubtful, "line is", "lines are")
    );
    let (title, text) = match view.tab {
        _ if is_further => (
            "That was the last page",
            "Every line further back was dealt with meanwhile.",
        ),
        Tab::New if has_none => (
            "No statement of this account yet",
            "Import a file from your bank. Its lines then wait here, each with what it may be.",
        ),
        Tab::New if doubtful > 0 => ("Nothing to review here", waiting_in_doubt.as_str()),
        Tab::New => (
            "Nothing waits here",
            "Every line is in the books or left out. Import the next statement when the bank has one.",
        ),
        Tab::Doubtful => (
            "No line is in doubt",
            "Lines that cannot be taken as the bank gave them would stand here, with the reason.",
        ),
        Tab::Accepted => (
            "Nothing was added yet",
            "Code the lines under “To review”; what becomes of them shows here and can be undone.",
        ),
        Tab::Excluded => (
            "Nothing is excluded",
            "Lines that do not belong in the books can be left out. They would stand here.",
        ),
    };
    let offers_import = view.may_code && view.tab == Tab::New && in_doubt.is_none();
    view! {
        <EmptyState title text>
            {in_doubt.map(|href| view! { <a class="btn primary" href=href>"Look at what is in doubt"</a> })}
            {offers_import.then(|| view! { <a class="btn primary" href=format!("{base}/import")>"Import a file"</a> })}
        </EmptyState>
    }
    .into_any()
}

/// What the category fields offer while one types; own accounts stand under the word for what choosing one does.
#[component]
fn CategoryList(categories: Vec<Choice>, own_accounts: Vec<Choice>) -> impl IntoView {
    view! {
        <datalist id=CATEGORIES>
            {categories.iter().map(|choice| view! { <option value=choice.label()></option> }).collect_view()}
            {own_accounts
                .iter()
                .map(|choice| view! { <option value=choice.label() label=format!("Transfer: {}", choice.label())></option> })
                .collect_view()}
        </datalist>
    }
    .into_any()
}
