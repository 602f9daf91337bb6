//! `/c/{slug}/banking/imports/{id}/undo`: an import taken back whole.

use app::forms::FormState;
use app::pages::banking::undo_import::{UndoImportPage, UndoImportPageProps};
use app::view::banking::{DocumentToVoid, UndoImportView, grouped};
use app::view::frame::{FrameView, Section};
use axum::extract::Path;
use axum::response::Response;
use books::company::company_get;
use books::statements::{statement_undo, statement_undo_plan};

use super::path;
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::pages::accounting::released_words;
use crate::refusals::NotRecorded;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Undo an import";

/// `GET /c/{slug}/banking/imports/{id}/undo`
pub async fn show(
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let (frame, view) = views(&company, id, page.form(FormState::fresh)).await?;
    Ok(page.html(TITLE, || UndoImportPage(UndoImportPageProps { frame, view })))
}

/// `POST /c/{slug}/banking/imports/{id}/undo`
pub async fn posted(
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (form, reply) = posted.into_parts();
    match statement_undo(&company.cx, id, &request_key(&form)?).await {
        Ok(_) => Ok(reply.done(&format!("{}?done=undone", path(&company)))),
        Err(error) => {
            // What keeps it is listed by the plan itself, read anew.
            let errors = NotRecorded::from(error).at_fields()?;
            let (frame, mut view) = views(&company, id, form.clone()).await?;
            if view.refusals.is_empty() && !view.undone {
                view.refusals = errors.into_iter().map(|error| error.message).collect();
            }
            Ok(reply.refused(&page, TITLE, &form, || {
                UndoImportPage(UndoImportPageProps { frame, view })
            }))
        }
    }
}

async fn views(company: &Company, id: i64, form: FormState) -> Result<(FrameView, UndoImportView), PageError> {
    let plan = statement_undo_plan(&company.cx, id).await?;
    let facts = company_get(&company.cx).await?;
    let view = UndoImportView {
        slug: company.cx.tenant().slug.clone(),
        file_name: plan.file_name,
        undone: plan.undone,
        line_count: plan.line_count,
        document_count: plan.document_count,
        documents: plan
            .documents
            .into_iter()
            .map(|document| DocumentToVoid {
                id: document.id,
                kind: document.kind.name().to_owned(),
                posted_on: document.posted_on,
                name: document.name,
                amount_text: grouped(&document.amount_text),
            })
            .collect(),
        unmatched_count: plan.unmatched_count,
        releases: released_words(&plan.released, "them", facts.currency),
        refusals: plan.problems.into_iter().map(|problem| problem.message).collect(),
        form,
    };
    Ok((frame_for(company, Section::Banking).await?, view))
}
