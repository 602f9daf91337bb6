//! Fiscal years that retained earnings contain by computation.

use ledger::dates::{FiscalYear, FiscalYears};
use ledger::money::AmountOverflow;
use tenancy::{Read, TenantTx};
use time::Date;

use super::super::ledger_lines::LedgerFilter;
use super::super::{DayEnd, day_before};
use crate::Error;

/// What a fiscal year earned that retained earnings contain by computation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClosedYear {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Its net income: a profit is positive.
    pub net_income: i64,
}

/// Years that a company can have behind it: more are not looked for.
const YEARS_MAX: usize = 400;

/// What each fiscal year before the one that the filter's last day lies in earned, as known at its moment; years without any
/// movement are left out. A year is the difference of what was earned by its end and by the end of the one before it.
pub(super) async fn closed_years(
    tx: &mut TenantTx<Read>,
    years: &FiscalYears,
    filter: &LedgerFilter,
) -> Result<Vec<ClosedYear>, Error> {
    let first = sqlx::query_scalar!(
        "select min(t.month) from month_total t join account a on a.id = t.account_id
         where a.type in ('income', 'cost_of_goods_sold', 'expense', 'other_income', 'other_expense')"
    )
    .fetch_one(&mut **tx)
    .await?;
    let Some(first) = first else { return Ok(Vec::new()) };
    let open = years.start_of(filter.to);
    let next = |year: &FiscalYear| Some(years.year_of(year.ends_on.next_day()?));
    let behind: Vec<FiscalYear> = std::iter::successors(Some(years.year_of(first)), next)
        .take(YEARS_MAX)
        .take_while(|year| year.starts_on < open)
        .collect();
    let mut days = vec![day_before(years.start_of(first))];
    days.extend(behind.iter().map(|year| year.ends_on));
    let earned = earned_by(tx, &days, filter.known()).await?;
    let mut closed = Vec::with_capacity(behind.len());
    for (year, ends) in behind.iter().zip(earned.windows(2)) {
        let net_income = ends[1].checked_sub(ends[0]).ok_or(AmountOverflow)?;
        closed.push(ClosedYear {
            from: year.starts_on,
            to: year.ends_on,
            net_income,
        });
    }
    closed.retain(|year| year.net_income != 0);
    Ok(closed)
}

/// What all income and expenses earned by the end of each day: a profit is positive.
async fn earned_by(tx: &mut TenantTx<Read>, days: &[Date], known: i64) -> Result<Vec<i64>, Error> {
    let ends: Vec<DayEnd> = days.iter().map(|day| DayEnd::of(*day)).collect();
    let months: Vec<Date> = ends.iter().map(|end| end.months_before).collect();
    let from: Vec<Date> = ends.iter().map(|end| end.from).collect();
    let until: Vec<Date> = ends.iter().map(|end| end.until).collect();
    let signs: Vec<i64> = ends.iter().map(|end| end.sign).collect();
    Ok(sqlx::query_scalar!(
        r#"with earning as (
            select id from account where type in ('income', 'cost_of_goods_sold', 'expense', 'other_income', 'other_expense')
        ), month as (
            select t.month, sum(t.amount) as amount from month_total t join earning on earning.id = t.account_id group by t.month
        ), since as (
            select p.posted_on, sum(p.amount) as amount from posting p join earning on earning.id = p.account_id
            where p.retired_in is null and p.made_in > $6 group by p.posted_on
            union all
            select p.posted_on, -sum(p.amount) from posting p join earning on earning.id = p.account_id
            where p.retired_in > $6 and p.made_in <= $6 group by p.posted_on
        )
        select (-((select coalesce(sum(m.amount), 0) from month m where m.month < e.months)
            + e.sign * (select coalesce(sum(p.amount), 0) from posting p
                where p.account_id in (select id from earning) and p.retired_in is null
                  and p.posted_on >= e.first and p.posted_on < e.until)
            - (select coalesce(sum(s.amount), 0) from since s where s.posted_on <= e.day)))::bigint as "earned!"
        from unnest($1::date[], $2::date[], $3::date[], $4::bigint[], $5::date[]) with ordinality as e (months, first, until, sign, day, n)
        order by e.n"#,
        &months,
        &from,
        &until,
        &signs,
        days,
        known
    )
    .fetch_all(&mut **tx)
    .await?)
}
