//! `/c/{slug}/banking/{id}/lines/{line}/split`: a line coded to several accounts.

use app::forms::{ACTION, FormState};
use app::pages::banking::split::{SplitPage, SplitPageProps};
use app::view::banking::review::{Tab, money, row_id};
use app::view::banking::split::{SplitFormView, TypedPart, action, at_part, read_parts};
use app::view::frame::{FrameView, Section};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use books::contacts::contact_choices;
use books::review::{Coding, LineState, ReviewLine, Split, line_split, review_line_get};
use ledger::dates::format_date;
use ledger::money::Currency;

use super::{Choices, bank_account};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Split a line";

/// `GET /c/{slug}/banking/{id}/lines/{line}/split`
pub async fn show(
    page: PageRequest,
    company: Company,
    Path((_, id, line)): Path<(String, i64, i64)>,
) -> Result<Response, PageError> {
    let shown = Shown::read(&company, id, line, page.form(FormState::fresh)).await?;
    Ok(page.html(TITLE, || SplitPage(shown.into_props())))
}

/// `POST /c/{slug}/banking/{id}/lines/{line}/split`
pub async fn posted(
    page: PageRequest,
    company: Company,
    Path((_, id, line)): Path<(String, i64, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (form, reply) = posted.into_parts();
    let mut shown = Shown::read(&company, id, line, form).await?;
    match shown.view.form.value(ACTION) {
        action::RECALCULATE => {
            shown.view = shown.view.recalculated();
            return Ok(page.html(TITLE, || SplitPage(shown.into_props())));
        }
        action::ADD_PARTS => {
            shown.view = shown.view.with_more_parts();
            return Ok(page.html(TITLE, || SplitPage(shown.into_props())));
        }
        action::SPLIT => {}
        _ => return Err(PageError::of(StatusCode::UNPROCESSABLE_ENTITY)),
    }
    match recorded(&company, line, &shown.view).await {
        Ok(()) => {
            let list = Tab::New.address(&company.cx.tenant().slug, id);
            Ok(reply.done(&format!("{list}&done={line}")))
        }
        Err(refusal) => {
            shown.view.form.refuse_all(refusal.at_fields()?);
            let form = shown.view.form.clone();
            Ok(reply.refused(&page, TITLE, &form, || SplitPage(shown.into_props())))
        }
    }
}

async fn recorded(company: &Company, line: i64, view: &SplitFormView) -> Result<(), NotRecorded> {
    let parts = read_parts(view)?;
    let splits: Vec<Split> = parts.iter().map(split).collect();
    let accepted = line_split(&company.cx, line, &splits, &request_key(&view.form)?).await;
    match accepted.map_err(NotRecorded::from) {
        Ok(_) => Ok(()),
        Err(NotRecorded::AtFields(errors)) => {
            let errors = errors.into_iter().map(|error| {
                let field = at_part(&error.field, &parts);
                error.moved_to(field)
            });
            Err(NotRecorded::AtFields(errors.collect()))
        }
        Err(whole) => Err(whole),
    }
}

fn split(part: &TypedPart) -> Split {
    Split {
        coding: Coding {
            account_id: part.account_id,
            contact_id: part.contact_id,
            description: part.description.clone(),
        },
        amount: part.amount,
    }
}

/// The page with its frame.
struct Shown {
    frame: FrameView,
    title: String,
    line: String,
    view: SplitFormView,
}

impl Shown {
    /// Reads the page of a line that waits for review; any other is told what became of it.
    async fn read(company: &Company, id: i64, line_id: i64, form: FormState) -> Result<Self, PageError> {
        let cx = &company.cx;
        let account = bank_account(company, id).await?;
        let line = review_line_get(cx, id, line_id).await?;
        let amount = line
            .amount
            .filter(|_| line.state == LineState::New)
            .ok_or_else(not_open)?;
        let choices = Choices::read(company, account.account_id).await?;
        let contacts = contact_choices(cx).await?;
        let currency = Currency::parse(&account.currency).map_err(PageError::internal)?;
        let list = Tab::New.address(&cx.tenant().slug, id);
        Ok(Self {
            frame: frame_for(company, Section::Banking).await?,
            title: format!("Split {}", words(&line)),
            line: format!(
                "{} {} {} on {}",
                money(amount.saturating_abs(), currency),
                if amount < 0 { "out of" } else { "into" },
                account.account,
                format_date(line.posted_on)
            ),
            view: SplitFormView {
                total: amount.saturating_abs(),
                is_out: amount < 0,
                currency,
                accounts: choices.categories,
                contacts: contacts
                    .into_iter()
                    .map(|contact| app::forms::Choice {
                        id: contact.id,
                        number: None,
                        name: contact.name,
                    })
                    .collect(),
                back: format!("{list}#{}", row_id(line_id)),
                form,
            },
        })
    }

    fn into_props(self) -> SplitPageProps {
        let Self {
            frame,
            title,
            line,
            view,
        } = self;
        SplitPageProps {
            frame,
            title,
            line,
            view,
        }
    }
}

fn words(line: &ReviewLine) -> &str {
    if line.name.is_empty() { &line.memo } else { &line.name }
}

fn not_open() -> PageError {
    PageError::in_words(
        StatusCode::CONFLICT,
        "not_open",
        "This line does not wait for review any more",
        "Somebody added, matched or excluded it meanwhile. Go back to the list: it stands there with what became of it.",
    )
}
