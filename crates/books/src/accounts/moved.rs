//! What moves in the reports when an account gets another type or detail type or is merged: said before it is done.

use std::collections::BTreeSet;

use ledger::dates::format_date;
use sqlx::PgConnection;
use tenancy::{Capability, Cx};
use time::Date;

use super::Chart;
use crate::{Error, fiscal_years};

/// The history that would move.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MovedHistory {
    /// The full names of the other accounts that move along.
    pub along: Vec<String>,
    /// How many postings.
    pub lines: i64,
    /// What they add up to, minor units, debit positive.
    pub amount: i64,
    /// The day of the first one.
    pub first: Option<Date>,
    /// The day of the last one.
    pub last: Option<Date>,
    /// The last locked day, where any of them lies in a locked period.
    pub locked_through: Option<Date>,
    /// How many fiscal years have some of them in a locked period.
    pub locked_years: usize,
}

/// What another type of an account would move: its own history and that of what is below it or merged into it.
///
/// # Errors
/// `NotFound`.
pub async fn account_moved_by_retype(cx: &Cx, id: i64) -> Result<MovedHistory, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let chart = Chart::load(&mut tx).await?;
    let along = chart.moves_along(id);
    if along.is_empty() {
        return Err(Error::NotFound("that account"));
    }
    let ids: Vec<i64> = along.iter().map(|account| account.id).collect();
    let names = along.iter().skip(1).map(|account| account.path.clone()).collect();
    history(&mut tx, &ids, names).await
}

/// What merging an account, or undoing its merge, would move: its own history and that of what was merged into it.
///
/// # Errors
/// `NotFound`.
pub async fn account_moved_by_merge(cx: &Cx, id: i64) -> Result<MovedHistory, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let chart = Chart::load(&mut tx).await?;
    if chart.get(id).is_none() {
        return Err(Error::NotFound("that account"));
    }
    let ids = chart.merges().ids_shown_as(id);
    let others = ids.iter().filter(|other| **other != id);
    let names = others
        .filter_map(|other| Some(chart.get(*other)?.path.clone()))
        .collect();
    history(&mut tx, &ids, names).await
}

/// The history of these accounts, with the names of those that move.
pub(super) async fn history(
    connection: &mut PgConnection,
    ids: &[i64],
    along: Vec<String>,
) -> Result<MovedHistory, Error> {
    let row = sqlx::query!(
        r#"select count(*) as "lines!", coalesce(sum(amount), 0)::bigint as "amount!", min(posted_on) as first, max(posted_on) as last
           from posting where retired_in is null and account_id = any ($1)"#,
        ids
    )
    .fetch_one(&mut *connection)
    .await?;
    let (locked_through, locked_years) = locked(connection, ids).await?.unzip();
    Ok(MovedHistory {
        along,
        lines: row.lines,
        amount: row.amount,
        first: row.first,
        last: row.last,
        locked_through,
        locked_years: locked_years.unwrap_or(0),
    })
}

/// The last locked day and in how many fiscal years these accounts have postings in a locked period; none where they have none.
/// Either level of lock counts: what was closed for the editors was shown to somebody too.
async fn locked(connection: &mut PgConnection, ids: &[i64]) -> Result<Option<(Date, usize)>, Error> {
    let through = sqlx::query_scalar!(
        r#"select greatest(
            (select l.through from period_lock l where coalesce(l.level, 'everyone') = 'everyone' order by l.id desc limit 1),
            (select l.through from period_lock l where l.level = 'editors' order by l.id desc limit 1),
            (select max(y.ends_on) from fiscal_year y where y.closed and y.retired_in is null)
        ) as through"#
    )
    .fetch_one(&mut *connection)
    .await?;
    let Some(through) = through else { return Ok(None) };
    let days = sqlx::query_scalar!(
        r#"select min(posted_on) as "first!" from posting
           where retired_in is null and account_id = any ($1) and posted_on <= $2 group by date_trunc('month', posted_on)"#,
        ids,
        through
    )
    .fetch_all(&mut *connection)
    .await?;
    if days.is_empty() {
        return Ok(None);
    }
    let years = fiscal_years::load(connection).await?;
    let years: BTreeSet<Date> = days.into_iter().map(|day| years.start_of(day)).collect();
    Ok(Some((through, years.len())))
}

/// Refuses to move history of a locked period unasked.
pub(super) async fn refuse_locked(connection: &mut PgConnection, ids: &[i64]) -> Result<(), Error> {
    match locked(connection, ids).await? {
        None => Ok(()),
        Some((through, years)) => Err(Error::at(
            "moves_locked",
            format!(
                "This changes what the reports of {} locked {} show: the books are locked through {}. Say that you want it.",
                years,
                if years == 1 { "year" } else { "years" },
                format_date(through)
            ),
        )),
    }
}
