//! Years that are set: a short first one, another first month. No day that is locked moves to another year.

use ledger::dates::{FiscalYear, FiscalYearError, FiscalYears, YearsChange, format_date};
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::{Date, Month};

use super::{accept_rows, insert, kept_days, load};
use crate::fields::accept;
use crate::locks::reason_of;
use crate::{Error, Problem};

/// What another first month would make of the years.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FirstMonthPreview {
    /// The years as they are.
    pub before: FiscalYears,
    /// The years as they would be, those that stay as they were among its `changes`.
    pub after: FiscalYears,
    /// Years that would be kept as they are, though they no longer follow from the first month.
    pub pinned: Vec<FiscalYear>,
    /// The last day that is locked for everyone.
    pub kept_through: Option<Date>,
}

/// What the years would be if they began in another month, 1 to 12; nothing is changed.
///
/// # Errors
/// `Invalid` at `fiscal_year_first_month`; `NotFound`.
pub async fn fiscal_year_first_month_preview(cx: &Cx, first_month: u8) -> Result<FirstMonthPreview, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    check_month(first_month)?;
    let before = load(&mut tx).await?;
    let kept = kept_days(&mut tx).await?;
    let YearsChange { years, pinned } = before.with_first_month(first_month, kept);
    Ok(FirstMonthPreview {
        before,
        after: years,
        pinned,
        kept_through: kept.map(|kept| kept.through),
    })
}

/// Lets the fiscal years begin in another month. Years that are closed or locked for everyone stay as they were; the one between them
/// and the first that begins in the new month is short.
///
/// # Errors
/// `Invalid` at `fiscal_year_first_month`, of the form where there are too many years; `NotFound`.
pub async fn fiscal_year_first_month_set(cx: &Cx, first_month: u8, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Lock, key);
    check_month(first_month)?;
    set_first_month(&mut tx, first_month).await?;
    Ok(tx.commit(&()).await?)
}

/// Changes the first month inside a change; the same month changes nothing.
pub(crate) async fn set_first_month(tx: &mut TenantTx<Write>, first_month: u8) -> Result<(), Error> {
    let before = load(tx).await?;
    if before.first_month == first_month {
        return Ok(());
    }
    let kept = kept_days(tx).await?;
    let change = before.with_first_month(first_month, kept);
    if let Some(rewritten) = kept.and_then(|kept| before.first_rewritten(&change.years, kept)) {
        return Err(rewrites("fiscal_year_first_month", rewritten));
    }
    accept_rows(&change.years)?;
    let month = Month::try_from(first_month).map_err(|_| no_month())?;
    let reason = format!("Locked when the first month became {month}");
    insert(tx, &change.pinned, false, Some(&reason)).await?;
    sqlx::query!(
        "update company set fiscal_year_first_month = $1",
        i16::from(first_month)
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Sets a year that does not follow from the first month: a short first one, or one of 52 or 53 weeks. The years around it end and
/// begin beside it.
///
/// # Errors
/// `Invalid` at `starts_on`, `ends_on` or `reason`: the days belong to another year that was set or closed, or a locked day would move
/// to another year.
pub async fn fiscal_year_add(
    cx: &Cx,
    starts_on: Date,
    ends_on: Date,
    reason: &str,
    key: &RequestKey,
) -> Result<(), Error> {
    let mut problems = Vec::new();
    let reason = reason_of(reason, &mut problems);
    let year = FiscalYear::checked(starts_on, ends_on)
        .inspect_err(|error| problems.push(Problem::at(field_of(*error), error.to_string())));
    accept(problems)?;
    let mut tx = change!(cx, Capability::Lock, key);
    let before = load(&mut tx).await?;
    let year = year.map_err(|error| Error::at(field_of(error), error.to_string()))?;
    if let Some(other) = before.changes.iter().find(|other| other.overlaps(year)) {
        let message = format!(
            "The year {} to {} has some of these days, and it was set or closed. Choose other days, or remove it first.",
            format_date(other.starts_on),
            format_date(other.ends_on)
        );
        return Err(Error::at("starts_on", message));
    }
    let mut after = before.clone();
    after.changes.push(year);
    let kept = kept_days(&mut tx).await?;
    if let Some(rewritten) = kept.and_then(|kept| before.first_rewritten(&after, kept)) {
        return Err(rewrites("starts_on", rewritten));
    }
    accept_rows(&after)?;
    insert(&mut tx, &[year], false, Some(&reason)).await?;
    Ok(tx.commit(&()).await?)
}

/// Takes back a year that was set and is not closed: its days follow from the first month again.
///
/// # Errors
/// `NotFound`; `Invalid` of the form where a locked day would move to another year.
pub async fn fiscal_year_remove(cx: &Cx, id: i64, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Lock, key);
    let year = sqlx::query_as!(
        FiscalYear,
        "select starts_on, ends_on from fiscal_year where id = $1 and retired_in is null and not closed",
        id
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(Error::NotFound("that fiscal year"))?;
    let before = load(&mut tx).await?;
    let mut after = before.clone();
    after.changes.retain(|other| *other != year);
    let kept = kept_days(&mut tx).await?;
    if let Some(rewritten) = kept.and_then(|kept| before.first_rewritten(&after, kept)) {
        return Err(rewrites("", rewritten));
    }
    let change = tx.change();
    sqlx::query!("update fiscal_year set retired_in = $2 where id = $1", id, change)
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit(&()).await?)
}

fn check_month(first_month: u8) -> Result<(), Error> {
    if (1..=12).contains(&first_month) {
        Ok(())
    } else {
        Err(no_month())
    }
}

fn no_month() -> Error {
    Error::at(
        "fiscal_year_first_month",
        "Choose the month in which the fiscal year begins.",
    )
}

fn field_of(error: FiscalYearError) -> &'static str {
    match error {
        FiscalYearError::FirstDayOutOfRange => "starts_on",
        FiscalYearError::LastDayOutOfRange | FiscalYearError::EndsBeforeItBegins | FiscalYearError::TooLong => {
            "ends_on"
        }
    }
}

/// A day that is locked would move from one year to another.
fn rewrites(field: &str, year: FiscalYear) -> Error {
    let message = format!(
        "The year {} to {} is closed or locked, and this would rewrite it: what its balance sheet calls net income would \
        move. Reopen it first, or choose later days.",
        format_date(year.starts_on),
        format_date(year.ends_on)
    );
    Error::at(field, message)
}
