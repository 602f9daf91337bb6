//! The review list. Each row is a form of its own, so that everything works without JavaScript; the island only lends
//! keys to what is there.

mod row;

use ledger::dates::format_date;
use leptos::prelude::*;

use self::row::Row;
use crate::components::{EmptyState, ErrorSummary, HiddenFields, ListKeys, Pagination, ReturnedNotice};
use crate::forms::{ACTION, Choice, FormState};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::banking::review::{Done, LINE, ListPlace, ReviewView, Tab, action, balance_line};
use crate::view::banking::{LineCounts, banking_path, counted};
use crate::view::frame::FrameView;

/// The `id` of the list of categories that all rows share.
pub(crate) const CATEGORIES: &str = "categories";

/// The page.
#[component]
pub fn ReviewPage(frame: FrameView, view: ReviewView, today: time::Date) -> impl IntoView {
    let base = banking_path(&view.slug);
    let address = view.place.address(&view.slug, view.account.id);
    let line = balance_line(&view.account);
    let may_code = view.may_code;
    let currency = view.account.currency;
    let chips = view! { <Chips view=view.clone() /> };
    let pages = view! { <Pages view=view.clone() /> };
    let empty = view
        .lines
        .is_empty()
        .then(|| view! { <Empty view=view.clone() base=base.clone() /> });
    let returned = view.lines.iter().find(|line| line.form.is_returned());
    let returned = returned.map(|line| view! { <ReturnedNotice state=line.form.clone() /> });
    let rows = (!view.lines.is_empty()).then(|| {
        let list = address.clone();
        let split_base = format!("{base}/{}/lines", view.account.id);
        let documents = format!("/c/{}/documents", view.slug);
        let row = move |line| {
            view! {
                <Row
                    line
                    list=list.clone()
                    split_base=split_base.clone()
                    documents=documents.clone()
                    may_code
                    today
                    currency
                />
            }
        };
        view! {
            <section class="panel flush">
                <table class="rows review">
                    <caption class="sr">"Lines of the bank, newest first"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Date"</th>
                            <th scope="col">"Bank text"</th>
                            <th scope="col" class="num">"Out"</th>
                            <th scope="col" class="num">"In"</th>
                            <th scope="col">"Category or match"</th>
                        </tr>
                    </thead>
                    <tbody>{view.lines.into_iter().map(row).collect_view()}</tbody>
                </table>
            </section>
        }
    });
    let shows_keys = may_code && rows.is_some() && view.place.tab == Tab::New;
    view! {
        <Frame view=frame>
            <PageHead title=view.account.title() line explain=help::pages::BANKING>
                {may_code.then(|| view! { <a class="btn" href=format!("{base}/import")>"Import a file"</a> })}
            </PageHead>
            {returned}
            <ErrorSummary errors=view.errors />
            {view
                .done
                .map(|done| view! { <DoneNotice done address=address.clone() /> })}
            <div class="list-head">
                {chips} <span class="spacer"></span> {shows_keys.then(|| view! { <ListKeys review=true /> })}
            </div>
            {rows}
            {empty}
            {pages}
            <CategoryList categories=view.categories own_accounts=view.own_accounts />
        </Frame>
    }
}

#[component]
fn Chips(view: ReviewView) -> impl IntoView {
    let count = |counts: LineCounts, tab: Tab| match tab {
        Tab::New => counts.new,
        Tab::Doubtful => counts.doubtful,
        Tab::Accepted => counts.accepted,
        Tab::Excluded => counts.excluded,
    };
    let chip = |tab: Tab| {
        let place = ListPlace { tab, after: None };
        let current = (tab == view.place.tab).then_some("true");
        view! {
            <a class="chip" href=place.address(&view.slug, view.account.id) aria-current=current>
                {tab.label()} " " {count(view.account.lines, tab)}
            </a>
        }
    };
    view! {
        <nav class="chips" aria-label="Lines by state">
            {Tab::ALL.map(chip).collect_view()}
        </nav>
    }
    .into_any()
}

#[component]
fn Pages(view: ReviewView) -> impl IntoView {
    let address = |place: &ListPlace| place.address(&view.slug, view.account.id);
    let first = view.place.after.map(|_| {
        address(&ListPlace {
            after: None,
            ..view.place.clone()
        })
    });
    let next = view.next.as_ref().map(address);
    (first.is_some() || next.is_some()).then(|| {
        let from = view
            .lines
            .first()
            .map(|line| format_date(line.posted_on))
            .unwrap_or_default();
        let lines = counted(i64::try_from(view.lines.len()).unwrap_or(i64::MAX), "line", "lines");
        let shown = format!("{lines} from {from} back");
        view! { <Pagination shown nostrip:first=first nostrip:next=next /> }
    })
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
    let in_doubt = (view.place.tab == Tab::New && view.place.after.is_none() && doubtful > 0).then(|| {
        let place = ListPlace {
            tab: Tab::Doubtful,
            after: None,
        };
        place.address(&view.slug, view.account.id)
    });
    let waiting_in_doubt = format!(
        "{} in doubt and still not in the books: the bank wrote something that cannot be taken as it is.",
        counted(doubtful, "line is", "lines are")
    );
    let (title, text) = match view.place.tab {
        _ if view.place.after.is_some() => (
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
    let offers_import = view.may_code && view.place.tab == Tab::New && in_doubt.is_none();
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
