//! What the first page of a company shows: its cash, what it earned by month, and what waits to be done.

mod receivable;

use ledger::money::{Currency, sum_checked};
use tenancy::{Capability, Cx, Read, TenantTx};
use time::{Date, Duration, Month};

pub use receivable::Receivable;

use crate::Error;
use crate::reports::{DayEnd, Frame};

/// How many weeks of cash are shown.
pub const CASH_WEEKS: i64 = 12;
/// How many months of income and expenses are shown.
pub const EARNINGS_MONTHS: usize = 12;
const CHANGE_DAYS: i64 = 30;

/// The figures of the first page. Amounts in minor units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HomeFigures {
    /// The currency of all amounts.
    pub currency: Currency,
    /// Bank accounts and undeposited funds at the end of today; overdrawn is negative.
    pub cash: i64,
    /// How that changed over 30 days.
    pub cash_change: i64,
    /// The same cash at the ends of the last 12 weeks, oldest first; a week ends on today's weekday, the last one today.
    pub cash_by_week: Vec<CashPoint>,
    /// The last 12 calendar months, oldest first; the last one is today's, whole.
    pub months: Vec<MonthEarnings>,
    /// What customers owe today.
    pub receivable: Receivable,
    /// What waits to be done.
    pub to_do: ToDo,
    /// Whether anything was ever posted.
    pub has_postings: bool,
    /// The last day of the newest lock.
    pub closed_through: Option<Date>,
}

/// Cash at the end of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CashPoint {
    /// The day.
    pub day: Date,
    /// What there was.
    pub cash: i64,
}

/// What a month earned and cost, both positive as a rule, on the accrual basis.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MonthEarnings {
    /// The month's first day.
    pub month: Date,
    /// Income and other income.
    pub income: i64,
    /// Cost of goods sold, expenses and other expenses.
    pub expenses: i64,
}

/// What waits to be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ToDo {
    /// Bank lines that nobody coded, matched or excluded yet.
    pub bank_lines_to_review: i64,
    /// Bank lines that cannot be taken as they are.
    pub bank_lines_doubtful: i64,
    /// Journal entries that are drafts.
    pub draft_entries: i64,
    /// What Opening Balance Equity still holds, debit positive: the set-up ends when it is zero.
    pub opening_balance_equity: i64,
}

/// The figures of the first page as of the company's today.
pub async fn home_figures(cx: &Cx, today: Date) -> Result<HomeFigures, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read(&mut tx).await?;
    let first_week = today - Duration::weeks(CASH_WEEKS - 1);
    let cash = CashHistory::read(&mut tx, first_week, today).await?;
    let mut cash_by_week = Vec::new();
    for weeks_back in (0..CASH_WEEKS).rev() {
        let day = today - Duration::weeks(weeks_back);
        cash_by_week.push(CashPoint {
            day,
            cash: cash.at(day)?,
        });
    }
    let now = cash.at(today)?;
    Ok(HomeFigures {
        currency: frame.currency,
        cash: now,
        cash_change: sum_checked([now, -cash.at(today - Duration::days(CHANGE_DAYS))?])?,
        cash_by_week,
        months: earnings(&mut tx, today).await?,
        receivable: Receivable::read(&mut tx, today).await?,
        to_do: to_do(&mut tx).await?,
        has_postings: sqlx::query_scalar!(r#"select exists (select from posting) as "there!""#)
            .fetch_one(&mut *tx)
            .await?,
        closed_through: sqlx::query_scalar!("select lock_through()").fetch_one(&mut *tx).await?,
    })
}

/// Cash at the end of a first day, and what each day after it moved.
struct CashHistory {
    first: i64,
    moved: Vec<(Date, i64)>,
}

impl CashHistory {
    async fn read(tx: &mut TenantTx<Read>, first: Date, last: Date) -> Result<Self, Error> {
        let accounts = sqlx::query_scalar!("select id from account where type = 'bank' or role = 'undeposited_funds'")
            .fetch_all(&mut **tx)
            .await?;
        let end = DayEnd::of(first);
        let balance = sqlx::query_scalar!(
            r#"select ((select coalesce(sum(t.amount), 0) from month_total t where t.account_id = any ($1) and t.month < $2)
                + $5::bigint * (select coalesce(sum(p.amount), 0) from posting p
                    where p.account_id = any ($1) and p.retired_in is null and p.posted_on >= $3 and p.posted_on < $4))::bigint as "cash!""#,
            &accounts,
            end.months_before,
            end.from,
            end.until,
            end.sign
        )
        .fetch_one(&mut **tx)
        .await?;
        let moved = sqlx::query!(
            r#"select posted_on, sum(amount)::bigint as "amount!" from posting
               where account_id = any ($1) and retired_in is null and posted_on > $2 and posted_on <= $3 group by posted_on"#,
            &accounts,
            first,
            last
        )
        .fetch_all(&mut **tx)
        .await?;
        Ok(Self {
            first: balance,
            moved: moved.into_iter().map(|row| (row.posted_on, row.amount)).collect(),
        })
    }

    fn at(&self, day: Date) -> Result<i64, Error> {
        let moved = self
            .moved
            .iter()
            .filter(|(on, _)| *on <= day)
            .map(|(_, amount)| *amount);
        Ok(sum_checked(moved.chain([self.first]))?)
    }
}

async fn earnings(tx: &mut TenantTx<Read>, today: Date) -> Result<Vec<MonthEarnings>, Error> {
    let mut months = Vec::new();
    let mut month = today - Duration::days(i64::from(today.day()) - 1);
    while months.len() < EARNINGS_MONTHS {
        months.push(MonthEarnings {
            month,
            income: 0,
            expenses: 0,
        });
        month = month_before(month);
    }
    months.reverse();
    let rows = sqlx::query!(
        r#"select t.month,
            coalesce(-sum(t.amount) filter (where a.type in ('income', 'other_income')), 0)::bigint as "income!",
            coalesce(sum(t.amount) filter (where a.type in ('cost_of_goods_sold', 'expense', 'other_expense')), 0)::bigint as "expenses!"
           from month_total t join account a on a.id = t.account_id where t.month > $1 and t.month <= $2 group by t.month"#,
        month,
        today
    )
    .fetch_all(&mut **tx)
    .await?;
    for row in rows {
        if let Some(shown) = months.iter_mut().find(|shown| shown.month == row.month) {
            (shown.income, shown.expenses) = (row.income, row.expenses);
        }
    }
    Ok(months)
}

fn month_before(first: Date) -> Date {
    let month = first.month().previous();
    let year = if month == Month::December {
        first.year() - 1
    } else {
        first.year()
    };
    Date::from_calendar_date(year, month, 1).unwrap_or(Date::MIN)
}

async fn to_do(tx: &mut TenantTx<Read>) -> Result<ToDo, Error> {
    let row = sqlx::query!(
        r#"select
            (select coalesce(sum(l.n), 0) from bank_account b cross join lateral
                (select count(*) as n from bank_line l where l.bank_account_id = b.id and l.state = 'new') l)::bigint as "review!",
            (select coalesce(sum(l.n), 0) from bank_account b cross join lateral
                (select count(*) as n from bank_line l where l.bank_account_id = b.id and l.state = 'doubtful') l)::bigint as "doubtful!",
            (select count(*) from document d where d.kind = 'journal_entry' and d.state in ('draft', 'submitted')) as "drafts!",
            (select coalesce(sum(t.amount), 0) from month_total t join account a on a.id = t.account_id
                where a.role = 'opening_balance_equity')::bigint as "opening!""#
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(ToDo {
        bank_lines_to_review: row.review,
        bank_lines_doubtful: row.doubtful,
        draft_entries: row.drafts,
        opening_balance_equity: row.opening,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn january_follows_december_of_the_year_before() {
        assert_eq!(month_before(date!(2026 - 01 - 01)), date!(2025 - 12 - 01));
        assert_eq!(month_before(date!(2026 - 12 - 01)), date!(2026 - 11 - 01));
    }
}
