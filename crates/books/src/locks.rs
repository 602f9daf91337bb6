//! Locking periods: what a report through a day shows stays as it is, until somebody opens the period again and says why.

use ledger::dates::format_date;
use tenancy::{Capability, Cx, RequestKey};
use time::{Date, OffsetDateTime};

use crate::fields::{accept, required};
use crate::{Error, Problem};

/// Most entries of the history that are listed, newest first.
pub const LOCK_LIST_MAX: i64 = 200;

const REASON_CHARS_MAX: usize = 500;

/// A lock as it was set; the newest one is in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lock {
    /// The last locked day; none where the books were opened.
    pub through: Option<Date>,
    /// Why.
    pub reason: String,
    /// Who set it.
    pub actor: String,
    /// When, UTC.
    pub at: OffsetDateTime,
    /// The change that set it.
    pub change: i64,
}

impl Lock {
    /// What to say of a lock that reaches to today or beyond.
    pub fn notice(&self, today: Date) -> Option<String> {
        let through = self.through.filter(|through| *through >= today)?;
        Some(format!(
            "This lock reaches past yesterday: nothing can be entered with a date through {}.",
            format_date(through)
        ))
    }
}

/// The lock in force; none while nothing is locked.
pub async fn lock_get(cx: &Cx) -> Result<Option<Lock>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let newest = sqlx::query_as!(
        Lock,
        "select l.through, l.reason, c.actor, c.at, c.n as change from period_lock l join change c on c.n = l.made_in order by l.id desc limit 1"
    )
    .fetch_optional(&mut *tx)
    .await?;
    Ok(newest.filter(|lock| lock.through.is_some()))
}

/// Every lock that was set and every opening, newest first; at most 200.
pub async fn lock_list(cx: &Cx) -> Result<Vec<Lock>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let locks = sqlx::query_as!(
        Lock,
        "select l.through, l.reason, c.actor, c.at, c.n as change from period_lock l join change c on c.n = l.made_in order by l.id desc limit $1",
        LOCK_LIST_MAX
    )
    .fetch_all(&mut *tx)
    .await?;
    Ok(locks)
}

/// Locks the books through a day, or opens them where no day is given. A day before the present lock's opens what is after it;
/// a day that is not past is allowed, and [`Lock::notice`] says what it means.
///
/// # Errors
/// `Invalid` at `reason` or `through`.
pub async fn lock_set(cx: &Cx, through: Option<Date>, reason: &str, key: &RequestKey) -> Result<(), Error> {
    let mut problems = Vec::new();
    let reason = required(
        "reason",
        reason,
        REASON_CHARS_MAX,
        "Say why: the reason stays in the history.",
        &mut problems,
    );
    if through.is_some_and(|through| !(1900..=2199).contains(&through.year())) {
        problems.push(Problem::at("through", "Use a year from 1900 to 2199."));
    }
    accept(problems)?;
    let mut tx = change!(cx, Capability::Lock, key);
    sqlx::query!(
        "insert into period_lock (through, reason, made_in) values ($1, $2, $3)",
        through,
        reason,
        tx.change()
    )
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit(&()).await?)
}
