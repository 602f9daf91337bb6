//! Exceptions: one person comes through the locks, from a day on, until a moment.

use tenancy::{Capability, Cx, RequestKey};
use time::{Date, Duration, OffsetDateTime};

use super::reason_of;
use crate::fields::{accept, required};
use crate::{Error, Problem};

/// Most exceptions that are listed, newest first.
pub const EXCEPTION_LIST_MAX: i64 = 200;

/// Most days that an exception may last.
pub const EXCEPTION_DAYS_MAX: i64 = 30;

const PERSON_CHARS_MAX: usize = 320;

/// An exception to be granted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewLockException {
    /// Whom it lets through: the e-mail address they sign in with.
    pub person: String,
    /// The first day they may touch again.
    pub from_day: Date,
    /// When it ends, UTC: at most 30 days ahead.
    pub until: OffsetDateTime,
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// An exception as it was granted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LockException {
    /// Its id.
    pub id: i64,
    /// Whom it lets through.
    pub person: String,
    /// The first day they may touch.
    pub from_day: Date,
    /// When it ends, UTC.
    pub until: OffsetDateTime,
    /// Why.
    pub reason: String,
    /// Who granted it.
    pub actor: String,
    /// When, UTC.
    pub at: OffsetDateTime,
    /// Whether it still lets anybody through.
    pub state: ExceptionState,
}

/// Whether an exception still lets anybody through.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ExceptionState {
    /// It does.
    Running,
    /// Its time is over.
    Expired,
    /// Somebody ended it before its time.
    Revoked {
        /// Who.
        by: String,
        /// When, UTC.
        at: OffsetDateTime,
    },
}

/// Lets a person through the locks. That they may enter the company is for the caller to see to: it lies in control.
///
/// # Errors
/// `Invalid` at `person`, `from_day`, `until` or `reason`.
pub async fn exception_grant(cx: &Cx, new: &NewLockException, key: &RequestKey) -> Result<i64, Error> {
    let mut problems = Vec::new();
    let person = required(
        "person",
        &new.person,
        PERSON_CHARS_MAX,
        "Choose whom it lets through.",
        &mut problems,
    );
    if !(1900..=2199).contains(&new.from_day.year()) {
        problems.push(Problem::at("from_day", "Use a year from 1900 to 2199."));
    }
    let reason = reason_of(&new.reason, &mut problems);
    accept(problems)?;
    let mut tx = change!(cx, Capability::Lock, key);
    let now = sqlx::query_scalar!("select at from change order by n desc limit 1")
        .fetch_one(&mut *tx)
        .await?;
    if new.until <= now {
        return Err(Error::at("until", "That is past. Choose when it ends."));
    }
    if new.until > now + Duration::days(EXCEPTION_DAYS_MAX) {
        return Err(Error::at(
            "until",
            "An exception lasts at most 30 days. Choose an earlier end; it can be granted again.",
        ));
    }
    let change = tx.change();
    let id = sqlx::query_scalar!(
        "insert into lock_exception (person, from_day, until, reason, made_in) values ($1, $2, $3, $4, $5) returning id",
        person,
        new.from_day,
        new.until,
        reason,
        change
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit(&id).await?;
    Ok(id)
}

/// Ends an exception before its time.
///
/// # Errors
/// `NotFound`; `Invalid` of the form where it was ended already.
pub async fn exception_revoke(cx: &Cx, id: i64, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Lock, key);
    let retired = sqlx::query_scalar!("select retired_in from lock_exception where id = $1", id)
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(Error::NotFound("that exception"))?;
    if retired.is_some() {
        return Err(Error::of_form("Somebody ended this exception already."));
    }
    let change = tx.change();
    sqlx::query!("update lock_exception set retired_in = $2 where id = $1", id, change)
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit(&()).await?)
}

/// Every exception that was granted, newest first; at most 200.
pub async fn exception_list(cx: &Cx) -> Result<Vec<LockException>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let rows = sqlx::query!(
        r#"select e.id, e.person, e.from_day, e.until, e.reason, c.actor, c.at, e.until > clock_timestamp() as "runs!",
            r.actor as "revoked_by?", r.at as "revoked_at?"
           from lock_exception e join change c on c.n = e.made_in left join change r on r.n = e.retired_in
           order by e.id desc limit $1"#,
        EXCEPTION_LIST_MAX
    )
    .fetch_all(&mut *tx)
    .await?;
    let exceptions = rows.into_iter().map(|row| LockException {
        id: row.id,
        person: row.person,
        from_day: row.from_day,
        until: row.until,
        reason: row.reason,
        actor: row.actor,
        at: row.at,
        state: match (row.revoked_by, row.revoked_at) {
            (Some(by), Some(at)) => ExceptionState::Revoked { by, at },
            _ if row.runs => ExceptionState::Running,
            _ => ExceptionState::Expired,
        },
    });
    Ok(exceptions.collect())
}
