//! The last day that somebody may not touch. The database's own `lock_through()` says it of whoever makes a change; this says the same
//! of whoever reads, so that a page offers what a change will take.

use ledger::dates::format_date;
use sqlx::PgConnection;
use tenancy::{Cx, Role};
use time::Date;

use super::LockLevel;
use crate::{Error, Problem, Remedy};

/// How far the books are locked for one person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct LockHeld {
    /// The last day they may not touch.
    pub(crate) through: Option<Date>,
    /// The last day that is locked for everyone.
    pub(crate) everyone: Option<Date>,
    /// The last day they could not touch without an exception.
    pub(crate) but_for_exception: Option<Date>,
}

impl LockHeld {
    /// The level that keeps a day closed; none where nothing does.
    pub(crate) fn level(&self, day: Date) -> Option<LockLevel> {
        self.through.filter(|through| day <= *through)?;
        if self.everyone.is_some_and(|everyone| day <= everyone) {
            Some(LockLevel::Everyone)
        } else {
            Some(LockLevel::Editors)
        }
    }

    /// Why nothing is entered on a day: whom the lock keeps out, and who can open it.
    pub(crate) fn problem(&self, field: &str, day: Date) -> Option<Problem> {
        let level = self.level(day)?;
        let through = match level {
            LockLevel::Everyone => self.everyone.min(self.through),
            LockLevel::Editors => self.through,
        };
        Some(locked(field, &format_date(through?), level))
    }
}

/// The day in `field` lies in a period that is locked through the day written in `through`.
pub(crate) fn locked(field: &str, through: &str, level: LockLevel) -> Problem {
    let message = match level {
        LockLevel::Everyone => format!(
            "The books are locked through {through} for everyone. Choose a later date, or ask an accountant or admin to open \
            the period."
        ),
        LockLevel::Editors => format!(
            "The books are locked through {through} for everybody below an accountant. Choose a later date, or ask an \
            accountant or admin to enter it or let you through."
        ),
    };
    Problem::at(field, message).helped_at(Remedy::Locks)
}

/// How far the books are locked for who asks, in a transaction of any kind.
pub(crate) async fn held(connection: &mut PgConnection, cx: &Cx) -> Result<LockHeld, Error> {
    let row = sqlx::query!(
        r#"select
            (select l.through from period_lock l where coalesce(l.level, 'everyone') = 'everyone' order by l.id desc limit 1) as everyone,
            (select l.through from period_lock l where l.level = 'editors' order by l.id desc limit 1) as editors,
            (select min(e.from_day) - 1 from lock_exception e
             where e.person = $1 and e.retired_in is null and e.until > clock_timestamp()) as opened"#,
        cx.actor().name
    )
    .fetch_one(connection)
    .await?;
    // `None` is less than any day: the later of two locks is their maximum.
    let but_for_exception = match cx.role() {
        Role::Viewer | Role::Editor => row.everyone.max(row.editors),
        Role::Accountant | Role::Admin | Role::System => row.everyone,
    };
    let through = but_for_exception.map(|through| row.opened.map_or(through, |opened| through.min(opened)));
    Ok(LockHeld {
        through,
        everyone: row.everyone,
        but_for_exception,
    })
}

/// The last day that whoever asks may not touch.
pub(crate) async fn through(connection: &mut PgConnection, cx: &Cx) -> Result<Option<Date>, Error> {
    Ok(held(connection, cx).await?.through)
}
