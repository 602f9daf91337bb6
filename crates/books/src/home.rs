//! What the first page of a company shows: its cash and what is due, what it earned by month and where the money went, and what
//! waits to be done. Every figure is the reports' own.

mod cash;
mod coming;
mod forecast;
mod owed;
mod spending;
mod to_do;

use ledger::forecast::Forecast;
use ledger::money::{Currency, sum_checked};
use tenancy::{Capability, Cx, Read, TenantTx};
use time::{Date, Duration, Month};

pub use forecast::{CashForecast, Coming, FORECAST_ITEMS_MAX, ForecastItem, forecast_get};
pub use owed::Owed;
pub use spending::{SPENDING_ACCOUNTS, Spending, SpendingAccount};
pub use to_do::{Overdue, SUGGESTIONS_COUNTED_MAX, ToDo};

use self::cash::{CashAccounts, CashHistory};
use self::coming::Due;
use crate::reports::Frame;
use crate::{Error, locks};

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
    /// The bank accounts at the end of today, as the balance sheet has them; overdrawn is negative.
    pub cash: i64,
    /// How that changed over 30 days.
    pub cash_change: i64,
    /// How many bank accounts are in use.
    pub bank_accounts: usize,
    /// How many cards are in use.
    pub cards: usize,
    /// What is owed on the cards: positive as a rule.
    pub cards_owed: i64,
    /// Money received that is not in a bank account yet.
    pub undeposited: i64,
    /// The cash at the ends of the last 12 weeks, oldest first; a week ends on today's weekday, the last one today.
    pub cash_by_week: Vec<CashPoint>,
    /// The cash of the next weeks, by the rule of `ledger::forecast`.
    pub forecast: Forecast,
    /// The last 12 calendar months, oldest first; the last one is today's, whole.
    pub months: Vec<MonthEarnings>,
    /// The largest expenses of the same months.
    pub spending: Spending,
    /// What customers owe today.
    pub receivable: Owed,
    /// What is owed to vendors today, positive.
    pub payable: Owed,
    /// What waits to be done.
    pub to_do: ToDo,
    /// Whether anything was ever posted.
    pub has_postings: bool,
    /// The last day that whoever asks may not touch.
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

/// The figures of the first page as of the company's today.
pub async fn home_figures(cx: &Cx, today: Date) -> Result<HomeFigures, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read(&mut tx).await?;
    let accounts = CashAccounts::read(&mut tx).await?;
    let first_week = today - Duration::weeks(CASH_WEEKS - 1);
    let history = CashHistory::read(&mut tx, &accounts, first_week, today).await?;
    let mut cash_by_week = Vec::new();
    for weeks_back in (0..CASH_WEEKS).rev() {
        let day = today - Duration::weeks(weeks_back);
        cash_by_week.push(CashPoint {
            day,
            cash: history.at(day)?,
        });
    }
    let cash = history.at(today)?;
    let beside = accounts.beside(&mut tx, today).await?;
    let due = Due::read(&mut tx, today).await?;
    let forecast = forecast::of(&mut tx, today, cash, beside.undeposited, &history, &due).await?;
    let months = earnings(&mut tx, today).await?;
    let spending = Spending::read(&mut tx, months.first().map_or(today, |month| month.month), today).await?;
    Ok(HomeFigures {
        currency: frame.currency,
        cash,
        cash_change: sum_checked([cash, -history.at(today - Duration::days(CHANGE_DAYS))?])?,
        bank_accounts: accounts.banks_in_use,
        cards: accounts.cards_in_use,
        cards_owed: beside.cards_owed,
        undeposited: beside.undeposited,
        cash_by_week,
        forecast,
        months,
        spending,
        receivable: due.receivable(today)?,
        payable: due.payable(today)?,
        to_do: to_do::read(&mut tx, &due).await?,
        has_postings: sqlx::query_scalar!(r#"select exists (select from posting) as "there!""#)
            .fetch_one(&mut *tx)
            .await?,
        closed_through: locks::through(&mut tx, cx).await?,
    })
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
