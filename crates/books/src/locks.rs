//! Locking periods: what a report through a day shows stays as it is, until somebody opens the period again and says why.
//!
//! There are two levels. The one for editors keeps everybody below an accountant out, while accountants finish the period; the one
//! for everyone keeps all out once it is reported or filed. At each level the newest lock is in force. An [exception](exceptions)
//! lets one person through both for a while.

mod exceptions;
mod held;

use ledger::dates::format_date;
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::{Date, OffsetDateTime};

pub use exceptions::{
    EXCEPTION_DAYS_MAX, EXCEPTION_LIST_MAX, ExceptionState, LockException, NewLockException, exception_grant,
    exception_list, exception_revoke,
};
pub(crate) use held::{LockHeld, held, through};

use crate::fields::{accept, known, required};
use crate::{Error, Problem};

/// Most entries of the history that are listed, newest first.
pub const LOCK_LIST_MAX: i64 = 200;

pub(crate) const REASON_CHARS_MAX: usize = 500;

/// Whom a lock keeps out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LockLevel {
    /// Everybody below an accountant.
    Editors,
    /// All, accountants and admins too.
    Everyone,
}

impl LockLevel {
    /// Both, the stricter one first.
    pub const ALL: [Self; 2] = [Self::Everyone, Self::Editors];

    /// The text that the database and forms hold.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Editors => "editors",
            Self::Everyone => "everyone",
        }
    }

    /// The level of that text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == text)
    }
}

/// A lock as it was set; at each level the newest one is in force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lock {
    /// Whom it keeps out. A lock set before there were levels keeps everyone out.
    pub level: LockLevel,
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
        let who = match self.level {
            LockLevel::Everyone => "nothing can be entered",
            LockLevel::Editors => "an editor can enter nothing",
        };
        Some(format!(
            "This lock reaches past yesterday: {who} with a date through {}.",
            format_date(through)
        ))
    }
}

/// The locks in force, and what they mean for who asks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LocksInForce {
    /// The one for everyone; none while it locks nothing.
    pub everyone: Option<Lock>,
    /// The one for editors; none while it locks nothing.
    pub editors: Option<Lock>,
    /// The last day that whoever asks may not touch, exceptions included.
    pub through: Option<Date>,
    /// The last day they could not touch without their exception, where that lets them through.
    pub but_for_exception: Option<Date>,
}

/// The locks in force, and the last day that whoever asks may not touch.
pub async fn lock_get(cx: &Cx) -> Result<LocksInForce, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let rows = sqlx::query!(
        r#"select distinct on (coalesce(l.level, 'everyone')) coalesce(l.level, 'everyone') as "level!", l.through, l.reason,
            c.actor, c.at, c.n as change
           from period_lock l join change c on c.n = l.made_in order by coalesce(l.level, 'everyone'), l.id desc"#
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut locks = LocksInForce::default();
    for row in rows.into_iter().filter(|row| row.through.is_some()) {
        let lock = Lock {
            level: known(LockLevel::parse(&row.level).ok_or(()))?,
            through: row.through,
            reason: row.reason,
            actor: row.actor,
            at: row.at,
            change: row.change,
        };
        match lock.level {
            LockLevel::Everyone => locks.everyone = Some(lock),
            LockLevel::Editors => locks.editors = Some(lock),
        }
    }
    let held = held(&mut tx, cx).await?;
    locks.through = held.through;
    locks.but_for_exception = held.but_for_exception.filter(|through| held.through != Some(*through));
    Ok(locks)
}

/// Every lock that was set and every opening, of both levels, newest first; at most 200.
pub async fn lock_list(cx: &Cx) -> Result<Vec<Lock>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let rows = sqlx::query!(
        r#"select coalesce(l.level, 'everyone') as "level!", l.through, l.reason, c.actor, c.at, c.n as change
           from period_lock l join change c on c.n = l.made_in order by l.id desc limit $1"#,
        LOCK_LIST_MAX
    )
    .fetch_all(&mut *tx)
    .await?;
    let locks = rows.into_iter().map(|row| {
        Ok(Lock {
            level: known(LockLevel::parse(&row.level).ok_or(()))?,
            through: row.through,
            reason: row.reason,
            actor: row.actor,
            at: row.at,
            change: row.change,
        })
    });
    locks.collect()
}

/// Locks the books for everyone through a day, or opens them where no day is given: [`lock_set_at`] at the stricter level.
///
/// # Errors
/// As [`lock_set_at`].
pub async fn lock_set(cx: &Cx, through: Option<Date>, reason: &str, key: &RequestKey) -> Result<(), Error> {
    cx.require(Capability::Lock)?;
    lock_set_at(cx, LockLevel::Everyone, through, reason, key).await
}

/// Locks the books at a level through a day, or opens that level where no day is given. A day before the present lock's opens what is
/// after it; a day that is not past is allowed, and [`Lock::notice`] says what it means. A closed fiscal year stays locked.
///
/// # Errors
/// `Invalid` at `reason` or `through`.
pub async fn lock_set_at(
    cx: &Cx,
    level: LockLevel,
    through: Option<Date>,
    reason: &str,
    key: &RequestKey,
) -> Result<(), Error> {
    let mut problems = Vec::new();
    let reason = reason_of(reason, &mut problems);
    if through.is_some_and(|through| !(1900..=2199).contains(&through.year())) {
        problems.push(Problem::at("through", "Use a year from 1900 to 2199."));
    }
    accept(problems)?;
    let mut tx = change!(cx, Capability::Lock, key);
    insert(&mut tx, level, through, &reason).await?;
    Ok(tx.commit(&()).await?)
}

/// The reason of a lock, an opening or a closing.
pub(crate) fn reason_of(typed: &str, problems: &mut Vec<Problem>) -> String {
    required(
        "reason",
        typed,
        REASON_CHARS_MAX,
        "Say why: the reason stays in the history.",
        problems,
    )
}

/// Sets a lock inside a change.
pub(crate) async fn insert(
    tx: &mut TenantTx<Write>,
    level: LockLevel,
    through: Option<Date>,
    reason: &str,
) -> Result<(), Error> {
    let change = tx.change();
    sqlx::query!(
        "insert into period_lock (level, through, reason, made_in) values ($1, $2, $3, $4)",
        level.code(),
        through,
        reason,
        change
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
