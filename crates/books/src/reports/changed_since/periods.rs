//! The periods that should stay as they were, and whether anything could have come into them.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::HeldAs;
use crate::Error;

/// A closed year, or the locked days after the last one.
pub(super) struct HeldPeriod {
    pub(super) from: Option<Date>,
    pub(super) to: Date,
    pub(super) held_as: HeldAs,
    /// The change that closed or locked it.
    pub(super) change: i64,
    pub(super) at: OffsetDateTime,
    pub(super) actor: String,
    /// Whether somebody had an exception that reaches into it, or it was opened, since.
    pub(super) was_opened: bool,
    /// Whether any account was changed since.
    pub(super) accounts_touched: bool,
}

impl HeldPeriod {
    /// The first day that postings are looked for on.
    pub(super) fn first_day(&self) -> Date {
        // The first day that the database takes.
        self.from.unwrap_or(time::macros::date!(0001 - 01 - 01))
    }
}

/// Newest first.
pub(super) async fn held_periods(connection: &mut PgConnection) -> Result<Vec<HeldPeriod>, Error> {
    let rows = sqlx::query!(
        r#"with closed as (
            select y.starts_on, y.ends_on, y.made_in from fiscal_year y where y.closed and y.retired_in is null
        ), newest as (
            select l.through, l.made_in from period_lock l where coalesce(l.level, 'everyone') = 'everyone' order by l.id desc limit 1
        ), held as (
            select c.starts_on, c.ends_on, c.made_in, true as is_year from closed c
            union all
            select (select max(c.ends_on) + 1 from closed c), n.through, n.made_in, false from newest n
            where n.through > coalesce((select max(c.ends_on) from closed c), '-infinity')
        )
        select h.starts_on as from_day, h.ends_on as "to_day!", h.is_year as "is_year!", c.n as change, c.at, c.actor,
            exists (select from lock_exception e where e.from_day <= h.ends_on and e.until > c.at and (e.retired_in is null or e.retired_in > c.n))
            or exists (select from period_lock l where coalesce(l.level, 'everyone') = 'everyone' and l.made_in > c.n
                       and coalesce(l.through, '-infinity') < h.ends_on) as "was_opened!",
            exists (select from audit_event e where e.source = 'account' and e.change > c.n) as "accounts_touched!"
        from held h join change c on c.n = h.made_in order by h.ends_on desc"#
    )
    .fetch_all(connection)
    .await?;
    let periods = rows.into_iter().map(|row| HeldPeriod {
        from: row.from_day,
        to: row.to_day,
        held_as: match row.is_year {
            true => HeldAs::ClosedYear,
            false => HeldAs::Locked,
        },
        change: row.change,
        at: row.at,
        actor: row.actor,
        was_opened: row.was_opened,
        accounts_touched: row.accounts_touched,
    });
    Ok(periods.collect())
}
