//! Lists: a table whose rows become cards on a phone, heads that sort, and the pages of a long one.
//!
//! A row's cells say what they are by class, and a phone lays them out by it: `what`, `how-much`, `when`, `why`, `act`;
//! `wide` cells are left out there.

use leptos::prelude::*;

use crate::forms::{error_id, field_id};
use crate::view::lists::{Pages, SELECT, SortHead, select_field};

/// A list in a panel. `head` is a row of [`ColumnHead`]s; the children are the rows.
#[component]
pub fn DataTable(
    /// What the list is, for those who hear it.
    #[prop(into)]
    caption: String,
    /// The row of heads.
    #[prop(into)]
    head: ViewFn,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="panel flush">
            <table class="rows">
                <caption class="sr">{caption}</caption>
                <thead><tr>{head.run()}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </section>
    }
}

/// The head of a column; with `sort_href` a link that sorts by it.
#[component]
pub fn ColumnHead(
    #[prop(into)] text: String,
    /// `num`, `wide`, or none.
    #[prop(optional)]
    class: &'static str,
    /// Read aloud only: over the column of a row's buttons.
    #[prop(optional)]
    hidden: bool,
    /// The address of the list sorted by this column.
    #[prop(into, optional)]
    sort_href: Option<String>,
    /// `ascending` or `descending` when the list is sorted by it now.
    #[prop(optional)]
    sorted: Option<&'static str>,
) -> impl IntoView {
    view! {
        <th scope="col" class=class aria-sort=sorted>
            {match sort_href {
                Some(href) => view! { <a href=href>{text}</a> }.into_any(),
                None if hidden => view! { <span class="sr">{text}</span> }.into_any(),
                None => text.into_any(),
            }}
        </th>
    }
}

/// The head of a column that sorts the list.
#[component]
pub fn SortColumn(
    #[prop(into)] text: String,
    /// `num`, `wide`, or none.
    #[prop(optional)]
    class: &'static str,
    head: SortHead,
) -> impl IntoView {
    view! { <ColumnHead text class sort_href=head.href nostrip:sorted=head.sorted /> }
}

/// The cell with a row's box, which `x` checks. Empty where nothing can be done with the row.
#[component]
pub fn SelectCell(
    /// The row's id.
    id: i64,
    /// What the box sends: the row's id, and what was seen of it. None where nothing can be done with it.
    value: Option<String>,
    /// What is selected, for those who hear it.
    label: String,
    is_selected: bool,
    /// Whether what was to be done with the row was refused: the message stands in it.
    is_refused: bool,
    /// The `id` of the form that the box is of, where it does not stand inside it.
    #[prop(optional)]
    form: Option<&'static str>,
) -> impl IntoView {
    let field = select_field(id);
    let (invalid, described_by) = match is_refused {
        true => (Some("true"), Some(error_id(&field))),
        false => (None, None),
    };
    let input = value.map(|value| {
        view! {
            <input
                type="checkbox"
                id=field_id(&field)
                name=SELECT
                value=value
                form=form
                checked=is_selected
                aria-label=label
                aria-invalid=invalid
                aria-describedby=described_by
                data-key="x"
            />
        }
    });
    view! { <td class="select">{input}</td> }.into_any()
}

/// Why what was to be done with a selected row was refused.
#[component]
pub fn SelectError(
    /// The row's id.
    id: i64,
    message: String,
) -> impl IntoView {
    let id = error_id(&select_field(id));
    view! { <p class="error" id=id>{message}</p> }.into_any()
}

/// Where a list with filters stands.
#[component]
pub fn ListPages(pages: Pages) -> impl IntoView {
    view! {
        <Pagination
            shown=pages.totals
            nostrip:first=pages.first
            nostrip:previous=pages.previous
            nostrip:next=pages.next
        />
    }
}

/// The pages of a list that is read by key: on to the next, back to the one before and to the first.
#[component]
pub fn Pagination(
    /// What is shown, as `50 of 1,204 lines`.
    #[prop(into)]
    shown: String,
    /// The first page's address, unless this is it.
    #[prop(optional_no_strip)]
    first: Option<String>,
    /// The address of the page before this one, where the list goes both ways.
    #[prop(optional_no_strip)]
    previous: Option<String>,
    /// The next page's address, unless this is the last.
    #[prop(optional_no_strip)]
    next: Option<String>,
    /// What they are the pages of, where a page has two lists.
    #[prop(default = "Pages")]
    label: &'static str,
) -> impl IntoView {
    view! {
        <nav class="pagination" aria-label=label>
            <span>{shown}</span>
            <span class="spacer"></span>
            {first.map(|href| view! { <a class="btn sm" href=href>"First page"</a> })}
            {previous.map(|href| view! { <a class="btn sm" href=href rel="prev">"Previous page"</a> })}
            {next.map(|href| view! { <a class="btn sm" href=href rel="next">"Next page"</a> })}
        </nav>
    }
}
