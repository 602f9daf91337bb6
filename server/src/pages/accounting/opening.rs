//! `/c/{slug}/accounting/opening`: the balances the books begin with.

use app::forms::{ACTION, FieldError, FormState};
use app::pages::accounting::opening::{OpeningPage, OpeningPageProps};
use app::view::accounting::entry::ConflictView;
use app::view::accounting::opening::{
    DIFFERENCE_TO_EQUITY, FileReadView, OpeningView, TypedBalance, VOID, read_balances,
};
use app::view::frame::{FrameView, Section};
use app::view::journal::{JournalFormView, LINE_COUNT, LINES, Layout, action, with_more_lines};
use axum::extract::State;
use axum::response::Response;
use books::accounts::{Account, account_list};
use books::documents::{Document, document_get};
use books::opening::{OpeningInput, OpeningLine, OpeningStatus, opening_save, opening_status, opening_void};
use books::reports::report_year_start;
use ledger::accounts::AccountRole;
use ledger::dates::format_date;
use ledger::money::sum_checked;
use leptos::IntoView;
use tenancy::Capability;

use super::entry::entry_view;
use super::journal_form::{at_line, newest_version, saved_text, with_line};
use super::{Facts, account_choice, choices, texts};
use crate::errors::PageError;
use crate::forms::{PostedForm, Reply, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

pub(super) const TITLE: &str = "Opening balances";
/// Lines of a form without balances.
const EMPTY_LINES: usize = 8;

/// `GET /c/{slug}/accounting/opening`
pub async fn show(State(state): State<AppState>, page: PageRequest, company: Company) -> Result<Response, PageError> {
    let opening = Opening::read(&state, &company).await?;
    let view = opening.view(&company, page.returned_form(), None).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html(TITLE, || opening_page(frame, view)))
}

/// `POST /c/{slug}/accounting/opening`: saves the entry, or voids it.
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let opening = Opening::read(&state, &company).await?;
    if form.value(ACTION) == action::ADD_LINES {
        let mut view = opening.view(&company, Some(form), None).await?;
        view.form = view.form.map(with_more_lines);
        let frame = frame_for(&company, Section::Accounting).await?;
        return Ok(page.html(TITLE, || opening_page(frame, view)));
    }
    let saved = match form.value(ACTION) {
        VOID => opening.void(&company, &form).await,
        _ => opening.save(&company, &form).await,
    };
    match saved {
        Ok(()) => Ok(reply.done(&opening.address())),
        Err(NotSaved::Refused(refusal)) => {
            form.refuse_all(refusal.at_fields()?);
            let view = opening.view(&company, Some(form.clone()), None).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            Ok(reply.refused(&page, TITLE, &form, || opening_page(frame, view)))
        }
        Err(NotSaved::Stale) => opening.stale(&page, &company, reply, form).await,
    }
}

pub(super) fn opening_page(frame: FrameView, view: OpeningView) -> impl IntoView {
    OpeningPage(OpeningPageProps { frame, view })
}

/// Why the entry was not saved.
enum NotSaved {
    Refused(NotRecorded),
    /// Somebody else saved another version meanwhile.
    Stale,
}

impl From<NotRecorded> for NotSaved {
    fn from(refusal: NotRecorded) -> Self {
        Self::Refused(refusal)
    }
}

/// Where the opening of a company's books stands.
pub(super) struct Opening {
    facts: Facts,
    status: OpeningStatus,
    entry: Option<Document>,
}

impl Opening {
    pub(super) async fn read(state: &AppState, company: &Company) -> Result<Self, PageError> {
        let facts = Facts::read(state, company).await?;
        let status = opening_status(&company.cx).await?;
        let entry = match &status.entry {
            Some(entry) => Some(document_get(&company.cx, entry.id).await?),
            None => None,
        };
        Ok(Self { facts, status, entry })
    }

    pub(super) fn address(&self) -> String {
        format!("/c/{}/accounting/opening", self.facts.slug)
    }

    /// The page. `form` is what was posted, of whichever form; `file` is what was read, when `form` was filled from it.
    pub(super) async fn view(
        &self,
        company: &Company,
        form: Option<FormState>,
        file: Option<FileReadView>,
    ) -> Result<OpeningView, PageError> {
        let facts = &self.facts;
        let accounts = account_list(&company.cx, None).await?;
        let equity = accounts
            .iter()
            .find(|account| account.role == Some(AccountRole::OpeningBalanceEquity));
        let day_before = self.status.books_begin_on.and_then(time::Date::previous_day);
        let year_start = report_year_start(&company.cx, facts.today).await?;
        let from = day_before.map_or(year_start, |day| day.min(year_start));
        let may_write = company.cx.may(Capability::Journal);
        let (void, form) = match form {
            Some(form) if form.value(ACTION) == VOID => (Some(form), None),
            form => (None, form),
        };
        let void = self.entry.as_ref().filter(|_| may_write).map(|entry| {
            let form = void.unwrap_or_else(FormState::fresh);
            form.with_version(i64::from(entry.version))
        });
        let form = match may_write && day_before.is_some() {
            true => Some(self.form_view(company, form, file.is_some()).await?),
            false => None,
        };
        let read = match &self.entry {
            Some(entry) if !may_write => Some(entry_view(facts, company, entry.id, FormState::default()).await?),
            _ => None,
        };
        Ok(OpeningView {
            slug: facts.slug.clone(),
            currency: facts.currency,
            books_begin_on: self.status.books_begin_on.map(format_date),
            balances_of: day_before.map(format_date),
            entry: self.entry.as_ref().map(|entry| facts.document(entry.id)),
            read,
            may_write,
            equity_balance: self.status.equity_balance,
            equity_lines: equity
                .map(|account| facts.account_lines(account.id, from, facts.today))
                .unwrap_or_default(),
            owners_account: owners_account(&accounts),
            missing: self.status.missing.clone(),
            conflict: None,
            file,
            form,
            void,
        })
    }

    async fn form_view(
        &self,
        company: &Company,
        form: Option<FormState>,
        is_from_file: bool,
    ) -> Result<JournalFormView, PageError> {
        let lines = self
            .entry
            .as_ref()
            .map(|entry| entry.lines.as_slice())
            .unwrap_or_default();
        let (accounts, contacts) = choices(company, lines).await?;
        let mut view = JournalFormView {
            layout: Layout::Opening,
            post_to: is_from_file.then(|| self.address()),
            today: self.facts.today,
            currency: self.facts.currency,
            accounts,
            due_accounts: Vec::new(),
            contacts,
            is_issued: self.entry.is_some(),
            form: FormState::default(),
        };
        view.form = form.unwrap_or_else(|| self.form_of(&view));
        Ok(view)
    }

    /// A form that is made from the entry as it stands, without lines.
    pub(super) fn fresh_form(&self) -> FormState {
        let form = FormState::fresh();
        match &self.entry {
            Some(entry) => form.with_version(i64::from(entry.version)),
            None => form,
        }
    }

    fn form_of(&self, view: &JournalFormView) -> FormState {
        let lines = self
            .entry
            .as_ref()
            .map(|entry| entry.lines.as_slice())
            .unwrap_or_default();
        let count = lines.len().max(EMPTY_LINES);
        let form = self.fresh_form().with(LINE_COUNT, count.to_string());
        lines.iter().fold(form, |form, line| with_line(form, line, view))
    }

    async fn save(&self, company: &Company, form: &FormState) -> Result<(), NotSaved> {
        let view = self
            .form_view(company, Some(form.clone()), false)
            .await
            .map_err(NotRecorded::from)?;
        let balances = read_balances(&view).map_err(NotRecorded::from)?;
        let input = OpeningInput {
            lines: balances.iter().map(opening_line).collect(),
            difference_to_equity: form.has(DIFFERENCE_TO_EQUITY),
        };
        let key = request_key(form).map_err(NotRecorded::from)?;
        let saved = opening_save(&company.cx, &input, version(form), &key).await;
        let lacks_a_side =
            !input.difference_to_equity && sum_checked(input.lines.iter().map(|line| line.amount)) != Ok(0);
        saved.map(|_| ()).map_err(|error| match not_saved(error, &balances) {
            NotSaved::Refused(NotRecorded::AtFields(errors)) if lacks_a_side => {
                NotSaved::Refused(errors.into_iter().map(or_to_equity).collect::<Vec<_>>().into())
            }
            refusal => refusal,
        })
    }

    async fn void(&self, company: &Company, form: &FormState) -> Result<(), NotSaved> {
        let key = request_key(form).map_err(NotRecorded::from)?;
        let version = version(form).unwrap_or_default();
        let voided = opening_void(&company.cx, version, form.value("reason"), &key).await;
        voided.map(|_| ()).map_err(|error| not_saved(error, &[]))
    }

    /// What is saved now beside what was typed. Voiding is asked again instead.
    async fn stale(
        &self,
        page: &PageRequest,
        company: &Company,
        reply: Reply,
        mut form: FormState,
    ) -> Result<Response, PageError> {
        let Some(entry) = &self.entry else {
            return Err(books::Error::NotFound("the opening entry").into());
        };
        let what = newest_version(&self.facts, company, entry).await?;
        let is_void = form.value(ACTION) == VOID;
        if is_void {
            form.refuse(
                "",
                format!("{what} What is saved now is shown here: look at it, then send this again."),
            );
        }
        let form = form.with_version(i64::from(entry.version));
        let mut view = self.view(company, Some(form), None).await?;
        if let Some(typed) = view.form.as_ref().filter(|_| !is_void) {
            let mut text = texts::of_typed(typed);
            let saved = saved_text(entry, typed);
            // The day and the note are the program's own.
            text.date.clone_from(&saved.date);
            text.memo.clone_from(&saved.memo);
            view.conflict = Some(ConflictView {
                what,
                differences: saved.differences(&text),
                discard: self.address(),
            });
        }
        let frame = frame_for(company, Section::Accounting).await?;
        Ok(reply.refused_whole(page, TITLE, || opening_page(frame, view)))
    }
}

/// Detail types of what owners put in.
const PUT_IN: [&str; 3] = ["OwnersEquity", "PartnerContributions", "CommonStock"];

/// The first account of what the owners put in: in the charts that companies begin with, the one to take.
fn owners_account(accounts: &[Account]) -> Option<String> {
    let is_theirs = |account: &&Account| {
        let detail_type = account.detail_type.as_deref().unwrap_or_default();
        account.active && account.role.is_none() && PUT_IN.contains(&detail_type)
    };
    let account = accounts.iter().find(is_theirs)?;
    Some(account_choice(account.clone()).label())
}

/// Two columns that differ may be saved all the same: the message says by which box.
fn or_to_equity(error: FieldError) -> FieldError {
    match error.field.as_str() {
        LINES => {
            let message = format!(
                "{} Or tick “Put the difference on Opening Balance Equity” below and find the rest later.",
                error.message
            );
            FieldError::at(LINES, message)
        }
        _ => error,
    }
}

fn opening_line(balance: &TypedBalance) -> OpeningLine {
    OpeningLine {
        account_id: balance.account_id,
        contact: balance.contact.clone(),
        amount: balance.amount,
        due_on: balance.due_on,
    }
}

fn version(form: &FormState) -> Option<i32> {
    form.version().and_then(|version| i32::try_from(version).ok())
}

fn not_saved(error: books::Error, balances: &[TypedBalance]) -> NotSaved {
    if let books::Error::Stale { .. } = error {
        return NotSaved::Stale;
    }
    let place = |n: usize| balances.get(n).map(|balance| (balance.index, balance.amount));
    let at_field = |error: FieldError| match error.field.as_str() {
        // The form asks for no date: it is the day before the books begin.
        "date" => FieldError::form(error.message),
        "reason" | LINES => error,
        _ => at_line(error, place),
    };
    NotSaved::Refused(match NotRecorded::from(error) {
        NotRecorded::AtFields(errors) => errors.into_iter().map(at_field).collect::<Vec<_>>().into(),
        whole => whole,
    })
}
