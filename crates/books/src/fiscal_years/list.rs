//! The years one after the other, and how each stands.

use ledger::dates::FiscalYear;
use tenancy::{Capability, Cx};
use time::{Date, OffsetDateTime};

use super::{load, net_income};
use crate::Error;

/// A fiscal year as the list shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct YearRow {
    /// Its days.
    pub year: FiscalYear,
    /// How it stands.
    pub state: YearState,
    /// What it earned so far, minor units: a profit is positive.
    pub net_income: i64,
    /// The row that sets its days, where it does not follow from the first month and is not closed, and why it was set.
    pub set_as: Option<(i64, String)>,
    /// Why somebody set its days; kept after it was closed.
    pub set_because: Option<String>,
    /// When it was last closed; kept after it was reopened.
    pub closing: Option<Closing>,
    /// When that closing was taken back, where it was.
    pub reopening: Option<Closing>,
}

/// How a fiscal year stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum YearState {
    /// Something can still be entered in it.
    Open,
    /// It is locked for everyone through its end, and not closed.
    Locked,
    /// It is closed.
    Closed,
}

/// The change that closed a year, or reopened it: its figures then are those of the books as known at it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Closing {
    /// The change.
    pub change: i64,
    /// When, UTC.
    pub at: OffsetDateTime,
    /// Who.
    pub actor: String,
    /// Why.
    pub reason: String,
}

/// Every year from the first one that anything lies in through the one after today's, newest first.
///
/// # Errors
/// `NotFound` while the books are not set up.
pub async fn fiscal_year_list(cx: &Cx, today: Date) -> Result<Vec<YearRow>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let years = load(&mut tx).await?;
    let bounds = sqlx::query!(
        r#"select (select l.through from period_lock l where coalesce(l.level, 'everyone') = 'everyone' order by l.id desc limit 1) as locked,
            least((select min(p.posted_on) from posting p where p.retired_in is null), c.books_begin_on,
                  (select min(y.starts_on) from fiscal_year y where y.retired_in is null)) as first_day,
            greatest((select max(p.posted_on) from posting p where p.retired_in is null),
                     (select max(y.ends_on) from fiscal_year y where y.retired_in is null)) as last_day
           from company c"#
    )
    .fetch_one(&mut *tx)
    .await?;
    let rows = sqlx::query!(
        r#"select y.id, y.starts_on, y.ends_on, y.closed, coalesce(y.reason, '') as "reason!", y.retired_in, c.n as change, c.at, c.actor,
            o.at as "reopened_at?", o.actor as "reopened_by?", l.reason as "reopened_because?"
           from fiscal_year y join change c on c.n = y.made_in
           left join change o on o.n = y.retired_in
           left join period_lock l on l.made_in = o.n and coalesce(l.level, 'everyone') = 'everyone'
           order by y.starts_on, y.ends_on, y.id"#
    )
    .fetch_all(&mut *tx)
    .await?;
    let first = bounds.first_day.unwrap_or(today).min(today);
    let next = years.end_of(today).next_day().unwrap_or(today);
    let last = bounds.last_day.map_or(next, |last| last.max(next));
    let mut list = Vec::new();
    for year in years.years_between(first, last) {
        let of_year = rows
            .iter()
            .filter(|row| row.starts_on == year.starts_on && row.ends_on == year.ends_on);
        let (mut closing, mut reopening, mut set_as, mut set_because) = (None, None, None, None);
        let mut reopened_in = None;
        for row in of_year {
            let (lives, reason) = (row.retired_in.is_none(), row.reason.clone());
            if row.closed {
                reopened_in = row.retired_in;
                reopening = row.retired_in.and_then(|change| {
                    Some(Closing {
                        change,
                        at: row.reopened_at?,
                        actor: row.reopened_by.clone()?,
                        reason: row.reopened_because.clone().unwrap_or_default(),
                    })
                });
                closing = Some(Closing {
                    change: row.change,
                    at: row.at,
                    actor: row.actor.clone(),
                    reason,
                });
                continue;
            }
            if lives {
                set_as = Some((row.id, reason.clone()));
            }
            // A year that is reopened keeps its days by a row of its own, which says why it was reopened.
            if reopened_in != Some(row.change) {
                set_because = Some(reason);
            }
        }
        let is_closed = closing.is_some() && reopened_in.is_none();
        list.push(YearRow {
            year,
            state: match bounds.locked {
                _ if is_closed => YearState::Closed,
                Some(through) if through >= year.ends_on => YearState::Locked,
                _ => YearState::Open,
            },
            net_income: net_income(&mut tx, year.starts_on, year.ends_on).await?,
            set_as,
            set_because,
            closing,
            reopening,
        });
    }
    list.reverse();
    Ok(list)
}
