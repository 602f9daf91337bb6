//! What income and expenses come to over any days, without a report around it.

use sqlx::PgConnection;
use time::Date;

use crate::Error;
use crate::reports::DayEnd;

/// The net income of the days from the first through the last one: a profit is positive. Month totals, and the postings of the months
/// that the two days cut.
pub(crate) async fn net_income(connection: &mut PgConnection, from: Date, to: Date) -> Result<i64, Error> {
    let before = match from.previous_day() {
        Some(day) => earned_through(&mut *connection, day).await?,
        None => 0,
    };
    let through = earned_through(connection, to).await?;
    through
        .checked_sub(before)
        .ok_or_else(|| Error::of_form("The net income of these days is more than can be counted."))
}

async fn earned_through(connection: &mut PgConnection, day: Date) -> Result<i64, Error> {
    let end = DayEnd::of(day);
    Ok(sqlx::query_scalar!(
        r#"with earning as (
            select a.id from account a where a.type in ('income', 'cost_of_goods_sold', 'expense', 'other_income', 'other_expense')
        )
        select (-(select coalesce(sum(t.amount), 0) from month_total t join earning a on a.id = t.account_id where t.month < $1)
            - $4::bigint * (select coalesce(sum(p.amount), 0) from posting p join earning a on a.id = p.account_id
                where p.retired_in is null and p.posted_on >= $2 and p.posted_on < $3))::bigint as "earned!""#,
        end.months_before,
        end.from,
        end.until,
        end.sign
    )
    .fetch_one(connection)
    .await?)
}
