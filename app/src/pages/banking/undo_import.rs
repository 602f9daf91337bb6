//! Undoing an import whole: first what it would take back, then the button.

use ledger::dates::format_date;
use leptos::prelude::*;

use crate::components::{Form, Notice, SubmitButton, Tone};
use crate::frame::{Frame, PageHead};
use crate::view::banking::{DocumentToVoid, UndoImportView, banking_path, counted};
use crate::view::frame::FrameView;

/// The question with everything that it touches.
#[component]
pub fn UndoImportPage(frame: FrameView, view: UndoImportView) -> impl IntoView {
    let back = banking_path(&view.slug);
    let title = format!("Undo the import of {}?", view.file_name);
    let line = "All of it is taken back in one step, or none of it.";
    let is_possible = !view.undone && view.refusals.is_empty();
    let consequences = consequences(&view);
    let more = view.document_count.saturating_sub(view.documents.len());
    let slug = view.slug;
    view! {
        <Frame view=frame>
            <PageHead title line />
            <div class="stack">
                {view
                    .undone
                    .then(|| view! { <Notice tone=Tone::Info title="This import was undone already. There is nothing left to do." /> })}
                {(!view.refusals.is_empty()).then(|| view! { <Refusals refusals=view.refusals /> })}
                {(!view.undone).then(|| view! { <ul class="plain-list">{consequences}</ul> })}
                {(!view.documents.is_empty())
                    .then(|| view! { <Documents slug=slug.clone() documents=view.documents more /> })}
                <Form state=view.form>
                    <div class="actions">
                        {is_possible
                            .then(|| {
                                view! {
                                    <SubmitButton action="undo" class="danger">
                                        "Undo the import"
                                    </SubmitButton>
                                }
                            })}
                        <a class="btn" href=back>{if is_possible { "Keep it" } else { "Back to Banking" }}</a>
                    </div>
                </Form>
            </div>
        </Frame>
    }
}

fn consequences(view: &UndoImportView) -> impl IntoView + use<> {
    let count = |n: usize, one, many| counted(i64::try_from(n).unwrap_or(i64::MAX), one, many);
    let lines = format!(
        "{} the review lists.",
        count(view.line_count, "line leaves", "lines leave")
    );
    let voided = match view.document_count {
        0 => "Nothing in the books came of them.".to_owned(),
        n => format!(
            "{} voided. Numbers and history stay.",
            count(n, "document is", "documents are")
        ),
    };
    let kept = (view.unmatched_count > 0).then(|| {
        let (one, many) = (
            "other document stays in the books without its match.",
            "other documents stay in the books without their matches.",
        );
        count(view.unmatched_count, one, many)
    });
    view! {
        <li>{lines}</li>
        <li>{voided}</li>
        {view.releases.clone().map(|words| view! { <li>{words}</li> })}
        {kept.map(|kept| view! { <li>{kept}</li> })}
        <li>"The same file can be imported again later."</li>
    }
}

#[component]
fn Refusals(refusals: Vec<String>) -> impl IntoView {
    view! {
        <Notice tone=Tone::Bad title="It cannot be undone whole because of these lines:">
            <ul>{refusals.into_iter().map(|refusal| view! { <li>{refusal}</li> }).collect_view()}</ul>
        </Notice>
    }
}

#[component]
fn Documents(slug: String, documents: Vec<DocumentToVoid>, more: usize) -> impl IntoView {
    let row = |document: DocumentToVoid| {
        view! {
            <tr>
                <td class="when">{format_date(document.posted_on)}</td>
                <td class="what">
                    <a href=format!("/c/{slug}/documents/{}", document.id)>{document.kind}</a>
                    <span class="sub">{document.name}</span>
                </td>
                <td class="how-much num">{document.amount_text}</td>
            </tr>
        }
    };
    view! {
        <h2>"Would be voided"</h2>
        <section class="panel flush">
            <table class="rows">
                <caption class="sr">"Documents that would be voided"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Date"</th>
                        <th scope="col">"Document"</th>
                        <th scope="col" class="num">"Amount"</th>
                    </tr>
                </thead>
                <tbody>{documents.into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
        {(more > 0).then(|| view! { <p class="small muted">{format!("And {more} more.")}</p> })}
    }
    .into_any()
}
