//! The periods that should stay as they were, and whether anything could have come into them.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

use super::HeldAs;
use crate::Error;

/// A closed year, or locked days that are in none.
#[derive(Clone)]
pub(super) struct HeldPeriod {
    pub(super) from: Option<Date>,
    pub(super) to: Date,
    pub(super) held_as: HeldAs,
    /// The change that closed or locked it.
    pub(super) change: i64,
    pub(super) at: OffsetDateTime,
    pub(super) actor: String,
    /// Whether somebody had an exception that reaches into it or to days before it, or it was opened, since.
    pub(super) was_opened: bool,
}

impl HeldPeriod {
    /// The first day that postings are looked for on.
    pub(super) fn first_day(&self) -> Date {
        // The first day that the database takes.
        self.from.unwrap_or(time::macros::date!(0001 - 01 - 01))
    }
}

/// The change that closed or locked days.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Holding {
    change: i64,
    at: OffsetDateTime,
    actor: String,
}

/// Newest first.
pub(super) async fn held_periods(connection: &mut PgConnection) -> Result<Vec<HeldPeriod>, Error> {
    let years = sqlx::query!(
        "select y.starts_on, y.ends_on, c.n as change, c.at, c.actor from fiscal_year y join change c on c.n = y.made_in
         where y.closed and y.retired_in is null order by y.starts_on"
    )
    .fetch_all(&mut *connection)
    .await?;
    let locks = sqlx::query!(
        "select l.through, c.n as change, c.at, c.actor from period_lock l join change c on c.n = l.made_in
         where coalesce(l.level, 'everyone') = 'everyone' order by l.id"
    )
    .fetch_all(&mut *connection)
    .await?;
    let closed: Vec<(Date, Date)> = years.iter().map(|year| (year.starts_on, year.ends_on)).collect();
    let mut held = Vec::new();
    for year in years {
        let (change, at, actor) = (year.change, year.at, year.actor);
        held.push(period(
            Some(year.starts_on),
            year.ends_on,
            HeldAs::ClosedYear,
            Holding { change, at, actor },
        ));
    }
    let locks = locks.into_iter().map(|lock| {
        let (change, at, actor) = (lock.change, lock.at, lock.actor);
        (lock.through, Holding { change, at, actor })
    });
    let mut from = None;
    for (through, holding) in since_locked(locks) {
        for (from, to) in uncovered(from, through, &closed) {
            held.push(period(from, to, HeldAs::Locked, holding.clone()));
        }
        from = through.next_day();
    }
    held.sort_by_key(|period| std::cmp::Reverse(period.to));
    if !held.is_empty() {
        tell_opened(connection, &mut held).await?;
    }
    Ok(held)
}

fn period(from: Option<Date>, to: Date, held_as: HeldAs, holding: Holding) -> HeldPeriod {
    HeldPeriod {
        from,
        to,
        held_as,
        change: holding.change,
        at: holding.at,
        actor: holding.actor,
        was_opened: false,
    }
}

/// Since which lock each day has been locked without a break: the last days of the stretches in order, each with its lock. A lock that
/// moves on leaves the days before it with the one that locked them first; one that moves back, or opens all, ends theirs.
fn since_locked<T: Clone>(locks: impl IntoIterator<Item = (Option<Date>, T)>) -> Vec<(Date, T)> {
    let mut stretches: Vec<(Date, T)> = Vec::new();
    for (through, lock) in locks {
        let mut cut = None;
        while let Some((_, earlier)) = stretches.pop_if(|(last, _)| through.is_none_or(|through| *last > through)) {
            cut = Some(earlier);
        }
        let reaches = stretches.last().map(|(last, _)| *last);
        match through {
            Some(through) if reaches != Some(through) => stretches.push((through, cut.unwrap_or(lock))),
            _ => {}
        }
    }
    stretches
}

/// The days from `from` through `to` that are in no closed year; the years are in order.
fn uncovered(from: Option<Date>, to: Date, closed: &[(Date, Date)]) -> Vec<(Option<Date>, Date)> {
    let mut parts = Vec::new();
    let mut from = from;
    for (starts_on, ends_on) in closed {
        if from.is_some_and(|from| from > *ends_on) || *starts_on > to {
            continue;
        }
        let before = starts_on
            .previous_day()
            .filter(|before| from.is_none_or(|from| from <= *before));
        parts.extend(before.map(|before| (from, before)));
        from = ends_on.next_day();
    }
    if from.is_none_or(|from| from <= to) {
        parts.push((from, to));
    }
    parts
}

/// Says of each period whether anything could have come into it, or before it, since.
async fn tell_opened(connection: &mut PgConnection, held: &mut [HeldPeriod]) -> Result<(), Error> {
    let days: Vec<Date> = held.iter().map(|period| period.to).collect();
    let changes: Vec<i64> = held.iter().map(|period| period.change).collect();
    let opened = sqlx::query_scalar!(
        r#"select exists (select from lock_exception e
                where e.from_day <= h.to_day and e.until > c.at and (e.retired_in is null or e.retired_in > c.n))
            or exists (select from period_lock l where coalesce(l.level, 'everyone') = 'everyone' and l.made_in > c.n
                       and coalesce(l.through, '-infinity') < h.to_day) as "was_opened!"
           from unnest($1::date[], $2::bigint[]) with ordinality as h (to_day, change, place) join change c on c.n = h.change
           order by h.place"#,
        &days,
        &changes
    )
    .fetch_all(connection)
    .await?;
    for (period, was_opened) in held.iter_mut().zip(opened) {
        period.was_opened = was_opened;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const JAN: Date = date!(2026 - 01 - 31);
    const FEB: Date = date!(2026 - 02 - 28);
    const MAR: Date = date!(2026 - 03 - 31);

    #[test]
    fn a_day_is_held_by_the_first_lock_that_still_covers_it() {
        let of = |locks: &[(Option<Date>, char)]| since_locked(locks.iter().copied());
        assert_eq!(of(&[(Some(JAN), 'a'), (Some(FEB), 'b')]), [(JAN, 'a'), (FEB, 'b')]);
        assert_eq!(
            of(&[(Some(FEB), 'a'), (Some(FEB), 'b')]),
            [(FEB, 'a')],
            "a new reason for the same days"
        );
        assert_eq!(
            of(&[(Some(JAN), 'a'), (None, 'b'), (Some(FEB), 'c')]),
            [(FEB, 'c')],
            "opened meanwhile"
        );
        let moved_back = [(Some(JAN), 'a'), (Some(MAR), 'b'), (Some(FEB), 'c'), (Some(MAR), 'd')];
        assert_eq!(of(&moved_back), [(JAN, 'a'), (FEB, 'b'), (MAR, 'd')]);
        assert_eq!(of(&[(Some(MAR), 'a'), (Some(JAN), 'b')]), [(JAN, 'a')]);
        assert_eq!(of(&[(Some(JAN), 'a'), (None, 'b')]), []);
    }

    #[test]
    fn locked_days_before_between_and_after_closed_years_are_held_too() {
        let closed = [
            (date!(2024 - 01 - 01), date!(2024 - 12 - 31)),
            (date!(2025 - 01 - 01), date!(2025 - 12 - 31)),
        ];
        assert_eq!(
            uncovered(None, MAR, &closed),
            [(None, date!(2023 - 12 - 31)), (Some(date!(2026 - 01 - 01)), MAR)]
        );
        assert_eq!(
            uncovered(Some(date!(2024 - 06 - 01)), date!(2025 - 06 - 30), &closed),
            []
        );
        assert_eq!(uncovered(None, JAN, &[]), [(None, JAN)]);
    }
}
