//! A statement as an accountant sets it, every figure a link to what it sums.

use ledger::money::Currency;
use leptos::prelude::*;

use super::paper::{Setting, sheets};
use super::statement_form::StatementForm;
use super::{notes, provenance};
use crate::components::{Notice, Tone};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::report::{
    EntryReference, RowKind, StatementColumn, StatementFigure, StatementPageView, StatementRow, StatementView,
    TotalPageView,
};

/// What a statement says that shows a closed period otherwise than it was reported.
const CHANGED: &str = "A closed period that this shows changed since.";

/// A statement with the form of what it is asked.
#[component]
pub fn StatementPage(frame: FrameView, view: StatementPageView) -> impl IntoView {
    let is_refused = view.statement.is_none();
    let warning = view.changed.as_ref().map(|(words, _)| format!("{CHANGED} {words}"));
    view! {
        <Frame view=frame>
            <PageHead title=view.kind.title() explain=help::reports::of_statement(view.kind)>
                {view
                    .downloads
                    .into_iter()
                    .map(|(name, href)| view! { <a class="btn" href=href download>{name}</a> })
                    .collect_view()}
            </PageHead>
            <StatementForm kind=view.kind state=view.form offers=view.offers />
            {is_refused
                .then(|| view! { <Notice tone=Tone::Bad title="No report was made.">"Correct what is marked above and press Show."</Notice> })}
            {view
                .changed
                .map(|(words, href)| {
                    view! {
                        <Notice tone=Tone::Warn title=CHANGED>
                            {words} " " <a href=href>"See what changed"</a>
                        </Notice>
                    }
                })}
            {view.statement.map(|statement| view! { <Statement statement warning /> })}
        </Frame>
    }
}

/// What a check row is for.
const CHECK: &str = "A check that the statement agrees with itself: it is zero when it does. Anything else is an error in the books, which the \
    accountant or cartefi check finds.";

/// What one total of a statement sums.
#[component]
pub fn TotalPage(frame: FrameView, view: TotalPageView) -> impl IntoView {
    let line = format!(
        "The accounts that this figure sums on the {}.",
        view.kind.title().to_lowercase()
    );
    view! {
        <Frame view=frame>
            <PageHead title=view.title line>
                <a class="btn" href=view.report>{format!("Back to the {}", view.kind.title().to_lowercase())}</a>
            </PageHead>
            <Statement statement=view.statement warning=None />
        </Frame>
    }
}

/// A statement: its head, its table, and what it says of itself.
#[component]
pub(crate) fn Statement(
    statement: StatementView,
    /// What stands above it on a screen, and in its foot on paper.
    warning: Option<String>,
) -> impl IntoView {
    let currency = statement.currency;
    let caption = format!("{}, {}", statement.title, statement.dates);
    let columns = statement.columns.len();
    let columns_of = format!("The columns of {}, {}", statement.company, statement.title);
    let soft: Vec<bool> = statement.columns.iter().map(|column| column.is_soft).collect();
    // A table that is wider than a phone scrolls by itself, also by keyboard.
    let region = (columns > 1).then_some("region");
    let said_on_paper = warning.into_iter().chain(statement.notes.clone()).collect();
    let setting = Setting::of(&statement.columns, &statement.rows, currency);
    let sheets = sheets(&statement, &setting.parts);
    let whole = if setting.parts.len() > 1 {
        "scroll no-print"
    } else {
        "scroll"
    };
    view! {
        {notes(statement.notes)}
        <section class=format!("panel statement {}", setting.class)>
            <div class="body">
                <div class="statement-head">
                    <b>{statement.company}</b>
                    <span>{statement.title}</span>
                    <span class="muted">{statement.dates}</span>
                    {statement.known.map(|known| view! { <span class="muted">{known}</span> })}
                </div>
                <div class=whole role=region aria-label=region.map(|_| columns_of) tabindex=region.map(|_| "0")>
                    <table>
                        <caption class="sr">{caption}</caption>
                        <thead>{heads(statement.columns)}</thead>
                        <tbody>{statement.rows.into_iter().map(|row| statement_row(row, &soft, currency)).collect_view()}</tbody>
                    </table>
                </div>
                {sheets}
                {provenance(said_on_paper, statement.provenance, statement.waiting)}
            </div>
        </section>
    }
}

/// The heads of the columns: one row, or two where columns belong together.
pub(super) fn heads(columns: Vec<StatementColumn>) -> impl IntoView {
    let is_grouped = columns.iter().any(|column| column.group.is_some());
    let groups = is_grouped.then(|| {
        let groups = grouped(&columns)
            .into_iter()
            .map(|(group, count)| match group {
                Some(words) => {
                    view! { <th scope="colgroup" class="over" colspan=count.to_string()>{words}</th> }.into_any()
                }
                None => view! { <td colspan=count.to_string()></td> }.into_any(),
            })
            .collect_view();
        view! { <tr class="groups"><td></td> {groups}</tr> }
    });
    let mut last = None;
    let heads = columns
        .into_iter()
        .map(|column| {
            let begins = column.group.is_some() && column.group != last;
            last.clone_from(&column.group);
            let class = if begins { "num begins" } else { "num" };
            view! { <th scope="col" class=class>{column.head}</th> }
        })
        .collect_view();
    view! {
        {groups}
        <tr>
            <th scope="col"><span class="sr">"Account"</span></th>
            {heads}
        </tr>
    }
}

/// The groups of neighbors, each with how many columns it spans.
pub(super) fn grouped(columns: &[StatementColumn]) -> Vec<(Option<String>, usize)> {
    let mut groups: Vec<(Option<String>, usize)> = Vec::new();
    for column in columns {
        match groups.last_mut() {
            Some((group, count)) if *group == column.group => *count += 1,
            _ => groups.push((column.group.clone(), 1)),
        }
    }
    groups
}

pub(super) fn statement_row(row: StatementRow, soft: &[bool], currency: Currency) -> impl IntoView + use<> {
    let label = row.label;
    let figures = row
        .figures
        .into_iter()
        .zip(soft)
        .map(|(figure, is_soft)| {
            let class = if *is_soft { "num soft" } else { "num" };
            view! { <td class=class>{shown(figure, &label, currency)}</td> }
        })
        .collect_view();
    view! {
        <tr class=format!("{} in-{}", class_of(row.kind), row.depth.min(DEEPEST))>
            <th scope="row" title=(row.kind == RowKind::Check).then_some(CHECK)>{breakable(&label)} {adjusted_by(row.adjusted_by)}</th>
            {figures}
        </tr>
    }
}

/// `Adjusted by JE-31, JE-32 and 12 more`, under an account's name.
fn adjusted_by(entries: Vec<EntryReference>) -> Option<impl IntoView + use<>> {
    if entries.is_empty() {
        return None;
    }
    let entries = entries
        .into_iter()
        .enumerate()
        .map(|(place, entry)| {
            let before = match (place, entry.is_rest) {
                (0, _) | (_, true) => " ",
                (_, false) => ", ",
            };
            let words = match entry.href {
                Some(href) => view! { <a href=href>{entry.words}</a> }.into_any(),
                None => entry.words.into_any(),
            };
            view! { {before} {words} }
        })
        .collect_view();
    Some(view! { <span class="sub">"Adjusted by" {entries}</span> })
}

/// A path that a narrow page may break after each colon.
fn breakable(path: &str) -> impl IntoView + use<> {
    path.split_inclusive(':')
        .map(|name| view! { {name.to_owned()} <wbr /> })
        .collect_view()
}

/// Deeper lines are indented no further: there would be no room left for their words.
const DEEPEST: usize = 6;

fn class_of(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Group => "group",
        RowKind::Line => "line",
        RowKind::Subtotal => "subtotal",
        RowKind::Total => "total",
        RowKind::Grand => "grand",
        RowKind::Check => "check-line",
    }
}

fn shown(figure: StatementFigure, label: &str, currency: Currency) -> AnyView {
    let text = figure.cell.to_report(currency);
    match figure.href {
        Some(href) => {
            let name = format!("{text}, {label}: what it sums");
            view! { <a href=href aria-label=name>{text}</a> }.into_any()
        }
        None => text.into_any(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn columns_that_belong_together_stand_under_one_head() {
        let column = |group: Option<&str>| StatementColumn {
            group: group.map(str::to_owned),
            head: "Amount".to_owned(),
            is_soft: false,
        };
        let columns = [
            column(None),
            column(Some("Prior year")),
            column(Some("Prior year")),
            column(None),
        ];
        let year = Some("Prior year".to_owned());
        assert_eq!(grouped(&columns), [(None, 1), (year, 2), (None, 1)]);
        let html = Owner::new().with(|| heads(columns.to_vec()).to_html());
        assert!(
            html.contains(r#"<th scope="colgroup" colspan="2" class="over">Prior year</th>"#),
            "{html}"
        );
    }
}
