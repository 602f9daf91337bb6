//! Saved views: the menu on a page, the list of all, naming one and removing it.

use leptos::prelude::*;

use crate::components::{ColumnHead, Confirm, DataTable, EmptyState, Form, Notice, SubmitButton, TextInput, Tone};
use crate::forms::{ACTION, REQUEST_KEY};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::saved_views::{
    NewViewView, ViewEditView, ViewLink, ViewRow, ViewsMenuView, action, field, views_path,
};

/// The longest name that is taken.
const NAME_CHARS_MAX: u32 = 100;

/// The views of a page, and saving what it shows now.
#[component]
pub fn ViewsMenu(views: ViewsMenuView) -> impl IntoView {
    let all = views_path(&views.slug);
    let is_empty = views.views.is_empty();
    let links = views
        .views
        .into_iter()
        .map(|ViewLink { name, href, is_current }| {
            view! { <li><a href=href aria-current=is_current.then_some("true")>{name}</a></li> }
        })
        .collect_view();
    let save = views.request_key.map(|key| {
        let post = format!("{all}/new");
        view! {
            <li class="save">
                <form method="post" action=post>
                    <input type="hidden" name=REQUEST_KEY value=key />
                    <input type="hidden" name=field::PAGE value=views.page />
                    <input type="hidden" name=field::QUERY value=views.query />
                    <label for="save-view">"Save what is shown as"</label>
                    <div class="row">
                        <input id="save-view" name=field::NAME maxlength=NAME_CHARS_MAX.to_string() required autocomplete="off" />
                        <button class="btn" name=ACTION value=action::SAVE>"Save view"</button>
                    </div>
                </form>
            </li>
        }
    });
    view! {
        <details class="menu to-end views no-print" name="menu">
            <summary class="btn">"Views"</summary>
            <ul class="menu-list">
                {is_empty.then(|| view! { <li class="heading">"No view of this page is saved yet."</li> })}
                {links}
                {save}
                <li class="rule"></li>
                <li><a href=all>"All saved views"</a></li>
            </ul>
        </details>
    }
    .into_any()
}

/// All views of the company.
#[component]
pub fn ViewsPage(
    frame: FrameView,
    rows: Vec<ViewRow>,
    /// What was just done.
    done: Option<&'static str>,
) -> impl IntoView {
    let reports = format!("/c/{}/reports", frame.company.slug);
    let head = || {
        view! {
            <ColumnHead text="Name" />
            <ColumnHead text="Page" />
            <ColumnHead text="Saved by" class="wide" />
            <ColumnHead text="Saved" class="wide" />
            <ColumnHead text="Change" hidden=true />
        }
    };
    let list = match rows.is_empty() {
        true => {
            view! {
                <EmptyState
                    title="No view is saved yet"
                    text="Open a report or a list, set it as you want to see it again, and save it from its menu Views."
                >
                    <a class="btn" href=reports>"Reports"</a>
                </EmptyState>
            }
            .into_any()
        }
        false => {
            view! { <DataTable caption="Saved views by name" head=head>{rows.into_iter().map(view_row).collect_view()}</DataTable> }
                .into_any()
        }
    };
    view! {
        <Frame view=frame>
            <PageHead
                title="Saved views"
                explain=help::pages::SAVED_VIEWS
                line="Reports and lists as somebody wanted to see them again. Everybody in the company has them; a period by \
                its name stays relative."
            />
            {done.map(|title| view! { <Notice tone=Tone::Good title /> })}
            {list}
        </Frame>
    }
}

fn view_row(row: ViewRow) -> impl IntoView {
    let name = format!("Rename or remove {}", row.name);
    view! {
        <tr>
            <th scope="row" class="what whole"><a href=row.href>{row.name}</a></th>
            <td class="why">{row.page}</td>
            <td class="wide">{row.who}</td>
            <td class="wide">{row.when}</td>
            <td class="act">
                {row.edit.map(|href| view! { <a class="btn sm" href=href aria-label=name>"Rename or remove"</a> })}
            </td>
        </tr>
    }
}

/// Names a new view: where a name was refused, and where the menu is not.
#[component]
pub fn NewViewPage(frame: FrameView, view: NewViewView) -> impl IntoView {
    let hidden = [field::PAGE, field::QUERY].map(|name| {
        let value = view.form.value(name).to_owned();
        view! { <input type="hidden" name=name value=value /> }
    });
    let line = format!(
        "{}, as it was shown. Everybody in the company finds it under this name.",
        view.page
    );
    view! {
        <Frame view=frame>
            <PageHead title="Save view" line explain=help::pages::SAVED_VIEWS />
            <Form state=view.form>
                {hidden.into_iter().collect_view()}
                <div class="fields">
                    <TextInput name=field::NAME label="Name" max_length=NAME_CHARS_MAX class="long" />
                </div>
                <div class="actions">
                    <SubmitButton action=action::SAVE class="primary">"Save view"</SubmitButton>
                    <a class="btn quiet" href=view.back>"Back"</a>
                </div>
            </Form>
        </Frame>
    }
}

/// Renames a view or removes it.
#[component]
pub fn ViewEditPage(frame: FrameView, view: ViewEditView) -> impl IntoView {
    let ViewEditView { row, back, form } = view;
    let line = format!("A view of {}, saved by {} on {}.", row.page, row.who, row.when);
    view! {
        <Frame view=frame>
            <PageHead title=row.name line explain=help::pages::SAVED_VIEWS>
                <a class="btn" href=row.href>"Open it"</a>
            </PageHead>
            <Form state=form>
                <div class="fields">
                    <TextInput name=field::NAME label="Name" max_length=NAME_CHARS_MAX class="long" />
                </div>
                <div class="actions">
                    <SubmitButton action=action::RENAME class="primary">"Rename"</SubmitButton>
                    <a class="btn quiet" href=back>"All saved views"</a>
                </div>
                <Confirm
                    open="Remove…"
                    question="Nobody in the company finds this view any more. The audit log keeps what it was."
                    button="Remove this view"
                    action=action::REMOVE
                />
            </Form>
        </Frame>
    }
}
