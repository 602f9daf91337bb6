//! A statement as an accountant sets it, every figure a link to what it sums.

use ledger::money::{Currency, format_report};
use leptos::prelude::*;

use super::{DatesForm, notes, provenance};
use crate::components::{Notice, Tone};
use crate::frame::{Frame, PageHead};
use crate::view::frame::FrameView;
use crate::view::report::{Figure, Preset, RowKind, StatementPageView, StatementRow, StatementView, TotalPageView};

/// A statement with the form of its dates.
#[component]
pub fn StatementPage(frame: FrameView, view: StatementPageView) -> impl IntoView {
    let fields = if view.kind.shows_period() {
        vec![("from", "First day"), ("to", "Last day")]
    } else {
        vec![("as_of", "At the end of")]
    };
    let is_refused = view.statement.is_none();
    view! {
        <Frame view=frame>
            <PageHead title=view.kind.title()>
                {view
                    .downloads
                    .into_iter()
                    .map(|(name, href)| view! { <a class="btn" href=href download>{name}</a> })
                    .collect_view()}
            </PageHead>
            <DatesForm state=view.dates fields />
            {presets(view.presets)}
            {is_refused
                .then(|| view! { <Notice tone=Tone::Bad title="No report was made.">"Correct the date above and press Show."</Notice> })}
            {view.statement.map(|statement| view! { <Statement statement /> })}
        </Frame>
    }
}

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
            <Statement statement=view.statement />
        </Frame>
    }
}

fn presets(presets: Vec<Preset>) -> impl IntoView {
    view! {
        <nav class="chips presets no-print" aria-label="Often asked for">
            {presets
                .into_iter()
                .map(|preset| {
                    view! {
                        <a class="chip" href=preset.href aria-current=preset.is_current.then_some("true")>{preset.label}</a>
                    }
                })
                .collect_view()}
        </nav>
    }
}

#[component]
fn Statement(statement: StatementView) -> impl IntoView {
    let currency = statement.currency;
    let caption = format!("{}, {}", statement.title, statement.dates);
    view! {
        {notes(statement.notes.clone())}
        <section class="panel statement">
            <div class="body">
                <div class="statement-head">
                    <b>{statement.company}</b>
                    <span>{statement.title}</span>
                    <span class="muted">{statement.dates}</span>
                </div>
                <table>
                    <caption class="sr">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col"><span class="sr">"Account"</span></th>
                            {statement
                                .columns
                                .into_iter()
                                .map(|column| view! { <th scope="col" class="num">{column}</th> })
                                .collect_view()}
                        </tr>
                    </thead>
                    <tbody>{statement.rows.into_iter().map(|row| statement_row(row, currency)).collect_view()}</tbody>
                </table>
                {provenance(statement.notes, statement.provenance, statement.waiting)}
            </div>
        </section>
    }
}

fn statement_row(row: StatementRow, currency: Currency) -> impl IntoView {
    let label = row.label;
    let figures = row
        .figures
        .into_iter()
        .map(|figure| view! { <td class="num">{figure.map(|figure| shown(figure, &label, currency))}</td> })
        .collect_view();
    view! {
        <tr class=format!("{} in-{}", class_of(row.kind), row.depth.min(DEEPEST))>
            <th scope="row">{breakable(&label)}</th>
            {figures}
        </tr>
    }
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

fn shown(figure: Figure, label: &str, currency: Currency) -> AnyView {
    let text = format_report(figure.amount, currency);
    match figure.href {
        Some(href) => {
            let name = format!("{text}, {label}: what it sums");
            view! { <a href=href aria-label=name>{text}</a> }.into_any()
        }
        None => text.into_any(),
    }
}
