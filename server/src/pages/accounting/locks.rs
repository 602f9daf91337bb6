//! `/c/{slug}/accounting/locks`: the locks of both levels, their history, moving them, and whom they let through.

use app::components::SelectOption;
use app::forms::{ACTION, FieldError, FormState};
use app::pages::accounting::locks::{ExceptionPage, ExceptionPageProps, LocksPage, LocksPageProps};
use app::view::accounting::locks::{
    ExceptionRow, ExceptionStanding, ExceptionView, LockRow, LockView, LocksView, Yours, action,
};
use app::view::accounting::periods::PeriodsPage;
use app::view::frame::{FrameView, Section};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use books::locks::{
    ExceptionState, Lock, LockException, LockLevel, LocksInForce, NewLockException, exception_grant, exception_list,
    exception_revoke, lock_get, lock_list, lock_set_at,
};
use books::reports::changed_since_close;
use identity::{IdentityError, member_address, member_choices};
use ledger::dates::{format_date, format_date_input, parse_date};
use leptos::IntoView;
use tenancy::Capability;
use time::{Date, Duration};

use super::Facts;
use super::changed_since::changed_words;
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Locks";
const EXCEPTION_TITLE: &str = "Let somebody through";

/// How long an exception may last, in hours.
const LENGTHS: [(i64, &str); 7] = [
    (1, "1 hour"),
    (4, "4 hours"),
    (24, "1 day"),
    (72, "3 days"),
    (168, "1 week"),
    (336, "2 weeks"),
    (720, "30 days"),
];

/// `GET /c/{slug}/accounting/locks`
pub async fn show(State(state): State<AppState>, page: PageRequest, company: Company) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let posted = page.returned_form().unwrap_or_default();
    let view = locks_view(&facts, &company, posted, super::done_of(&page)).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html(TITLE, || locks_page(frame, view)))
}

/// `POST /c/{slug}/accounting/locks`
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    let done = match form.value(ACTION) {
        action::REVOKE => revoke(&company, &form).await.map(|()| "?done=ended"),
        _ => set(&facts, &company, &form).await.map(|()| ""),
    };
    match done {
        Ok(done) => Ok(reply.done(&format!("{}{done}", PeriodsPage::Locks.path(&facts.slug)))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let view = locks_view(&facts, &company, form.clone(), None).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            Ok(reply.refused(&page, TITLE, &form, || locks_page(frame, view)))
        }
    }
}

/// `GET /c/{slug}/accounting/locks/exception`
pub async fn exception(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let locks = lock_get(&company.cx).await?;
    let first = month_of_lock(&locks).map(format_date_input);
    let form = page.form(|| {
        FormState::fresh()
            .with("from_day", first.unwrap_or_default())
            .with("length", "24")
    });
    let view = exception_view(&facts, &company, &locks, form).await?;
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html(EXCEPTION_TITLE, || ExceptionPage(ExceptionPageProps { frame, view })))
}

/// `POST /c/{slug}/accounting/locks/exception`
pub async fn exception_posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    match grant(&state, &facts, &company, &form).await {
        Ok(()) => Ok(reply.done(&format!("{}?done=granted", PeriodsPage::Locks.path(&facts.slug)))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let locks = lock_get(&company.cx).await?;
            let view = exception_view(&facts, &company, &locks, form.clone()).await?;
            let frame = frame_for(&company, Section::Accounting).await?;
            Ok(reply.refused(&page, EXCEPTION_TITLE, &form, || {
                ExceptionPage(ExceptionPageProps { frame, view })
            }))
        }
    }
}

async fn set(facts: &Facts, company: &Company, form: &FormState) -> Result<(), NotRecorded> {
    let level = match form.value("level") {
        "" => LockLevel::Everyone,
        code => LockLevel::parse(code).ok_or(FieldError::at("level", "Choose whom the lock keeps out."))?,
    };
    let through = match form.value(ACTION) {
        action::OPEN if form.value("reason").trim().is_empty() => {
            let message = "Say why everything is opened again: the reason stays in the history. Nothing was opened.";
            return Err(FieldError::at("reason", message).into());
        }
        action::OPEN => None,
        action::LOCK => {
            let day = parse_date(form.value("through"), facts.today);
            Some(day.map_err(|error| FieldError::at("through", error.to_string()))?)
        }
        _ => return Err(PageError::of(StatusCode::BAD_REQUEST).into()),
    };
    let key = request_key(form)?;
    Ok(lock_set_at(&company.cx, level, through, form.value("reason"), &key).await?)
}

async fn revoke(company: &Company, form: &FormState) -> Result<(), NotRecorded> {
    let id = form
        .value("exception")
        .parse()
        .map_err(|_| PageError::of(StatusCode::NOT_FOUND))?;
    Ok(exception_revoke(&company.cx, id, &request_key(form)?).await?)
}

async fn grant(state: &AppState, facts: &Facts, company: &Company, form: &FormState) -> Result<(), NotRecorded> {
    let mut errors = Vec::new();
    let hours: Option<i64> = form.value("length").parse().ok();
    let hours = hours.filter(|hours| LENGTHS.iter().any(|(length, _)| length == hours));
    if hours.is_none() {
        errors.push(FieldError::at("length", "Choose how long it lasts."));
    }
    let from_day = parse_date(form.value("from_day"), facts.today)
        .inspect_err(|error| errors.push(FieldError::at("from_day", error.to_string())));
    let person = match member(company, form.value("person")).await? {
        Ok(email) => email,
        Err(message) => {
            errors.push(FieldError::at("person", message));
            String::new()
        }
    };
    if form.value("reason").trim().is_empty() {
        errors.push(FieldError::at("reason", "Say why: the reason stays in the history."));
    }
    let (Ok(from_day), Some(hours), true) = (from_day, hours, errors.is_empty()) else {
        return Err(errors.into());
    };
    let new = NewLockException {
        person,
        from_day,
        until: state.clock.now() + Duration::hours(hours),
        reason: form.value("reason").to_owned(),
    };
    exception_grant(&company.cx, &new, &request_key(form)?).await?;
    Ok(())
}

/// The address that somebody in the company signs in with, as changes name them; else what to say.
async fn member(company: &Company, chosen: &str) -> Result<Result<String, &'static str>, PageError> {
    match member_address(&company.cx, chosen).await {
        Ok(Some(address)) => Ok(Ok(address)),
        Ok(None) => Ok(Err(
            "They are not in the company any more. Choose somebody from the list.",
        )),
        Err(IdentityError::NotAnAddress) => Ok(Err("Choose whom to let through.")),
        Err(error) => Err(error.into()),
    }
}

fn locks_page(frame: FrameView, view: LocksView) -> impl IntoView {
    LocksPage(LocksPageProps { frame, view })
}

/// What the page shows; `posted` is what was posted to it, if anything was.
async fn locks_view(
    facts: &Facts,
    company: &Company,
    posted: FormState,
    done: Option<String>,
) -> Result<LocksView, PageError> {
    let cx = &company.cx;
    let may_lock = cx.may(Capability::Lock);
    let locks = lock_get(cx).await?;
    let changed = changed_since_close(cx, Date::MAX).await?;
    let exceptions = exception_list(cx).await?;
    Ok(LocksView {
        slug: facts.slug.clone(),
        yours: Yours {
            through: locks.through.map(format_date),
            but_for_exception: locks.but_for_exception.map(format_date),
        },
        everyone: locks.everyone.and_then(|lock| in_force(facts, lock)),
        editors: locks.editors.and_then(|lock| in_force(facts, lock)),
        exceptions: exceptions
            .into_iter()
            .map(|exception| exception_row(facts, may_lock, exception, &posted))
            .collect(),
        history: lock_list(cx)
            .await?
            .into_iter()
            .map(|lock| LockRow {
                through: lock.through.map(format_date),
                level: level_words(lock.level),
                reason: lock.reason,
                who: lock.actor,
                when: facts.moment(lock.at),
            })
            .collect(),
        form: may_lock.then(|| lock_form(&posted)),
        changed: changed.map(|periods| changed_words(&periods, facts.currency)),
        done: match done.as_deref() {
            Some("granted") => Some("They are let through."),
            Some("ended") => Some("The exception is ended: the locks hold for them again."),
            _ => None,
        },
    })
}

/// The form that moves a lock: as it was posted, or a new one.
fn lock_form(posted: &FormState) -> FormState {
    match posted.value(ACTION) {
        "" | action::REVOKE => FormState::fresh().with("level", LockLevel::Everyone.code()),
        _ => posted.clone(),
    }
}

fn in_force(facts: &Facts, lock: Lock) -> Option<LockView> {
    Some(LockView {
        notice: lock.notice(facts.today),
        through: format_date(lock.through?),
        set: format!("{}, {}", lock.actor, facts.moment(lock.at)),
        reason: lock.reason,
    })
}

const fn level_words(level: LockLevel) -> &'static str {
    match level {
        LockLevel::Everyone => "for everyone",
        LockLevel::Editors => "for everybody below an accountant",
    }
}

fn exception_row(facts: &Facts, may_lock: bool, exception: LockException, posted: &FormState) -> ExceptionRow {
    let is_posted = posted.value(ACTION) == action::REVOKE && posted.value("exception") == exception.id.to_string();
    let until = facts.moment(exception.until);
    let runs = exception.state == ExceptionState::Running;
    ExceptionRow {
        id: exception.id,
        person: exception.person,
        from_day: format_date(exception.from_day),
        reason: exception.reason,
        granted: format!("{}, {}", exception.actor, facts.moment(exception.at)),
        standing: match exception.state {
            ExceptionState::Running => ExceptionStanding::Running(until),
            ExceptionState::Expired => ExceptionStanding::Expired(until),
            ExceptionState::Revoked { by, at } => ExceptionStanding::Revoked(format!("{by}, {}", facts.moment(at))),
        },
        // What was refused says so where it was asked, also when the exception has ended meanwhile.
        revoke: match is_posted {
            true => Some(posted.clone()),
            false => (runs && may_lock).then(FormState::fresh),
        },
    }
}

/// The first day of the month that the later of the locks ends in: what most exceptions are about.
fn month_of_lock(locks: &LocksInForce) -> Option<Date> {
    let last = [&locks.everyone, &locks.editors]
        .into_iter()
        .flatten()
        .filter_map(|lock| lock.through)
        .max()?;
    last.replace_day(1).ok()
}

/// Whom the form offers: the members, after the words that ask for one.
async fn people(company: &Company) -> Result<Vec<SelectOption>, PageError> {
    let members = member_choices(&company.cx).await?.into_iter().map(|member| {
        let label = format!("{}, {} ({})", member.name, member.email, member.role.code());
        SelectOption::new(member.email, label)
    });
    let nobody = SelectOption::new("", "Choose somebody");
    Ok([nobody].into_iter().chain(members).collect())
}

async fn exception_view(
    facts: &Facts,
    company: &Company,
    locks: &LocksInForce,
    form: FormState,
) -> Result<ExceptionView, PageError> {
    let through = |lock: &Option<Lock>| lock.as_ref().and_then(|lock| lock.through).map(format_date);
    let locked = match (through(&locks.everyone), through(&locks.editors)) {
        (Some(everyone), Some(editors)) => {
            format!("Locked through {everyone} for everyone, and through {editors} for everybody below an accountant.")
        }
        (Some(everyone), None) => format!("Locked through {everyone} for everyone."),
        (None, Some(editors)) => format!("Locked through {editors} for everybody below an accountant."),
        (None, None) => "Nothing is locked, so nobody needs to be let through.".to_owned(),
    };
    Ok(ExceptionView {
        slug: facts.slug.clone(),
        locked,
        form,
        people: people(company).await?,
        lengths: LENGTHS
            .iter()
            .map(|(hours, label)| SelectOption::new(hours.to_string(), *label))
            .collect(),
    })
}
