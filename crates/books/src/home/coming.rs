//! What customers owe and vendors are owed, by the day it is due.

use ledger::forecast::forecast_end;
use tenancy::{Read, TenantTx};
use time::{Date, Duration};

use super::to_do::Overdue;
use super::{Owed, forecast};
use crate::Error;

/// Days past due from which on all amounts count together.
const OLDEST_DAYS: i64 = 91;

/// Open items by side and due day; those long overdue together, and those due beyond a forecast.
pub(super) struct Due {
    rows: Vec<DueDay>,
    /// What customers should have paid by now.
    pub(super) overdue: Overdue,
    /// What should have been paid to vendors by now.
    pub(super) overdue_bills: Overdue,
}

/// What is open on one side and due on one day, of one sign. Minor units, debit positive.
struct DueDay {
    is_receivable: bool,
    due_on: Date,
    /// Open at the end of today.
    open: i64,
    /// Open when what is entered ahead counts too.
    ahead: i64,
}

impl Due {
    /// An item without a due date is due on its document's day.
    pub(super) async fn read(tx: &mut TenantTx<Read>, today: Date) -> Result<Self, Error> {
        let last = forecast_end(today);
        let rows = sqlx::query!(
            r#"with item as (
                select t.open_item_id as id, t.contact_id, t.due_on, a.type = 'accounts_receivable' as receivable,
                    case when t.holds_from <= $1 then t.open else coalesce((
                        select sum(part.amount) filter (where part.day <= $1) from (
                            select p.posted_on as day, p.amount from posting p where p.open_item_id = t.open_item_id and p.retired_in is null
                            union all
                            select s.applied_on, -s.amount from settlement s where s.debit_item_id = t.open_item_id and s.retired_in is null
                            union all
                            select s.applied_on, s.amount from settlement s where s.credit_item_id = t.open_item_id and s.retired_in is null
                        ) part), 0) end as open,
                    case when t.holds_from <= $2 then t.open else coalesce((
                        select sum(part.amount) filter (where part.day <= $2) from (
                            select p.posted_on as day, p.amount from posting p where p.open_item_id = t.open_item_id and p.retired_in is null
                            union all
                            select s.applied_on, -s.amount from settlement s where s.debit_item_id = t.open_item_id and s.retired_in is null
                            union all
                            select s.applied_on, s.amount from settlement s where s.credit_item_id = t.open_item_id and s.retired_in is null
                        ) part), 0) end as ahead
                from open_item_total t join account a on a.id = t.account_id
                where a.type in ('accounts_receivable', 'accounts_payable') and t.open_until > $1
            ),
            owed as (
                select id, receivable, contact_id, open, due_on, case when receivable then ahead else -ahead end as owed
                from item where open <> 0 or ahead <> 0
            ),
            -- What somebody paid ahead settles what they owe first: no money moves for it again.
            aged as (
                select receivable, contact_id, open, due_on,
                    case when receivable then 1 else -1 end * case when owed <= 0 then 0 else
                        least(owed, greatest(0, sum(greatest(owed, 0)) over (partition by receivable, contact_id order by due_on, id)
                            + sum(least(owed, 0)) over (partition by receivable, contact_id))) end as ahead
                from owed
            ),
            late_contact as (
                select receivable, contact_id, count(*) filter (where due_on < $1 and (open > 0) = receivable and open <> 0) as items,
                    sum(case when receivable then open else -open end) filter (where (open > 0) <> receivable or due_on < $1) as amount
                from aged group by receivable, contact_id
            ),
            late as (
                select receivable, sum(items) as items, count(*) as contacts, sum(amount) as amount from late_contact
                where items > 0 and amount > 0 group by receivable
            )
            select aged.receivable as "receivable!", greatest(least(aged.due_on, $2 + 1), $1 - $3::int) as "due_on!",
                sum(aged.open)::bigint as "open!", sum(aged.ahead)::bigint as "ahead!",
                coalesce(min(late.items), 0)::bigint as "late_items!", coalesce(min(late.contacts), 0)::bigint as "late_contacts!",
                coalesce(min(late.amount), 0)::bigint as "late_amount!"
            from aged left join late on late.receivable = aged.receivable
            group by 1, 2, aged.ahead > 0 order by 1, 2"#,
            today,
            last,
            i32::try_from(OLDEST_DAYS).unwrap_or(i32::MAX)
        )
        .fetch_all(&mut **tx)
        .await?;
        let overdue = |receivable: bool| {
            let row = rows.iter().find(|row| row.receivable == receivable);
            row.map_or(Overdue::default(), |row| Overdue {
                items: row.late_items,
                contacts: row.late_contacts,
                amount: row.late_amount.saturating_abs(),
            })
        };
        Ok(Self {
            overdue: overdue(true),
            overdue_bills: overdue(false),
            rows: rows
                .into_iter()
                .map(|row| DueDay {
                    is_receivable: row.receivable,
                    due_on: row.due_on,
                    open: row.open,
                    ahead: row.ahead,
                })
                .collect(),
        })
    }

    /// What customers owe at the end of today.
    pub(super) fn receivable(&self, today: Date) -> Result<Owed, Error> {
        self.owed(today, true)
    }

    /// What is owed to vendors at the end of today.
    pub(super) fn payable(&self, today: Date) -> Result<Owed, Error> {
        self.owed(today, false)
    }

    fn owed(&self, today: Date, is_receivable: bool) -> Result<Owed, Error> {
        let mut owed = Owed::default();
        for row in self.rows.iter().filter(|row| row.is_receivable == is_receivable) {
            let amount = if is_receivable {
                row.open
            } else {
                row.open.saturating_neg()
            };
            owed.add((today - row.due_on).whole_days(), amount)?;
        }
        Ok(owed)
    }

    /// What comes in and goes out on each day it is due, through a forecast's last one.
    pub(super) fn expected(&self, today: Date) -> impl Iterator<Item = (Date, i64)> {
        let last = forecast_end(today);
        let rows = self.rows.iter().filter(move |row| row.due_on <= last);
        rows.map(|row| (row.due_on, row.ahead))
    }
}

/// A template that moves money, with the days on which it is due next.
pub(super) struct RecurringMoney {
    pub(super) template_id: i64,
    pub(super) name: String,
    /// Minor units, money in positive.
    pub(super) amount: i64,
    pub(super) days: Vec<Date>,
}

impl RecurringMoney {
    /// Active, scheduled templates with a line on a bank, receivable or payable account, as far ahead as a forecast reaches; without
    /// those whose entries are reversed: an accrual and its reversal settle each other.
    pub(super) async fn read(tx: &mut TenantTx<Read>, today: Date) -> Result<Vec<Self>, Error> {
        let rows = sqlx::query!(
            r#"select t.id, t.name, t.unit as "unit!", t.step, t.starts_on, t.ends_on, sum(l.amount)::bigint as "amount!",
                (select max(o.period) from recurring_occurrence o where o.template_id = t.id) as last
               from recurring_template t
               join recurring_template_line l on l.template_id = t.id and l.version = t.version
               join account a on a.id = l.account_id
               where t.active and t.unit is not null and not t.reversing and a.type in ('bank', 'accounts_receivable', 'accounts_payable')
               group by t.id having sum(l.amount) <> 0 order by t.id"#
        )
        .fetch_all(&mut **tx)
        .await?;
        let last = forecast_end(today);
        rows.into_iter()
            .map(|row| {
                let schedule = forecast::schedule(&row.unit, row.step, row.starts_on, row.ends_on)?;
                let days = schedule.days_after(row.last).take_while(|day| *day <= last);
                Ok(Self {
                    template_id: row.id,
                    name: row.name,
                    amount: row.amount,
                    // What is long overdue is for Recurring to say; a forecast counts the days it reaches and the month before.
                    days: days.filter(|day| *day >= today - Duration::days(31)).collect(),
                })
            })
            .collect()
    }
}
