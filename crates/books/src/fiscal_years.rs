//! The company's fiscal years: regular ones follow from its first month, changed, short and closed ones are kept.
//!
//! No closing entry is posted: what a year earned moves to retained earnings by computation (accounting.md 4.3). To close a year is to
//! say that its figures are final, and to lock it for everyone.

mod change;
mod close;
mod earned;
mod list;

use ledger::dates::{FiscalYear, FiscalYears, KeptDays};
use sqlx::PgConnection;
use tenancy::{TenantTx, Write};

use crate::Error;

pub(crate) use change::set_first_month;
pub use change::{
    FirstMonthPreview, fiscal_year_add, fiscal_year_first_month_preview, fiscal_year_first_month_set,
    fiscal_year_remove,
};
pub use close::{CloseChecks, YearClose, fiscal_year_close, fiscal_year_close_checks, fiscal_year_reopen};
pub(crate) use earned::net_income;
pub use list::{Closing, YearRow, YearState, fiscal_year_list};

/// Most changed, short and closed years of a company.
pub const FISCAL_YEAR_ROWS_MAX: usize = 400;

/// Reads the years as they stand.
///
/// # Errors
/// `NotFound` while the company's books are not set up.
pub(crate) async fn load(connection: &mut PgConnection) -> Result<FiscalYears, Error> {
    let first_month = sqlx::query_scalar!("select fiscal_year_first_month from company")
        .fetch_optional(&mut *connection)
        .await?
        .ok_or(Error::NotFound("the company"))?;
    let changes = sqlx::query_as!(
        FiscalYear,
        "select starts_on, ends_on from fiscal_year where retired_in is null order by starts_on"
    )
    .fetch_all(connection)
    .await?;
    Ok(FiscalYears {
        first_month: u8::try_from(first_month).unwrap_or(1),
        changes,
    })
}

/// The days whose fiscal years stay as they are: from the first one that anything lies on, or that the books begin on, through the last one that is locked for
/// everyone. A closed year is always locked.
pub(crate) async fn kept_days(connection: &mut PgConnection) -> Result<Option<KeptDays>, Error> {
    let row = sqlx::query!(
        r#"select (select l.through from period_lock l where coalesce(l.level, 'everyone') = 'everyone' order by l.id desc limit 1) as through,
            least((select min(p.posted_on) from posting p where p.retired_in is null), (select c.books_begin_on from company c),
                  (select min(y.starts_on) from fiscal_year y where y.closed and y.retired_in is null)) as first_day"#
    )
    .fetch_one(connection)
    .await?;
    Ok(row.through.map(|through| KeptDays {
        from: row.first_day.map_or(through, |first| first.min(through)),
        through,
    }))
}

/// Keeps years as rows of their own.
async fn insert(
    tx: &mut TenantTx<Write>,
    years: &[FiscalYear],
    closed: bool,
    reason: Option<&str>,
) -> Result<(), Error> {
    let (starts, ends): (Vec<_>, Vec<_>) = years.iter().map(|year| (year.starts_on, year.ends_on)).unzip();
    let change = tx.change();
    sqlx::query!(
        "insert into fiscal_year (starts_on, ends_on, closed, reason, made_in)
         select u.starts_on, u.ends_on, $3, $4, $5 from unnest($1::date[], $2::date[]) as u (starts_on, ends_on)",
        &starts,
        &ends,
        closed,
        reason,
        change
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Refuses more rows than a company may have.
fn accept_rows(years: &FiscalYears) -> Result<(), Error> {
    if years.changes.len() > FISCAL_YEAR_ROWS_MAX {
        return Err(Error::of_form(
            "A company has at most 400 changed, short and closed fiscal years. Remove some that were set and are not closed.",
        ));
    }
    Ok(())
}
