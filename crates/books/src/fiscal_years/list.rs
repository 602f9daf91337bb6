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
    /// When it was last closed; kept after it was reopened.
    pub closing: Option<Closing>,
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

/// The change that closed a year: its figures are those of the books as known at it.
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
        r#"select distinct on (y.starts_on, y.ends_on, y.closed) y.id, y.starts_on, y.ends_on, y.closed, coalesce(y.reason, '') as "reason!",
            y.retired_in is null as "lives!", c.n as change, c.at, c.actor
           from fiscal_year y join change c on c.n = y.made_in order by y.starts_on, y.ends_on, y.closed, y.id desc"#
    )
    .fetch_all(&mut *tx)
    .await?;
    let first = bounds.first_day.unwrap_or(today).min(today);
    let next = years.end_of(today).next_day().unwrap_or(today);
    let last = bounds.last_day.map_or(next, |last| last.max(next));
    let mut list = Vec::new();
    for year in years.years_between(first, last) {
        let mut of_year = rows
            .iter()
            .filter(|row| row.starts_on == year.starts_on && row.ends_on == year.ends_on);
        let (mut closing, mut set_as, mut is_closed) = (None, None, false);
        for row in of_year.by_ref() {
            if row.closed {
                is_closed = row.lives;
                closing = Some(Closing {
                    change: row.change,
                    at: row.at,
                    actor: row.actor.clone(),
                    reason: row.reason.clone(),
                });
            } else if row.lives {
                set_as = Some((row.id, row.reason.clone()));
            }
        }
        list.push(YearRow {
            year,
            state: match bounds.locked {
                _ if is_closed => YearState::Closed,
                Some(through) if through >= year.ends_on => YearState::Locked,
                _ => YearState::Open,
            },
            net_income: net_income(&mut tx, year.starts_on, year.ends_on).await?,
            set_as,
            closing,
        });
    }
    list.reverse();
    Ok(list)
}
