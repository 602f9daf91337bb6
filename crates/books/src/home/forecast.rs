//! The forecast of cash, and what it is made of.

use ledger::forecast::{Expected, Forecast, forecast, forecast_end};
use ledger::money::{AmountOverflow, Currency, sum_checked};
use ledger::schedule::{Schedule, Unit};
use tenancy::{Capability, Cx, Read, TenantTx};
use time::Date;

use super::cash::{CashAccounts, CashHistory};
use super::coming::{Due, RecurringMoney};
use crate::Error;
use crate::documents::DocumentKind;
use crate::fields::known;
use crate::reports::Frame;

/// Most items that a forecast lists, first expected first; its sums count them all.
pub const FORECAST_ITEMS_MAX: usize = 500;

/// Cash in the coming weeks with what it is made of. Minor units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CashForecast {
    /// The currency of all amounts.
    pub currency: Currency,
    /// The forecast.
    pub forecast: Forecast,
    /// What comes in and goes out, first expected first; at most 500.
    pub items: Vec<ForecastItem>,
    /// Whether there are more.
    pub is_cut: bool,
}

/// Something that comes in or goes out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ForecastItem {
    /// The day it is due.
    pub due_on: Date,
    /// The day it is expected.
    pub expected_on: Date,
    /// What comes in is positive.
    pub amount: i64,
    /// Cash after it, if everything before it in the list came and went. Minor units; overdrawn is negative.
    pub cash: i64,
    /// Where it comes from.
    pub coming: Coming,
}

/// Where money comes from or goes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Coming {
    /// A customer owes it, or a vendor is owed it.
    Open {
        /// The document that says so.
        document_id: i64,
        /// What that is.
        kind: DocumentKind,
        /// Its number.
        number: Option<String>,
        /// Who.
        contact: String,
        /// Whether a customer owes it.
        is_receivable: bool,
    },
    /// It is entered with a day that is still to come.
    Entered {
        /// The document.
        document_id: i64,
        /// What that is.
        kind: DocumentKind,
        /// Its number.
        number: Option<String>,
        /// Its memo.
        memo: String,
    },
    /// A template makes it when it is due.
    Recurring {
        /// The template.
        template_id: i64,
        /// What it is called.
        name: String,
    },
    /// It was received and is still to be deposited.
    Undeposited,
}

/// The forecast as of the company's today, with what it is made of.
pub async fn forecast_get(cx: &Cx, today: Date) -> Result<CashForecast, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read(&mut tx).await?;
    let accounts = CashAccounts::read(&mut tx).await?;
    let history = CashHistory::read(&mut tx, &accounts, today, today).await?;
    let cash = history.at(today)?;
    let undeposited = accounts.beside(&mut tx, today).await?.undeposited;
    let due = Due::read(&mut tx, today).await?;
    let forecast = of(&mut tx, today, cash, undeposited, &history, &due).await?;
    let mut items = open(&mut tx, today).await?;
    items.extend(entered(&mut tx, &accounts, today).await?);
    items.extend(recurring(&mut tx, today).await?);
    if undeposited != 0 {
        items.push(item(today, today, undeposited, Coming::Undeposited));
    }
    items.sort_by_key(|item| (item.expected_on, item.due_on));
    let is_cut = items.len() > FORECAST_ITEMS_MAX;
    items.truncate(FORECAST_ITEMS_MAX);
    count_cash(cash, &mut items)?;
    Ok(CashForecast {
        currency: frame.currency,
        forecast,
        items,
        is_cut,
    })
}

/// Counts cash from one item to the next.
fn count_cash(mut cash: i64, items: &mut [ForecastItem]) -> Result<(), AmountOverflow> {
    for item in items {
        cash = sum_checked([cash, item.amount])?;
        item.cash = cash;
    }
    Ok(())
}

/// The forecast from what was read.
pub(super) async fn of(
    tx: &mut TenantTx<Read>,
    today: Date,
    cash: i64,
    undeposited: i64,
    history: &CashHistory,
    due: &Due,
) -> Result<Forecast, Error> {
    let recurring = RecurringMoney::read(tx, today).await?;
    let recurring = recurring
        .iter()
        .flat_map(|of| of.days.iter().map(|day| (*day, of.amount)));
    let expected: Vec<Expected> = due
        .expected(today)
        .chain(history.ahead())
        .chain(recurring)
        .chain([(today, undeposited)])
        .map(|(due_on, amount)| Expected { due_on, amount })
        .collect();
    Ok(forecast(today, cash, &expected)?)
}

/// A template's schedule from its columns, which the database checked.
pub(super) fn schedule(unit: &str, step: i16, starts_on: Date, ends_on: Option<Date>) -> Result<Schedule, Error> {
    Ok(Schedule {
        unit: known(Unit::parse(unit).ok_or(()))?,
        step: known(u8::try_from(step))?,
        starts_on,
        ends_on,
    })
}

fn item(today: Date, due_on: Date, amount: i64, coming: Coming) -> ForecastItem {
    ForecastItem {
        due_on,
        expected_on: Expected { due_on, amount }.on(today),
        amount,
        cash: 0,
        coming,
    }
}

/// Open items that are due until the last day, first due first.
async fn open(tx: &mut TenantTx<Read>, today: Date) -> Result<Vec<ForecastItem>, Error> {
    let rows = sqlx::query!(
        r#"with item as (
               select t.open_item_id as id, t.document_id, t.contact_id, t.due_on, a.type = 'accounts_receivable' as receivable,
                   case when a.type = 'accounts_receivable' then still.amount else -still.amount end as owed
               from open_item_total t
               join account a on a.id = t.account_id and a.type in ('accounts_receivable', 'accounts_payable')
               cross join lateral (
                   select case when t.holds_from <= $1 then t.open else
                       coalesce((select sum(p.amount) from posting p
                           where p.open_item_id = t.open_item_id and p.retired_in is null and p.posted_on <= $1), 0)
                       - coalesce((select sum(s.amount) from settlement s
                           where s.debit_item_id = t.open_item_id and s.retired_in is null and s.applied_on <= $1), 0)
                       + coalesce((select sum(s.amount) from settlement s
                           where s.credit_item_id = t.open_item_id and s.retired_in is null and s.applied_on <= $1), 0)
                       end as amount offset 0
               ) still
               where t.open_until > $1 and still.amount <> 0
           ), expected as (
               -- What somebody paid ahead settles what they owe first: no money moves for it again.
               select id, document_id, contact_id, due_on, receivable, case when owed <= 0 then 0 else
                   least(owed, greatest(0, sum(greatest(owed, 0)) over (partition by receivable, contact_id order by due_on, id)
                       + sum(least(owed, 0)) over (partition by receivable, contact_id))) end as amount
               from item
           )
           select e.document_id, d.kind, d.number, c.name as contact, e.receivable as "receivable!", e.due_on,
               (case when e.receivable then e.amount else -e.amount end)::bigint as "open!"
           from expected e join document d on d.id = e.document_id join contact c on c.id = e.contact_id
           where e.due_on <= $1 and e.amount <> 0
           order by e.due_on, e.id limit $2"#,
        forecast_end(today),
        limit()
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let coming = Coming::Open {
                document_id: row.document_id,
                kind: known(DocumentKind::parse(&row.kind).ok_or(()))?,
                number: row.number,
                contact: row.contact,
                is_receivable: row.receivable,
            };
            Ok(item(today, row.due_on, row.open, coming))
        })
        .collect()
}

/// What is entered ahead on bank accounts, a document at a time.
async fn entered(tx: &mut TenantTx<Read>, accounts: &CashAccounts, today: Date) -> Result<Vec<ForecastItem>, Error> {
    let rows = sqlx::query!(
        r#"select p.document_id, d.kind, d.number, coalesce(r.memo, '') as "memo!", p.posted_on, sum(p.amount)::bigint as "amount!"
           from posting p join document d on d.id = p.document_id
           join revision r on r.document_id = d.id and r.retired_in is null
           where p.account_id = any ($1) and p.retired_in is null and p.posted_on > $2 and p.posted_on <= $3
           group by p.document_id, d.kind, d.number, r.memo, p.posted_on having sum(p.amount) <> 0
           order by p.posted_on, p.document_id limit $4"#,
        &accounts.banks,
        today,
        forecast_end(today),
        limit()
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let coming = Coming::Entered {
                document_id: row.document_id,
                kind: known(DocumentKind::parse(&row.kind).ok_or(()))?,
                number: row.number,
                memo: row.memo,
            };
            Ok(item(today, row.posted_on, row.amount, coming))
        })
        .collect()
}

async fn recurring(tx: &mut TenantTx<Read>, today: Date) -> Result<Vec<ForecastItem>, Error> {
    let mut items = Vec::new();
    for of in RecurringMoney::read(tx, today).await? {
        for day in of.days {
            let coming = Coming::Recurring {
                template_id: of.template_id,
                name: of.name.clone(),
            };
            items.push(item(today, day, of.amount, coming));
        }
    }
    Ok(items)
}

/// One more than is listed tells whether there are more.
fn limit() -> i64 {
    i64::try_from(FORECAST_ITEMS_MAX + 1).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn cash_is_counted_from_item_to_item_and_refused_where_it_cannot_be_kept() {
        let day = date!(2026 - 11 - 22);
        let mut items = [500, -700].map(|amount| item(day, day, amount, Coming::Undeposited));
        assert_eq!(count_cash(100, &mut items), Ok(()));
        assert_eq!(items.map(|item| item.cash), [600, -100]);
        let mut too_much = [item(day, day, i64::MAX, Coming::Undeposited)];
        assert_eq!(count_cash(1, &mut too_much), Err(AmountOverflow));
    }
}
