//! `/c/{slug}/banking/{id}`: the review list, filtered, sorted and as CSV. Each row's form is posted here and comes back to its place
//! in the list; so is what is done with several lines at once.

mod asked;
mod file;
mod selection;

use app::forms::{ACTION, FieldError, FormState};
use app::pages::banking::review::{ReviewPage, ReviewPageProps};
use app::view::banking::review::{Done, DoneLink, LINE, NEXT, ReviewView, Tab, action, row_id, unexplained_words};
use app::view::banking::{BankAccountView, LineCounts};
use app::view::frame::{FrameView, Section};
use app::view::lists::{Pages, SELECT, select_field};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::opening::opening_status;
use books::review::{LINE_TOTALS_MAX, LineFilter, review_line_get, review_list, review_totals};
use books::statements::statement_import_list;
use tenancy::{Capability, Page, Totals};
use time::Date;

use self::asked::Asked;
use super::overview::imported_words;
use super::row_forms::{line_view, recorded, words_after};
use super::{Choices, account_view, bank_account, path};
use crate::errors::PageError;
use crate::forms::PostedForm;
use crate::page::PageRequest;
use crate::pages::accounting::Facts;
use crate::pages::lists::{filters, totals_words};
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// Lines of one page.
const PAGE_LINES: u16 = 50;

/// `GET /c/{slug}/banking/{id}`. What cannot be read in the address is said at its field, with status 422, and nothing is listed.
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let returned = page.form(FormState::default);
    let shown = Shown::read(&state, &company, id, &asked, returned).await?;
    let title = shown.view.account.title();
    let status = filters::status(&shown.view.filter);
    Ok(page.html_with(status, &title, || ReviewPage(shown.into_props())))
}

/// `GET /c/{slug}/banking/{id}/lines.csv`
pub async fn csv(
    State(state): State<AppState>,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let account = bank_account(&company, id).await?;
    let facts = Facts::read(&state, &company).await?;
    file::answer(&facts, company, account, &asked).await
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
    let list = asked.here().address(&company.cx.tenant().slug, id);
    let is_selection = selection::is_of(&form);
    let recorded = match is_selection {
        true => selection::act(&company, id, &form)
            .await
            .map(|did| format!("{list}&did={did}")),
        false => {
            let line: i64 = form
                .value(LINE)
                .parse()
                .map_err(|_| PageError::of(StatusCode::UNPROCESSABLE_ENTITY))?;
            let back_to = form.value(NEXT).parse().unwrap_or(line);
            let did = match form.value(ACTION) {
                action::MATCH => "matched",
                _ => "done",
            };
            let recorded = recorded(&company, id, line, &form).await;
            recorded.map(|()| format!("{list}&{did}={line}#{}", row_id(back_to)))
        }
    };
    match recorded {
        Ok(location) => Ok(reply.done(&location)),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let shown = Shown::read(&state, &company, id, &asked.here(), form.clone()).await?;
            let title = shown.view.account.title();
            // Each message stands at its row, which may show something else by now.
            Ok(match is_selection {
                true => reply.refused_whole(&page, &title, || ReviewPage(shown.into_props())),
                false => reply.refused(&page, &title, &form, || ReviewPage(shown.into_props())),
            })
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
    /// Reads the page; `posted` is the form that comes back: of one of its rows, or of those that are selected.
    async fn read(
        state: &AppState,
        company: &Company,
        id: i64,
        asked: &Asked,
        posted: FormState,
    ) -> Result<Self, PageError> {
        let cx = &company.cx;
        let facts = Facts::read(state, company).await?;
        let account = bank_account(company, id).await?;
        let choices = Choices::read(company, account.account_id).await?;
        let account = account_view(account)?;
        let (filter, filter_form) = asked.filter(id, &facts, account.currency);
        let (sort, direction) = asked.order();
        let found = match filter_form.is_refused() {
            true => None,
            false => Some(review_list(cx, &filter, sort, direction, &asked.seek(), PAGE_LINES).await?),
        };
        let is_refused = found.is_none();
        let is_narrowed = filter != asked::unfiltered(id, asked.tab()) || is_refused;
        let totals = match (is_refused, is_narrowed) {
            (true, _) => String::new(),
            (false, is_narrowed) => totals(company, &account, &filter, asked.tab(), is_narrowed).await?,
        };
        let Page { rows, previous, next } = found.unwrap_or(Page {
            rows: Vec::new(),
            previous: None,
            next: None,
        });
        let below: Vec<Option<i64>> = rows.iter().skip(1).map(|line| Some(line.id)).chain([None]).collect();
        let errors = at_rows(&posted, rows.iter().map(|line| line.id));
        let lines: Vec<_> = rows
            .into_iter()
            .zip(below)
            .map(|(line, below)| line_view(line, below, &posted))
            .collect();
        let mut selection = match selection::is_of(&posted) {
            true => posted,
            false => FormState::fresh(),
        };
        if asked.selects_all() && !selection.is_refused() {
            let values = lines.iter().filter_map(|line| line.select_value());
            selection = values.fold(selection, |form, value| form.with(SELECT, value));
        }
        let slug = cx.tenant().slug.as_str();
        let view = ReviewView {
            slug: slug.to_owned(),
            tab: asked.tab(),
            address: asked.here().address(slug, id),
            tabs: Tab::ALL.map(|tab| (tab, asked.with_tab(tab).address(slug, id))).into(),
            filter: filter_form,
            carried: asked.carried(),
            is_narrowed,
            is_further: asked.is_further(),
            heads: asked.heads(slug, id),
            pages: Pages {
                totals,
                first: asked.is_further().then(|| asked.at_first().address(slug, id)),
                previous: previous.map(|place| asked.before(&place).address(slug, id)),
                next: next.map(|place| asked.after(&place).address(slug, id)),
            },
            csv: asked.at_first().file_address(slug, id),
            select_all: asked.with_all(!selection.has(SELECT)).address(slug, id),
            selection,
            lines,
            unexplained: match account.unexplained() {
                Some(_) => unexplained_words(&account, opening_page(company).await?),
                None => None,
            },
            account,
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

/// The page of the opening balances, where there is no opening entry.
async fn opening_page(company: &Company) -> Result<Option<String>, PageError> {
    let has_entry = opening_status(&company.cx).await?.entry.is_some();
    Ok((!has_entry).then(|| format!("/c/{}/accounting/opening", company.cx.tenant().slug)))
}

/// How many lines fit, and what they add up to. Of a whole state they are counted already.
async fn totals(
    company: &Company,
    account: &BankAccountView,
    filter: &LineFilter,
    tab: Tab,
    is_narrowed: bool,
) -> Result<String, PageError> {
    let LineCounts {
        new,
        doubtful,
        accepted,
        excluded,
    } = account.lines;
    let totals = match is_narrowed {
        true => review_totals(&company.cx, filter, LINE_TOTALS_MAX).await?,
        false => Totals {
            rows: match tab {
                Tab::New => new,
                Tab::Doubtful => doubtful,
                Tab::Accepted => accepted,
                Tab::Excluded => excluded,
            },
            more: false,
            sum: None,
        },
    };
    // Amounts in doubt add up to nothing.
    let currency = (tab != Tab::Doubtful).then_some(account.currency);
    Ok(totals_words(totals, ("line", "lines"), currency))
}

/// The messages for the summary: at a row that is not on the page any more there is no field to lead to.
fn at_rows(posted: &FormState, lines: impl Iterator<Item = i64>) -> Vec<FieldError> {
    let here: Vec<i64> = lines.collect();
    let is_here = here.iter().any(|line| line.to_string() == posted.value(LINE));
    let selectable: Vec<String> = here.into_iter().map(select_field).collect();
    let errors = posted.errors().iter().cloned();
    errors
        .map(|error| match is_here || selectable.contains(&error.field) {
            true => error,
            false => FieldError::form(error.message),
        })
        .collect()
}

/// What the form that led here did, told from where things stand now.
async fn done(company: &Company, id: i64, asked: &Asked) -> Result<Option<Done>, PageError> {
    if let Some(done) = selection::done(company, id, asked.did()) {
        return Ok(Some(done));
    }
    if let Some((line, is_matched)) = asked.line_done() {
        return match review_line_get(&company.cx, id, line).await {
            Ok(line) => Ok(Some(words_after(company, line, is_matched))),
            Err(books::Error::NotFound(_)) => Ok(None),
            Err(error) => Err(error.into()),
        };
    }
    let Some(import) = asked.imported() else {
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
