//! `/c/{slug}/banking/{id}`: the review list. Each row's form is posted here and comes back to its place in the list.

use app::forms::{ACTION, FieldError, FormState};
use app::pages::banking::review::{ReviewPage, ReviewPageProps};
use app::view::banking::review::{Done, DoneLink, LINE, ListPlace, NEXT, ReviewView, Tab, action, row_id};
use app::view::frame::{FrameView, Section};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::review::{LineState, ReviewPosition, review_line_get, review_list};
use books::statements::statement_import_list;
use serde::Deserialize;
use tenancy::Capability;
use time::Date;

use super::overview::imported_words;
use super::row_forms::{line_view, recorded, words_after};
use super::{Choices, account_view, bank_account, path};
use crate::errors::PageError;
use crate::forms::PostedForm;
use crate::page::PageRequest;
use crate::pages::accounting::Facts;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// Lines of one page.
const PAGE_LINES: i64 = 50;

/// Which lines, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    state: Option<String>,
    after: Option<String>,
    done: Option<i64>,
    matched: Option<i64>,
    imported: Option<i64>,
}

impl Asked {
    fn place(&self) -> ListPlace {
        ListPlace {
            tab: self.state.as_deref().map(Tab::parse).unwrap_or_default(),
            after: self.after.as_deref().and_then(ListPlace::parse_after),
        }
    }
}

/// `GET /c/{slug}/banking/{id}`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let refused = page.form(FormState::default);
    let shown = Shown::read(&state, &company, id, &asked, refused).await?;
    let title = shown.view.account.title();
    Ok(page.html(&title, || ReviewPage(shown.into_props())))
}

/// `POST /c/{slug}/banking/{id}`
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let line: i64 = form
        .value(LINE)
        .parse()
        .map_err(|_| PageError::of(StatusCode::UNPROCESSABLE_ENTITY))?;
    match recorded(&company, id, line, &form).await {
        Ok(()) => {
            let list = asked.place().address(&company.cx.tenant().slug, id);
            let back_to = form.value(NEXT).parse().unwrap_or(line);
            let did = match form.value(ACTION) {
                action::MATCH => "matched",
                _ => "done",
            };
            Ok(reply.done(&format!("{list}&{did}={line}#{}", row_id(back_to))))
        }
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let asked = Asked {
                done: None,
                matched: None,
                imported: None,
                ..asked
            };
            let shown = Shown::read(&state, &company, id, &asked, form.clone()).await?;
            let title = shown.view.account.title();
            Ok(reply.refused(&page, &title, &form, || ReviewPage(shown.into_props())))
        }
    }
}

/// The page with its frame.
struct Shown {
    frame: FrameView,
    view: ReviewView,
    today: Date,
}

impl Shown {
    /// Reads the page; `posted` is the form of one of its rows that comes back.
    async fn read(
        state: &AppState,
        company: &Company,
        id: i64,
        asked: &Asked,
        posted: FormState,
    ) -> Result<Self, PageError> {
        let cx = &company.cx;
        let account = bank_account(company, id).await?;
        let choices = Choices::read(company, account.account_id).await?;
        let place = asked.place();
        let after = place.after.map(|(posted_on, id)| ReviewPosition { posted_on, id });
        let listed = review_list(cx, id, &[state_of(place.tab)], after, PAGE_LINES).await?;
        let next = listed.next.map(|position| ListPlace {
            after: Some((position.posted_on, position.id)),
            ..place.clone()
        });
        let below: Vec<Option<i64>> = listed
            .lines
            .iter()
            .skip(1)
            .map(|line| Some(line.id))
            .chain([None])
            .collect();
        let errors = at_rows(&posted, listed.lines.iter().map(|line| line.id));
        let lines = listed
            .lines
            .into_iter()
            .zip(below)
            .map(|(line, below)| line_view(line, below, &posted))
            .collect();
        let facts = Facts::read(state, company).await?;
        let view = ReviewView {
            slug: cx.tenant().slug.clone(),
            account: account_view(account)?,
            place,
            lines,
            next,
            categories: choices.categories,
            own_accounts: choices.own_accounts,
            may_code: cx.may(Capability::Documents),
            done: done(company, id, asked).await?,
            errors,
        };
        Ok(Self {
            frame: frame_for(company, Section::Banking).await?,
            view,
            today: facts.today,
        })
    }

    fn into_props(self) -> ReviewPageProps {
        let Self { frame, view, today } = self;
        ReviewPageProps { frame, view, today }
    }
}

/// The messages for the summary: at a row that is not on the page any more there is no field to lead to.
fn at_rows(posted: &FormState, mut lines: impl Iterator<Item = i64>) -> Vec<FieldError> {
    let is_here = lines.any(|line| line.to_string() == posted.value(LINE));
    let errors = posted.errors().iter().cloned();
    if is_here {
        errors.collect()
    } else {
        errors.map(|error| FieldError::form(error.message)).collect()
    }
}

fn state_of(tab: Tab) -> LineState {
    match tab {
        Tab::New => LineState::New,
        Tab::Doubtful => LineState::Doubtful,
        Tab::Accepted => LineState::Accepted,
        Tab::Excluded => LineState::Excluded,
    }
}

/// What the form that led here did, told from where things stand now.
async fn done(company: &Company, id: i64, asked: &Asked) -> Result<Option<Done>, PageError> {
    if let Some(line) = asked.matched.or(asked.done) {
        return match review_line_get(&company.cx, id, line).await {
            Ok(line) => Ok(Some(words_after(company, line, asked.matched.is_some()))),
            Err(books::Error::NotFound(_)) => Ok(None),
            Err(error) => Err(error.into()),
        };
    }
    let Some(import) = asked.imported else {
        return Ok(None);
    };
    let imports = statement_import_list(&company.cx).await?;
    let import = imports.into_iter().find(|listed| listed.id == import && !listed.undone);
    Ok(import.map(|import| Done {
        words: imported_words(&import),
        link: Some(DoneLink {
            text: "Undo…".to_owned(),
            href: format!("{}/imports/{}/undo", path(company), import.id),
        }),
        undo: None,
    }))
}
