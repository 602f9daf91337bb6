//! Closing a year and reopening it.
//!
//! To close is one change: the year is kept as a closed row and locked for everyone through its end. The figures it closed with are
//! those of the books as known at that change. Reopening retires the row and lowers the lock to the day before the year.

use ledger::accounts::AccountRole;
use ledger::dates::{FiscalYear, FiscalYears, format_date};
use sqlx::PgConnection;
use tenancy::{Capability, Cx, RequestKey};
use time::Date;

use super::{accept_rows, insert, load, net_income};
use crate::accounts::ids_of_roles;
use crate::fields::accept;
use crate::locks::{self, LockLevel, reason_of};
use crate::reports::DayEnd;
use crate::{Error, Problem};

/// What to look at before a year is closed. Amounts in minor units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CloseChecks {
    /// The years that are closed together: this one and those before it that are open, oldest first.
    pub years: Vec<FiscalYear>,
    /// Lines in these years that nobody said what they were.
    pub uncategorized_lines: i64,
    /// Journal entries in these years that are drafts.
    pub drafts: i64,
    /// Bank lines dated in these years that wait for review.
    pub bank_lines: i64,
    /// What Opening Balance Equity holds at the end of the year, debit positive.
    pub opening_balance_equity: i64,
    /// What all accounts add up to at the end of the year: zero, or the books are damaged.
    pub trial_balance: i64,
    /// What the year earned: a profit is positive.
    pub net_income: i64,
}

impl CloseChecks {
    /// Whether anything should be looked at first.
    pub fn is_something_open(&self) -> bool {
        self.uncategorized_lines > 0 || self.drafts > 0 || self.bank_lines > 0 || self.opening_balance_equity != 0
    }
}

/// A year that is to be closed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct YearClose {
    /// Its last day.
    pub ends_on: Date,
    /// The company's day: a year closes once it is over.
    pub today: Date,
    /// Why, 1 to 500 characters.
    pub reason: String,
    /// Whether it closes although something is open.
    pub anyway: bool,
}

/// What to look at before the year that ends on a day is closed.
///
/// # Errors
/// `NotFound` where no year ends then; `Invalid` of the form where it is closed already.
pub async fn fiscal_year_close_checks(cx: &Cx, ends_on: Date) -> Result<CloseChecks, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    checks(&mut tx, ends_on).await
}

/// Closes the year that ends on a day, and those before it that are open.
///
/// # Errors
/// `Invalid` at `reason`; at `anyway` where something is open; of the form where the year is not over, closed already, or its trial
/// balance is not equal; `NotFound`.
pub async fn fiscal_year_close(cx: &Cx, close: &YearClose, key: &RequestKey) -> Result<(), Error> {
    let mut problems = Vec::new();
    let reason = reason_of(&close.reason, &mut problems);
    let mut tx = change!(cx, Capability::Lock, key);
    let checks = checks(&mut tx, close.ends_on).await?;
    if close.ends_on >= close.today {
        return Err(Error::of_form(format!(
            "This year runs through {}. Close it once it is over.",
            format_date(close.ends_on)
        )));
    }
    if checks.trial_balance != 0 {
        return Err(Error::of_form(
            "Debits and credits of this year differ, which the books never allow. Run `cartefi check` before you close it.",
        ));
    }
    if checks.is_something_open() && !close.anyway {
        problems.push(Problem::at(
            "anyway",
            "Something in this year is still open. Settle it first, or say that you close the year anyway.",
        ));
    }
    accept(problems)?;
    let mut after = load(&mut tx).await?;
    after.changes.retain(|row| !checks.years.contains(row));
    after.changes.extend(&checks.years);
    accept_rows(&after)?;
    // The lock first: the database takes no closed year that is not locked.
    let locked = locks::held(&mut tx, cx).await?.everyone;
    if locked.is_none_or(|through| through < close.ends_on) {
        locks::insert(&mut tx, LockLevel::Everyone, Some(close.ends_on), &reason).await?;
    }
    let (change, first) = (tx.change(), checks.years.first().map(|year| year.starts_on));
    // Rows that set the days of one of these years make way for the closed one.
    sqlx::query!(
        "update fiscal_year set retired_in = $1 where retired_in is null and not closed and starts_on >= $2 and ends_on <= $3",
        change,
        first,
        close.ends_on
    )
    .execute(&mut *tx)
    .await?;
    insert(&mut tx, &checks.years, true, Some(&reason)).await?;
    Ok(tx.commit(&()).await?)
}

/// Reopens the closed year that ends on a day: its lock for everyone is lowered to the day before it.
///
/// # Errors
/// `Invalid` at `reason`; of the form where a later year is closed; `NotFound` where no closed year ends then.
pub async fn fiscal_year_reopen(cx: &Cx, ends_on: Date, reason: &str, key: &RequestKey) -> Result<(), Error> {
    let mut problems = Vec::new();
    let reason = reason_of(reason, &mut problems);
    accept(problems)?;
    let mut tx = change!(cx, Capability::Lock, key);
    let closed = sqlx::query!(
        r#"select y.id, y.starts_on, y.ends_on,
            (select max(l.ends_on) from fiscal_year l where l.closed and l.retired_in is null) as "last!"
           from fiscal_year y where y.ends_on = $1 and y.closed and y.retired_in is null"#,
        ends_on
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(Error::NotFound("that closed year"))?;
    if closed.last > ends_on {
        return Err(Error::of_form(format!(
            "The year through {} is closed after this one. Reopen it first: years are reopened from the last one backward.",
            format_date(closed.last)
        )));
    }
    let change = tx.change();
    sqlx::query!(
        "update fiscal_year set retired_in = $2 where id = $1",
        closed.id,
        change
    )
    .execute(&mut *tx)
    .await?;
    let year = FiscalYear {
        starts_on: closed.starts_on,
        ends_on,
    };
    locks::insert(&mut tx, LockLevel::Everyone, year.starts_on.previous_day(), &reason).await?;
    // The year keeps its days where they do not follow from the first month.
    if load(&mut tx).await?.year_of(ends_on) != year {
        insert(&mut tx, &[year], false, Some(&reason)).await?;
    }
    Ok(tx.commit(&()).await?)
}

async fn checks(connection: &mut PgConnection, ends_on: Date) -> Result<CloseChecks, Error> {
    let years = load(&mut *connection).await?;
    let year = years.year_of(ends_on);
    if year.ends_on != ends_on {
        return Err(Error::NotFound("that fiscal year"));
    }
    let closing = closed_together(&mut *connection, &years, year).await?;
    let first = closing.first().map_or(year.starts_on, |first| first.starts_on);
    let end = DayEnd::of(ends_on);
    let uncategorized = [
        AccountRole::UncategorizedIncome,
        AccountRole::UncategorizedExpense,
        AccountRole::UncategorizedAsset,
    ];
    let uncategorized = ids_of_roles(&mut *connection, &uncategorized).await?;
    let opening = ids_of_roles(&mut *connection, &[AccountRole::OpeningBalanceEquity]).await?;
    let row = sqlx::query!(
        r#"select
            (select count(*) from posting p where p.account_id = any ($7) and p.retired_in is null and p.posted_on between $1 and $2) as "uncategorized!",
            (select count(*) from document d join revision r on r.document_id = d.id and r.retired_in is null
             where d.kind = 'journal_entry' and d.state in ('draft', 'submitted') and r.doc_date between $1 and $2) as "drafts!",
            (select count(*) from bank_account b join bank_line l on l.bank_account_id = b.id
             where l.state in ('new', 'doubtful') and l.posted_on between $1 and $2) as "bank_lines!",
            (select coalesce(sum(p.amount), 0)::bigint from posting p where p.account_id = any ($8) and p.retired_in is null and p.posted_on <= $2) as "opening!",
            ((select coalesce(sum(t.amount), 0) from month_total t where t.month < $3)
             + $6::bigint * (select coalesce(sum(p.amount), 0) from posting p
                where p.retired_in is null and p.posted_on >= $4 and p.posted_on < $5))::bigint as "trial_balance!""#,
        first,
        ends_on,
        end.months_before,
        end.from,
        end.until,
        end.sign,
        &uncategorized,
        &opening
    )
    .fetch_one(&mut *connection)
    .await?;
    Ok(CloseChecks {
        years: closing,
        uncategorized_lines: row.uncategorized,
        drafts: row.drafts,
        bank_lines: row.bank_lines,
        opening_balance_equity: row.opening,
        trial_balance: row.trial_balance,
        net_income: net_income(connection, year.starts_on, year.ends_on).await?,
    })
}

/// The year, and those before it that the books reach back to and that are open: a year does not close before the ones that lead up
/// to it.
async fn closed_together(
    connection: &mut PgConnection,
    years: &FiscalYears,
    year: FiscalYear,
) -> Result<Vec<FiscalYear>, Error> {
    let closed = sqlx::query_as!(
        FiscalYear,
        "select starts_on, ends_on from fiscal_year where closed and retired_in is null"
    )
    .fetch_all(&mut *connection)
    .await?;
    if closed.contains(&year) {
        return Err(Error::of_form("This year is closed already."));
    }
    let first_day = sqlx::query_scalar!(
        "select least(c.books_begin_on, (select min(p.posted_on) from posting p where p.retired_in is null)) from company c"
    )
    .fetch_one(connection)
    .await?;
    let first = first_day.map_or(year.starts_on, |first| first.min(year.starts_on));
    let mut together = years.years_between(first, year.ends_on);
    together.retain(|other| !closed.contains(other));
    Ok(together)
}
